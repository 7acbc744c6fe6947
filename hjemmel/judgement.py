"""What the law's rules say of one document, in the shape of `hjemmel check --json`."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from hjemmel.subject import Subject

if TYPE_CHECKING:
    from shapes import Finding


def judgement(about: Subject, *, as_of: date | None, language: str) -> dict[str, Any]:
    """Every finding about a document, by the law of a day: if none is given, the document's own, or else today."""
    from rdflib import URIRef

    from ontology import HJ
    from shapes import check

    graph = about.store.graph(about.iri)
    if as_of is None:
        made_on = graph.value(URIRef(about.iri), HJ.madeOn)
        as_of = date.fromisoformat(str(made_on)) if made_on else date.today()
    findings = check(graph, URIRef(about.iri), as_of=as_of)
    return {
        "document": about.iri,
        "as_of": as_of,
        "findings": [_finding(found, language) for found in findings],
        "summary": dict(Counter(found.result for found in findings)),
    }


def _finding(found: "Finding", language: str) -> dict[str, Any]:
    return {
        "requirement": found.requirement,
        "label": found.label.get(language, found.label.get("nb", found.requirement)),
        "strength": found.strength,
        "severity": found.severity,
        "result": found.result,
        "legal_basis": found.legal_basis,
        "message": found.message.get(language, found.message.get("nb", "")),
        "evidence": [
            {"quote": words.quote, "start": words.start, "end": words.end, "clause": words.clause, "place": words.place}
            for words in found.evidence
        ],
    }
