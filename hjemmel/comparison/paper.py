"""One document as comparison reads it: its clauses, norms, terms and bodies, each with its words."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from hjemmel.overview import documents
from hjemmel.store import Row, Store
from queries import catalogue

ABOUT = ("iri", "id", "title", "kind", "status", "region", "made_on", "missing", "part_of")
# The values of these facts are bodies of the same document.
TO_BODIES = ("appoints", "delegated_by", "reports_to", "secretariat_of")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a document: the stored text from start to end, in the clause at `place`."""

    document: str
    clause: str
    place: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with its own words (without those of clauses below it); `iri` and `parent` are addresses."""

    iri: str
    parent: str
    number: str
    title: str
    level: int
    words: Words

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Norm:
    """What somebody must, should or may do. `bearer` is the kind of actor ("KOMMUNENE"), `deadline` as written."""

    modality: str
    bearer: str
    action: str
    deadline: str
    words: Words


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a term: an ISO 8601 date or duration where it is one, else text."""

    field: str
    value: str
    order: int
    words: Words


@dataclass(frozen=True, slots=True)
class BodyFact:
    """One thing said of a body. `kind` compares bodies across documents; without one, the name does."""

    body: str
    kind: str
    name: str
    field: str
    value: str
    words: Words


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision or act cited: its address and name."""

    target: str
    name: str
    words: Words


@dataclass(frozen=True)
class Paper:
    """A document, and what was read of it when it was first asked for."""

    store: Store
    iri: str
    id: str
    title: str
    kind: str
    status: str
    region: str
    made_on: str
    missing: str
    part_of: str

    def as_json(self) -> dict[str, Any]:
        """What is known of the document as a whole."""
        return {name: getattr(self, name) for name in ABOUT}

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause in the order of the text."""
        return tuple(
            Clause(
                iri=str(row["iri"]),
                parent=str(row["parent"] or ""),
                number=str(row["clause"] or ""),
                title=str(row["title"] or ""),
                level=int(str(row["level"])),
                words=words_of(row),
            )
            for row in self._rows("structure_of_document")
        )

    @cached_property
    def norms(self) -> tuple[Norm, ...]:
        """Every norm in the order of the text."""
        return tuple(
            Norm(
                modality=str(row["modality"]),
                bearer=str(row["bearerClass"] or ""),
                action=str(row["action"]),
                deadline=str(row["deadline"] or ""),
                words=words_of(row),
            )
            for row in self._rows("norms_of_document")
        )

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term, field by field, in its order."""
        return tuple(
            Term(field=str(row["field"]), value=str(row["value"]), order=int(str(row["order"])), words=words_of(row))
            for row in self._rows("terms_of_document")
        )

    @cached_property
    def bodies(self) -> tuple[BodyFact, ...]:
        """What is said of each body but its tasks, which are norms."""
        return tuple(_body_facts(self._rows("bodies_of_document")))

    @cached_property
    def answers(self) -> tuple[Row, ...]:
        """The claims that clauses answer requirements, apart from those a person has turned down."""
        return tuple(
            row for row in self._rows("claims_of_document") if row["review"] not in ("rejected", "notsupported")
        )

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation in the order of the text."""
        return tuple(
            Citation(target=str(row["target"]), name=str(row["targetLabel"] or row["target"]), words=words_of(row))
            for row in self._rows("citations_of_document")
        )

    def norms_within(self, words: Words) -> tuple[Norm, ...]:
        """The norms that stand, in whole or in part, in these words."""
        return tuple(norm for norm in self.norms if norm.words.start < words.end and words.start < norm.words.end)

    def _rows(self, query: str) -> list[Row]:
        return catalogue()[query].run(self.store, document=self.iri)


def papers(store: Store) -> dict[str, Paper]:
    """Every document of a store by its address, read as it is asked for."""
    return {
        str(row["iri"]): Paper(store=store, **{name: str(row[name] or "") for name in ABOUT})
        for row in documents(store)
    }


def _body_facts(rows: list[Row]) -> Iterator[BodyFact]:
    names = {str(row["body"]).rpartition("/")[2]: str(row["bodyLabel"]) for row in rows}
    for row in rows:
        field, value = str(row["field"]), str(row["value"])
        if field == "task":
            continue
        yield BodyFact(
            body=str(row["body"]),
            kind=str(row["bodyKind"] or "").rpartition("/")[2],
            name=str(row["bodyLabel"]),
            field=field,
            value=_seats(row) if field == "seats" else names.get(value, value) if field in TO_BODIES else value,
            words=words_of(row),
        )


def _seats(row: Row) -> str:
    """Seats as one value: whose, how many, in which office.

    >>> _seats({"count": 4, "side": "…/side/kommune", "officeLabel": "ordfører", "value": None})
    'kommune: 4 ordfører'
    """
    seat = " ".join(str(part) for part in (row["count"], row["officeLabel"], row["value"]) if part)
    return ": ".join(part for part in (str(row["side"] or "").rpartition("/")[2], seat) if part)


def words_of(row: Row) -> Words:
    """The words that a row of a query tells of."""
    return Words(
        document=str(row["document"]),
        clause=str(row["iri"]),
        place=str(row["place"]),
        start=int(str(row["start"])),
        end=int(str(row["end"])),
        quote=str(row["quote"]),
    )
