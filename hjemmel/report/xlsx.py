"""The report as a workbook: a sheet for each table, with real dates, and no cell that is taken for a formula."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from hjemmel.report import Entry, Quote, Report, legible

if TYPE_CHECKING:
    from openpyxl import Workbook

    from hjemmel.ownrules import OwnFinding

Value = object
LONGEST = 32_767
"""Characters that a cell can hold."""

# The columns of each sheet, and how wide they are in characters.
FINDINGS = {
    "number": 6, "notation": 13, "requirement": 34, "strength": 14, "group": 20, "message": 46, "legal basis": 20,
    "law": 60, "applies from": 12, "state": 18, "reason": 30, "role": 18, "reviewed on": 13,
}  # fmt: skip
QUOTES = {"number": 6, "notation": 13, "kind": 14, "quote": 80, "place": 24, "start": 10, "end": 10}
OWN = {"message": 50, "severity": 14, "requirement": 28, "source": 24, "quote": 60, "place": 24}


def write(report: Report, file: BinaryIO) -> None:
    """Write the workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title = legible(f"{report.say('title')}: {report.title}")
    book.properties.creator = "Hjemmel"
    book.remove(book.active)
    said = report.say
    counted = ((name, *counts) for name, counts in report.table())
    _sheet(book, report, "summary", {"result": 30, **dict.fromkeys(report.strengths(), 18), "all": 10}, counted)
    entries = (*report.entries, *report.remarks, *report.new)
    _sheet(book, report, "findings", FINDINGS, (_finding(entry, report) for entry in entries))
    quotes = (
        (entry.number, entry.finding.requirement, said(kind), quote.shown, quote.place, quote.start, quote.end)
        for entry in entries
        for kind, found in (("evidence", entry.quotes), ("nearest", entry.nearest))
        for quote in found
    )
    _sheet(book, report, "quotes", QUOTES, quotes)
    searched = ((one.number, one.finding.requirement, words) for one in entries for words in one.finding.searched)
    _sheet(book, report, "searched", {"number": 6, "notation": 13, "searched": 60}, searched)
    if report.own is not None:
        _sheet(book, report, "own", OWN, (_own(one, report) for one in report.own))
    _sheet(book, report, "facts", {"what": 30, "value": 100}, report.facts)
    book.save(file)


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


def _sheet(
    book: "Workbook", report: Report, name: str, columns: Mapping[str, int], rows: Iterable[Sequence[Value]]
) -> None:
    """A sheet whose head stays in sight and is printed on every page."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(report.say(name)[:31])
    for line, row in enumerate([[report.say(head) for head in columns], *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(line, column)
            if isinstance(value, str):
                # Whatever it begins with, it is text.
                cell.value, cell.data_type = legible(value)[:LONGEST], "s"
                cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
            else:
                cell.value = value
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd" if report.language == "en" else "dd.mm.yyyy"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EAED")
    for column, width in enumerate(columns.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
