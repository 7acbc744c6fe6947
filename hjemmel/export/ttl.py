"""Turtle, for reading: the union of the named graphs under the ontology's own prefixes."""

from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

import pyoxigraph as ox

from hjemmel.sparql import prefixes

PREFIX = b"@prefix "


def turtle(quads: Iterable[ox.Quad], out: BinaryIO) -> None:
    """Write the statements thing by thing; which graph they stand in is lost, as Turtle has no graphs.

    >>> from io import BytesIO
    >>> act = ox.NamedNode("https://w3id.org/hjemmel/ns#Act")
    >>> turtle([ox.Quad(act, ox.NamedNode("http://purl.org/dc/terms/title"), ox.Literal("lov"))], out := BytesIO())
    >>> out.getvalue().decode().splitlines()[-1]
    'hj:Act dcterms:title "lov" .'
    """
    triples = sorted({quad.triple for quad in quads}, key=str)
    written = BytesIO()
    ox.serialize(triples, written, ox.RdfFormat.TURTLE, prefixes=prefixes())
    lines = written.getvalue().splitlines(keepends=True)
    # The engine writes the prefixes in a different order every time.
    heads = sum(1 for line in lines if line.startswith(PREFIX))
    out.writelines(sorted(lines[:heads]))
    out.write(b"\n")
    out.writelines(lines[heads:])
