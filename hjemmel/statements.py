"""Statements as the shapes read them: a graph of rdflib over dictionaries, as a check asks it ten thousand times."""

from collections.abc import Generator, Iterable, Iterator
from functools import partial
from typing import Any

import pyoxigraph as ox
from rdflib import Graph
from rdflib.graph import ReadOnlyGraphAggregate
from rdflib.term import Node

from hjemmel.store import Term, node

Statement = tuple[Node, Node, Node]
Pattern = tuple[Node | None, Node | None, Node | None]
Values = dict[Node, dict[Node, dict[Node, None]]]
Nodes = Generator[Node, None, None]
NONE: dict[Any, Any] = {}


class Statements(ReadOnlyGraphAggregate):
    """Statements of any named graphs, each told once, and those that they stand beside.

    >>> from rdflib import URIRef
    >>> a, b = ox.NamedNode("a:a"), ox.NamedNode("a:b")
    >>> shared = Statements([ox.Quad(a, a, a)])
    >>> both = Statements([ox.Quad(a, a, b), ox.Quad(a, a, a)], beside=shared)
    >>> list(both.objects(URIRef("a:a"), URIRef("a:a"))), len(both)
    ([rdflib.term.URIRef('a:b'), rdflib.term.URIRef('a:a')], 2)
    """

    def __init__(self, quads: Iterable[ox.Quad], *, beside: "Statements | None" = None) -> None:
        super().__init__([Graph()])
        self._of: Values = {}
        self._under: Values = {}
        self._nodes: dict[Term, Node] = {}
        self._layers: tuple[Statements, ...] = (self,) if beside is None else (self, *beside._layers)
        shared, names = (NONE, NONE) if beside is None else (beside._of, beside._nodes)
        made = partial(_made, self._nodes, names)
        for quad in quads:
            subject, predicate, value = made(quad.subject), made(quad.predicate), made(quad.object)
            if value not in shared.get(subject, NONE).get(predicate, NONE):
                self._of.setdefault(subject, {}).setdefault(predicate, {})[value] = None
                self._under.setdefault(predicate, {}).setdefault(value, {})[subject] = None

    def triples(self, triple: Pattern) -> Iterator[Statement]:  # type: ignore[override]
        """Every statement of a pattern."""
        subject, predicate, value = triple
        for layer in self._layers:
            if subject is None and predicate is not None:
                under = layer._under.get(predicate, NONE)
                for each in under if value is None else (value,):
                    yield from ((found, predicate, each) for found in under.get(each, NONE))
                continue
            for about in layer._of if subject is None else (subject,):
                stated = layer._of.get(about, NONE)
                for said in stated if predicate is None else (predicate,):
                    found = stated.get(said, NONE)
                    yield from ((about, said, each) for each in found if value is None or value == each)

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Nodes:
        """The values of a thing, mostly; else as rdflib has it."""
        if subject is None or predicate is None:
            yield from super().objects(subject, predicate, unique)
            return
        for layer in self._layers:
            yield from layer._of.get(subject, NONE).get(predicate, NONE)

    def subjects(self, predicate: Any = None, object: Any = None, unique: bool = False) -> Nodes:  # noqa: A002
        """The things that have a value, mostly; else as rdflib has it."""
        if predicate is None or object is None:
            yield from super().subjects(predicate, object, unique)
            return
        for layer in self._layers:
            yield from layer._under.get(predicate, NONE).get(object, NONE)

    def value(
        self,
        subject: Any = None,
        predicate: Any = None,
        object: Any = None,  # noqa: A002
        default: Any = None,
        any: bool = True,  # noqa: A002
    ) -> Any:
        """The first value of a thing, mostly; else as rdflib has it."""
        if predicate is None or object is not None or not any:
            return super().value(subject, predicate, object, default, any)
        for layer in self._layers:
            for found in layer._of.get(subject, NONE).get(predicate, NONE):
                return found
        return default

    def __contains__(self, triple: Any) -> bool:
        subject, predicate, value = triple
        if subject is None or predicate is None or value is None:
            return any(True for _ in self.triples(triple))
        return any(value in layer._of.get(subject, NONE).get(predicate, NONE) for layer in self._layers)

    def __len__(self) -> int:
        return sum(1 for _ in self.triples((None, None, None)))


def _made(own: dict[Term, Node], shared: dict[Term, Node], term: Term) -> Node:
    """A term as rdflib has it; a name stands in many statements, and is made once."""
    found = own.get(term)
    if found is None:
        found = own[term] = shared[term] if term in shared else node(term)
    return found
