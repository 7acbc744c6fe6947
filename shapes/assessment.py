"""What the rules found of one agreement, to be told by the law of any day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from rdflib import SKOS
from rdflib.term import Node, URIRef

from ontology import BASE, HJ, load
from shapes.advice import points
from shapes.agreement import Agreement
from shapes.approval import decisions, delegations
from shapes.engine import Engine, report
from shapes.evidence import evidence
from shapes.finding import Finding, Point, Result
from shapes.rules import Breach, breaches, name, rules
from shapes.time import applies_from, has_ended, words_of_law
from shapes.values import by_language
from shapes.view import view

BREACHES: Mapping[Node, Result] = {HJ.Conflict: "conflict", HJ.Missing: "missing", HJ.PartlyFulfilled: "partly"}
GRAVEST_FIRST = tuple(BREACHES)
NEAREST = 5  # candidates shown for something not found


@dataclass(frozen=True, slots=True)
class Assessment:
    """An agreement and the rules it breaks. The rules are run once; days only tell which of them applied.

    `left_to_pyshacl` are the rules that the faster engine could not run on it.
    """

    agreement: Agreement
    breaches: tuple[Breach, ...]
    points: Mapping[Node, tuple[Point, ...]]
    left_to_pyshacl: tuple[str, ...] = ()

    @classmethod
    def of(cls, agreement: Agreement, *, engine: Engine = "compiled") -> "Assessment":
        """Run the rules on an agreement."""
        judged = view(agreement)
        found = report(judged, rules(), engine=engine)
        advised = points(agreement.graph, agreement.document)
        return cls(agreement, tuple(breaches(judged, found)), advised, tuple(map(name, found.left_to_pyshacl)))

    def findings(self, as_of: date) -> tuple[Finding, ...]:
        """A finding for each requirement that a rule speaks of and that had not ended on the day, in the law's order.

        A requirement that came later is not applicable.
        """
        broken: defaultdict[Node, list[Breach]] = defaultdict(list)
        for breach in self.breaches:
            if not breach.is_remark:
                broken[breach.requirement].append(breach)
        return tuple(self._finding(requirement, broken[requirement], as_of) for requirement in self._in_force(as_of))

    def remarks(self, as_of: date) -> tuple[Finding, ...]:
        """What else a careful reader notes: one remark for each rule and requirement that had begun on the day."""
        noted: defaultdict[tuple[Node, Node], list[Breach]] = defaultdict(list)
        for breach in self.breaches:
            if breach.is_remark:
                noted[breach.requirement, breach.rule].append(breach)
        return tuple(
            self._remark(requirement, noted[requirement, rule], as_of)
            for requirement in self._in_force(as_of)
            if (applies_from(self.agreement.graph, requirement) or as_of) <= as_of
            for rule in sorted((rule for about, rule in noted if about == requirement), key=str)
        )

    def _in_force(self, as_of: date) -> Iterator[URIRef]:
        graph = self.agreement.graph
        return (node for node in self.agreement.requirements() if not has_ended(graph, node, as_of))

    def _finding(self, requirement: URIRef, broken: Sequence[Breach], as_of: date) -> Finding:
        agreement = self.agreement
        graph, document = agreement.graph, agreement.document
        fulfilled = self._about(requirement, as_of)
        if fulfilled.applies_from and fulfilled.applies_from > as_of:
            message = _sentence(HJ.NotApplicable, as_of=as_of, applies_from=fulfilled.applies_from)
            return replace(fulfilled, result="not_applicable", message=message)
        if not broken:
            return fulfilled
        gravest = min(broken, key=lambda breach: (GRAVEST_FIRST.index(breach.result), breach.rule))
        found = _spoken(fulfilled, gravest)
        if gravest.result == HJ.Conflict:
            # What the text says otherwise, beside what it says right: a reader must see both.
            said = (breach.focus for breach in broken if breach.result == HJ.Conflict)
            quotes = evidence(graph, chain(said, agreement.answers(requirement)), document=document)
            return replace(found, evidence=quotes)
        if gravest.result == HJ.Missing:
            found = replace(
                found,
                evidence=(),
                searched=agreement.searched(requirement),
                nearest=evidence(graph, agreement.candidates(requirement), document=document)[:NEAREST],
            )
        missing = graph.value(document, HJ.missingPart)
        if missing is None:
            return found
        # A gap in an excerpt is no breach: what was not found, or not all, may stand in the part that is lacking.
        gap = HJ.NotAssessable if gravest.result == HJ.Missing else HJ.PartlyFulfilled
        message = _sentence(gap, missing=str(missing))
        return replace(found, result="not_assessable", severity="info", message=message)

    def _remark(self, requirement: URIRef, noted: Sequence[Breach], as_of: date) -> Finding:
        graph, document = self.agreement.graph, self.agreement.document
        found = _spoken(self._about(requirement, as_of), noted[0])
        said = [statement for breach in noted for statement in (breach.focus, *delegations(graph, breach.focus))]
        quotes = evidence(graph, said, document=document)
        # Where the agreement as a whole is at fault, what comes nearest is a decision that is not one on it.
        nearest = () if quotes else evidence(graph, decisions(graph, document), document=document)
        return replace(found, iri=f"{found.iri}/{found.rule}", evidence=quotes, nearest=nearest, advice=())

    def _about(self, requirement: URIRef, as_of: date) -> Finding:
        """The finding that all is well."""
        agreement = self.agreement
        graph, document = agreement.graph, agreement.document
        provision = graph.value(requirement, HJ.legalBasis)
        return Finding(
            iri=f"{document}/finding/{requirement.removeprefix(f'{BASE}requirement/')}",
            requirement=str(graph.value(requirement, SKOS.notation)),
            label=by_language(graph.objects(requirement, SKOS.prefLabel)),
            strength=str(load().value(graph.value(requirement, HJ.strength), SKOS.notation)),
            severity=None,
            result="fulfilled",
            legal_basis=str(graph.value(provision, HJ.shortForm) or provision),
            provision=str(provision),
            applies_from=applies_from(graph, requirement),
            message=_sentence(HJ.Fulfilled),
            advice=self.points.get(requirement, ()),
            law=words_of_law(graph, provision, as_of),
            evidence=evidence(graph, agreement.answers(requirement), document=document),
        )


def _spoken(found: Finding, breach: Breach) -> Finding:
    """A finding as a broken rule tells it."""
    return replace(
        found,
        severity=breach.severity,
        result=BREACHES[breach.result],
        message=breach.message,
        rule=name(breach.rule),
    )


def _sentence(result: URIRef, **words: date | str) -> dict[str, str]:
    filled = {}
    for language, sentence in by_language(load().objects(result, HJ.sentence)).items():
        written = {name: _written(word, language) for name, word in words.items()}
        filled[language] = sentence.format(**written)
    return filled


def _written(word: date | str, language: str) -> str:
    if isinstance(word, str):
        return word
    return word.isoformat() if language == "en" else f"{word:%d.%m.%Y}"
