"""The report as a SHACL validation report in Turtle; every node has a name."""

from collections.abc import Iterator
from typing import BinaryIO

import pyoxigraph as ox
from rdflib import SH, Graph, URIRef

from hjemmel.report import Entry, Report
from hjemmel.sparql import prefixes
from ingest.iri import evidence_path, iri, own_finding_path, report_path
from ingest.quads import DATE
from ontology import HJ
from shapes.rules import SHAPE, rules

BOOLEAN = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SEVERITIES = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}
RESULTS = {
    "conflict": HJ.Conflict,
    "missing": HJ.Missing,
    "not_assessable": HJ.NotAssessable,
    "partly": HJ.PartlyFulfilled,
}
STATES = {
    "candidate": HJ.Candidate,
    "confirmed": HJ.Confirmed,
    "corrected": HJ.Corrected,
    "rejected": HJ.Rejected,
    "not_supported": HJ.NotSupported,
}
# Which part of SHACL a rule of ours is written in, by the first of these that it has.
COMPONENTS = (
    (SH.hasValue, SH.HasValueConstraintComponent),
    (SH.minCount, SH.MinCountConstraintComponent),
    (SH["not"], SH.NotConstraintComponent),
    (SH["or"], SH.OrConstraintComponent),
    (SH["in"], SH.InConstraintComponent),
    (SH.pattern, SH.PatternConstraintComponent),
    (SH.qualifiedMinCount, SH.QualifiedMinCountConstraintComponent),
    (SH.qualifiedMaxCount, SH.QualifiedMaxCountConstraintComponent),
)


def write(report: Report, file: BinaryIO) -> None:
    """Write what is amiss or worth knowing; what is fulfilled is no result in SHACL."""
    ox.serialize(_triples(report), file, ox.RdfFormat.TURTLE, prefixes={**prefixes(), "sh": str(SH)})


def _triples(report: Report) -> Iterator[ox.Triple]:
    judgement = report.judgement
    document = judgement.document.removeprefix(iri("doc/"))
    here = iri(report_path(document, judgement.as_of.isoformat()))
    results = [entry for entry in (*report.entries, *report.remarks) if entry.finding.severity]
    own = report.own or ()
    yield _triple(here, RDF_TYPE, SH.ValidationReport)
    yield _value(here, SH.conforms, ox.Literal("false" if results or own else "true", datatype=BOOLEAN))
    yield _value(here, HJ.asOf, ox.Literal(judgement.as_of.isoformat(), datatype=DATE))
    broken = {iri(own_finding_path(document, one.name, number)): one for number, one in enumerate(own, 1)}
    for address in (*(entry.finding.iri for entry in results), *broken):
        yield _triple(here, SH.result, address)
    for entry in results:
        yield from _result(entry, report)
    for address, one in broken.items():
        yield _triple(address, RDF_TYPE, SH.ValidationResult)
        yield _value(address, SH.focusNode, _node(one.focus))
        yield _triple(address, SH.resultSeverity, SEVERITIES[one.severity])
        yield _value(address, SH.sourceShape, _node(one.rule))
        yield _triple(address, SH.sourceConstraintComponent, one.component)
        for language, words in one.message.items():
            yield _value(address, SH.resultMessage, ox.Literal(words, language=language or None))


def _result(entry: Entry, report: Report) -> Iterator[ox.Triple]:
    finding, document = entry.finding, report.judgement.document
    here = finding.iri
    yield _triple(here, RDF_TYPE, SH.ValidationResult)
    yield _triple(here, RDF_TYPE, HJ.Finding)
    yield _triple(here, SH.focusNode, document)
    yield _triple(here, SH.resultSeverity, SEVERITIES[finding.severity or "info"])
    rule = URIRef(f"{SHAPE}{finding.rule}")
    yield _triple(here, SH.sourceConstraintComponent, _component(rules(), rule))
    if finding.rule:
        yield _triple(here, SH.sourceShape, rule)
    for language, words in finding.message.items():
        yield _value(here, SH.resultMessage, ox.Literal(words, language=language))
    if finding.result in RESULTS:
        yield _triple(here, HJ.result, RESULTS[finding.result])
    yield _triple(here, HJ.legalBasis, finding.provision)
    yield _triple(here, HJ.reviewState, STATES[entry.state])
    yield _value(here, HJ.asOf, ox.Literal(report.judgement.as_of.isoformat(), datatype=DATE))
    for quoted in finding.evidence:
        source = (quoted.document or document).removeprefix(iri("doc/"))
        yield _triple(here, HJ.evidence, iri(evidence_path(source, quoted.start, quoted.end)))
    for term in finding.searched:
        yield _value(here, HJ.searched, ox.Literal(term))
    for nearest in finding.nearest:
        yield _triple(here, HJ.nearest, nearest.clause)


def _component(shapes: Graph, rule: URIRef) -> URIRef:
    found = (component for parameter, component in COMPONENTS if (rule, parameter, None) in shapes)
    return next(found, SH.NodeConstraintComponent)


def _triple(subject: str, predicate: str, address: str) -> ox.Triple:
    return _value(subject, predicate, ox.NamedNode(address))


def _value(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def _node(name: str) -> ox.NamedNode | ox.Literal:
    return ox.NamedNode(name) if ":" in name else ox.Literal(name)
