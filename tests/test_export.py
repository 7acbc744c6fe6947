"""Exports: the same statements in every format, and the same bytes every time."""

from io import BytesIO

import pyoxigraph as ox
import pytest
import rdflib

from hjemmel.export import FORMATS

ID = "https://w3id.org/hjemmel/id/"
NS = "https://w3id.org/hjemmel/ns#"
DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
PARSED = {"ttl": ox.RdfFormat.TURTLE, "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}


def quad(subject: str, name: str, value: ox.NamedNode | ox.Literal, graph: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(ID + subject), ox.NamedNode(NS + name), value, ox.NamedNode(f"{ID}graph/{graph}"))


QUADS = [
    quad("doc/nordfjord", "storedText", ox.Literal('§ 1\n"Partane"\t\\ skal – møtast\u2028'), "doc/nordfjord"),
    quad("doc/nordfjord", "madeOn", ox.Literal("2024-09-12", datatype=DATE), "doc/nordfjord"),
    quad("doc/nordfjord/clause/1", "order", ox.Literal(1), "doc/nordfjord"),
    quad("doc/nordfjord/clause/1", "title", ox.Literal("Føremål", language="nn"), "doc/nordfjord"),
    quad("doc/nordfjord/clause/1", "implements", ox.NamedNode(f"{ID}requirement/6-2-13"), "claims/nordfjord"),
]


def written(form: str, quads: list[ox.Quad]) -> bytes:
    FORMATS[form](quads, out := BytesIO())
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_lost_on_the_way_out_and_in(form: str) -> None:
    back = set(ox.parse(written(form, QUADS), format=PARSED[form]))
    expected = {ox.Quad(*each.triple) for each in QUADS} if form == "ttl" else set(QUADS)
    assert back == expected


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_that_statements_come_in_does_not_matter(form: str) -> None:
    assert written(form, QUADS) == written(form, QUADS[::-1])


def test_turtle_is_written_with_the_prefixes_of_the_ontology() -> None:
    text = written("ttl", QUADS).decode()
    assert text.startswith("@prefix cccev: ")
    assert 'hj:madeOn "2024-09-12"^^xsd:date' in text


def test_n_quads_are_sorted_lines() -> None:
    lines = written("nq", QUADS).split(b"\n")
    assert lines[:-1] == sorted(lines[:-1])
    assert len(lines) == len(QUADS) + 1


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("nq", "nquads"), ("jsonld", "json-ld")])
def test_another_library_reads_the_same_number_of_statements(form: str, name: str) -> None:
    assert len(rdflib.Dataset().parse(data=written(form, QUADS), format=name)) == len(QUADS)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_graph_is_written_and_read_too(form: str) -> None:
    assert not list(ox.parse(written(form, []), format=PARSED[form]))
