"""One agreement assessed beside what is known that bears on it."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from hjemmel.store import Store, rdflib_graph
from hjemmel.subject import Subject

if TYPE_CHECKING:
    from rdflib import Graph

    from shapes import Assessment, Engine

# What is known beside an agreement and bears on it: the law's words, guidance's points, decisions on its versions.
BESIDE = """
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX hj: <https://w3id.org/hjemmel/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
CONSTRUCT { ?thing ?property ?value } WHERE {
    {
        # Each path from a thing that is found first: the engine takes minutes over one with two open ends.
        SELECT DISTINCT ?thing WHERE {
            {
                { ?source a hj:AdvicePoint } UNION { ?source a hj:Decision ; hj:decidedOn ?version }
                ?source (hj:evidence|oa:hasSelector|hj:clause|hj:case|hj:body|hj:decidedOn)* ?thing .
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


def assessment(
    about: Subject, *, library: Store | None = None, confirmed_only: bool = False, engine: "Engine" = "compiled"
) -> "Assessment":
    """A document judged with what is known beside it, to be told by the law of any day."""
    from rdflib import URIRef

    from shapes import assess

    graph = about.store.graph(about.iri)
    graph += _beside(library or about.store)
    return assess(graph, URIRef(about.iri), confirmed_only=confirmed_only, engine=engine)


def made_on(assessed: "Assessment") -> date | None:
    """The day an agreement was made, if it is known."""
    from ontology import HJ

    day = assessed.agreement.graph.value(assessed.agreement.document, HJ.madeOn)
    return date.fromisoformat(str(day)) if day else None


@lru_cache(maxsize=2)
def _beside(library: Store) -> "Graph":
    stated = library.construct(BESIDE)
    return rdflib_graph(ox.Quad(one.subject, one.predicate, one.object) for one in stated)
