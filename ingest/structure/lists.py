"""Lists whose marks are lost or misread: what opens an item, and what goes on with the one above."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from ingest.structure.marks import Mark
from ingest.structure.printed import UNWRAPPED, Line, ended, first_word
from ingest.structure.wording import OPEN_START, open_ended

MISREAD_BULLETS = ".,'`"
STOP_FOR_BULLET = re.compile(r"[.,'`]\s+(?=[a-zæøå])")
LAST_BUT_ONE = (" og", " samt", " eller")
SHORTEST_OPENER = 4
GLUED_STOP = re.compile(r"[a-zæøå]{3}\.(?!(?:no|com|org|net|pdf)\b)[a-zæøå]{3}[^.]*$")
"""A stop with the words of a link glued to it, which stood elsewhere in the line: here the line ends."""


def loose_lists(kept: list[Line], marks: list[Mark]) -> dict[int, bool]:
    """For lines inside a list set without marks, one item below the other: whether they go on with the one above.

    An item wraps only where its next word would not fit, and seldom before a word that other items begin with.
    """
    lists: list[tuple[range, int]] = []
    first = 0
    for index in range(1, len(kept) + 1):
        if index < len(kept) and kept[index].gap == 0 and not kept[index].top:
            continue
        lengths = [len(line.text) for line in kept[first:index]]
        widest = max(*lengths, round(0.8 * min(kept[first].width, UNWRAPPED)))
        short = [length < 0.75 * widest for length in lengths[:-1]]
        # A short first line may be what leads into a paragraph, unless it begins as an item does.
        told = any(short[not kept[first].text[0].islower() :])
        if told and sum(short) * 10 >= 3 * len(short) and not any(one.kind for one in marks[first:index]):
            lists.append((range(first, index), widest))
        first = index
    openers = Counter(
        first_word(kept[index])
        for inside, widest in lists
        for index in inside
        if index == inside[0] or ended(kept[index - 1]) or len(kept[index - 1].text) < 0.75 * widest
    )
    return {
        index: _wraps(kept[index - 1], kept[index], widest, openers) for inside, widest in lists for index in inside[1:]
    }


def mend_bullets(kept: list[Line], marks: list[Mark]) -> None:
    """A bullet that a poor scan reads as a stop, right below one that it read well."""
    for index, (above, line) in enumerate(pairwise(kept), 1):
        near = marks[index - 1].kind == "bullet" and line.gap <= above.gap + 1
        if near and line.text[0] in MISREAD_BULLETS and (found := STOP_FOR_BULLET.match(line.text)):
            marks[index] = Mark("bullet", None, marks[index - 1].stop, line.start + found.end())


def lost_bullets(kept: list[Line]) -> set[int]:
    """Lines that keep only the blank after a bullet whose sign was lost: set in by one, in company of others such."""
    if sum(line.indent > 0 for line in kept) > 0.6 * len(kept):
        return set()
    inset = [
        index
        for index, line in enumerate(kept)
        if line.indent == 1 + line.top and (line.gap > 0 or line.top) and not OPEN_START.match(line.text)
    ]
    near = {index for one, other in pairwise(inset) if other - one <= 3 for index in (one, other)}
    return near & set(inset)


def _wraps(line: Line, following: Line, widest: int, openers: Mapping[str, int]) -> bool:
    """Whether an item of a loose list goes on in the next line."""
    word = first_word(following)
    if OPEN_START.match(following.text):
        return True
    if not following.text[0].islower() or ended(line) or GLUED_STOP.search(line.text):
        return False
    opens = openers.get(word, 0) if len(word) > SHORTEST_OPENER else 0
    if open_ended(line.text):
        # "… utvikle tjenestene og" may end the last item but one; the next begins as many others do.
        return not (opens > 2 and line.text.endswith(LAST_BUT_ONE))
    return len(line.text) + 1 + len(word) > widest - 1 and not opens
