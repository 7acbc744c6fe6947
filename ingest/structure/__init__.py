"""A stored text read as clauses: headings, labelled paragraphs, list items, and paragraphs that stand alone."""

from collections.abc import Iterator, Sequence

from ingest.clause import Structure
from ingest.flow import Flow
from ingest.source import Hint
from ingest.structure.blocks import Block, blocks, joints
from ingest.structure.clauses import Clauses
from ingest.structure.footnotes import Footnote, footnotes, rules
from ingest.structure.headings import Heading, headings, kickers
from ingest.structure.layout import noted, parted, set_headings, set_levels
from ingest.structure.levels import levels
from ingest.structure.lines import Span, lines
from ingest.structure.marks import Mark
from ingest.structure.outline import outline
from ingest.structure.printed import Line
from ingest.structure.signatures import signatures
from ingest.structure.tables import tables


def structure(text: str, hints: Sequence[Hint] = ()) -> Structure:
    """Read a text, usually taken from a PDF, as clauses in order, with its running words.

    `hints` are what its format knows of each paragraph, if it knows any.

    >>> found = structure("1. Formål\\n\\nPartene skal arbeide for gode og trygge\\n\\nforløp.\\n\\n2. Tid\\n\\nTi år.")
    >>> [(clause.number, clause.title, clause.level) for clause in found.clauses]
    [('1', 'Formål', 1), ('2', 'Tid', 1)]
    >>> found.flow.text.splitlines()
    ['1. Formål', 'Partene skal arbeide for gode og trygge forløp.', '2. Tid', 'Ti år.']
    """
    kept, furniture = lines(text)
    notes = noted(kept, hints) if hints else footnotes(kept)
    kept, ends = _unmarked(kept, notes)
    furniture += ends
    found = blocks(kept, parted(kept, hints, _apart(kept, notes)))
    above = kickers(found) | {index for index, block in enumerate(found) if block.mark == "rule"}
    furniture += [(found[index].start, found[index].end) for index in above]
    found = [block for index, block in enumerate(found) if index not in above]
    found, numbered = outline(found)
    heads, fronts = headings(found, numbered)
    heads = set_headings(found, heads, hints)
    stray = _stray_numbers(found, heads)
    furniture += [(found[index].start, found[index].end) for index in stray]
    marks = sorted(note.mark for note in notes if note.mark)
    depths = set_levels(found, heads, levels(heads), hints)
    clauses = Clauses(found, heads=heads, fronts=fronts, stray=stray, notes=notes, depths=depths).read()
    return Structure(text, clauses, _flow(text, found, heads, stray, marks), tuple(sorted(furniture)))


def _unmarked(kept: list[Line], notes: list[Footnote]) -> tuple[list[Line], list[Span]]:
    """The lines without the marks of footnotes they end in, which would hide that a sentence ends there, and the marks.

    What stands before the mark is the end of a line, a title or a sentence: "Sammensetning2", "prioriteres.1".
    """
    ends = {note.mark[1]: note.mark for note in notes if note.mark}
    if not ends:
        return kept, []
    unmarked, cut = list(kept), list[Span]()
    for index, line in enumerate(kept):
        mark = ends.get(line.end)
        if mark is not None and mark[0] > line.start:
            words = line.text[: mark[0] - line.start].rstrip()
            unmarked[index] = line._replace(end=line.start + len(words), text=words)
            cut.append(mark)
    return unmarked, cut


def _apart(kept: list[Line], notes: list[Footnote]) -> dict[int, Mark | None]:
    """The lines of footnotes, signatures and tables, each with the mark of the block it opens."""
    apart: dict[int, Mark | None] = {index: Mark("rule", None, "", kept[index].end) for index in rules(kept, notes)}
    for note in notes:
        apart.update(dict.fromkeys(range(note.first + 1, note.last + 1)))
        apart[note.first] = Mark("note", note.number, "", note.body)
    for first, last in signatures(kept):
        apart.update((index, Mark("signature", None, "", kept[index].start)) for index in range(first, last + 1))
    for first, last in tables(kept, apart):
        apart.update((index, Mark("row", None, "", kept[index].start)) for index in range(first + 1, last + 1))
        apart[first] = Mark("table", None, "", kept[first].start)
    return apart


def _stray_numbers(found: list[Block], heads: list[Heading]) -> set[int]:
    """Numbers that lost the item they counted."""
    used = {heading.first for heading in heads}
    return {index for index, block in enumerate(found) if block.mark == "number" and not block.words} - used


def _flow(text: str, found: list[Block], heads: list[Heading], stray: set[int], marks: list[tuple[int, int]]) -> Flow:
    """The running words: one line for each block, and for a heading whose number stands on a line of its own.

    The marks of footnotes are left out: "prioriteres.1 Kommunene" is the end of one sentence and a new one.
    """
    split = {index for heading in heads for index in range(heading.first, heading.last)}
    pieces: list[tuple[int, int, str]] = []
    for index, block in enumerate(found):
        if index not in stray:
            pieces.extend((line.start, line.end - cut, glue) for line, cut, glue in joints(block.lines))
            pieces[-1] = (*pieces[-1][:2], " " if index in split else "\n")
    if pieces:
        pieces[-1] = (*pieces[-1][:2], "")
    return Flow.of(text, _without(pieces, marks) if marks else pieces)


def _without(pieces: list[tuple[int, int, str]], marks: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """The pieces with the marks cut out of them."""
    place = 0
    for start, end, glue in pieces:
        position = start
        while place < len(marks) and marks[place][0] < end:
            if marks[place][0] >= position:
                yield position, marks[place][0], ""
                position = marks[place][1]
            place += 1
        yield position, end, glue
