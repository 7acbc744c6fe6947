"""The graph of the current snapshot, to be asked: rows, statements, or one document's part for the shapes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from hjemmel import snapshot
from hjemmel.remote import Remote, State, remote, state_name
from hjemmel.search import Words, words
from hjemmel.snapshot import Manifest, StoreError
from hjemmel.sparql import calls_service, names_dataset, prefixes

if TYPE_CHECKING:
    import rdflib

Value = str | int | float | bool | date | None
Row = dict[str, Value]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Bound = ox.NamedNode | ox.Literal

NS = "https://w3id.org/hjemmel/ns#"
ID = "https://w3id.org/hjemmel/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
IDENTIFIER = ox.NamedNode("http://purl.org/dc/terms/identifier")
# What every document is judged by, beside its own graphs.
SHARED_GRAPHS = tuple(ox.NamedNode(f"{ID}graph/{name}") for name in ("ontology", "law", "actors"))
INTEGERS = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
PLAIN: dict[str, Callable[[str], "Value"]] = {
    **dict.fromkeys((XSD + name for name in INTEGERS), int),
    **dict.fromkeys((XSD + name for name in ("decimal", "double", "float")), float),
    XSD + "boolean": lambda written: written in ("true", "1"),
    XSD + "date": date.fromisoformat,
}


class UnknownDocumentError(LookupError):
    """There is no such document; the message says how to find those there are."""


class QuerySyntaxError(ValueError):
    """A SPARQL query that cannot be run, and why."""


class Store:
    """A graph that can be read and not changed. It keeps its snapshot when a newer one is built.

    Queries may use the prefixes of `ontology/prefixes.ttl` without declaring them.
    """

    def __init__(self, engine: ox.Store | Remote, manifest: Manifest | None = None, words: Words | None = None) -> None:
        self._engine = engine
        self._manifest = manifest
        self._words = words

    @classmethod
    def open(cls, folder: Path | None = None) -> Self:
        """The current snapshot on disk, built first if there is none: opened at once, however large.

        If the environment names a SPARQL service and no folder is given, the store is that.
        """
        if folder is None and (elsewhere := remote()):
            return cls(elsewhere)
        path, manifest = _checked(folder)
        return cls(ox.Store.read_only(str(path / "store")), manifest, words(path))

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """The current snapshot in memory (unless it is very large), where questions are answered much faster."""
        if folder is None and (elsewhere := remote()):
            return cls(elsewhere)
        path, manifest = _checked(folder)
        return cls(snapshot.engine(path), manifest, words(path))

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], manifest: Manifest | None = None) -> Self:
        """These statements alone, in memory: for a document that is not in the store, or a part of what is."""
        engine = ox.Store()
        engine.bulk_extend(quads)
        return cls(engine, manifest)

    @property
    def manifest(self) -> Manifest:
        """What the store holds; what is no snapshot is counted when this is first asked for."""
        if self._manifest is None:
            self._manifest = self._counted()
        return self._manifest

    def select(self, sparql: str, bindings: Mapping[str, Value | Bound] | None = None) -> list[Row]:
        """The rows of a SELECT, as plain values.

        >>> store = Store.of([ox.Quad(TYPE, TYPE, ox.Literal(13), TYPE)])
        >>> store.select("SELECT ?number WHERE { ?s ?p ?number }")
        [{'number': 13}]
        """
        found = self._evaluate(sparql, bindings)
        if not isinstance(found, ox.QuerySolutions):
            raise QuerySyntaxError("The query is not a SELECT: it has no rows.")
        names = [variable.value for variable in found.variables]
        return [dict(zip(names, map(value, row), strict=True)) for row in found]

    def written(self, sparql: str, bindings: Mapping[str, tuple[ox.NamedNode | ox.Literal, ...]]) -> str:
        """The query with values written into it, for any engine: each variable is one of its terms."""
        from hjemmel.binding import bound

        return bound(sparql, {ox.Variable(name): terms for name, terms in bindings.items()})

    def mentioning(self, text: str) -> list[str] | None:
        """The clauses that may hold some words; None if that is not known, and all must be looked at."""
        return self._words.mentioning(text) if self._words else None

    def ask(self, sparql: str, bindings: Mapping[str, Value | Bound] | None = None) -> bool:
        """The answer to an ASK."""
        found = self._evaluate(sparql, bindings)
        if not isinstance(found, ox.QueryBoolean):
            raise QuerySyntaxError("The query is not an ASK: it has no yes or no.")
        return bool(found)

    def construct(self, sparql: str, bindings: Mapping[str, Value | Bound] | None = None) -> Iterator[ox.Triple]:
        """The statements of a CONSTRUCT or DESCRIBE."""
        found = self._evaluate(sparql, bindings)
        if not isinstance(found, ox.QueryTriples):
            raise QuerySyntaxError("The query is neither a CONSTRUCT nor a DESCRIBE: it has no statements.")
        return iter(found)

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Whatever the query asks for, in the engine's own terms."""
        return self._evaluate(sparql, None)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Every statement, or those of one named graph."""
        return self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph) if graph else None)

    def documents(self) -> dict[str, str]:
        """The address of each document by its identifier."""
        kind = ox.NamedNode(f"{NS}Document")
        return dict(
            sorted(
                (str(value(name.object)), str(value(found.subject)))
                for found in self._engine.quads_for_pattern(None, TYPE, kind)
                for name in self._engine.quads_for_pattern(found.subject, IDENTIFIER, None)
            )
        )

    def document_iri(self, document: str) -> str:
        """The address of a document by its identifier or its address."""
        named = [quad.subject for quad in self._engine.quads_for_pattern(None, IDENTIFIER, ox.Literal(document))]
        if document.startswith(("http://", "https://")) and " " not in document:
            named.append(ox.NamedNode(document))
        for node in named:
            for _ in self._engine.quads_for_pattern(node, TYPE, ox.NamedNode(f"{NS}Document")):
                return str(value(node))
        raise UnknownDocumentError(f"There is no document {document!r} in the store: `hjemmel documents` lists them.")

    def document_graphs(self, document_iri: str) -> tuple[str, ...]:
        """The named graphs that speak of one document alone: its text and what is claimed of it."""
        node = ox.NamedNode(document_iri)
        stated = self._engine.quads_for_pattern(node, TYPE, ox.NamedNode(f"{NS}Document"))
        about = self._engine.quads_for_pattern(None, ox.NamedNode(f"{NS}document"), node)
        return tuple(sorted(str(value(name)) for name in {quad.graph_name for quad in chain(stated, about)}))

    def about(self, node: str) -> Iterator[ox.Quad]:
        """Every statement about a thing."""
        return self._engine.quads_for_pattern(ox.NamedNode(node), None, None)

    def own_quads(self, document_iri: str) -> Iterator[ox.Quad]:
        """The statements of the graphs that speak of one document alone."""
        own = self.document_graphs(document_iri)
        if not own:
            raise UnknownDocumentError(f"There is no document <{document_iri}> here: `hjemmel documents` lists them.")
        return (quad for name in own for quad in self.quads(name))

    def shared_quads(self) -> Iterator[ox.Quad]:
        """The ontology, the law and the actors."""
        return (quad for name in SHARED_GRAPHS for quad in self._engine.quads_for_pattern(None, None, None, name))

    def graph(self, document_iri: str) -> "rdflib.Graph":
        """The ontology, the law and the actors with one document's graphs, as the shapes take them."""
        return rdflib_graph(chain(self.shared_quads(), self.own_quads(document_iri)))

    def _counted(self) -> Manifest:
        if isinstance(self._engine, Remote):
            graphs, state = self._engine.counts(), self._engine.state()
        else:
            state = State()
            graphs = {
                graph.value: sum(1 for _ in self._engine.quads_for_pattern(None, None, None, graph))
                for graph in self._engine.named_graphs()
            }
        return Manifest(
            format=snapshot.FORMAT,
            software="",
            built=state.built,
            source=state.name.partition("-")[2],
            quads=sum(graphs.values()),
            documents=tuple(self.documents()),
            graphs=graphs,
        )

    def _evaluate(
        self, sparql: str, bindings: Mapping[str, Value | Bound] | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if calls_service(sparql):
            raise QuerySyntaxError("SERVICE is not allowed: Hjemmel asks no other machine.")
        known = {name: (term(given),) for name, given in (bindings or {}).items() if given is not None}
        try:
            return self._engine.query(
                # An engine plans by what it reads in the text; what it is only told beside it, it finds out too late.
                self.written(sparql, known) if known else sparql,
                prefixes=prefixes(),
                # The union would override FROM.
                use_default_graph_as_union=not names_dataset(sparql),
            )
        except SyntaxError as error:
            raise QuerySyntaxError(f"The query cannot be read as SPARQL: {error.msg}.") from error
        except StoreError:
            raise
        except RuntimeError as error:
            raise QuerySyntaxError(f"The query cannot be run: {error}.") from error


def opened_name() -> str | None:
    """The name of the snapshot that is opened when no folder is named, here or at a service; None if there is none."""
    if elsewhere := remote():
        return state_name(elsewhere) or None
    path = snapshot.current(snapshot.home())
    return path.name if path else None


def value(found: Term | ox.DefaultGraph | None) -> Value:
    """A term as a plain value: numbers, truth values and dates as such, everything else as text.

    >>> value(ox.Literal("2024-09-12", datatype=ox.NamedNode(XSD + "date"))), value(ox.Literal("avtale", language="nb"))
    (datetime.date(2024, 9, 12), 'avtale')
    """
    if isinstance(found, ox.Literal):
        plain = None if found.language else PLAIN.get(found.datatype.value)
        try:
            return plain(found.value) if plain else found.value
        except ValueError:
            return found.value  # a date with a time zone, say: the text is all there is
    if found is None or isinstance(found, ox.DefaultGraph):
        return None
    return str(found) if isinstance(found, ox.Triple) else found.value


def term(given: Value | Bound) -> Bound:
    """A plain value as a term; text that is an absolute address is one.

    >>> term("https://w3id.org/hjemmel/id/lov/2011-06-24-30"), term(date(2022, 8, 1)).value
    (<NamedNode value=https://w3id.org/hjemmel/id/lov/2011-06-24-30>, '2022-08-01')
    """
    match given:
        case ox.NamedNode() | ox.Literal():
            return given
        case bool() | int() | float():
            return ox.Literal(given)
        case date():
            return ox.Literal(given.isoformat(), datatype=ox.NamedNode(XSD + "date"))
        case str() if given.startswith(("http://", "https://", "urn:")) and " " not in given:
            return ox.NamedNode(given)
        case _:
            return ox.Literal(str(given))


def rdflib_graph(quads: Iterable[ox.Quad]) -> "rdflib.Graph":
    """Statements of any named graphs as one rdflib graph."""
    import rdflib

    # A name stands in many statements; it is made once.
    made = cache(node)
    graph = rdflib.Graph(store="SimpleMemory")
    for quad in quads:
        graph.add((made(quad.subject), made(quad.predicate), made(quad.object)))
    return graph


def node(found: Term) -> "rdflib.term.Node":
    """A term as rdflib has it, written as it was."""
    import rdflib

    if isinstance(found, ox.Literal):
        kind = None if found.language or found.datatype.value == XSD + "string" else found.datatype.value
        return rdflib.Literal(found.value, lang=found.language, datatype=kind and rdflib.URIRef(kind), normalize=False)
    if isinstance(found, ox.NamedNode):
        return rdflib.URIRef(found.value)
    raise StoreError(f"The graph may hold only addresses and literals, and this is neither: {found}.")


def _checked(folder: Path | None) -> tuple[Path, Manifest]:
    folder = folder or snapshot.home()
    path = snapshot.current(folder)
    if path is None:
        from hjemmel.build import build, corpus

        build(corpus(), folder)
        path = snapshot.current(folder)
        assert path is not None
    return path, snapshot.verified(path, asked_only=True)
