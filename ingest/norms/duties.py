"""Ways to bind somebody without a modal verb: "har ansvar for", "forplikter seg til", "anbefales"."""

import re
from dataclasses import dataclass
from typing import Literal

Modality = Literal["OBLIGATION", "RECOMMENDATION", "PERMISSION", "PROHIBITION", "COMMITMENT", "STATEMENT"]

WITHIN = r"[^.;:]{0,70}?"
PHRASES: tuple[tuple[str, Modality, str], ...] = (
    (
        "har ansvar for",
        "OBLIGATION",
        rf"har\b(?P<in>{WITHIN})\b(?:\w+|\w+- og \w+)?ansvar(?:et)? (?:for|med)\b",
    ),
    ("har ansvar for", "OBLIGATION", rf"er\b(?P<in>{WITHIN})\bansvarl(?:ige?|eg|ege) for\b"),
    (
        "har ansvar for",
        "OBLIGATION",
        r"er (?P<owner>[^.,;:]{3,40}?)(?:s| sitt| sin) (?:ansvar|oppgave|oppgåve)(?= å\b)(?P<in>)",
    ),
    (
        "er forpliktet til",
        "COMMITMENT",
        rf"(?:er|blir|vert)\b(?P<in>{WITHIN})\bforplikt(?:et|ede|a|e|ete)\b(?: til\b)?",
    ),
    ("forplikter seg", "COMMITMENT", rf"forplikt(?:er|ar)\b(?P<in>{WITHIN})\bseg\b(?: \w+){{0,2}}? til\b(?: at)?"),
    ("er forpliktet til", "COMMITMENT", r"forpliktes(?P<in>[^.;:]{0,40}?) til\b"),
    ("plikter", "OBLIGATION", r"plikt(?:er|ar)\b(?P<in>)"),
    ("er pålagt", "OBLIGATION", rf"(?:er|blir|vert)\b(?P<in>{WITHIN})\bpåla(?:gt|gd|gde)\b"),
    ("er pålagt", "OBLIGATION", r"(?:pålegges|påleggast|påhviler|påligger)\b(?P<in>)"),
    (
        "har plikt",
        "OBLIGATION",
        rf"(?:har|er)\b(?P<in>{WITHIN})\b"
        r"(?:pliktige? til\b|plikt(?:a|en)? til\b|(?P<duty>(?:[\w-]+- og )?\w{4,}splikt(?:a|en)?\b))",
    ),
    (
        "anbefales",
        "RECOMMENDATION",
        r"(?:anbefales|tilrås|tilrådes|tilråast|oppfordres|oppmodast|anbefaler|tilrår|oppfordrer|oppmodar)\b(?P<in>)",
    ),
    ("anbefales", "RECOMMENDATION", r"(?:er|blir|vert)\b(?P<in>(?: det)?) (?:anbefalt|tilrådd|tilrådt|oppmoda)\b"),
    (
        "har rett til",
        "PERMISSION",
        rf"har\b(?P<in>{WITHIN})\b(?:rett|adgang|anledning|høve|løyve|fullmakt|myndighet|mynde|mulighet) til å\b",
    ),
    ("har rett til", "PERMISSION", r"står\b(?P<in>.{0,30}?)\bfritt(?: til)?\b"),
    (
        "er enige om",
        "COMMITMENT",
        r"(?:er|blir)\b(?P<in>[^.;:]{0,30}?)\b(?:enige?|einige?|samde?|enighet|einigheit|semje) om"
        r"(?= å\b| følgende| følgjande|:)",
    ),
)
COMPILED = tuple((name, modality, re.compile(pattern, re.IGNORECASE)) for name, modality, pattern in PHRASES)
OTHERS = re.compile(r"(?:anbefal|oppfordr|oppmod)(?:er|ar)|tilrår|påhviler|påligger", re.IGNORECASE)
NEGATION = re.compile(r"\b(?:ikke|ikkje|ingen|inga|ingen)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duty:
    """A binding phrase that begins at its finite verb and ends at `end` of the sentence.

    `inside` is what stands within it, an inverted subject perhaps ("har *sykehuset* ansvar for"); `named` is a duty
    that is a noun ("informasjonsplikt").
    """

    trigger: str
    modality: Modality
    end: int
    inside: str
    named: str | None = None
    others: bool = False
    """Whether not the subject is bound but somebody named later: "Direktoratet anbefaler kommunene å …"."""
    owner: str = ""
    """The words for whose duty it is: "det er *kommunen*s ansvar å …"."""

    @property
    def addresses(self) -> bool:
        """Whether the one who is bound, or advised, may stand before the deed: "det påhviler kommunen å varsle"."""
        return self.trigger in ("anbefales", "er pålagt")


def duty(sentence: str, verb: int) -> Duty | None:
    """The binding phrase that the finite verb at a position of the sentence begins.

    >>> [duty(*said).modality for said in (("Partene forplikter seg til", 8), ("Den har ikke adgang til å endre", 4))]
    ['COMMITMENT', 'PROHIBITION']
    """
    for trigger, modality, pattern in COMPILED:
        if found := pattern.match(sentence, verb):
            inside = found["in"] or ""
            denied = NEGATION.search(inside) is not None
            if denied and modality != "PERMISSION":
                continue
            named = found["duty"] if "duty" in pattern.groupindex else None
            owner = found["owner"] if "owner" in pattern.groupindex else ""
            others = OTHERS.fullmatch(found.group()) is not None
            return Duty(trigger, "PROHIBITION" if denied else modality, found.end(), inside, named, others, owner)
    return None
