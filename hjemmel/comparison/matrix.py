"""Requirements down, agreements across: how it went, how sure, and the words that say so."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from hjemmel.comparison.difference import Difference, Said, Side
from hjemmel.comparison.paper import Paper, Words
from hjemmel.comparison.words import requirement_label
from hjemmel.snapshot import home
from hjemmel.store import Row, Store
from hjemmel.subject import Subject

ANSWERING = ("contradicts", "covers", "partly", "delegates")
SURE = ("explicit", "topical")
QUOTES = 3  # the strongest, of a cell
JUDGED = ("fulfilled", "partly", "missing", "conflict")


@dataclass(frozen=True, slots=True)
class Cell:
    """How one agreement stands to one requirement: the result of the check, its best claim, and the strongest quotes.

    `result` is as in `hjemmel check`; `coverage` and `strength` are None where no clause answers.
    """

    document: str
    result: str
    severity: str | None
    message: str
    coverage: str | None
    strength: str | None
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement, and a cell for each agreement that it was judged for."""

    requirement: str
    label: str
    legal_basis: str
    obligation: str
    cells: tuple[Cell, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def matrix(papers: Sequence[Paper], *, as_of: date | None = None, language: str = "nb") -> tuple[Line, ...]:
    """A line for each requirement, in the law's order; without a date, each agreement is judged by its own."""
    judged = {
        paper.iri: {found["requirement"]: found for found in findings(paper, as_of, language)} for paper in papers
    }
    order = dict.fromkeys(notation for one in judged.values() for notation in one)
    lines = []
    for notation in order:
        found = next(one[notation] for one in judged.values() if notation in one)
        cells = tuple(_cell(paper, judged[paper.iri][notation]) for paper in papers if notation in judged[paper.iri])
        lines.append(Line(notation, found["label"], found["legal_basis"], found["strength"], cells))
    return tuple(lines)


def requirement_differences(papers: Sequence[Paper], *, as_of: date | None = None) -> Iterator[Difference]:
    """Requirements that some of these agreements fulfil and others do not, by the law of one day or each its own."""
    judged = [paper for paper in papers if paper.kind == "agreement"]
    for line in matrix(judged, as_of=as_of):
        results = {cell.result for cell in line.cells if cell.result in JUDGED}
        if len(results) > 1:
            sides = tuple(Side(cell.document, _said(cell), (cell.result,), cell.words) for cell in line.cells)
            yield Difference("requirement", line.requirement, requirement_label(line.requirement), sides)


_findings: "WeakKeyDictionary[Store, dict[tuple[str, date, bool, str], list[dict[str, Any]]]]" = WeakKeyDictionary()


def findings(paper: Paper, as_of: date | None, language: str) -> list[dict[str, Any]]:
    """What the check of an agreement found, kept as long as its store: a check takes most of the time there is."""
    from hjemmel.kept import Asked, judgement_of

    kept = _findings.setdefault(paper.store, {})
    key = (paper.iri, as_of or date.today(), as_of is None, language)
    if key not in kept:
        about = Subject(paper.store, paper.iri)
        kept[key] = judgement_of(about, Asked(as_of, language), home=home())["findings"]
    return kept[key]


def answers(paper: Paper, requirement: str) -> list[Row]:
    """The claims that surely answer a requirement, the surest and fullest first."""
    found = [row for row in paper.answers if row["notation"] == requirement]
    found = [row for row in found if row["coverage"] in ANSWERING and row["strength"] in SURE]
    return sorted(found, key=lambda row: (SURE.index(str(row["strength"])), ANSWERING.index(str(row["coverage"]))))


def _said(cell: Cell) -> Said:
    return "said" if cell.words else "not_assessable" if cell.result == "not_assessable" else "silent"


def _cell(paper: Paper, found: dict[str, Any]) -> Cell:
    answering = answers(paper, found["requirement"])
    best: Row = answering[0] if answering else {}
    strongest = [(row["start"], row["end"]) for row in answering]
    words = sorted(
        found["evidence"],
        key=lambda said: strongest.index(at) if (at := (said["start"], said["end"])) in strongest else len(strongest),
    )
    return Cell(
        document=paper.iri,
        result=found["result"],
        severity=found["severity"],
        message=found["message"],
        coverage=str(best["coverage"]) if best else None,
        strength=str(best["strength"]) if best else None,
        words=tuple(Words(paper.iri, **said) for said in words[:QUOTES]),
    )
