"""What words amount to in law: who is bound, how strongly, by when, which bodies and how many."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, SKOS

from hjemmel.comparison.difference import Kind
from hjemmel.comparison.paper import Norm, Paper, Words
from hjemmel.comparison.words import words_of_ours
from ingest.norms.bearers import Bearers
from ingest.terms.dates import NUMBERS, dates, durations, intervals
from ontology import HJ, load
from ontology.lexicon import Lexicon, names

# "skal" and "forplikter seg til" bind alike; what is told in the present tense binds less surely than any of them.
STRENGTH: Mapping[str, str] = {
    "prohibition": "prohibition",
    "obligation": "obligation",
    "commitment": "obligation",
    "recommendation": "recommendation",
    "permission": "permission",
    "statement": "statement",
}
STRONGEST_FIRST = tuple(dict.fromkeys(STRENGTH.values()))
# An agreement or a cooperation that "shall" do something binds nobody by name.
NOBODY = {"", "AVTALEN", "SAMARBEIDET"}
COUNTED = {word for word, number in NUMBERS.items() if number > 1}
NUMBER = re.compile(
    rf"(?<![\w§.,/-])(?<!§ )(?<!nr\. )(?:\d+|{'|'.join(sorted(COUNTED))})(?![\w/-]|[.,]\d)", re.IGNORECASE
)

DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Facets:
    """What can differ in substance between texts on one matter, as values that compare across texts."""

    strength: frozenset[str] = frozenset()
    bearer: frozenset[str] = frozenset()
    deadline: frozenset[str] = frozenset()
    body: frozenset[str] = frozenset()
    number: frozenset[str] = frozenset()
    condition: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    act: frozenset[str] = frozenset()

    def __or__(self, other: "Facets") -> "Facets":
        """Both together."""
        return Facets(**{name: getattr(self, name) | getattr(other, name) for name in ALL_FACETS})


FACETS: tuple[Kind, ...] = ("strength", "deadline", "bearer", "body", "number", "condition")
# Everybody named and everything to be done compares only between a sentence and what it was before.
ALL_FACETS: tuple[Kind, ...] = (*FACETS, "named", "act")


def facets(paper: Paper, words: Words) -> Facets:
    """What these words of a document amount to: by the norms in them, and their own dates, bodies and numbers."""
    text = words.quote
    for cited in paper.citations:
        # The date and the number in the name of an act are neither a deadline nor a count.
        start, end = (max(0, min(at - words.start, len(text))) for at in (cited.words.start, cited.words.end))
        text = text[:start] + " " * (end - start) + text[end:]
    return of_words(text) | of_norms(paper.norms_within(words))


def of_norms(norms: Iterable[Norm]) -> Facets:
    """Who is bound to what, and how strongly at most."""
    found = list(norms)
    strengths = {STRENGTH[norm.modality] for norm in found}
    return Facets(
        strength=frozenset([min(strengths, key=STRONGEST_FIRST.index)] if strengths else ()),
        bearer=frozenset(norm.bearer for norm in found) - NOBODY,
        deadline=frozenset(time for norm in found for time in _in_words_only(norm.deadline)),
        act=frozenset(norm.action for norm in found),
    )


def of_words(text: str) -> Facets:
    """The times, bodies, numbers, conditions and actors in a text.

    >>> found = of_words("Varselet er tre måneder, og kommunestyret velger to medlemmer.")
    >>> sorted(found.deadline), sorted(found.number), [address.rpartition("/")[2] for address in found.body]
    (['P3M'], ['2'], ['kommunestyre'])
    """
    times = [time for reader in (dates, durations, intervals) for time in reader(text)]
    rest = text
    for time in times:
        rest = rest[: time.start] + " " * (time.end - time.start) + rest[time.end :]
    return Facets(
        deadline=frozenset(time.value for time in times),
        body=frozenset(found.key for found in _bodies().longest(text) if not found.compound),
        number=frozenset(str(NUMBERS.get(found.lower(), found)) for found in NUMBER.findall(rest)),
        condition=frozenset(found.lower() for found in _conditions().findall(text)),
        named=frozenset(actor.kind for actor in Bearers().named(text)) - NOBODY,
    )


def body_of(name: str) -> str:
    """The kind of body that a name is of, by its label or by a first word that only that kind begins with; or nothing.

    >>> [body_of(name).rpartition("/")[2] for name in ("bystyret", "styret for Dalen sykehus", "Partnerskapsmøtet")]
    ['kommunestyre', 'styre', 'partnerskapsmote']
    """
    found = next((found.key for found in _bodies().longest(name) if not found.compound), "")
    first = name.split(maxsplit=1)[0].lower() if name.split() else ""
    kinds = _beginnings().get(first, set())
    return found or (next(iter(kinds)) if len(kinds) == 1 else "")


def _in_words_only(deadline: str) -> list[str]:
    """What a deadline says beside its length: that it is "straks", or counts before or after something.

    >>> _in_words_only("senest to uker før møtene"), _in_words_only("Umiddelbart")
    (['før'], ['umiddelbart'])
    """
    told = deadline.lower()
    if not any(True for _ in durations(told)) and not DIGIT.search(told) and len(told.split()) < 4:
        return [told] if told else []
    return [side for side in ("før", "etter") if side in told.split()]


@cache
def _conditions() -> "re.Pattern[str]":
    """What makes a duty hold only sometimes, or only so far."""
    longest_first = sorted(words_of_ours()["conditions"]["words"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)


@cache
def _bodies() -> Lexicon:
    return names(HJ.BodyKind, HJ.NationalBody)


@cache
def _beginnings() -> Mapping[str, set[str]]:
    """The first words of the labels of more than one word, and the kinds of body that are called so."""
    found: dict[str, set[str]] = {}
    for kind in load().subjects(RDF.type, HJ.BodyKind):
        for relation in (SKOS.prefLabel, SKOS.altLabel):
            for name in load().objects(kind, relation):
                first, *rest = str(name).split()
                if rest:
                    found.setdefault(first.lower(), set()).add(str(kind))
    return found
