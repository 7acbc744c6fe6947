"""Who approves an agreement: the council, the board, or a committee that the text gives that right."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from rdflib import RDF, SKOS, URIRef

from ingest.cue import cue
from ingest.passages import Passage
from ingest.terms.lifetime import AGREEMENT, PRONOUN, Found
from ontology import BASE, HJ, load

APPROVES = cue(
    r"\b(?:\w*godkjen\w*|vedta\w*|vedtek\w*|stadfest\w*|slutte?[rt]? seg til|"
    r"(?:sagt|si|sier|seie|seier) ja til|avgj(?:ør|er) om)",
    "godkjen",
    "vedta",
    "vedtek",
    "stadfest",
    "slutt",
    " ja til",
    "avgj",
)
# What council and board "treat", they decide; what a committee treats may go further.
TREATS = cue(
    r"\b(?:(?:slutt)?behandles|behandlast|handsamast|inngås av|inngåast av)", "behandl", "handsam", "inngås", "inngåast"
)
HEARS = cue(
    r"\b(?:legge?s (?:fr[ae]m|ut)|leggj?ast (?:fram|føre|ut)|forelegg\w*|legg(?:er|jer)?\b.{0,40}?\bfr[ae]m|"
    r"innstill\w*|tilråd\w*|anbefal\w*|høring\w*|høyring\w*|uttale\w*|"
    r"innspill|innspel|medvirk\w*|medverk\w*|orienter\w*|informer\w*)",
    "legg",
    "innstill",
    "tilråd",
    "anbefal",
    "høring",
    "høyring",
    "uttale",
    "inns",
    "medv",
    "orienter",
    "informer",
)
# "før den går til kommunestyret": what goes on to a body is decided there, but not by these words.
PASSES = cue(r"\b(?:går|gå|sendes|sendast|oversendes|oversendast) (?:\w+ )?(?:til|over til)\b", " til")
SIGNS = cue(r"\b(?:signer\w*|under(?:skriv|tegn|teikn)\w*)", "signer", "undersk", "undert")
VERBS = (("approves", APPROVES), ("treats", TREATS), ("hears", HEARS), ("passes", PASSES), ("signs", SIGNS))
AMENDMENT = re.compile(r"\bendring\w* (?:i|av|til|på) (?:\w+ ){0,3}\w*avtal\w+", re.IGNORECASE)

LONGEST_QUOTE = 300  # characters

# Offices that could decide for a municipality in the council's place, though § 6-1 does not let them.
EXECUTIVES = {f"{BASE}role/{name}" for name in ("kommunalsjef", "kommunedirektor", "ordforer")}

COUNCIL = re.compile(r"\b(?P<name>kommunestyr|bystyr|heradsstyr)(?:e(?:t|ne|r)?|a|i)\b(?:/\w*styre\w*)?", re.IGNORECASE)
HOSPITAL = r"(?:universitets)?s[jy]u?kehus"
BOARD = re.compile(
    r"\b(?:(?:helsefore|helseføre|fore|føre)taket?s (?:eget |eige )?styre|(?:sykehus|sjukehus)ets styre|"
    r"(?:foretaks|føretaks|sykehus|sjukehus)styret|[Ss]tyret (?:for|i|ved|til) (?:det )?(?:regionale )?"
    r"(?:(?:helsefore|helseføre|fore|føre)tak\w*|(?:sykehus|sjukehus)\w*|"
    rf"[A-ZÆØÅ][\w.]*(?: (?:(?:i|og|på) (?=[A-ZÆØÅ]))?(?:[A-ZÆØÅ][\w.-]*\w|hospital|{HOSPITAL}))*))"
)
# "vedtatt i Solvær kommunestyre" has a name between.
IN_A_ROW = re.compile(r"(?:\b(?i:av|i|for|til|ved|hos|og|samt|eller)(?:\s[A-ZÆØÅ]\w+)?|[,/])\s?$")
# "…, og ordføreren har signert": a body with a verb of its own.
ACTS_ITSELF = re.compile(r"\w*\s(?:har|skal|må|kan|vil)\b")


def approval_bodies(said: Iterable[Passage]) -> Iterator[Found]:
    """The bodies that approve the agreement, each as named in base form.

    >>> said = [Passage(0, 66, "Avtalen godkjennes av kommunestyret etter uttale fra brukerutvalget.")]
    >>> [body for _, _, body in approval_bodies(said)]
    ['kommunestyret']
    """
    before = False
    for passage in said:
        named = passage.says(AGREEMENT)
        if named or before:
            words = AMENDMENT.sub(lambda found: " " * len(found[0]), passage.text)
            if (named and AGREEMENT.search(words)) or (before and PRONOUN.match(words)):
                bodies = [(passage.start, passage.end, body) for body in _in_sentence(words)]
                yield from bodies or _in_heading(passage)
        before = named


def _in_sentence(words: str) -> Iterator[str]:
    if not (APPROVES.search(words) or TREATS.search(words)):
        return
    verbs = sorted((found.start(), kind) for kind, pattern in VERBS for found in pattern.finditer(words))
    for found in COUNCIL.finditer(words):
        if _governing(verbs, words, found) in {"approves", "treats"}:
            yield f"{found['name'].lower()}et"
    for found in BOARD.finditer(words):
        if _governing(verbs, words, found) in {"approves", "treats"}:
            yield found[0][0].lower() + found[0][1:]
    for found in _committee().finditer(words):
        if _governing(verbs, words, found) == "approves":
            yield found[0]


def _in_heading(passage: Passage) -> Iterator[Found]:
    """The committee whose tasks a heading lists: under "Partnerskapsmøtet", "Godkjenner: samarbeidsavtalen".

    What is quoted begins with the words that say it, which may stand before the list.
    """
    by_lead = not passage.says(APPROVES)
    if (by_lead and not APPROVES.search(passage.lead)) or passage.says(HEARS):
        return
    start = passage.led_from if by_lead and passage.end - passage.led_from <= LONGEST_QUOTE else passage.start
    for title in passage.titles:
        if found := _committee().search(title):
            yield start, passage.end, found[0]
            return


def _governing(verbs: list[tuple[int, str]], words: str, body: "re.Match[str]") -> str | None:
    """What a body does: by the verb before it after "av", "i" or "og", else by the next one."""
    position = body.start()
    before = [kind for start, kind in verbs if start < position]
    after = [kind for start, kind in verbs if start > position]
    if after and ACTS_ITSELF.match(words, body.end()):
        return after[0]
    if (IN_A_ROW.search(words, max(0, position - 30), position) and before) or not after:
        return before[-1] if before else None
    return after[0]


@cache
def _committee() -> "re.Pattern[str]":
    """The names of committees and municipal offices; council and board have patterns of their own."""
    graph = load()
    labels = {
        str(label)
        for kind in chain(graph.subjects(RDF.type, HJ.BodyKind), map(URIRef, sorted(EXECUTIVES)))
        for relation in (SKOS.prefLabel, SKOS.altLabel)
        for label in graph.objects(kind, relation)
        if getattr(label, "language", None) != "en" and "styr" not in str(label)
    }
    longest_first = sorted(labels, key=lambda label: (-len(label), label))
    words = "|".join(f"(?i:{label}(?:e?[nt]|a)?)" for label in longest_first if not label.isupper())
    return re.compile(rf"\b(?:{words}|{'|'.join(label for label in longest_first if label.isupper())})\b")
