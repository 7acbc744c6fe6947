"""Find the ontology's labels in any text, whatever their inflection.

A trie over stemmed words, not spaCy's PhraseMatcher: spaCy's tokeniser alone takes longer than this whole search, and
every token would still have to be given its stem by hand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

import snowballstemmer
from rdflib import URIRef
from rdflib.namespace import RDF, SKOS

from ontology import load

WORD = re.compile(r"[^\W_]+")
PIECES = re.compile(rf"({WORD.pattern})")
# What may stand between two words of any label: "IKT løsning", "IKT-løsning", "frisklivs- og …", "fødsel/barsel". Other
# marks end a phrase unless the label has them ("St. Olavs hospital"); a line break, which sets apart, always does.
GLUE = re.compile(r"[ \t\xa0]*[-\u2010-\u2015/]?[ \t\xa0]*")
SHARED_ENDING = re.compile(r"-(?:, [^\W_]+-)* (?:og|eller|samt) (?P<word>[^\W_]+)")
DERIVATION = re.compile(r"e?leg|e?lig|e?ig|els|(?:hets|s|e)?lov")
# Shorter words are no safe part of a compound: "planet" is no plan, and "samhandlingsplan" no handlingsplan.
SHORTEST_PART = 5
SHORTEST_REST = 4
# No Norwegian word is longer; a run of letters that is, came out of a broken file.
LONGEST_WORD = 60
# So long a text is a document, and no sentence of one.
WHOLE_TEXT = 2000
# A server reads texts without end: what it remembers of their words must not grow so.
REMEMBERED = 200_000

Part = Literal["whole", "head", "modifier"]


class Match(NamedTuple):
    """A label found at start to end. `part` tells whether it is the last or the first part of a longer compound.

    The last part of a Norwegian compound is what the thing is ("helseberedskap" is beredskap); the first only says what
    it has to do with ("beredskapsarbeid").
    """

    start: int
    end: int
    key: str
    label: str
    part: Part = "whole"

    @property
    def compound(self) -> bool:
        """Whether the label is only a part of the word found."""
        return self.part != "whole"


class _Cut(NamedTuple):
    """A text cut at its words: word `i` is piece `2i + 1`, between its gaps; `ends` tells where each piece ends."""

    pieces: list[str]
    ends: list[int]

    def span(self, index: int) -> tuple[int, int]:
        """Where a word stands."""
        return self.ends[2 * index], self.ends[2 * index + 1]


@dataclass(slots=True)
class _Node:
    """A place in the trie: the words that may come next, and the labels that end here."""

    next: "dict[str, _Node]"
    labels: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Word:
    """What is known of one word form: its stem, the labels it may begin, and those it holds as a compound.

    `beginning` is the form in small letters if it may be the beginning of a label, or nothing.
    """

    stem: str
    node: _Node | None
    compounds: tuple[tuple[str, str, Part], ...]
    beginning: str
    idle: bool
    """Most words are: none of these."""


class Lexicon:
    """Labels, each under a key, to be found in texts. Two keys may share a label, and a key have many.

    >>> lexicon = Lexicon([("nr-5", "utskrivningsklar pasient"), ("nr-11", "beredskap")])
    >>> text = "Utskrivningsklare pasienter, og beredskapsarbeid"
    >>> [(found.key, text[found.start : found.end], found.compound) for found in lexicon.find(text)]
    [('nr-5', 'Utskrivningsklare pasienter', False), ('nr-11', 'beredskapsarbeid', True)]
    """

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        self._root = _Node({}, [])
        self._words: dict[str, _Word] = {}
        self._single: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._written: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, label in dict.fromkeys(labels):
            written = WORD.findall(label)
            marks = [_mark(gap) for gap in WORD.split(label)[1:-1]]
            if not written:
                raise ValueError(f"The label {label!r} of {key} has no word in it: write one, or leave it out.")
            if "-" in label and len(written) == 2:
                # "IKTløsninger", "ehelse"
                self._add(["".join(written)], [], key, label)
            self._add(written, marks, key, label)
            if any(marks):
                # "St Olavs hospital"
                self._add(written, [""] * len(marks), key, label)
        self._beginnings: defaultdict[str, list[str]] = defaultdict(list)
        for single in self._single:
            for length in range(3, len(single)):
                self._beginnings[single[:length]].append(single)

    def _add(self, written: list[str], marks: list[str], key: str, label: str) -> None:
        *path, last = [
            [mark + form for form in _label_stems(word)] for mark, word in zip(["", *marks], written, strict=True)
        ]
        nodes = [self._root]
        for forms in path:
            # The forms of a word lead to the same next words, or the trie would double with every word. Each has labels
            # of its own: "legge" and "lege" have a form in common, and "legger" is no doctor.
            after: dict[str, _Node] = {}
            nodes = list({id(node.next): node for above in nodes for node in _steps(above, forms, after)}.values())
        for node in nodes:
            for form in last:
                labels = node.next.setdefault(form, _Node({}, [])).labels
                if (key, label) not in labels:
                    labels.append((key, label))
        if not path:
            self._written[written[0].lower()].append((key, label))
            for form in last:
                self._single[form].append((key, label))

    def find(self, text: str) -> Iterator[Match]:
        """Every label in the text, in order; one that stands inside another is found too.

        >>> lexicon = Lexicon([("a", "Nordheim"), ("b", "Sykehuset i Nordheim")])
        >>> [found.label for found in lexicon.find("sykehuset i Nordheim")]
        ['Sykehuset i Nordheim', 'Nordheim']
        """
        cut = _cut(text)
        known = self._words
        words = [known.get(form) or self._word(form) for form in cut.pieces[1::2]]
        for index, word in enumerate(words):
            if word.idle:
                continue
            found = self._phrases(cut, words, index) if word.node else []
            parts: list[Match] = []
            if word.beginning and (len(word.beginning) >= SHORTEST_PART or cut.pieces[2 * index + 2][:1] == "-"):
                parts.extend(self._parted(text, cut, index, word.beginning))
            if word.compounds:
                start, end = cut.span(index)
                parts.extend([Match(start, end, key, label, part) for key, label, part in word.compounds])
            # Only a compound can be found twice.
            yield from dict.fromkeys([*found, *parts]) if parts else found

    def may_begin(self, word: str) -> bool:
        """Whether a label, or a compound with one in it, may begin with a word."""
        return not (self._words.get(word) or self._word(word)).idle

    def longest(self, text: str) -> Iterator[Match]:
        """The labels in the text that do not overlap an earlier or longer one (labels of the same words all stand).

        >>> lexicon = Lexicon([("a", "Nordheim"), ("b", "Sykehuset i Nordheim")])
        >>> [found.label for found in lexicon.longest("sykehuset i Nordheim")]
        ['Sykehuset i Nordheim']
        """
        begun, reached = -1, 0
        for found in self.find(text):
            if found.start >= reached or (found.start, found.end) == (begun, reached):
                begun, reached = found.start, found.end
                yield found

    def _word(self, form: str) -> _Word:
        """What is known of a word form that is met for the first time."""
        if len(self._words) >= REMEMBERED:
            self._words.clear()
        stemmed = stem(form)
        node, plain = self._root.next.get(stemmed), form.lower()
        beginning = plain if plain in self._beginnings else ""
        compounds = self._compounds(plain, stemmed) if len(form) <= LONGEST_WORD else ()
        idle = node is None and not compounds and not beginning
        known = self._words[form] = _Word(stemmed, node, compounds, beginning, idle)
        return known

    def _phrases(self, cut: _Cut, words: list[_Word], index: int) -> list[Match]:
        """The labels whose first word this is, the longest first."""
        found: list[Match] = []
        start, node = cut.ends[2 * index], words[index].node
        while node is not None:
            if node.labels:
                end = cut.ends[2 * index + 1]
                found[:0] = [Match(start, end, key, label) for key, label in node.labels]
            if not node.next or index + 1 == len(words):
                break
            gap = cut.pieces[2 * index + 2]
            index += 1
            node = node.next.get(words[index].stem if gap == " " else _mark(gap) + words[index].stem)
        return found

    def _parted(self, text: str, cut: _Cut, index: int, beginning: str) -> list[Match]:
        """A compound whose parts are not written as one word."""
        gap = cut.pieces[2 * index + 2]
        if gap.startswith("-") and (shared := SHARED_ENDING.match(text, cut.span(index)[1])):
            # "svangerskaps- og fødselsomsorg" is svangerskapsomsorg, too.
            start, ending = cut.span(index)[0], stem(shared["word"])
            return [
                Match(start, shared.end(), key, label)
                for single in self._beginnings[beginning]
                if ending.endswith(single[len(beginning) :])
                for key, label in self._single[single]
            ]
        # "samhandlings avtale", "samhandlings-avtale"; but "med virkning fra" is no medvirkning.
        if len(beginning) < SHORTEST_PART or 2 * index + 3 >= len(cut.pieces) or _mark(gap):
            return []
        labels = self._single.get(stem(beginning + cut.pieces[2 * index + 3]), ())
        return [Match(cut.span(index)[0], cut.span(index + 1)[1], key, label) for key, label in labels]

    def _compounds(self, form: str, stemmed: str) -> tuple[tuple[str, str, Part], ...]:
        """The labels of one word that this longer word ends or begins with."""
        found: dict[tuple[str, str], Part] = dict.fromkeys(self._single.get(stemmed, ()), "whole")
        for cut in range(SHORTEST_REST, len(stemmed) - SHORTEST_PART + 1):
            for label in self._single.get(stemmed[cut:], ()):
                found.setdefault(label, "head")
        for cut in range(SHORTEST_PART, len(form) - SHORTEST_REST + 1):
            # The first part stands in its base form ("forskrift" has nothing to do with forskning); the linking s or e
            # of "beredskapsplan" and "barnepolitikk" belongs to neither part.
            if form[:cut] in self._written and len(form[cut:].lstrip("se")) >= SHORTEST_REST:
                for label in self._written[form[:cut]]:
                    found.setdefault(label, "modifier")
        return tuple((key, label, part) for (key, label), part in found.items() if part != "whole")


def _cut(text: str) -> _Cut:
    return _cut_once(text) if len(text) >= WHOLE_TEXT else _cut_anew(text)


@lru_cache(maxsize=2)
def _cut_once(text: str) -> _Cut:
    # Several lexicons look through the same document.
    return _cut_anew(text)


def _cut_anew(text: str) -> _Cut:
    pieces = PIECES.split(text)
    return _Cut(pieces, list(accumulate(map(len, pieces))))


def _steps(node: _Node, forms: list[str], after: dict[str, _Node]) -> list[_Node]:
    """Where the forms of a word lead from a node: to these next words, unless the way is known already."""
    return [node.next.setdefault(form, _Node(after, [])) for form in forms]


def _mark(gap: str) -> str:
    """What stands between two words, apart from what may stand between any: nothing, or the marks as they are."""
    return "" if gap == " " or GLUE.fullmatch(gap) else gap


@cache
def names(*kinds: URIRef) -> Lexicon:
    """The names (preferred and other) of everything in the ontology that is of these classes, under its IRI."""
    graph = load()
    return Lexicon(
        (str(thing), str(name))
        for kind in kinds
        for thing in graph.subjects(RDF.type, kind)
        for relation in (SKOS.prefLabel, SKOS.altLabel)
        for name in graph.objects(thing, relation)
    )


def stems(text: str) -> list[str]:
    """The stems of the words of a text.

    >>> stems("Utskrivingsklare pasientar")
    ['utskrivingsklar', 'pasient']
    """
    return [stem(word) for word in WORD.findall(text)]


@lru_cache(REMEMBERED)
def stem(word: str) -> str:
    """What a word form has in common with its inflections, and a verb with its noun.

    >>> {stem(word) for word in ("planlegge", "planlegger", "planlegging", "planleggje", "planleggjast")}
    {'planlegg'}
    >>> stem("utskrivning") == stem("utskriving")
    True
    """
    form = word.lower()
    found: str = _stemmer().stemWord(form)
    # Snowball takes "-lege" for an ending, which would make the doctor in "fastlege" the adjective "fast".
    if cut := DERIVATION.match(form, len(found)):
        found += cut.group()
    for ending in ("els", "ing") if found.endswith("nning") else ("els", "ning", "ing"):
        if found.endswith(ending) and len(found) - len(ending) >= SHORTEST_PART:
            found = found.removesuffix(ending)
            break
    # Nynorsk writes the j of "førebyggje" and "innleggje", and may leave it out.
    return found.removesuffix("j") if found.endswith(("gj", "kj")) else found


@cache
def _label_stems(word: str) -> frozenset[str]:
    """The stems that the forms of a base form may have: "klar" and "klare", "digital" and "digitalt", "godkjent"."""
    forms = {word, word + "e", word + "t"}
    if word.endswith("e"):
        forms |= {word[:-1] + "t", re.sub(r"(.)\1$", r"\1", word[:-1]) + "t"}
    return frozenset(map(stem, forms))


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("norwegian")
