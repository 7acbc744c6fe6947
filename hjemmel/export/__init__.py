"""The graph in other formats: each module writes one."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

import pyoxigraph as ox

from hjemmel.export.graphml import graph_ml
from hjemmel.export.jsonld import json_ld
from hjemmel.export.nq import compressed_n_quads, n_quads
from hjemmel.export.ttl import turtle

Write = Callable[[Iterable[ox.Quad], BinaryIO], None]

FORMATS: dict[str, Write] = {
    "ttl": turtle,
    "nq": n_quads,
    "nq.gz": compressed_n_quads,
    "jsonld": json_ld,
    "graphml": graph_ml,
}
