"""What guidance is about, as quads: the requirement that each clause concerns, and the points it says to describe."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
from rdflib import SKOS

from ingest.advice import AdvicePoint, advice_points
from ingest.iri import iri
from ingest.page import Page
from ingest.quads import node, statements, word
from ontology import HJ, load


def guidance_quads(page: Page) -> Iterator[ox.Quad]:
    """Of each clause the requirement that a heading above it names, or advice of its own; then the points."""
    if page.reading.document.kind != "guidance":
        return
    structure = page.reading.structure
    named = _named(page)
    advised: defaultdict[int, set[str]] = defaultdict(set)
    for claim in page.reading.claims:
        if claim.strength != "weak" and claim.requirement in _advice():
            advised[claim.clause].add(requirement_slugs()[claim.requirement])
    for index in range(len(structure.clauses)):
        above = (named.get(step, set[str]()) for step in structure.ancestors(index))
        for requirement in sorted(advised[index].union(*above)):
            yield from statements(page.graph, page.clause(index), ("hj:concerns", node(f"requirement/{requirement}")))
    yield from _points(page, named)


def _points(page: Page, named: dict[int, set[str]]) -> Iterator[ox.Quad]:
    """The points of advice, numbered under the requirement of the nearest heading that names one."""
    counted: Counter[str] = Counter()
    quoted = [(text.start, text.end) for text in page.reading.provisions]
    for point in advice_points(page.reading.structure):
        # The law's own list, where guidance quotes it, is no advice.
        if any(start <= point.start < end for start, end in quoted):
            continue
        for requirement in sorted(_under(page, point, named)):
            counted[requirement] += 1
            yield from page.statement(
                "hj:AdvicePoint",
                f"advice/{requirement}/{counted[requirement]}",
                point.start,
                point.end,
                ("hj:pointOf", node(f"requirement/{requirement}")),
                ("hj:modality", word(f"hj:{point.force.capitalize()}")),
                ("hj:order", counted[requirement]),
            )


def _under(page: Page, point: AdvicePoint, named: dict[int, set[str]]) -> set[str]:
    """The requirements whose heading stands nearest above a point; those that others are parts of give way."""
    for step in page.reading.structure.ancestors(point.lead):
        found = named.get(step, set()) or _said_in_heading(page, step)
        if found:
            parts = {requirement for requirement in found if requirement not in _wholes()}
            return parts or found
    return set()


def _named(page: Page) -> dict[int, set[str]]:
    """The requirements that the citations in a heading name, by its clause."""
    structure = page.reading.structure
    named: dict[int, set[str]] = {}
    for citation in page.reading.citations:
        index = structure.clause_at(citation.start)
        if index is not None and citation.start < structure.clauses[index].body:
            named.setdefault(index, set()).update(_required_by().get(citation.target, ()))
    return named


def _said_in_heading(page: Page, index: int) -> set[str]:
    """The requirements of the law that a heading speaks of in words."""
    return {
        requirement_slugs()[claim.requirement]
        for claim in page.reading.claims
        if claim.clause == index
        and claim.start < page.reading.structure.clauses[index].body
        and claim.strength != "weak"
        and claim.requirement not in _advice()
    }


@cache
def requirement_slugs() -> dict[str, str]:
    """The address part of each requirement by its notation."""
    base = iri("requirement/")
    return {str(notation): str(node).removeprefix(base) for node, notation in load().subject_objects(SKOS.notation)}


@cache
def _wholes() -> set[str]:
    """Requirements whose legal basis holds that of others: § 6-2 as a whole."""
    bases = {str(basis) for basis in load().objects(None, HJ.legalBasis)}
    return {
        str(requirement).removeprefix(iri("requirement/"))
        for requirement, basis in load().subject_objects(HJ.legalBasis)
        if any(other.startswith(f"{basis}/") for other in bases)
    }


@cache
def _required_by() -> dict[str, set[str]]:
    """Slugs of the requirements (not of guidance's advice) that a provision is the legal basis of."""
    found: dict[str, set[str]] = {}
    for requirement, provision in load().subject_objects(HJ.legalBasis):
        if str(load().value(requirement, SKOS.notation)) not in _advice():
            path = str(provision).removeprefix(iri(""))
            found.setdefault(path, set()).add(str(requirement).removeprefix(iri("requirement/")))
    return found


@cache
def _advice() -> frozenset[str]:
    """Notations of what guidance advises beyond the law."""
    advice = load().subjects(HJ.requirementKind, HJ.GuidanceAdvice)
    return frozenset(str(load().value(requirement, SKOS.notation)) for requirement in advice)
