"""One process that answers queries of strangers: it may be killed at any moment, and nothing is lost.

It reads one question per line (JSON) from standard input. It writes the answer to standard output in pieces, each after
its length in four bytes; a piece of length nothing ends them, and one line of JSON says how it went:
`{"media": …}`, `{"refused": …}` or `{"not_acceptable": …}`. It opens its source read-only and nothing else.
"""

import json
import os
import sys
from io import BufferedWriter, RawIOBase
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

import pyoxigraph as ox

from hjemmel import snapshot
from hjemmel.sparql import calls_service, names_dataset, prefixes

PIECE = 1 << 16
LONGEST_REASON = 1000
TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
STATEMENTS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def serve(source: Path, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer questions, one after the other, until there are no more."""
    store = snapshot.engine(source)
    lines: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(questions, lines), daemon=True).start()
    while True:
        question = json.loads(lines.get())
        outcome = _answer(store, question, answers)
        answers.write(bytes(4) + json.dumps(outcome).encode() + b"\n")
        answers.flush()


def _listen(questions: BinaryIO, lines: "SimpleQueue[bytes]") -> None:
    for line in questions:
        lines.put(line)
    # The server is gone. The engine cannot be interrupted, so this is the only way to stop in the middle of a query.
    os._exit(0)


def _answer(store: ox.Store, question: dict[str, Any], answers: BinaryIO) -> dict[str, str]:
    query, default, named = question["query"], question["default"], question["named"]
    if calls_service(query):
        return {"refused": "SERVICE is not allowed: this endpoint asks no other machine."}
    try:
        dataset: dict[str, Any] = {"use_default_graph_as_union": not names_dataset(query)}
        if default or named:
            # A dataset named by the request stands instead of the query's own, and holds nothing else.
            dataset = {
                "default_graph": [ox.NamedNode(graph) for graph in default],
                "named_graphs": [ox.NamedNode(graph) for graph in named],
            }
        found = store.query(query, base_iri=question["base"], prefixes=prefixes(), **dataset)
        kind = {ox.QueryTriples: "statements", ox.QueryBoolean: "boolean", ox.QuerySolutions: "rows"}[type(found)]
        media = question["accepted"][kind]
        if media is None:
            return {"not_acceptable": kind}
        with BufferedWriter(_Pieces(answers), PIECE) as out:
            if isinstance(found, ox.QueryTriples):
                found.serialize(out, STATEMENTS[media])
            else:
                found.serialize(out, TABLES[media])
    except SyntaxError as error:
        return {"refused": f"The query cannot be read as SPARQL: {error.msg[:LONGEST_REASON]}."}
    except (ValueError, RuntimeError, OSError) as error:
        return {"refused": f"The query cannot be run: {str(error)[:LONGEST_REASON]}."}
    return {"media": media}


class _Pieces(RawIOBase):
    """A file that writes each piece after its length."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        length = len(piece)
        self.out.write(length.to_bytes(4, "big"))
        self.out.write(piece)
        return length


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
