"""What must hold: the law's requirements as SHACL shapes, and what a check of one agreement found."""

from datetime import date

from rdflib import RDF, Graph, URIRef

from ontology import HJ
from shapes.agreement import Agreement
from shapes.assessment import Assessment
from shapes.engine import Engine
from shapes.finding import CheckError, Evidence, Finding, Point, Result, Severity
from shapes.rules import rules

__all__ = [
    "Assessment",
    "CheckError",
    "Engine",
    "Evidence",
    "Finding",
    "Point",
    "Result",
    "Severity",
    "assess",
    "check",
    "rules",
]


def check(graph: Graph, document: URIRef, *, as_of: date, confirmed_only: bool = False) -> tuple[Finding, ...]:
    """Judge one agreement by the law of a day: a finding for each requirement that a shape speaks of.

    The graph holds the ontology and that one document's triples, as in docs/graph.md. A requirement that came later is
    not applicable; one that had ended is left out. With `confirmed_only`, only claims that a person has confirmed
    count, and terms in their clauses.
    """
    return assess(graph, document, confirmed_only=confirmed_only).findings(as_of)


def assess(graph: Graph, document: URIRef, *, confirmed_only: bool = False, engine: Engine = "compiled") -> Assessment:
    """Run the rules on one agreement; what they found is told by the law of any day.

    The findings are the same by either engine: the rules as SPARQL, or pySHACL, which takes much longer.
    """
    if (document, RDF.type, HJ.AgreementVersion) not in graph:
        raise CheckError(f"{document} is not an agreement in this graph: check a document of the kind agreement.")
    return Assessment.of(Agreement(graph, document, confirmed_only), engine=engine)
