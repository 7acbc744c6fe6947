"""Agreements side by side: by requirement, by term, by body, and where they differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hjemmel.comparison.difference import Difference, Side, in_order, side
from hjemmel.comparison.matrix import Line, answers, matrix, requirement_differences
from hjemmel.comparison.paper import Paper, papers, words_of
from hjemmel.comparison.substance import (
    BODY_FIELDS,
    FIELDS,
    amounts,
    body_differences,
    body_label,
    body_side,
    term_differences,
    term_side,
)
from hjemmel.comparison.topic import Topic, topic_of
from hjemmel.comparison.words import Texts, label, requirement_label
from hjemmel.store import Store

SHOWN = (*BODY_FIELDS, "chair_rule", "appoints", "approves")
BINDING_FIRST = ("signed", "adopted", "hearing", "draft", "superseded")


class NothingToCompareError(LookupError):
    """No agreement or requirement is left of what was asked for; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """A term, or a matter of a body ("strategisk-samarbeidsutvalg/meets"), and what each agreement says of it."""

    subject: str
    label: Texts
    sides: tuple[Side, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {**asdict(self), "label": dict(self.label)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agreements side by side. Each line, aspect and difference tells of them in the order of `agreements`."""

    agreements: tuple[Paper, ...]
    as_of: date | None
    requirements: tuple[Line, ...]
    terms: tuple[Aspect, ...]
    bodies: tuple[Aspect, ...]
    substance: tuple[Difference, ...]
    wording: tuple[Difference, ...]

    @property
    def called(self) -> Mapping[str, str]:
        """What each agreement is called in a sentence."""
        return {paper.iri: paper.id for paper in self.agreements}

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "agreements": [paper.as_json() for paper in self.agreements],
            "as_of": self.as_of,
            "requirements": [line.as_json() for line in self.requirements],
            "terms": [aspect.as_json() for aspect in self.terms],
            "bodies": [aspect.as_json() for aspect in self.bodies],
            "substance": [found.as_json() for found in self.substance],
            "wording": [found.as_json() for found in self.wording],
        }


def compare(
    store: Store,
    *,
    requirements: Sequence[str] = (),
    regions: Sequence[str] = (),
    documents: Sequence[str] = (),
    topic: str | None = None,
    as_of: date | None = None,
    language: str = "nb",
) -> Comparison:
    """Agreements side by side: of these documents, or the version in force (or nearest to it) of these regions, or all.

    Requirements are notations ("6-2:13"), regions and documents addresses; a topic ("frister", "uenighet") narrows it
    all. Without a date, each agreement is judged by the law of its own day.
    """
    chosen = _chosen(store, regions, documents)
    about = topic_of(topic) if topic else Topic.everything() if not requirements else Topic(requirements=())
    lines = tuple(
        line
        for line in matrix(chosen, as_of=as_of, language=language)
        if line.requirement in requirements or about.takes_in(line.requirement)
    )
    if requirements and not lines:
        raise NothingToCompareError(
            f"No agreement is judged by {', '.join(requirements)}: `hjemmel query requirements` lists what there is."
        )
    fields = [field for field in FIELDS if about.fields is None or field in about.fields]
    notations = {line.requirement for line in lines}
    terms = list(term_differences(chosen, fields))
    found = in_order(
        [
            *(found for found in requirement_differences(chosen, as_of=as_of) if found.subject in notations),
            *terms,
            *_ways(chosen, lines, terms),
            *(body_differences(chosen) if about.bodies else ()),
        ]
    )
    return Comparison(
        agreements=chosen,
        as_of=as_of,
        requirements=lines,
        terms=tuple(_terms(chosen, fields)),
        bodies=tuple(_bodies(chosen)) if about.bodies else (),
        substance=tuple(one for one in found if one.in_substance),
        wording=tuple(one for one in found if not one.in_substance),
    )


def _chosen(store: Store, regions: Sequence[str], documents: Sequence[str]) -> tuple[Paper, ...]:
    """The agreements asked for; of a region, the version that binds or comes nearest to it, and the newest of those."""
    known = [paper for paper in papers(store).values() if paper.kind == "agreement"]
    if documents:
        found = [paper for paper in known if paper.iri in documents]
        if len(found) < len(set(documents)):
            raise NothingToCompareError("Only agreements can be compared: `hjemmel documents` tells the kind of each.")
        found.sort(key=lambda paper: documents.index(paper.iri))
        return tuple(found)
    names = {region.rpartition("/")[2] for region in regions}
    best: dict[str, Paper] = {}
    for paper in sorted(known, key=lambda paper: paper.made_on, reverse=True):
        before = best.setdefault(paper.region or paper.iri, paper)
        if _distance(paper) < _distance(before):
            best[paper.region or paper.iri] = paper
    chosen = [paper for paper in best.values() if not names or paper.region in names]
    if names - {paper.region for paper in chosen} or not chosen:
        lacking = ", ".join(sorted(names - {paper.region for paper in chosen})) or "any region"
        raise NothingToCompareError(
            f"There is no agreement for {lacking}: there are agreements for {', '.join(sorted(best))}."
        )
    return tuple(sorted(chosen, key=lambda paper: (paper.region, paper.iri)))


def _distance(paper: Paper) -> int:
    """How far a version is from binding anybody."""
    return BINDING_FIRST.index(paper.status) if paper.status in BINDING_FIRST else len(BINDING_FIRST)


def _terms(chosen: Sequence[Paper], fields: Sequence[str]) -> Iterator[Aspect]:
    for field in fields:
        sides = tuple(term_side(paper, field) for paper in chosen)
        if any(one.words for one in sides):
            yield Aspect(field, label(field), sides)


def _bodies(chosen: Sequence[Paper]) -> Iterator[Aspect]:
    for kind in dict.fromkeys(fact.kind for paper in chosen for fact in paper.bodies if fact.kind):
        for field in SHOWN:
            sides = tuple(body_side(paper, kind, field) for paper in chosen)
            if any(one.words for one in sides):
                yield Aspect(f"{kind}/{field}", body_label(kind, field), sides)


def _ways(chosen: Sequence[Paper], lines: Sequence[Line], terms: Sequence[Difference]) -> Iterator[Difference]:
    """Requirements that several agreements answer by the same act with other bearers, deadlines or strength.

    What has been told of a term is not told again of the requirement that the same words answer.
    """
    by_iri = {paper.iri: paper for paper in chosen}
    told = {(found.kind, words) for found in terms for one in found.sides for words in one.words}
    for line in lines:
        sides = [one for one in (_answer(paper, line.requirement) for paper in chosen) if one.words]
        acts = [
            {norm.action for words in one.words for norm in by_iri[one.document].norms_within(words)} for one in sides
        ]
        if len(sides) > 1 and set.intersection(*acts):
            named = requirement_label(line.requirement)
            for found in amounts(chosen, sides, line.requirement, named, ("strength", "bearer", "deadline")):
                if not all((found.kind, words) in told for one in found.sides for words in one.words):
                    yield found


def _answer(paper: Paper, requirement: str) -> Side:
    """The words of the claims that surely answer a requirement."""
    return side(paper, (), (words_of(row) for row in answers(paper, requirement)))
