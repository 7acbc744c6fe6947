"""Who serves the bodies as their secretariat: one of the parties, an office of it, or another body."""

import re
from collections.abc import Iterator, Sequence

from ingest.bodies.names import Mention
from ingest.bodies.procedure import Told
from ingest.cue import cue

HELD = cue(
    r"\s(?:skal |kan |bør )?(?:(?:er|være|vere|har|ha|ivareta[rs]?|ivaretek|føre[r]?|stille[r]?|utgjør|utgjer|utgjøre|"
    r"fungere[r]?|deler på|deler|byter på|bytter på|veksler på|vekslar på|alternerer på)\s(?:på |om )?"
    r"(?:å (?:være|vere|ha|føre|ivareta|utgjøre)\s)?)(?:et |eit |felles |som |funksjon(?:en)? som |ansvar(?:et)? for "
    r"|rollen som |rolla som |for )*sekretariat(?:et|sfunksjon(?:en)?|soppgåvene|soppgavene)?\b",
    "sekretariat",
)
PLACED = cue(
    r"\bsekretariat\w*\s(?:skal )?(?:(?:ligger?|ligg|liggje|er lagt|blir lagt|vert lagt|legges|leggjast)\s"
    r"(?:til|hos|hjå|ved)"
    r"|(?:ivaretas|ivaretakast|føres|førast|ytes|holdes|haldast|utgjøres)\sav)\s(?P<who>[^.;:,]+)",
    "sekretariat",
)
# No person is named as a secretariat, only whom he works for.
ORGANISATION = re.compile(
    r"\b\w*(?:kommun|sykehus|sjukehus|foretak|føretak|avdeling|eining|enhet|part(?:ene|ane|en)\b|administrasjon|HF\b)",
    re.IGNORECASE,
)
PAUSE = re.compile(r"[.;:,(]\s|\bat\s|\bhvor\s|\bder\s")
FOR = re.compile(r"\s(?:for|til)\s")
LONGEST_HOLDER = 80
SLUG = "sekretariat"


def holder(text: str) -> Iterator[Told]:
    """The party or office that a sentence makes the secretariat.

    >>> [told[2:] for told in holder("Sykehusets samhandlingsavdeling ivaretar sekretariatsfunksjonen.")]
    [('held_by', 'Sykehusets samhandlingsavdeling')]
    """
    if held := HELD.search(text):
        begin = max([0, *(pause.end() for pause in PAUSE.finditer(text, 0, held.start()))])
        who = text[begin : held.start()]
        if len(who) <= LONGEST_HOLDER and ORGANISATION.search(who):
            yield begin, held.end(), "held_by", who
    elif (placed := PLACED.search(text)) and ORGANISATION.search(placed["who"][:LONGEST_HOLDER]):
        yield *placed.span(), "held_by", placed["who"].strip()


def served(text: str, subject_end: int | None, named: Sequence[Mention]) -> Iterator[Told]:
    """The bodies that the subject of a sentence serves as their secretariat, by slug."""
    held = HELD.search(text)
    if held is None or subject_end is None or held.start() > subject_end + 1 or not FOR.match(text, held.end()):
        return
    for mention in named:
        if mention.start >= held.end() and not PAUSE.search(text, held.end(), mention.start):
            yield held.start(), mention.end, "secretariat_of", mention.slug
