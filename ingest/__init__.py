"""Documents into graph: the pipeline on one screen."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pyoxigraph as ox

from ingest.actors import parties, region
from ingest.bodies import bodies
from ingest.bundle import Part, parts
from ingest.citations import citations
from ingest.clause import Structure
from ingest.document import Document
from ingest.graph import graph
from ingest.language import languages
from ingest.meetings import links, meetings
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
    match document.kind:
        case "agreement":
            return _agreement(document, clauses)
        case "guidance":
            return _guidance(document, clauses)
        case "meeting papers":
            return _papers(document, clauses)


def _agreement(document: Document, clauses: Structure) -> Reading:
    agreed = terms(clauses)
    document = replace(document, made_on=document.made_on or _in_force(agreed))
    return replace(
        _rules(document, clauses),
        region=document.region or region(clauses),
        notes=notes(clauses),
        parties=parties(clauses),
        terms=agreed,
    )


def _guidance(document: Document, clauses: Structure) -> Reading:
    found = _rules(document, clauses)
    return replace(found, provisions=quoted_provisions(clauses, found.citations))


def _papers(document: Document, clauses: Structure) -> Reading:
    held = meetings(clauses)
    return replace(
        _any(document, clauses),
        region=document.region or region(clauses),
        meetings=held,
        links=links(clauses, held),
        parts=tuple(map(read, _inside(document, parts(clauses)))),
    )


def _rules(document: Document, clauses: Structure) -> Reading:
    """What texts that bind or advise have in common; minutes tell what was said, and bind nobody to it."""
    found = _any(document, clauses)
    cited = [(citation.start, citation.end, citation.target) for citation in found.citations]
    return replace(found, claims=claims(clauses, cited), norms=norms(clauses))


def _any(document: Document, clauses: Structure) -> Reading:
    """What any document has."""
    return Reading(
        document=document,
        structure=clauses,
        languages=languages(clauses),
        citations=citations(clauses, made_on=document.made_on),
        bodies=bodies(clauses),
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
