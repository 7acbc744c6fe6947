"""The text layer of a PDF in reading order: a line for each printed line, blank lines where the page has room."""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from ingest.readers.layout import LONGEST_TEXT, plain
from ingest.readers.text import ReadError
from ingest.source import Source

MOST_PAGES = 2000
ENCRYPTED = "this PDF is encrypted; save a copy without a password."
SCANNED = "this PDF holds pictures of pages and no text; run text recognition (OCR) on it first, and give that PDF."
LIMIT = "this PDF goes beyond a limit that no ordinary document comes near; print it to a new PDF."

PARAGRAPH = 1.3
"""So much more room than between wrapped lines stands before a paragraph of its own."""

TAB = "\t"  # becomes what parts the cells of a row
WIDEST = 0.65
"""The width of a letter in heights of a letter: running text in a wide fount stays below it."""

MARK = re.compile(r"\s*(?:(?:§\s?)?\d{1,2}(?:[.-]\d{1,2}){0,4}[.)]?|\(?[a-zæøå][.)]|[IVX]{1,5}\.|[^\w\s])")
"""The number, letter or bullet that opens a heading or an item, drawn apart from its words."""

UNUSED = dict.fromkeys((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D), "•")
"""Codes that PDF's usual encoding leaves unused stand for the bullet."""


@dataclass(slots=True)
class _Line:
    """A printed line, where it begins on the page, and the size of its letters."""

    text: str
    x: float
    y: float
    size: float


def read(content: bytes) -> Source:
    """The stored text of a PDF; pages are parted by form feeds."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(content))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(ENCRYPTED)
        if len(reader.pages) > MOST_PAGES:
            raise ReadError(f"this PDF has {len(reader.pages)} pages, the limit is {MOST_PAGES}; split it.")
        pages = [_lines(page) for page in reader.pages]
    except (DependencyError, FileNotDecryptedError):
        raise ReadError(ENCRYPTED) from None
    except LimitReachedError:
        raise ReadError(LIMIT) from None
    if not pages:
        raise ReadError("this PDF has no pages; there is nothing to read.")
    if not any(pages):
        raise ReadError(SCANNED)
    usual = _usual_step(pages)
    texts = ["".join(_spaced(lines, usual)) for lines in pages]
    starts, position = [], 0
    for text in texts:
        starts.append(position)
        position += len(text) + 2
    if position > LONGEST_TEXT:
        raise ReadError(f"the text is longer than {LONGEST_TEXT:,} characters, which is the limit; split the file.")
    return Source("\n\f".join(texts), tuple(starts), (), "application/pdf")


def _lines(page: PageObject) -> list[_Line]:
    """The lines of a page in the order it draws them, which is the order in which it was written."""
    lines: list[_Line] = []
    current: _Line | None = None
    start = end = 0.0

    def visit(text: str, cm: list[float], tm: list[float], _: Any, size: float) -> None:
        nonlocal current, start, end
        x, y = _place(cm, tm)
        for number, piece in enumerate(text.split("\n")):
            if number and current is not None:
                lines.append(current)
                current = None
            if not piece.strip():
                if current is not None and piece:
                    current.text += " "
                elif current is not None and x > start and abs(y - current.y) < 1:
                    # A piece without words may tell where the one before it ended.
                    end = x
                continue
            if current is None:
                current = _Line(piece, x, y, _height(cm, tm, size))
            elif x - end > 1.5 * current.size:
                # Only a cell of a table, or a tab, leaves so much room inside a line.
                current.text = _beside(current.text, piece)
            else:
                current.text += piece
            # Unless it is told, the piece is taken to be as wide as its letters can be.
            start, end = x, x + WIDEST * current.size * len(piece)

    page.extract_text(visitor_text=visit)
    if current is not None:
        lines.append(current)
    rows = _rows([line for line in lines if line.text.strip()])
    for row in rows:
        row.text = plain(row.text.translate(UNUSED))
    return [row for row in rows if row.text]


def _rows(lines: list[_Line]) -> list[_Line]:
    """Pieces drawn one by one on the same height, from left to right, are the cells of one row."""
    rows: list[_Line] = []
    for line in lines:
        above = rows[-1] if rows else None
        if above is not None and abs(above.y - line.y) < 0.3 * above.size and line.x > above.x:
            if MARK.fullmatch(above.text.rstrip()):
                above.size = line.size  # bullets are often larger than their words
            above.text = _beside(above.text, line.text)
        else:
            rows.append(line)
    return rows


def _beside(left: str, right: str) -> str:
    """Two pieces on one height: the cells of a row, or the mark of an item and its words."""
    left = left.rstrip()
    return f"{left}{' ' if MARK.fullmatch(left.translate(UNUSED)) else TAB}{right.lstrip()}"


def _usual_step(pages: list[list[_Line]]) -> float:
    """How far below each other wrapped lines stand, in heights of a letter."""
    steps = [
        (above.y - line.y) / line.size
        for lines in pages
        for above, line in pairwise(lines)
        if line.size and 0.5 < (above.y - line.y) / line.size < 4
    ]
    return quantiles(steps, n=4, method="inclusive")[0] if len(steps) > 1 else 1.2


def _spaced(lines: list[_Line], usual: float) -> Iterator[str]:
    above: _Line | None = None
    for line in lines:
        if above is not None:
            step = (above.y - line.y) / max(above.size, line.size, 0.1)
            other = not 0.85 < above.size / max(line.size, 0.1) < 1.18
            # After a jump upwards comes the next column, or the foot of the page.
            yield "\n\n" if step > PARAGRAPH * usual or step < -1 or other else "\n"
        yield line.text
        above = line


def _place(cm: list[float], tm: list[float]) -> tuple[float, float]:
    return tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]


def _height(cm: list[float], tm: list[float], size: float) -> float:
    """The height of a letter on the page, whichever of font, text and page was scaled."""
    up = tm[2] * cm[1] + tm[3] * cm[3], tm[2] * cm[0] + tm[3] * cm[2]
    return float(abs(size) * (up[0] ** 2 + up[1] ** 2) ** 0.5) or 1.0
