"""What is shown of the graph, as statements: some things, and the words that they rest on."""

import io
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from hjemmel.export import FORMATS
from hjemmel.store import Store

ABOUT = """
CONSTRUCT { ?thing ?property ?value } WHERE {
    ?thing ?property ?value .
    FILTER(?property NOT IN (hj:storedText))
}
"""
BEHIND = ("http://www.w3.org/ns/oa#hasSelector", "https://w3id.org/hjemmel/ns#evidence")


def statements(store: Store, things: Iterable[str], form: str) -> bytes:
    """What is said of these things, and of their evidence, in a format of `FORMATS`."""
    held = io.BytesIO()
    FORMATS[form](_quads(store, things), held)
    return held.getvalue()


def _quads(store: Store, things: Iterable[str]) -> Iterator[ox.Quad]:
    left, told = list(dict.fromkeys(things)), set[str]()
    while left:
        thing = left.pop(0)
        if thing in told:
            continue
        told.add(thing)
        for one in store.construct(ABOUT, {"thing": thing}):
            yield ox.Quad(one.subject, one.predicate, one.object)
            if isinstance(one.object, ox.NamedNode) and one.predicate.value in BEHIND:
                left.append(one.object.value)
