"""The law has dates: which requirements apply on a day, and what the law said then."""

from datetime import date

from rdflib import Graph, URIRef
from rdflib.term import Node

from ontology import ELI, HJ
from shapes.values import day


def applies_from(graph: Graph, requirement: URIRef) -> date | None:
    """The first day of a requirement, if it is known."""
    return day(graph, requirement, HJ.appliesFrom)


def has_ended(graph: Graph, requirement: URIRef, as_of: date) -> bool:
    """Whether a requirement applied no more on a day."""
    last = day(graph, requirement, HJ.appliesTo)
    return last is not None and last < as_of


def words_of_law(graph: Graph, provision: Node | None, as_of: date) -> str:
    """What a provision said on a day: its own words, or those of the section that it is part of; "" if not known."""
    step = provision
    while step is not None and "/par-" in str(step):
        for version in sorted(graph.objects(step, HJ.hasVersion), key=str):
            first, last = day(graph, version, HJ.appliesFrom), day(graph, version, HJ.appliesTo)
            text = graph.value(version, HJ.text)
            if text is not None and (first or as_of) <= as_of <= (last or as_of):
                return str(text)
        step = graph.value(step, ELI.is_part_of)
    return ""
