"""The clauses that are most like one: by the words they share, the rarer the better."""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

from ontology.lexicon import stems
from queries.query import Row

SHOWN = 10
# Shorter stems are words of every clause: "skal", "for", "den".
SHORTEST = 5
WORDS_SHOWN = 8
# Two clauses that share one word share it by accident.
LEAST_SHARED = 2


def alike(rows: Sequence[Row], text: str) -> list[Row]:
    """The rows whose quote is most like a text, the likest first, each with its `likeness` (0 to 1) and `shared` words.

    >>> rows = [{"quote": "Varsling og beredskap"}, {"quote": "Partene varsler"}, {"quote": "Godkjenning"}]
    >>> [(row["quote"], row["shared"]) for row in alike(rows, "Beredskapen øves, og partene varsler ved fare")]
    [('Varsling og beredskap', 'beredskap, varsl')]
    """
    told = [_telling(str(row["quote"])) for row in rows]
    frequency = Counter(word for words in told for word in words)
    rarity = {word: log(1 + len(rows) / count) for word, count in frequency.items()}
    wanted = {word: rarity.get(word, log(1 + len(rows))) for word in _telling(text)}
    ranked = []
    for place, words in enumerate(told):
        shared = sorted(words & wanted.keys(), key=lambda word: (-rarity[word], word))
        lengths = sqrt(sum(weight**2 for weight in wanted.values()) * sum(rarity[word] ** 2 for word in words))
        if len(shared) >= LEAST_SHARED:
            ranked.append((sum(rarity[word] ** 2 for word in shared) / lengths, place, shared))
    best = sorted(ranked, key=lambda found: (-found[0], found[1]))[:SHOWN]
    return [
        rows[place] | {"likeness": round(likeness, 2), "shared": ", ".join(shared[:WORDS_SHOWN])}
        for likeness, place, shared in best
    ]


def _telling(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems(text) if len(stem) >= SHORTEST)
