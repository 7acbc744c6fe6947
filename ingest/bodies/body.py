"""A body, and what a document says of it."""

from dataclasses import dataclass

from ingest.bodies.membership import Seats


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said of a body at start to end of the stored text.

    `field` is one of tier, meets, chair_rule, alternates, term_of_office, decision_rule, deputies, appoints,
    reports_to, delegated_by, approves, task, held_by, secretariat_of. The value is an ISO 8601 duration where
    it is one ("P3M"), "true", the slug of another body, or words.
    """

    start: int
    end: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body, named (in its heading, if any) at start to end of the stored text, and what is said of it.

    `slug` tells it from the other bodies of the document; `kind` is a kind of body in the ontology, "helsefellesskap",
    or None. The spans of its seats and facts are of the stored text, too.
    """

    start: int
    end: int
    clause: int | None
    slug: str
    kind: str | None
    name: str
    abbreviation: str | None = None
    seats: tuple[Seats, ...] = ()
    facts: tuple[Fact, ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """Everything said in one field, in the order of the text."""
        return tuple(fact.value for fact in self.facts if fact.field == name)

    @property
    def tier(self) -> int | None:
        """The level in the health community: 1 partnership, 2 strategic, 3 clinical."""
        return next((int(value) for value in self.values("tier")), None)
