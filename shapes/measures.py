"""What is settled for each cooperative measure of an agreement (hol. § 6-2 second ledd)."""

from collections import defaultdict
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
    found: defaultdict[Node, set[Node]] = defaultdict(set)
    for measure in clauses:
        found[measure] = set()
    for requirement in _requirements():
        for claim in agreement.held(requirement):
            section = _section(agreement, graph.value(claim, HJ.clause))
            general = section not in sections.values()
            for measure, own in sections.items():
                if general or section == own:
                    found[measure].add(requirement)
        for measure, clause in clauses.items():
            if clause is not None and _refers(agreement, clause):
                found[measure].add(requirement)
    return found


def _requirements() -> list[Node]:
    return sorted((rules().value(rule, HJ.requirement) or rule for rule in _of_measures()), key=str)


def _of_measures() -> Iterator[Node]:
    return rules().subjects(SH.targetClass, HJ.Measure)


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


def _refers(agreement: Agreement, clause: Node) -> bool:
    """Whether a clause leaves its matter to another document."""
    graph = agreement.graph
    return any(
        graph.value(claim, HJ.coverage) == HJ.Delegates
        for claim in graph.subjects(HJ.clause, clause)
        if (claim, RDF.type, HJ.Claim) in graph
    )
