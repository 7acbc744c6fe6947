"""What was read of a document, as quads: every statement with its evidence, no blank nodes (see docs/graph.md)."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version

import pyoxigraph as ox
from rdflib import SKOS, Literal

from ingest.guidance import guidance_quads, requirement_slugs
from ingest.iri import slug
from ingest.legislation import provision_quads, text_quads, version_in_force
from ingest.measures import measures
from ingest.organs import body_quads, meeting_quads
from ingest.page import ACTORS, Page
from ingest.quads import node, statements, text, word
from ingest.reading import Reading
from ontology import load

PARTY_KIND = {"hf": "hj:HealthTrust", "rhf": "hj:RegionalHealthAuthority", "kommune": "hj:Municipality"}
# A clause implements a requirement when it says so itself or names the document that does; weak hits are suggestions.
IMPLEMENTING_STRENGTH = {"explicit", "topical"}
IMPLEMENTING_COVERAGE = {"covers", "partly", "delegates"}


def graph(reading: Reading) -> Iterator[ox.Quad]:
    """Everything that was read of one document and of the documents that stand inside it."""
    page = Page(reading)
    yield from page.document()
    yield from page.clauses()
    for written in (_citations, _norms, _notes, _terms, _parties, _claims, _measures, guidance_quads, _provision_texts):
        yield from written(page)
    yield from body_quads(page, reading.bodies)
    yield from meeting_quads(page, reading.meetings, reading.links)
    for part in reading.parts:
        yield from graph(part)


def implementing(strength: str, coverage: str) -> bool:
    """Whether a claim of this strength and coverage makes its clause implement the requirement, if nobody rejects it.

    >>> implementing("topical", "partly"), implementing("weak", "covers"), implementing("explicit", "contradicts")
    (True, False, False)
    """
    return strength in IMPLEMENTING_STRENGTH and coverage in IMPLEMENTING_COVERAGE


def _citations(page: Page) -> Iterator[ox.Quad]:
    twins: Counter[tuple[int, int]] = Counter()
    for citation in page.reading.citations:
        if not page.reading.owns(citation.start):
            continue
        span = citation.start, citation.end
        twins[span] += 1
        target, clause = node(citation.target), page.clause_at(citation.start)
        by_link = citation.kind == "url"
        yield from provision_quads(citation.target)
        yield from page.statement(
            "hj:Citation",
            f"citation/{citation.start}-{citation.end}/{twins[span]}",
            *span,
            ("hj:linkTarget" if by_link else "hj:target", target),
            ("hj:targetVersion", version_in_force(citation.target, page.reading.document.made_on)),
            ("hj:note", citation.note),
        )
        # The words decide what a clause refers to; a link's target may be wrong.
        if clause is not None and not by_link:
            yield from statements(page.graph, clause, ("eli:refers_to", target))


def _norms(page: Page) -> Iterator[ox.Quad]:
    twins: Counter[tuple[int, int]] = Counter()
    for norm in page.reading.norms:
        span = norm.start, norm.end
        twins[span] += 1
        yield from page.statement(
            "hj:Norm",
            f"norm/{norm.start}-{norm.end}/{twins[span]}",
            *span,
            ("hj:modality", word(f"hj:{norm.modality.capitalize()}")),
            ("hj:modalWord", norm.trigger),
            ("hj:bearerText", norm.bearer_text or None),
            ("hj:action", norm.action),
            ("hj:counterpartyClass", norm.counterparty),
            ("hj:deadline", norm.deadline),
            ("hj:deadlineValue", norm.deadline_value),
            *(("hj:bearerClass", bearer) for bearer in norm.bearers),
        )


def _notes(page: Page) -> Iterator[ox.Quad]:
    for note in page.reading.notes:
        kind = "hj:Placeholder" if note.kind == "placeholder" else "hj:DraftingNote"
        yield from page.statement(kind, f"note/{note.start}-{note.end}", note.start, note.end)


def _terms(page: Page) -> Iterator[ox.Quad]:
    for term in page.reading.terms:
        yield from page.statement(
            "hj:Term",
            f"term/{slug(term.field)}/{term.order}",
            term.start,
            term.end,
            ("hj:field", term.field),
            ("hj:value", term.value),
            ("hj:order", term.order),
        )


def _parties(page: Page) -> Iterator[ox.Quad]:
    for order, party in enumerate(page.reading.parties, 1):
        body = node(party.iri_path)
        yield from statements(page.graph, page.node, ("hj:party", body))
        yield from page.statement(
            "hj:Term",
            f"term/parties/{order}",
            party.start,
            party.end,
            ("hj:field", "parties"),
            ("hj:value", party.name),
            ("hj:order", order),
            ("hj:body", body),
        )
        if body.value not in _named():
            kind = PARTY_KIND.get(party.iri_path.partition("/")[0], "hj:Organisation")
            label = text(party.name, page.reading.document.language)
            yield from statements(ACTORS, body, ("rdf:type", word(kind)), ("skos:prefLabel", label))
    for name in page.reading.document.parties:
        yield from statements(page.graph, page.node, ("hj:partyInCatalogue", name))


def _claims(page: Page) -> Iterator[ox.Quad]:
    if page.reading.document.kind != "agreement":
        return
    for claim in page.reading.claims:
        clause, requirement = page.clause(claim.clause), node(f"requirement/{requirement_slugs()[claim.requirement]}")
        yield from page.evidence(claim.start, claim.end)
        yield from statements(
            page.claims_graph,
            node(f"{page.path}/claim/{page.clause_paths[claim.clause]}/{requirement_slugs()[claim.requirement]}"),
            ("rdf:type", word("hj:Claim")),
            ("hj:document", page.node),
            ("hj:clause", clause),
            ("hj:requirement", requirement),
            ("hj:coverage", word(f"hj:{claim.coverage.capitalize()}")),
            ("hj:evidenceStrength", word(f"hj:{claim.strength.capitalize()}")),
            ("hj:reviewState", word("hj:Candidate")),
            ("hj:evidence", page.evidence_node(claim.start, claim.end)),
            ("prov:wasAttributedTo", node(f"software/hjemmel-{_release()}")),
        )
        if implementing(claim.strength, claim.coverage):
            yield from statements(page.claims_graph, clause, ("hj:implements", requirement))


@cache
def _release() -> str:
    return version("hjemmel")


def _measures(page: Page) -> Iterator[ox.Quad]:
    if page.reading.document.kind != "agreement":
        return
    for order, (start, end) in enumerate(measures(page.reading.structure), 1):
        yield from page.statement("hj:Measure", f"measure/{order}", start, end, ("hj:order", order))


def _provision_texts(page: Page) -> Iterator[ox.Quad]:
    for quoted in page.reading.provisions:
        evidence = page.evidence_node(quoted.start, quoted.end)
        yield from provision_quads(quoted.target)
        yield from page.evidence(quoted.start, quoted.end)
        yield from text_quads(
            quoted.target, quoted.words, evidence, page.reading.document.language, page.reading.document.made_on
        )


@cache
def _named() -> frozenset[str]:
    """Organisations that the ontology knows."""
    return frozenset(str(body) for body, label in load().subject_objects(SKOS.prefLabel) if isinstance(label, Literal))
