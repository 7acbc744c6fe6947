"""The rules themselves, and which of them an agreement breaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from ontology import HJ
from shapes.engine import Report
from shapes.finding import CheckError, Severity
from shapes.values import by_language

SHAPE = "https://w3id.org/hjemmel/shape#"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that does not hold, and of which node. The rule names its requirement, or the claim it judges does."""

    rule: Node
    requirement: Node
    focus: Node
    severity: Severity
    result: Node
    message: Mapping[str, str]

    @property
    def is_remark(self) -> bool:
        """Whether the rule speaks beside the finding on its requirement, and does not decide it."""
        return (self.rule, RDF.type, HJ.Remark) in rules()


@cache
def rules() -> Graph:
    """Every shape of this folder, merged. The result is shared: read it, do not change it."""
    graph = Graph()
    for source in sorted(files("shapes").iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".ttl"):
            graph.parse(data=source.read_text(encoding="utf-8"), format="turtle")
    return graph


@cache
def fields(requirement: Node) -> frozenset[Node]:
    """The terms of an agreement (hj:field) that the rules on a requirement ask for."""
    return frozenset(
        field for shape in rules().subjects(HJ.requirement, requirement) for field in rules().objects(shape, HJ.field)
    )


def name(rule: Node) -> str:
    """What a rule is called: the claim that it makes."""
    return str(rule).removeprefix(SHAPE)


def breaches(judged: Graph, report: Report) -> Iterator[Breach]:
    """Every rule that what is judged breaks, once for each node that breaks it and each requirement it is about."""
    for found in report.violations:
        focus, rule = found.focus, found.rule
        if not isinstance(focus, URIRef) or not isinstance(rule, URIRef):
            raise CheckError(f"A rule without a name was broken by {focus}: name every shape that has a severity.")
        for requirement in _requirements(judged, rule, focus):
            yield Breach(
                rule=rule,
                requirement=requirement,
                focus=focus,
                severity=_severity(found.severity),
                result=rules().value(rule, HJ.result) or HJ.Missing,
                message=by_language(found.messages),
            )


def _requirements(judged: Graph, rule: URIRef, focus: URIRef) -> list[Node]:
    """What a breach is about: the rule's own requirement, or those that the claim it judges answers, or the focus."""
    return [*rules().objects(rule, HJ.requirement)] or [*judged.objects(focus, HJ.requirement)] or [focus]


def _severity(severity: Node | None) -> Severity:
    return "warning" if severity == SH.Warning else "info" if severity == SH.Info else "violation"
