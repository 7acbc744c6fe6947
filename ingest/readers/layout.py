"""The layout of a format as stored text: paragraphs in reading order, each with what the format says of it."""

import re
from collections.abc import Iterable

from ingest.readers.text import ReadError
from ingest.source import Hint, HintKind, Source

LONGEST_TEXT = 10_000_000  # characters; an agreement of 200 pages has half a million
BULLETS = "•◦▪"
"""The sign of a list item by its depth; another sign is another list to whoever reads the text alone."""

COLUMN = "   "
"""What parts the cells of a row: no sentence has three blanks in a row."""

# Blanks of all kinds become one; a line break is the writer's own. Control characters and halves of code points mean
# nothing in a text, and private-use characters are kept: many fonts have their bullets there.
BLANKS = re.compile(r"[^\S\n\t]+")
AROUND_BREAKS = re.compile(r"\s*\n\s*")
TABS = re.compile(r"[ ]?\t[ ]*")
MEANINGLESS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\u200b\u2060]")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
MARK = re.compile(r"\[([^\]\s]{1,4})\]")
"""The mark of a footnote."""

TYPED_MARK = re.compile(r"((?:§\s?)?\d[\w.-]{0,8}[.)]?|\(?[a-zæøå][.)]|[IVX]{1,5}\.|[•●○◦▪■*–—-])\t")
"""A number or bullet typed by hand, with a tab behind it: no column."""


class Layout:
    """A stored text while it is written.

    >>> page = Layout()
    >>> page.add("1. Formål", "heading", 1)
    >>> page.add("• trygge  forløp", "item", 1)
    >>> page.source("text/html").text
    '1. Formål\\n\\n• trygge forløp'
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._hints: list[Hint] = []
        self._marks: dict[str, int] = {}
        self._waiting: list[tuple[str, str]] = []
        self._length = 0

    def add(self, words: str, kind: HintKind = "text", level: int = 0) -> None:
        """One more paragraph; the writer's own line breaks make lines of it, but never of a heading or an item."""
        words = plain(words)
        lines = words.split("\n") if kind == "text" else [words.replace("\n", " ")]
        for number, line in enumerate(filter(None, lines)):
            self._write(line, kind, level, "\n" if number or (kind == "item" and self._follows(kind)) else "\n\n")

    def add_row(self, cells: Iterable[str]) -> None:
        """A row of a table, its cells parted so that they can be told apart; an empty one leaves its room."""
        words = (plain(cell).replace("\n", " ").replace(COLUMN, " ") for cell in cells)
        if line := COLUMN.join(words).strip():
            self._write(line, "row", 0, "\n" if self._follows("row") else "\n\n")

    def wait(self, mark: str, words: str) -> None:
        """A footnote whose mark stands in the paragraph that is being read."""
        self._waiting.append((mark, words))

    def add_notes(self) -> None:
        """The footnotes that wait, below the paragraph their marks stand in."""
        waiting, self._waiting = self._waiting, []
        for mark, words in waiting:
            if told := plain(words).replace("\n", " "):
                self._write(f"[{mark}] {told}", "note", 0, "\n\n", mark=self._marks.get(mark))

    def source(self, media_type: str) -> Source:
        """What has been written."""
        return Source("".join(self._parts), (), tuple(self._hints), media_type)

    def _follows(self, kind: HintKind) -> bool:
        return bool(self._hints) and self._hints[-1].kind == kind

    def _write(self, line: str, kind: HintKind, level: int, glue: str, *, mark: int | None = None) -> None:
        if self._parts:
            self._parts.append(glue)
            self._length += len(glue)
        self._hints.append(Hint(self._length, kind, level, mark))
        if mark is None:
            self._marks.update((found[1], self._length + found.start()) for found in MARK.finditer(line))
        self._parts.append(line)
        self._length += len(line)
        if self._length > LONGEST_TEXT:
            raise ReadError(f"the text is longer than {LONGEST_TEXT:,} characters, which is the limit; split the file.")


def plain(words: str) -> str:
    """Words with one blank where a format has any number, and with nothing that is not text.

    >>> plain(" 1.\\tFormål\\xa0og  mål \\n i\\x00 dag ")
    '1. Formål og mål\\ni dag'
    """
    words = MEANINGLESS.sub("", words.replace("\r", "\n")).translate(LIGATURES)
    words = AROUND_BREAKS.sub("\n", BLANKS.sub(" ", words)).strip()
    return TABS.sub(COLUMN, TYPED_MARK.sub(r"\1 ", words, count=1) if TYPED_MARK.match(words) else words)


def bullet(depth: int) -> str:
    """The sign of an item at this depth of a list.

    >>> bullet(1), bullet(2)
    ('•', '◦')
    """
    return BULLETS[min(max(depth, 1), len(BULLETS)) - 1]


def numeral(number: int, form: str) -> str:
    """A number as a list shows it; `form` is "decimal", "lower-letter", "upper-letter", "lower-roman", "upper-roman".

    >>> [numeral(4, form) for form in ("decimal", "lower-letter", "upper-roman")], numeral(28, "lower-letter")
    (['4', 'd', 'IV'], 'bb')
    """
    if not 0 < number < 4000:
        return str(number)
    if form.endswith("letter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form.startswith("lower") else letters.upper()
    if form.endswith("roman"):
        numerals = ""
        for value, sign in ROMAN:
            numerals += sign * (number // value)
            number %= value
        return numerals.lower() if form.startswith("lower") else numerals
    return str(number)


ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
