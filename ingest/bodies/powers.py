"""What a body is to do and decide, whom it appoints, and whom it answers to."""

import re
from collections.abc import Iterator, Sequence

from ingest.bodies.names import OUTSIDE, Mention
from ingest.bodies.procedure import Told
from ingest.cue import cue

TASKS = re.compile(
    r"\b(?:\w*oppgaver?|\w*oppgåver?|mandat\w*|ansvar\b|ansvarsområde\w*|funksjon\w*|rolle\w*|rolla|"
    r"skal særlig|skal særleg)",
    re.IGNORECASE,
)
TASK_LEAD = re.compile(
    r"\b(?:oppgave\w*|oppgåve\w*|mandat\w*|ansvar\w*|skal|å|myndighet\w*|mynde)\b[^:]{0,60}:$|"
    r"\b(?:godkjen\w*|vedta\w*|vedtek\w*|behandle\w*):$",
    re.IGNORECASE,
)
MODAL = re.compile(
    r"\b(?:skal|kan|må|bør|har (?:selv |også |òg )?(?:som oppgave|i oppgave|ansvar\w*|mandat|"
    r"myndighet|mynde)|har til oppg\w+)\b",
    re.IGNORECASE,
)
NOT_A_TASK = re.compile(
    r"\bkan ikk?j?e\b|\bskal ikk?j?e\b|\b(?:skal|kan|må|bør) (?:også |òg |minst )?(?:ha (?!ansvar|"
    r"som oppg|funksjon|mandat)|bestå|være(?! (?:oppdrags|pådriver|"
    r"rådgiv|sekretariat|bindeledd|kontakt))|vere(?! (?:oppdrags|pådriv|rådgiv|sekretariat|bindeledd|"
    r"kontakt))|møtes|møtest|ledes|leiast|velges|veljast|"
    r"oppnevnes|oppnemnast|inviter|ledes|settes sammen)",
    re.IGNORECASE,
)
# A present-tense verb behind its subject that tells what the body does, not what it is or has.
PRESENT = re.compile(
    r"\s+(?!(?:består|har|er|får|møter|møtes|møtest|rapporterer|konstituerer|utgjør|utgjer|vel|"
    r"velger|ligger|ligg|holdes|blir|vert|ledes|avholdes|"
    r"arrangeres|inngår|deltar|deltek|representerer|oppnevnes|oppnemnast|etableres|opprettes|"
    r"gjennomføres|inviteres|settes|beskriver|tar\s(?:saken|utviklings)"
    r"|eller|over|under|etter|mellom|for|år|veksler|alternerer|får|"
    r"samles)\b)(?P<verb>[a-zæøå]{2,}(?:[eaå]r|ek)|gjer|gir|gjør|ser|fører|syter|førebur|legg|tek|"
    r"set|vedtek)\b",
)
PASSIVE_TASK = re.compile(
    r"\b(?!oppnev|oppnem|ledes|leies|leiast|velges|godkjen|foresl)\w+(?:es|ast)\s(?:\w+\s){0,2}av\s$", re.IGNORECASE
)
INFINITIVE = re.compile(
    r"(?:Skal|Kan(?! være| vere)|Må|Bør|Har (?:selv |ansvar|sjølv |det )|Ansvarlig|Ansvarleg|"
    r"Organ for|Pådriver|Bidra\b|Ta\b|Se\b|Gi\b|[Vv]edta\b|Sjå\b|Føre|Bistår|"
    r"(?!(?:Møte|Kommune|Politiske|Vurdere om|Være|Faste|Forankre|Følgende|Desse|Disse|Alle|Ledere?|"
    r"Ordfører|Rådmann|Representanter|Medlemmer|Deltakere|Kommuner|Brukere|Fastleger|Partene|"
    r"Oppnevnes|"
    r"Etableres|Velges)\b)[A-ZÆØÅ]?[\wæøå]{2,}(?:e|ing|inger|ar|er|år|dende)\b)",
)
OPENS_LIST = re.compile(r"\b(?:skal|kan|må|bør)(?: \w+)?:$")
ANOTHER_CLAUSE = re.compile(r"\b(?:som|at|når|dersom|hvis|der)\b")
BEFORE_SUBJECT = re.compile(r"\b(?:skal|kan|må|bør)\s\S+(?:\s\S+)?$")
SKIPPED = re.compile(
    r"\b(?:foreslås|foreslåast|uendret|uendra|oppnevnes av og|vurderes|(?:skal|bør) vurder)", re.IGNORECASE
)

APPROVES = cue(
    r"\b(?:godkjenn?e[rsn]?|godkjenner|vedta(?:r|s)?|vedtek|vedtar|fastsette[rs]?|fastset|"
    r"fastsetje[r]?|stadfeste[r]?|slutte[r]? seg til)\s"
    r"(?:(?:årlig|årleg|også|òg|endelig|endeleg|selv|sjølv|alle|den|det)\s)?(?P<what>[^.;:]{3,160})",
    "godkjen",
    "vedta",
    "vedtek",
    "fastset",
    "stadfest",
    "slutte",
)
APPROVED_BY = re.compile(
    r"\s(?:skal\s)?(?:godkjennes|godkjennast|vedtas|vedtakast|fastsettes|blir godkjen[td]e?|"
    r"vert godkjen[td]e?)\s(?:\w+\s)?av\s$",
    re.IGNORECASE,
)
NEXT_VERB = re.compile(
    r",? og (?=(?:behandl|oppnev|oppnem|vel|utarbeid|følg|sørg|syt|legg|før|gir|gjev|gje|tek|tar|set|"
    r"koordiner|drøft|fastset|godkjen|evaluer|"
    r"skal|kan|har)\w*\s)"
)
APPROVE_LEAD = re.compile(r"\b(?:godkjen\w*|vedta\w*|vedtek\w*|fastset\w*):$", re.IGNORECASE)
APPOINTS = re.compile(
    r"\b(?:oppnev(?:ne[rs]?|nt)|oppnem(?:ne[r]?|ner|nt|nde)|oppnev\w*|nedsette[rs]?|nedset|set(?:je|"
    r"j|ter)?\sned|sette[rs]?\sned|setje\sned|opprette[rs]?|opprettar|"
    r"etablere[rs]?|utpeke[rs]?|peike\sut)\b",
    re.IGNORECASE,
)
APPOINTED_BY = re.compile(
    r"\b(?:oppnevn\w*|oppnem\w*|nedsett\w*|nedsatt|opprett\w*|utpek\w*|etablert\w*|"
    r"sett ned)(?:\sog\s\w+)?\sav(?:\sog\srapporterer\stil)?\s$",
    re.IGNORECASE,
)
BY = re.compile(r"\b(?:oppnevn\w*|oppnem\w*|nedsett\w*|nedsatt|opprett\w*|utpek\w*)\s(?:av\s)", re.IGNORECASE)
REPORTS = re.compile(
    r"\b(?:rapporter\w*|svarer|svarar|står ansvarlig|er ansvarlig|underlagt|underordna|"
    r"underordnet)\s(?:\w+\s){0,3}?(?:til|overfor|ovanfor)?\s?",
    re.IGNORECASE,
)
TO = re.compile(r"(?:(?:til|overfor|ovanfor)\s(?:de[nti]?\s)?|underlagt\s)$", re.IGNORECASE)
BESIDE = re.compile(
    r"\s?(?:\([^)]*\))?\s?(?:,|og|eller|og/eller|samt|/)\s?(?:de[nti]?\s|et\s|eit\s|en\s|ein\s)?", re.IGNORECASE
)
DELEGATED = re.compile(
    r"\b(?:får|fått|gitt|gjeve|har|med)\s(?:\w+\s){0,2}?delegert\w*\s(?:\w+\s){0,3}?(?:fra|frå|av)\s", re.IGNORECASE
)
DELEGATES = re.compile(r"\bdeleger\w*\s(?:[^.]{0,60}?)\btil\s$", re.IGNORECASE)


def appointed(text: str, named: Sequence[Mention]) -> Iterator[Told]:
    """The bodies that the subject of a sentence appoints, by slug.

    >>> from ingest.bodies.names import mentions
    >>> text = "Utvalget kan nedsette arbeidsgrupper og fagutvalg"
    >>> [told[3] for told in appointed(text, mentions(text))]
    ['arbeidsgruppe', 'fagutvalg']
    """
    for verb in APPOINTS.finditer(text) if named else ():
        if BY.match(text, verb.start()):
            continue
        reached = verb.end()
        for mention in named:
            if mention.start < reached or mention.kind in OUTSIDE:
                continue
            gap = text[reached : mention.start]
            near = len(gap) < 30 and not re.search(
                r"[.;:,]|\b(?:av|fra|frå|til|for|i|som|medlem\w*|leder|leiar|mandat\w*|representant\w*)\b", gap
            )
            if not (near or (reached != verb.end() and BESIDE.fullmatch(gap))):
                break
            yield verb.start(), mention.end, "appoints", mention.slug
            reached = mention.end


def superiors(text: str, named: Sequence[Mention]) -> Iterator[Told]:
    """Whom the subject of a sentence answers to ("reports_to"), is appointed by ("appointed_by") and empowered by."""
    if not named:
        return
    for field, begins, ends in (
        ("reports_to", REPORTS, TO),
        ("appointed_by", None, APPOINTED_BY),
        ("delegated_by", DELEGATED, re.compile(r"(?:fra|frå|av)\s(?:de[nti]?\s)?$")),
    ):
        reached = None
        for mention in named:
            verb = begins.search(text, 0, mention.start) if begins else None
            before = text[max(0, mention.start - 60) : mention.start]
            if (begins is None or verb) and (cue := ends.search(before)):
                start = verb.start() if verb else mention.start - len(before) + cue.start()
                reached = mention.end
                yield start, mention.end, field, mention.slug
            elif reached is not None and BESIDE.fullmatch(text, reached, mention.start):
                reached = mention.end
                yield mention.start, mention.end, field, mention.slug
    if both := re.search(
        r"oppnevnes av og rapporterer til\s|blir oppnemnde av og rapporterer til\s", text, re.IGNORECASE
    ):
        for mention in named:
            if mention.start == both.end():
                yield both.start(), mention.end, "reports_to", mention.slug


def delegated(text: str, named: Sequence[Mention]) -> Iterator[Told]:
    """The bodies that the subject of a sentence hands authority to."""
    for mention in named:
        if found := DELEGATES.search(text, 0, mention.start):
            yield found.start(), mention.end, "delegates_to", mention.slug


def approved(text: str) -> Iterator[Told]:
    """What the subject of a sentence approves.

    >>> [told[3] for told in approved("Partnarskapsmøtet vedtek handlingsplan og budsjett.")]
    ['handlingsplan og budsjett']
    """
    for found in APPROVES.finditer(text):
        what = found["what"]
        if cut := NEXT_VERB.search(what):
            what = what[: cut.start()]
        what = re.sub(r"[\s,.]+(?:og)?\s*$", "", what)
        start = found.start("what")
        if what and not what.startswith(("av ", "i ", "hvordan", "at ")):
            yield start, start + len(what), "approves", what


def is_task(text: str, subject_end: int | None) -> bool:
    """Whether a sentence whose subject ends at a place says what its subject does.

    >>> is_task("Utvalget behandler klager.", 8), is_task("Utvalget har åtte medlemmer.", 8)
    (True, False)
    """
    if NOT_A_TASK.search(text) or SKIPPED.search(text) or OPENS_LIST.search(text):
        return False
    if subject_end is None:
        return MODAL.search(text) is not None
    modal = MODAL.search(text, subject_end)
    # "… er en struktur som skal bidra": the modal is that of another clause.
    if modal and not ANOTHER_CLAUSE.search(text, subject_end, modal.start()):
        return True
    return BEFORE_SUBJECT.search(text[:subject_end]) is not None or PRESENT.match(text, subject_end) is not None
