"""Terms written into a query, for whoever takes nothing but its text: another service, or a reader of the answer."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import pyoxigraph as ox

from hjemmel.sparql import MEANINGLESS as VARIABLE
from hjemmel.sparql import blanked

FORM = re.compile(r"(?<![\w.-])(select|ask|construct|describe)(?![\w.-])", re.IGNORECASE)
SUB_SELECT = re.compile(r"\s*select\b", re.IGNORECASE)
EVERY = re.compile(r"\s*select\s+(?:distinct\s+|reduced\s+)?\*", re.IGNORECASE)
# Braces after this hold data and no pattern. (Variables are blanked.)
DATA = re.compile(r"\bvalues\s*(?:\(\s*\)\s*)?\Z", re.IGNORECASE)

Bound = ox.NamedNode | ox.Literal
Terms = Mapping[ox.Variable, Bound | tuple[Bound, ...]]
"""The term that a variable is bound to, or those that it may be."""


def bound(query: str, terms: Terms) -> str:
    """The query with the terms as VALUES in its outermost pattern, and in every pattern within that names the variable.

    (A filter in a pattern within sees nothing of what is bound outside it, and an engine may work out such a pattern in
    full before it looks at the rest.) Terms are written as N-Triples has them, where nothing in them can end them: they
    stay terms, whatever they hold. The query must be valid SPARQL.

    >>> bound("SELECT ?s WHERE { ?s ?p ?o }", {ox.Variable("o"): ox.Literal('} # "')})
    'SELECT ?s WHERE { VALUES ?o { "} # \\\\"" } ?s ?p ?o }'
    """
    if not terms:
        return query
    tables = {name: _table(name, found if isinstance(found, tuple) else (found,)) for name, found in terms.items()}
    return "".join(piece if isinstance(piece, str) else tables[piece] for piece in _pieces(query, tuple(terms)))


@lru_cache(maxsize=256)  # the catalogue's questions are asked again and again, of other things
def _pieces(query: str, wanted: tuple[ox.Variable, ...]) -> tuple[str | ox.Variable, ...]:
    """The text of a query, with each variable where its terms are to be written."""
    plain = blanked(query)
    form = next(found for found in FORM.finditer(plain) if query[found.end() : found.end() + 1] != ":")
    start = _open(plain, form.end())
    if start is None:
        raise ValueError("There is no pattern in this query to bind a variable in.")
    since = 0
    if form[0].lower() == "construct":
        if plain[form.end() : start].strip():
            # What is constructed stands in the pattern itself, where no VALUES may: write it before the pattern, too.
            template = query[start : _close(plain, start) + 1]
            return _pieces(f"{query[: form.end()]} {template} {query[form.end() :]}", wanted)
        since = _close(plain, start)
        start = _open(plain, since + 1)
        assert start is not None
    added = dict(_places(query, plain, since, start, wanted))
    pieces: list[str | ox.Variable] = []
    reached = 0
    for place in sorted(added):
        pieces += [query[reached:place], *added[place]]
        reached = place
    return (*pieces, query[reached:])


def _places(
    query: str, plain: str, since: int, outermost: int, wanted: tuple[ox.Variable, ...]
) -> Iterator[tuple[int, tuple[str | ox.Variable, ...]]]:
    """What to add to a query, and where."""
    named = [(found.start(), ox.Variable(found[0][1:])) for found in VARIABLE.finditer(query) if found[0][0] in "?$"]
    hidden: list[tuple[int, int, set[ox.Variable]]] = []
    for brace in re.finditer(r"\{", plain[since:]):
        start = since + brace.start()
        end = _close(plain, start)
        if DATA.search(plain, 0, start):
            continue
        inside = {name for place, name in named if start < place < end} & set(wanted)
        sub_select = SUB_SELECT.match(plain, start + 1)
        if start == outermost:
            yield start + 1, (*wanted, " {") if sub_select else wanted
            if sub_select:
                yield end, ("}",)
        elif not sub_select:
            inside -= {name for first, last, names in hidden if first < start < last for name in names}
            if inside:
                yield start + 1, tuple(name for name in wanted if name in inside)
        if sub_select:
            # A variable that a sub-select does not give is another one.
            pattern = _open(plain, sub_select.end()) or end
            given = {name for place, name in named if start < place < pattern}
            if not EVERY.match(plain, start + 1):
                hidden.append((start, end, inside - given))


def _table(name: ox.Variable, found: tuple[Bound, ...]) -> str:
    return f" VALUES {name} {{ {' '.join(map(str, found))} }}"


def _open(plain: str, position: int) -> int | None:
    """The next brace that stands in no parenthesis: `(EXISTS { … } AS ?found)` is an expression."""
    depth = 0
    for place in range(position, len(plain)):
        depth += {"(": 1, ")": -1}.get(plain[place], 0)
        if plain[place] == "{" and not depth:
            return place
    return None


def _close(plain: str, start: int) -> int:
    depth = 0
    for place in range(start, len(plain)):
        depth += {"{": 1, "}": -1}.get(plain[place], 0)
        if not depth:
            return place
    raise ValueError("A brace is not closed.")
