"""One agreement as it is judged: which of its claims and terms count."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import DCTERMS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import HJ
from shapes.rules import fields, rules
from shapes.values import number

HELD_STRENGTH = (HJ.Explicit, HJ.Topical)
REFUSED = (HJ.Corrected, HJ.NotSupported, HJ.Rejected)
ANSWERING = (HJ.Covers, HJ.Partly, HJ.Delegates, HJ.Contradicts)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A document in its graph; with `confirmed_only`, nothing counts that no person has confirmed."""

    graph: Graph
    document: URIRef
    confirmed_only: bool = False

    def requirements(self) -> list[URIRef]:
        """The requirements that the rules speak of and the graph knows, in the law's order."""
        known = {node for node in rules().objects(None, HJ.requirement) if (node, SKOS.notation, None) in self.graph}
        return sorted(
            (URIRef(str(node)) for node in known), key=lambda node: (number(self.graph, node, HJ.order), node)
        )

    def claims(self, requirement: Node) -> Iterator[Node]:
        """The claims on a requirement that no person has refused, the weak ones too."""
        for answered in (requirement, *self.graph.objects(requirement, HJ.answeredBy)):
            for claim in self.graph.subjects(HJ.requirement, answered):
                if (claim, HJ.document, self.document) in self.graph and self._counts(claim):
                    yield claim

    def held(self, requirement: Node) -> Iterator[Node]:
        """The claims that answer a requirement."""
        for claim in self.claims(requirement):
            strength = self.graph.value(claim, HJ.evidenceStrength)
            if strength in HELD_STRENGTH and self.graph.value(claim, HJ.coverage) in ANSWERING:
                yield claim

    def terms(self, requirement: Node) -> Iterator[Node]:
        """The terms that the rules on a requirement ask for.

        A term stands and falls with the claims of its clause on that requirement.
        """
        for field in fields(requirement):
            for term in self.graph.subjects(HJ.field, field):
                if (term, HJ.document, self.document) in self.graph and self._term_counts(term, requirement):
                    yield term

    def answers(self, requirement: Node) -> Iterator[Node]:
        """What fulfils a requirement: the terms its rules ask for, else the claims that are held to answer it."""
        return self.terms(requirement) if fields(requirement) else self.held(requirement)

    def candidates(self, requirement: Node) -> Iterator[Node]:
        """Everything that comes near a requirement."""
        yield from self.terms(requirement)
        yield from self.claims(requirement)

    def searched(self, requirement: Node) -> tuple[str, ...]:
        """The words that would have answered the requirement, in the document's language."""
        language = str(self.graph.value(self.document, DCTERMS.language) or "nb")
        words = {word for kind in (HJ.explicitTerm, HJ.searchTerm) for word in self.graph.objects(requirement, kind)}
        return tuple(sorted(str(word) for word in words if isinstance(word, Literal) and word.language == language))

    def _counts(self, statement: Node) -> bool:
        state = self.graph.value(statement, HJ.reviewState)
        return state == HJ.Confirmed if self.confirmed_only else state not in REFUSED

    def _term_counts(self, term: Node, requirement: Node) -> bool:
        clause = self.graph.value(term, HJ.clause)
        states = {
            self.graph.value(claim, HJ.reviewState)
            for claim in self.graph.subjects(HJ.requirement, requirement)
            if clause is not None and (claim, HJ.clause, clause) in self.graph
        }
        if self.confirmed_only:
            return HJ.Confirmed in states or (term, HJ.reviewState, HJ.Confirmed) in self.graph
        return not states or not states <= set(REFUSED)
