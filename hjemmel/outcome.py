"""What a meeting came to on a point, by the words of its minutes: not everything that is concluded is a resolution."""

import re
from collections.abc import Mapping
from typing import Literal

Outcome = Literal["proposed", "postponed", "noted", "acknowledged", "approved", "resolved", "concluded"]

UNDECIDED: Mapping[str, Outcome] = {"proposed": "proposed", "postponed": "postponed"}
SAID: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    ("noted", re.compile(r"\btil orientering\b", re.IGNORECASE)),
    ("acknowledged", re.compile(r"\btil (?:etterretning|vitande|etterretting)\b", re.IGNORECASE)),
    ("approved", re.compile(r"\bgodkjen(?:nes|nast|ner|t|d|de)\b", re.IGNORECASE)),
    ("resolved", re.compile(r"\b(?:vedtas|vedtar|vedtatt|vedtek|vedteke|vedteken|vedtakast|vedtok)\b", re.IGNORECASE)),
)
# "skal godkjennes av kommunestyret", "når planen er vedtatt", "vedtas ikke": what another is to do, or has not done.
NOT_DONE = re.compile(
    r"\b(?:skal|må|bør|kan|vil|ikke|ikkje|før|når|dersom|hvis|viss|inntil|bes|bedt|forutsettes|føresett)\b",
    re.IGNORECASE,
)


def outcome(told: str, words: str) -> Outcome:
    """What became of a point that the graph tells as proposed, adopted or postponed.

    >>> outcome("adopted", "SSU tar saken til orientering"), outcome("adopted", "Revidert prosedyre godkjennes.")
    ('noted', 'approved')
    >>> outcome("adopted", "Planen skal vedtas av kommunestyret"), outcome("proposed", "Planen vedtas")
    ('concluded', 'proposed')
    """
    if told in UNDECIDED:
        return UNDECIDED[told]
    if NOT_DONE.search(words):
        return "concluded"
    return next((found for found, pattern in SAID if pattern.search(words)), "concluded")
