"""What became of one text in another, to take along: as tables, and as a paper with the words of both."""

from collections.abc import Iterator, Sequence

from hjemmel.comparison import Aligned, Run, Side
from hjemmel.comparison.words import in_words
from hjemmel.pages.address import absolute
from hjemmel.pages.finding import shown
from hjemmel.pages.matter import Matter, capital, gap, unsaid, words_address
from hjemmel.pages.quote import tidy
from hjemmel.pages.shelf import Paper
from hjemmel.pages.words import language, listed, say
from hjemmel.report.passages import Passage
from hjemmel.report.sheet import Sheet

Matters = Sequence[tuple[str, Sequence[Matter]]]
"""The key of a heading, and the matters under it."""
Clauses = Sequence[tuple[Aligned, str]]
"""Clauses with what became of them."""

MATTERS = {"difference": 24, "matter": 34, "note": 30, "text": 16, "read as": 26, "quote": 80, "place": 24, "link": 60}
CLAUSES = {"place": 30, "note": 24, "older text": 70, "newer text": 70, "taken out": 50, "put in": 50}


def sheets(matters: Matters, clauses: Clauses, columns: Sequence[Paper]) -> list[Sheet]:
    """A row for each quote on each matter, and a row for each clause that is another or stands elsewhere."""
    rows = [row for kind, told in matters for one in told for row in _rows(say(kind), one, columns)]
    pairs = [_row(pair, fate) for pair, fate in clauses]
    return [
        Sheet(say("compare"), [(say(key), width) for key, width in MATTERS.items()], rows),
        Sheet(say("clauses"), [(say(key), width) for key, width in CLAUSES.items()], pairs),
    ]


def sections(matters: Matters, clauses: Clauses, columns: Sequence[Paper]) -> list[tuple[str, list[Passage]]]:
    """The same for a paper: each matter with the words of both, then each clause with its changes marked."""
    found = [(say(kind), [passage for one in told for passage in _passages(one, columns)]) for kind, told in matters]
    return [*found, (say("clauses"), [_clause(pair, fate, columns) for pair, fate in clauses])]


def _rows(kind: str, one: Matter, columns: Sequence[Paper]) -> Iterator[tuple[str, ...]]:
    for label, column, side in _sides(one, columns):
        head = (kind, one.heading, str(one.note), label, _read_as(one, column, side.values))
        for words in side.words:
            yield (*head, tidy(words.quote), words.place, absolute(words_address(words, column)))
        if not side.words:
            yield (*head, gap(column, None), "", "")


def _row(pair: Aligned, fate: str) -> tuple[str, ...]:
    older, newer = (tidy(end.words.quote) if end else "" for end in (pair.one, pair.other))
    end = pair.other or pair.one
    place = capital(end.words.place) if end else ""
    return place, fate, older, newer, _only(pair.runs, "removed"), _only(pair.runs, "added")


def _passages(one: Matter, columns: Sequence[Paper]) -> Iterator[Passage]:
    for label, column, side in _sides(one, columns):
        read_as = _read_as(one, column, unsaid(side))
        lead = f"{label}: {read_as}" if read_as else label
        for words in side.words:
            source = f"{column.title}, {words.place}"
            yield Passage(
                one.heading, words.quote, lead=lead, source=source, address=absolute(words_address(words, column))
            )
        if not side.words:
            yield Passage(one.heading, lead=lead, facts=[] if side.values else [(gap(column, None), "")])


def _clause(pair: Aligned, fate: str, columns: Sequence[Paper]) -> Passage:
    ends = [(column, end.words) for column, end in zip(columns, (pair.one, pair.other), strict=True) if end]
    column, words = ends[-1]
    source = "; ".join(f"{each.title}, {found.place}" for each, found in ends)
    runs = pair.runs if pair.change != "same" else ()
    facts = [(capital(fate), "")] if fate else []
    link = absolute(words_address(words, column))
    return Passage(capital(words.place), words.quote, facts, source=source, address=link, runs=runs)


def _sides(one: Matter, columns: Sequence[Paper]) -> Iterator[tuple[str, Paper, Side]]:
    """What the older text says, and the newer; where they differ in several ways, the words are the same."""
    for label, column, side in zip(("older text", "newer text"), columns, one.differences[0].sides, strict=True):
        yield say(label), column, side


def _read_as(one: Matter, column: Paper, values: Sequence[str]) -> str:
    """How the check went, or what the words amount to."""
    cell = (one.cells or {}).get(column.iri)
    return say(shown(cell)) if cell else listed([in_words(value, language()) for value in values])


def _only(runs: Sequence[Run], kind: str) -> str:
    return " … ".join(tidy(run.text) for run in runs if run.kind == kind and run.text.strip())
