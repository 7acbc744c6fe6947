"""What is said of one thing: its own statements, its evidence, and what points at it."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyoxigraph as ox

HJ = "https://w3id.org/hjemmel/ns#"
OA = "http://www.w3.org/ns/oa#"
LABELS = tuple(
    ox.NamedNode(name)
    for name in (
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://www.w3.org/2000/01/rdf-schema#label",
        f"{HJ}shortForm",
        "http://purl.org/dc/terms/title",
        f"{HJ}title",
        f"{HJ}place",
        f"{OA}exact",
        f"{HJ}value",
        f"{HJ}modalWord",
    )
)
EVIDENCE, SELECTOR = ox.NamedNode(f"{HJ}evidence"), ox.NamedNode(f"{OA}hasSelector")
MOST_LINKS = 100
MOST_POINTING = 5000
LONGEST_LABEL = 200

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def statements(store: ox.Store, iri: str) -> Iterator[ox.Triple]:
    """The thing's own statements, those of its evidence and selectors, and what points at it (no more than 5,000)."""
    node = ox.NamedNode(iri)
    told: set[ox.Triple] = set()
    for about in (node, *_evidence(store, node)):
        told.update(quad.triple for quad in store.quads_for_pattern(about, None, None))
    told.update(quad.triple for quad in islice(store.quads_for_pattern(None, None, node), MOST_POINTING))
    return iter(sorted(told, key=str))


def thing(store: ox.Store, iri: str) -> dict[str, Any]:
    """The same for a page: by property, with what the other ends are called, and the quotes.

    Of many links by one property, the first hundred and their number are given.
    """
    node = ox.NamedNode(iri)
    out: dict[str, list[Term]] = defaultdict(list)
    into: dict[str, set[Term]] = defaultdict(set)
    graphs: set[str] = set()
    for quad in store.quads_for_pattern(node, None, None):
        out[quad.predicate.value].append(quad.object)
        graphs.add(getattr(quad.graph_name, "value", ""))
    for quad in islice(store.quads_for_pattern(None, None, node), MOST_POINTING):
        into[quad.predicate.value].add(quad.subject)
    return {
        "iri": iri,
        "labels": _labels(store, node),
        "graphs": sorted(filter(None, graphs)),
        "out": {name: _told(store, found) for name, found in sorted(out.items())},
        "into": {name: _told(store, list(found)) for name, found in sorted(into.items())},
        "quotes": [_quote(store, evidence) for evidence in out.get(EVIDENCE.value, ())],
    }


def _told(store: ox.Store, terms: list[Term]) -> dict[str, Any]:
    first = [_term(store, term) for term in sorted(terms, key=str)[:MOST_LINKS]]
    return {"count": len(terms), "first": first}


def _term(store: ox.Store, term: Term) -> dict[str, Any]:
    if isinstance(term, ox.Literal):
        return {"value": term.value, "language": term.language, "type": term.datatype.value}
    if isinstance(term, ox.NamedNode):
        return {"iri": term.value, "labels": _labels(store, term)}
    return {"value": str(term), "language": None, "type": ""}


def _labels(store: ox.Store, node: ox.NamedNode) -> dict[str, str]:
    """What a thing is called, by language ("" for none)."""
    for name in LABELS:
        found = {
            quad.object.language or "": quad.object.value[:LONGEST_LABEL]
            for quad in store.quads_for_pattern(node, name, None)
            if isinstance(quad.object, ox.Literal)
        }
        if found:
            return dict(sorted(found.items()))
    return {}


def _evidence(store: ox.Store, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    for about in (EVIDENCE, SELECTOR):
        for quad in store.quads_for_pattern(node, about, None):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object
                yield from _evidence(store, quad.object)


def _quote(store: ox.Store, evidence: Term) -> dict[str, Any]:
    """The words of a piece of evidence, and where they stand."""
    if not isinstance(evidence, ox.NamedNode):
        return {}
    found: dict[str, Any] = {"iri": evidence.value}
    for about in (evidence, *_evidence(store, evidence)):
        for quad in store.quads_for_pattern(about, None, None):
            name = quad.predicate.value
            if name in (f"{OA}exact", f"{OA}prefix", f"{OA}suffix", f"{OA}start", f"{OA}end"):
                found[name.removeprefix(OA)] = getattr(quad.object, "value", "")
            elif name == f"{OA}hasSource" and isinstance(quad.object, ox.NamedNode):
                found["document"] = _term(store, quad.object)
            elif name == f"{HJ}clause" and isinstance(quad.object, ox.NamedNode):
                found["clause"] = _term(store, quad.object)
    return found
