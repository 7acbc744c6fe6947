"""The papers of meetings, read from top to bottom: which meeting, case and paper each line belongs to."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.bodies.names import Mention, anywhere
from ingest.bundle import parts
from ingest.clause import Structure
from ingest.meetings import lines as reading
from ingest.meetings import plan
from ingest.meetings.attendance import attendance
from ingest.meetings.cases import AHEAD, Draft, Entry, follows
from ingest.meetings.lines import Line
from ingest.meetings.record import Meeting, MeetingKind
from ingest.terms.dates import Time, dates

LONGEST_HEAD = 40
"""Within so many lines the head of a meeting's papers is over."""

UNKNOWN = Mention(0, 0, "ukjent-organ", None, "")
"""The body of papers that do not say whose they are."""

MEETING_LINE = re.compile(r"møte|utvalg|utval|dato", re.IGNORECASE)


@dataclass(slots=True)
class _Meeting:
    """A meeting while its papers are being gathered; `head` is the place of the line that opens them."""

    kind: MeetingKind
    head: int
    body: Mention | None = None
    date: str | None = None
    dated: tuple[int, int] | None = None
    cases: dict[str, Draft] = field(default_factory=dict)

    def is_that(self, body: Mention, day: str) -> bool:
        """Whether it is the meeting of a body on a day."""
        return self.body is not None and self.body.slug == body.slug and self.date == day


class Papers:
    """One document's lines, and the meeting and case that they have come to; all places are those of the flow."""

    def __init__(self, structure: Structure) -> None:
        flow = structure.flow
        self.stored = structure.text
        heads = {
            bisect_left(flow.offsets, clause.start)
            for clause in structure.clauses
            if clause.kind in ("title", "section", "label")
        }
        # An agreement among the papers has lines of its own, which open no case here.
        self.inner = [
            (bisect_left(flow.offsets, part.start), bisect_left(flow.offsets, part.end)) for part in parts(structure)
        ]
        starts = [first for first, _ in self.inner]
        self.lines = [
            Line(start, end, text, start in heads)
            for start, end, text in reading.lines(flow.text)
            if not (before := bisect_right(starts, start)) or start >= self.inner[before - 1][1]
        ]
        self.spans = [flow.span(line.start, line.end) for line in self.lines]
        self.held: list[_Meeting] = []
        self.planned: dict[tuple[str, str | None], Meeting] = {}
        self.by_number: defaultdict[str, list[_Meeting]] = defaultdict(list)
        self.meeting: _Meeting | None = None
        self.case: Draft | None = None
        self.attached = False

    def meetings(self) -> Iterator[Meeting]:
        """The meetings there are papers from, then those still to come."""
        index = 0
        while index < len(self.lines):
            index += self._take(index)
        for held in self.held:
            if held.cases or (held.body and held.date):
                yield self._record(held)
                self._announced(held)
        yield from self.planned.values()

    def _take(self, index: int) -> int:
        """Read the line at an index; gives how many lines were taken."""
        text = self.lines[index].text
        if length := plan.plan_length(self.lines, index):
            rows = self.lines[index : index + length]
            for start, end, value, body in plan.planned(self.stored, self.spans[index : index + length], rows):
                self._plan(start, end, value, body, rows)
            return length
        if self._opens_meeting(index):
            return 1
        if reading.PAPER.match(text) and (found := re.search(reading.NUMBER, text)):
            self._open_paper(index, reading.plain_number(found[0]), text[found.end() :].strip(" :–-."))
            return 1
        if reading.ATTACHMENTS.match(text) and self.meeting and not self.meeting.cases:
            self.attached = True
        elif reading.AGENDA.match(text):
            self.attached = False
        number = None if self.attached else reading.case_number(text)
        if number and self._opens_case(index, number):
            return 1
        following = reading.case_number(self.lines[index + 1].text) if index + 1 < len(self.lines) else None
        if following and self._meeting_named(index):
            # The title of the paper, the meeting, the number: in this order.
            self._open_paper(index, reading.full_number(following))
            return 2
        if self.case:
            self.case.entries[-1].places.append(index)
        return 1

    def _opens_meeting(self, index: int) -> bool:
        text = self.lines[index].text
        kind = reading.opens_meeting(text)
        if kind is None and self.meeting is None and reading.AGENDA.match(text) and len(text) < LONGEST_HEAD:
            kind = "summons"
        if kind is None:
            return False
        if self.meeting and not self.meeting.cases and kind == self.meeting.kind == "summons":
            # "Innkalling til SSU", and lower down "Innkalling" over the agenda.
            self.attached = False
            return True
        if self.meeting and not self._says_when(index):
            return False
        self.meeting, self.case, self.attached = _Meeting(kind, index), None, False
        self.held.append(self.meeting)
        self._settle(self.meeting)
        return True

    def _says_when(self, index: int) -> bool:
        """Whether the lines below say when or where a meeting is, or who came, before they come to a case."""
        for line in self.lines[index + 1 : index + 1 + AHEAD]:
            if reading.case_number(line.text):
                return False
            if reading.META.match(line.text):
                return True
        return False

    def _settle(self, meeting: _Meeting) -> None:
        """Find the body and the day: in the title, then below it up to the first case, then just above it."""
        head = meeting.head
        below: list[int] = []
        for place in range(head + 1, min(head + LONGEST_HEAD, len(self.lines))):
            if below and reading.case_number(self.lines[place].text):
                break
            below.append(place)
        above = list(range(head - 1, max(-1, head - 4), -1))
        when = [place for place in below if reading.META.match(self.lines[place].text)]
        # A list of attachments names other meetings and their days.
        others = [place for place in (*above, *below[:4]) if not reading.opens_meeting(self.lines[place].text)]
        for place in (head, *when, *others):
            if day := _day(self.lines[place].text):
                start = self.lines[place].start
                meeting.date, meeting.dated = day.value, (start + day.start, start + day.end)
                break
        listed = next((place for place in below if reading.presence(self.lines[place].text)), head + 1 + AHEAD)
        for place in (head, *(place for place in below if place < listed), *above):
            if body := anywhere(self.lines[place].text):
                meeting.body = body
                break

    def _opens_case(self, index: int, found: "re.Match[str]") -> bool:
        number = reading.full_number(found)
        title = (found["title"] or "").strip()
        row = anywhere(title)
        if row and row.start < 3 and next(dates(title), None):
            # A row of the table that heads a paper: number, body, day and type.
            self._open_paper(index, number)
            return True
        meeting = self.meeting
        if meeting is None:
            return False
        known = number in self.by_number and meeting.cases and not follows(next(reversed(meeting.cases)), number)
        if number in meeting.cases or known:
            self._open_paper(index, number)
        else:
            self.case = self._add_case(meeting, Draft(number, index, title))
            self.case.entries.append(Entry(meeting.kind, [index]))
        return True

    def _add_case(self, meeting: _Meeting, case: Draft) -> Draft:
        meeting.cases[case.number] = case
        self.by_number[case.number].append(meeting)
        return case

    def _open_paper(self, index: int, number: str, title: str = "") -> None:
        """Open the paper of a case, in the meeting it names or in that whose agenda has the number."""
        before = self.case
        if before and number == before.number and len(before.entries) > 1:
            before.entries[-1].places.append(index)
            return
        meeting = self._meeting_of_paper(index, number)
        if meeting is None:
            if before:
                before.entries[-1].places.append(index)
            return
        case = meeting.cases.get(number)
        if case is None:
            ahead = range(index, min(index + AHEAD, len(self.lines)))
            place = next((place for place in ahead if number in self.lines[place].text), index)
            case = self._add_case(meeting, Draft(number, place, title))
        places = [index]
        if before and self._is_title_of_paper(index - 1) and before.entries[-1].places[1:][-1:] == [index - 1]:
            places.insert(0, before.entries[-1].places.pop())
        case.entries.append(Entry(meeting.kind if meeting is self.meeting else "summons", places))
        self.meeting, self.case = meeting, case

    def _meeting_of_paper(self, index: int, number: str) -> _Meeting | None:
        for place in range(index, min(index + AHEAD, len(self.lines))):
            named = self._meeting_named(place, numbered=place == index)
            if not named:
                continue
            body, day, dated = named
            for meeting in reversed(self.held):
                if meeting.is_that(body, day) and (number in meeting.cases or meeting.kind == "summons"):
                    return meeting
            self.held.append(_Meeting("summons", index, body, day, dated))
            return self.held[-1]
        return self.by_number[number][-1] if number in self.by_number else None

    def _is_title_of_paper(self, index: int) -> bool:
        line = self.lines[index]
        return line.heads and ":" not in line.text and not reading.case_number(line.text)

    def _meeting_named(self, index: int, *, numbered: bool = False) -> tuple[Mention, str, tuple[int, int]] | None:
        """The meeting that a line of a paper names, as in "SSU-møte 24.11.2022", with the place of the day."""
        line = self.lines[index]
        text = line.text
        if not (numbered and reading.case_number(text)) and (
            len(text) > 80 or text.endswith((".", ":")) or reading.opens_meeting(text) or not MEETING_LINE.search(text)
        ):
            return None
        day = _day(text)
        body = anywhere(text) if day else None
        return (body, day.value, (line.start + day.start, line.start + day.end)) if body and day else None

    def _plan(self, start: int, end: int, value: str, body: Mention, rows: Sequence[Line]) -> None:
        row = next(line for line in rows if line.start <= start < line.end)
        meeting = Meeting(row.start, row.end, "planned", body.slug, body.kind, body.name, value, (start, end))
        self.planned.setdefault((body.slug, value), meeting)

    def _announced(self, held: _Meeting) -> None:
        """Take the meetings that minutes announce."""
        for case in held.cases.values():
            for entry in case.entries:
                for place in entry.places:
                    line = self.lines[place]
                    for start, end, value, body in plan.told(line, held.body or UNKNOWN, held.date):
                        self._plan(start, end, value, body, [line])

    def _record(self, held: _Meeting) -> Meeting:
        head = self.lines[held.head]
        body = held.body or UNKNOWN
        first = min((case.first for case in held.cases.values()), default=held.head)
        return Meeting(
            head.start,
            head.end,
            held.kind,
            body.slug,
            body.kind,
            body.name,
            held.date,
            held.dated,
            tuple(case.record(self.stored, self.lines, self.spans, self.inner) for case in held.cases.values()),
            tuple(attendance(self.lines[held.head + 1 : max(first, held.head)])),
        )


def _day(text: str) -> Time | None:
    """The first whole date in a line."""
    return next((time for time in dates(text) if len(time.value) == 10), None)
