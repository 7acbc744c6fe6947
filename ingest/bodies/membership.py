"""Who sits in a body: the seats of each side, as a list or a sentence tells them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from rdflib import ORG, RDF, SKOS

from ingest.bodies.names import mentions
from ingest.cue import cue
from ingest.terms.dates import COUNT, NUMBERS
from ontology import BASE, HJ, load
from ontology.lexicon import Lexicon, Match

Standing = Literal["member", "attending", "observer", "invited"]

COMPOSED = cue(
    r"\b(?:bestå(?:r)? av|(?:er|blir|vert|skal vere|skal være) (?:sammen|saman)s[ae]tt?e?(?: av)?|"
    r"set(?:t|te) (?:saman|sammen) av|"
    r"sett?es sammen av|utgjør til ?sammen|utgjer til ?saman|(?:har|ha|"
    r"med) (?:\S+ ){1,4}?(?:med(?:lem|lemm)\w*|representant\w*)|"
    r"(?:medlem|representant)\S* (?:\S+ ){0,3}?(?:foreslås|oppnevnes|oppnemnast|blir|vert|velges|veljast)|"
    r"(?:\S+ )?representer\w+|med deltakelse fra|med deltaking frå|møtes|møtest|delt(?:ar|ek|a)\b|inviter\w+|"
    r"møte- og talerett\w*|observatør\w*|"
    r"(?:deltak(?:ere|arar)|medlem(?:mer|ar|er)|medlem(?:mene|ene|ane))\b.{0,40}?\ber)\b",
    "bestå",
    "sammen",
    "saman",
    "utgj",
    "medlem",
    "represent",
    "delt",
    "møtes",
    "inviter",
    "talerett",
    "observatør",
)
# "Brukerutvalget oppnevner to representanter", "Hver part utpeker tre medlemmer": the nominator is the side.
NOMINATES = cue(
    rf"\b(?:oppnev\w+er|oppnemner|utpeker|peikar ut|velger|vel|foreslår|stiller med|stiller|"
    rf"stillar med|møter med)\s(?=(?:minst\s)?{COUNT}\s(?:\S+\s)?"
    r"(?:med(?:lem|lemm)|representant|deltak))",
    "oppne",
    "utpek",
    "peik",
    "vel",
    "foreslå",
    "still",
    "møter",
)
HOLDS = re.compile(
    r"(?P<who>[^.,:]{3,50}?)\s(?:har|skal ha|får|er representert med|er representerte med)\s", re.IGNORECASE
)
# "fire medlemer frå kommunane og fire frå føretaket"
ALIKE = re.compile(
    rf"\b(?P<count>{COUNT})(?=\s(?:(?:er|blir|vert)\s)?(?:(?:oppnev|oppnem|utpek|foresl|vel)\w+\s)?(?:fra|frå|av)\s)",
    re.IGNORECASE,
)
COMPOSITION = re.compile(
    r"\b(?:(?:sammen|saman)setn?(?:n?ing|jing)\w*|medlem(?:mer|mar|er|ar)\w*|delt(?:akere|akarar|"
    r"agere)|representasjon\w*|møtedeltakere)",
    re.IGNORECASE,
)
LEADERSHIP = re.compile(r"(?:[\wæøå-]+ (?:og [\wæøå-]+ )?)?(?:ledelse|leiing)\b", re.IGNORECASE)
INVITED = re.compile(r"\binvit\w+", re.IGNORECASE)
OBSERVER = re.compile(r"\bobservatør", re.IGNORECASE)
ATTENDING = re.compile(r"\b(?:møte- og tale|tale|møte)rett|uten stemmerett|utan (?:stemme|røyste)rett", re.IGNORECASE)
DEPUTY = re.compile(r"\b(?:personl\w+ )?vara(?:medlem|representa|represent|person)?\w*", re.IGNORECASE)
FROM = re.compile(r"\b(?:fra|frå|i|for|ved|av|til|hos|på)\s", re.IGNORECASE)
EACH = re.compile(r"\b(?:hver|kvar|hvert|kvart|den enkelte|den einskilde)\s(?:av\s)?(?P<unit>\w+)", re.IGNORECASE)
BEFORE = re.compile(rf"(?<![\d./-])\b(?P<count>{COUNT})(?:\s\(\d+\))?\s(?:[\wæøå-]+\s){{0,2}}$", re.IGNORECASE)
AFTER = re.compile(r"(?:\s[\w-]+){0,5}\s\((?P<count>\d{1,2})\)")
BESIDE = re.compile(r"\s?(?:,|og|samt|/|eller)\s?(?:(?:den|det|dei|de)\s)?", re.IGNORECASE)
PREFIX = re.compile(r"(?:Fra|Frå|For)\s(?P<who>[^:]{3,40}):\s")
# What a seat is called when no office is named.
PLAIN = {
    "medlem": ("medlem", "medlemmer", "medlemene"),
    "deltaker": ("deltaker", "deltakar", "deltager"),
    "representant": (
        "representant",
        "brukerrepresentasjon",
        "brukarrepresentasjon",
        "fastlegerepresentasjon",
        "utsending",
    ),
    "ledelse": ("ledelse", "leiing", "toppledelse", "toppleiing"),
}
CHOSEN_BY = re.compile(
    r"\b(?:oppnev\w+|oppnem\w+|valgt?|vald\w*|utpek\w+|utpeikt?|foreslått|hver|kvar) av (?:de[nti]? )?$", re.IGNORECASE
)
NO_SEAT = frozenset(("vararepresentant", "observator", "leder", "nestleder", "sekretaer", "referent", "saksbehandler"))


class Place(NamedTuple):
    """What the list or heading around a sentence says of the seats in it."""

    side: str | None = None
    standing: Standing = "member"
    within: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats at start to end of the text they were read from.

    `side` is a slug of the ontology ("kommune", "helseforetak", "fastlege", "bruker", "ansatte", "andre"), None when
    the number is that of the whole body. `number` is None when the text gives none; `per` says that it is for each
    "kommune" or "region". `who` is the slug of an office, or "representant", "medlem", "deltaker", "ledelse", or the
    words for other parties. Seats `within` are among those told just before: do not count them again.
    """

    start: int
    end: int
    side: str | None
    number: int | None
    who: str
    standing: Standing = "member"
    per: str | None = None
    within: bool = False


def seats(text: str, place: Place = Place()) -> Iterator[Seats]:  # noqa: B008  (a named tuple cannot change)
    """The seats that a sentence or list item tells.

    >>> told = "Utvalget består av to representanter fra kommunene og en klinikksjef"
    >>> [(found.side, found.number, found.who) for found in seats(told)]
    [('kommune', 2, 'representant'), ('helseforetak', 1, 'klinikksjef')]
    """
    begin = 0
    if prefix := PREFIX.match(text):
        place = place._replace(side=next(_sides(prefix["who"]), (None, 0, 0))[0])
        begin = prefix.end()
    place = place._replace(standing=standing(text, place.standing))
    if nominated := NOMINATES.search(text):
        begin = nominated.end()
        place = place._replace(side=side_of(text[: nominated.start()]) or place.side)
    elif (held := HOLDS.match(text)) and not mentions(held["who"]):
        place = place._replace(side=side_of(held["who"]) or place.side)
    nouns = list(_nouns(text, begin))
    found = (
        list(_invited(text, nouns[0][1], place)) if place.standing == "invited" and nouns and not place.listed else []
    )
    found = found or list(_by_noun(text, nouns, place) if nouns else _by_side(text, place))
    if not found and place.listed and len(text) < 120 and not DEPUTY.search(text):
        words = text.strip(" .;")
        found = [Seats(0, len(words), "andre", None, words, place.standing)]
    yield from dict.fromkeys(replace(seat, within=place.within) for seat in found)


def standing(text: str, otherwise: Standing) -> Standing:
    """How those in a sentence take part.

    >>> standing("KS inviteres som observatør", "member")
    'observer'
    """
    if OBSERVER.search(text):
        return "observer"
    if ATTENDING.search(text):
        return "attending"
    return "invited" if INVITED.search(text) else otherwise


def side_of(words: str) -> str | None:
    """The first side that some words name.

    >>> side_of("Representasjon frå kommunane"), side_of("Sammensetning")
    ('kommune', None)
    """
    return next(_sides(words), (None, 0, 0))[0]


def _nouns(text: str, begin: int) -> Iterator[tuple[int, int, str]]:
    """The offices and other words for a seat, with their place and slug."""
    nouns = list(_named(text, begin))
    if nouns:
        alike = [(found.start(), found.end(), "") for found in ALIKE.finditer(text, nouns[0][1])]
        nouns = sorted([*nouns, *alike])
    who = ""
    for start, end, name in nouns:
        who = name or who
        yield start, end, who


def _named(text: str, begin: int) -> Iterator[tuple[int, int, str]]:
    reached = begin
    for match in _offices().longest(text):
        if match.start < reached or match.part == "modifier" or match.key in NO_SEAT:
            continue
        if DEPUTY.match(text, match.start) or CHOSEN_BY.search(text, 0, match.start):
            continue
        # "kommuneoverlege/samfunnsmedisiner" is one seat.
        if re.match(r"\s?/\s?$", text[reached : match.start]) and reached > begin:
            reached = match.end
            continue
        reached = match.end
        yield match.start, match.end, match.key


def _by_noun(text: str, nouns: list[tuple[int, int, str]], place: Place) -> Iterator[Seats]:
    ends = [*(start for start, _, _ in nouns[1:]), len(text)]
    told: list[tuple[int, int, str, list[tuple[str, int, int]], str | None]] = []
    for (start, end, who), until in zip(nouns, ends, strict=True):
        rest = text[end:until]
        source = FROM.search(rest)
        sides = list(_listed_sides(rest, source.end())) if source and source.start() < 40 else []
        each = EACH.search(rest) or (EACH.match(text) if NOMINATES.search(text) else None)
        told.append((start, end, who, sides, each["unit"].lower() if each else None))
    if place.standing != "member":
        # "KS og to brukerrepresentanter har talerett"
        yield from (seat for seat in _by_side(text[: told[0][0]], place) if seat.side == "andre")
    for index, (start, end, who, own_sides, own_unit) in enumerate(told):
        sides, unit = own_sides, own_unit
        if not sides and index + 1 < len(told) and BESIDE.fullmatch(text, end, told[index + 1][0]):
            # "ordføraren og kommunedirektøren frå kvar kommune": what follows is said of both.
            own = side_of(text[start:end])
            sides = [found for found in told[index + 1][3] if own in (None, found[0])]
            unit = told[index + 1][4] if sides else None
        number = _number(text, start, end)
        if unit and unit.startswith("part"):
            yield from (Seats(start, end, side, number, who, place.standing) for side in ("kommune", "helseforetak"))
            continue
        per = (
            "region"
            if unit and unit.startswith("region")
            else "kommune"
            if unit and unit.startswith("kommun")
            else None
        )
        if per and number is None and not re.search(r"(?:er|ar|ene|ane)$", text[start:end]):
            number = 1
        if per == "region" and not sides:
            sides = [("kommune", start, end)]
        side = side_of(text[start:end]) or place.side
        if not sides or (side and side != place.side and side not in {found[0] for found in sides}):
            rest = text[end : ends[index]]
            if side is None and (named := mentions(rest)) and FROM.search(rest[: named[0].start]):
                side = "andre"
            if side or (number and not ALIKE.match(text, start)):
                yield Seats(start, end, side, number, who, place.standing, per)
            continue
        for name, _, side_end in sides:
            yield Seats(
                start,
                max(end, end + side_end) if side_end <= len(text) - end else end,
                name,
                number,
                who,
                place.standing,
                per,
            )


def _by_side(text: str, place: Place) -> Iterator[Seats]:
    named = [(found.start, found.end) for found in mentions(text)]
    for side, start, end in _sides(text):
        if not any(first <= start < last for first, last in named) and not _in_brackets(text, start):
            yield Seats(start, end, side, None, text[start:end] if side == "andre" else "", place.standing)


def _invited(text: str, begin: int, place: Place) -> Iterator[Seats]:
    """Those whose representatives are invited, one by one: known sides, and other names."""
    stop = re.search(r"\s(?:kan|skal|blir|vert|inviter\w*|delt\w*)\b", text[begin:])
    source = FROM.match(text, begin + 1)
    if not source or not stop or stop.start() + begin <= source.end():
        return
    position, until = source.end(), begin + stop.start()
    for piece in re.split(r"(,\s(?:og\s|samt\s)?|\s(?:og|samt)\s)", text[position:until]):
        side = side_of(piece)
        if side and side != "andre":
            yield Seats(position, position + len(piece), side, None, "representant", place.standing)
        elif side or piece[:1].isupper():
            yield Seats(position, position + len(piece), "andre", None, piece, place.standing)
        position += len(piece)


def _listed_sides(rest: str, begin: int) -> Iterator[tuple[str, int, int]]:
    """The sides named one after another from a place on."""
    reached: int | None = None
    for side, start, end in _sides(rest[begin:]):
        gap = rest[begin + (reached or 0) : begin + start]
        if reached is not None and (len(gap) > 60 or re.search(r"[.;:]|\b(?:som|hvorav|derav)\b", gap)):
            return
        if reached is None and len(gap) > 40:
            return
        reached = end
        yield side, begin + start, begin + end


def _sides(text: str) -> Iterator[tuple[str, int, int]]:
    reached = 0
    seen: set[tuple[int, int]] = set()
    for match in _side_names().longest(text):
        if (
            match.start < reached
            or (match.start, match.end) in seen
            or (match.label.isupper() and not _same(text, match))
        ):
            continue
        seen.add((match.start, match.end))
        reached = match.end
        yield match.key, match.start, match.end


def _same(text: str, match: Match) -> bool:
    return text[match.start : match.end].rstrip("s") == match.label


def _in_brackets(text: str, position: int) -> bool:
    return text.rfind("(", 0, position) > text.rfind(")", 0, position)


def _number(text: str, start: int, end: int) -> int | None:
    found = ALIKE.match(text, start) or (BEFORE.search(text, 0, start) if start else None)
    found = found or AFTER.match(text, end)
    if not found:
        return None
    word = found["count"].lower()
    return int(word) if word.isdigit() else NUMBERS[word]


@cache
def _offices() -> Lexicon:
    graph = load()
    offices = [
        (str(role).removeprefix(f"{BASE}role/"), str(label))
        for role in graph.subjects(RDF.type, ORG.Role)
        for relation in (SKOS.prefLabel, SKOS.altLabel)
        for label in graph.objects(role, relation)
        if getattr(label, "language", None) != "en"
    ]
    # A fastlege, a pasient and a bruker are sides; the office is that of their representative.
    offices = [(slug, label) for slug, label in offices if slug not in {"fastlege", "representant"}]
    return Lexicon([*((slug, word) for slug, words in PLAIN.items() for word in words), *offices])


@cache
def _side_names() -> Lexicon:
    graph = load()
    return Lexicon(
        (str(side).removeprefix(f"{BASE}side/"), str(label))
        for side in graph.subjects(RDF.type, HJ.Side)
        for relation in (SKOS.prefLabel, SKOS.altLabel)
        for label in graph.objects(side, relation)
        if getattr(label, "language", None) != "en"
    )
