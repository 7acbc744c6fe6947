"""Footnotes: the notes at the foot of a page or the end of a text, and the marks they belong to."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.structure.marks import note_numbers
from ingest.structure.printed import Line, ended
from ingest.structure.wording import titled

NOTE = re.compile(r"(?P<number>\d{1,2})(?:[)\]]?\s+|(?=[A-ZÆØÅ]))(?P<words>\S.*)?")
RULE = re.compile(r"[_‾─—-]{5,}$")
"""A line across the page, above its notes."""

LONGEST = 12
TITLE = 40


@dataclass(frozen=True, slots=True)
class Footnote:
    """Lines `first` to `last` as one note; `mark` is where its number stands in the words it explains."""

    first: int
    last: int
    number: str
    body: int
    mark: tuple[int, int] | None


def footnotes(kept: Sequence[Line]) -> list[Footnote]:
    """The footnotes of a text, in order.

    >>> from ingest.structure.lines import lines
    >>> kept, _ = lines("Barn skal prioriteres.1\\n\\n1 Etter nasjonal plan.\\n\\f2 Formål\\nPartene samarbeider.")
    >>> [(note.number, note.mark) for note in footnotes(kept)]
    [('1', (22, 23))]
    """
    opening = {index: note for index, line in enumerate(kept) if (note := _opens(line))}
    if not opening:
        return []
    marks = note_numbers(kept)
    paged = sum(line.top for line in kept) > 1
    feet = _feet(kept, opening)
    used: dict[str, int] = {}
    found: list[Footnote] = []
    for index, (number, body) in opening.items():
        last, foot = feet[index]
        # In a bundle each document counts from 1: the nearest mark above is meant, and each mark has one note.
        places = marks.get(number, [])
        above = bisect_left(places, (kept[index].start, 0)) - 1
        mark = places[above] if above >= 0 and places[above][0] > used.get(number, -1) else None
        ruled = index > 0 and RULE.match(kept[index - 1].text) is not None
        apart = not paged and kept[index].gap > 0 and not _heads(kept, index, last)
        lone = kept[index].text == number
        if lone and last == index:
            continue
        if (foot and (mark or ruled)) or (mark and apart and kept[last + 1].gap > 0):
            found.append(Footnote(index, last, number, kept[index + 1].start if lone else body, mark))
            used[number] = kept[index].start
    return found


def _feet(kept: Sequence[Line], opening: Mapping[int, object]) -> dict[int, tuple[int, bool]]:
    """For each possible note its last line, and whether only other notes stand below it on its page."""
    feet: dict[int, tuple[int, bool]] = {}
    for index in sorted(opening, reverse=True):
        last = _last(kept, index, opening)
        foot = last + 1 == len(kept) or kept[last + 1].top or feet.get(last + 1, (0, False))[1]
        feet[index] = last, foot
    return feet


def rules(kept: Sequence[Line], found: Sequence[Footnote]) -> set[int]:
    """The lines across the page right above notes."""
    return {note.first - 1 for note in found if note.first and RULE.match(kept[note.first - 1].text)}


def _opens(line: Line) -> tuple[str, int] | None:
    """The number a note would begin with here, and where its words do."""
    if not line.text[0].isdigit():
        return None
    if line.text.isdigit():
        return (line.text, line.end) if len(line.text) < 3 else None
    found = NOTE.match(line.text)
    if not found or not found["words"] or not found["words"][0].isalpha():
        return None
    return found["number"], line.start + found.start("words")


def _last(kept: Sequence[Line], first: int, opening: Mapping[int, object]) -> int:
    """The last line of the note that begins at `first`."""
    last = first
    for index in range(first + 1, min(first + LONGEST, len(kept))):
        line, above = kept[index], kept[index - 1]
        lone = index == first + 1 and above.text.isdigit()
        if index in opening or (line.top and not lone):
            break
        wrapped = line.text[0].islower() or len(above.text) > 0.8 * above.width
        if not lone and not (wrapped and line.gap <= kept[first].gap + 1 and (line.gap == 0 or not ended(above))):
            break
        last = index
    return last


def _heads(kept: Sequence[Line], first: int, last: int) -> bool:
    """Whether the line could as well be a numbered heading."""
    words = kept[first].text.lstrip("0123456789 ")
    return first == last and len(words) < TITLE and titled(words)
