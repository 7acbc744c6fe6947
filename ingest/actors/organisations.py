"""Find the organisations that the ontology knows, and the municipalities, by their proper names."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from rdflib import RDF, SKOS

from ontology import BASE, HJ, load

CLASSES = (HJ.HealthCommunity, HJ.HealthTrust, HJ.NationalBody, HJ.Organisation, HJ.RegionalHealthAuthority)
WORD = re.compile(r"[^\W_]+")
# "St. Olavs", "Helse-Sør Øst", "Sør– Øst": what stands between the words of a name varies.
GAP = re.compile(r"[\s.]{0,3}[-–]?\s{0,2}")


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named at start to end; `paths` are the IRI paths of all that go by this name."""

    start: int
    end: int
    paths: tuple[str, ...]


def mentions(text: str) -> Iterator[Mention]:
    """The organisations of the ontology named in a text, the longest name at each place.

    >>> [found.paths for found in mentions("Avtale med St. Olavs  hospital, se siv i fjæra")]
    [('helsefellesskap/sor-trondelag', 'hf/st-olavs-hospital')]
    """
    words = list(WORD.finditer(text))
    reached = 0
    for place, word in enumerate(words):
        if not word[0][0].isupper() or word.start() < reached:
            continue
        for label, paths in _names().get(word[0].casefold(), ()):
            run = words[place : place + len(label)]
            if _same(text, run, label):
                reached = run[-1].end() - (run[-1][0].casefold() != label[-1].casefold())
                yield Mention(word.start(), reached, paths)
                break


@cache
def municipalities() -> frozenset[str]:
    """The names of Norway's municipalities."""
    return frozenset((files("ingest.actors") / "municipality_names.txt").read_text(encoding="utf-8").split("\n")[:-1])


def _same(text: str, run: "list[re.Match[str]]", label: tuple[str, ...]) -> bool:
    if len(run) < len(label):
        return False
    if any(not GAP.fullmatch(text, left.end(), right.start()) for left, right in pairwise(run)):
        return False
    return all(map(_same_word, (word[0] for word in run), label)) or (
        # The genitive: "Helse Bergens ansvar".
        all(map(_same_word, (word[0] for word in run[:-1]), label[:-1])) and run[-1][0] == f"{label[-1]}s"
    )


def _same_word(written: str, word: str) -> bool:
    # An abbreviation is its capitals: SiV is a hospital, siv a plant and Siv a person.
    return written == word if sum(map(str.isupper, word)) > 1 else written.casefold() == word.casefold()


@cache
def _names() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """By the first word of a name: its words, and the paths of those that bear it; longer names first."""
    bearers: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    graph = load()
    for kind in CLASSES:
        for organisation in graph.subjects(RDF.type, kind):
            for relation in (SKOS.prefLabel, SKOS.altLabel):
                for label in graph.objects(organisation, relation):
                    if str(label)[0].isupper() and getattr(label, "language", None) != "en":
                        bearers[tuple(WORD.findall(str(label)))].add(str(organisation).removeprefix(BASE))
    index: defaultdict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for words, paths in sorted(bearers.items(), key=lambda item: (-len(item[0]), item[0])):
        index[words[0].casefold()].append((words, tuple(sorted(paths))))
        if len(words) == 1:
            index[f"{words[0]}s".casefold()].append((words, tuple(sorted(paths))))
    return dict(index)
