"""The rules as SPARQL find what pySHACL finds, result by result, and what is not translated is left to pySHACL."""

import os
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from hjemmel.build import corpus, corpus_quads
from hjemmel.store import Store
from ontology import BASE, HJ
from shapes.agreement import Agreement
from shapes.compiled import compiled
from shapes.engine import Violation, report
from shapes.rules import rules
from shapes.view import view

GOLD = Path(__file__).parent / "gold" / "shapes"
SHAPE = "https://w3id.org/hjemmel/shape#"
# The benchmark of the engines breaks more graphs: `BROKEN_GRAPHS=200 pytest tests/test_compiled.py`.
BROKEN_GRAPHS = int(os.environ.get("BROKEN_GRAPHS", "50"))

Statement = tuple[Node, Node, Node]

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def both(judged: Graph, shapes: Graph) -> tuple[Counter[Violation], Counter[Violation]]:
    """What the two engines find; nothing may be left to pySHACL by the first."""
    found = report(judged, shapes)
    assert not found.left_to_pyshacl
    return Counter(found.violations), Counter(report(judged, shapes, engine="pyshacl").violations)


@cache
def agreements() -> tuple[tuple[Statement, ...], ...]:
    """What the rules see of the agreements of the corpus, and of the gold's examples."""
    store = Store.of(corpus_quads(corpus()))
    graphs = [store.graph(document) for document in store.documents().values()]
    known = [
        view(Agreement(graph, document))
        for graph, document in zip(graphs, map(URIRef, store.documents().values()), strict=True)
        if (document, RDF.type, HJ.AgreementVersion) in graph
    ]
    return tuple(
        tuple(sorted(graph)) for graph in [*known, *map(example, ("sound", "CouncilDecides", "BindsAsTheLawDoes"))]
    )


def example(name: str) -> Graph:
    return Graph().parse(GOLD / f"{name}.ttl")


@st.composite
def broken_graphs(draw: st.DrawFn) -> Graph:
    """An agreement's graph in which some statements are gone, doubled for another node, or say something else."""
    statements = list(draw(st.sampled_from(agreements())))
    chance = Random(draw(st.integers(min_value=0)))
    nodes = sorted({node for subject, _, value in statements for node in (subject, value)})
    words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
    said = [Literal(word) for word in draw(st.lists(words | st.sampled_from(["P1Y\n", "P3M", "BYSTYRET"]), max_size=3))]
    for _ in range(draw(st.integers(min_value=1, max_value=40))):
        at = chance.randrange(len(statements))
        subject, predicate, value = statements[at]
        names = [node for node in nodes if isinstance(node, URIRef)]
        match chance.randrange(5):
            case 0:
                statements[at] = statements[-1]
            case 1:
                statements.append((chance.choice(names), predicate, value))
            case 2:
                statements[at] = (subject, predicate, chance.choice([*nodes, *said]))
            case 3:
                statements.append((subject, predicate, chance.choice([*said, *nodes])))
            case _:
                statements[at] = (subject, chance.choice(statements)[1], value)
    graph = Graph()
    for statement in statements:
        graph.add(statement)
    return graph


def test_every_rule_is_translated() -> None:
    assert not compiled(rules()).uncovered


@pytest.mark.parametrize("path", sorted(GOLD.rglob("*.ttl")), ids=lambda path: str(path.relative_to(GOLD)))
def test_the_examples_have_the_same_results_by_either_engine(path: Path) -> None:
    ours, theirs = both(Graph().parse(path), rules())
    assert ours == theirs


def test_the_agreements_of_the_corpus_have_the_same_results_by_either_engine() -> None:
    for statements in agreements():
        graph = Graph()
        for statement in statements:
            graph.add(statement)
        ours, theirs = both(graph, rules())
        assert ours == theirs


@settings(max_examples=BROKEN_GRAPHS, deadline=None, suppress_health_check=list(HealthCheck), derandomize=False)
@given(broken_graphs())
def test_broken_graphs_have_the_same_results_by_either_engine(graph: Graph) -> None:
    found, theirs = report(graph, rules()), report(graph, rules(), engine="pyshacl")
    assert Counter(found.violations) == Counter(theirs.violations)


# One shape, one graph: what it is about stands in the shape.
@pytest.mark.parametrize(
    ("shape", "data"),
    [
        ("sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 2", "ex:a ex:p 'one' ; ex:p 'two' . ex:b ex:p 'one' ."),
        (
            "sh:targetNode ex:a , ex:b ; sh:path ex:p ; sh:minCount 2",
            "ex:a ex:p 'one' ; ex:p 'two' . ex:b ex:p 'one' .",
        ),
        ("sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:maxCount 1", "ex:a ex:p 'one' ; ex:p 'two' . ex:b ex:p 'one' ."),
        (
            "sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:class ex:C",
            "ex:a ex:p ex:b , 'b' , ex:c . ex:b a ex:D . ex:D rdfs:subClassOf ex:C .",
        ),
        (
            "sh:targetClass ex:C ; sh:path ex:p ; sh:minCount 1",
            "ex:b a ex:D . ex:D rdfs:subClassOf ex:E . ex:E rdfs:subClassOf ex:C .",
        ),
        # Two ways to the same value are one value.
        (
            "sh:targetNode ex:a ; sh:path ( ex:p ex:q ) ; sh:qualifiedMinCount 2 ; "
            "sh:qualifiedValueShape [ sh:pattern '^x' ]",
            "ex:a ex:p ex:b , ex:c . ex:b ex:q 'x' . ex:c ex:q 'x' .",
        ),
        (
            "sh:targetNode ex:a ; sh:path ( [ sh:inversePath ex:q ] [ sh:inversePath ex:p ] ) ; sh:in ( ex:b )",
            "ex:b ex:p ex:m . ex:m ex:q ex:a . ex:c ex:p ex:m .",
        ),
        (
            "sh:targetNode ex:a ; sh:path ex:p ; sh:pattern 'x$' ; sh:flags 'i'",
            "ex:a ex:p 'ax\\n' , 'X' , 'xy' , 'x'@nb , ex:x .",
        ),
        (
            "sh:targetObjectsOf ex:p ; sh:and ( [ sh:pattern 'a' ] [ sh:not [ sh:pattern 'b' ] ] )",
            "ex:a ex:p 'a' , 'ab' , 'c' .",
        ),
        ("sh:targetNode ex:a ; sh:hasValue ex:b", ""),
        ("sh:targetNode ex:a ; sh:property ex:Part", "ex:a ex:p 'no' ."),
    ],
)
def test_a_word_of_shacl_means_the_same_by_either_engine(shape: str, data: str) -> None:
    part = "ex:Part a sh:PropertyShape ; sh:path ex:p ; sh:in ( 'yes' ) ; sh:severity sh:Info ; sh:message 'No.'@en ."
    kind = "PropertyShape" if "sh:path" in shape.partition("[")[0] else "NodeShape"
    shapes = Graph().parse(
        data=f"{PREFIXES} ex:Rule a sh:{kind} ; {shape} ; sh:message 'No.'@en . {part}", format="turtle"
    )
    ours, theirs = both(Graph().parse(data=PREFIXES + data, format="turtle"), shapes)
    assert ours == theirs


@pytest.mark.parametrize(
    "said",
    [
        "sh:path ex:p ; sh:datatype ex:D",
        "sh:path ex:p ; sh:pattern '(?=x)y'",
        r"sh:path ex:p ; sh:pattern '\\d'",
        "sh:path ex:p ; sh:pattern 'x' ; sh:flags 'm'",
        "sh:path ex:p ; sh:in ( 1 2 )",
        "sh:path [ sh:zeroOrMorePath ex:p ] ; sh:in ( ex:b )",
        "sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:in ( ex:b )",
        "sh:path ex:p ; sh:minCount 9",
        "sh:path ex:p ; sh:node [ sh:nodeKind sh:IRI ]",
    ],
)
def test_what_is_not_translated_is_left_to_pyshacl_and_told(said: str) -> None:
    text = f"""{PREFIXES}
        ex:Odd a sh:PropertyShape ; sh:targetNode ex:a ; {said} ; sh:message 'No.'@en .
        ex:Plain a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:hasValue ex:b ; sh:message 'No.'@en ."""
    shapes, data = (
        Graph().parse(data=text, format="turtle"),
        Graph().parse(data=f"{PREFIXES} ex:a ex:p 'x' .", format="turtle"),
    )
    found = report(data, shapes)
    assert found.left_to_pyshacl == (URIRef("https://example.org/Odd"),)
    assert Counter(found.violations) == Counter(report(data, shapes, engine="pyshacl").violations)


@pytest.mark.parametrize(
    "value",
    [Literal(1), Literal("2024-09-12", datatype=XSD.date), BNode("one"), Literal("KOMMUNEDıREKTØR"), URIRef("a b")],
)
def test_a_graph_that_sparql_takes_in_another_way_is_left_to_pyshacl(value: Node) -> None:
    graph = example("CouncilItselfApproves")
    graph.add((URIRef(f"{BASE}doc/example/term/approval_body/1"), HJ.value, value))
    found = report(graph, rules())
    assert len(found.left_to_pyshacl) == len({breakage.rule for breakage in compiled(rules()).breakages})
    assert Counter(found.violations) == Counter(report(graph, rules(), engine="pyshacl").violations)
