"""Find the bodies that a text names: by the ontology's kinds of body, by a text's own abbreviations, by their look."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from rdflib import RDF, RDFS, SKOS, URIRef

from ingest.cue import Cue
from ingest.iri import slug
from ontology import BASE, HJ, load
from ontology.lexicon import Lexicon

COMMUNITY = "helsefellesskap"
# The organs of the parties themselves; the agreement only refers to them.
OUTSIDE = frozenset(
    ("kommunestyre", "styre", "eldrerad", "ungdomsrad", "rad-for-personer-med-funksjonsnedsettelse", "dialogmote")
)
TIERS = {"partnerskapsmote": 1, "strategisk-samarbeidsutvalg": 2, "faglig-samarbeidsutvalg": 3}
ABBREVIATION = re.compile(
    r"(?:\s?/\s?\w+)?\s?\((?:(?:heretter|heretter kalt|kalla|kalt|forkortet|"
    r"forkorta)\s)?[«\"]?(?P<short>[A-ZÆØÅ][A-ZÆØÅ-]{1,7})[»\"]?\)"
)
# A committee that no table knows, by its last word: "Samhandlingsforum", "Regionalt helseråd", "Koordineringsgruppa".
BY_ITS_LOOK = Cue(
    re.compile(
        r"(?:(?:[A-ZÆØÅ][a-zæøå]+(?:t|e|lig|leg)|[Ff]elles)\s)?(?!(?i:til|sam|for|om|an|"
        r"be)råd)[A-ZÆØÅa-zæøå][\wæøå-]{0,40}?"
        r"(?:utvalg|utval|(?<=\w)råd|nemnd|nemd|forum|(?:arbeids|styrings|koordinerings|prosjekt|"
        r"referanse|samhandlings|ressurs|"
        r"plan)gruppe|komité|komite)(?:et|en|a|ene|ane)?\b|"
        r"[A-ZÆØÅ][a-zæøå]{3,30}\s(?:utvalg|utval|råd)(?:et)?\b|[A-ZÆØÅ][a-zæøå]{3,30}(?:styringsgruppa|"
        r"koordineringsgruppa|arbeidsgruppa|prosjektgruppa)\b"
    ),
    ("utval", "råd", "nemnd", "nemd", "forum", "grupp", "komit"),
)
BEFORE_NAME = re.compile(
    r"\W*(?:\d[\d.]*\s)?(?:(?:andre|det|den|de|dei|felles|om|av|for|mandat|oppgaver|oppgåver|"
    r"vedtekter|samansetjing|sammensetning|"
    r"organ|nivå|\d)\W{1,3}){0,4}",
    re.IGNORECASE,
)
AFTER_NAME = re.compile(
    r"(?:(?:\s*\([^()]{2,40}\)|\s*/\s?\w+|\s*[,–-]\s.{3,60}|\s(?:og|samt|for|i|ved)\s\D{3,70})*)(?<!\d)\W*(?:\d{1,2})?",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """A body named at start to end of a text; `slug` is its part of an address, `kind` its kind in the ontology."""

    start: int
    end: int
    slug: str
    kind: str | None
    name: str


def mentions(text: str) -> tuple[Mention, ...]:
    """The bodies of known kinds that a text names, and those it calls by abbreviations of its own.

    >>> text = "Strategisk samarbeidsutval møtest. SSU rapporterer til partnarskapsmøtet."
    >>> [found.slug for found in mentions(text)]
    ['strategisk-samarbeidsutvalg', 'strategisk-samarbeidsutvalg', 'partnerskapsmote']
    """
    found = tuple(_known(text))
    own = {
        short: mention
        for mention, short in ((mention, abbreviation(text, mention)) for mention in found)
        if short and short.upper() not in _abbreviations()
    }
    return tuple(sorted((*found, *_abbreviated(text, own)), key=lambda mention: mention.start)) if own else found


def abbreviation(text: str, mention: Mention) -> str | None:
    """The abbreviation that stands in brackets behind a name.

    >>> text = "Overordnet samarbeidsutvalg (OSU) ledes av"
    >>> abbreviation(text, mentions(text)[0])
    'OSU'
    """
    found = ABBREVIATION.match(text, mention.end)
    return found["short"] if found else None


def titled(title: str) -> Mention | None:
    """The body that a heading is about, known kind or not; None for headings that only mention one.

    >>> titled("4.2 Strategisk samarbeidsutvalg (SSU)").slug, titled("Regionalt samhandlingsforum").slug
    ('strategisk-samarbeidsutvalg', 'regionalt-samhandlingsforum')
    >>> titled("Partnerskapsmøte høsten 2022"), titled("Forhold til andre avtaler og organer")
    (None, None)
    """
    found = next((mention for mention in _known(title) if mention.kind not in OUTSIDE), None)
    if found is None and (looks := BY_ITS_LOOK.search(title)):
        found = Mention(*looks.span(), slug(looks[0]), None, looks[0])
    if found is None or not BEFORE_NAME.fullmatch(title, 0, found.start) or not AFTER_NAME.fullmatch(title, found.end):
        return None
    # "Helsefellesskapet i Østfold – organisering" is a chapter about all the bodies.
    if found.kind == COMMUNITY and re.search(r"\s[–-]\s", title[found.end :]):
        return None
    # "Faglig samarbeidsutvalg for rus og psykisk helse" is a body of its own.
    special = re.match(r"\sfor\s(\D{3,60}?)\s*(?:\(|$)", title[found.end :])
    if special and found.kind and not title[found.start : found.end].isupper():
        end = found.end + special.end(1)
        return found._replace(end=end, slug=slug(f"{found.slug} for {special[1]}"), name=title[found.start : end])
    return found


def anywhere(line: str) -> Mention | None:
    """The first body that a line names, known kind or not, outside organs among them."""
    found = next(iter(_known(line)), None)
    if found is None and (looks := BY_ITS_LOOK.search(line)):
        found = Mention(*looks.span(), slug(looks[0]), None, looks[0])
    return found


def _known(text: str) -> Iterator[Mention]:
    reached = 0
    for match in _lexicon().longest(text):
        if match.compound or match.start < reached:
            continue
        name = text[match.start : match.end]
        # An abbreviation is its capitals: "au" and "pm" are other words.
        if match.label.isupper() and name.rstrip("s") != match.label:
            continue
        reached = match.end
        yield Mention(match.start, match.end, match.key, match.key, name)


def _abbreviated(text: str, own: dict[str, Mention]) -> Iterator[Mention]:
    words = "|".join(re.escape(short) for short in sorted(own, key=lambda short: (-len(short), short)))
    for found in re.finditer(rf"(?<![\w(-])({words})s?(?![\w-])", text):
        mention = own[found[1]]
        yield mention._replace(start=found.start(), end=found.end(), name=found[0])


@cache
def _lexicon() -> Lexicon:
    return Lexicon(_labels())


def _labels() -> Iterable[tuple[str, str]]:
    graph = load()
    for kind in graph.subjects(RDF.type, HJ.BodyKind):
        key = str(kind).removeprefix(f"{BASE}body-kind/")
        for relation in (SKOS.prefLabel, SKOS.altLabel):
            for label in graph.objects(kind, relation):
                if getattr(label, "language", None) != "en":
                    yield key, str(label)
                    if str(label).isupper():
                        yield key, f"{label}s"
    for label in graph.objects(URIRef(HJ.HealthCommunity), RDFS.label):
        if getattr(label, "language", None) == "nb":
            yield COMMUNITY, str(label)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(label for _, label in _labels() if label.isupper())
