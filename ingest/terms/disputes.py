"""How the parties settle a dispute: the steps an agreement lays down, in order."""

import re
from collections.abc import Iterator
from itertools import takewhile

from ingest.cue import cue
from ingest.passages import Passage, Said
from ingest.terms.lifetime import Found

DISPUTE = cue(
    r"uenig|ueinig|usemje|usamd|tvist|konflikt|ikkj?e (?:\w+ )?(?:enig|einig|samd|semje)",
    "enig",
    "einig",
    "semje",
    "samd",
    "tvist",
    "konflikt",
)
ACTS = re.compile(
    r"\b(?:løs(?:e|es|t)|løys(?:e|ast|t|er)|forhandle\w*|drøft\w*|løft\w*|bring\w*|legg\w* (?:\w+ )?fr[ae]m|leggj?ast|"
    r"(?:ta[rs]?|tek|takast) (?:\w+ ){0,4}opp|takast|ta(?:r|s)? (?:\w+ )?(?:til|inn)|behandl\w*|handsam\w*|"
    r"avgjør(?:es|e)?|avgjer(?:ast?)?|nedsett\w*|setj\w* ned|me[gk]le(?:[rs]|st)?|sende?s?|sendast|oversend\w*|"
    r"går (?:\w+ ){0,3}til|(?:tatt|teke|teken) opp|be (?:\w+ ){0,4}(?:avgjøre|avgjere|uttale|mekle|megle)|"
    r"(?:gi|gir|gje|gjev) råd)\b",
    re.IGNORECASE,
)
# Who is to settle it: the line of command, a committee, the national body, a court.
LEVEL = re.compile(
    r"\b(?:\w*nivå\w*|linj[ae]n?|\w*leder\w*|\w*leiar\w*|\w*ledelse\w*|leiing\w*|\w*direktør\w*|rådmann\w*|\w*utval\w*|[SF]SU|AU|"
    r"\w*møte\w?|part(?:ene|ane|er|ar)|\w*nemn?d\w*|\w*organ|\w*domstol\w*|tingrett\w*|voldgift\w*|valdgift\w*|statsforvalt\w*|"
    r"departement\w*|sekretariat\w*|pasienten|\w*sjef\w*|forhandling\w*|"
    r"der (?:de[nt]|h[oa]n?) oppst\w+)\b",
    re.IGNORECASE,
)
NEXT = re.compile(r"(?:Deretter|Så|Til slutt|Til sist|I siste instans|Elle[rs]s?|Dernest)\b")
COSTS = re.compile(r"omkostning|kostnad|utgift|erstatning|erstatting", re.IGNORECASE)


def dispute_steps(said: Said) -> Iterator[Found]:
    """The steps as they stand: a list that the text calls the procedure, else the sentences that take a dispute on."""
    in_chapter = [passage for passage in said if passage.under(DISPUTE)]
    steps = [passage for passage in in_chapter if _is_step(passage)]
    listed = [passage for passage in in_chapter if passage.lead and DISPUTE.search(passage.lead)]
    if len(listed) < 2 and not steps:
        steps = list(_told_in_a_row(said))
    for passage in listed if len(listed) > 1 else steps:
        yield passage.start, passage.end, passage.text


def _told_in_a_row(said: Said) -> Iterator[Passage]:
    """The sentences that take a dispute on, wherever they stand, and those that go on from them."""
    told = -1
    for passage in said.saying(DISPUTE):
        if passage.start > told and _is_step(passage):
            yield passage
            for later in takewhile(lambda one: NEXT.match(one.text) and one.says(LEVEL), said.after(passage)):
                yield later
                told = later.start


def _is_step(passage: Passage) -> bool:
    return passage.says(ACTS) and passage.says(LEVEL) and not passage.says(COSTS) and not passage.text.endswith(":")
