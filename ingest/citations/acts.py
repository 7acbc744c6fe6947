"""The acts and regulations that the ontology holds, by every name they go by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import cast

import snowballstemmer
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal

from ontology import BASE, HJ, load

TITLE = re.compile(r"\s*(lov|forskrift)\s+(?:om|til|for)\s", re.IGNORECASE)
BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
YEAR = re.compile(r"\s\d{4}$")
# "-loven", "-lova", "-lovens", "-lov": the definite and genitive endings of both written languages.
ENDING = re.compile(r"(lov|forskrift)(?:en|a|er|ene)?s?$")
WORD = re.compile(r"[^\W\d_]+")
# A title that changes other rules carries their short titles, not its own: "Forskrift om endring i …(…forskriften)".
CHANGING = re.compile(r"\s*(?:lov|forskrift)\s+om\s+endring", re.IGNORECASE)
# One letter makes another name of a short one: "vannforskriften", "brannforskriften".
SHORTEST_WITH_SLIP = 8
# A server reads texts without end: what it remembers of their words must not grow so.
WORDS_KEPT = 1 << 16
AND_MORE = {"m", "mm", "v", "mv"}  # "m.m.", "mv." and "m.v." at the end of a title


@dataclass(frozen=True, slots=True)
class Act:
    """An act or regulation, and the days from and to which it applies; without a first day it is not in force yet."""

    path: str
    applies_from: date | None = None
    applies_to: date | None = None

    def applies(self, on: date | None) -> bool:
        """Whether it applied that day; without a day, whether it applies with no end known."""
        if self.applies_from is None:
            return False
        if on is None:
            return self.applies_to is None
        return self.applies_from <= on and (self.applies_to is None or on <= self.applies_to)


@dataclass(frozen=True, slots=True)
class Title:
    """A step in the tree of full titles: the acts whose title ends here, and the words that may follow."""

    paths: set[str]
    following: "dict[str, Title]"


@dataclass(frozen=True, slots=True)
class Acts:
    """The register: acts by path, short title, abbreviation and words of the full title, and the provisions known."""

    acts: Mapping[str, Act]
    names: Mapping[str, tuple[str, ...]]
    abbreviations: Mapping[str, tuple[str, ...]]
    titles: Title
    headings: Mapping[str, str]
    lists: Mapping[tuple[str, str], tuple[int, int]]
    rubrics: Mapping[str, frozenset[str]]
    slips: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, graph: Graph) -> "Acts":
        """The register of the acts in a graph that follows `ontology/laws.ttl`."""
        acts: dict[str, Act] = {}
        names: defaultdict[str, list[str]] = defaultdict(list)
        abbreviations: defaultdict[str, list[str]] = defaultdict(list)
        subjects: dict[str, str] = {}
        titles = Title(set(), {})
        for node in sorted(graph.subjects(RDF.type, HJ.Act), key=str):
            path = str(node).removeprefix(BASE)
            acts[path] = Act(path, *(_day(graph.value(node, limit)) for limit in (HJ.appliesFrom, HJ.appliesTo)))
            for label in sorted(_labels(graph, node)):
                for short in _short_titles(label):
                    names[name_key(short)].append(path)
                if TITLE.match(label):
                    words = stems(BRACKETS.sub("", YEAR.sub("", label)))
                    _grow(titles, words, path)
                    # "Forskrift om særavgifter" is called "særavgiftsforskriften", whether the list says so or not.
                    if len(words) == len(("forskrift", "om", "særavgift")):
                        subjects[words[2] + words[0]] = path
            for abbreviation in graph.objects(node, HJ.abbreviation):
                abbreviations[str(abbreviation).rstrip(".").casefold()].append(path)
        for key in subjects.keys() - names.keys():
            names[key].append(subjects[key])
        headings = {
            str(node).removeprefix(BASE): str(graph.value(node, DCTERMS.title) or "")
            for node in sorted(graph.subjects(RDF.type, HJ.Provision), key=str)
        }
        return cls(
            acts,
            {key: tuple(dict.fromkeys(paths)) for key, paths in names.items()},
            {key: tuple(dict.fromkeys(paths)) for key, paths in abbreviations.items()},
            titles,
            headings,
            _lists(headings),
            _rubrics(headings),
            _slips(names),
        )

    def nearly_named(self, name: str) -> tuple[str, ...]:
        """The acts whose long short title is written here with one letter wrong, lost or too many, if no others are.

        >>> register().nearly_named("skadeerstatningslova"), register().nearly_named("barnelova")
        (('lov/1969-06-13-26',), ())
        """
        key = name_key(name)
        near = {known for shape in _shapes(key) for known in self.slips.get(shape, ())}
        alike = {known for known in near if _read_alike(known) == _read_alike(key)}
        meant = {self.names[known] for known in alike or near}
        return meant.pop() if len(meant) == 1 else ()

    def in_force(self, paths: Iterable[str], on: date | None) -> str | None:
        """The act among those of one name that a text of that day means: the one that applied, else the newest before.

        >>> register().in_force(["lov/1992-12-04-126", "lov/2025-06-20-96"], date(2024, 5, 1))
        'lov/1992-12-04-126'
        """
        candidates = sorted(
            (self.acts[path] for path in paths), key=lambda act: (act.applies_from or date.max, act.path)
        )
        applying = [act for act in candidates if act.applies(on)]
        earlier = [act for act in candidates if act.applies_from and (on is None or act.applies_from <= on)]
        chosen = applying or earlier or candidates[:1]
        return chosen[-1].path if chosen else None

    def day_of(self, paths: Iterable[str]) -> date | None:
        """The last day that a text can be of which cites these acts, if one of them is repealed and the others fit.

        Only acts count that share no name with another. A repealed act beside a later one is history and tells nothing.

        >>> register().day_of(["lov/1992-07-17-100", "lov/2011-06-24-30"]), register().day_of(["lov/1982-11-19-66"])
        (datetime.date(2022, 12, 31), datetime.date(2011, 12, 31))
        """
        shared = {path for same in self.names.values() if len(same) > 1 for path in same}
        cited = [self.acts[path] for path in set(paths) - shared if path in self.acts]
        repealed = min((act.applies_to for act in cited if act.applies_to), default=None)
        in_force = all(act.applies_from is None or repealed is None or act.applies_from <= repealed for act in cited)
        return repealed if in_force else None

    def made(self, kind: str, day: date) -> tuple[str, ...]:
        """The acts ("lov") or regulations ("forskrift") given that day."""
        prefix = f"{kind}/{day.isoformat()}"
        return tuple(path for path in self.acts if path == prefix or path.startswith(prefix + "-"))

    def numbered(self, law: str, section: str) -> tuple[int, int] | None:
        """The ledd of a section that is a numbered list, and how many numbers it has, as far as the register knows.

        >>> register().numbered("lov/2011-06-24-30", "6-2")
        (1, 13)
        """
        return self.lists.get((law, section))

    def has_section(self, law: str, section: str) -> bool:
        """Whether the register holds this section of this act."""
        return f"{law}/par-{section}" in self.headings


@cache
def register() -> Acts:
    """The acts of the ontology."""
    return Acts.of(load())


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A short title without its ending, blanks, hyphens and capitals, so that every way of writing it is one.

    >>> name_key("Helse-og omsorgstjenestelovens"), name_key("helse- og omsorgstjenestelova")
    ('helseogomsorgstjenestelov', 'helseogomsorgstjenestelov')
    """
    return ENDING.sub(r"\1", "".join(WORD.findall(name)).casefold())


def stems(title: str) -> list[str]:
    """The words of a title without endings, so that singular, plural and definite forms are one.

    >>> stems("Lov om spesialisthelsetjenesten m.m.")
    ['lov', 'om', 'spesialisthelsetjenest']
    """
    return [stem(word) for word in WORD.findall(title) if word.casefold() not in AND_MORE]


@lru_cache(maxsize=WORDS_KEPT)
def stem(word: str) -> str:
    """A word without its ending."""
    return cast("str", snowballstemmer.stemmer("norwegian").stemWord(word.casefold()))


def _slips(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """The names by each shape they have with one letter left out."""
    slips: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for shape in _shapes(name):
            slips[shape].add(name)
    return {shape: frozenset(known) for shape, known in slips.items()}


@lru_cache(maxsize=4096)
def _shapes(key: str) -> frozenset[str]:
    """A key with enough letters before "lov" or "forskrift", and what is left of it without each of its letters."""
    if len(ENDING.sub("", key)) < SHORTEST_WITH_SLIP:
        return frozenset()
    key = _read_alike(key)
    return frozenset([key, *(key[:at] + key[at + 1 :] for at in range(len(key)))])


def _read_alike(key: str) -> str:
    """The key with letters as one that a scan takes for each other: "barnevemlov"."""
    return key.replace("rn", "m")


def _labels(graph: Graph, node: object) -> set[str]:
    return {
        str(label)
        for property_ in (SKOS.prefLabel, SKOS.altLabel, DCTERMS.title)
        for label in graph.objects(node, property_)  # type: ignore[arg-type]
        if isinstance(label, Literal) and label.language in ("nb", "nn")
    }


def _short_titles(label: str) -> Iterator[str]:
    """The name in brackets after a full title, or the label itself; in a regulation's brackets may stand its act."""
    if CHANGING.match(label):
        return
    title = TITLE.match(label)
    for name in [*BRACKETS.findall(label), BRACKETS.sub("", label)]:
        short = YEAR.sub("", name).strip()
        ending = ENDING.search(short.casefold())
        if ending and not TITLE.match(short) and (title is None or title[1].casefold() == ending[1]):
            yield short


def _grow(tree: Title, words: list[str], path: str) -> None:
    for word in words:
        tree = tree.following.setdefault(word, Title(set(), {}))
    tree.paths.add(path)


def _lists(paths: Iterable[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """By act and section: the one ledd of it that is a numbered list, and how many numbers that has."""
    listed: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for path in paths:
        steps = path.split("/")
        if len(steps) == 5 and steps[2].startswith("par-") and steps[4].startswith("nr-"):
            listed["/".join(steps[:2]), steps[2].removeprefix("par-")].append(steps[3])
    return {
        place: (int(ledd[0].removeprefix("ledd-")), len(ledd))
        for place, ledd in listed.items()
        if len(set(ledd)) == 1 and ledd[0].startswith("ledd-")
    }


def _rubrics(headings: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The words of the headings that sections of one number have, in any act."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    for path, heading in headings.items():
        if "/par-" in path:
            words[path.split("/par-")[1]].update(heading.casefold().split())
    return {section: frozenset(found) for section, found in words.items()}


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value is not None else None
