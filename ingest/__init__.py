"""Documents into graph: the pipeline on one screen."""

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox

from ingest.actors import parties, region
from ingest.bundle import Part, parts
from ingest.citations import citations
from ingest.document import Document
from ingest.graph import graph
from ingest.provisions import quoted_provisions
from ingest.reading import Reading
from ingest.requirements import claims
from ingest.structure import structure
from ingest.terms import terms

__all__ = ["Document", "Reading", "ingest", "read"]


def ingest(document: Document) -> Iterator[ox.Quad]:
    """One document's part of the graph, and that of every document that stands inside it."""
    return graph(read(document))


def read(document: Document) -> Reading:
    """Everything we know how to find in a document."""
    read_structure = structure(document.text)
    cited = citations(read_structure, made_on=document.made_on)
    agreement = document.kind == "agreement"
    return Reading(
        document=document,
        structure=read_structure,
        region=document.region or region(read_structure),
        citations=cited,
        claims=claims(read_structure, [(found.start, found.end, found.target) for found in cited]),
        parties=parties(read_structure) if agreement else (),
        provisions=quoted_provisions(read_structure, cited) if document.kind == "guidance" else (),
        terms=terms(read_structure) if agreement else (),
        parts=tuple(read(inner) for inner in _inside(document, parts(read_structure)))
        if document.kind == "meeting papers"
        else (),
    )


def _inside(whole: Document, found: tuple[Part, ...]) -> Iterator[Document]:
    """The documents that stand inside another, as documents of their own: same origin and date, own text."""
    for order, part in enumerate(found, 1):
        yield replace(
            whole,
            id=f"{whole.id}-del-{order}",
            text=whole.text[part.start : part.end],
            title=part.title,
            kind=part.kind,
            status=part.status,
            part_of=whole.id,
            offset=part.start,
        )
