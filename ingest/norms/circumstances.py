"""Until when, and towards whom, something is to be done."""

import re
from itertools import chain, islice

from ingest.cue import cue
from ingest.norms.bearers import PATIENTS, Bearers
from ingest.norms.vocabulary import words_of
from ingest.terms.dates import COUNT, DATE, MONTHS, UNIT, dates, durations

MONTH = "|".join(MONTHS)
CLAUSE = r"(?:(?!\s(?:skal|må|bør)\b)[^,.;:(])+"
ARTICLE = r"(?:den|det|de|dei|denne|dette|disse|desse|hver|hvert|kvar|kvart|et|en|ei|eit|ein)"
ADJECTIVE = r"(?:neste|første|fyrste|siste|\w+(?:lagt|tatt|teke|teken|ende|ande|lig|leg|sk)e?)"
# A noun with what belongs to it: "neste møte", "signering av avtalen".
NOUN = rf"(?:(?:{ARTICLE}|{ADJECTIVE})\s)*\w[\w-]*(?:\s(?:av|fra|frå|i)\s(?:{ARTICLE}\s)?\w[\w-]*)*"
COUNTED = rf"{COUNT}(?:\s\(\d+\))?[\s-]{{1,2}}(?:hele\s|heile\s)?(?:{UNIT}|(?:virke|yrkes|arbeids)dag(?:er|ar)?)\b"
# "innen psykisk helse" is a field, and no time.
TIME = (
    rf"(?:{COUNTED}|(?:utgangen|slutten|utløpet) av (?:(?:{MONTH})\b|\w[\w-]*)(?:\s\d{{4}})?|(?:{DATE.pattern})|"
    rf"(?:den\s)?\d{{1,2}}\.\s?(?:{MONTH})|(?:{MONTH})\b|(?:kl\.|klokk[ea]n?)\s\w+(?:[.:]\d\d)?|"
    r"(?:sommeren|sumaren|høsten|hausten|våren|vinteren|årsskiftet|\w+ kvartal)(?:\s\d{4}(?:/\d+)?)?|"
    r"(?:rimelig|rimeleg) tid|(?:samme|same|neste) (?:virke|yrkes)?dag|dagen|årets slutt|"
    r"(?:fristen|tidsfristen|fristene|fristane)\b|(?:ved|i)\s(?!stand)\w+)"
)
DEADLINE = cue(
    rf"\b(?:(?:innen|innan|senest|seinast)\s)+(?:{TIME}(?:\s(?:hvert|kvart)\sår)?"
    rf"(?:\s(?:etter|før|fra|frå)\s(?:at\s{CLAUSE}|{NOUN}))?|(?:når|idet)\s{CLAUSE}|før\s{NOUN})|"
    r"\b(?:snarest(?: mulig| mogleg| råd)?|umiddelbart|straks|så snart som (?:mulig|mogleg)|"
    r"ut[ea]n (?:ugrunnet |grunnlaust )?opph[oa]ld)\b|"
    r"\bmed (?:minst )?\w+ (?:års|måneders|månaders|ukers|vekers|dagers|dagars)"
    r"(?: skriftlig| skriftleg)? (?:varsel|frist)",
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
END_OF_YEAR = re.compile(r"\b(?:utgangen|slutten) av (\d{4})\b", re.IGNORECASE)
COUNTED_FROM = re.compile(r"\s(?:etter|før|fra|frå)\s", re.IGNORECASE)
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


def time_allowed(deadline: str) -> str | None:
    """A deadline as a date or, counted from what it names, a length of time (ISO 8601); of other words nothing.

    >>> time_allowed("innen utgangen av 2026"), time_allowed("innen en uke etter utskrivning"), time_allowed("straks")
    ('2026-12-31', 'P1W', None)
    """
    until = COUNTED_FROM.split(deadline, maxsplit=1)[0]
    if year := END_OF_YEAR.search(until):
        return f"{year[1]}-12-31"
    return next((time.value for time in chain(dates(until), durations(until))), None)


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
