"""One agreement assessed beside what is known that bears on it."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from hjemmel.store import NS, Store
from hjemmel.subject import Subject

if TYPE_CHECKING:
    from hjemmel.statements import Statements
    from shapes import Assessment, Engine

# What is known beside any agreement and bears on it: the law's words, and guidance's points.
BESIDE = """
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX hj: <https://w3id.org/hjemmel/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
CONSTRUCT { ?thing ?property ?value } WHERE {
    {
        # Each path from a thing that is found first: the engine takes minutes over one with two open ends.
        SELECT DISTINCT ?thing WHERE {
            {
                ?source a hj:AdvicePoint .
                ?source (hj:evidence|oa:hasSelector|hj:clause)* ?thing .
            } UNION {
                ?requirement hj:legalBasis ?provision .
                ?provision eli:is_part_of* ?thing .
            } UNION {
                ?requirement hj:legalBasis ?provision .
                ?provision eli:is_part_of* ?above .
                ?above hj:hasVersion ?thing .
            }
        }
    }
    ?thing ?property ?value .
    FILTER(?property NOT IN (hj:storedText, oa:prefix, oa:suffix))
}
"""
# What else is known of one agreement: the decisions on any version of it, with their words, cases and bodies.
DECIDED = """
SELECT DISTINCT ?document ?thing WHERE {
    { ?decision hj:decidedOn ?document }
    UNION { ?document hj:versionOf ?whole . ?version hj:versionOf ?whole . ?decision hj:decidedOn ?version }
    ?decision a hj:Decision .
    ?decision (hj:evidence|oa:hasSelector|hj:clause|hj:case|hj:body|hj:decidedOn)* ?thing .
}
"""
# No rule and no finding looks at these, and they are a fifth of a document's statements.
UNSEEN = {
    *(f"{NS}{name}" for name in ("storedText", "modalWord", "bearerText", "bearerClass", "level")),
    *(f"http://www.w3.org/ns/{name}" for name in ("oa#prefix", "oa#suffix", "prov#wasAttributedTo")),
}


def assessment(
    about: Subject, *, library: Store | None = None, confirmed_only: bool = False, engine: "Engine" = "compiled"
) -> "Assessment":
    """A document judged with what is known beside it, to be told by the law of any day."""
    from rdflib import URIRef

    from hjemmel.statements import Statements
    from shapes import assess

    stated = chain(about.store.own_quads(about.iri), decided(about, library or about.store))
    own = (quad for quad in stated if quad.predicate.value not in UNSEEN)
    graph = Statements(own, beside=_shared(about.store, library or about.store))
    return assess(graph, URIRef(about.iri), confirmed_only=confirmed_only, engine=engine)


def decided(about: Subject, library: Store) -> Iterator[ox.Quad]:
    """What a library has of the decisions on any version of a document."""
    for row in library.select(DECIDED, {"document": about.iri}):
        yield from library.about(str(row["thing"]))


def beside(library: Store) -> Iterator[ox.Quad]:
    """What a library has that bears on every agreement."""
    return (ox.Quad(one.subject, one.predicate, one.object) for one in library.construct(BESIDE))


def made_on(assessed: "Assessment") -> date | None:
    """The day an agreement was made, if it is known."""
    from ontology import HJ

    day = assessed.agreement.graph.value(assessed.agreement.document, HJ.madeOn)
    return date.fromisoformat(str(day)) if day else None


@lru_cache(maxsize=2)
def _shared(store: Store, library: Store) -> "Statements":
    """What every document of a store is judged by, with what the library has beside it."""
    from hjemmel.statements import Statements

    return Statements(chain(store.shared_quads(), beside(library)))
