"""The meetings that papers tell of: summons, minutes and plans, with cases, decisions and how they hang together."""

from dataclasses import replace
from typing import TypeVar

from ingest.clause import Structure
from ingest.meetings.links import links
from ingest.meetings.papers import Papers
from ingest.meetings.record import Attendance, Case, Decision, Link, Meeting, Reference, Said

__all__ = ["Attendance", "Case", "Decision", "Link", "Meeting", "Reference", "Said", "links", "meetings"]

Told = TypeVar("Told", Said, Attendance)


def meetings(structure: Structure) -> tuple[Meeting, ...]:
    """The meetings of a document in order: those it has papers from, then those it only plans.

    >>> from ingest.structure import structure
    >>> text = "Referat SSU\\n\\nDato: 3.4.2024\\n\\nSak 1/24 Økonomi\\nVedtak: Saken utsettes.\\n"
    >>> [(held.body, held.date, held.cases[0].title) for held in meetings(structure(text))]
    [('strategisk-samarbeidsutvalg', '2024-04-03', 'Økonomi')]
    """
    return tuple(_in_stored(structure, meeting) for meeting in Papers(structure).meetings())


def _in_stored(structure: Structure, meeting: Meeting) -> Meeting:
    """The same meeting with its places in the stored text."""
    span = structure.flow.span

    def told(each: Told) -> Told:
        start, end = span(each.start, each.end)
        return replace(each, start=start, end=end)

    def point(each: Decision) -> Decision:
        start, end = span(each.start, each.end)
        return replace(each, start=start, end=end, about=tuple(map(told, each.about)))

    def case(each: Case) -> Case:
        start, end = span(each.start, each.end)
        return replace(
            each,
            start=start,
            end=end,
            types=tuple(map(told, each.types)),
            decisions=tuple(map(point, each.decisions)),
            entries=tuple(span(*entry) for entry in each.entries),
        )

    start, end = span(meeting.start, meeting.end)
    return replace(
        meeting,
        start=start,
        end=end,
        dated=span(*meeting.dated) if meeting.dated else None,
        cases=tuple(map(case, meeting.cases)),
        attendance=tuple(map(told, meeting.attendance)),
    )
