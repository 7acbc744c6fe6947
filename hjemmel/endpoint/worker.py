"""The process that has the data, and has each question of a stranger answered by a child of its own.

It locks itself in before it reads anything: no network, no program, no file changed. On standard input, a socket, it
is told `ask` (with a socket to answer at), and replies with the child's number; or `reap`, and replies with how that
child ended. A child reads one question (a line of JSON, and after it what is enclosed) and writes the answer in pieces,
each after its length in four bytes; a piece of length nothing ends them, and one line of JSON says how it went:
`{"media": …}`, `{"refused": …}`, `{"not_acceptable": …}` or `{"failed": …}`. A child may be killed at any moment, and
nothing is lost.
"""

import gc
import json
import os
import socket
import sys
from collections.abc import Callable
from io import BufferedWriter, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from hjemmel.endpoint import thing
from hjemmel.endpoint.data import data
from hjemmel.endpoint.limits import DEEPEST, MOST_PATTERNS, ROOM
from hjemmel.snapshot import StoreError
from hjemmel.sparql import calls_service, names_dataset, nesting, patterns, prefixes, reaches_out
from ingest.readers.confinement import confine_further, confine_to_reading

PIECE = 1 << 16
LONGEST_REASON = 1000
ASK, REAP = b"a", b"r"
MESSAGE = 5  # a letter and a number
KINDS = {ox.QueryTriples: "statements", ox.QueryBoolean: "boolean", ox.QuerySolutions: "rows"}
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

Outcome = dict[str, str]


def serve(source: Path, base: str, seconds: int, orders: socket.socket) -> None:
    """Have questions answered until the server is gone; the first thing told is whether the kernel holds us."""
    confined = confine_to_reading()
    try:
        opened = data(source, base)
        ready: dict[str, bool | str] = {"confined": confined}
    except StoreError as error:
        ready = {"error": str(error)}
    os.write(orders.fileno(), json.dumps(ready).encode() + b"\n")
    if "error" in ready:
        return
    prefixes()
    gc.collect()
    gc.freeze()  # what is there already is not looked at again, so that the children go on sharing it
    while order := _order(orders):
        kind, number, answers = order
        if kind == REAP:
            _, status = os.waitpid(number, 0)
            _reply(orders, status)
            continue
        child = os.fork()
        if child == 0:
            try:
                orders.close()
                _child(opened, base, seconds, answers)
            finally:
                # Nothing is left to do, and nobody waits for what a hostile query built to be torn down.
                os._exit(0)
        os.close(answers)
        _reply(orders, child)


def _order(orders: socket.socket) -> tuple[bytes, int, int] | None:
    message, received = b"", -1
    while len(message) < MESSAGE:
        piece, handles, _, _ = socket.recv_fds(orders, MESSAGE - len(message), 1)
        if not piece:
            return None
        message += piece
        received = handles[0] if handles else received
    return message[:1], int.from_bytes(message[1:], "big"), received


def _reply(orders: socket.socket, number: int) -> None:
    # Written as to a file: sending is among the calls that the kernel refuses.
    os.write(orders.fileno(), number.to_bytes(4, "big"))


def _child(opened: Callable[[], ox.Store], base: str, seconds: int, handle: int) -> None:
    # Opened first: a large store takes memory of its own, and the limit is for what a query takes beside it.
    store = opened()
    confine_further(memory=ROOM, seconds=seconds)
    with open(handle, "rb", closefd=False) as questions, open(handle, "wb") as answers:
        head, _, enclosed = questions.read().partition(b"\n")
        outcome = _outcome(store, base, json.loads(head), enclosed, answers)
        answers.write(bytes(4) + json.dumps(outcome).encode() + b"\n")


def _outcome(store: ox.Store, base: str, question: dict[str, Any], enclosed: bytes, answers: BinaryIO) -> Outcome:
    if "reads" in question:
        return _read(base, question["reads"])
    try:
        if "writes" in question:
            return _written(question["writes"], question["media"], enclosed, answers)
        if "thing" in question:
            return _statements(_enclosed(enclosed) if enclosed else store, base, question, answers)
    except (SyntaxError, ValueError) as error:
        return {"failed": str(error)[:LONGEST_REASON]}
    return _answer(store, base, question, answers)


def _read(base: str, question: dict[str, Any]) -> Outcome:
    """Whether a query may be sent to a service: its text with our prefixes, what it gives, and in which media type."""
    query, named = question["query"], [*question["default"], *question["named"]]
    if refused := _refused(query):
        return refused
    if reaches_out(query, base) or not all(graph.startswith(base) for graph in named):
        sentence = f"The query may name addresses of http, https and urn, and graphs by FROM <{base}graph/…>."
        return {"refused": sentence, "limit": "service"}
    try:
        known = prefixes() | {"id": base}
        found = ox.Store().query(query, base_iri=question["base"], prefixes=known)
    except SyntaxError as error:
        return {"refused": f"The query cannot be read as SPARQL: {error.msg[:LONGEST_REASON]}."}
    except (ValueError, RuntimeError) as error:
        return {"refused": f"The query cannot be run: {str(error)[:LONGEST_REASON]}."}
    kind = KINDS[type(found)]
    media = question["accepted"][kind]
    if media is None:
        return {"not_acceptable": kind}
    # Its own declarations come later, and stand instead of ours.
    declared = "".join(f"PREFIX {name}: <{address}>\n" for name, address in known.items())
    dataset = "own" if names_dataset(query) or named else "union"
    base_iri = f"BASE {ox.NamedNode(question['base'])}\n" if question["base"] else ""
    return {"media": media, "kind": kind, "query": base_iri + declared + query, "dataset": dataset}


def _written(kind: str, media: str, enclosed: bytes, answers: BinaryIO) -> Outcome:
    """What a service answered, in the media type that was asked for; anything but a whole answer is an error."""
    with BufferedWriter(_Pieces(answers), PIECE) as out:
        if kind == "statements":
            said = (quad.triple for quad in ox.parse(enclosed, format=ox.RdfFormat.N_TRIPLES))
            ox.serialize(said, out, STATEMENTS[media])
        else:
            ox.parse_query_results(enclosed, format=ox.QueryResultsFormat.JSON).serialize(out, TABLES[media])
    return {"media": media}


def _enclosed(rows: bytes) -> ox.Store:
    """The statements that a service told of a thing."""
    store = ox.Store()
    found = ox.parse_query_results(rows, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    store.bulk_extend(ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in found)
    return store


def _refused(query: str) -> Outcome:
    """What in the words of a query is against the limits."""
    if calls_service(query):
        return {"refused": "SERVICE is not allowed: this endpoint asks no other machine.", "limit": "service"}
    if nesting(query) > DEEPEST:
        return {"refused": f"The query is nested deeper than {DEEPEST} brackets.", "limit": "nesting"}
    if patterns(query) > MOST_PATTERNS:
        return {"refused": f"The query has more than {MOST_PATTERNS} patterns.", "limit": "patterns"}
    return {}


def _statements(store: ox.Store, base: str, question: dict[str, Any], answers: BinaryIO) -> Outcome:
    """What is said of one thing: as statements, or with its links as JSON for a page."""
    media = question["accepted"]["statements"]
    with BufferedWriter(_Pieces(answers), PIECE) as out:
        if media == "application/json":
            out.write(json.dumps(thing.thing(store, question["thing"])).encode())
        else:
            known = prefixes() | {"id": base}
            ox.serialize(thing.statements(store, question["thing"]), out, STATEMENTS[media], prefixes=known)
    return {"media": media}


def _answer(store: ox.Store, base: str, question: dict[str, Any], answers: BinaryIO) -> Outcome:
    query, default, named = question["query"], question["default"], question["named"]
    if refused := _refused(query):
        return refused
    try:
        dataset: dict[str, Any] = {"use_default_graph_as_union": not names_dataset(query)}
        if default or named:
            # A dataset named by the request stands instead of the query's own, and holds nothing else.
            dataset = {
                "default_graph": [ox.NamedNode(graph) for graph in default],
                "named_graphs": [ox.NamedNode(graph) for graph in named],
            }
        found = store.query(query, base_iri=question["base"], prefixes=prefixes() | {"id": base}, **dataset)
        kind = KINDS[type(found)]
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
    except MemoryError:
        return {"refused": f"The query needs more than {ROOM >> 20} MB of memory.", "limit": "memory"}
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
    serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), socket.socket(fileno=0))
