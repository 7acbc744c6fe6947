"""What was read of a document, as quads: every statement with its evidence, no blank nodes (see docs/graph.md)."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version

import pyoxigraph as ox
from rdflib import SKOS, Literal

from ingest.iri import clause_paths, iri, places, slug
from ingest.legislation import provision_quads, text_quads
from ingest.quads import node, statements, text, word
from ingest.reading import Reading
from ontology import HJ, load

ACTORS = node("graph/actors")
CONTEXT = 32  # characters of prefix and suffix: enough to find a quote again when offsets have moved
DOCUMENT_KIND = {"agreement": "hj:AgreementVersion", "guidance": "hj:Guidance", "meeting papers": "hj:MeetingPapers"}
CLAUSE_KIND = {
    "title": "hj:Section",
    "section": "hj:Section",
    "label": "hj:LabelledParagraph",
    "item": "hj:ListItem",
    "paragraph": "hj:Paragraph",
    "footnote": "hj:Footnote",
    "table": "hj:Table",
    "signature": "hj:SignatureBlock",
}
PARTY_KIND = {"hf": "hj:HealthTrust", "rhf": "hj:RegionalHealthAuthority", "kommune": "hj:Municipality"}
# A clause implements a requirement when it says so itself or names the document that does; weak hits are suggestions.
IMPLEMENTING_STRENGTH = {"explicit", "topical"}
IMPLEMENTING_COVERAGE = {"covers", "partly", "delegates"}


def graph(reading: Reading) -> Iterator[ox.Quad]:
    """Everything that was read of one document and of the documents that stand inside it."""
    page = _Page(reading)
    yield from page.document()
    yield from page.clauses()
    yield from page.citations()
    yield from page.terms()
    yield from page.parties()
    yield from page.claims()
    yield from page.guidance()
    yield from page.provision_texts()
    for part in reading.parts:
        yield from graph(part)


class _Page:
    """One document's part of the graph, and the names of its things."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.source = reading.document
        self.path = f"doc/{self.source.id}"
        self.node = node(self.path)
        self.graph = node(f"graph/{self.path}")
        self.claims_graph = node(f"graph/claims/{self.source.id}")
        self.clause_paths = clause_paths(reading.structure)
        self.places = places(reading.structure)

    def clause(self, index: int) -> ox.NamedNode:
        return node(f"{self.path}/clause/{self.clause_paths[index]}")

    def clause_at(self, position: int) -> ox.NamedNode | None:
        index = self.reading.structure.clause_at(position)
        return None if index is None else self.clause(index)

    def evidence(self, start: int, end: int) -> Iterator[ox.Quad]:
        words = self.source.text
        here = self.evidence_node(start, end)
        selector = ox.NamedNode(f"{here.value}/selector")
        yield from statements(
            self.graph,
            here,
            ("rdf:type", word("hj:Evidence")),
            ("rdf:type", word("oa:SpecificResource")),
            ("oa:hasSource", self.node),
            ("oa:hasSelector", selector),
            ("hj:clause", self.clause_at(start)),
        )
        yield from statements(
            self.graph,
            selector,
            ("rdf:type", word("oa:TextQuoteSelector")),
            ("rdf:type", word("oa:TextPositionSelector")),
            ("oa:exact", words[start:end]),
            ("oa:prefix", words[max(0, start - CONTEXT) : start]),
            ("oa:suffix", words[end : end + CONTEXT]),
            ("oa:start", start),
            ("oa:end", end),
        )

    def evidence_node(self, start: int, end: int) -> ox.NamedNode:
        return node(f"{self.path}/text/{start}-{end}")

    def document(self) -> Iterator[ox.Quad]:
        source = self.source
        region = self.reading.region
        agreement = node(f"agreement/{region}") if source.kind == "agreement" and region else None
        yield from statements(
            self.graph,
            self.node,
            ("rdf:type", word("hj:Document")),
            ("rdf:type", word(DOCUMENT_KIND[source.kind])),
            ("dcterms:identifier", source.id),
            ("dcterms:title", text(source.title, source.language)),
            ("dcterms:language", source.language),
            ("dcterms:publisher", source.publisher),
            ("dcterms:source", source.source),
            ("dcterms:isPartOf", node(f"doc/{source.part_of}") if source.part_of else None),
            ("hj:offsetInWhole", source.offset if source.part_of else None),
            ("hj:status", word(f"hj:{source.status.capitalize()}") if source.status else None),
            ("hj:region", node(f"helsefellesskap/{region}") if region else None),
            ("hj:madeOn", source.made_on),
            ("hj:missingPart", text(source.missing, "nb")),
            ("hj:publishingBasis", text(source.publishing_basis, "nb")),
            ("hj:storedText", source.text),
            ("hj:textDigest", sha256(source.text.encode()).hexdigest()),
            ("hj:sourceDigest", source.source_digest),
            ("hj:versionOf", agreement),
        )
        if agreement and region:
            yield from statements(
                ACTORS,
                agreement,
                ("rdf:type", word("hj:Agreement")),
                ("hj:region", node(f"helsefellesskap/{region}")),
            )

    def clauses(self) -> Iterator[ox.Quad]:
        structure = self.reading.structure
        for index, clause in enumerate(structure.clauses):
            if not self.reading.owns(clause.start):
                continue
            yield from statements(
                self.graph,
                self.clause(index),
                ("rdf:type", word("hj:Clause")),
                ("rdf:type", word(CLAUSE_KIND[clause.kind])),
                ("hj:document", self.node),
                ("hj:parent", None if clause.parent is None else self.clause(clause.parent)),
                ("hj:order", index + 1),
                ("hj:level", clause.level),
                ("hj:number", clause.number),
                ("hj:title", clause.title),
                ("hj:place", self.places[index]),
                ("hj:text", structure.text[clause.start : clause.end]),
                ("hj:start", clause.start),
                ("hj:end", clause.end),
            )

    def citations(self) -> Iterator[ox.Quad]:
        twins: dict[tuple[int, int], int] = {}
        for citation in self.reading.citations:
            span = citation.start, citation.end
            if not self.reading.owns(citation.start):
                continue
            twins[span] = twins.get(span, 0) + 1
            target, clause = node(citation.target), self.clause_at(citation.start)
            yield from provision_quads(citation.target)
            yield from self.evidence(*span)
            yield from statements(
                self.graph,
                node(f"{self.path}/citation/{citation.start}-{citation.end}/{twins[span]}"),
                ("rdf:type", word("hj:Citation")),
                ("hj:document", self.node),
                ("hj:clause", clause),
                ("hj:evidence", self.evidence_node(*span)),
                ("hj:linkTarget" if citation.kind == "url" else "hj:target", target),
                ("hj:note", citation.note),
            )
            # The words decide what a clause refers to; a link's target may be wrong.
            if clause is not None and citation.kind != "url":
                yield from statements(self.graph, clause, ("eli:refers_to", target))

    def terms(self) -> Iterator[ox.Quad]:
        for term in self.reading.terms:
            yield from self.evidence(term.start, term.end)
            yield from statements(
                self.graph,
                node(f"{self.path}/term/{slug(term.field)}/{term.order}"),
                ("rdf:type", word("hj:Term")),
                ("hj:document", self.node),
                ("hj:clause", self.clause_at(term.start)),
                ("hj:evidence", self.evidence_node(term.start, term.end)),
                ("hj:field", term.field),
                ("hj:value", term.value),
                ("hj:order", term.order),
            )

    def parties(self) -> Iterator[ox.Quad]:
        for order, party in enumerate(self.reading.parties, 1):
            body = node(party.iri_path)
            yield from self.evidence(party.start, party.end)
            yield from self._party(body, party.name, order, self.evidence_node(party.start, party.end), party.start)
        for name in self.source.parties:
            yield from statements(self.graph, self.node, ("hj:partyInCatalogue", name))

    def _party(
        self, body: ox.NamedNode, name: str, order: int, evidence: ox.NamedNode, start: int
    ) -> Iterator[ox.Quad]:
        kind = PARTY_KIND.get(body.value.removeprefix(iri("")).partition("/")[0], "hj:Organisation")
        yield from statements(self.graph, self.node, ("hj:party", body))
        yield from statements(
            self.graph,
            node(f"{self.path}/term/parties/{order}"),
            ("rdf:type", word("hj:Term")),
            ("hj:document", self.node),
            ("hj:clause", self.clause_at(start)),
            ("hj:evidence", evidence),
            ("hj:field", "parties"),
            ("hj:value", name),
            ("hj:order", order),
            ("hj:body", body),
        )
        if body.value not in _named():
            yield from statements(
                ACTORS, body, ("rdf:type", word(kind)), ("skos:prefLabel", text(name, self.source.language))
            )

    def claims(self) -> Iterator[ox.Quad]:
        if self.source.kind != "agreement":
            return
        for claim in self.reading.claims:
            clause, requirement = self.clause(claim.clause), node(f"requirement/{_requirements()[claim.requirement]}")
            yield from self.evidence(claim.start, claim.end)
            yield from statements(
                self.claims_graph,
                node(f"{self.path}/claim/{self.clause_paths[claim.clause]}/{_requirements()[claim.requirement]}"),
                ("rdf:type", word("hj:Claim")),
                ("hj:document", self.node),
                ("hj:clause", clause),
                ("hj:requirement", requirement),
                ("hj:coverage", word(f"hj:{claim.coverage.capitalize()}")),
                ("hj:evidenceStrength", word(f"hj:{claim.strength.capitalize()}")),
                ("hj:reviewState", word("hj:Candidate")),
                ("hj:evidence", self.evidence_node(claim.start, claim.end)),
                ("prov:wasAttributedTo", node(f"software/hjemmel-{version('hjemmel')}")),
            )
            if claim.strength in IMPLEMENTING_STRENGTH and claim.coverage in IMPLEMENTING_COVERAGE:
                yield from statements(self.claims_graph, clause, ("hj:implements", requirement))

    def guidance(self) -> Iterator[ox.Quad]:
        """What a guidance clause is about: the requirement that a heading above it names, or advice of its own."""
        if self.source.kind != "guidance":
            return
        structure = self.reading.structure
        named: dict[int, set[str]] = {}
        for citation in self.reading.citations:
            index = structure.clause_at(citation.start)
            if index is not None and citation.start < structure.clauses[index].body:
                named.setdefault(index, set()).update(_required_by().get(citation.target, ()))
        advised: dict[int, set[str]] = {}
        for claim in self.reading.claims:
            if claim.strength in IMPLEMENTING_STRENGTH and claim.requirement in _advice():
                advised.setdefault(claim.clause, set()).add(_requirements()[claim.requirement])
        for index in range(len(structure.clauses)):
            above = (named.get(step, set[str]()) for step in structure.ancestors(index))
            for requirement in sorted(advised.get(index, set[str]()).union(*above)):
                yield from statements(
                    self.graph, self.clause(index), ("hj:concerns", node(f"requirement/{requirement}"))
                )

    def provision_texts(self) -> Iterator[ox.Quad]:
        for quoted in self.reading.provisions:
            words = " ".join(self.source.text[quoted.start : quoted.end].split())
            evidence = self.evidence_node(quoted.start, quoted.end)
            yield from provision_quads(quoted.target)
            yield from self.evidence(quoted.start, quoted.end)
            yield from text_quads(quoted.target, words, evidence, self.source.language, self.source.made_on)


@cache
def _requirements() -> dict[str, str]:
    """Slug of each requirement by its notation."""
    base = iri("requirement/")
    return {str(notation): str(node).removeprefix(base) for node, notation in load().subject_objects(SKOS.notation)}


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


@cache
def _named() -> frozenset[str]:
    """Organisations that the ontology knows."""
    return frozenset(str(body) for body, label in load().subject_objects(SKOS.prefLabel) if isinstance(label, Literal))
