"""How a body works: its chair, term of office, meetings and rule of decision."""

import re
from collections.abc import Iterator

from ingest.cue import cue
from ingest.terms.dates import COUNT, NUMBERS, durations, intervals

Told = tuple[int, int, str, str]
"""Where it stands, the field and the value."""

CHAIR = cue(
    r"\b(?:konstituerer seg|(?:blir |vert )?(?:ledes|leies|leiast|leidd|ledet) (?:\w+ )?(?:av|i)|"
    r"møteledelse\w*|møteleiing\w*|"
    r"leder(?:ansvaret|funksjon\w*|verv\w*|skap\w*|rollen)|leiar(?:ansvaret|funksjon\w*|verv\w*|skap\w*|rolla)|"
    r"(?:ledelsen|leiinga|leiingen)(?: av \S+| for \S+)? (?:altern|veksl|går|ligg|rull|roter|skal|skift|bytt|er)\w*|"
    r"(?:velger|vel|velges|veljast|utpeker|peikar ut|oppnevner|oppnemner) (?:selv |sjølv |sin |"
    r"sine )?(?:\S+ )?(?:leder|leiar)\w*|"
    r"(?:leder|leiar)(?:en)?\b(?: og nestled\w+| og nestlei\w+)? (?:velges|veljast|kan|skal|"
    r"oppnevnes|utpekes|alternerer|er|kommer|kjem|"
    r"vekslar|veksler|går)|(?:leder|leiar) for (?:utvalget|utvalet))\b",
    "konstituer",
    "led",
    "lei",
)
SECRETARY = re.compile(r"\W*(?:sekretær|sekretariat)", re.IGNORECASE)
ALTERNATES = re.compile(
    r"\b(?:altern\w+|veksl\w+|på omgang|rullerer|rullerande|rulleres|roterer|rotasjon|annethvert år|"
    r"annahvert|annakvart år|anna kvart år|"
    r"annakvar|annenhver|rundgang|vekselvis|vekslevis|skiftevis|"
    r"hvert annet år|kvart anna år|skifter mellom|skiftar mellom|bytt(?:er|ar) på|etter tur)\b",
    re.IGNORECASE,
)
TERM = cue(
    r"\b(?:funksjons(?:tid|periode)\w*|(?:valg|val|oppnevnings|oppnemnings)period\w*|perioden? på|"
    r"(?:velges|veljast|valde|oppnevnes|oppnemnast|oppnemnde|oppnevnt|sitter|sit|"
    r"valgt)\s(?:inn )?(?:\S+ ){0,3}?(?:for|i))\b",
    "period",
    "funksjonstid",
    "velges",
    "veljast",
    "valde",
    "valgt",
    "oppne",
    "sit",
)
CHAIRPERSON = re.compile(r"\b(?:nest)?(?:leder|leiar)(?:en|ar|e)?\b", re.IGNORECASE)
MEETS = cue(
    r"\b(?:møtes|møtest|møt(?:er|e|et|a|ene|ar)?|samles|samlast|samlar seg|arrangeres|arrangerast|"
    r"avholdes|holdes|haldast|blir halde|"
    r"vert halde|gjennomføres|gjennomførast)\b",
    "møt",
    "samles",
    "samlast",
    "samlar seg",
    "arrang",
    "hold",
    "hald",
    "gjennomfør",
)
HALF_YEAR = re.compile(r"\b(?:hvert|kvart|per|pr\.?)\s(?:halvår)\b", re.IGNORECASE)
MEETINGS_A_YEAR = re.compile(
    rf"\b(?P<count>{COUNT})\s(?:\w+\s){{0,2}}møte[rn]?\s(?:i\s(?:året|halvåret)|per\s(?:år|halvår)|"
    rf"pr\.?\s(?:år|halvår)|årlig|årleg)",
    re.IGNORECASE,
)
SOME_TIMES = re.compile(
    rf"\b(?:{COUNT}\s?(?:-|–|til|eller)\s?{COUNT})\s(?:gang(?:er)?|gong(?:er|ar)?|møter?)\s(?:i\såret|"
    rf"per\sår|pr\.?\sår|årlig|årleg|i\shalvåret)",
    re.IGNORECASE,
)
DECIDES = re.compile(
    r"beslutning|vedtak|avgjør|avgjer|fattes|treff|konsensusorgan|konsensusbasert|enighetsorgan|"
    r"stemme|røyst|saker blir|prinsipp",
    re.IGNORECASE,
)
RULES = {
    "majority": cue(r"\b(?:flertall|fleirtal)\w*", "flertall", "fleirtal"),
    "unanimity": cue(r"\b(?:enstemmig|einstemmig|samrøystes)\w*", "enstemmig", "einstemmig", "samrøystes"),
    "consensus": cue(
        r"\b(?:konsensus\w*|(?:ved|til|krever|forutsetter) enighet|"
        r"(?:ved|krev|føreset) (?:semje|einigheit)|enighetsorgan)\b",
        "konsensus",
        "enighet",
        "semje",
        "einigheit",
    ),
}
CASTING = cue(
    r"\b(?:stemmelikhet|stemmelikskap|røystelikskap|dobbeltstemme|dobbeltrøyst)", "likhet", "likskap", "dobbelt"
)
NEGATED = re.compile(r"\b(?:ikke|ikkje|dersom|hvis|om det ikk)\b", re.IGNORECASE)


def procedure(text: str) -> Iterator[Told]:
    """What a sentence says of how its body works; names of other bodies in it should be blanked first.

    >>> [told[2:] for told in procedure("Leiinga går på omgang.")]
    [('chair_rule', 'Leiinga går på omgang.'), ('alternates', 'true')]
    """
    yield from _meets(text)
    casting = CASTING.search(text)
    if CHAIR.search(text) and not SECRETARY.match(text) and not casting:
        yield 0, len(text), "chair_rule", text
        if found := ALTERNATES.search(text):
            yield *found.span(), "alternates", "true"
    elif (found := TERM.search(text)) and not CHAIRPERSON.search(text):
        for time in durations(text):
            if time.start >= found.start():
                yield found.start(), time.end, "term_of_office", time.value
                break
    if casting:
        yield 0, len(text), "decision_rule", text
    else:
        for value, pattern in RULES.items():
            if found := pattern.search(text):
                if DECIDES.search(text) and not NEGATED.search(text):
                    yield *found.span(), "decision_rule", value
                break


def _meets(text: str) -> Iterator[Told]:
    if not MEETS.search(text):
        return
    if some := SOME_TIMES.search(text):
        yield *some.span(), "meets", some[0]
    elif counted := MEETINGS_A_YEAR.search(text):
        word = counted["count"].lower()
        count = int(word) if word.isdigit() else NUMBERS[word]
        months = 6 if "halv" in counted[0] else 12
        if count and months % count == 0:
            length = months // count
            yield *counted.span(), "meets", "P1Y" if length == 12 else f"P{length}M"
        else:
            yield *counted.span(), "meets", counted[0]
    elif half := HALF_YEAR.search(text):
        yield *half.span(), "meets", "P6M"
    else:
        for time in intervals(text):
            # "annethvert år" is how the chair goes round.
            if not ALTERNATES.match(text, time.start):
                yield time.start, time.end, "meets", time.value
                return
