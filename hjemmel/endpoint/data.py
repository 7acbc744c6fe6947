"""The data that is served, under the addresses at which this server answers for it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox

from hjemmel import snapshot
from hjemmel.snapshot import MOST_QUADS_IN_MEMORY, StoreError

CANONICAL = "https://w3id.org/hjemmel/id/"
NOTHING = Path(os.devnull)
Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph


def base() -> str:
    """What the addresses of served things begin with: HJEMMEL_BASE, or what they begin with in the store."""
    given = os.environ.get("HJEMMEL_BASE", "") or CANONICAL
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc or len(parts.path) < 3 or not given.endswith("/"):
        raise StoreError(
            f"HJEMMEL_BASE is {given}: give an http(s) address that ends in a folder, such as https://example.no/id/."
        )
    return given


def data(source: Path, base: str) -> Callable[[], ox.Store]:
    """A function that gives the store: the one in memory, or a large one on disk opened anew for each child.

    The engine's threads do not survive the birth of a child, and a store on disk has threads.
    """
    if source.is_dir() and snapshot.manifest(source).quads > MOST_QUADS_IN_MEMORY:
        if base != CANONICAL:
            raise StoreError(
                f"A store of more than {MOST_QUADS_IN_MEMORY} statements is served under {CANONICAL} only: "
                "unset HJEMMEL_BASE."
            )
        return lambda: ox.Store.read_only(str(source / "store"))
    store = ox.Store() if source == NOTHING else snapshot.engine(source)
    if base != CANONICAL:
        moved = ox.Store()
        moved.bulk_extend(_moved(store, base))
        store = moved
    return lambda: store


def _moved(quads: "ox.Store", base: str) -> Iterator[ox.Quad]:
    for quad in quads:
        yield ox.Quad(*(_node(node, base) for node in quad))  # type: ignore[arg-type]


def _node(node: Node, base: str) -> Node:
    if isinstance(node, ox.NamedNode) and node.value.startswith(CANONICAL):
        return ox.NamedNode(base + node.value.removeprefix(CANONICAL))
    return node
