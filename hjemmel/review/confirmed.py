"""The graph as people have confirmed it: what the machine suggests and nobody has confirmed is left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Literal, URIRef

from hjemmel.review.effects import implemented
from hjemmel.store import Store
from ingest.quads import word
from ontology import HJ, load
from shapes.rules import fields

if TYPE_CHECKING:
    from queries import Answer

Facts = dict[object, dict[ox.NamedNode, ox.NamedNode | ox.Literal]]


def confirmed(store: Store) -> Store:
    """A store's graph with only those claims, terms and other readings that a person has confirmed, or made.

    Texts, clauses, citations, the law and the ontology stay, so that every query runs on it as it is.
    """
    quads = list(store.quads())
    left_out = _unconfirmed(quads)
    kept = [
        quad
        for quad in quads
        if quad.predicate != word("hj:implements") and quad.subject not in left_out and quad.object not in left_out
    ]
    return Store.of([*kept, *implemented(kept)], store.manifest)


def confirmed_answer(ask: "Callable[[Store], Answer]", store: Store) -> "Answer":
    """The answer that people have confirmed. What only the machine found is not told, and not said to be missing."""
    found, suggested = ask(confirmed(store)), ask(store)
    also = {one.document_iri for one in suggested.searched if one.result == "found"}
    reason = unreviewed()[found.language]
    searched = tuple(
        replace(one, result="not_assessable", reason=reason, nearest=())
        if one.result != "found" and one.document_iri in also
        else one
        for one in found.searched
    )
    if found.answered and suggested.rows and not found.rows:
        return replace(found, searched=searched, headline=reason, reason=reason)
    return replace(found, searched=searched)


def unreviewed() -> dict[str, str]:
    """What to say where the machine has suggestions and people have confirmed none, by language."""
    return {
        str(sentence.language): str(sentence)
        for sentence in load().objects(HJ.Candidate, HJ.sentence)
        if isinstance(sentence, Literal)
    }


def _unconfirmed(quads: Iterable[ox.Quad]) -> set[object]:
    """What rests on words of a document as the machine reads them. A citation is there for everybody to see."""
    facts: Facts = defaultdict(dict)
    for quad in quads:
        facts[quad.subject][quad.predicate] = quad.object  # type: ignore[assignment]
    claimed = _confirmed_claims(facts)
    return {
        subject
        for subject, told in facts.items()
        if {word("hj:evidence"), word("hj:document")} <= told.keys()
        and told.get(word("rdf:type")) != word("hj:Citation")
        and told.get(word("hj:reviewState")) != word("hj:Confirmed")
        and (told.get(word("hj:clause")), told.get(word("hj:field"))) not in claimed
    }


def _confirmed_claims(facts: Facts) -> set[object]:
    """The clauses of confirmed claims with the fields that the rules on their requirements ask for.

    A term stands and falls with the claims of its clause on that requirement.
    """
    return {
        (told[word("hj:clause")], ox.Literal(str(field)))
        for told in facts.values()
        if told.get(word("rdf:type")) == word("hj:Claim") and told.get(word("hj:reviewState")) == word("hj:Confirmed")
        for field in fields(URIRef(told[word("hj:requirement")].value))
        if isinstance(field, Literal)
    }
