"""Bokmål or nynorsk: by the words that one of them has and the other has not, and by their endings."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ingest.clause import Structure
from ingest.document import Language

WORD = re.compile(r"[a-zæøåòéôó]+")
FEWEST = 4
"""So many words a clause must have to be judged by itself."""

CERTAIN = 2.0
"""What the words of a clause must weigh, all together, for one of the languages."""

SHORTEST_STEM = 3
WORDS_KEPT = 1 << 16


def language(text: str) -> Language:
    """The written language of a text; bokmål, the more common one, when nothing tells.

    >>> language("Partane skal ikkje endre avtalen"), language("Partene skal ikke endre avtalen"), language("§ 6-2")
    ('nn', 'nb', 'nb')
    """
    return "nn" if _weight(text)[0] > 0 else "nb"


def languages(structure: Structure) -> tuple[Language | None, ...]:
    """The written language of each clause.

    A clause that is too short or says too little to tell has the language of most of the document, and None where the
    whole document tells nothing.

    >>> from ingest.structure import structure
    >>> found = structure("1 Mål\\n\\nPartane skal seie frå i god tid.\\n\\n2 Tid\\n\\n• to år\\n")
    >>> languages(found)
    ('nn', 'nn', 'nn')
    """
    weights = [_weight(structure.text[clause.start : clause.end]) for clause in structure.clauses]
    nynorsk, bokmaal = (sum(count for weight, count in weights if sign * weight > 0) for sign in (1, -1))
    most: Language | None = None if nynorsk == bokmaal else "nn" if nynorsk > bokmaal else "nb"
    return tuple(
        most if count < FEWEST or abs(weight) < CERTAIN else "nn" if weight > 0 else "nb" for weight, count in weights
    )


class _Table(NamedTuple):
    """What words, endings and beginnings weigh: more than 0 for nynorsk, less for bokmål."""

    words: dict[str, float]
    endings: dict[str, float]
    beginnings: dict[str, float]
    longest: int


def _weight(text: str) -> tuple[float, int]:
    """What a text weighs, and how many words it has."""
    words = WORD.findall(text.lower())
    return sum(map(_word_weight, words)), len(words)


@lru_cache(maxsize=WORDS_KEPT)
def _word_weight(word: str) -> float:
    table = _table()
    if (known := table.words.get(word)) is not None:
        return known
    weight = sum(weight for beginning, weight in table.beginnings.items() if word.startswith(beginning))
    for length in range(min(table.longest, len(word) - SHORTEST_STEM), 1, -1):
        if (ending := table.endings.get(word[-length:])) is not None:
            return weight + ending
    return weight


@cache
def _table() -> _Table:
    words, endings, beginnings = dict[str, float](), dict[str, float](), dict[str, float]()
    for line in files("ingest").joinpath("language.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, figure, *entries = line.split()
            weight = float(figure) * (1 if name == "nn" else -1)
            for entry in entries:
                if entry.startswith("-"):
                    endings[entry[1:]] = weight
                elif entry.endswith("-"):
                    beginnings[entry[:-1]] = weight
                else:
                    words[entry] = weight
    return _Table(words, endings, beginnings, max(map(len, endings)))
