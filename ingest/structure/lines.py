"""The lines that carry a document's words, with the width of their page."""

import re
from collections.abc import Iterable, Iterator

from ingest.structure.furniture import furniture
from ingest.structure.printed import UNWRAPPED, Line, printed
from ingest.structure.wording import open_ended

Span = tuple[int, int]

WORD = re.compile(r"[^\W\d_]{8,}")
APART = re.compile(r"(?<!\w)(?=([^\W\d_]{4,} [^\W\d_]{4,}))")
SHORTEST_PART = 4
NARROWEST = 45
"""No page or column of running text holds fewer characters on a line."""


def lines(text: str) -> tuple[list[Line], list[Span]]:
    """The lines that carry the document's words, and the spans of those that do not.

    >>> kept, furniture = lines("Avtalen gjelder\\n\\nSide 3 av 12\\n\\f fra 1. mai.")
    >>> [line.text for line in kept], [line.top for line in kept], furniture
    (['Avtalen gjelder', 'fra 1. mai.'], [True, True], [(17, 29)])
    """
    whole = printed(text)
    dropped = furniture(whole)
    kept: list[Line] = []
    left_out: list[Span] = []
    gap, top = 0, False
    for index, line in enumerate(whole):
        # What looked like a page number above was that of a footnote, which this line belongs to.
        noted = index > 0 and index - 1 not in dropped and whole[index - 1].text.isdigit()
        gap, top = gap + line.gap, top or (line.top and not noted)
        if index in dropped:
            left_out.append((line.start, line.end))
            gap += not line.top
        else:
            # The blank lines at the foot of a page say nothing of what the writer set apart.
            gap = min(gap, 1) if top else gap
            if (gap, top) != (line.gap, line.top):
                line = Line(line.start, line.end, line.text, line.indent, gap, top, 0.0)  # noqa: PLW2901
            kept.append(line)
            gap, top = 0, False
    return _mended(list(_measured(kept)), text), left_out


def _mended(kept: list[Line], text: str) -> list[Line]:
    """Marks the lines whose last word goes on in the next, its hyphen lost: elsewhere the text has it whole."""
    whole = text.lower()
    words = set(WORD.findall(" ".join(set(whole.split()))))
    apart: set[str] | None = None
    for index in range(len(kept) - 1):
        line, following = kept[index], kept[index + 1]
        if not (line.text[-1].islower() and following.text[0].islower()) or open_ended(line.text):
            continue
        first, second = line.text.rsplit(None, 1)[-1].lower(), following.text.split(None, 1)[0].rstrip(".,;:)")
        if len(first) < SHORTEST_PART or len(second) < SHORTEST_PART or first + second not in words:
            continue
        apart = apart if apart is not None else set(APART.findall(whole))
        if f"{first} {second}" not in apart:
            kept[index] = line._replace(broken=True)
    return kept


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
