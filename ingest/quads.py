"""Statements as quads: short names in, pyoxigraph terms out."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import pyoxigraph as ox

from ingest.iri import iri

Value = ox.NamedNode | ox.Literal | str | int | date | None

VOCABULARIES = {
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "hj": "https://w3id.org/hjemmel/ns#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")


@cache
def word(name: str) -> ox.NamedNode:
    """A class or property by its prefixed name.

    >>> word("hj:Clause").value
    'https://w3id.org/hjemmel/ns#Clause'
    """
    prefix, _, local = name.partition(":")
    return ox.NamedNode(VOCABULARIES[prefix] + local)


def node(path: str) -> ox.NamedNode:
    """A thing of ours by its path below the base."""
    return ox.NamedNode(iri(path))


def text(words: str | None, language: str) -> ox.Literal | None:
    """Words in a language, or nothing."""
    return ox.Literal(words, language=language) if words else None


def statements(graph: ox.NamedNode, subject: ox.NamedNode, *pairs: tuple[str, Value]) -> Iterator[ox.Quad]:
    """One quad per (property, value); a value of None states nothing."""
    for name, value in pairs:
        if value is not None:
            yield ox.Quad(subject, word(name), _term(value), graph)


def _term(value: ox.NamedNode | ox.Literal | str | int | date) -> ox.NamedNode | ox.Literal:
    match value:
        case ox.NamedNode() | ox.Literal():
            return value
        case date():
            return ox.Literal(value.isoformat(), datatype=DATE)
        case _:
            return ox.Literal(value)
