"""What SHACL reports of a graph: by the rules as SPARQL on Oxigraph, and by pySHACL for what they do not cover."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal as OneOf

import pyoxigraph as ox
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from shapes.compiled import Compiled, compiled

Engine = OneOf["compiled", "pyshacl"]

# Python takes these for the letter i where case does not matter, SPARQL does not.
OTHER_I = frozenset("İı")


@dataclass(frozen=True, slots=True)
class Violation:
    """A result of validation: a rule, a node that breaks it, and the value that it breaks it with, if there is one."""

    rule: Node
    focus: Node
    value: Node | None
    severity: Node
    messages: frozenset[Node]


@dataclass(frozen=True, slots=True)
class Report:
    """Every result, and the rules that had to be left to pySHACL though it was not asked for."""

    violations: tuple[Violation, ...]
    left_to_pyshacl: tuple[URIRef, ...] = ()


def report(judged: Graph, rules: Graph, *, engine: Engine = "compiled") -> Report:
    """What a graph breaks of the rules. Whatever engine is asked, the results are those of pySHACL, in no order."""
    if engine == "pyshacl":
        return Report(tuple(_by_pyshacl(judged, rules)))
    translated = _compiled(rules)
    store = _store(judged)
    if store is None:
        every = {breakage.rule for breakage in translated.breakages}.union(translated.uncovered)
        return Report(tuple(_by_pyshacl(judged, rules)), tuple(sorted(every)))
    found = [*_by_query(store, translated, rules)]
    if translated.uncovered:
        found += _by_pyshacl(judged, rules, translated.uncovered)
    return Report(tuple(found), translated.uncovered)


def _by_query(store: ox.Store, translated: Compiled, rules: Graph) -> Iterator[Violation]:
    for breakage in translated.breakages:
        found = store.query(breakage.query)
        assert isinstance(found, ox.QuerySolutions)
        for row in found:
            value = row["value"] if len(row) > 1 else None
            yield _violation(rules, breakage.rule, _node(row["focus"]), None if value is None else _node(value))


def _violation(rules: Graph, rule: Node, focus: Node, value: Node | None) -> Violation:
    severity = rules.value(rule, SH.severity) or SH.Violation
    return Violation(rule, focus, value, severity, frozenset(rules.objects(rule, SH.message)))


def _by_pyshacl(judged: Graph, rules: Graph, only: Sequence[URIRef] = ()) -> Iterator[Violation]:
    from pyshacl import validate

    _, found, _ = validate(judged, shacl_graph=rules, inplace=True, use_shapes=list(only) or None)
    for result in found.subjects(RDF.type, SH.ValidationResult):
        rule, focus, severity = (
            found.value(result, word) for word in (SH.sourceShape, SH.focusNode, SH.resultSeverity)
        )
        assert rule is not None and focus is not None and severity is not None
        messages = frozenset(found.objects(result, SH.resultMessage))
        yield Violation(rule, focus, found.value(result, SH.value), severity, messages)


@lru_cache(maxsize=4)
def _compiled(rules: Graph) -> Compiled:
    return compiled(rules)


def _store(judged: Graph) -> ox.Store | None:
    """The graph as Oxigraph holds it; None if it holds what Oxigraph or SPARQL takes in another way than pySHACL."""
    terms: dict[Node, ox.NamedNode | ox.Literal | None] = {}
    quads = []
    for statement in judged:
        for node in statement:
            if node not in terms:
                terms[node] = _term(node)
        subject, predicate, value = (terms[node] for node in statement)
        if value is None or not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
            return None
        quads.append(ox.Quad(subject, predicate, value))
    store = ox.Store()
    store.extend(quads)
    return store


def _term(node: Node) -> ox.NamedNode | ox.Literal | None:
    if not OTHER_I.isdisjoint(str(node)):
        return None
    try:
        if isinstance(node, URIRef):
            return ox.NamedNode(str(node))
        # Numbers and dates are equal by their value in SPARQL, and by how they are written in SHACL.
        if isinstance(node, Literal) and node.datatype is None:
            return ox.Literal(str(node), language=node.language)
    except ValueError:
        pass
    return None


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    assert not isinstance(term, ox.Triple)
    return Literal(term.value, lang=term.language) if isinstance(term, ox.Literal) else URIRef(term.value)
