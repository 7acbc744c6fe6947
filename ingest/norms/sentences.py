"""The sentences of a document with the clause they stand in, without headings, labels and the marks of lists."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ingest.clause import Structure
from ingest.passages import stretches

# "m.m." and the like may end a sentence, too, when a word follows that is no name: "… tjenester m.m. Saker av …".
ENDS_AFTER = re.compile(
    r"\b(?:m\.\s?m|m\.\s?v|mv|osv|o\.\s?l|etc|m\.\s?fl)\.\s(?=[A-ZÆØÅ][a-zæøå]+\s[a-zæøå])|"
    # "vedlegg A. Ingen av partene …": a letter that ends the sentence, by the word that begins the next one.
    r"\b\w\.\s(?=(?:Det|Den|De|Dei|Dette|Disse|Desse|Ingen|Alle|Hver|Kvar|Part(?:ene|ane)|Kommun\w+|Avtal\w+|Samarbeid\w*|"
    r"Dersom|Når|Ved|Hvis|Viss|For|I|På|Etter|Innen|Innan|Sykehus\w*|Sjukehus\w*|Helse\w+)\s[a-zæøå])|;\s+(?=[a-zæøå])"
)
# What goes on for longer is a table or a list without marks; so the time to read a text grows with its length only.
LONGEST = 1500
MARK = re.compile(r"(?:[^\w\s«“\"(§]|o(?=\s)|\d{1,3}[.)](?=\s)|[a-z]\)(?=\s))+\s*|\s+")
# "Trinn 1: …", "Del 1 – Dialogmøte: …": what an item is called is not part of what it says.
ITEM_TITLE = re.compile(r"(?:(?:Trinn|Steg|Del|Nivå|Fase|Punkt)\s\d+(?:\s[–-]\s[\w\s]{3,40})?):\s+(?=[A-ZÆØÅ])")


class Sentence(NamedTuple):
    """A sentence or list item at start to end of the flow; `opens` tells that it begins its clause."""

    start: int
    end: int
    text: str
    clause: int | None
    item: bool
    opens: bool


@lru_cache(maxsize=2)
def sentences(structure: Structure) -> tuple[Sentence, ...]:
    """Every sentence of a text in order.

    >>> from ingest.flow import Flow
    >>> [found.text for found in sentences(Structure("", (), Flow.plain("Den gir hjelp m.m. Saker av vekt tas opp.")))]
    ['Den gir hjelp m.m.', 'Saker av vekt tas opp.']
    """
    return tuple(_sentences(structure))


def _sentences(structure: Structure) -> Iterator[Sentence]:
    flow, clauses = structure.flow, structure.clauses
    before: int | None = None
    body = 0
    for whole_start, whole_end in stretches(structure):
        for start, stop in _cut(flow.text, whole_start, whole_end):
            index = structure.clause_at(flow.offsets[start])
            item = index is not None and clauses[index].kind == "item"
            if index is not None and index != before:
                body = bisect_left(flow.offsets, clauses[index].body)
            begin = start if index is None else max(start, body)
            if item:
                begin = _unmarked(flow.text, begin, stop)
                title = ITEM_TITLE.match(flow.text, begin, stop)
                begin = title.end() if title else begin
            if text := (words := flow.text[begin:stop]).strip():
                begin += len(words) - len(words.lstrip())
                yield Sentence(begin, begin + len(text), text, index, item, opens=index != before)
                before = index


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch cut where a sentence ends after an abbreviation, and into readable lengths."""
    cuts = (found.end() for found in ENDS_AFTER.finditer(text, start, end)) if _stops_within(text, start, end) else ()
    for cut in (*cuts, end):
        while cut - start > LONGEST:
            stop = max(text.rfind(" ", start, start + LONGEST), start) + 1
            stop = stop if stop > start + 1 else start + LONGEST
            yield start, stop
            start = stop
        yield start, cut
        start = cut


def _stops_within(text: str, start: int, end: int) -> bool:
    """Whether a stretch has a stop before its last: most have none, and need not be searched."""
    return text.find(".", start, end - 1) >= 0 or text.find(";", start, end) >= 0


def _unmarked(text: str, start: int, end: int) -> int:
    mark = MARK.match(text, start, end)
    return mark.end() if mark else start
