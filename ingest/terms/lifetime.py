"""How long an agreement lives: from when, how it ends, how often it is looked over, and what it replaces."""

import re
from collections.abc import Iterator
from itertools import islice

from ingest.cue import cue
from ingest.passages import Passage, Said
from ingest.terms.dates import Time, dates, durations, intervals

Found = tuple[int, int, str]  # where it is said in the flow, and the value

# "avtalen", "samarbeidsavtala"; not "avtalepartene", and not "delavtalen", which has a life of its own.
AGREEMENT = cue(r"\b(?!del)\w*avtal(?:e|en|a|ens|er|ar|ene|ane)\b", "avtal")
PRONOUN = re.compile(r"\W*(?:den|han|ho|denne|dette)\b", re.IGNORECASE)
LIFETIME = re.compile(
    r"varighe|varigskap|gyldig|gjeld|ikraft|i kraft|iverks|oppsig|oppsei|revisjon|evaluer|reforhandl", re.IGNORECASE
)

IN_FORCE = cue(
    r"\b(?:(?P<whole>tre(?:r)? i kraft|trår? i kraft|trer? i verk|ta(?:r|s)? til å gjelde|tek til å gjelde|"
    r"(?:blir|vert) sett i verk|iverksett\w*|settes i verk|ikrafttre\w+|iverksetj\w+)|"
    r"gyldige?|gjeld(?:er|ande|ende)?|virkning|verknad|løper|varer|varar)\b",
    "kraft",
    "verk",
    "gjeld",
    "gyldig",
    "virkning",
    "løper",
    "varer",
    "varar",
)
FROM = re.compile(r"\b(?:fra|frå|f\.?o\.?m|når|etter at|så snart)\b", re.IGNORECASE)
# A date after one of these is another: when it ends, or that of the agreement before.
OTHER_DATE = re.compile(
    r"\b(?:til|inntil|utløp\w*|erstatt\w*|avlø[sy]\w*|avtal\w+ (?:fra|frå|av|datert))\b", re.IGNORECASE
)
SIGNED = re.compile(r"\b(?:sign\w+|under(?:skr[ei]v\w*|skrift\w*|tegn\w+|teikn\w+))", re.IGNORECASE)
APPROVED = re.compile(r"\b(?:godkjen\w+|vedtatt|vedteken|vedteke|vedtak\w*)", re.IGNORECASE)
STATUTE = re.compile(
    r"\b(?:\w*loven|lova|\w*forskrift\w*|bestemmelse\w*|føresegn\w*|endring\w*|punkt \d+)\b", re.IGNORECASE
)

TERMINATION = cue(
    r"\b(?:sies|seiast|si|sier|seie|seier|sagt) (?:\w+ ){0,2}opp\b|opps(?:ig|ei)\w|\bvil (?:\w+ ){0,4}ut\b|"
    r"\but av avtal|\btr(?:e|er|ekker|ekke|ekkje|ekkjer) (?:seg |ut\b)",
    " opp",
    "opps",
    " ut",
    " seg ",
)
RENEGOTIATION = cue(
    r"\b(?:reforhandl\w+|forhandl\w* (?:på nytt|om att)|nye? forhandling\w*|revisjon\w*|revidert|reviderast?|revideres|"
    r"endring\w*|endra|endret)\b",
    "forhandl",
    "revi",
    "endr",
)
# "Endringer i rutiner varsles …" is about other things than the agreement.
OTHER_CHANGE = re.compile(r"endring\w* (?:i|av|til|på) (?!\w*avtal|den\b|denne\b|han\b|ho\b)\w+", re.IGNORECASE)
NOTICE_AFTER = re.compile(
    r"\W{0,3}(?:(?:\w+\s){0,2}\w*(?:frist|varsel|varsl|opps(?:ig|ei))|i forve[ig]en|på forhånd|på førehand|før\b)",
    re.IGNORECASE,
)
NOTICE_BEFORE = re.compile(
    r"(?:\w*(?:frist|varsel|oppsigelsestid|oppseiingstid)\w*\W+(?:\w+\W+){0,4}|(?:minst|senest|seinast)\s)$",
    re.IGNORECASE,
)
WITHIN = re.compile(r"\b(?:innen|innan|innanfor)\s$", re.IGNORECASE)

REVIEW = cue(
    r"\b(?:gjennomg[åai]\w*|g(?:å|år|ått|åast|ås) (?:\w+ ){0,2}i?gjennom|"
    r"(?:se|ser|sjå|sjåast) (?:\w+ ){0,2}(?:over|i?gjennom)\b|evaluer\w*|revider\w*|revisjon\w*|ruller\w*|oppdater\w*)",
    "gjenn",
    "evaluer",
    "revi",
    "ruller",
    "oppdater",
    " over",
)

REPLACES = cue(
    r"\b(?:erstatt(?:er|ar|e|ast)|avløs(?:er|e)|avløys(?:er|e)?|tr(?:er|år|e) i stedet for|kjem i staden for|"
    r"opphev(?:er|ar))\s(?!ikk)",
    "erstatt",
    "avløs",
    "avløys",
    "i sted",
    "i stad",
    "opphev",
)
REPLACED = cue(
    r"(?P<old>(?:tidleg?are|tidligere|gjeldende|gjeldande|eksisterende|eksisterande|gamle)\s[^.;,]{0,80}?avtal\w+[^.;,]{0,120}?)\s"
    r"(?:bortfaller|fell bort|faller bort|opphører|oppheves|opphevast|vert oppheva|utgår|går ut)\b",
    "fall",
    "fell bort",
    "opph",
    "utgår",
    "går ut",
)
OBJECT_ENDS = re.compile(
    r"\.(?=\s[A-ZÆØÅ]|$)|[,;]\s|\smed (?:virkning|verknad)|"
    r"\s(?:og|samt)\s(?=(?:tr(?:er|år)|gjeld|løper|har|er|blir|vert|skal|kan)\b)|$"
)


def in_force(said: Said) -> Iterator[Found]:
    """The day the agreement takes effect, or the event: "ved signering", "ved godkjenning"."""
    for passage in said.saying(IN_FORCE):
        trigger = IN_FORCE.search(passage.text)
        if trigger is None or not _about_agreement(passage) or STATUTE.search(passage.text, 0, trigger.start()):
            continue
        if value := _from_when(passage.text[trigger.end() :], whole=trigger["whole"] is not None):
            yield passage.start, passage.end, value


def termination_notice(said: Said) -> Iterator[Found]:
    """How long before the end a party must say so."""
    ending, before = {passage.start for passage in said.saying(TERMINATION)}, False
    for passage in said:
        ends = passage.start in ending
        # "Avtalen kan sies opp. Fristen er ett år."
        if ends or (before and passage.text.startswith(("Frist", "Varsel"))):
            yield from _notices(passage)
        before = ends


def notice(sentence: str) -> Time | None:
    """How long before something a sentence asks for word of it.

    >>> notice("Vi kan gå ut av avtalen med seks måneders varsel.").value
    'P6M'
    """
    return next((time for time in durations(sentence) if _is_notice(sentence, time)), None)


def renegotiation_notice(said: Said) -> Iterator[Found]:
    """How long before a party must ask for the agreement to be negotiated anew."""
    for passage in said.saying(RENEGOTIATION):
        if not passage.says(TERMINATION) and not passage.says(OTHER_CHANGE):
            yield from _notices(passage)


def review_interval(said: Said) -> Iterator[Found]:
    """How often the parties look the agreement over."""
    for passage in said.saying(REVIEW):
        verbs = list(REVIEW.finditer(passage.text))
        if _about_agreement(passage) or _goes_on_about_agreement(said, passage):
            for interval in intervals(passage.text):
                if any(abs(verb.start() - interval.start) < 80 for verb in verbs):
                    yield passage.start, passage.end, interval.value


def replaced(said: Said) -> Iterator[Found]:
    """The agreement that this one takes the place of."""
    for passage in said.saying(REPLACES, REPLACED):
        if verb := REPLACES.search(passage.text):
            end = OBJECT_ENDS.search(passage.text, verb.end())
            words = passage.text[verb.end() : end.start() if end else None]
            if AGREEMENT.search(words) or "delavtal" in words:
                yield passage.start, passage.end, words
        for gone in REPLACED.finditer(passage.text):
            yield passage.start, passage.end, gone["old"]


def _about_agreement(passage: Passage) -> bool:
    return passage.says(AGREEMENT) or (
        passage.under(LIFETIME) and (bool(PRONOUN.match(passage.text)) or passage.says(REVIEW))
    )


def _goes_on_about_agreement(said: Said, passage: Passage) -> bool:
    """Whether the sentence before names the agreement and this one says "it"."""
    nearest = islice(said.before(passage), 1)
    return PRONOUN.match(passage.text) is not None and any(one.says(AGREEMENT) for one in nearest)


def _from_when(words: str, *, whole: bool) -> str | None:
    day = next(iter(dates(words)), None)
    if day and not OTHER_DATE.search(words, 0, day.start) and (whole or FROM.search(words, 0, day.start)):
        return day.value
    if whole or FROM.match(words.lstrip()):
        events = [(SIGNED.search(words), "ved signering"), (APPROVED.search(words), "ved godkjenning")]
        told = [(event.start(), value) for event, value in events if event and event.start() < 80]
        return min(told)[1] if told else None
    return None


def _notices(passage: Passage) -> Iterator[Found]:
    if found := notice(passage.text):
        yield passage.start, passage.end, found.value


def _is_notice(text: str, time: Time) -> bool:
    before = text[max(0, time.start - 60) : time.start]
    if WITHIN.search(before):
        return False
    return NOTICE_AFTER.match(text, time.end) is not None or NOTICE_BEFORE.search(before) is not None
