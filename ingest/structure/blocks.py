"""Wrapped lines joined to what the writer set as one: a paragraph, a list item, a heading."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from types import MappingProxyType

from ingest.structure.lists import loose_lists, lost_bullets, mend_bullets
from ingest.structure.marks import Mark, mark
from ingest.structure.printed import Line, ended, first_word
from ingest.structure.wording import AGREEMENT, OPEN_START, open_ended, titled

CONJUNCTION = re.compile(r"(?:og|eller|samt|/)(?!\w)")
PARTIES = re.compile(r"mellom\b")
"""How the line below the title of an agreement begins."""

NOTHING: Mapping[int, Mark | None] = MappingProxyType({})
HYPHENS = "-¬\u00ad"
SOFT_HYPHENS = HYPHENS[1:]
"""What a hyphen that only divides a word looks like in stored text, by design or by misreading."""


HEADING_MARKS = {"number", "provision", "point", "case", "roman"}
NARROW_PAGE = 75


@dataclass(frozen=True)
class Block:
    """Lines that belong together, and the mark that opens them."""

    lines: tuple[Line, ...]
    mark: str
    number: str | None
    stop: str
    body: int

    @property
    def start(self) -> int:
        """Where it begins in the stored text."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where it ends in the stored text."""
        return self.lines[-1].end

    @property
    def gap(self) -> int:
        """How many blank lines stand before it."""
        return self.lines[0].gap

    @property
    def top(self) -> bool:
        """Whether it begins a page."""
        return self.lines[0].top

    @cached_property
    def text(self) -> str:
        """The words, lines joined, with the mark."""
        return "".join(line.text[: len(line.text) - cut] + glue for line, cut, glue in joints(self.lines))

    @cached_property
    def words(self) -> str:
        """The words after the mark."""
        return self.text[self.body - self.start :]

    @property
    def full(self) -> bool:
        """Whether the first line is as long as the page allows: a heading seldom is."""
        return len(self.lines[0].text) > 0.85 * max(self.lines[0].width, NARROW_PAGE)


def blocks(kept: list[Line], apart: Mapping[int, Mark | None] = NOTHING) -> list[Block]:
    """Lines joined by the measure "would the first word of the next line have fitted on this one?".

    `apart` are the lines of notes, tables and signatures, which are no part of what stands around them: each with the
    mark of the block it opens, or None if it goes on with the one above.

    >>> from ingest.structure.lines import lines
    >>> kept, _ = lines("Partene skal samarbeide om gode og trygge\\n\\npasientforløp.\\n\\n• mål\\n\\n• tiltak")
    >>> [(block.mark, block.words) for block in blocks(kept)]
    [('', 'Partene skal samarbeide om gode og trygge pasientforløp.'), ('bullet', 'mål'), ('bullet', 'tiltak')]
    """
    if not kept:
        return []
    lost = lost_bullets(kept)
    marks = [apart.get(index) or mark(line, lost=index in lost) for index, line in enumerate(kept)]
    mend_bullets(kept, marks)
    usual_gaps = _usual_gaps(kept)
    lists = loose_lists(kept, marks)
    found: list[Block] = []
    current, opening = [kept[0]], marks[0]
    for index in range(1, len(kept)):
        line = kept[index]
        if index in apart:
            goes_on = apart[index] is None
        elif current[-1].text[-1] == "§" and line.text[0].isdigit() and line.gap <= usual_gaps[index]:
            goes_on = True  # The number of a section is no mark: "folkehelseloven §", "4. Kommunen …".
        elif index - 1 in apart or (marks[index].kind and _breaks(current[-1], line, marks[index])):
            goes_on = False
        else:
            goes_on = _continues(current, opening.kind, line, usual_gaps[index], lists.get(index))
        if not goes_on:
            found.append(Block(tuple(current), *opening))
            current, opening = [], marks[index]
        current.append(line)
    found.append(Block(tuple(current), *opening))
    return found


def joints(joined: tuple[Line, ...]) -> Iterator[tuple[Line, int, str]]:
    """Each line with how many of its last characters fall away when it is joined to the next, and what joins them.

    A hyphen at the end of a line may belong to the word (Nord-Odal, IKT-løsning), may leave a part of a compound to the
    next words (helse- og omsorg), or may have come with the line break (samarbeids-avtale).
    """
    for line, following in pairwise(joined):
        if line.text[-1] in SOFT_HYPHENS:
            yield line, 1, ""
        elif line.broken:
            yield line, 0, ""
        elif line.text[-1] != "-" or not line.text[-2:-1].isalnum() or CONJUNCTION.match(following.text):
            yield line, 0, " "
        elif following.text[0].islower() and line.text[-4:-1].isalpha() and line.text[-4:-1].islower():
            yield line, 1, ""
        else:
            yield line, 0, ""
    yield joined[-1], 0, ""


def _breaks(line: Line, following: Line, opening: Mark) -> bool:
    """Whether a mark really opens a block here, and is not a number or a dash in the middle of a sentence."""
    kind, number, stop, body = opening
    rest = following.text[body - following.start :]
    if kind == "number":
        if not rest:
            return bool(stop) or ended(line)
        if not stop and "." not in (number or "") and not ended(line) and _unfit(line, following, 0.9):
            return False
        return not (rest[0].islower() and (not stop or open_ended(line.text)))
    if kind == "bullet" and stop in "-–—*·":
        return not (following.gap == 0 and not ended(line) and _unfit(line, following, 0.9) and rest[0].islower())
    if kind == "label":
        return following.gap > 0 or not open_ended(line.text)
    if kind in ("provision", "point", "case"):
        return not (open_ended(line.text) and _unfit(line, following, 0.9))
    return True


def _continues(block: list[Line], kind: str, following: Line, usual_gap: int, listed: bool | None) -> bool:
    """Whether the next line goes on with what the block began; `listed` is what the list it stands in says."""
    line = block[-1]
    spaced = following.gap > usual_gap and not following.top
    stopped, open_end = ended(line), open_ended(line.text)
    lower = following.text[0].islower() or OPEN_START.match(following.text) is not None
    if PARTIES.match(following.text) and len(block) == 1 and AGREEMENT.match(line.text) and titled(line.text):
        return False
    if line.text[-1] in HYPHENS and line.text[-2:-1].isalnum() and following.gap <= usual_gap + 1:
        return True
    if listed is not None:
        return listed
    if stopped and (following.top or spaced or (line.text[-1] in ":;" and following.gap)):
        return False
    if stopped and len(following.text) < 0.6 * line.width and titled(following.text):
        # The last line of a paragraph is short and has a stop; without one it is a heading.
        return False
    if stopped:
        return _unfit(line, following, 0.9 if lower else 1.0)
    if lower and following.gap > usual_gap + 1:
        return open_end
    if kind in HEADING_MARKS and len(block) == 1 and len(line.text) < 0.6 * line.width:
        # A heading is set in larger type and wraps early: only its words can tell.
        return (
            lower
            and following.gap <= usual_gap
            and not following.top
            and (open_end or len(line.text) > 0.35 * line.width)
        )
    if lower:
        return open_end or _unfit(line, following, 0.8) or (not spaced and len(line.text) > 0.45 * line.width)
    if spaced:
        return False
    if open_end and len(line.text) > 0.6 * line.width:
        return True
    if kind:
        # A list item seldom goes on with a capital letter: then the line must have been quite full.
        return _unfit(line, following, 1.03)
    narrow = max(len(one.text) for one in block[-9:]) if len(block) > 2 else line.width
    return _unfit(line, following, 1.0 if following.top else 0.92) or (
        len(line.text) + 1 + len(first_word(following)) > narrow + 1
    )


def _unfit(line: Line, following: Line, share: float) -> bool:
    """Whether the first word of the next line would have gone beyond this share of the page's width."""
    return len(line.text) + 1 + len(first_word(following)) > share * line.width


def _usual_gaps(kept: list[Line]) -> list[int]:
    """For each line, how many blank lines stand before a line that goes on with the one above it, hereabouts.

    Many extractions put a blank line after every line, often on some pages only: there a blank line tells nothing.
    """
    certain = [
        line.gap if line.text[0].islower() and len(above.text) > 0.6 * above.width and not ended(above) else None
        for above, line in pairwise(kept)
    ]
    certain.insert(0, None)
    told = list(accumulate((gap is not None and gap < 3 for gap in certain), initial=0))
    wide = list(accumulate((gap is not None and 0 < gap < 3 for gap in certain), initial=0))
    around = ((max(0, index - 14), min(len(kept), index + 15)) for index in range(len(kept)))
    return [int((wide[last] - wide[first]) * 3 > told[last] - told[first]) for first, last in around]
