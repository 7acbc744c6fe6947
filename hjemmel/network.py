"""Law, requirements, clauses, bodies and documents as one network: how things hang together, and what does not."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from hjemmel.store import Store
from queries import Row, catalogue

if TYPE_CHECKING:
    import networkx as nx

# How far apart an edge holds two things. The law's own order binds closest, then what a text says; where a thing
# belongs comes last.
LENGTH: Mapping[str, float] = {
    "partOf": 0.5,
    **dict.fromkeys(("implements", "contradicts", "cites", "reportsTo", "delegatedBy", "appoints", "legalBasis"), 1.0),
    **dict.fromkeys(("describes", "concerns", "party", "under"), 2.0),
    **dict.fromkeys(("standsIn", "region", "versionOf"), 5.0),
}
# By these edges a provision is leaned on.
LEANING = ("cites", "legalBasis", "implements")
HOLDING = (*LEANING, "contradicts", "describes", "concerns")
REPORTING = ("reportsTo", "delegatedBy")
# Things that stand in a document, and edges that stand in none.
OF_A_DOCUMENT = ("clause", "body", "document")
BY_LAW = ("legalBasis", "partOf")
LOWEST = 99
MOST_KEPT = 20  # networks of a store


class NoPathError(LookupError):
    """Two things that are not in the network, or not connected; the message says which."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words behind an edge, and where they stand; what the law's own order gives has none."""

    document: str
    clause: str
    place: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path as it is walked: `relation` is the kind of edge, `backwards` if against its direction."""

    source: str
    source_label: str
    target: str
    target_label: str
    relation: str
    backwards: bool
    words: Quote | None

    def sentence(self, language: str = "nb") -> str:
        """The step in words.

        >>> Step("a", "kap. 7", "b", "§ 6-5: oppsigelse", "implements", False, None).sentence()
        'kap. 7 gjennomfører § 6-5: oppsigelse'
        """
        verb = relation(self.relation, language, backwards=self.backwards)
        return f"{self.source_label} {verb} {self.target_label}"

    def as_json(self, language: str = "nb") -> dict[str, Any]:
        """The same as plain values, with the step in words."""
        return {**asdict(self), "sentence": self.sentence(language)}


@dataclass(frozen=True, slots=True)
class Weight:
    """How much leans on a provision: how often it is cited, the requirements it founds, the clauses that meet them."""

    provision: str
    label: str
    citations: int
    requirements: int
    clauses: int

    @property
    def total(self) -> int:
        """All together."""
        return self.citations + self.requirements + self.clauses

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {**asdict(self), "total": self.total}


@dataclass(frozen=True, slots=True)
class Rank:
    """A body of a document, its tier, and the body it reports to or has its powers from, with the words for it."""

    body: str
    label: str
    document: str
    tier: int | None
    above: str
    relation: str
    words: Quote | None

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A clause that meets no requirement, or a requirement that no clause meets."""

    iri: str
    label: str
    document: str
    place: str

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


_networks: "WeakKeyDictionary[Store, dict[str | None, nx.MultiDiGraph[str]]]" = WeakKeyDictionary()


def network(store: Store, document: str | None = None) -> "nx.MultiDiGraph[str]":
    """The network of a store, or of the law and one document, made once and shared: copy it before you change it.

    A node is an address with `kind`, `label`, `document` and `place`; an edge has `kind` and, where a text says it,
    `quote`, `place`, `start`, `end`, `clause`, `document`, and for a claim its `coverage` and `strength`.
    """
    import networkx as nx

    made = _networks.setdefault(store, {})
    if document in made:
        return made[document]
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    asked = {"document": document} if document else {}
    for row in catalogue()["network_nodes"].run(store, **asked):
        found.add_node(str(row["iri"]), **_node(row))
    for row in catalogue()["network_edges"].run(store, **asked):
        source, target = str(row["source"]), str(row["target"])
        if source in found and target in found:
            found.add_edge(source, target, **_edge(row))
    while len(made) >= MOST_KEPT:
        made.pop(next(iter(made)))
    made[document] = found
    return found


def named(found: "nx.MultiDiGraph[str]", address: str, name: str) -> str:
    """The node that an address, or a label such as "hol. § 6-5", stands for; if neither does, the address."""
    if address in found:
        return address
    plain = " ".join(name.casefold().split())
    labelled = (node for node, data in found.nodes(data=True) if " ".join(data["label"].casefold().split()) == plain)
    return min(labelled, default=address)


def path(found: "nx.MultiDiGraph[str]", start: str, end: str) -> tuple[Step, ...]:
    """How two things hang together, by the shortest way, whichever way its edges point."""
    import networkx as nx

    for node in (start, end):
        if node not in found:
            raise NoPathError(f"{node} is not in the network: give a clause, provision, requirement, body or document.")
    both = nx.Graph()
    for source, target, data in found.edges(data=True):
        length = LENGTH[data["kind"]]
        if not both.has_edge(source, target) or length < both[source][target]["length"]:
            both.add_edge(source, target, length=length)
    try:
        way = nx.shortest_path(both, start, end, weight="length")
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        labels = [found.nodes[node]["label"] for node in (start, end)]
        raise NoPathError(f"{labels[0]} and {labels[1]} do not hang together in what has been read.") from None
    return tuple(_step(found, one, other) for one, other in pairwise(way))


def weightiest(found: "nx.MultiDiGraph[str]", n: int = 20) -> tuple[Weight, ...]:
    """The provisions and acts that most leans on, the weightiest first."""
    weights = [
        Weight(node, data["label"], *_leaning(found, node))
        for node, data in found.nodes(data=True)
        if data["kind"] in ("provision", "act")
    ]
    leaned = sorted((weight for weight in weights if weight.total), key=lambda one: (-one.total, one.provision))
    return tuple(leaned[:n])


def hierarchy(found: "nx.MultiDiGraph[str]", document: str | None = None) -> tuple[Rank, ...]:
    """The bodies of each document or of one, the highest first, and what each reports to where a text says so."""
    ranks = []
    for body, data in found.nodes(data=True):
        if data["kind"] != "body" or (document and data["document"] != document):
            continue
        told = [edge for _, _, edge in found.in_edges(body, data=True) if edge.get("field") == "tier"]
        tier = min((int(edge["value"]) for edge in told), default=None)
        above = [(other, edge) for _, other, edge in found.out_edges(body, data=True) if edge["kind"] in REPORTING]
        for other, edge in above or [("", {"kind": ""})]:
            ranks.append(Rank(body, data["label"], data["document"], tier, other, edge["kind"], _quote(edge)))
    return tuple(sorted(ranks, key=lambda rank: (rank.document, rank.tier or LOWEST, rank.label)))


def orphan_clauses(found: "nx.MultiDiGraph[str]", document: str) -> tuple[Orphan, ...]:
    """The clauses of a document that meet no requirement, cite no law and tell of no body, nor do those below them."""
    above = {source: target for source, target, data in found.edges(data=True) if data["kind"] == "under"}
    held: set[str] = set()
    for source, _, data in found.edges(data=True):
        clause: str | None = source if data["kind"] in HOLDING else None
        while clause and clause not in held:
            held.add(clause)
            clause = above.get(clause)
    return tuple(
        Orphan(node, data["label"], document, data["place"])
        for node, data in found.nodes(data=True)
        if data["kind"] == "clause" and data["document"] == document and node not in held
    )


def orphan_requirements(found: "nx.MultiDiGraph[str]", document: str | None = None) -> tuple[Orphan, ...]:
    """The requirements that no clause meets, of any document or of one."""
    return tuple(
        Orphan(node, data["label"], document or "", "")
        for node, data in found.nodes(data=True)
        if data["kind"] == "requirement"
        and not any(
            told["kind"] == "implements" and document in (None, told["document"])
            for _, _, told in found.in_edges(node, data=True)
        )
    )


def relation(kind: str, language: str = "nb", *, backwards: bool = False) -> str:
    """What an edge says, in its direction or against it.

    >>> relation("implements"), relation("implements", "en", backwards=True)
    ('gjennomfører', 'is implemented by')
    """
    told = _relations()[kind]["backwards" if backwards else "forwards"]
    return told.get(language, told["nb"])


def _node(row: Row) -> dict[str, str]:
    told = {name: str(row[name] or "") for name in ("kind", "label", "document", "place")}
    return told if told["kind"] in OF_A_DOCUMENT else told | {"document": ""}


def _edge(row: Row) -> dict[str, Any]:
    told = {"kind": str(row["kind"]), "document": None if row["kind"] in BY_LAW else row["document"]}
    if row["quote"]:
        names = ("coverage", "strength", "field", "value", "place", "quote", "start", "end")
        told |= {"clause": row["iri"]} | {name: row[name] for name in names}
    return told


def _step(found: "nx.MultiDiGraph[str]", one: str, other: str) -> Step:
    """The closest edge between two neighbours; a quoted one before others."""
    edges = [(data, False) for data in (found.get_edge_data(one, other) or {}).values()]
    edges += [(data, True) for data in (found.get_edge_data(other, one) or {}).values()]
    data, backwards = min(edges, key=lambda edge: (LENGTH[edge[0]["kind"]], not edge[0].get("quote"), edge[1]))
    labels = [_called(found, node) for node in (one, other)]
    return Step(one, labels[0], other, labels[1], data["kind"], backwards, _quote(data))


def _called(found: "nx.MultiDiGraph[str]", node: str) -> str:
    """What a thing is called; a clause and a body by their document, too."""
    data = found.nodes[node]
    if data["kind"] in ("clause", "body") and data["document"] in found:
        return f"{data['place'] or data['label']} ({found.nodes[data['document']]['label']})"
    return str(data["label"])


def _leaning(found: "nx.MultiDiGraph[str]", provision: str) -> tuple[int, int, int]:
    citations = sum(data["kind"] == "cites" for _, _, data in found.in_edges(provision, data=True))
    founded = [source for source, _, data in found.in_edges(provision, data=True) if data["kind"] == "legalBasis"]
    clauses = {
        source
        for requirement in founded
        for source, _, data in found.in_edges(requirement, data=True)
        if data["kind"] == "implements"
    }
    return citations, len(founded), len(clauses)


def _quote(data: Mapping[str, Any]) -> Quote | None:
    if not data.get("quote"):
        return None
    return Quote(data["document"], data["clause"], data["place"], data["start"], data["end"], data["quote"])


@cache
def _relations() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files("hjemmel").joinpath("relations.toml").read_text(encoding="utf-8"))
