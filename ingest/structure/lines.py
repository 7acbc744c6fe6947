"""The printed lines of a stored text: where each stands, how wide its page is, and what is furniture."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

Span = tuple[int, int]

LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
URL = re.compile(r"(?:https?://|www\.|mailto:)\S+$")
PAGE_NUMBER = re.compile(
    r"\d{1,3}$|[-–—]\s?\d{1,3}\s?[-–—]$|(?:side|page|s\.)\s*\d{1,3}$|"
    r"(?:.{0,80}\s)?(?:side|page)\s+\d{1,3}\s*(?:/|av|of)\s*\d{1,3}$",
    re.IGNORECASE,
)
ENTRY_ENDS = "0123456789"
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|(?:…\s?){2,}\s*\d{1,3}$")
"""Dots that lead to a page; dots that lead nowhere are a blank to fill in."""

CONTENTS = re.compile(r"innh[oa]ld(?:sfortegnelse|sliste|sforteikning)?:?$", re.IGNORECASE)
ENTRY = re.compile(r"(.*\D)[ \t.]+\d{1,3}$")
COUNTED = re.compile(r"(?:sak|saksnr|vedlegg|kapittel|kap|artikkel|punkt|pkt|del)\b", re.IGNORECASE)
"""What may open page after page with another number each time, and is not a running head."""

UNWRAPPED = 160
"""No printed page holds so many characters on a line: a text with such lines has one line per paragraph."""

NARROWEST = 45
"""No page or column of running text holds fewer characters on a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words on it. `gap` counts the blank lines before it, `width` is what its page holds on a line.

    `top` is set on the first line of a page. `indent` is the white space before the words: page tops have one blank in
    many extractions, and a list whose bullets were lost keeps the blank that followed each of them.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: int
    top: bool
    width: float


def lines(text: str) -> tuple[list[Line], list[Span]]:
    """The lines that carry the document's words, and the spans of those that do not.

    >>> kept, furniture = lines("Avtalen gjelder\\n\\nSide 3 av 12\\n\\f fra 1. mai.")
    >>> [line.text for line in kept], [line.top for line in kept], furniture
    (['Avtalen gjelder', 'fra 1. mai.'], [True, True], [(17, 29)])
    """
    printed = list(_printed(text))
    dropped = _furniture(printed)
    kept: list[Line] = []
    furniture: list[Span] = []
    gap, top = 0, False
    for index, line in enumerate(printed):
        gap, top = gap + line.gap, top or line.top
        if index in dropped:
            furniture.append((line.start, line.end))
            gap += not line.top
        else:
            # The blank lines at the foot of a page say nothing of what the writer set apart.
            kept.append(Line(line.start, line.end, line.text, line.indent, min(gap, 1) if top else gap, top, 0.0))
            gap, top = 0, False
    return list(_measured(kept)), furniture


def _printed(text: str) -> Iterator[Line]:
    """Every line with words on it, its page not yet measured.

    A page begins after a form feed. Where the feed was lost, its first line is the one with a leading blank although no
    blank line stands before it, or the one after a page number or a list of addresses.
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
        top = after_edge or "\f" in between or (indent > 0 and gap == 0 and not before_blank)
        yield Line(start, start + len(stripped), stripped, indent, gap, top, 0.0)
        position = start + len(stripped)
        before_blank = indent > 0
        after_edge = bool(URL.match(stripped) or PAGE_NUMBER.match(stripped))


def _furniture(printed: list[Line]) -> set[int]:
    """The lines, by index, that belong to the page and not to the document."""
    dropped = {index for index, line in enumerate(printed) if URL.match(line.text) or PAGE_NUMBER.match(line.text)}
    # A table of contents is not what the document says: words and a page, led there by dots, or by words that stand
    # again as a line of their own.
    alone = {_plain(line.text) for line in printed}
    entries: set[int] = set()
    led: set[int] = set()
    for index, line in enumerate(printed):
        if line.text[-1] not in ENTRY_ENDS or len(line.text) > UNWRAPPED:
            continue
        if LEADERS.search(line.text):
            led.add(index)
        elif (entry := ENTRY.match(line.text)) and _plain(entry[1]) in alone:
            entries.add(index)
    near = entries | led
    contents = led | {index for index in entries if not near.isdisjoint((index - 1, index + 1))}
    contents |= {index - 1 for index in contents if index and CONTENTS.match(printed[index - 1].text)}
    dropped |= contents
    dropped |= _running(printed, dropped)
    return dropped | _repeated(printed, dropped)


def _repeated(printed: list[Line], dropped: set[int]) -> set[int]:
    """Lines that come again all through the text, sometimes twice in a row: no document says its own words so."""
    remaining = [index for index in range(len(printed)) if index not in dropped]
    places: dict[str, list[int]] = {}
    for index in remaining:
        places.setdefault(printed[index].text, []).append(index)
    twice = {
        printed[one].text
        for one, other in pairwise(remaining)
        if printed[one].text == printed[other].text
        and len(found := places[printed[one].text]) > 4
        and found[-1] - found[0] > len(printed) / 2
    }
    return {index for text in twice for index in places[text]}


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" .").casefold()


def _running(printed: list[Line], dropped: set[int]) -> set[int]:
    """Heads and feet: lines that stand at the edge of at least half of three or more pages, figures apart."""
    pages = [
        [index for _, index in page]
        for _, page in groupby(
            ((number, index) for index, number in enumerate(_page_numbers(printed)) if index not in dropped),
            key=lambda pair: pair[0],
        )
    ]
    if len(pages) < 3:
        return set()
    heads = [index for page in pages for index in page[:2]]
    feet = [index for page in pages for index in page[2:][-2:]]
    edges = [index for index in (*heads, *feet) if not COUNTED.match(printed[index].text)]
    seen = Counter(_pattern(printed[index].text) for index in edges)
    often = {pattern for pattern, count in seen.items() if count >= max(3, len(pages) / 2)}
    running = {index for index in edges if _pattern(printed[index].text) in often}
    # The title of the document is often its running head as well: the first page keeps it.
    return running - set(pages[0][:2])


def _page_numbers(printed: list[Line]) -> Iterator[int]:
    number = 0
    for line in printed:
        number += line.top
        yield number


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _measured(kept: list[Line]) -> Iterator[Line]:
    """The same lines with the width of their page: about its longest line, never far below the whole text's."""
    if not kept:
        return
    lengths = sorted(len(line.text) for line in kept)
    usual = lengths[int(len(lengths) * 0.95)]
    if lengths[int(len(lengths) * 0.97)] > UNWRAPPED:
        usual = 10**9
    for page in _pages(kept):
        longest = sorted((len(line.text) for line in page), reverse=True)
        width = max(min(max(longest[min(2, len(longest) - 1)], 0.95 * usual), 1.15 * usual), NARROWEST)
        for line in page:
            yield Line(line.start, line.end, line.text, line.indent, line.gap, line.top, width)


def _pages(kept: Iterable[Line]) -> Iterator[list[Line]]:
    """Pages, or forty lines at a time where the text does not show them."""
    page: list[Line] = []
    for line in kept:
        if page and ((line.top and len(page) > 5) or len(page) >= 60):
            yield page
            page = []
        page.append(line)
    if page:
        yield page
