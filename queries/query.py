"""A question as a file: what it asks, what it needs to know, and the SPARQL that answers it."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Protocol, runtime_checkable

import pyoxigraph as ox

Row = dict[str, str | int | float | bool | date | None]
Texts = Mapping[str, str]

LANGUAGES = ("nb", "nn", "en")
LONGEST_TEXT = 200
# What a parameter may be, and how a caller who got it wrong is told.
KINDS = {
    "region": "the address (IRI) of a helsefellesskap",
    "document": "the address (IRI) of a document",
    "requirement": "the address (IRI) of a requirement",
    "provision": "the address (IRI) of a provision or an act",
    "body": "the address (IRI) of a kind of body",
    "strength": "the address (IRI) of a strength",
    "date": "a date such as 2022-08-01",
    "bearer": "who is bound, in one word such as KOMMUNENE",
    "number": "the number of a clause, such as 4.2",
    "subject": f"a few words, at most {LONGEST_TEXT} characters",
    "text": f"some words, at most {LONGEST_TEXT} characters",
}
# A document is little of all there is, and a region much.
WIDTH = {"document": 0, "region": 2}
# What is told by words, and has no address.
WRITTEN = frozenset(("bearer", "number", "subject", "text"))
IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
XSD_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")


class QueryError(ValueError):
    """A query file, or a call to it, does not hold together."""


class Graph(Protocol):
    """Where questions are asked. A bound variable is one that the query selects."""

    def select(self, sparql: str, bindings: Mapping[str, ox.NamedNode | ox.Literal]) -> list[Row]:
        """The rows of a SELECT over the union of all named graphs, as plain values."""
        ...

    def written(self, sparql: str, bindings: Mapping[str, tuple[ox.NamedNode | ox.Literal, ...]]) -> str:
        """The query with values written into it, for any engine: each variable is one of its terms."""
        ...


@runtime_checkable
class Indexed(Protocol):
    """A graph that knows which of its clauses may hold some words."""

    def mentioning(self, text: str) -> Sequence[str] | None:
        """Their addresses; None if that is not known, and all must be looked at."""
        ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something a question can be narrowed to, and an example of it.

    Words that stand in a clause may be looked up first: `stands_in` is the variable of the clause.
    """

    kind: str
    example: str
    optional: bool = False
    stands_in: str = ""

    def term(self, value: str) -> ox.NamedNode | ox.Literal | None:
        """The value as a term of the graph; None if it is not of this kind.

        >>> Parameter("date", "2022-08-01").term("1 August") is None
        True
        """
        if self.kind in WRITTEN:
            return ox.Literal(value) if value.strip() and len(value) <= LONGEST_TEXT else None
        if self.kind != "date":
            return ox.NamedNode(value) if IRI.fullmatch(value) else None
        try:
            return ox.Literal(date.fromisoformat(value).isoformat(), datatype=XSD_DATE)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Query:
    """One question of the catalogue.

    `asks` are ways to put it, with {parameters}, per language; a query without them only serves others. `found` is what
    a row is called, one and many. `searches` tells that it looks through every agreement, so that a gap is an answer.
    `answered_by` names what makes the answer of its rows, if they are only its raw material.
    """

    name: str
    title: Texts
    asks: Mapping[str, tuple[str, ...]]
    found: Mapping[str, tuple[str, str]]
    parameters: Mapping[str, Parameter]
    columns: tuple[str, ...]
    searches: bool
    text: str
    answered_by: str | None = None

    def run(self, graph: Graph, **values: str) -> list[Row]:
        """The rows of the answer. Values are bound to variables of the query and never become part of its text."""
        if unknown := sorted(values.keys() - self.parameters.keys()):
            raise QueryError(
                f"{self.name} has no parameter {unknown[0]}: it takes {', '.join(self.parameters) or 'none'}."
            )
        for name, parameter in self.parameters.items():
            if name not in values and not parameter.optional:
                raise QueryError(f"{self.name} needs {name}: give {KINDS[parameter.kind]}.")
        return graph.select(
            self._narrowed(graph, values), {name: self._term(name, values[name]) for name in self._narrowest(values)}
        )

    def sparql(self, graph: Graph, values: Mapping[str, Sequence[str]]) -> str:
        """The query for any engine, with its values written into it, and without its header."""
        text = "\n".join(line for line in self.text.splitlines() if not line.startswith("#+")).strip()
        return graph.written(
            text, {name: tuple(self._term(name, value) for value in values[name]) for name in self._narrowest(values)}
        )

    def _narrowest(self, names: Iterable[str]) -> list[str]:
        """The parameters, those that leave least to look at first: an engine begins with them."""
        return sorted(names, key=lambda name: WIDTH.get(self.parameters[name].kind, 1))

    def _narrowed(self, graph: Graph, values: Mapping[str, str]) -> str:
        """The query, with the clauses that can be in its rows if the graph has an index of their words."""
        text = self.text
        for name, value in values.items():
            clause = self.parameters[name].stands_in
            found = graph.mentioning(value) if clause and isinstance(graph, Indexed) else None
            if found is not None:
                told = f"VALUES ?{clause} {{ {' '.join(str(ox.NamedNode(iri)) for iri in found)} }}"
                # Where it is first spoken of, which may be in a sub-select.
                first = re.search(rf"^ *(?=\?{clause} )", text, re.MULTILINE)
                assert first is not None
                text = f"{text[: first.end()]}{told} {text[first.end() :]}"
        return text

    def _term(self, name: str, value: str) -> ox.NamedNode | ox.Literal:
        parameter = self.parameters[name]
        term = parameter.term(value)
        if term is None:
            raise QueryError(f"{self.name}: {name} must be {KINDS[parameter.kind]}, not {value!r}.")
        return term


@cache
def catalogue() -> Mapping[str, Query]:
    """Every query by its name."""
    entries = sorted(files("queries").iterdir(), key=lambda entry: entry.name)
    sources = [(entry.name, entry.read_text(encoding="utf-8")) for entry in entries if entry.name.endswith(".rq")]
    return {query.name: query for query in (read(name, text) for name, text in sources)}


def read(file: str, text: str) -> Query:
    """One query from its file: a header in TOML behind `#+`, then SPARQL.

    >>> read("laws.rq", "SELECT * {}")
    Traceback (most recent call last):
    queries.query.QueryError: laws.rq: the header has no title.nb: write it behind "#+ ".
    """
    header = "\n".join(line[2:].strip() for line in text.splitlines() if line.startswith("#+"))
    try:
        facts = tomllib.loads(header)
    except tomllib.TOMLDecodeError as error:
        raise QueryError(f'{file}: the header behind "#+ " is not TOML ({error}): correct it.') from error
    asks = facts.get("asks", {})
    needed = {"title": LANGUAGES, "columns": (), "found": LANGUAGES if asks else (), "asks": LANGUAGES if asks else ()}
    for key, languages in needed.items():
        for missing in [f"{key}.{lang}" for lang in languages if lang not in facts.get(key, {})]:
            raise QueryError(f'{file}: the header has no {missing}: write it behind "#+ ".')
    if not facts.get("columns"):
        raise QueryError(f'{file}: the header has no columns: list the selected variables behind "#+ ".')
    parameters = {}
    for name, given in facts.get("parameters", {}).items():
        if given.get("kind") not in KINDS or not isinstance(given.get("example"), str):
            raise QueryError(f"{file}: parameter {name} needs an example and a kind, one of {', '.join(KINDS)}.")
        parameters[name] = Parameter(
            given["kind"], given["example"], given.get("optional", False) is True, given.get("stands_in", "")
        )
    return Query(
        name=file.removesuffix(".rq"),
        title=facts["title"],
        asks={language: tuple(patterns) for language, patterns in asks.items()},
        found={language: (one, many) for language, (one, many) in facts.get("found", {}).items()},
        parameters=parameters,
        columns=tuple(facts["columns"]),
        searches=facts.get("searches", False) is True,
        text=text,
        answered_by=facts.get("answered_by"),
    )
