"""What agreements say differently of their terms and bodies, and whether it is more than a matter of words."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hjemmel.comparison.difference import Difference, Kind, Side, differ, side
from hjemmel.comparison.facets import FACETS, body_of, facets
from hjemmel.comparison.paper import BodyFact, Paper
from hjemmel.comparison.wording import same_sense
from hjemmel.comparison.words import Texts, in_words, label
from ontology import BASE

# Values of these fields are dates and durations; of the next, lists of names; of all others, sentences.
TIMES = ("termination_notice", "renegotiation_notice", "review_interval", "in_force_date")
NAMED = ("approval_body", "sub_agreements", "replaces")
FIELDS = (*TIMES, *NAMED, "dispute_steps", "costs", "priority_groups", "publication", "archiving")
BODY_FIELDS: Mapping[str, Kind] = {
    "tier": "number",
    "seats": "number",
    "meets": "deadline",
    "term_of_office": "deadline",
    "alternates": "value",
    "decision_rule": "value",
    "deputies": "value",
    "delegated_by": "body",
    "reports_to": "body",
    "held_by": "bearer",
    "secretariat_of": "body",
}


def term_differences(papers: Sequence[Paper], fields: Iterable[str] = FIELDS) -> Iterator[Difference]:
    """What agreements say differently of each term; a field that only some of them have is a difference too."""
    for field in fields:
        sides = [term_side(paper, field) for paper in papers]
        told = [one for one in sides if one.said == "said"]
        if told and any(one.said == "silent" for one in sides):
            yield Difference("term", field, label(field), tuple(sides))
        if len(told) > 1:
            yield from _between(papers, field, told)


def term_side(paper: Paper, field: str) -> Side:
    """What a document says of one term."""
    terms = [term for term in paper.terms if term.field == field]
    return side(paper, (term.value for term in terms), (term.words for term in terms))


def body_differences(papers: Sequence[Paper]) -> Iterator[Difference]:
    """What agreements say differently of a body that at least two of them describe."""
    for kind in dict.fromkeys(fact.kind for paper in papers for fact in paper.bodies if fact.kind):
        told = [paper for paper in papers if any(fact.kind == kind for fact in paper.bodies)]
        for field, sort in BODY_FIELDS.items():
            sides = tuple(body_side(paper, kind, field) for paper in told)
            if len(told) > 1 and any(one.words for one in sides) and differ(sides):
                yield Difference(sort, f"{kind}/{field}", body_label(kind, field), sides)


def body_side(paper: Paper, kind: str, field: str) -> Side:
    """What a document says of one matter of one kind of body."""
    facts: list[BodyFact] = [fact for fact in paper.bodies if (fact.kind, fact.field) == (kind, field)]
    return side(paper, (fact.value for fact in facts), (fact.words for fact in facts))


def body_label(kind: str, field: str) -> Texts:
    """What a matter of a kind of body is called.

    >>> body_label("partnerskapsmote", "meets")["nb"]
    'partnerskapsmøte: tid mellom møtene'
    """
    named = f"{BASE}body-kind/{kind}"
    return {language: f"{in_words(named, language)}: {called}" for language, called in label(field).items()}


def amounts(
    papers: Sequence[Paper], told: Sequence[Side], subject: str, called: Texts, kinds: Collection[Kind] = FACETS
) -> Iterator[Difference]:
    """Where single sentences on one matter differ in what they amount to.

    Of several sentences it is not known which answers which, so nothing is said of them.
    """
    if any(len(one.words) != 1 for one in told):
        return
    by_iri = {paper.iri: paper for paper in papers}
    found = [facets(by_iri[one.document], one.words[0]) for one in told]
    for kind in kinds:
        # Without a norm nobody is bound, and how strongly cannot be compared.
        if kind in ("strength", "bearer") and not all(one.strength for one in found):
            continue
        sides = tuple(
            replace(one, values=tuple(sorted(getattr(amount, kind)))) for one, amount in zip(told, found, strict=True)
        )
        if differ(sides):
            yield Difference(kind, subject, called, sides)


def left_over(told: Sequence[Side], subject: str, called: Texts) -> Iterator[Difference]:
    """What is left to tell of texts that differ in nothing that was found: single sentences differ in wording."""
    if not _same_words(told):
        kind: Kind = "wording" if all(len(one.words) == 1 for one in told) else "unjudged"
        yield Difference(kind, subject, called, tuple(told))


def _between(papers: Sequence[Paper], field: str, told: Sequence[Side]) -> Iterator[Difference]:
    """How those that have a term differ in it."""
    found = list(_of_field(papers, field, told))
    yield from found or left_over(told, field, label(field))


def _of_field(papers: Sequence[Paper], field: str, told: Sequence[Side]) -> Iterator[Difference]:
    called = label(field)
    if field in TIMES:
        if differ(told):
            yield Difference("deadline", field, called, tuple(told))
        yield from amounts(papers, told, field, called, ("strength", "bearer"))
    elif field == "approval_body":
        known = [replace(one, values=tuple(body_of(value) for value in one.values)) for one in told]
        if all(all(one.values) for one in known) and differ(known):
            yield Difference("body", field, called, tuple(known))
    elif field in NAMED:
        if not _same_words(told):
            yield Difference("value", field, called, tuple(told))
    elif field == "dispute_steps":
        by_iri = {paper.iri: paper for paper in papers}
        steps = [replace(one, values=(str(len(one.words)),)) for one in told]
        bodies = [{body for said in one.words for body in facets(by_iri[one.document], said).body} for one in told]
        through = [replace(one, values=tuple(sorted(own))) for one, own in zip(told, bodies, strict=True)]
        if differ(steps):
            yield Difference("number", field, called, tuple(steps))
        if differ(through):
            yield Difference("body", field, called, tuple(through))
    else:
        yield from amounts(papers, told, field, called)


def _same_words(told: Sequence[Side]) -> bool:
    first, *rest = [" ".join(words.quote for words in one.words) for one in told]
    return all(same_sense(first, other) for other in rest)
