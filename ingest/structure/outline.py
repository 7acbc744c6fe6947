"""The numbered headings of a text, told from the numbered lists inside its chapters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.structure.blocks import Block
from ingest.structure.wording import AGREEMENT, capitals, run_in, titled

Place = tuple[int, ...]
"""A printed number as figures: 4.2 is (4, 2)."""

STYLES = ("1.", "1", "I.", "1)")
ROMAN = {"I": 1, "V": 5, "X": 10}

# What an outline must earn by its headings before it is believed.
START = -1.5
NEW_START = -6.0
NOT_FROM_ONE = -3.0
NUMBER_LOST = -1.5
OTHER_STYLE = -2.0

SHORT = 60

BLANK_BEFORE_STOP = re.compile(r"\s+(?=[,.](?:\s|$))")
SHAPES = {
    "0": "[0OQo]",
    "1": "[1lIi|!]",
    "2": "[2Zz]",
    "4": "[4A]",
    "5": "[5Ss]",
    "6": "[6bG]",
    "8": "[8BS]",
    "9": "[9gq]",
}
"""What a poor scan makes of a figure."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A block that may be a numbered heading.

    `style` is how its chapter numbers look ("1." and "1" differ), `opening` the last block above it that names an
    agreement or an appendix, where an outline of its own may begin.
    """

    index: int
    place: Place
    style: str
    merit: float
    opening: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """The best outline that ends with `last`; `before` is the chain it goes on from."""

    score: float
    last: Numbered
    style: str
    before: "_Chain | None"


def outline(found: list[Block]) -> tuple[list[Block], dict[int, Place]]:
    """The blocks, misread numbers set right, and which of them are numbered headings, with their places.

    >>> from ingest.structure.blocks import blocks
    >>> from ingest.structure.lines import lines
    >>> text = "1. Mål\\nVi vil mye.\\n\\nZ. Midler\\nVi har lite.\\n\\n3. Tid\\nEtt år.\\n\\n4. Slutt\\nNå."
    >>> kept, _ = lines(text)
    >>> outline(blocks(kept))[1]
    {0: (1,), 2: (2,), 4: (3,), 6: (4,)}
    """
    found = _arabic(found)
    places = _places(found)
    mended, added = _gaps_filled(found, places)
    return mended, dict(sorted({**places, **added}.items()))


def hangs(block: Block, above: Block) -> bool:
    """Whether a paragraph or a list begins right under the words of a numbered block, and not under its number."""
    words = above.lines[0].indent + above.body - above.start
    return block.gap == 0 and block.mark in ("", "bullet") and abs(block.lines[0].indent - words) <= 1


def _arabic(found: list[Block]) -> list[Block]:
    """A Roman one that no two follows is a misread 1, where a 2 does."""
    roman = {block.number for block in found if block.mark == "roman"}
    if roman != {"I"} or not any(block.mark == "number" and block.number == "2" and block.stop for block in found):
        return found
    return [replace(block, mark="number", number="1") if block.mark == "roman" else block for block in found]


def _gaps_filled(found: list[Block], places: dict[int, Place]) -> tuple[list[Block], dict[int, Place]]:
    """A chapter whose figure was read as a letter, where the outline lacks just that figure: "S. Uenighet" after 4."""
    mended, added = found, dict[int, Place]()
    for (first, before), (last, after) in pairwise(places.items()):
        if (
            len(after) > len(before)
            or after[-1] != before[len(after) - 1] + 2
            or after[:-1] != before[: len(after) - 1]
        ):
            continue
        number = ".".join(map(str, (*after[:-1], after[-1] - 1)))
        shapes = re.compile(
            "".join(SHAPES.get(sign, re.escape(sign)) for sign in number) + r"(?P<stop>\s?[.)]?)\s+(?=[A-ZÆØÅ])"
        )
        fitting = [
            (index, match)
            for index in range(first + 1, last)
            if not found[index].mark and (match := shapes.match(found[index].text)) and not match[0][0].isdigit()
            if titled(found[index].text[match.end() :].rstrip(": "))
        ]
        if len(fitting) == 1:
            [(index, match)] = fitting
            if mended is found:
                mended = list(found)
            body = found[index].start + match.end()
            mended[index] = replace(found[index], mark="number", number=number, stop=match["stop"].strip(), body=body)
            added[index] = (*after[:-1], after[-1] - 1)
    return mended, added


def _places(found: list[Block]) -> dict[int, Place]:
    """Which blocks are numbered headings, by dynamic programming over legal successors.

    After 4.2 may come 4.3, 4.2.1 or 5, and nothing else without a cost. Every block has a merit by itself (words that
    read as a title, content below), so a chapter 3 that holds a list from 1 to 13 is left by its own chapter 4, not by
    item 4.
    """
    best: _Chain | None = None
    open_to: dict[tuple[Place, str], _Chain] = {}
    for numbered in _candidates(found):
        from_one = set(numbered.place) == {1}
        start = numbered.merit + (0.0 if from_one else NOT_FROM_ONE)
        chain = _Chain(start + START, numbered, numbered.style, None)
        if best is not None:
            again = best.score + (START if numbered.opening > best.last.index else NEW_START)
            if again > START:
                chain = _Chain(again + start, numbered, numbered.style, best)
        for style in STYLES:
            if (before := open_to.get((numbered.place, style))) is None:
                continue
            top = len(numbered.place) == 1
            score = before.score + numbered.merit
            score += OTHER_STYLE * (top and style != numbered.style)
            score += NUMBER_LOST * (not _follows(before.last.place, numbered.place))
            if score > chain.score:
                chain = _Chain(score, numbered, numbered.style if top else style, before)
        for place in _successors(numbered.place):
            key = (place, chain.style)
            if key not in open_to or open_to[key].score < chain.score:
                open_to[key] = chain
        if best is None or chain.score > best.score:
            best = chain
    headings: dict[int, Place] = {}
    while best is not None and (headings or best.score > 0):
        headings[best.last.index] = best.last.place
        best = best.before
    return dict(sorted(headings.items()))


def _follows(before: Place, place: Place) -> bool:
    return place == (*before, 1) or any(
        place == (*before[:depth], before[depth] + 1) for depth in range(min(len(before), len(place)))
    )


def _successors(place: Place) -> Iterator[Place]:
    """What may come next, also with one number lost between (a poor scan, a heading taken out)."""
    yield (*place, 1)
    for depth in range(len(place)):
        yield (*place[:depth], place[depth] + 1)
        yield (*place[:depth], place[depth] + 2)


def _candidates(found: list[Block]) -> Iterator[Numbered]:
    """Blocks that open with a number and could be headings, with their merit."""
    opening = -1
    for index, block in enumerate(found):
        if block.mark == "point" or (not block.mark and AGREEMENT.match(block.text) and titled(block.text)):
            opening = index
        if (place := _place(block)) is None:
            continue
        words, behind = block.words, found[index + 1 : index + 3]
        if block.stop == ")" and not (behind and hangs(behind[0], block)):
            continue
        if not words:
            if not behind or behind[0].mark or not titled(behind[0].text):
                continue
            words, behind = behind[0].text, behind[1:]
        if (merit := _merit(block, words, place, behind[0] if behind else None)) is None:
            continue
        before = found[index - 1] if index else None
        if place[-1] == 1 and before is not None and before.text.endswith(":"):
            merit -= 4.0
        yield Numbered(index, place, _style(block), merit, opening)


def _place(block: Block) -> Place | None:
    if block.mark == "number" and block.number:
        place = tuple(int(figure) for figure in block.number.split("."))
        return place if all(place) else None
    if block.mark == "roman" and block.number:
        figures = [ROMAN[sign] for sign in block.number]
        return (sum(-one if one < other else one for one, other in zip(figures, [*figures[1:], 0], strict=True)),)
    return None


def _style(block: Block) -> str:
    return "I." if block.mark == "roman" else f"1{block.stop}"


def _merit(block: Block, words: str, place: Place, behind: Block | None) -> float | None:
    """How much a numbered block looks like a heading; None if it cannot be one."""
    deep = len(place) > 1
    words = BLANK_BEFORE_STOP.sub("", words)
    if not titled(words.rstrip(": ")):
        if run_in(words):
            return 1.5 if deep else 1.0
        # Some agreements number every paragraph, 2.1 and 2.2 under chapter 2: that is an outline all the same.
        if deep and words[0].isupper() and (len(words) > SHORT or words[-1] in ".:;"):
            return 0.8
        # "5 Område partane samarbeider om": a heading may hold a verb, if it is short and the outline needs it.
        if not words[0].isupper() or words[-1] in ".,;!" or len(words) > SHORT:
            return None
        likeness = 0.2
    else:
        likeness = 1.0
    merit = likeness + 0.5 * deep + 0.5 * capitals(words) - 1.5 * block.full
    if behind is not None:
        following = _place(behind)
        if following is None or following == (*place, 1):
            merit += 1.0
        elif following == (*place[:-1], place[-1] + 1):
            merit -= 1.5
    return merit
