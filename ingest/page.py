"""One document's part of the graph: the names of its things, its evidence, itself and its clauses."""

from bisect import bisect_right
from collections.abc import Iterator
from hashlib import sha256

import pyoxigraph as ox

from ingest.iri import clause_paths, evidence_path, places
from ingest.quads import Value, node, statements, text, word
from ingest.reading import Reading

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


class Page:
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
        """The address of a clause."""
        return node(f"{self.path}/clause/{self.clause_paths[index]}")

    def clause_at(self, position: int) -> ox.NamedNode | None:
        """The clause whose words hold this position."""
        index = self.reading.structure.clause_at(position)
        return None if index is None else self.clause(index)

    def page_at(self, position: int) -> int | None:
        """The number of the page, counted from 1, where the file's format has pages."""
        return bisect_right(self.source.pages, position) or None

    def evidence(self, start: int, end: int) -> Iterator[ox.Quad]:
        """The quote from start to end, and where it stands."""
        return evidence_quads(self.graph, self.source.id, self.source.text, (start, end), self.clause_at(start))

    def evidence_node(self, start: int, end: int) -> ox.NamedNode:
        """The address of the quote from start to end."""
        return node(evidence_path(self.source.id, start, end))

    def document(self) -> Iterator[ox.Quad]:
        """What is known of the document as a whole."""
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
        """The clauses that are the document's own, and not those of a document inside it."""
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
                ("dcterms:language", self.reading.languages[index]),
                ("hj:place", self.places[index]),
                ("hj:text", structure.text[clause.start : clause.end]),
                ("hj:page", self.page_at(clause.start)),
                ("hj:start", clause.start),
                ("hj:end", clause.end),
            )

    def statement(self, kind: str, path: str, start: int, end: int, *pairs: tuple[str, Value]) -> Iterator[ox.Quad]:
        """A thing of this document that rests on the words from start to end, with its evidence."""
        yield from self.evidence(start, end)
        yield from statements(
            self.graph,
            node(f"{self.path}/{path}"),
            ("rdf:type", word(kind)),
            ("hj:document", self.node),
            ("hj:clause", self.clause_at(start)),
            ("hj:evidence", self.evidence_node(start, end)),
            *pairs,
        )


def evidence_quads(
    graph: ox.NamedNode, document: str, text: str, span: tuple[int, int], clause: ox.NamedNode | None
) -> Iterator[ox.Quad]:
    """The quote of a span of a document's text, with what stands around it."""
    start, end = span
    here = node(evidence_path(document, start, end))
    selector = ox.NamedNode(f"{here.value}/selector")
    yield from statements(
        graph,
        here,
        ("rdf:type", word("hj:Evidence")),
        ("rdf:type", word("oa:SpecificResource")),
        ("oa:hasSource", node(f"doc/{document}")),
        ("oa:hasSelector", selector),
        ("hj:clause", clause),
    )
    yield from statements(
        graph,
        selector,
        ("rdf:type", word("oa:TextQuoteSelector")),
        ("rdf:type", word("oa:TextPositionSelector")),
        ("oa:exact", text[start:end]),
        ("oa:prefix", text[max(0, start - CONTEXT) : start]),
        ("oa:suffix", text[end : end + CONTEXT]),
        ("oa:start", start),
        ("oa:end", end),
    )
