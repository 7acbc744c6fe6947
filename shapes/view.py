"""What the rules see of an agreement: a small graph, for SHACL looks at every node that it is given.

Two things are said more plainly here than in the document's own graph: what a clause implements follows from the claims
that count, and a claim names the norms that its words hold.
"""

from collections import defaultdict
from collections.abc import Iterator

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from ontology import HJ, OA
from shapes.agreement import Agreement
from shapes.approval import decisions
from shapes.measures import settled
from shapes.values import number

IMPLEMENTING = (HJ.Covers, HJ.Partly, HJ.Delegates)
CLAIM = (RDF.type, HJ.document, HJ.clause, HJ.coverage, HJ.evidenceStrength, HJ.reviewState)
TERM = (RDF.type, HJ.document, HJ.field, HJ.value)
DECISION = (RDF.type, HJ.decidedOn, HJ.outcome, HJ.conclusion, HJ.case)

Spans = dict[Node | None, list[tuple[int, int, Node]]]


def view(agreement: Agreement) -> Graph:
    """The agreement, its terms, claims, norms and notes, and the decisions on any version of it."""
    graph, seen = agreement.graph, Graph()
    _copy(graph, seen, agreement.document, RDF.type, HJ.status, HJ.versionOf)
    norms = _norms(graph, agreement.document)
    for requirement in agreement.requirements():
        for term in agreement.terms(requirement):
            _copy(graph, seen, term, *TERM)
        for claim in agreement.held(requirement):
            _claim(agreement, seen, claim, requirement)
            for norm in _held_in(graph, claim, norms):
                seen.add((claim, HJ.norm, norm))
                _copy(graph, seen, norm, HJ.modality, HJ.action)
    for note in _notes(graph, agreement.document):
        _copy(graph, seen, note, RDF.type, HJ.document)
    for measure, answered in settled(agreement).items():
        _copy(graph, seen, measure, RDF.type)
        for each in answered:
            seen.add((measure, HJ.settles, each))
    for decision in decisions(graph, agreement.document):
        _decision(graph, seen, decision)
    return seen


def _claim(agreement: Agreement, seen: Graph, claim: Node, requirement: URIRef) -> None:
    graph = agreement.graph
    _copy(graph, seen, requirement, HJ.requirementKind, HJ.strength)
    _copy(graph, seen, claim, *CLAIM)
    seen.add((claim, HJ.requirement, requirement))
    clause = graph.value(claim, HJ.clause)
    if clause is not None and graph.value(claim, HJ.coverage) in IMPLEMENTING:
        seen.add((clause, HJ.document, agreement.document))
        seen.add((clause, HJ.implements, requirement))


def _norms(graph: Graph, document: URIRef) -> Spans:
    """Where the norms of each clause stand."""
    found: Spans = defaultdict(list)
    for norm in graph.subjects(RDF.type, HJ.Norm):
        if (norm, HJ.document, document) in graph:
            for start, end in _spans(graph, norm):
                found[graph.value(norm, HJ.clause)].append((start, end, norm))
    return found


def _held_in(graph: Graph, claim: Node, norms: Spans) -> Iterator[Node]:
    """The norms whose words a claim rests on."""
    in_clause = norms.get(graph.value(claim, HJ.clause), [])
    for start, end in _spans(graph, claim):
        yield from (norm for first, last, norm in in_clause if first < end and start < last)


def _spans(graph: Graph, statement: Node) -> Iterator[tuple[int, int]]:
    for words in graph.objects(statement, HJ.evidence):
        selector = graph.value(words, OA.hasSelector)
        yield number(graph, selector, OA.start), number(graph, selector, OA.end)


def _notes(graph: Graph, document: URIRef) -> Iterator[Node]:
    """Blanks and drafting notes; the line on which somebody is to sign is no blank."""
    for kind in (HJ.DraftingNote, HJ.Placeholder):
        for note in graph.subjects(RDF.type, kind):
            to_sign = (graph.value(note, HJ.clause), RDF.type, HJ.SignatureBlock) in graph
            if (note, HJ.document, document) in graph and not (to_sign and _is_line(graph, note)):
                yield note


def _is_line(graph: Graph, note: Node) -> bool:
    quotes = (graph.value(graph.value(words, OA.hasSelector), OA.exact) for words in graph.objects(note, HJ.evidence))
    return not any(letter.isalnum() for quote in quotes for letter in str(quote))


def _decision(graph: Graph, seen: Graph, decision: Node) -> None:
    _copy(graph, seen, decision, *DECISION)
    for version in graph.objects(decision, HJ.decidedOn):
        _copy(graph, seen, version, HJ.versionOf)
    for case in graph.objects(decision, HJ.case):
        _copy(graph, seen, case, HJ.body)
        for body in graph.objects(case, HJ.body):
            _copy(graph, seen, body, HJ.bodyKind)


def _copy(graph: Graph, seen: Graph, subject: Node, *predicates: URIRef) -> None:
    for predicate in predicates:
        for value in graph.objects(subject, predicate):
            seen.add((subject, predicate, value))
