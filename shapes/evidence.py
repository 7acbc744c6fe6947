"""The words that statements of the graph rest on."""

from collections.abc import Iterable

from rdflib import Graph, URIRef
from rdflib.term import Node

from ontology import HJ, OA
from shapes.finding import Evidence
from shapes.values import number


def evidence(graph: Graph, statements: Iterable[Node], *, document: URIRef) -> tuple[Evidence, ...]:
    """The quotes of these statements in the order of the text; those of the document that is checked come first."""
    found = {
        _quote(graph, statement, words, document)
        for statement in statements
        for words in graph.objects(statement, HJ.evidence)
    }
    return tuple(sorted(found, key=lambda quote: (quote.document, quote)))


def _quote(graph: Graph, statement: Node, words: Node, document: URIRef) -> Evidence:
    selector = graph.value(words, OA.hasSelector)
    clause = graph.value(statement, HJ.clause) or graph.value(words, HJ.clause)
    source = graph.value(words, OA.hasSource)
    return Evidence(
        start=number(graph, selector, OA.start),
        end=number(graph, selector, OA.end),
        quote=str(graph.value(selector, OA.exact)),
        place=str(graph.value(clause, HJ.place) or ""),
        clause=str(clause or ""),
        document="" if source in (None, document) else str(source),
    )
