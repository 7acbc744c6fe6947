"""What tells the words of a Norwegian heading from those of a sentence, in bokmål and nynorsk."""

import re
from functools import lru_cache

from ingest.cue import cue

# The finite verbs that headings do without and that agreements, minutes and guidance build their sentences on.
FORMS = """
skal må kan bør vil skulle måtte kunne burde ville er var har hadde blir bli ble vart vert får fikk fekk gir gav ga
gjev går gikk gjekk kjem kommer kom står stod tar tek tok ber bad slutter sluttar legger legg setter gjør gjer
gjelder gjeld omfatter omfattar inneholder inneheld består beskriver beskriv innebærer inneber følger følgjer
forplikter pliktar krever krev sier seier ønsker ønskjer viser utgjør trer innleder orienterte orienterer utgår
utgikk presenterte presenterer starter støtter tilslutter vedtok skjer bidrar samarbeider samarbeidar fremgår
gis tas gjøres legges sendes settes godkjennes innhentes fastsettes brukes
"""
FINITE = frozenset(FORMS.split())
PASSIVE = re.compile(r"\w{3,}eres|\w{2,}(?:ttes|ndes|kes|jes|ves)")
WORDS = re.compile(r"\w+")
# Where the main clause ends: a subordinate one begins, or a reference.
ENDS_MAIN = frozenset(
    ("som", "der", "når", "dersom", "hvis", "hvor", "hvordan", "korleis", "hva", "kva", "hvem", "kven", "jf", "jfr")
)
SO_THAT = re.compile(r"\bslik at\b")
ABBREVIATED = re.compile(r"\b(?:m\.\s?m|m\.\s?v|mv|osv|o\.\s?l|etc|mfl|m\.\s?fl|nr|pst)\.$")
TWO_SENTENCES = re.compile(r"[a-zæøå]{3}\. [A-ZÆØÅ]")
DISPLACED = re.compile(r"\s[.,](?:\D|$)|: [a-zæøå]")
"""A stop after a blank is where a link stood; a small letter after a colon is a field ("Kilde: kommunen")."""

COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")
# Words that never close a sentence or an item, and words that never open one: the line goes on.
OPEN_END = re.compile(
    r"(?:\b(?:og|eller|samt|i|på|til|av|for|med|ved|om|fra|frå|etter|under|mellom|å|som|at|en|ei|et|ein|eit|den|det|de|dei|"
    r"enn|jf|jfr|ift|inkl|uten|utan|mot|over|hos|hjå|innen|innan|gjennom|sine|sin|sitt|kan|skal|må|bør|er|har)|[-–/(])$"
)
LONGEST_OPEN_END = len("gjennom")
OPEN_START = re.compile(
    r"(?:og|eller|samt|i|på|til|av|for|med|ved|om|fra|frå|under|mellom|å|som|at|enn|overfor|innen|innan|hos|mv|m\.m)\b|"
    r"[,.;:)»”]"
)
AGREEMENT = cue(
    r"(?:(?:hørings|høyrings)?(?:utkast|forslag|framlegg) til )?"
    r"(?:(?!(?:i|av|om|for|til|på|og|ved|med|fra|frå|etter) )[\w-]+ ){0,4}[\w-]*avtal(?:e|en|a)\b",
    "avtal",
)
"""A title whose head is an agreement: "Overordna samarbeidsavtale", "Delavtale 3 …", not "Oppsigelse av avtalen"."""

PAPER = re.compile(
    r"(?:(?:møte)?(?:referat|protokoll|innkalling|bok)|saks?(?:framlegg|fremlegg|liste|kart|papir|papirer)|agenda|dagsorden|"
    r"møteplan|notat|høringsnotat|høyringsnotat|høringssvar|utskrift)\b",
    re.IGNORECASE,
)
"""How the papers of a meeting begin their titles."""

WORK = re.compile(
    r"\b\w*(?:avtalen?|avtala|veileder(?:en)?|rettleiar(?:en)?|retningslinjer?|retningsline|rutine|prosedyre|skjema|plan|strategi|"
    r"vedtekter|reglement|mandat|protokoll|referat|innkalling|notat|rapport)\b",
    re.IGNORECASE,
)
"""Nouns for a document as a whole, as a title names it."""

FIELD = re.compile(
    r"(?:logo|til(?! stede| stades| slutt)|tema|dato|sted|stad|tid|møteleder|møteleiar|referent|forfall|deltakere|"
    r"deltakarar|saksnr|versjon)\b.*\s\S",
    re.IGNORECASE,
)
"""A field of a form with its value, not a title: "Dato/sted 12. mai", "Til medlemmene"."""

CASE_TABLE = re.compile(r"saks?(?:nr|nummer)\b", re.IGNORECASE)
CASE_COLUMNS = re.compile(r"\b(?:møteorgan|utval|utvalg|møtedato|saksbehandler|saksbehandlar)\b", re.IGNORECASE)
"""The heads of the table over a case, where a title follows the row of figures."""

CASE_CELL = re.compile(
    r"(?:\d{1,2} )?(?:diskusjon|beslutning|orientering|drøfting|vedtak|vedlegg|informasjon)(?:s?sak)?$", re.IGNORECASE
)
"""What stands beside a case number in the list of cases, before the name of the case."""

MEETING_DATE = re.compile(r"[\w-]*møte\b.{0,30}\d{1,2}\.\s?(?:\d{1,2}\.|[a-z]{3,9})\s?\d{2,4}$", re.IGNORECASE)
SIGNATURES = re.compile(r"(?:underskrift(?:er)?|signatur(?:er|ar)?|signering)$", re.IGNORECASE)
RUN_IN = re.compile(r"(?P<title>[A-ZÆØÅ][^.:!?]{2,60}?)(?:[.:]|\s[–—-])\s+(?=[A-ZÆØÅ])")
LONGEST = 110


@lru_cache(maxsize=256)
def titled(text: str) -> bool:
    """Whether words could be a heading: short, no finite verb in the main clause, no final stop.

    >>> [titled(text) for text in ("Formål og verkeområde", "Avtalen gjeld i ett år", "Partene.", "Barn som pårørende")]
    [True, False, False, True]
    """
    if not 2 < len(text) <= LONGEST or not (text[0].isupper() or text[0] in '«“"'):
        return False
    if text[-1] in ".,;!" and not ABBREVIATED.search(text):
        return False
    letters = sum(map(str.isalpha, text))
    if letters < 0.6 * (len(text) - text.count(" ")) or letters < 3 or text.count(" ") > 15:
        return False
    if text[-1] == "?":
        return text.count(" ") < 8
    if (
        columns(text)
        or open_ended(text)
        or TWO_SENTENCES.search(text)
        or DISPLACED.search(text)
        or "://" in text
        or "@" in text
    ):
        return False
    return not finite(text)


def finite(text: str) -> bool:
    """Whether the main clause has a finite verb.

    >>> finite("Saken legges frem"), finite("Pasienter som har behov for tjenester")
    (True, False)
    """
    plain = text.lower()
    if "slik at" in plain:
        plain = SO_THAT.split(plain, maxsplit=1)[0]
    for word in WORDS.findall(plain):
        if word in ENDS_MAIN:
            return False
        if word in FINITE or (word[-1] == "s" and PASSIVE.fullmatch(word)):
            return True
    return False


def open_ended(text: str) -> bool:
    """Whether words end in one that never closes a sentence or an item.

    >>> open_ended("Partene skal samarbeide om"), open_ended("Partene skal samarbeide om forløp")
    (True, False)
    """
    return OPEN_END.search(text, max(0, len(text) - LONGEST_OPEN_END)) is not None


def columns(text: str) -> bool:
    """Whether words stand so far apart that they belong to columns."""
    return ("   " in text or "\t" in text) and COLUMNS.search(text) is not None


def capitals(text: str) -> bool:
    """Whether words stand in capital letters, as some agreements set their headings."""
    return text.isupper() and len(text) > 3


def run_in(text: str) -> tuple[str, int] | None:
    """The heading that the words of its own paragraph follow on the same line, and where they begin.

    >>> run_in("Formål. Avtalen skal sikre samarbeid."), run_in("Avtalen gjelder. Den varer i ett år.")
    (('Formål', 8), None)
    """
    found = RUN_IN.match(text)
    return (found["title"], found.end()) if found and titled(found["title"]) and len(text) > found.end() + 20 else None
