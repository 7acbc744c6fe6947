"""Until when, and towards whom, something is to be done."""

import re
from itertools import chain, islice

from ingest.cue import cue
from ingest.norms.bearers import PATIENTS, Bearers
from ingest.norms.vocabulary import words_of

DEADLINE = cue(
    r"\b(?:innen|innan|senest|seinast) (?:utgangen av |\d{1,2}\. )?\w+(?: (?:etter|før|time?r?|timar|dager|dagar|døgn|"
    r"uker?|veker?|måneder?|månader?|år|virkedager|virkedagar|kvartal|januar|februar|mars|april|mai|juni|juli|august|"
    r"september|oktober|november|desember|\d{4}|hvert år|kvart år|møtene?|møta|møtet|inn\w+|utskriv\w+|"
    r"underskrift\w*|signering\w*|at [^,.;]{3,60}|dagen))*|"
    r"\b(?:snarest(?: mulig| mogleg)?|umiddelbart|straks|så snart som (?:mulig|mogleg)|"
    r"ut[ea]n (?:ugrunnet |grunnlaust )?opph[oa]ld)\b|"
    r"\bmed \w+ (?:års|måneders|månaders|ukers|vekers|dagers|dagars)(?: skriftlig| skriftleg)? (?:varsel|frist)",
    "innen",
    "innan",
    "senest",
    "seinast",
    "snar",
    "umiddel",
    "straks",
    "opph",
    "varsel",
    "frist",
)
TOWARDS = re.compile(r"\b(?:til|overfor|ovanfor|fra|frå|med|hos|for)\s(?=\w)", re.IGNORECASE)
THAT = re.compile(r"\bat\b", re.IGNORECASE)
NEAREST = 3
LONGEST_NAME = 200
"""No actor goes by a longer name than so many characters."""


def deadline(clause: str) -> str | None:
    """The words for when something must be done.

    >>> deadline("Sykehuset skal varsle kommunen innen 24 timer etter innleggelse"), deadline("Avtalen gjelder")
    ('innen 24 timer etter innleggelse', None)
    """
    found = DEADLINE.search(clause)
    return found.group() if found else None


def counterparty(verb: str, rest: str, bearers: Bearers, own: tuple[str, ...]) -> str | None:
    """The actor right after the verb, or after the first preposition that leads to one; none that a "that" tells of.

    >>> counterparty("melde fra", " fra til kommunen om utskrivning", Bearers(), ("SYKEHUSET",))
    'KOMMUNENE'
    """
    first = [0] if verb.partition(" ")[0] in words_of("giving") else []
    told = THAT.search(rest)
    rest = rest[: told.start()] if told else rest
    for place in islice(chain(first, (found.end() for found in TOWARDS.finditer(rest))), NEAREST):
        words = rest[place : place + LONGEST_NAME]
        head = next(bearers.heads(words), None) if bearers.may_begin(words) else None
        if head and head.kind not in PATIENTS and head.kind not in own and not rest[place : place + head.start].strip():
            return head.kind
    return None
