"""The result of any SPARQL query on standard output: a table, yes or no, or statements."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from hjemmel import render
from hjemmel.sparql import prefixes
from hjemmel.store import Store, value


def print_result(store: Store, query: str, *, for_program: bool) -> None:
    """Run a query and print its result; for a program in the JSON that SPARQL and RDF have for it."""
    with _interruptible():
        _print(store.query(query), for_program=for_program)


def _print(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, *, for_program: bool) -> None:
    if isinstance(found, ox.QueryTriples):
        form, used = (ox.RdfFormat.JSON_LD, None) if for_program else (ox.RdfFormat.TURTLE, prefixes())
        ox.serialize(found, sys.stdout.buffer, form, prefixes=used)
    elif for_program:
        found.serialize(sys.stdout.buffer, ox.QueryResultsFormat.JSON)
        sys.stdout.buffer.write(b"\n")
    elif isinstance(found, ox.QueryBoolean):
        print("yes" if found else "no")
    else:
        names = [variable.value for variable in found.variables]
        render.table([{name: value(row[name]) for name in names} for row in found], names)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the process: the engine does not come back to Python in the middle of a query."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
