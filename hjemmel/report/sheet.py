"""Tables for a spreadsheet: with real dates, and no cell that is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hjemmel.report import legible

if TYPE_CHECKING:
    from openpyxl import Workbook

Value = object
LONGEST = 32_767
"""Characters that a cell can hold."""
LONGEST_TITLE = 31
NO_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title: the head of each column with its width in characters, and the rows."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Iterable[Sheet], *, title: str, language: str) -> bytes:
    """A workbook with these sheets, as the bytes of a file."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title = legible(title)[:255]
    book.properties.creator = "Hjemmel"
    book.remove(book.active)
    for sheet in sheets:
        _add(book, sheet, language)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def comma_separated(sheet: Sheet, language: str) -> bytes:
    """The table as CSV that a spreadsheet opens by a double click; a Norwegian one takes semicolons for columns.

    >>> comma_separated(Sheet("", [("krav", 9)], [["=1+1"], [date(2024, 9, 12)]]), "nb").decode("utf-8-sig").split()
    ['krav', "'=1+1", '2024-09-12']
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter="," if language == "en" else ";")
    writer.writerow([head for head, _ in sheet.columns])
    writer.writerows([_plain(value) for value in row] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    if value is None:
        return ""
    words = legible(str(value))
    # Whatever it begins with, it is text: a spreadsheet would run it.
    return f"'{words}" if isinstance(value, str) and words.startswith(FORMULAS) else words


def _add(book: "Workbook", table: Sheet, language: str) -> None:
    """A sheet whose head stays in sight and is printed on every page."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.title.translate(NO_TITLE)[:LONGEST_TITLE])
    for line, row in enumerate([[head for head, _ in table.columns], *table.rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(line, column)
            if isinstance(value, str):
                cell.value, cell.data_type = legible(value)[:LONGEST], "s"
                cell.quotePrefix = value.startswith(FORMULAS)
            else:
                cell.value = value
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd" if language == "en" else "dd.mm.yyyy"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EAED")
    for column, (_, width) in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
