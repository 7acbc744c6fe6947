"""N-Quads: every statement with its named graph, one to a line."""

from collections.abc import Iterable
from gzip import GzipFile
from typing import BinaryIO

import pyoxigraph as ox


def n_quads(quads: Iterable[ox.Quad], out: BinaryIO) -> None:
    """Write the statements as sorted lines, so that two exports can be compared line by line."""
    out.writelines(sorted(f"{quad} .\n".encode() for quad in quads))


def compressed_n_quads(quads: Iterable[ox.Quad], out: BinaryIO) -> None:
    """Write the same compressed: without name and time, so that the same statements are always the same bytes."""
    with GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as file:
        file.writelines(sorted(f"{quad} .\n".encode() for quad in quads))
