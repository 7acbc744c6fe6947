"""Meetings still to come: a plan with months as columns, dates in a row, or "neste møte er …"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ingest.bodies.names import Mention, anywhere
from ingest.meetings.lines import PLAN, Line
from ingest.terms.dates import MONTHS, dates

Planned = tuple[int, int, str, Mention]
"""Where the day stands in the flow, the date, and the body (at its place in its line)."""

MONTH = re.compile(rf"\b(?P<month>{'|'.join(month[:3] for month in MONTHS)})(?:[a-z]{{0,7}})\b\.?", re.IGNORECASE)
YEAR = re.compile(r"\b(20\d\d)\b")
CELL = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:\.(?!\d))?(?![\d:.]*\d)")
DAY_AND_MONTH = re.compile(
    rf"(?<![\d.])(?P<day>\d{{1,2}})\.\s?(?P<name>{'|'.join(MONTHS)})(?!\s?\d{{4}})|"
    rf"(?<![\d.])(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})\.?(?![\d./]|\.\d)",
    re.IGNORECASE,
)
NEXT = re.compile(r"\bneste\s(?:\S+?-?)?møte\w*", re.IGNORECASE)
HELD = re.compile(
    r"\b(?:møta|møtene|møter|møte)\b.{0,40}\b(?:holdes|haldast|haldne|halde|avholdes|er|vert|blir)\b", re.IGNORECASE
)
FEWEST_MONTHS = 4
"""So many months in a row are the head of a plan."""

NAME_WITHIN = 25
"""The name of the body begins its row."""


def plan_length(lines: Sequence[Line], first: int) -> int:
    """How many lines a plan takes that opens at a line; 0 if none does."""
    if not PLAN.match(lines[first].text):
        return 0
    head = next((i for i in range(first, min(first + 4, len(lines))) if is_months(lines[i].text)), None)
    last = first if head is None else head
    while last + 1 < len(lines) and _is_row(lines[last + 1].text):
        last += 1
    return last - first + 1 if last > first else 0


def planned(stored: str, spans: Sequence[tuple[int, int]], lines: Sequence[Line]) -> Iterator[Planned]:
    """The meetings of a plan; `spans` are the places of its lines in the stored text, whose blanks tell the columns."""
    year = next((int(found[1]) for line in lines[:3] if (found := YEAR.search(line.text))), None)
    head = next((i for i, line in enumerate(lines) if is_months(line.text)), None)
    for index, line in enumerate(lines):
        body = anywhere(line.text)
        if body is None or body.start > NAME_WITHIN:
            continue
        if head is None:
            yield from days(line, body, year)
        elif index > head and year:
            row = _row(stored, spans[index])
            offset = row.index(line.text[:3])
            for start, end, month in _cells(_row(stored, spans[head]), row, offset + body.end):
                if value := _iso(year, month, int(row[start:end])):
                    begin = line.start - offset
                    yield begin + start, begin + end, value, body


def days(line: Line, body: Mention, year: int | None) -> Iterator[Planned]:
    """The days that a line names, those without a year in the year of the plan."""
    for time in dates(line.text):
        if len(time.value) == 10:
            yield line.start + time.start, line.start + time.end, time.value, body
    if year is None:
        return
    for found in DAY_AND_MONTH.finditer(line.text):
        month = MONTHS.index(found["name"].lower()) + 1 if found["name"] else int(found["m"])
        if value := _iso(year, month, int(found["day"] or found["d"])):
            yield line.start + found.start(), line.start + found.end(), value, body


def told(line: Line, own: Mention, written: str | None) -> Iterator[Planned]:
    """Meetings that minutes announce: "Neste møte er 6. juni 2024", "Møta i 2025 blir haldne 14. mars og 12. juni"."""
    found = NEXT.search(line.text) or HELD.search(line.text)
    if not found:
        return
    rest = line.text[found.start() :]
    stop = re.search(r"[.!?]\s(?=[A-ZÆØÅ])", rest)
    sentence = Line(line.start + found.start(), line.end, rest[: stop.start()] if stop else rest)
    body = anywhere(found[0]) or own
    year = YEAR.search(sentence.text)
    default = int(year[1]) if year else int(written[:4]) if written and NEXT.match(rest) else None
    yield from days(sentence, body, default if HELD.match(rest) else None)


def is_months(text: str) -> bool:
    """Whether a line is a row of months.

    >>> is_months("jan  feb  mars  apr  mai"), is_months("Møtet holdes i mars eller april")
    (True, False)
    """
    months = len(MONTH.findall(text))
    return months >= FEWEST_MONTHS and months >= len(re.findall(r"[^\W\d]+", text)) - 2


def _cells(head: str, row: str, name_end: int) -> Iterator[tuple[int, int, int]]:
    """The days of a row, each with the month whose column it stands in.

    >>> [(day[2]) for day in _cells("     jan  feb  mars  apr", "SSU       12         3", 3)]
    [2, 4]
    >>> [(day[2]) for day in _cells("januar februar mars april", "SSU  12  3", 3)]
    [2, 4]
    """
    columns = [(found.start() + found.end(), _month(found["month"])) for found in MONTH.finditer(head)]
    # Columns one blank apart have lost their width: then each blank of a row stands for the edge of a column.
    narrow = all(right.start() - left.end() <= 1 for left, right in pairwise(MONTH.finditer(head)))
    found = list(CELL.finditer(row, name_end))
    first = len(row[: found[0].start()].rstrip()) if found else 0
    for cell in found:
        if narrow:
            place = row.count(" ", first, cell.start()) - 1
            month = columns[place][1] if 0 <= place < len(columns) else None
        else:
            middle = cell.start() + cell.end()
            month = min(columns, key=lambda column: abs(column[0] - middle))[1]
        if month:
            yield cell.start("day"), cell.end("day"), month


def _row(stored: str, span: tuple[int, int]) -> str:
    """A whole printed line, with the blanks that it begins with."""
    begin = max(stored.rfind("\n", 0, span[0]), stored.rfind("\f", 0, span[0])) + 1
    return stored[begin : span[1]]


def _is_row(text: str) -> bool:
    body = anywhere(text)
    return (
        body is not None
        and body.start <= NAME_WITHIN
        and re.search(r"\d", text) is not None
        and re.search(r"\bkl\b", text) is None
    )


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(name.lower()))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
