"""Whose document this is: the health community it belongs to, and the parties that made the agreement."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rdflib import ORG, RDF, SKOS, URIRef

from ingest.actors.organisations import mentions, municipalities
from ingest.clause import Structure
from ingest.cue import Haystack, cue
from ingest.iri import slug
from ingest.passages import stretches
from ingest.privacy.names import ordinary_words
from ontology import BASE, HJ, load

PartyKind = Literal["hf", "rhf", "sykehus", "kommune"]

CONCLUDED_BETWEEN = cue(
    r"(?:avtal\w*|inngå\w*|gjort|slutt[ae]t|part(?:er|ar))\b[^.]{0,80}?\bmellom\b|^\W*mellom\b", "mellom"
)
PARTIES_ARE = cue(
    r"\b(?:avtale)?part(?:er|ar|ene|ane)\b(?: i | til )?(?:denne |avtalen|avtala)*\s?(?:\ber\b|:|$)|"
    r"\b(?:gjeld(?:er|ande|ende)?|omfatt(?:er|ar)) (?:for |mellom )?kommun(?:ene|ane)\b",
    "part",
    "gjeld",
    "omfatt",
)
SIGNED = re.compile(
    r"\W*(?:\d+\.?\s)?(?:underskrift\w*|underteikn\w*|undertegn\w*|signatur\w*|signering\w*|(?:(?:stad|sted)\W+)?dato)\b",
    re.IGNORECASE,
)
# Lines of a title page or list between the parties.
JOINS_PARTIES = re.compile(r"\W*(?:og|mellom|samt)?\W*", re.IGNORECASE)
MOST_LINES = 60
LONGEST_LINE = 120

CAPITALISED = r"[A-ZÆØÅÁČĐŊŠŦŽ]\w+(?:-\s?[A-ZÆØÅÁČĐŊŠŦŽ]\w+)*"
SEPARATOR = re.compile(r",\s(?:og\s|samt\s)?|\s(?:og|samt)\s|\s?/\s?")
COMMUNE = re.compile(r"\s(?:kommun(?:er|ar|e)|herad)\b", re.IGNORECASE)
COMMUNES = re.compile(r"\bkommun(?:ene|ane):?\s\Z", re.IGNORECASE)
HOSPITAL = r"(?:universitets)?s[jy]u?kehus|hospital"
# A trust that the ontology does not know.
TRUST = re.compile(
    rf"\b(?P<name>{CAPITALISED}(?:\s(?:(?:i|og|på)\s)?(?:{CAPITALISED}|{HOSPITAL})){{0,5}})\s(?P<kind>HF|RHF)\b"
)
BLANK = re.compile(r"(?:x+|n\.?n\.?)", re.IGNORECASE)

Named = tuple[int, int, str, PartyKind, str]


@dataclass(frozen=True, slots=True)
class Party:
    """A party to an agreement, named at start to end of the stored text."""

    start: int
    end: int
    name: str
    kind: PartyKind
    iri_path: str


def region(structure: Structure) -> str | None:
    """The slug of the helsefellesskap a document belongs to; None if it names none, or none more than all others."""
    regions = _regions()
    by_party = {regions[party.iri_path] for party in parties(structure) if party.iri_path in regions}
    if len(by_party) == 1:
        return by_party.pop()
    named = Counter[str]()
    for mention in mentions(structure.flow.text):
        named.update({regions[path] for path in mention.paths if path in regions})
    found = max(named, key=lambda slug: named[slug], default=None)
    return found if found and 2 * named[found] > named.total() else None


@lru_cache(maxsize=1)
def parties(structure: Structure) -> tuple[Party, ...]:
    """The trusts and municipalities that made the agreement, each once, where it is first named as a party.

    >>> from ingest.flow import Flow
    >>> text = "Avtale mellom Helse Førde HF og kommunane Kinn, Stad og Evje og Hornnes"
    >>> [party.iri_path for party in parties(Structure(text, (), Flow.plain(text)))]
    ['hf/helse-forde', 'kommune/kinn', 'kommune/stad', 'kommune/evje-og-hornnes']
    """
    flow = structure.flow
    found: dict[str, Party] = {}
    for zone_start, zone_end in _zones(structure):
        for start, end, name, kind, path in sorted(_named(flow.text[zone_start:zone_end])):
            span = flow.span(zone_start + start, zone_start + end)
            found.setdefault(path, Party(*span, name, kind, path))
    return tuple(sorted(found.values(), key=lambda party: (party.start, party.iri_path)))


def _zones(structure: Structure) -> Iterator[tuple[int, int]]:
    """The parts of a flow that name parties: "mellom …", "avtalens parter er …", and where they sign."""
    text, said = structure.flow.text, stretches(structure)
    naming = set(Haystack(text[start:end] for start, end in said).holding(CONCLUDED_BETWEEN, PARTIES_ARE))
    reached = 0
    for index, (start, end) in enumerate(said):
        words = text[start:end]
        if start < reached:
            continue
        if index in naming and (found := CONCLUDED_BETWEEN.search(words) or PARTIES_ARE.search(words)):
            reached = _zone_end(text, said[index : index + MOST_LINES])
            yield start + found.start(), reached
        elif start > len(text) // 2 and SIGNED.match(words):
            yield start, len(text)


def _zone_end(text: str, said: Sequence[tuple[int, int]]) -> int:
    """The end of the sentence, and of the lines below it when they name parties too."""
    (_, end), *below = said
    if text[end - 1] == ".":
        return end
    for start, line_end in below:
        words = text[start:line_end]
        if len(words) > LONGEST_LINE or not (JOINS_PARTIES.fullmatch(words) or any(_named(words))):
            break
        end = line_end
    return end


def _named(text: str) -> Iterator[Named]:
    """The trusts and municipalities in a text, with their places in it."""
    taken: set[int] = set()
    for mention in mentions(text):
        path = next((path for path in mention.paths if path.partition("/")[0] in {"hf", "rhf", "sykehus"}), None)
        if path:
            taken.update(range(mention.start, mention.end))
            yield mention.start, mention.end, _label(path), _kind(path), path
    for trust in TRUST.finditer(text):
        if taken.isdisjoint(range(*trust.span())):
            taken.update(range(*trust.span()))
            path = f"{trust['kind'].lower()}/{slug(trust['name'])}"
            yield *trust.span(), trust[0], _kind(path), path
    for start, end in _municipality_spans(text):
        name = _municipality(text[start:end])
        if name and taken.isdisjoint(range(start, end)):
            yield start, end, f"{name} kommune", "kommune", f"kommune/{slug(name)}"


def _municipality_spans(text: str) -> Iterator[tuple[int, int]]:
    """Names before "kommune", in a list before "kommuner" or after "kommunene", and on lines of their own."""
    position = 0
    while chain := _chain(text, position):
        position = chain[-1][1]
        after = COMMUNE.match(text, position)
        if after and len(chain) == 1:
            yield chain[0][0], after.end()
        elif after or COMMUNES.search(text, max(0, chain[0][0] - 12), chain[0][0]):
            yield from chain
    yield from (line.span("name") for line in _line_of_name().finditer(text))


def _chain(text: str, position: int) -> list[tuple[int, int]]:
    """The next names in a row, parted by commas and "og"."""
    chain = []
    found = _item().search(text, position)
    while found:
        chain.append(found.span())
        separator = SEPARATOR.match(text, found.end())
        found = _item().match(text, separator.end()) if separator else None
    return chain


def _municipality(written: str) -> str | None:
    """The name as the table has it, or as written if it is new there; None for blanks and for words like "Hver"."""
    name = re.sub(r"-\s", "-", COMMUNE.sub("", written))
    if known := _by_folded_name().get(name.casefold()):
        return known
    words = re.findall(r"\w+", name.lower())
    return None if BLANK.fullmatch(name) or ordinary_words() & set(words) or name.isupper() else name


def _kind(path: str) -> PartyKind:
    kinds: dict[str, PartyKind] = {"hf": "hf", "rhf": "rhf", "sykehus": "sykehus"}
    return kinds[path.partition("/")[0]]


@cache
def _label(path: str) -> str:
    labels = load().objects(URIRef(BASE + path), SKOS.prefLabel)
    return next(str(label) for label in labels if getattr(label, "language", None) == "nb")


@cache
def _regions() -> dict[str, str]:
    """By the path of a helsefellesskap and of each of its members: its slug."""
    graph = load()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for community in graph.subjects(RDF.type, HJ.HealthCommunity):
        path = str(community).removeprefix(BASE)
        for member in (community, *graph.objects(community, ORG.hasMember)):
            found[str(member).removeprefix(BASE)].add(path.partition("/")[2])
    return {path: slugs.pop() for path, slugs in found.items() if len(slugs) == 1}


@cache
def _by_folded_name() -> dict[str, str]:
    return {name.casefold(): name for name in municipalities()}


@cache
def _known_name() -> str:
    # A line may break after the hyphen: "Nord- Odal".
    names = [name.replace("-", r"-\s?") for name in sorted(municipalities(), key=lambda name: (-len(name), name))]
    return rf"(?:{'|'.join(names)})\b"


@cache
def _item() -> "re.Pattern[str]":
    known = _known_name()
    return re.compile(rf"\b(?=[A-ZÆØÅÁČĐŊŠŦŽ])(?:(?i:{known})|{CAPITALISED}(?:\s(?!{known}){CAPITALISED})?)")


@cache
def _line_of_name() -> "re.Pattern[str]":
    return re.compile(rf"^[^\w\n]*(?P<name>{_known_name()})[,;]?$", re.MULTILINE)
