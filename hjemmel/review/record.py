"""A decision in the graph of reviews: what it was about, what was decided, why, when, and in which role."""

from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
from rdflib import SKOS, URIRef

from hjemmel.review.decision import Decision
from ingest.iri import slug
from ingest.quads import node, statements, word
from ontology import HJ, load

REVIEWS = "graph/reviews"
STATES = {
    "confirmed": "hj:Confirmed",
    "corrected": "hj:Corrected",
    "rejected": "hj:Rejected",
    "not_supported": "hj:NotSupported",
    "withdrawn": "hj:Candidate",
}
DATE_TIME = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")


def review_quads(
    decision: Decision, document: ox.NamedNode, target: ox.NamedNode, standing: str, made: object
) -> Iterator[ox.Quad]:
    """What is said of a decision on a document, about a target as it is called now; `made` is the claim it made."""
    graph, role = node(REVIEWS), reviewer(decision.role)
    yield from statements(
        graph,
        node(f"review/{decision.number}"),
        ("rdf:type", word("hj:Review")),
        ("prov:used", document),
        ("hj:reviews", target),
        ("hj:decision", word(STATES[decision.verdict])),
        ("hj:reason", decision.reason),
        ("hj:reviewerRole", role),
        ("hj:reviewStanding", word(standing)),
        ("hj:result", concept("Result", decision.result) if decision.result else None),
        ("hj:withdraws", node(f"review/{decision.withdraws}") if decision.withdraws else None),
        ("prov:generated", made if isinstance(made, ox.NamedNode) else None),
        ("prov:endedAtTime", ox.Literal(decision.time, datatype=DATE_TIME)),
        *(("hj:decidedOnWords", words.exact) for words in decision.words),
    )
    yield from statements(
        graph, role, ("rdf:type", word("hj:ReviewerRole")), ("skos:prefLabel", ox.Literal(decision.role, language="nb"))
    )


def reviewer(role: str) -> ox.NamedNode:
    """The address of the role that somebody reviewed in."""
    return node(f"reviewer/{slug(role)}")


def concept(scheme: str, notation: str) -> ox.NamedNode:
    """A value of one of our lists by its notation.

    >>> concept("Coverage", "partly").value
    'https://w3id.org/hjemmel/ns#Partly'
    """
    [found] = [one for one in load().subjects(SKOS.inScheme, HJ[scheme]) if notations()[str(one)] == notation]
    return ox.NamedNode(str(found))


def answering(requirement: str) -> set[str]:
    """The requirements whose claims answer a requirement: its own, and those that the ontology says answer it, too."""
    [address] = [URIRef(node) for node, notation in notations().items() if notation == requirement]
    return {requirement, *(notations()[str(other)] for other in load().objects(address, HJ.answeredBy))}


@cache
def notations() -> dict[str, str]:
    """The notation of every requirement and value of a list, by its address."""
    return {str(subject): str(notation) for subject, notation in load().subject_objects(SKOS.notation)}
