"""Ways to bind somebody without a modal verb: "har ansvar for", "forplikter seg til", "anbefales"."""

import re
from dataclasses import dataclass
from typing import Literal

Modality = Literal["OBLIGATION", "RECOMMENDATION", "PERMISSION", "PROHIBITION", "COMMITMENT", "STATEMENT"]

# The finite verbs that such a phrase can begin with; a look at them spares most sentences the patterns.
FIRST = frozenset(
    [
        "har",
        "er",
        "blir",
        "vert",
        "forplikter",
        "forpliktar",
        "forpliktes",
        "plikter",
        "pliktar",
        "pålegges",
        "påleggast",
        "anbefales",
        "anbefaler",
        "tilrås",
        "tilrådes",
        "tilrår",
        "tilråast",
        "oppfordres",
        "oppfordrer",
        "oppmodar",
        "påhviler",
        "påligger",
        "står",
        "avtaler",
    ]
)
WITHIN = r"[^.;:]{0,70}?"
PHRASES: tuple[tuple[str, Modality, str], ...] = (
    (
        "har ansvar for",
        "OBLIGATION",
        rf"har\b(?P<in>{WITHIN})\b(?:\w+|\w+- og \w+)?ansvar(?:et)? (?:for|med)\b(?: at)?",
    ),
    ("har ansvar for", "OBLIGATION", rf"er\b(?P<in>{WITHIN})\bansvarl(?:ige?|eg|ege) for\b(?: at)?"),
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
        rf"(?:har|er)\b(?P<in>{WITHIN})\b(?:pliktige? til\b|plikt(?:a|en)? til\b|(?P<duty>(?:[\w-]+- og )?\w{{4,}}splikt(?:a|en)?\b))",
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
        r"(?:er|blir)\b(?P<in>[^.;:]{0,30}?)\b(?:enige?|einige?|samde?|enighet|einigheit|semje) om(?= å\b| følgende| følgjande|:)",
    ),
)
COMPILED = tuple((name, modality, re.compile(pattern, re.IGNORECASE)) for name, modality, pattern in PHRASES)
NEGATION = re.compile(r"\b(?:ikke|ikkje|ingen|inga|ingen)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duty:
    """A binding phrase that begins at its finite verb and ends at `end` of the sentence.

    `inside` is what stands within it, an inverted subject perhaps ("har *sykehuset* ansvar for"); `named` is a duty that
    is a noun ("informasjonsplikt").
    """

    trigger: str
    modality: Modality
    end: int
    inside: str
    named: str | None = None


def duty(sentence: str, verb: int) -> Duty | None:
    """The binding phrase that the finite verb at a position of the sentence begins.

    >>> duty("Partene forplikter seg til å samarbeide", 8).modality, duty("Kommunen har ikke adgang til å endre", 9).modality
    ('COMMITMENT', 'PROHIBITION')
    """
    for trigger, modality, pattern in COMPILED:
        if found := pattern.match(sentence, verb):
            inside = found["in"] or ""
            if NEGATION.search(inside):
                if modality != "PERMISSION":
                    continue
                modality = "PROHIBITION"
            named = found["duty"] if "duty" in pattern.groupindex else None
            return Duty(trigger, modality, found.end(), inside, named)
    return None
