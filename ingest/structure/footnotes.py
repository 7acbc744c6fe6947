"""Footnotes: the notes at the foot of a page or the end of a text, and the marks they belong to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.structure.marks import note_numbers
from ingest.structure.printed import Line
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
    opening = {index: found for index, line in enumerate(kept) if (found := _opens(line))}
    if not opening:
        return []
    marks = note_numbers(kept)
    paged = sum(line.top for line in kept) > 1
    found: list[Footnote] = []
    below: int | None = None
    for index in sorted(opening, reverse=True):
        number, body = opening[index]
        last = _last(kept, index, opening)
        foot = last + 1 == len(kept) or kept[last + 1].top or last + 1 == below
        ruled = index > 0 and RULE.match(kept[index - 1].text) is not None
        mark = _mark(marks, number, kept[index].start)
        if mark is None and not (ruled and foot):
            continue
        alone = kept[index].gap > 0 and kept[last + 1].gap > 0 if not foot else True
        if foot or (not paged and alone and not _heads(kept, index, last)):
            if kept[index].text == number:
                body = kept[index + 1].start
            found.append(Footnote(index, last, number, body, mark))
            below = index - ruled
    return found[::-1]


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
        wrapped = above.text[-1] not in ".!?" and (line.text[0].islower() or len(above.text) > 0.8 * above.width)
        if not lone and not (wrapped and line.gap <= kept[first].gap + 1) and line.gap > 0:
            break
        if not lone and line.gap == 0 and not wrapped and above.text[-1] in ".!?" and len(above.text) < 0.8 * above.width:
            break
        last = index
    return last


def _mark(marks: Mapping[str, list[tuple[int, int]]], number: str, before: int) -> tuple[int, int] | None:
    """The nearest mark above the note: in a bundle each document counts from 1."""
    return next((place for place in reversed(marks.get(number, ())) if place[0] < before), None)


def _heads(kept: Sequence[Line], first: int, last: int) -> bool:
    """Whether the line could as well be a numbered heading."""
    words = kept[first].text.lstrip("0123456789 ")
    return first == last and len(words) < TITLE and titled(words)
