"""Find what a sentence is about, by the ontology's search terms."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from rdflib import URIRef
from rdflib.namespace import RDF, SKOS

from ontology import HJ, load
from ontology.lexicon import Lexicon, Match, Part

Strength = Literal["explicit", "topical", "weak"]
STRENGTH_OF: dict[URIRef, Strength] = {HJ.explicitTerm: "explicit", HJ.searchTerm: "topical", HJ.weakTerm: "weak"}
# English terms are for questions: no agreement is read in English.
READ_IN = {"nb", "nn"}
RANK: dict[Strength, int] = {"explicit": 2, "topical": 1, "weak": 0}


class Topic(NamedTuple):
    """A search term found in a sentence: whose it is, how strong, and the matches of its parts that stand there."""

    key: str
    strength: Strength
    matches: tuple[Match, ...]

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return min([match.start for match in self.matches])

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return max([match.end for match in self.matches])


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A search term: all parts must be found, each in one of its alternative wordings."""

    key: str
    strength: Strength
    parts: tuple[tuple[str, ...], ...]


class Topics:
    """Search terms (key, strength, term), to be found in sentences.

    >>> topics = Topics([("nr-13", "explicit", "barn/unge + begge nivåer"), ("nr-13", "weak", "barn")])
    >>> [(found.key, found.strength) for found in topics.find("Barnet får tjenester fra begge nivåer")]
    [('nr-13', 'explicit'), ('nr-13', 'weak')]
    """

    def __init__(self, terms: Iterable[tuple[str, Strength, str]]) -> None:
        read = [Term(key, strength, alternatives(term)) for key, strength, term in dict.fromkeys(terms)]
        self.lexicon = Lexicon((label, label) for term in read for part in term.parts for label in part)
        # A term is looked for where its rarest part stands, and the next: many terms speak of "kommune".
        shared = Counter(label for term in read for part in term.parts for label in part)
        self._told_by: defaultdict[str, list[tuple[Term, frozenset[str]]]] = defaultdict(list)
        for term in read:
            rarest, *others = sorted(term.parts, key=lambda part: max(shared[label] for label in part))
            beside = frozenset(others[0]) if others else frozenset[str]()
            for label in rarest:
                self._told_by[label].append((term, beside))

    def find(self, sentence: str) -> Iterator[Topic]:
        """What one sentence is about, the strongest first."""
        yield from self.among(list(self.lexicon.find(sentence)))

    def among(self, matches: Collection[Match], *, beside: Collection[Match] = ()) -> Iterator[Topic]:
        """What a sentence is about whose words have been found already, the strongest first.

        `beside` are words of another sentence that this one completes, such as the lead-in of a list: they may hold
        parts of a term, but not all.
        """
        if not matches:
            return
        own, lent = _by_label(matches), _by_label(beside)
        said = {*own, *lent}
        # Most terms lack a part, which is sooner seen than which matches stand closest.
        likely = {
            term: None
            for label in (*own, *lent)
            for term, wanted in self._told_by.get(label, ())
            if not wanted or not said.isdisjoint(wanted)
        }
        for term in sorted(likely, key=lambda term: -RANK[term.strength]):
            if found := _nearest(term, own, lent):
                yield Topic(term.key, _strength(term, found), found)


def alternatives(term: str) -> tuple[tuple[str, ...], ...]:
    """The parts of a search term, each with its alternatives.

    >>> alternatives("gjennomgå/evaluere + hvert år")
    (('gjennomgå', 'evaluere'), ('hvert år',))
    """
    return tuple(tuple(label.strip() for label in part.split("/")) for part in term.split("+"))


@cache
def requirement_topics() -> Topics:
    """The search terms of all requirements, by their notation, and of the ways to speak of them (hj:Delegates …)."""
    graph = load()
    return Topics(
        (str(graph.value(owner, SKOS.notation)) if requirement else str(owner), strength, str(term))
        for kind, strength in STRENGTH_OF.items()
        for owner, term in graph.subject_objects(kind)
        if getattr(term, "language", None) in READ_IN
        for requirement in ((owner, RDF.type, HJ.Requirement) in graph,)
    )


def _by_label(matches: Iterable[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in matches:
        found.setdefault(match.label, []).append(match)
    return found


def _nearest(term: Term, own: dict[str, list[Match]], lent: dict[str, list[Match]]) -> tuple[Match, ...]:
    """The matches of a term's parts in the sentence, close together; none if a part is missing."""
    if len(term.parts) == 1:
        firsts = [own[label][0] for label in term.parts[0] if label in own]
        return (min(firsts, key=lambda match: match.start),) if firsts else ()
    found: list[Match] = []
    for part in term.parts:
        # "beredskapsarbeid" hints at beredskap, but is not one of several things that must be said.
        here = [match for label in part if label in own for match in own[label] if match.part != "modifier"]
        if here:
            place = found[-1].start if found else 0
            found.append(min(here, key=lambda match: abs(match.start - place)))
        elif lent.keys().isdisjoint(part):
            return ()
    said_beside = bool(lent) and not any(lent.keys().isdisjoint(part) for part in term.parts)
    return () if said_beside and len(found) < len(term.parts) else tuple(found)


def _strength(term: Term, found: tuple[Match, ...]) -> Strength:
    # A term of one part has one match; one of several parts is none that a compound only holds.
    part: Part = found[0].part if len(term.parts) == 1 else "whole"
    if part == "modifier":
        return "weak"
    return "topical" if part == "head" and term.strength == "explicit" else term.strength
