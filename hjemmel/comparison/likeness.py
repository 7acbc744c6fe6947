"""How alike short texts are, by the words they share, the rarer the better."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from hjemmel.comparison.words import function_words
from ontology.lexicon import WORD, stem

SHORTEST_PART = 4
LINKS = ("", "s", "e")
PART_WEIGHT = 0.5
# A word in so large a part of many texts says nothing of any of them.
COMMONPLACE, MANY = 0.2, 40
ADDRESS = re.compile(r"https?://\S+")

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a collection: how many of its texts hold each stem, and which word forms stand alone."""

    texts: int
    frequency: Mapping[str, int]
    forms: frozenset[str]

    def vector(self, text: str) -> Vector:
        """The stems of a text, and of the parts of its compounds, weighted by rarity; its length is one.

        >>> known = vocabulary(["samarbeid om beredskap", "plan for vold", "beredskapsplan"])
        >>> sorted(known.vector("beredskapsplan"))
        ['beredskap', 'beredskapsplan', 'plan']
        """
        counts: defaultdict[str, float] = defaultdict(float)
        for word in WORD.findall(ADDRESS.sub(" ", text)):
            form = word.lower()
            if len(form) > 2 and form not in function_words() and not form.isdigit():
                counts[stem(form)] += 1
                for part in self.parts(form):
                    counts[stem(part)] += PART_WEIGHT
        weighed = {word: (1 + log(max(count, 1))) * self._rarity(word) for word, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in weighed.values()))
        return {word: weight / length for word, weight in weighed.items() if weight} if length else {}

    def parts(self, form: str) -> tuple[str, ...]:
        """A compound as its two parts, if both stand alone elsewhere in the collection.

        >>> vocabulary(["pasient", "forløpet for en pasient i et forløp"]).parts("pasientforløp")
        ('pasient', 'forløp')
        """
        for cut in range(len(form) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            if form[cut:] not in self.forms:
                continue
            for link in LINKS:
                first = form[:cut].removesuffix(link)
                if form[:cut].endswith(link) and len(first) >= SHORTEST_PART and first in self.forms:
                    return first, form[cut:]
        return ()

    def _rarity(self, word: str) -> float:
        found = self.frequency.get(word, 0)
        if self.texts >= MANY and found > COMMONPLACE * self.texts:
            return 0.0
        return log((1 + self.texts) / (1 + found)) + 0.3


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """The vocabulary of a collection of texts."""
    frequency: Counter[str] = Counter()
    forms: set[str] = set()
    count = 0
    for count, text in enumerate(texts, 1):  # noqa: B007  counted on the way
        words = {word.lower() for word in WORD.findall(ADDRESS.sub(" ", text))}
        forms |= words
        frequency.update({stem(word) for word in words})
    return Vocabulary(count, frequency, frozenset(forms))


def alike(one: Vector, other: Vector) -> float:
    """How alike two texts are, from 0 (no word shared) to 1 (the same words)."""
    if len(one) > len(other):
        one, other = other, one
    return min(1.0, sum(weight * other[word] for word, weight in one.items() if word in other))


def likeness(ones: Sequence[Vector], others: Sequence[Vector]) -> dict[tuple[int, int], float]:
    """How alike each of these is to each of those; pairs that share no word are left out."""
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, vector in enumerate(others):
        for word, weight in vector.items():
            holders[word].append((index, weight))
    found: defaultdict[tuple[int, int], float] = defaultdict(float)
    for index, vector in enumerate(ones):
        for word, weight in vector.items():
            for other, theirs in holders.get(word, ()):
                found[index, other] += weight * theirs
    return {pair: min(1.0, value) for pair, value in found.items()}


def matching(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """The pairs with the greatest sum, each clause in one of them at most."""
    import networkx as nx

    possible = nx.Graph()
    possible.add_weighted_edges_from(((1, one), (2, other), score) for (one, other), score in scores.items())
    parts = (possible.subgraph(part) for part in nx.connected_components(possible))
    matched = (sorted(pair) for part in parts for pair in nx.max_weight_matching(part))
    return {one: other for (_, one), (_, other) in matched}
