"""Which part of the network is drawn, and where each thing stands: law, requirements, clauses and bodies in columns."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hjemmel.network import LEANING, REPORTING
from hjemmel.pages.words import norwegian_order

if TYPE_CHECKING:
    import networkx as nx

COLUMNS: Mapping[str, int] = {"act": 0, "provision": 0, "requirement": 1, "clause": 2, "body": 3}
DRAWN = (*LEANING, "contradicts", "describes", "appoints", *REPORTING)
STEPS = 2  # from what is asked about: a provision, the requirement it founds, the clauses that meet it
MOST = 150
IN_SIGHT = 3.0  # rows that may be empty above a column: more, and the first screen shows a heading over nothing


@dataclass(frozen=True, slots=True)
class Node:
    """A thing and its place in the picture: its column, and how far down, in rows."""

    iri: str
    kind: str
    label: str
    document: str
    place: str
    column: int
    row: float


@dataclass(frozen=True, slots=True)
class Edge:
    """How two things hang together; `told` are the words for it, if a text says so, as the network has them."""

    source: str
    target: str
    kind: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn of how many documents that were asked about, and how many things had to be left out."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int
    documents: int

    @property
    def rows(self) -> int:
        """How many things stand in the longest column."""
        columns = [node.column for node in self.nodes]
        return max((columns.count(column) for column in set(columns)), default=0)


def picture(
    found: "nx.MultiDiGraph[str]", documents: Collection[str], around: Iterable[str] = (), most: int = MOST
) -> Picture:
    """What these documents say, with the law that their requirements rest on; near all of `around`, if it is given.

    What has the most ties is kept where there is more than can be drawn.
    """
    asked = [_with_parts(found, thing) for thing in around]
    edges = [edge for edge in _edges(found) if edge.kind == "legalBasis" or edge.told.get("document") in documents]
    # The law alone is drawn where somebody asks about it: what no clause answers to is worth seeing, too.
    wanted = {end for edge in edges if edge.kind != "legalBasis" for end in (edge.source, edge.target)}
    law = {thing for things in asked for thing in things}
    edges = [edge for edge in edges if edge.kind != "legalBasis" or edge.source in wanted | law or edge.target in law]
    for things in asked:
        near = _near(edges, things)
        edges = [edge for edge in edges if edge.source in near and edge.target in near]
    ties = Counter(end for edge in edges for end in (edge.source, edge.target))
    kept = {thing for thing, _ in ties.most_common(most)}
    drawn = tuple(edge for edge in edges if edge.source in kept and edge.target in kept)
    return Picture(_placed(found, kept, drawn), drawn, len(ties) - len(kept), len(documents))


def _edges(found: "nx.MultiDiGraph[str]") -> Iterable[Edge]:
    for source, target, told in found.edges(data=True):
        kinds = (found.nodes[source]["kind"], found.nodes[target]["kind"])
        if told["kind"] in DRAWN and all(kind in COLUMNS for kind in kinds):
            yield Edge(source, target, told["kind"], told)


def _with_parts(found: "nx.MultiDiGraph[str]", thing: str) -> list[str]:
    """A thing and what is part of it: whoever asks about a section means its paragraphs, too."""
    things = [thing]
    for whole in things:
        if whole in found:
            parts = [part for part, _, told in found.in_edges(whole, data=True) if told["kind"] == "partOf"]
            things += [part for part in parts if part not in things]
    return things


def _near(edges: Sequence[Edge], things: Iterable[str]) -> set[str]:
    near = set(things)
    for _ in range(STEPS):
        near |= {
            end for edge in edges if edge.source in near or edge.target in near for end in (edge.source, edge.target)
        }
    return near


def _placed(found: "nx.MultiDiGraph[str]", kept: Collection[str], edges: Sequence[Edge]) -> tuple[Node, ...]:
    """The first column as the law has it, the others by what they are tied to on their left: few lines cross.

    The longest column is the measure: each of the others stands beside what it is tied to there.
    """
    columns: dict[int, list[str]] = {}
    for thing in kept:
        columns.setdefault(COLUMNS[found.nodes[thing]["kind"]], []).append(thing)
    tallest = max(columns, key=lambda column: len(columns[column]), default=0)
    rows: dict[str, float] = {}
    for column in sorted(columns):
        heights = _heights(edges, rows)
        things = sorted(columns[column], key=lambda thing: norwegian_order(_sorting(found.nodes[thing])))
        columns[column] = sorted(things, key=lambda thing: heights.get(thing, float(len(kept))))
        rows |= {thing: place / len(things) for place, thing in enumerate(columns[column])}
    rows = {thing: float(place) for place, thing in enumerate(columns.get(tallest, ()))}
    for column in sorted(columns, key=lambda column: abs(column - tallest))[1:]:
        rows |= _raised(_beside(columns[column], _heights(edges, rows), len(columns[tallest])))
    return tuple(
        Node(thing, **{name: data[name] for name in ("kind", "label", "document", "place")}, column=column, row=row)
        for thing, row in rows.items()
        for data in [found.nodes[thing]]
        for column in [COLUMNS[data["kind"]]]
    )


def _heights(edges: Sequence[Edge], rows: Mapping[str, float]) -> dict[str, float]:
    """How far down the things stand, on average, that a thing without a row is tied to."""
    found: dict[str, list[float]] = {}
    for edge in edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if other in rows and one not in rows:
                found.setdefault(one, []).append(rows[other])
    return {thing: sum(at) / len(at) for thing, at in found.items()}


def _beside(things: Sequence[str], heights: Mapping[str, float], room: int) -> dict[str, float]:
    """A row for each thing, all in all as near as may be to what it is tied to, in this order and none upon another.

    >>> _beside(["a", "b", "c"], {"a": 3.0, "b": 3.0, "c": 9.0}, 12)
    {'a': 2.5, 'b': 3.5, 'c': 9.0}
    """
    # Things that would stand too close are pooled: they stand together about the mean of where each would be.
    pools: list[tuple[float, int]] = []
    for place, thing in enumerate(things):
        wanted, count = heights.get(thing, float(room)) - place, 1
        while pools and pools[-1][0] > wanted:
            before, many = pools.pop()
            wanted, count = (before * many + wanted * count) / (many + count), count + many
        pools.append((wanted, count))
    shifts = [wanted for wanted, count in pools for _ in range(count)]
    most = room - len(things)
    return {thing: min(max(shifts[place], 0.0), most) + place for place, thing in enumerate(things)}


def _raised(rows: Mapping[str, float]) -> dict[str, float]:
    """A column moved to the top if it would begin out of sight: what it is tied to can lie far down.

    >>> _raised({"a": 9.0, "b": 12.0}), _raised({"a": 2.0})
    ({'a': 0.0, 'b': 3.0}, {'a': 2.0})
    """
    first = min(rows.values())
    return {thing: row - first for thing, row in rows.items()} if first > IN_SIGHT else dict(rows)


def _sorting(data: Mapping[str, str]) -> str:
    return f"{data['document']} {data['place'] or data['label']}"
