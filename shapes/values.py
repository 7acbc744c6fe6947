"""What the nodes of a graph say, in plain values."""

from collections.abc import Iterable
from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node


def by_language(values: Iterable[Node]) -> dict[str, str]:
    """Texts by their language.

    >>> by_language([Literal("avtale", lang="nb"), Literal("agreement", lang="en"), Literal("6-2")])
    {'nb': 'avtale', 'en': 'agreement'}
    """
    return {value.language: str(value) for value in values if isinstance(value, Literal) and value.language}


def day(graph: Graph, subject: Node, predicate: URIRef) -> date | None:
    """A date, if there is one."""
    value = graph.value(subject, predicate)
    return value.toPython() if isinstance(value, Literal) else None


def number(graph: Graph, subject: Node | None, predicate: URIRef) -> int:
    """A whole number, 0 if there is none."""
    value = graph.value(subject, predicate)
    return int(value) if isinstance(value, Literal) else 0
