"""What is known beside a document answers as rdflib does."""

from itertools import product

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.graph import ModificationException
from rdflib.term import Node

from hjemmel.statements import Statements
from hjemmel.store import rdflib_graph

NAMES = [ox.NamedNode(f"a:{letter}") for letter in "xyz"]
VALUES = [*NAMES, ox.Literal(0), ox.Literal(""), ox.Literal("", language="nb")]
NODES: list[Node | None] = [
    None,
    *(URIRef(name.value) for name in NAMES),
    Literal(0),
    Literal(""),
    Literal("", lang="nb"),
]
QUADS = st.lists(st.builds(ox.Quad, *map(st.sampled_from, (NAMES, NAMES, VALUES, NAMES))), max_size=12)


@given(own=QUADS, shared=QUADS)
def test_every_pattern_has_the_statements_that_rdflib_finds_each_once(
    own: list[ox.Quad], shared: list[ox.Quad]
) -> None:
    known, expected = Statements(own, beside=Statements(shared)), rdflib_graph([*own, *shared])
    assert len(known) == len(expected)
    assert sorted(known) == sorted(expected)
    for subject, predicate, value in product(NODES[:4], NODES[:4], NODES):
        pattern = (subject, predicate, value)
        assert sorted(known.triples(pattern)) == sorted(expected.triples(pattern))
        assert (pattern in known) == (pattern in expected)
        assert sorted(known.objects(subject, predicate)) == sorted(expected.objects(subject, predicate))
        assert sorted(known.subjects(predicate, value)) == sorted(expected.subjects(predicate, value))
        assert (known.value(subject, predicate) is None) == (expected.value(subject, predicate) is None)
        assert (known.value(None, predicate, value) is None) == (expected.value(None, predicate, value) is None)


def test_nothing_can_be_added() -> None:
    with pytest.raises(ModificationException):
        Statements([]).add((URIRef("a:x"), URIRef("a:x"), URIRef("a:x")))
