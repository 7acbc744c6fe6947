"""What was taken out of a text, put in, and kept, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal

# White space, the mark of a list item, and what a page leaves in the text of a PDF (the address of a link, the number
# of the page, each on a line of its own) are no words: they belong to the word before them.
GAP = r"(?:\s|(?:^|(?<=\n))[ \t]*(?:https?://\S+|\d{1,3})(?=[ \t]*(?:\n|$))|(?:^|(?<=\n))[ \t]*[•▪◦●–-](?=\s))"
TOKEN = re.compile(rf"(?P<word>\w+(?:[-./]\w+)*|[^\w\s]){GAP}*")
LEADING = re.compile(rf"{GAP}*")

Kind = Literal["kept", "added", "removed"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row of one kind. A span is of the stored text; words that were added have none in the older text."""

    kind: Kind
    one: Span | None
    other: Span | None
    text: str

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


def wording(one: str, other: str, *, one_start: int = 0, other_start: int = 0) -> tuple[Run, ...]:
    """The runs that lead from one text to the other: kept and removed are the one, kept and added the other.

    What is kept may differ in white space. `one_start` and `other_start` are where the texts begin in their documents.

    >>> [(run.kind, run.text) for run in wording("med ett års frist", "med tre måneders frist")]
    [('kept', 'med '), ('removed', 'ett års '), ('added', 'tre måneders '), ('kept', 'frist')]
    """
    before, after = _tokens(one), _tokens(other)
    runs = []
    for kind, (a, b), (c, d) in _changes([token.word for token in before], [token.word for token in after]):
        left = (before[a].start, before[b - 1].end) if b > a else None
        right = (after[c].start, after[d - 1].end) if d > c else None
        text = one[slice(*left)] if left else other[slice(*right)] if right else ""
        runs.append(Run(kind, _moved(left, one_start), _moved(right, other_start), text))
    return tuple(runs)


def words(text: str) -> list[str]:
    """The words and marks of a text.

    >>> words("• er  faglig gode,")
    ['er', 'faglig', 'gode', ',']
    """
    return [token.word for token in _tokens(text)]


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words and marks, however they are laid out.

    >>> same_words("• er faglig gode,", "er  faglig\\ngode,"), same_words("etter loven", "etter lova")
    (True, False)
    """
    return words(one) == words(other)


def same_sense(one: str, other: str) -> bool:
    """Whether two texts differ at most in marks and capital letters.

    >>> same_sense("Enighet, og nemnda.", "enighet og nemnda")
    True
    """
    plain = [[word.lower() for word in words(text) if word[:1].isalnum()] for text in (one, other)]
    return plain[0] == plain[1]


def _tokens(text: str) -> list[_Token]:
    """The words and marks, which together with what follows each make up the whole text."""
    leading = LEADING.match(text)
    found = list(TOKEN.finditer(text, leading.end() if leading else 0))
    if not found:
        return [_Token("", 0, len(text))] if text else []
    starts = [0, *(token.start() for token in found[1:])]
    return [
        _Token(token["word"], start, end)
        for token, start, end in zip(found, starts, [*starts[1:], len(text)], strict=True)
    ]


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Kind, Span, Span]]:
    """Kept, removed and added, in the order of the texts; lone small words between two changes are part of them."""
    codes = [
        (tag == "equal" and not _is_island(before[a:b]), a, b, c, d)
        for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    ]
    edges = {0, len(codes) - 1}
    whole = [
        (before[a:b] == after[c:d] and (kept or index in edges), a, b, c, d)
        for index, (kept, a, b, c, d) in enumerate(codes)
    ]
    for kept, group in groupby(whole, key=lambda code: code[0]):
        parts = list(group)
        a, b, c, d = parts[0][1], parts[-1][2], parts[0][3], parts[-1][4]
        if kept:
            yield "kept", (a, b), (c, d)
            continue
        if b > a:
            yield "removed", (a, b), (c, c)
        if d > c:
            yield "added", (a, a), (c, d)


def _is_island(words: Sequence[str]) -> bool:
    return len(words) < 3 and all(len(word) < 4 for word in words)


def _moved(span: Span | None, by: int) -> Span | None:
    return (span[0] + by, span[1] + by) if span else None
