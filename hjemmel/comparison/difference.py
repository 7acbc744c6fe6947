"""A difference between documents: of which kind, about what, and what each of them says."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from hjemmel.comparison.paper import Paper, Words
from hjemmel.comparison.words import Texts, in_words, word

Kind = Literal[
    "requirement",
    "term",
    "strength",
    "deadline",
    "bearer",
    "body",
    "number",
    "condition",
    "named",
    "act",
    "value",
    "basis",
    "duty",
    "unjudged",
    "wording",
]
# What a lawyer wants to know first. All but the last are differences in substance, or may be: several sentences on
# one matter are not judged, and never passed off as wording.
KINDS: tuple[Kind, ...] = get_args(Kind)
# Of these only the words tell what differs.
QUOTED = ("duty", "unjudged", "wording")
Said = Literal["said", "silent", "not_assessable"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one document says: `values` to compare by, and its words.

    It is "said" when there are words for it; an excerpt that is silent is "not_assessable". The value of a requirement
    is the result of the check, which stands without words, too ("missing").
    """

    document: str
    said: Said
    values: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What documents say differently of one subject: a requirement ("6-5:oppsigelse"), a term, a body, a clause.

    >>> words = Words("a", "a/clause/7", "kap. 7", 0, 5, "ett år")
    >>> lost = Difference("term", "termination_notice", {"nb": "oppsigelsesfrist"}, (
    ...     Side("a", "said", ("P1Y",), (words,)), Side("b", "silent")))
    >>> lost.message("nb", {"a": "utkastet", "b": "avtalen"})
    'oppsigelsesfrist (avtalevilkår): utkastet: 1 år; avtalen: ingen bestemmelse funnet.'
    """

    kind: Kind
    subject: str
    label: Texts
    sides: tuple[Side, ...]

    @property
    def in_substance(self) -> bool:
        """Whether more than the wording differs."""
        return self.kind != "wording"

    def message(self, language: str, called: Mapping[str, str]) -> str:
        """The difference as a sentence; `called` is what each document is called, by its address."""
        told = "; ".join(f"{called[side.document]}: {self._told(side, language)}" for side in self.sides)
        about = self.label.get(language, self.label.get("nb", self.subject))
        return f"{about} ({word('kinds', self.kind, language)}): {told}."

    def _told(self, side: Side, language: str) -> str:
        if side.said == "not_assessable" or (side.said == "silent" and not side.values):
            return word("said", side.said, language)
        if self.kind in QUOTED:
            return " ".join(f"«{' '.join(words.quote.split())}»" for words in side.words)
        return ", ".join(in_words(value, language) for value in side.values) or word("said", "unnamed", language)

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {**asdict(self), "label": dict(self.label), "in_substance": self.in_substance}


def in_order(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """The differences, those in substance first and the gravest kind first of them."""
    return tuple(sorted(differences, key=lambda found: KINDS.index(found.kind)))


def side(paper: Paper, values: Iterable[str] = (), words: Iterable[Words] = ()) -> Side:
    """What a document says; nothing, if it has no words for it."""
    quotes = tuple(dict.fromkeys(words))
    if quotes:
        return Side(paper.iri, "said", tuple(dict.fromkeys(values)), quotes)
    return Side(paper.iri, "not_assessable" if paper.missing else "silent")


def differ(sides: Iterable[Side]) -> bool:
    """Whether those that can be assessed say different things, or some say something and others nothing."""
    found = {frozenset(one.values) if one.said == "said" else None for one in sides if one.said != "not_assessable"}
    return len(found) > 1
