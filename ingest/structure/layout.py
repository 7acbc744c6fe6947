"""What a format knows of its paragraphs, brought to bear on the blocks of its text."""

from collections.abc import Mapping, Sequence

from ingest.source import Hint
from ingest.structure.blocks import Block
from ingest.structure.footnotes import Footnote
from ingest.structure.headings import Heading, Rank
from ingest.structure.marks import Mark, mark
from ingest.structure.printed import Line

RANKS: Mapping[str, Rank] = {"number": "numbered", "provision": "provision", "point": "point", "case": "case"}
FEWEST = 2
"""So many headings must be set as headings before it is believed that the others are none."""


def noted(kept: Sequence[Line], hints: Sequence[Hint]) -> list[Footnote]:
    """The footnotes of a text: "[1] Words", with the place of "[1]" in the words they explain."""
    notes = {hint.start: hint for hint in hints if hint.kind == "note"}
    found = []
    for index, line in enumerate(kept):
        if line.start in notes and line.text.startswith("["):
            number = line.text[1 : line.text.index("]")]
            place = notes[line.start].mark
            span = None if place is None else (place, place + len(number) + 2)
            found.append(Footnote(index, index, number, line.start + len(number) + 3, span))
    return found


def parted(kept: Sequence[Line], hints: Sequence[Hint], apart: Mapping[int, Mark | None]) -> Mapping[int, Mark | None]:
    """The lines that are no part of what stands above them, each with the mark of the block it opens.

    Where the format knows its paragraphs, that is every line that begins one; the others go on with what is above.
    `apart` is what the words alone tell of notes, tables and signatures.
    """
    if not hints:
        return apart
    kinds = {hint.start: hint.kind for hint in hints}
    result: dict[int, Mark | None] = {}
    for index, line in enumerate(kept):
        kind = kinds.get(line.start)
        if kind == "row":
            above = kinds.get(kept[index - 1].start) if index else None
            result[index] = Mark("row" if above == "row" else "table", None, "", line.start)
        elif index in apart:
            result[index] = apart[index]
        elif kind is not None:
            result[index] = mark(line)
        elif index:
            result[index] = None
    return result


def set_headings(found: Sequence[Block], heads: Sequence[Heading], hints: Sequence[Hint]) -> list[Heading]:
    """The headings that the words suggest, put right by those that the format sets as headings."""
    kinds = {hint.start: hint for hint in hints}
    if sum(hint.kind == "heading" for hint in hints) < FEWEST:
        return list(heads)
    kept = [head for head in heads if (hint := kinds.get(found[head.first].start)) is None or hint.kind != "item"]
    taken = {index for head in kept for index in range(head.first, head.last + 1)}
    for index, block in enumerate(found):
        hint = kinds.get(block.start)
        if hint is not None and hint.kind == "heading" and index not in taken:
            kept.append(_heading(index, block, hint))
    return sorted(kept, key=lambda head: head.first)


def set_levels(
    found: Sequence[Block], heads: Sequence[Heading], levels: list[tuple[int, int | None]], hints: Sequence[Hint]
) -> list[tuple[int, int | None]]:
    """The level and the parent of each heading; where nothing is numbered, the format alone knows them."""
    given = {hint.start: hint.level for hint in hints if hint.kind == "heading"}
    depths = [given.get(found[head.first].start) for head in heads]
    if len(set(depths)) < FEWEST or any(head.rank not in ("plain", "title") for head in heads):
        return levels
    result: list[tuple[int, int | None]] = []
    stack: list[tuple[int, int]] = []
    for index, depth in enumerate(depths):
        # A heading that the format does not know stands under the last that it does.
        own = depth if depth is not None else (stack[-1][0] + 1 if stack else 1)
        while stack and stack[-1][0] >= own:
            stack.pop()
        parent = stack[-1][1] if stack else None
        result.append((min(own, 1) if parent is None else result[parent][0] + 1, parent))
        if depth is not None:
            stack.append((own, index))
    return result


def _heading(index: int, block: Block, hint: Hint) -> Heading:
    rank = RANKS.get(block.mark, "plain")
    title = (block.words if rank != "plain" else block.text).rstrip(": ") or None
    if hint.level == 0 and rank == "plain":
        return Heading(index, index, "title", "title", None, title)
    place = tuple(int(figure) for figure in (block.number or "").split(".")) if rank == "numbered" else ()
    return Heading(index, index, "section", rank, block.number if rank != "plain" else None, title, place)
