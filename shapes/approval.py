"""The chain behind an agreement: the decisions on its versions, and the powers they were made by."""

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ontology import HJ

DELEGATED = Literal("delegated_by")


def decisions(graph: Graph, document: URIRef) -> Iterator[Node]:
    """The decisions on this version of an agreement or another, as far as the graph has the meeting papers."""
    whole = graph.value(document, HJ.versionOf)
    for decision, version in graph.subject_objects(HJ.decidedOn):
        if version == document or (whole is not None and (version, HJ.versionOf, whole) in graph):
            yield decision


def delegations(graph: Graph, decision: Node) -> Iterator[Node]:
    """What is said of power delegated to the kind of body that made a decision."""
    kinds = {kind for case in graph.objects(decision, HJ.case) for kind in _kinds(graph, case)}
    yield from (fact for fact in graph.subjects(HJ.field, DELEGATED) if kinds.intersection(_kinds(graph, fact)))


def _kinds(graph: Graph, about: Node) -> Iterator[Node]:
    return (kind for body in graph.objects(about, HJ.body) for kind in graph.objects(body, HJ.bodyKind))
