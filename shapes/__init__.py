"""What must hold: the law's requirements as SHACL shapes, and what a check of one agreement found."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Literal as OneOf

from pyshacl import validate
from rdflib import DCTERMS, RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import HJ, OA, load

Result = OneOf["fulfilled", "partly", "missing", "conflict", "not_applicable", "not_assessable"]
Severity = OneOf["violation", "warning", "info"]

BREACHES: Mapping[Node, Result] = {HJ.Conflict: "conflict", HJ.Missing: "missing", HJ.PartlyFulfilled: "partly"}
GRAVEST_FIRST = tuple(BREACHES)
HELD_STRENGTH = (HJ.Explicit, HJ.Topical)
REFUSED = (HJ.Rejected, HJ.NotSupported)
ANSWERING = (HJ.Covers, HJ.Partly, HJ.Delegates, HJ.Contradicts)
NEAREST = 5  # candidates shown for something not found


class CheckError(ValueError):
    """What was given cannot be checked."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Words of the agreement: `text[start:end] == quote`, in the clause at `place` ("kap. 3 nr. 13")."""

    start: int
    end: int
    quote: str
    place: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the check concluded about one requirement.

    `requirement` is its notation ("6-2:13"); `label` and `message` are by language (nb, nn, en); `strength` is
    "obligation", "recommendation" or "permission"; `severity` is None unless something is amiss or worth knowing;
    `legal_basis` is written as lawyers do and `provision` is its address; `searched` and `nearest` say what was looked
    for, and what came closest, when nothing was found.
    """

    requirement: str
    label: Mapping[str, str]
    strength: str
    severity: Severity | None
    result: Result
    legal_basis: str
    provision: str
    applies_from: date | None
    message: Mapping[str, str]
    evidence: tuple[Evidence, ...] = ()
    searched: tuple[str, ...] = ()
    nearest: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Breach:
    """A rule that does not hold, and of which node. The rule names its requirement, or the claim it judges does."""

    rule: Node
    requirement: Node
    focus: Node
    severity: Severity
    result: Node
    message: Mapping[str, str]


def check(graph: Graph, document: URIRef, *, as_of: date) -> tuple[Finding, ...]:
    """Judge one agreement by the law of a day: a finding for each requirement that a shape speaks of.

    The graph holds the ontology and that one document's triples, as in docs/graph.md. A requirement that came later is
    not applicable; one that had ended is left out.
    """
    if (document, RDF.type, HJ.AgreementVersion) not in graph:
        raise CheckError(f"{document} is not an agreement in this graph: check a document of the kind agreement.")
    breaches = list(_breaches(graph))
    return tuple(
        _finding(
            graph, document, requirement, [breach for breach in breaches if breach.requirement == requirement], as_of
        )
        for requirement in _requirements(graph)
        if (_day(graph, requirement, HJ.appliesTo) or as_of) >= as_of
    )


@cache
def rules() -> Graph:
    """Every shape of this folder, merged. The result is shared: read it, do not change it."""
    graph = Graph()
    for source in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".ttl"):
            graph.parse(data=source.read_text(encoding="utf-8"), format="turtle")
    return graph


def _breaches(graph: Graph) -> Iterator[_Breach]:
    _, report, _ = validate(graph, shacl_graph=rules())
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, rule = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        yield _Breach(
            rule=rule,
            requirement=rules().value(rule, HJ.requirement) or graph.value(focus, HJ.requirement) or focus,
            focus=focus,
            severity=_severity(report.value(result, SH.resultSeverity)),
            result=rules().value(rule, HJ.result),
            message=_by_language(report.objects(result, SH.resultMessage)),
        )


def _requirements(graph: Graph) -> list[URIRef]:
    """The requirements that the shapes speak of and the graph knows, in the law's order."""
    named = {node for node in rules().objects(None, HJ.requirement) if (node, SKOS.notation, None) in graph}
    return sorted((URIRef(str(node)) for node in named), key=lambda node: (_number(graph, node, HJ.order), node))


def _finding(graph: Graph, document: URIRef, requirement: URIRef, breaches: list[_Breach], as_of: date) -> Finding:
    provision = graph.value(requirement, HJ.legalBasis)
    applies_from = _day(graph, requirement, HJ.appliesFrom)
    fulfilled = Finding(
        requirement=str(graph.value(requirement, SKOS.notation)),
        label=_by_language(graph.objects(requirement, SKOS.prefLabel)),
        strength=str(load().value(graph.value(requirement, HJ.strength), SKOS.notation)),
        severity=None,
        result="fulfilled",
        legal_basis=str(graph.value(provision, HJ.shortForm) or provision),
        provision=str(provision),
        applies_from=applies_from,
        message=_sentence(HJ.Fulfilled),
        evidence=_evidence(graph, _answers(graph, document, requirement)),
    )
    if applies_from and applies_from > as_of:
        message = _sentence(HJ.NotApplicable, as_of=as_of, applies_from=applies_from)
        return replace(fulfilled, result="not_applicable", message=message)
    if not breaches:
        return fulfilled
    gravest = min(breaches, key=lambda breach: (GRAVEST_FIRST.index(breach.result), breach.rule))
    found = replace(
        fulfilled,
        severity=gravest.severity,
        result=BREACHES[gravest.result],
        message=gravest.message,
    )
    if gravest.result == HJ.Conflict:
        # What the text says otherwise, beside what it says right: a reader must see both.
        said = (breach.focus for breach in breaches if breach.result == HJ.Conflict)
        return replace(found, evidence=_evidence(graph, chain(said, _answers(graph, document, requirement))))
    if gravest.result != HJ.Missing:
        return found
    found = replace(
        found,
        evidence=(),
        searched=_searched(graph, document, requirement),
        nearest=_evidence(graph, _candidates(graph, document, requirement))[:NEAREST],
    )
    missing = graph.value(document, HJ.missingPart)
    if missing is None:
        return found
    # A gap in an excerpt is no breach: what was not found may stand in the part that is lacking.
    return replace(
        found, result="not_assessable", severity="info", message=_sentence(HJ.NotAssessable, missing=str(missing))
    )


def _answers(graph: Graph, document: URIRef, requirement: URIRef) -> Iterator[Node]:
    """What fulfils a requirement: the terms its shapes ask for, else the claims that are held to answer it."""
    fields = _fields(requirement)
    if fields:
        yield from _terms(graph, document, fields)
        return
    for claim in _claims(graph, document, requirement):
        strength, coverage = graph.value(claim, HJ.evidenceStrength), graph.value(claim, HJ.coverage)
        if strength in HELD_STRENGTH and coverage in ANSWERING:
            yield claim


def _candidates(graph: Graph, document: URIRef, requirement: URIRef) -> Iterator[Node]:
    yield from _terms(graph, document, _fields(requirement))
    yield from _claims(graph, document, requirement)


def _claims(graph: Graph, document: URIRef, requirement: URIRef) -> Iterator[Node]:
    for claim in graph.subjects(HJ.requirement, requirement):
        if (claim, HJ.document, document) in graph and graph.value(claim, HJ.reviewState) not in REFUSED:
            yield claim


def _fields(requirement: URIRef) -> set[Node]:
    return {
        field for shape in rules().subjects(HJ.requirement, requirement) for field in rules().objects(shape, HJ.field)
    }


def _terms(graph: Graph, document: URIRef, fields: set[Node]) -> Iterator[Node]:
    for field in fields:
        for term in graph.subjects(HJ.field, field):
            if (term, HJ.document, document) in graph:
                yield term


def _evidence(graph: Graph, statements: Iterable[Node]) -> tuple[Evidence, ...]:
    found = set()
    for statement in statements:
        for evidence in graph.objects(statement, HJ.evidence):
            selector = graph.value(evidence, OA.hasSelector)
            clause = graph.value(statement, HJ.clause) or graph.value(evidence, HJ.clause)
            found.add(
                Evidence(
                    start=_number(graph, selector, OA.start),
                    end=_number(graph, selector, OA.end),
                    quote=str(graph.value(selector, OA.exact)),
                    place=str(graph.value(clause, HJ.place) or ""),
                    clause=str(clause or ""),
                )
            )
    return tuple(sorted(found))


def _searched(graph: Graph, document: URIRef, requirement: URIRef) -> tuple[str, ...]:
    """The words that would have answered the requirement, in the document's language."""
    language = str(graph.value(document, DCTERMS.language) or "nb")
    words = {word for kind in (HJ.explicitTerm, HJ.searchTerm) for word in graph.objects(requirement, kind)}
    return tuple(sorted(str(word) for word in words if isinstance(word, Literal) and word.language == language))


def _sentence(result: URIRef, **words: date | str) -> dict[str, str]:
    filled = {}
    for language, sentence in _by_language(load().objects(result, HJ.sentence)).items():
        written = {name: _written(word, language) for name, word in words.items()}
        filled[language] = sentence.format(**written)
    return filled


def _written(word: date | str, language: str) -> str:
    if isinstance(word, str):
        return word
    return word.isoformat() if language == "en" else f"{word:%d.%m.%Y}"


def _by_language(values: Iterable[Node]) -> dict[str, str]:
    return {value.language: str(value) for value in values if isinstance(value, Literal) and value.language}


def _severity(severity: Node | None) -> Severity:
    return "warning" if severity == SH.Warning else "info" if severity == SH.Info else "violation"


def _day(graph: Graph, subject: URIRef, predicate: URIRef) -> date | None:
    value = graph.value(subject, predicate)
    return value.toPython() if isinstance(value, Literal) else None


def _number(graph: Graph, subject: Node | None, predicate: URIRef) -> int:
    value = graph.value(subject, predicate)
    return int(value) if isinstance(value, Literal) else 0
