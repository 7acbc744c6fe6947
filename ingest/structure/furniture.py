"""What belongs to the page and not to the document: page numbers, running heads, tables of contents, specks."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from ingest.cue import Haystack, cue
from ingest.structure.marks import note_numbers
from ingest.structure.printed import UNWRAPPED, Line, of_page

ENTRY_ENDS = "0123456789"
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|(?:…\s?){2,}\s*\d{1,3}$")
"""Dots that lead to a page; dots that lead nowhere are a blank to fill in."""

CONTENTS = re.compile(r"innh[oa]ld(?:sfortegnelse|sliste|sforteikning)?:?$", re.IGNORECASE)
ENTRY = re.compile(r"(.*\D)[ \t.]+\d{1,3}$")
COUNTED = re.compile(r"(?:sak|saksnr|vedlegg|kapittel|kap|artikkel|punkt|pkt|del)\b", re.IGNORECASE)
"""What may open page after page with another number each time, and is not a running head."""

SPECK = re.compile(r"['`´|¦~^°\"’‘,;:_=\\/]{1,2}$")
"""Dirt that a scanner reads as a sign, alone on its line."""

PAGE_INSIDE = cue(r"\b(?:side|page)\s+(?P<page>[\dOolI]{1,3})\b", "side", "page")
"""A running head that holds the number of its page: "Utkast 3 Side 4 Lia kommune"."""

FIGURES = re.compile(r"\d[\dOolI]*|\b[OlI]\d[\dOolI]*")
SIGNS = re.compile(r"[^\w#]+|_")
CONFUSED = str.maketrans({"l": "i", "1": "i", "j": "i", "0": "o", "5": "s", "8": "b"})
FIGURE = str.maketrans({"l": "1", "I": "1", "o": "0", "O": "0"})


def furniture(printed: list[Line]) -> set[int]:
    """The lines, by index, that belong to the page and not to the document."""
    dropped = {index for index, line in enumerate(printed) if of_page(line.text)}
    dropped -= _note_numbers(printed, dropped)
    dropped |= {index for index, line in enumerate(printed) if len(line.text) < 3 and SPECK.match(line.text)}
    dropped |= _contents(printed)
    dropped |= _paged(printed, dropped)
    dropped |= _running(printed, dropped)
    return dropped | _repeated(printed, dropped)


def _note_numbers(printed: list[Line], numbers: set[int]) -> set[int]:
    """Of the lone numbers, those right above the words of a footnote whose mark stands in the text before."""
    lone = [
        index
        for index in sorted(numbers)
        if len(printed[index].text) < 3
        and printed[index].text.isdigit()
        and index + 1 < len(printed)
        and printed[index + 1].gap == 0
        and printed[index + 1].text[0].isalpha()
    ]
    marked = note_numbers(printed) if lone else {}
    return {
        index for index in lone if (places := marked.get(printed[index].text)) and places[0][0] < printed[index].start
    }


def _contents(printed: list[Line]) -> set[int]:
    """A table of contents is not what the document says.

    Its entries are words and a page, led there by dots, or by words that stand again as a line of their own.
    """
    named: dict[int, str] = {}
    led: set[int] = set()
    for index, line in enumerate(printed):
        if line.text[-1] not in ENTRY_ENDS or len(line.text) > UNWRAPPED:
            continue
        if LEADERS.search(line.text):
            led.add(index)
        elif entry := ENTRY.match(line.text):
            named[index] = _plain(entry[1])
    alone = {_plain(line.text) for line in printed} if named else set()
    entries = {index for index, words in named.items() if words in alone}
    near = entries | led
    contents = led | {index for index in entries if not near.isdisjoint((index - 1, index + 1))}
    return contents | {index - 1 for index in contents if index and CONTENTS.match(printed[index - 1].text)}


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" .").casefold()


def _paged(printed: list[Line], dropped: set[int]) -> set[int]:
    """Running heads that hold their page number, which goes up from one to the next, wherever they stand."""
    heads: dict[str, list[tuple[int, int]]] = {}
    for index in Haystack(line.text for line in printed).holding(PAGE_INSIDE):
        line = printed[index]
        if index in dropped or len(line.text) > UNWRAPPED:
            continue
        if (found := PAGE_INSIDE.search(line.text)) and (page := found["page"].translate(FIGURE)).isdigit():
            heads.setdefault(_pattern(line.text), []).append((index, int(page)))
    return {
        index
        for places in heads.values()
        if len(places) > 1 and all(one[1] < other[1] for one, other in pairwise(places))
        for index, _ in places
    }


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
    patterns = {
        index: _pattern(printed[index].text)
        for index in (*heads, *feet)
        if len(printed[index].text) <= UNWRAPPED and not COUNTED.match(printed[index].text)
    }
    seen = Counter(patterns.values())
    often = {pattern for pattern, count in seen.items() if count >= max(3, len(pages) / 2)}
    running = {index for index, pattern in patterns.items() if pattern in often}
    # The title of the document is often its running head as well: the first page keeps it.
    return running - set(pages[0][:2])


def _page_numbers(printed: list[Line]) -> Iterator[int]:
    number = 0
    for line in printed:
        number += line.top
        yield number


def _pattern(text: str) -> str:
    """A line without what a poor scan reads now so, now so: figures, blanks, stops, rn for m, l for i.

    >>> _pattern("Lia kommune, utgave 2O23") == _pattern("Lia komrnune utgave 2024")
    True
    """
    letters = SIGNS.sub("", FIGURES.sub("#", text)).casefold()
    return letters.replace("rn", "m").replace("vv", "w").translate(CONFUSED)
