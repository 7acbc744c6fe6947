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
from ingest.citations.acts import Acts
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


def ingest(document: Document, *, acts: Acts | None = None) -> Iterator[ox.Quad]:
    """One document's part of the graph, and that of every document that stands inside it.

    `acts` is the register of acts to cite, if not the ontology's.
    """
    return graph(read(document, acts=acts))


def read(document: Document, *, acts: Acts | None = None) -> Reading:
    """Everything we know how to find in a document."""
    clauses = structure(document.text, document.layout)
    found = Reading(
        document=document,
        structure=clauses,
        languages=languages(clauses),
        citations=citations(clauses, made_on=document.made_on, acts=acts),
        bodies=bodies(clauses),
    )
    match document.kind:
        case "agreement":
            return _agreement(_rules(found))
        case "guidance":
            return replace(_rules(found), provisions=quoted_provisions(clauses, found.citations))
        case "meeting papers":
            held = meetings(clauses)
            inside = tuple(read(inner, acts=acts) for inner in _inside(document, parts(clauses)))
            return replace(found, region=document.region, meetings=held, links=links(clauses, held), parts=inside)


def _rules(found: Reading) -> Reading:
    """What texts that bind or advise have in common; minutes tell what was said, and bind nobody to it."""
    cited = [(citation.start, citation.end, citation.target) for citation in found.citations]
    return replace(found, claims=claims(found.structure, cited), norms=norms(found.structure))


def _agreement(found: Reading) -> Reading:
    clauses, agreed = found.structure, terms(found.structure)
    return replace(
        found,
        document=replace(found.document, made_on=found.document.made_on or _in_force(agreed)),
        region=found.document.region or region(clauses),
        notes=notes(clauses),
        parties=parties(clauses),
        terms=agreed,
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
            layout=tuple(
                replace(hint, start=hint.start - part.start)
                for hint in whole.layout
                if part.start <= hint.start < part.end
            ),
            pages=tuple(page - part.start for page in whole.pages if part.start <= page < part.end),
        )
