"""Proper names in a sentence: of regions, documents, municipalities and acts, as they are written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ontology.lexicon import WORD
from queries.query import Row
from queries.vocabulary import listed

GAP = re.compile(r"[\s.,/()’'–-]{1,4}")
BEFORE_COMMUNE = re.compile(r"\s+kommun[ea]r?$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name found at start to end, of what kind of thing, and the thing."""

    start: int
    end: int
    kind: str
    thing: str


class Names:
    """The names of things, each row with its kind, thing, way and name, to be found in a sentence.

    A name has no inflection but the genitive ("salt" is not Salten), and what it is compounded with must say nothing
    more ("Vestfoldavtalen").

    >>> names = Names([{"kind": "region", "thing": "v", "way": "other", "name": "Vestfold"}])
    >>> [found.end for text in ("Vestfolds", "vestfoldavtalen", "Vestfoldbanen") for found in names.find(text)]
    [9, 15]
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._names: dict[str, list[tuple[list[str], Row]]] = defaultdict(list)
        for row in rows:
            name = str(row["name"])
            # A municipality is named with or without the word for it.
            for written in {name, BEFORE_COMMUNE.sub("", name)} if row["way"] == "member" else {name}:
                if said := [word.casefold() for word in WORD.findall(written)]:
                    self._names[said[0]].append((said, row))

    def find(self, sentence: str) -> Iterator[Name]:
        """Every name in the sentence, also those that stand inside another."""
        written = list(WORD.finditer(sentence))
        said = [word.group().casefold() for word in written]
        for place, word in enumerate(said):
            for first in {word, word.removesuffix("s"), *self._compounded(word)}:
                for name, row in self._names.get(first, ()):
                    until = place + len(name)
                    # Some municipalities are called by everyday words: Nes, Hole, Våler.
                    meant = row["way"] != "member" or written[place].group()[0].isupper()
                    if meant and self._stands(said[place:until], name) and _joined(sentence, written[place:until]):
                        end = written[until - 1].end()
                        yield Name(written[place].start(), end, str(row["kind"]), str(row["thing"]))

    def _stands(self, said: list[str], name: list[str]) -> bool:
        """Whether the words are the name: its last word may be in the genitive, its only word part of a compound."""
        if len(said) != len(name) or said[:-1] != name[:-1]:
            return False
        return said[-1] in (name[-1], f"{name[-1]}s") or (len(name) == 1 and name[0] in self._compounded(said[0]))

    def _compounded(self, word: str) -> Iterator[str]:
        for cut in range(3, len(word)):
            if word[cut:].removeprefix("s") in listed("neutral", "nb") and word[:cut] in self._names:
                yield word[:cut]


def _joined(sentence: str, words: list[re.Match[str]]) -> bool:
    """Whether nothing but blanks and marks stands between the words."""
    return all(GAP.fullmatch(sentence[one.end() : other.start()]) for one, other in pairwise(words))
