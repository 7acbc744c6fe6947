"""What is settled for each cooperative measure of an agreement (hol. § 6-2 second ledd)."""

from collections.abc import Iterator

from rdflib import RDF, SH
from rdflib.term import Node

from ontology import HJ
from shapes.agreement import Agreement
from shapes.rules import rules


def settled(agreement: Agreement) -> dict[Node, set[Node]]:
    """The requirements that are settled for each measure: beside it, for the agreement as a whole, or by reference.

    A clause says something for the whole agreement when it stands in no section that sets up measures of its own.
    """
    graph = agreement.graph
    clauses = {
        measure: graph.value(measure, HJ.clause)
        for measure in graph.subjects(RDF.type, HJ.Measure)
        if (measure, HJ.document, agreement.document) in graph
    }
    sections = {measure: _section(agreement, clause) for measure, clause in clauses.items()}
    said_in = {
        requirement: {_section(agreement, graph.value(claim, HJ.clause)) for claim in agreement.held(requirement)}
        for requirement in _requirements()
    }
    return {
        measure: {
            requirement
            for requirement, places in said_in.items()
            if sections[measure] in places or places - set(sections.values()) or _refers(agreement, clause)
        }
        for measure, clause in clauses.items()
    }


def _requirements() -> set[Node]:
    """What the rules ask of every measure."""
    of_measures = rules().subjects(SH.targetClass, HJ.Measure)
    return {requirement for rule in of_measures for requirement in rules().objects(rule, HJ.requirement)}


def _section(agreement: Agreement, clause: Node | None) -> Node | None:
    """The smallest section that holds a clause: a heading with what stands below it."""
    for step in _above(agreement, clause):
        if (step, RDF.type, HJ.Section) in agreement.graph:
            return step
    return clause


def _above(agreement: Agreement, clause: Node | None) -> Iterator[Node]:
    step = clause
    while step is not None:
        yield step
        step = agreement.graph.value(step, HJ.parent)


def _refers(agreement: Agreement, clause: Node | None) -> bool:
    """Whether a clause leaves its matter to another document."""
    graph = agreement.graph
    return any(
        graph.value(claim, HJ.coverage) == HJ.Delegates
        for claim in graph.subjects(HJ.clause, clause)
        if (claim, RDF.type, HJ.Claim) in graph
    )
