"""JSON-LD, expanded: one object for each named graph, one inside it for each thing."""

from collections.abc import Iterable
from typing import BinaryIO

import pyoxigraph as ox


def json_ld(quads: Iterable[ox.Quad], out: BinaryIO) -> None:
    """Write the statements graph by graph, in an order that is always the same."""
    in_order = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))
    ox.serialize(in_order, out, ox.RdfFormat.JSON_LD)
    out.write(b"\n")
