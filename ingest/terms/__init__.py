"""What an agreement says of itself, field by field, to be laid beside what others say."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice

from ingest.clause import Structure
from ingest.cue import cue
from ingest.passages import Passage, Said, passages
from ingest.terms.approval import approval_bodies
from ingest.terms.disputes import dispute_steps
from ingest.terms.lifetime import (
    AGREEMENT,
    PRONOUN,
    Found,
    in_force,
    renegotiation_notice,
    replaced,
    review_interval,
    termination_notice,
)

COST = cue(r"kostnad|utgift|\bomkostning|\wtilskudd|\wtilskot", "kostnad", "utgift", "omkost", "tilsk")
PAYS = re.compile(
    r"\b(?:bære?r?|bæres|ber|berast|dekk\w*|fordel\w*|dele[rs]|delast|delte?|beta\w+|svare?r? for|finansier\w*|"
    r"belast\w*|forvalt\w*)\b",
    re.IGNORECASE,
)
COST_TITLE = re.compile(r"kostnad|økonomi|utgift|finansier|penge|pengar", re.IGNORECASE)
ARE_PRIORITY = cue(r",?\s(?:skal|bør|må|blir|vert|er)\s(?:\w+\s)?prioriter(?:es|ast|t|te|a)\b", "prioriter")
PEOPLE = re.compile(
    r"barn|ung|eldre|person|pasient|bruker|brukar|menneske|syke|sjuke|kvinne|gravid|psykisk|rus|kronisk", re.IGNORECASE
)
PRIORITY = cue("prioriter", "prioriter")
GROUPS = r"\bprioriter\w*\s(?:\w+\s){0,2}?\w*grupp\w*"
PRIORITY_GROUPS = cue(GROUPS, "prioriter")
PRIORITY_GROUPS_ARE = cue(GROUPS + r"[^.:]*?(?:\s(?:er|omfatter|omfattar)|:)\s", "prioriter")
PUBLISHES = cue(
    r"publiser|nettsid|nettstad|\b(?:offentlig?gjør|offentleggj|kunngj\w|heimesid|hjemmesid|tilgjengele?i?g\w* på|"
    r"på (?:inter)?nett(?:et)?\b|"
    r"(?:inn|over|videre|vidare)?send\w*\b.{0,60}\bHelsedirektoratet)",
    "publiser",
    "nett",
    "offent",
    "kunngj",
    "heimesid",
    "hjemmesid",
    "tilgj",
    "send",
)
PUBLICATION_TITLE = re.compile(r"publiser|kunngjøring|kunngjering|offentl", re.IGNORECASE)
# "Partane arkiverer han", after a sentence about the agreement.
IT = re.compile(r"\b(?:den|han|ho)\b")
ARCHIVES = cue(r"\b(?:arkiver\w*|\w*arkiv(?:et|a|ene|lov\w*)?)\b", "arkiv")

SUB_AGREEMENTS = re.compile(r"\b(?:del|under|tjeneste|teneste|sær)avtal", re.IGNORECASE)
ASIDE = re.compile(r"\([^()]*\)")
# Of an agreement in a list: longer items say something, and do not name one.
LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class Term:
    """One fact of an agreement: the `order`-th value of a field, said at start to end of the stored text."""

    field: str
    value: str
    order: int
    start: int
    end: int


def terms(structure: Structure) -> tuple[Term, ...]:
    """The terms of an agreement, in ISO 8601 where they are dates or lengths of time, else as written.

    >>> from ingest.flow import Flow
    >>> text = "Avtalen trer i kraft 1. mai 2025. Den kan sies opp med ett års frist."
    >>> [(term.field, term.value) for term in terms(Structure(text, (), Flow.plain(text)))]
    [('in_force_date', '2025-05-01'), ('termination_notice', 'P1Y')]
    """
    said = Said(passages(structure))
    return tuple(
        Term(field, value, order, *structure.flow.span(start, end))
        for field, rule in RULES.items()
        for order, (start, end, value) in enumerate(_distinct(rule(said)), 1)
    )


def _costs(said: Said) -> Iterator[Found]:
    named = {passage.start for passage in said.saying(COST)}
    for passage in said:
        if (passage.start in named or passage.under(COST_TITLE)) and passage.says(PAYS):
            yield passage.start, passage.end, passage.text


def _priority_groups(said: Said) -> Iterator[Found]:
    named = {passage.start for passage in said.saying(PRIORITY)}
    for passage in said:
        words = passage.text
        if passage.lead and PRIORITY_GROUPS.search(passage.lead):
            yield passage.start, passage.end, words
        elif passage.start not in named:
            continue
        elif (rest := ARE_PRIORITY.search(words)) and PEOPLE.search(words, 0, rest.start()):
            yield passage.start, passage.end, words[: rest.start()]
        elif told := PRIORITY_GROUPS_ARE.search(words):
            yield passage.start, passage.end, words[told.end() :]


def _publication(said: Said) -> Iterator[Found]:
    for passage in said.saying(PUBLISHES):
        if passage.says(AGREEMENT) or PRONOUN.match(passage.text) or passage.under(PUBLICATION_TITLE):
            yield passage.start, passage.end, passage.text


def _archiving(said: Said) -> Iterator[Found]:
    for passage in said.saying(ARCHIVES):
        if passage.says(AGREEMENT) or passage.under(ARCHIVES) or _goes_on_about_agreement(said, passage):
            yield passage.start, passage.end, passage.text


def _goes_on_about_agreement(said: Said, passage: Passage) -> bool:
    """Whether the sentences before it name the agreement and then only "it"."""
    earlier = dropwhile(lambda one: one.says(IT) and not one.says(AGREEMENT), said.before(passage))
    return any(one.says(AGREEMENT) for one in islice(earlier, 1))


def _sub_agreements(said: Said) -> Iterator[Found]:
    for passage in said:
        # "(jf. tidligere delavtaler)" is an aside, and not what the list is of.
        if (
            passage.lead
            and SUB_AGREEMENTS.search(ASIDE.sub("", passage.lead))
            and len(passage.text.split()) <= LONGEST_NAME
        ):
            yield passage.start, passage.end, passage.text


def _distinct(found: Iterator[Found]) -> list[Found]:
    """Each value once, where it is said first."""
    seen: dict[str, Found] = {}
    for start, end, value in found:
        plain = value.strip(" .,;:")
        seen.setdefault(plain.casefold(), (start, end, plain))
    return list(seen.values())


RULES: dict[str, Callable[[Said], Iterator[Found]]] = {
    "in_force_date": in_force,
    "termination_notice": termination_notice,
    "renegotiation_notice": renegotiation_notice,
    "review_interval": review_interval,
    "approval_body": approval_bodies,
    "replaces": replaced,
    "dispute_steps": dispute_steps,
    "costs": _costs,
    "priority_groups": _priority_groups,
    "publication": _publication,
    "archiving": _archiving,
    "sub_agreements": _sub_agreements,
}
