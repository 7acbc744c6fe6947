"""The report as a workbook: a sheet for each table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from hjemmel.report import Entry, Quote, Report
from hjemmel.report.sheet import Sheet, Value, workbook

if TYPE_CHECKING:
    from hjemmel.ownrules import OwnFinding

# The columns of each sheet, and how wide they are in characters.
FINDINGS = {
    "number": 6, "notation": 13, "requirement": 34, "strength": 14, "group": 20, "message": 46, "legal basis": 20,
    "law": 60, "applies from": 12, "state": 18, "reason": 30, "role": 18, "reviewed on": 13,
}  # fmt: skip
QUOTES = {"number": 6, "notation": 13, "kind": 14, "quote": 80, "place": 24, "start": 10, "end": 10}
ADVICE = {"number": 6, "notation": 13, "advice point": 60, "source": 30, "strength": 20, "quote": 80, "place": 24}
OWN = {"message": 50, "severity": 14, "requirement": 28, "source": 24, "quote": 60, "place": 24}


def write(report: Report, file: BinaryIO) -> None:
    """Write the workbook."""
    said = report.say
    counted = ((name, *counts) for name, counts in report.table())
    entries = (*report.entries, *report.remarks, *report.new)
    quotes = (
        (entry.number, entry.finding.requirement, said(kind), quote.shown, quote.place, quote.start, quote.end)
        for entry in entries
        for kind, found in (("evidence", entry.quotes), ("nearest", entry.nearest))
        for quote in found
    )
    searched = ((one.number, one.finding.requirement, words) for one in entries for words in one.finding.searched)
    sheets = [
        _sheet(report, "summary", {"result": 30, **dict.fromkeys(report.strengths(), 18), "all": 10}, counted),
        _sheet(report, "findings", FINDINGS, (_finding(entry, report) for entry in entries)),
        _sheet(report, "quotes", QUOTES, quotes),
        _sheet(report, "advice points", ADVICE, (row for entry in entries for row in _advice(entry, report))),
        _sheet(report, "searched", {"number": 6, "notation": 13, "searched": 60}, searched),
    ]
    if report.own is not None:
        sheets.append(_sheet(report, "own", OWN, (_own(one, report) for one in report.own)))
    sheets.append(_sheet(report, "facts", {"what": 30, "value": 100}, report.facts))
    file.write(workbook(sheets, title=f"{said('title')}: {report.title}", language=report.language))


def _finding(entry: Entry, report: Report) -> tuple[Value, ...]:
    finding = entry.finding
    return (
        entry.number,
        finding.requirement,
        entry.label,
        report.say(finding.strength),
        report.say(_group(entry, report)),
        entry.message,
        finding.legal_basis,
        finding.law or report.say("law unknown"),
        finding.applies_from,
        report.say(entry.state),
        entry.reason or None,
        entry.role or None,
        entry.reviewed_on,
    )


def _advice(entry: Entry, report: Report) -> Iterable[tuple[Value, ...]]:
    """A row for each point of guidance, and for each place where the agreement perhaps speaks of it."""
    for one in entry.advice:
        head = (entry.number, entry.finding.requirement, one.point.shown, one.point.place, report.say(one.force))
        yield from [(*head, words.shown, words.place) for words in one.spoken_of] or [
            (*head, report.say("not spoken of"), "")
        ]


def _group(entry: Entry, report: Report) -> str:
    return "remarks" if entry in report.remarks else "new" if entry in report.new else entry.group


def _own(found: "OwnFinding", report: Report) -> tuple[Value, ...]:
    words = found.evidence
    return (
        found.said(report.language),
        report.say(found.severity),
        found.name,
        found.source or found.file,
        Quote(words.quote, words.place, words.start, words.end).shown if words else None,
        words.place if words else None,
    )


def _sheet(report: Report, name: str, columns: Mapping[str, int], rows: Iterable[Sequence[Value]]) -> Sheet:
    return Sheet(report.say(name), [(report.say(head), width) for head, width in columns.items()], tuple(rows))
