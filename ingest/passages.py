"""The sentences of a document, each with the clause it stands in."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from ingest.clause import Structure
from ingest.cue import Cue, Haystack

# "nr. 3", "jf. § 6-1", "St. Olavs", "adm. direktør": these full stops end no sentence.
ABBREVIATION = re.compile(
    r"(?<!\w)(?:[a-zæøå]|nr|jf|jfr|kap|kapt|pkt|bl\.?a|f\.?eks|t\.?d|st|mv|m\.?m|evt|ev|ca|ref|adm|dir|kl|hhv|ift|iht|pr|"
    r"inkl|ekskl|tlf|mnd|vedr|osb|osv|dvs|dr|hol|sphl|pbrl)\.$",
    re.IGNORECASE,
)
# "§ 2-1 e. Partene …", "bokstav c. Den …": the letter of a place in an act is no abbreviation.
LETTER = re.compile(r"(?:§\s?\d{1,3}|\d[-–.]\d{1,2}|bokstav)\s[a-zæøå]\.$", re.IGNORECASE)
NUMBER = re.compile(r"\s*[\d.]{1,10}")
STOP = re.compile(r"[.!?][»”\")]?\s(?=[^\Wa-zæøå_]|[«“\"§•–-])")


class Passage(NamedTuple):
    """A sentence or list item at start to end of the flow.

    `titles` are the headings over it, the nearest first; `lead` is the sentence that opens its list ("… å godkjenne:"),
    which begins at `led_from`.
    """

    start: int
    end: int
    text: str
    titles: tuple[str, ...] = ()
    lead: str = ""
    led_from: int = 0

    def says(self, pattern: "re.Pattern[str] | Cue") -> bool:
        """Whether the sentence itself, and not its headings, holds the pattern."""
        return pattern.search(self.text) is not None

    def under(self, pattern: "re.Pattern[str] | Cue") -> bool:
        """Whether a heading over the sentence holds the pattern."""
        return bool(self.titles) and _over(pattern, self.titles)


@lru_cache(maxsize=32)
def _over(pattern: "re.Pattern[str] | Cue", titles: tuple[str, ...]) -> bool:
    # Many sentences stand under the same headings.
    return any(map(pattern.search, titles))


class Said:
    """The sentences of a document in order, and quickly those that say a thing.

    >>> from ingest.cue import cue
    >>> said = Said([Passage(0, 15, "Avtalen gjelder"), Passage(16, 32, "Den kan sies opp")])
    >>> [passage.text for passage in said.saying(cue("sies opp", " opp"))]
    ['Den kan sies opp']
    """

    def __init__(self, told: Iterable[Passage]) -> None:
        self._told = tuple(told)
        self._places = {passage.start: place for place, passage in enumerate(self._told)}
        self._haystack = Haystack(passage.text for passage in self._told)

    def __iter__(self) -> Iterator[Passage]:
        return iter(self._told)

    def before(self, passage: Passage) -> Iterator[Passage]:
        """The sentences before one of these, the nearest first."""
        return (self._told[place] for place in range(self._places[passage.start] - 1, -1, -1))

    def after(self, passage: Passage) -> Iterator[Passage]:
        """The sentences after one of these."""
        return islice(self._told, self._places[passage.start] + 1, None)

    def saying(self, *cues: Cue) -> Iterator[Passage]:
        """The sentences that hold one of the cues themselves."""
        near = (self._told[place] for place in self._haystack.holding(*cues))
        return (passage for passage in near if any(map(passage.says, cues)))


@lru_cache(maxsize=2)
def passages(structure: Structure) -> tuple[Passage, ...]:
    """The sentences of a structure in order, without headings, labels and the marks of lists."""
    return tuple(_passages(structure))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences, headings and list items of a flow stand.

    >>> text = "1. Parter\\nAvtalen er inngått, jf. § 6-1 nr. 2. Den gjelder."
    >>> [text[start:end] for start, end in sentences(text)]
    ['1. Parter', 'Avtalen er inngått, jf. § 6-1 nr. 2.', 'Den gjelder.']
    """
    position = 0
    for line in text.split("\n"):
        cuts = [stop.end() for stop in STOP.finditer(line) if not _goes_on(line, stop.start() + 1)]
        for left, right in pairwise([0, *cuts, len(line)]):
            if words := line[left:right].strip():
                start = position + left + line[left:right].index(words)
                yield start, start + len(words)
        position += len(line) + 1


@lru_cache(maxsize=2)
def stretches(structure: Structure) -> tuple[tuple[int, int], ...]:
    """Where the sentences, headings and list items of a structure stand in its flow."""
    return tuple(sentences(structure.flow.text))


def _passages(structure: Structure) -> Iterator[Passage]:
    flow, clauses = structure.flow, structure.clauses
    last: dict[int | None, tuple[int, str]] = {}
    before: int | None = None
    body, titles = 0, tuple[str, ...]()
    for start, end in stretches(structure):
        index = structure.clause_at(flow.offsets[start])
        if index is None:
            yield Passage(start, end, flow.text[start:end])
            continue
        clause = clauses[index]
        if index != before:
            body = bisect_left(flow.offsets, clause.body)
            titles = tuple(title for above in structure.ancestors(index) if (title := clauses[above].title))
            before = index
        # A heading, number, label or bullet that begins the line is not part of what is said.
        if text := flow.text[max(start, body) : end].lstrip():
            begin = end - len(text)
            led_from, lead = last.get(clause.parent, (0, "")) if clause.kind == "item" else (0, "")
            opening = (lead, led_from) if lead.endswith(":") else ()
            yield Passage(begin, end, text, titles, *opening)
            last[index] = begin, text


def _goes_on(line: str, end: int) -> bool:
    """Whether the full stop before `end` is that of an abbreviation or of the number a line begins with."""
    before = line[max(0, end - 12) : end]
    return bool((ABBREVIATION.search(before) and not LETTER.search(before)) or NUMBER.fullmatch(line, 0, end))
