"""The printed lines of a stored text, as they stand, furniture and all."""

import re
from collections.abc import Iterator
from typing import NamedTuple

LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
URL = re.compile(r"(?:https?://|www\.|mailto:)\S+$")
PAGE_NUMBER = re.compile(
    r"\d{1,3}$|[-–—]\s?\d{1,3}\s?[-–—]$|(?:side|page|s\.)\s*\d{1,3}$|"
    r"(?:.{0,80}\s)?(?:side|page)\s+\d{1,3}\s*(?:/|av|of)\s*\d{1,3}$",
    re.IGNORECASE,
)
DASHES = ("-", "–", "—")

INDENT = 3
"""The first line of a page has a blank or two before it in many extractions; more is a column."""

STOP = (".", "!", "?", ":", ";")
UNWRAPPED = 160
"""No printed page holds so many characters on a line: a text with such lines has one line per paragraph."""


class Line(NamedTuple):
    """A line with words on it. `gap` counts the blank lines before it, `width` is what its page holds on a line.

    `top` is set on the first line of a page. `indent` is the white space before the words: page tops have one blank in
    many extractions, and a list whose bullets were lost keeps the blank that followed each of them. `broken` is set
    where the last word goes on in the next line though its hyphen is lost.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: int
    top: bool
    width: float
    broken: bool = False


def printed(text: str) -> list[Line]:
    """Every line with words on it, its page not yet measured.

    >>> [(line.text, line.gap, line.top) for line in printed("Avtalen gjelder\\n\\nSide 3 av 12\\n fra 1. mai.")]
    [('Avtalen gjelder', 0, True), ('Side 3 av 12', 1, False), ('fra 1. mai.', 0, True)]
    """
    return list(_printed(text))


def of_page(words: str) -> bool:
    """Whether the words of a line are an address or the number of its page.

    >>> of_page("Side 3 av 12"), of_page("www.helse.no"), of_page("Fra 1. mai 2025")
    (True, True, False)
    """
    if words[-1].isdecimal() or words[-1] in DASHES:
        return PAGE_NUMBER.match(words) is not None or URL.match(words) is not None
    return words[0] in "hwm" and URL.match(words) is not None


def first_word(line: Line) -> str:
    """What must have had room on the line above, had the writer not broken it."""
    return line.text.split(None, 1)[0]


def ended(line: Line) -> bool:
    """Whether a line ends as a sentence or what leads into a list does."""
    return line.text.rstrip("»”\"')").endswith(STOP)


def _printed(text: str) -> Iterator[Line]:
    """A page begins after a form feed.

    Where the feed was lost, its first line is the one with a leading blank although no blank line stands before it, or
    the one after a page number or a list of addresses.
    """
    position, after_edge, before_blank = 0, True, False
    for found in LINE.finditer(text):
        words = found.group()
        stripped = words.strip()
        if not stripped:
            continue
        indent = len(words) - len(words.lstrip())
        start = found.start() + indent
        between = text[position : found.start()]
        breaks = between.count("\n") or len(between.splitlines())
        gap = max(breaks - 1, 0)
        top = after_edge or "\f" in between or (0 < indent <= INDENT and gap == 0 and not before_blank)
        yield Line(start, start + len(stripped), stripped, indent, gap, top, 0.0)
        position = start + len(stripped)
        before_blank = indent > 0
        after_edge = of_page(stripped)
