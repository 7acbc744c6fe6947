"""Tables set as text: rows in columns, the history of versions, the plan of meetings with its empty cells."""

import re
from collections.abc import Container, Sequence

from ingest.structure.marks import mark
from ingest.structure.printed import Line
from ingest.structure.wording import finite

CELL = re.compile(r"\S+(?: {1,2}\S+)*")
SPACED = re.compile(r" {3,}|\t")
MONTH = re.compile(
    r"\b(?:jan|feb|mars?|apr|mai|jun|jul|aug|sept?|okt|nov|des)(?:uar|ruar|il|i|ust|tember|ember|ober)?\b\.?",
    re.IGNORECASE,
)
HEADS = re.compile(
    r"(?:(?:versjons?|utg(?:å|a)ve|rev(?:isjon)?|dato|kapittel|kap|punkt|endr(?:a|et|ing(?:er|ar)?)|behandlet|behandla|handsama|godkjent|"
    r"vedtatt|vedteke|ansvarleg|ansvarlig|forfatter|forfattar|merknad(?:er|ar)?|kommentar(?:er|ar)?|beskrivelse|skildring|"
    r"status|utført|av|nr)[.:]?(?:\s+|$)){3,}",
    re.IGNORECASE,
)
"""The heads of a table over the versions of a document."""

VERSION = re.compile(r"v?\d{1,2}(?:[.,]\d{1,2})?\s+(?:\D{0,12}\d{2,4}\b|\d{1,2}[./])", re.IGNORECASE)
DAYS = re.compile(r"[^\d.:;]{1,40}?(?:\s+\d{1,2}\.?(?:\s?[-–/,]\s?\d{1,2}\.?)*)+$")
"""A row of a plan of meetings: who meets, and the day in each month that has one."""

DEEP = 10
"""A line set in so far inside a table goes on with a cell of the row above."""

FEWEST_MONTHS = 4
LONGEST_ROW = 160
LONGEST_CELL = 100


def tables(kept: Sequence[Line], taken: Container[int]) -> list[tuple[int, int]]:
    """The first and last line of each table; `taken` are lines known to be something else.

    >>> from ingest.structure.lines import lines
    >>> kept, _ = lines("Sak      Tema         Ansvar\\n1/24     Møteplan     Leder\\n2/24                  Utvalg\\n")
    >>> tables(kept, ())
    [(0, 2)]
    """
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(kept):
        last = None if index in taken else _plan(kept, index) or _history(kept, index) or _columns(kept, index, taken)
        if last is not None:
            found.append((index, last))
            index = last
        index += 1
    return found


def _plan(kept: Sequence[Line], first: int) -> int | None:
    """A plan of meetings: a row of months, then rows of days."""
    text = kept[first].text
    lower = text.lower()
    if not ("mai" in lower or "mar" in lower or "nov" in lower or "okt" in lower):
        return None
    if len(text) > LONGEST_ROW or len(MONTH.findall(text)) < FEWEST_MONTHS or not _only_months(text):
        return None
    last = first
    while last + 1 < len(kept) and _goes_on(kept[last + 1]) and DAYS.match(kept[last + 1].text):
        last += 1
    return last if last > first else None


def _only_months(text: str) -> bool:
    return len(MONTH.sub("", text).split()) < 3


def _history(kept: Sequence[Line], first: int) -> int | None:
    """The versions of a document: named columns, then a row for each, whose cells may go on for lines."""
    if len(kept[first].text) > LONGEST_ROW or not HEADS.fullmatch(kept[first].text):
        return None
    last = first
    for index in range(first + 1, len(kept)):
        line = kept[index]
        if line.top or line.gap > 2 or len(line.text) > LONGEST_CELL:
            break
        if not VERSION.match(line.text) and (last == first or not _cell(line)):
            break
        last = index
    return last if last > first else None


def _cell(line: Line) -> bool:
    """Whether a line may be what a cell goes on with."""
    kind = mark(line).kind
    return SPACED.search(line.text) is not None or (
        line.gap < 2
        and kind not in ("number", "provision", "point")
        and not (line.text[-1] == "." and finite(line.text))
    )


def _columns(kept: Sequence[Line], first: int, taken: Container[int]) -> int | None:
    """Rows whose cells stand one below the other, at least three cells or three rows."""
    text = kept[first].text
    if ("   " not in text and "\t" not in text) or not _spaced(kept[first]):
        return None
    if finite(text):
        # Justified lines are set far apart, too; the head of a table is no sentence.
        return None
    starts = _starts(kept[first])
    rows, widest, last = 1, len(starts), first
    seen = set(starts[1:])
    for index in range(first + 1, len(kept)):
        line = kept[index]
        if index in taken or not _goes_on(line):
            break
        if _spaced(line) and _aligned(_starts(line), seen):
            begins = _starts(line)
            seen.update(begins[1:])
            rows, widest, last = rows + 1, max(widest, len(begins)), index
        elif line.indent < DEEP or not _aligned([0, line.indent], seen):
            break
        else:
            last = index
    return last if rows > 2 or (rows > 1 and widest > 2) else None


def _goes_on(line: Line) -> bool:
    return not line.top and line.gap < 2 and len(line.text) <= LONGEST_ROW


def _spaced(line: Line) -> bool:
    """Whether a line has cells: words set far apart, and not only a number or bullet far from its words."""
    if len(line.text) > LONGEST_ROW:
        return False
    body = mark(line).body - line.start
    return SPACED.search(line.text, min(body, len(line.text))) is not None or (
        line.text[0].isdigit() and len(SPACED.findall(line.text)) > 1
    )


def _starts(line: Line) -> list[int]:
    """Where each cell begins, from the edge of the page."""
    return [line.indent + cell.start() for cell in CELL.finditer(line.text)]


def _aligned(starts: list[int], seen: set[int]) -> bool:
    """Whether a cell after the first stands below one of the rows above, give or take."""
    return any(not seen.isdisjoint(range(start - 3, start + 4)) for start in starts[1:])
