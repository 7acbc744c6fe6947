"""Documents into graph: the pipeline on one screen."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pyoxigraph as ox

from ingest.actors import parties, region
from ingest.bundle import Part, parts
from ingest.citations import citations
from ingest.document import Document
from ingest.graph import graph
from ingest.language import languages
from ingest.norms import norms, notes
from ingest.provisions import quoted_provisions
from ingest.reading import Reading
from ingest.requirements import claims
from ingest.structure import structure
from ingest.terms import Term, terms

__all__ = ["Document", "Reading", "ingest", "read"]


def ingest(document: Document) -> Iterator[ox.Quad]:
    """One document's part of the graph, and that of every document that stands inside it."""
    return graph(read(document))


def read(document: Document) -> Reading:
    """Everything we know how to find in a document."""
    clauses = structure(document.text)
    rules = document.kind != "meeting papers"  # minutes tell what was said, they bind nobody to it
    agreed = terms(clauses) if document.kind == "agreement" else ()
    document = replace(document, made_on=document.made_on or _in_force(agreed))
    cited = citations(clauses, made_on=document.made_on)
    return Reading(
        document=document,
        structure=clauses,
        region=document.region or region(clauses),
        languages=languages(clauses),
        citations=cited,
        claims=claims(clauses, [(found.start, found.end, found.target) for found in cited]) if rules else (),
        norms=norms(clauses) if rules else (),
        notes=notes(clauses) if document.kind == "agreement" else (),
        parties=parties(clauses) if document.kind == "agreement" else (),
        provisions=quoted_provisions(clauses, cited) if document.kind == "guidance" else (),
        terms=agreed,
        parts=tuple(map(read, _inside(document, parts(clauses)))) if document.kind == "meeting papers" else (),
    )


def _in_force(agreed: tuple[Term, ...]) -> date | None:
    """The day an agreement says that it is in force from: by default, the day it is judged to have been made."""
    for term in agreed:
        if term.field == "in_force_date":
            with suppress(ValueError):  # "ved signering" is no date
                return date.fromisoformat(term.value)
    return None


def _inside(whole: Document, found: tuple[Part, ...]) -> Iterator[Document]:
    """The documents that stand inside another, as documents of their own: same origin and date, own text."""
    for order, part in enumerate(found, 1):
        yield replace(
            whole,
            id=f"{whole.id}-del-{order}",
            text=whole.text[part.start : part.end],
            title=f"{part.title} (utkast)" if part.status == "draft" else part.title,
            kind=part.kind,
            status=part.status,
            missing=None,
            part_of=whole.id,
            offset=part.start,
        )
