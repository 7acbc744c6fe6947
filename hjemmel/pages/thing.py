"""A thing of the network as the pages know it: what it is called, where it can be read, and the words of a tie."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hjemmel.pages.address import address
from hjemmel.pages.picture import Node, Picture
from hjemmel.pages.quote import Quote, place_address, requirement_label
from hjemmel.pages.shelf import basis, paper
from hjemmel.store import ID
from queries import Row

if TYPE_CHECKING:
    import networkx as nx


def label(node: Node) -> str:
    """What a thing is called in the language of the page; a clause by its place and title."""
    if node.kind == "requirement":
        rows = [rows[0] for rows in basis().values() if rows[0]["requirement"] == node.iri]
        return requirement_label(rows[0]) if rows else node.label
    if node.kind == "clause":
        return node.place if node.label in node.place else f"{node.place} {node.label}"
    return node.label


def called(iri: str, found: "nx.MultiDiGraph[str]") -> str:
    """What a thing is called where nothing around it says which document a clause or a body is of."""
    data = found.nodes[iri]
    named = label(Node(iri, data["kind"], data["label"], data["document"], data["place"], column=0, row=0))
    document = paper(data["document"]) if data["kind"] in ("clause", "body") else None
    return f"{named} ({document.label})" if document else named


def where(node: Node, drawn: Picture) -> str:
    """The document that a clause or a body stands in, where more than one was asked about."""
    found = paper(node.document) if drawn.documents > 1 else None
    return found.label if found else ""


def href(node: Node, found: "nx.MultiDiGraph[str]") -> str:
    """Where it can be read: a clause or body in its document, a requirement across agreements, a provision as law."""
    if node.kind == "clause":
        document = node.document.removeprefix(f"{ID}doc/")
        return address("reader", dok=document, sted=node.iri.partition("/clause/")[2])
    told = [told for _, _, told in found.in_edges(node.iri, data=True) if told["kind"] == "describes"]
    if node.kind == "body" and told:
        return place_address(quote(told[0]))
    rows = [row for one in basis().values() for row in one]
    if node.kind == "requirement":
        return address("compare", krav=_first(rows, "requirement", node.iri, "notation"))
    # The endpoint has a page for everything; outside the pages, so that its address does not begin with a dot.
    return _first(rows, "iri", node.iri, "lovdata") or f"id/{node.iri.removeprefix(ID)}"


def quote(told: Mapping[str, Any]) -> Quote:
    """The words that a tie of the network rests on."""
    return Quote(
        words=told["quote"],
        paper=paper(told["document"]),
        place=told["place"],
        clause=told["clause"],
        start=told["start"],
        end=told["end"],
    )


def _first(rows: list[Row], key: str, iri: str, wanted: str) -> str:
    return next((str(row[wanted]) for row in rows if row[key] == iri and row[wanted]), "")
