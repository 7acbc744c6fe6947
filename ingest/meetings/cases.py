"""A case while its papers are being gathered, and what they say of it when they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.meetings import lines as reading
from ingest.meetings.decisions import decisions
from ingest.meetings.lines import Line
from ingest.meetings.record import Case, Decision, MeetingKind, Said
from ingest.terms.dates import dates

AHEAD = 6
"""So many lines below a heading still belong to it."""

IN_BRACKETS = re.compile(r"\((?P<type>[^()]+)\)\s*$")


@dataclass(slots=True)
class Entry:
    """A stretch of a document that belongs to a case: its agenda item, its minutes or its paper, as places of lines."""

    kind: MeetingKind
    places: list[int]


@dataclass(slots=True)
class Draft:
    """A case by its number; `first` is the place of the line that opens it, `title` what stands on that line."""

    number: str
    first: int
    title: str = ""
    entries: list[Entry] = field(default_factory=list)

    def record(
        self, stored: str, lines: Sequence[Line], spans: Sequence[tuple[int, int]], inner: Sequence[tuple[int, int]]
    ) -> Case:
        """All that its papers say; `inner` are the documents that stand whole among them."""
        types: dict[str, Said] = {}
        found: list[Decision] = []
        for entry in self.entries:
            own = [lines[place] for place in entry.places]
            for line in own:
                for start, end, value in _types(line, entry.kind):
                    types.setdefault(value, Said(line.start + start, line.start + end, value))
            found.extend(decisions(stored, own, entry.kind, [spans[place] for place in entry.places]))
        title, end_line = self._titled(lines)
        return Case(
            lines[self.first].start,
            lines[end_line].end,
            self.number,
            re.sub(r"[\s,;:]+$", "", title),
            tuple(types.values()),
            tuple(dict.fromkeys(found)),
            tuple(_span(entry.places, lines, inner) for entry in self.entries),
        )

    def _titled(self, lines: Sequence[Line]) -> tuple[str, int]:
        """The title, and the place of the line where it ends: on the line of the number or one soon after."""
        if self.title:
            return self.title, self.first
        for place in self.entries[0].places:
            if self.first < place < self.first + AHEAD and _is_title(lines[place].text):
                return lines[place].text, place
        return "", self.first


def follows(last: str, number: str) -> bool:
    """Whether a case number comes soon after another in the count of one body.

    >>> follows("2022.38", "2022.39"), follows("2022.10", "2022.37"), follows("12/23", "1/24")
    (True, False, False)
    """
    before, after = (re.findall(r"\d+", each) for each in (last, number))
    if len(before) != 2 or len(after) != 2:
        return len(before) == len(after) == 1 and 0 < int(after[0]) - int(before[0]) <= 3
    year, counted = (0, 1) if len(before[0]) == 4 else (1, 0)
    return before[year] == after[year] and 0 < int(after[counted]) - int(before[counted]) <= 3


def _types(line: Line, kind: MeetingKind) -> list[tuple[int, int, str]]:
    # In minutes a line "Vedtak" stands over what was decided.
    if (found := reading.case_types(line.text)) and (kind == "summons" or reading.TYPE_LABEL.match(line.text)):
        return found
    number = reading.case_number(line.text)
    title = number["title"] if number else None
    if not number or not title:
        return []
    at = number.start("title")
    if (tail := IN_BRACKETS.search(title)) and (inner := reading.case_types(tail["type"])):
        at += tail.start("type")
        return [(at + start, at + end, value) for start, end, value in inner]
    # A row of the table that heads a paper: number, body, day, type.
    day = next(dates(title), None)
    if day and (match := reading.TYPE.match(title, day.end + 1)):
        return [(at + match.start(), at + match.end(), str(match.lastgroup))]
    return []


def _is_title(text: str) -> bool:
    return not reading.case_types(text) and not reading.ATTACHMENTS.match(text) and not reading.case_number(text)


def _span(places: Sequence[int], lines: Sequence[Line], inner: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where an entry stands, with the documents that stand whole behind its last line."""
    start, end = lines[places[0]].start, lines[places[-1]].end
    after = lines[places[-1] + 1].start if places[-1] + 1 < len(lines) else None
    for first, last in inner:
        if end <= first and (after is None or last <= after + 1):
            end = max(end, last)
    return start, end
