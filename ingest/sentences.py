"""The sentences of a document with the clause they stand in, without headings, labels and the marks of lists."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.clause import Structure
from ingest.passages import sentences as stretches

# "m.m." and the like may end a sentence, too, when a word follows that is no name: "… tjenester m.m. Saker av …".
ENDS_AFTER = re.compile(
    r"\b(?:m\.\s?m|m\.\s?v|mv|osv|o\.\s?l|etc|m\.\s?fl)\.\s(?=[A-ZÆØÅ][a-zæøå]+\s[a-zæøå])|;\s+(?=[a-zæøå])"
)
MARK = re.compile(r"(?:[^\w\s«“\"(§]|o(?=\s)|\d{1,3}[.)](?=\s)|[a-z]\)(?=\s))+\s*|\s+")
# "Trinn 1: …", "Del 1 – Dialogmøte: …": what an item is called is not part of what it says.
ITEM_TITLE = re.compile(r"(?:(?:Trinn|Steg|Del|Nivå|Fase|Punkt)\s\d+(?:\s[–-]\s[\w\s]{3,40})?):\s+(?=[A-ZÆØÅ])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or list item at start to end of the flow; `opens` tells that it begins its clause."""

    start: int
    end: int
    text: str
    clause: int | None
    item: bool
    opens: bool


def sentences(structure: Structure) -> Iterator[Sentence]:
    """Every sentence of a text in order.

    >>> from ingest.flow import Flow
    >>> [found.text for found in sentences(Structure("", (), Flow.plain("Den gir hjelp m.m. Saker av vekt tas opp.")))]
    ['Den gir hjelp m.m.', 'Saker av vekt tas opp.']
    """
    flow, clauses = structure.flow, structure.clauses
    before: int | None = None
    for whole_start, whole_end in stretches(flow.text):
        cuts = [cut.end() for cut in ENDS_AFTER.finditer(flow.text, whole_start, whole_end)]
        for start, end in zip([whole_start, *cuts], [*cuts, whole_end], strict=True):
            index = structure.clause_at(flow.offsets[start])
            item = index is not None and clauses[index].kind == "item"
            begin = start if index is None else max(start, bisect_left(flow.offsets, clauses[index].body))
            if item and (title := ITEM_TITLE.match(flow.text, _unmarked(flow.text, begin, end), end)):
                begin = title.end()
            begin = _unmarked(flow.text, begin, end) if item else begin
            while begin < end and flow.text[begin].isspace():
                begin += 1
            while end > begin and flow.text[end - 1].isspace():
                end -= 1
            if begin < end:
                yield Sentence(begin, end, flow.text[begin:end], index, item, opens=index != before)
                before = index


def _unmarked(text: str, start: int, end: int) -> int:
    mark = MARK.match(text, start, end)
    return mark.end() if mark else start
