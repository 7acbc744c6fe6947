"""GraphML of the network of law, requirements, clauses, bodies and documents, for Gephi, yEd and their like."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

if TYPE_CHECKING:
    import networkx as nx


def graph_ml(quads: Iterable[ox.Quad], out: BinaryIO) -> None:
    """Write the network that these statements make up; every attribute is a text or a whole number."""
    from hjemmel.network import network
    from hjemmel.store import Store

    network_ml(network(Store.of(quads)), out)


def network_ml(found: "nx.MultiDiGraph[str]", out: BinaryIO) -> None:
    """Write a network, or a part of one."""
    import networkx as nx

    written: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in sorted(found.nodes(data=True)):
        written.add_node(node, **_told(data))
    for number, (source, target, data) in enumerate(sorted(found.edges(data=True), key=_order)):
        written.add_edge(source, target, key=f"e{number}", **_told(data))
    nx.write_graphml_lxml(written, out, encoding="utf-8", prettyprint=True)


def _told(data: dict[str, object]) -> dict[str, str | int]:
    """The attributes that have a value; layout programs choke on nothing, and on control signs, which XML forbids."""
    return {
        name: value if isinstance(value, int) else " ".join(str(value).split())
        for name, value in data.items()
        if value not in (None, "")
    }


def _order(edge: tuple[str, str, dict[str, object]]) -> tuple[str, ...]:
    source, target, data = edge
    return (source, target, *(str(data.get(name)) for name in ("kind", "start", "end", "field", "value")))
