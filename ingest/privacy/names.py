"""Which words of a text can be the name of a person, and where such a name ends."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rdflib import ORG, RDF, SKOS

from ingest.actors.organisations import mentions, municipalities
from ontology import load

Span = tuple[int, int]

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MOST_WORDS = 5  # in one name
PARTICLES = frozenset({"af", "al", "av", "bin", "da", "de", "den", "der", "du", "el", "la", "van", "von"})
# Given names that are ordinary words, months or abbreviations too: alone they say nothing.
WORDS_TOO = frozenset(
    """are ask bo dag dan edel eli even frank gard gry gunn hans hauk helle jan jo kai kim line liv live lone lykke
    magna mai may norma odd per rein rose sander siv stein sten stella tale tim tom tone tor una uni unn vilde
    viola""".split()  # noqa: SIM905
)
# A run of capitalised words before these is a body: "Martina Hansens hospital".
INSTITUTION = re.compile(
    r".*(?:kommun(?:e|en|ar|er|ane|ene)|fylke|fylket|sykehus|sykehuset|sjukehus|sjukehuset|hospital|klinikk|klinikken|"
    r"senter|senteret|institutt|instituttet|universitet|universitetet)",
    re.IGNORECASE,
)
# Or a street, a prize, a disease. Only in lower case: Solheim is a surname.
NAMED_AFTER = re.compile(
    r".*(?:gat(?:e|en|a)|vei(?:en)?|veg(?:en)?|plass(?:en)?|torg(?:et)?|allé|skole|skule|kirke|kyrkje|heim|hjem|hus|"
    r"minne|legat|stiftelse|sykdom(?:men)?|sjukdom(?:en)?|syndrom|pris(?:en)?|metode(?:n)?|test|lov|modell(?:en)?)"
)
# Compounds of these end no surname: "Fagavdeling", "Helselederforum".
NO_SURNAME = re.compile(
    INSTITUTION.pattern + r"|.*(?:avdelinga?|seksjon|enhet|utval|utvalg|møte|møtet|råd|rådet|direktorat|departement|"
    r"foretak|føretak|forening|foreining|forbund|nemnd|tjeneste[nr]?|teneste[nr]?|avtale[nr]?|forskrift|plan(?:en)?|"
    r"leder|leiar|sjef|direktør|rådgiver|rådgivar|representant|koordinator|gruppe|prosjekt|team|omsorg|helse|forum|"
    r"dato|ordfører|ordførar|rådmann)",
    re.IGNORECASE,
)
# Nouns end like this, and so do a few surnames: a given name must stand before those.
NOUN = re.compile(r".*(?:ing|sjon|het|skap)", re.IGNORECASE)
# "Sankt Olav" and "kong Harald" are nobody's private names.
TITLED = re.compile(r"\b(?:st|sankt|kong|kongen|dronning|prins|prinsesse)\b\.?\s?\Z", re.IGNORECASE)
LONGEST_SURNAME_THAT_IS_A_WORD = 6  # Berg, Strand


@dataclass(frozen=True, slots=True)
class Word:
    """A word at start to end of a text."""

    start: int
    end: int
    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of a double name: Anne and Britt."""
        return tuple(re.split(r"['’-]", self.text))


class Names:
    """The words of a text, counted from 0, and what they can be.

    >>> names = Names("Kari van der Berg, Berg kommune")
    >>> names.given(0), names.end(0), names.possible(4)
    (True, 4, False)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [Word(found.start(), found.end(), found[0]) for found in WORD.finditer(text)]
        self.place = {word.start: place for place, word in enumerate(self.words)}
        self.common = {word.text for word in self.words if word.text.islower()}
        self.taken = self._organisations()

    def span(self, place: int, end: int) -> Span:
        """Where the words from one place up to another stand in the text."""
        return self.words[place].start, self.words[end - 1].end

    def inside(self, spans: Iterable[Span]) -> Iterator[int]:
        """The places of the words in spans that begin with a word."""
        for start, end in spans:
            place = self.place.get(start)
            while place is not None and place < len(self.words) and self.words[place].start < end:
                yield place
                place += 1

    def possible(self, place: int, first: int | None = None) -> bool:
        """Whether a word looks like part of a name (that begins with the word at `first`)."""
        if place >= len(self.words) or place in self.taken or not _name_form(self.words[place]):
            return False
        word = self.words[place].text
        if first is not None and word.isupper() != self.words[first].text.isupper():
            return False
        lower = word.lower()
        if lower in _given_names():
            return True
        if NOUN.fullmatch(word) and (first is None or not self.given(first)):
            return False
        ordinary = len(word) > LONGEST_SURNAME_THAT_IS_A_WORD and lower in self.common
        return not (ordinary or lower in ordinary_words() or lower in _role_names() or NO_SURNAME.fullmatch(word))

    def given(self, place: int) -> bool:
        """Whether a word is a given name."""
        word = self.words[place]
        known = word.text.lower() in _given_names() or all(part.lower() in _given_names() for part in word.parts)
        if not known or not self.possible(place) or (word.text.isupper() and not self.only_given(place)):
            return False
        return not TITLED.search(self.text, max(0, word.start - 12), word.start)

    def only_given(self, place: int) -> bool:
        """Whether a given name is no other word as well."""
        return self.words[place].text.lower() not in WORDS_TOO

    def ordinary(self, place: int, end: int) -> bool:
        """Whether one of the words also stands in lower case in the text."""
        return any(self.words[step].text.lower() in self.common for step in range(place, end))

    def end(self, place: int) -> int:
        """The place after the last word of the name that begins here."""
        end = place + 1
        while end < min(place + MOST_WORDS, len(self.words)):
            after = self._after_particles(end)
            if self.joined(after) and (self.possible(after, place) or self._initial(after)):
                end = after + 1
            elif self._wrapped(end, place):
                end += 1
            else:
                break
        return end

    def patronymic(self, place: int) -> bool:
        """Two words of which the second is a given name and "sen": a name even when the first is in no table."""
        if not (self.possible(place) and self.joined(place + 1) and self.possible(place + 1, place)):
            return False
        surname = self.words[place + 1].text.lower()
        stem = surname.removesuffix("sen")
        made = stem != surname and {stem, f"{stem}s", f"{stem}e"} & _given_names()
        return bool(made) and not self.ordinary(place, place + 2)

    def surname_first(self, place: int) -> bool:
        """Whether a given name follows its surname and a comma at the beginning of a line: "Berg, Kari"."""
        if place == 0 or not self.possible(place - 1) or self.words[place - 1].text in municipalities():
            return False
        before, word = self.words[place - 1], self.words[place]
        margin = self.text[max(0, before.start - 4) : before.start].rpartition("\n")[2]
        begins = not margin.strip(" \t•-")
        return begins and self.text[before.end : word.start] == ", " and not self.joined(place + 1)

    def joined(self, place: int) -> bool:
        """Whether one blank parts this word from the one before (or ". " after an initial)."""
        if not 0 < place < len(self.words):
            return False
        gap = self.text[self.words[place - 1].end : self.words[place].start]
        return gap in {" ", "\xa0"} or (gap in {". ", "."} and self._initial(place - 1))

    def alone(self, place: int) -> bool:
        """Whether the word is all there is in its line or table cell."""
        word = self.words[place]
        before, after = self.text[max(0, word.start - 3) : word.start], self.text[word.end : word.end + 3]
        return bool(
            re.search(r"(?:\A|[\r\n\t]|[ \xa0]{2})[ \xa0]?\Z", before)
            and re.match(r"[ \xa0]?(?:\Z|[\r\n\t]|[ \xa0]{2})", after)
        )

    def _organisations(self) -> set[int]:
        """The places of words that belong to an organisation, a street or the like."""
        known = ((found.start, found.end) for found in mentions(self.text))
        taken = set(self.inside(span for span in known if not WORD.fullmatch(self.text, *span)))
        for place, word in enumerate(self.words):
            closing = INSTITUTION.fullmatch(word.text) or (word.text.islower() and NAMED_AFTER.fullmatch(word.text))
            if place in taken or not closing:
                continue
            before = place
            while place - before < 3 and self.joined(before) and _name_form(self.words[before - 1]):
                before -= 1
            if word.text.lower().startswith("kommun"):
                # Columns run together: "Kari Berg Larvik kommune" is a person and a municipality.
                run = [step.text for step in self.words[before:place]]
                sizes = (size for size in (3, 2, 1) if " ".join(run[-size:]) in municipalities())
                before = max(before, place - next(sizes, 1))
            taken.update(range(before, place + 1))
        return taken

    def _initial(self, place: int) -> bool:
        return place < len(self.words) and len(self.words[place].text) == 1 and self.words[place].text.isupper()

    def _after_particles(self, place: int) -> int:
        """The place after "van der", "von" and the like."""
        while place < len(self.words) and self.joined(place) and self.words[place].text in PARTICLES:
            place += 1
        return place

    def _wrapped(self, place: int, first: int) -> bool:
        """Whether a line ends between given name and surname, in running text and not in a column of given names."""
        gap = self.text[self.words[place - 1].end : self.words[place].start]
        return (
            bool(re.fullmatch(r"[ \t]*\r?\n\f?[ \t]*", gap))
            and all(self.given(step) for step in range(first, place))
            and not self.alone(first)
            and not self.surname_first(first)
            and self.possible(place, first)
            and self.words[place].text.lower() not in self.common
        )


def ordinary_words() -> frozenset[str]:
    """Words in lower case that may stand with a capital and yet name no person or place."""
    return _table("ordinary_words.txt")


@cache
def roles() -> tuple[str, ...]:
    """The names of offices and roles in both languages, the longest first."""
    graph = load()
    labels = {
        str(label)
        for role in graph.subjects(RDF.type, ORG.Role)
        for relation in (SKOS.prefLabel, SKOS.altLabel)
        for label in graph.objects(role, relation)
        if getattr(label, "language", None) != "en"
    }
    return tuple(sorted(labels, key=lambda label: (-len(label), label)))


def _name_form(word: Word) -> bool:
    if word.text.isupper():
        return len(word.text) > 2
    return all(part[:1].isupper() and (len(part) == 1 or part[1:].islower() or part[:2] == "Mc") for part in word.parts)


@cache
def _role_names() -> frozenset[str]:
    return frozenset(roles())


def _given_names() -> frozenset[str]:
    return _table("given_names.txt")


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset((files("ingest.privacy") / name).read_text(encoding="utf-8").lower().split())
