"""Who bears a duty, a right or a task: the classes of the actors that a subject names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from rdflib import ORG, RDF, SKOS, Literal

from ontology import HJ, load
from ontology.lexicon import WORD, Lexicon, Match

# "Hver av partene", "en av eller begge partene", "Representanter fra sykehuset": the actor comes after these.
OPENING = re.compile(
    r"\s*(?:(?:hver|kvar|hvert|kvart|en|ein|ei|et|eit|ett|eitt|én|éin|begge|ingen|alle|noen|nokon|den|det|de|dei|enkelte?|"
    r"eller|og|også|òg|både|minst|to|tre|fire|fem|\d+|øvrige|øvrig|andre|tilhørende|tilhøyrande|aktuelle|involverte|"
    r"deltakende|deltakande|samarbeidende|representant\w*|medlem\w*|aktør\w*|deltaker\w*|deltakar\w*|ledelsen|leiinga|"
    r"administrativ ledelse|administrasjonen|derfor|difor|da|så|ikke|ikkje|"
    r"(?:(?<=\w )(?:av|i|fra|frå|for|ved|hos|på|begge|alle)(?= )))\s+)*",
    re.IGNORECASE,
)
PREPOSITIONS = frozenset(
    (
        *("i", "på", "til", "av", "for", "med", "ved", "om", "fra", "frå", "under", "mellom", "etter", "hos", "mot"),
        *("gjennom", "innen", "innan", "uten", "utan", "som", "der", "hvor", "at"),
    )
)
FORM = re.compile(r"\w+")
BOUNDARY = re.compile(r"[,/;]|\b(?:og|eller|samt|både)\b", re.IGNORECASE)
JOINED = re.compile(r"\s*(?:,|/|\bog\b|\beller\b|\bsamt\b)[\w\s-]{0,25}", re.IGNORECASE)
GENITIVE = re.compile(r"\w+(?:en|et|ene|ane|a|[A-ZÆØÅ])s")
FIRST_WORD = re.compile(rf"\s*(?P<word>{WORD.pattern})")
CHAIR = re.compile(r"(?:nest)?le(?:der|iar)(?:en)? (?:av|for|i) ", re.IGNORECASE)
DEFINED = re.compile(
    r"\((?:\w+ )?(?:heretter|her|i det følgende|seinare|senere)"
    r"(?: (?:kalt|kalla|benevnt|nemnt|omtalt(?: som)?|forkortet))?:? "
    r"[«\"”“]?(?P<name>[\w-]+(?: \w+)?)[»\"”“]?\)",
    re.IGNORECASE,
)
NOBODY = "-"
LONGEST_SUBJECT = 200
"""What is longer is no subject but what stands before one, and not said again."""

# Things and beneficiaries do not act: "samarbeidet skjer", "pasienten får".
PATIENTS = frozenset(
    ("AVTALEN", "SAMARBEIDET", "PASIENTER", "PÅRØRENDE", "BEFOLKNINGEN", "BARN OG UNGE", "HELSETJENESTEN")
)
AGENT = re.compile(r"\bav(?: de| dei)?(?: ansvarlige| ansvarlege)?:?(?= )", re.IGNORECASE)


class Actor(NamedTuple):
    """An actor named at start to end of a text, by its class: "KOMMUNENE", "SSU"."""

    start: int
    end: int
    kind: str


class Bearers:
    """The actors of one document: those everybody knows, and those it defines ("heretter kalt Foretaket").

    >>> bearers = Bearers("Inngått mellom Nordheim kommune (heretter kalt Vertskapet) og Sykehuset Sør HF.")
    >>> bearers.of("Representanter fra sykehuset og tilhørende kommuner, fastleger og brukere")
    ('SYKEHUSET', 'KOMMUNENE', 'FASTLEGER', 'BRUKERE')
    >>> bearers.of("Samarbeidet mellom sykehuset og kommunene"), bearers.of("Vertskapet")
    (('SAMARBEIDET',), ('KOMMUNENE',))
    """

    def __init__(self, text: str = "") -> None:
        self._defined: dict[str, str] = {}
        for found in DEFINED.finditer(text):
            before = self.named(text[max(0, found.start() - 200) : found.start()])
            if before and not self.of(found["name"]):
                self._defined[found["name"].lower()] = before[-1].kind

    def of(self, subject: str) -> tuple[str, ...]:
        """The classes of the actors that are the head of a subject, in order."""
        return tuple(dict.fromkeys(actor.kind for actor in self.heads(subject)))

    def named(self, text: str) -> list[Actor]:
        """Every actor named in a text, in order, genitives left out."""
        found = list(_known(text))
        for name, kind in self._defined.items():
            found += [
                Actor(*place.span(), kind) for place in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
            ]
        return sorted(found, key=lambda actor: actor.start)

    def may_begin(self, words: str) -> bool:
        """Whether an actor may be what some words begin with: soon told, and true of few."""
        opening = FIRST_WORD.match(words)
        if opening is None:
            return False
        first = opening["word"]
        return _lexicon().labels.may_begin(first) or any(name.startswith(first.lower()) for name in self._defined)

    @staticmethod
    def is_body(kind: str) -> bool:
        """Whether a class is a committee, council or other body, and no organisation or person."""
        return kind in _lexicon().bodies

    def heads(self, subject: str) -> Iterator[Actor]:
        """The actors that are the head of a subject, not what it says of them ("kommunene i fylket")."""
        opening = OPENING.match(subject)
        reached = opening.end() if opening else 0
        first: Actor | None = None
        passed: Actor | None = None
        for actor in self.named(subject):
            if actor.start < reached:
                if opening and actor.end > opening.end() - 1:
                    continue
                reached = 0
            between = subject[reached : actor.start]
            boundary = list(BOUNDARY.finditer(between))
            before = between[: boundary[0].start()].strip() if boundary else ""
            if first is None and before and not before.endswith("-"):
                return
            led = between[boundary[-1].end() if boundary else 0 :]
            if not PREPOSITIONS.isdisjoint(FORM.findall(led.lower())):
                if first is None:
                    return
                passed = actor
            elif (
                passed and JOINED.fullmatch(subject, passed.end, actor.start) and not self._alike(first, actor, passed)
            ):
                passed = actor
            else:
                first = Actor(actor.start, actor.end, self._chaired(subject, actor))
                yield first
            reached = actor.end

    def _chaired(self, subject: str, actor: Actor) -> str:
        """The class of a chair, whose body belongs to it: "Leder av SSU"."""
        chair = CHAIR.match(subject, actor.start)
        over = next(iter(self.named(subject[chair.end() :])), None) if chair else None
        if chair and over and over.start == 0 and over.kind in _lexicon().bodies:
            return f"LEDER AV {over.kind}"
        return actor.kind

    def agents(self, clause: str) -> tuple[str, ...]:
        """Those by whom something is done: "godkjennes av kommunestyret og styret".

        >>> Bearers().agents("godkjennes av kommunestyret i kommunen og styret for helseforetaket")
        ('KOMMUNESTYRET', 'STYRET')
        """
        for found in AGENT.finditer(clause):
            if agents := self.of(clause[found.end() :]):
                return () if agents[0] == "SAMARBEIDET" else agents
        return ()

    @staticmethod
    def _alike(first: Actor | None, actor: Actor, passed: Actor) -> bool:
        """Whether "… og X" joins the head of "ordførere i kommunene", not the phrase after it."""
        sort = _lexicon().sort
        return first is not None and sort(first) == sort(actor) != sort(passed)


def _known(text: str) -> tuple[Actor, ...]:
    """The actors that everybody knows."""
    return _known_once(text) if len(text) <= LONGEST_SUBJECT else _known_anew(text)


@lru_cache(maxsize=1 << 10)
def _known_once(subject: str) -> tuple[Actor, ...]:
    # Agreements say the same few subjects again and again.
    return _known_anew(subject)


def _known_anew(text: str) -> tuple[Actor, ...]:
    return tuple(
        Actor(match.start, match.end, match.key)
        for match in _longest(_lexicon().labels.find(text))
        # "pasient- og brukerorganisasjoner" is one thing of two parts.
        if match.part != "modifier" and match.key != NOBODY and text[match.end : match.end + 1] != "-"
        if not GENITIVE.fullmatch(text, match.start, match.end)
    )


@lru_cache(maxsize=1 << 16)
def is_actor(word: str) -> bool:
    """Whether a single word names an actor: the word before a verb that might be a noun."""
    return any(match.part != "modifier" for match in _lexicon().labels.find(word))


@dataclass(frozen=True, slots=True)
class _Actors:
    labels: Lexicon
    persons: frozenset[str]
    bodies: frozenset[str]

    def sort(self, actor: Actor) -> str:
        if actor.kind in self.persons:
            return "person"
        return "body" if actor.kind in self.bodies else "organisation"


def _longest(matches: Iterator[Match]) -> Iterator[Match]:
    """One match for each place: words of the table come first."""
    reached = -1
    for match in matches:
        if match.start >= reached:
            reached = match.end
            yield match


def _agent_endings(word: str) -> tuple[str, ...]:
    if word.islower() and word.endswith("er"):
        return ("e", "ne")
    return ("ar", "ane") if word.islower() and word.endswith("ar") else ()


@cache
def _lexicon() -> _Actors:
    graph = load()
    kinds: dict[str, str] = {}
    persons, bodies = set[str](), set[str]()
    labels: list[tuple[str, str]] = []
    for line in files(__package__).joinpath("bearers.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition(": ")
            if name.startswith("*"):
                name = name[1:]
                persons.add(name)
            kinds |= dict.fromkeys(words.split(", "), name)
    # The stemmer does not know the definite plural of agents: "brukerne", "leiarane".
    kinds |= {f"{word}{ending}": name for word, name in kinds.items() for ending in _agent_endings(word)}
    labels += [(kind, word) for word, kind in kinds.items()]
    for kind in (HJ.BodyKind, ORG.Role, HJ.HealthTrust, HJ.RegionalHealthAuthority):
        for thing in graph.subjects(RDF.type, kind):
            written = [
                str(name)
                for relation in (SKOS.prefLabel, SKOS.altLabel)
                for name in graph.objects(thing, relation)
                if not (isinstance(name, Literal) and name.language == "en")
            ]
            preferred = next(
                str(name)
                for name in graph.objects(thing, SKOS.prefLabel)
                if isinstance(name, Literal) and name.language == "nb"
            )
            acronym = next((name for name in sorted(written) if name.isupper() and kind == HJ.BodyKind), None)
            own = {HJ.HealthTrust: "SYKEHUSET", HJ.RegionalHealthAuthority: "RHF"}.get(kind)
            known = next((kinds[name] for name in written if name in kinds), None)
            named = own or known or acronym or preferred.upper()
            if kind == ORG.Role:
                persons.add(named)
            elif kind == HJ.BodyKind:
                bodies.add(named)
            written += [f"{name}{ending}" for name in written for ending in _agent_endings(name)]
            labels += [(named, name) for name in written if name not in kinds]
    return _Actors(Lexicon(labels), frozenset(persons), frozenset(bodies))
