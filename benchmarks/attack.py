"""Attack the endpoint with all we can think of, while a good client asks on: what do the others notice?

    python -m benchmarks.attack [--minutes 2] [--clients 8]

Starts a server of its own on this machine over the given or the current store, and prints what came of each attack, the
good client's times, the most memory of the whole process tree, and how many requests left for the canary; exit code 1
if any of it is not as promised. `tests/test_attack.py` runs a short round.
"""

import argparse
import gzip
import json
import os
import random
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import httpx

from benchmarks.serving import memory, server
from hjemmel import snapshot

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
HERE = "http://127.0.0.1:{canary}/"
MANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
GOOD = "SELECT ?s ?title WHERE { ?s dcterms:title ?title } ORDER BY ?title LIMIT 20"
EXPECTED = {200, 204, 303, 304, 400, 404, 405, 406, 408, 413, 414, 415, 422, 429, 431, 503, 504}
MOST_MEMORY = 2 << 30
SLOWEST_P95 = 0.2


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack: a query, a whole request, or bytes for the socket, after which it waits for so many seconds."""

    name: str
    query: str = ""
    request: dict[str, Any] = field(default_factory=dict)
    raw: bytes = b""
    seconds: float = 0.0


def _queries() -> Iterator[tuple[str, str]]:
    yield "cartesian product", f"SELECT (COUNT(*) AS ?n) WHERE {{ {MANY} FILTER(?c < ?f && ?f < ?i) }}"
    yield "cartesian product, all rows", f"SELECT * WHERE {{ {MANY} }}"
    yield "sorted cartesian product", "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a"
    yield "distinct cartesian product", "SELECT DISTINCT * WHERE { ?a ?b ?c . ?d ?e ?f }"
    yield "grouped cartesian product", "SELECT ?c ?f (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f } GROUP BY ?c ?f"
    yield "long string", "SELECT (GROUP_CONCAT(?c) AS ?all) WHERE { ?a ?b ?c . ?d ?e ?f }"
    yield "doubled string", 'SELECT ?x0 { BIND("aaaaaaaaaaaaaaaa" AS ?x0) ' + _doubled(40) + " }"
    yield "construct of everything twice", "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"
    yield "describe everything", "DESCRIBE * WHERE { ?s ?p ?o . ?a ?b ?c }"
    yield "values bomb", "SELECT * {" + "".join(f" VALUES ?v{n} {{ {' '.join('12345678')} }}" for n in range(12)) + "}"
    yield "path bomb", "SELECT (COUNT(*) AS ?n) WHERE { ?s (!<a:x>|^!<a:x>)* ?o }"
    yield "nested path", "SELECT * WHERE { ?s " + "(" * 90 + "!<a:x>" + ")*" * 90 + " ?o }"
    yield "long path", "ASK { ?s " + "/".join(["!<a:x>"] * 5000) + " ?o }"
    yield "deep groups", "SELECT * WHERE " + "{" * 20_000 + "}" * 20_000
    yield "deep parentheses", "SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}"
    yield "deep negation", "SELECT (" + "!" * 60_000 + "true AS ?x) {}"
    yield "long sum", "SELECT (" + "+".join(["1"] * 20_000) + " AS ?x) {}"
    yield "deep sub-selects", "SELECT * {" + "{SELECT * {" * 99 + "}}" * 99 + "}"
    yield "many unions", "SELECT * {" + " UNION ".join(["{?s ?p ?o}"] * 3000) + "}"
    yield "many optionals", "SELECT * {" + " OPTIONAL {?s ?p ?o}" * 500 + "}"
    yield "nested not exists", "SELECT * { ?s ?p ?o " + "FILTER NOT EXISTS { ?s ?p ?x " * 30 + "}" * 30 + "}"
    yield "regex bomb", f'SELECT * {{ {MANY} FILTER REGEX(STR(?c), "^(a+)+$") }}'
    yield "large regex", 'SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), "((((a{1,99}){1,99}){1,99}){1,99})") }'
    yield "replace bomb", 'SELECT (REPLACE(GROUP_CONCAT(?o), "", "xxxxxxxxxx") AS ?x) { ?s ?p ?o }'
    yield "unclosed quotes", "SELECT * {" + "'''" * 20_000
    yield "many quotes", "SELECT * {" + "'a" * 30_000
    yield "offset bomb", f"SELECT * WHERE {{ {MANY} }} OFFSET 9999999999 LIMIT 1"
    yield "random order", "SELECT * { ?s ?p ?o . ?a ?b ?c } ORDER BY RAND()"
    yield "service", f"SELECT * {{ SERVICE <{HERE}> {{ ?s ?p ?o }} }}"
    yield "silent service", f"SELECT * {{ SERVICE SILENT <{HERE}> {{ ?s ?p ?o }} }}"
    yield "service in mixed letters", f"SELECT * {{ sErViCe <{HERE}> {{ ?s ?p ?o }} }}"
    yield "service after a number", f"SELECT * {{ ?s ?p 1SERVICE<{HERE}>{{ ?s ?p ?o }} }}"
    yield "service by a prefix", f"PREFIX : <{HERE}> SELECT * {{ ?s ?p 1 .SERVICE:x{{ ?s ?p ?o }} }}"
    yield "service by a variable", f"SELECT * {{ VALUES ?u {{ <{HERE}> }} SERVICE ?u {{ ?s ?p ?o }} }}"
    yield "service in escapes", f"SELECT * {{ \\u0053ERVICE <{HERE}> {{ ?s ?p ?o }} }}"
    yield "service after a comment", f"SELECT * {{ #\rSERVICE <{HERE}> {{ ?s ?p ?o }}\n }}"
    yield "from a file", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"
    yield "from the web", f"SELECT * FROM <{HERE}> {{ ?s ?p ?o }}"
    yield "from named", f"SELECT * FROM NAMED <{HERE}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    yield "load", f"LOAD <{HERE}>"
    yield "load silently", f"LOAD SILENT <{HERE}> INTO GRAPH <a:g>"
    yield "update in a query", "SELECT * { ?s ?p ?o } ; DROP ALL"
    yield "insert", "INSERT DATA { <a:a> <a:b> <a:c> }"
    yield "nothing", " "
    yield "a zero", "SELECT * { ?s ?p '\0' }"
    yield "script in a literal", "SELECT ('<script>alert(1)</script>' AS ?x) {}"
    yield "formula in a literal", "SELECT ('=cmd|calc!A1' AS ?x) {}"


def _doubled(times: int) -> str:
    return " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(times))


def _requests() -> Iterator[tuple[str, dict[str, Any]]]:
    packed = gzip.compress(b" " * (64 << 20))
    yield "huge body", {"method": "POST", "content": b"x" * (8 << 20), "headers": {"Content-Type": QUERY}}
    yield "huge form", {"method": "POST", "content": b"query=" + b"%20" * (1 << 20), "headers": {"Content-Type": FORM}}
    yield "many fields", {"method": "POST", "content": b"a=&" * 50_000, "headers": {"Content-Type": FORM}}
    zipped = {"Content-Type": QUERY, "Content-Encoding": "gzip"}
    yield "zip bomb", {"method": "POST", "content": packed, "headers": zipped}
    yield "wrong bytes", {"method": "POST", "content": b"\xff\xfe" * 100, "headers": {"Content-Type": QUERY}}
    yield "other letters", {"method": "POST", "content": GOOD, "headers": {"Content-Type": f"{QUERY}; charset=utf-16"}}
    yield "two queries", {"method": "GET", "params": [("query", GOOD), ("query", GOOD)]}
    yield "update by parameter", {"method": "POST", "data": {"query": GOOD, "update": "DROP ALL"}}
    yield "graph from the web", {"method": "GET", "params": {"query": GOOD, "default-graph-uri": HERE}}
    yield "graph that is none", {"method": "GET", "params": {"query": GOOD, "default-graph-uri": "> } DROP ALL #"}}
    yield "many graphs", {"method": "POST", "data": {"query": GOOD, "named-graph-uri": ["a:b"] * 900}}
    yield "long accept", {"method": "GET", "params": {"query": GOOD}, "headers": {"Accept": "a/b;q=0.1," * 4000}}
    yield "strange accept", {"method": "GET", "params": {"query": GOOD}, "headers": {"Accept": ";;q=q=q,,/,*/*;q=NaN"}}
    yield "another host", {"method": "GET", "headers": {"Host": 'evil.example"><script>', "Accept": "text/turtle"}}
    spoken = {"X-Forwarded-For": "203.0.113.1, <x>", "Forwarded": "for=_x", "X-HTTP-Method-Override": "DELETE"}
    yield "for others", {"method": "GET", "params": {"query": GOOD}, "headers": spoken}
    yield "put", {"method": "PUT", "content": b"<a:a> <a:b> <a:c> ."}
    yield "patch with the graph store", {"method": "PATCH", "params": {"graph": "a:b"}, "content": b"x"}
    yield "script in the address", {"method": "GET", "params": {"query": "\"></textarea><script>alert(1)</script>"},
                                    "headers": {"Accept": "text/html"}}  # fmt: skip
    yield "out of the folder", {"method": "GET", "url": "/sparql/assets/..%2f..%2fengine.py"}
    yield (
        "thing that is none",
        {"method": "GET", "url": "/id/%3E%20%7D%3Cscript%3E", "headers": {"Accept": "text/html"}},
    )
    yield "figures for a stranger", {"method": "GET", "url": "/metrics", "headers": {"X-Forwarded-For": "203.0.113.1"}}


def _bytes() -> Iterator[tuple[str, bytes, float]]:
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    yield "no head", b"", 12
    yield "half a head", b"GET /sparql HTTP/1.1\r\nHost: a\r\nX-", 12
    yield "half a body", head + b"Content-Length: 1000\r\n\r\nSELECT", 12
    yield "two lengths", head + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}x", 1
    yield "length and chunks", head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x", 1
    yield "wrong chunks", head + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nASK", 1
    yield "huge head", b"GET /sparql HTTP/1.1\r\nHost: a\r\nX: " + b"x" * (2 << 20), 1
    yield "many requests at once", b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n\r\n" * 200, 2
    yield "other protocol", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200, 1
    yield "header in the address", b"GET /sparql?query=ASK{}\r\nX: y HTTP/1.1\r\n\r\n", 1
    large = b"GET /sparql?query=SELECT*%7B%3Fs%20%3Fp%20%3Fo%7D HTTP/1.1\r\nHost: a\r\n\r\n"
    yield "answer that nobody takes", large, 5


ATTACKS = (
    *(Attack(name, query=query) for name, query in _queries()),
    *(Attack(name, request=request) for name, request in _requests()),
    *(Attack(name, raw=raw, seconds=seconds) for name, raw, seconds in _bytes()),
)


class Canary:
    """A server that nobody has reason to call."""

    def __init__(self) -> None:
        self.calls = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._listen)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


def carried_out(attack: Attack, port: int, canary: int, *, salt: str = "") -> int:
    """The status of the answer, 0 for none; raises when an answer is not whole."""
    if attack.raw or attack.seconds:
        return _sent(attack.raw, port, attack.seconds)
    request = json.loads(json.dumps(attack.request, default=lambda content: {"latin-1": content.decode("latin-1")}))
    if attack.query:
        request = {"method": "POST", "data": {"query": attack.query + salt}}
    request = _with_canary(request, canary)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=40, trust_env=False) as client:
        try:
            response = client.request(**{"url": "/sparql", **request})
        except (httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
            return 0  # refused while it was being sent
    _whole(response)
    return response.status_code


def _with_canary(value: Any, canary: int) -> Any:
    if isinstance(value, dict):
        if "latin-1" in value:
            return value["latin-1"].encode("latin-1")
        return {name: _with_canary(held, canary) for name, held in value.items()}
    if isinstance(value, list):
        return [tuple(held) if isinstance(held, list) else _with_canary(held, canary) for held in value]
    return value.replace("{canary}", str(canary)) if isinstance(value, str) else value


def _whole(response: httpx.Response) -> None:
    media = response.headers.get("content-type", "").partition(";")[0]
    if media.endswith("json"):
        response.json()
    if response.status_code >= 400 and media not in ("text/html", "application/problem+json", "text/plain"):
        raise AssertionError(f"an error that is no problem: {response.status_code} {media}")


def _sent(raw: bytes, port: int, seconds: float) -> int:
    received = b""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        with suppress(OSError):
            connection.sendall(raw)
        until = time.monotonic() + seconds
        while time.monotonic() < until and not received:
            received = connection.recv(200)
            if not received:
                break
    return int(received.split()[1]) if received.startswith(b"HTTP/1.1 ") else 0


@dataclass(slots=True)
class Watch:
    """What a good client and an observer saw."""

    times: list[float] = field(default_factory=list)
    failures: Counter[int] = field(default_factory=Counter)
    memory: int = 0

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 of its questions were answered."""
        return sorted(self.times)[int(len(self.times) * 0.95)]


@contextmanager
def watched(port: int, process: int, *, address: str = "127.0.0.1") -> Iterator[Watch]:
    """A good client that asks ten times a second from an address of this machine, and the memory meanwhile."""
    found, done = Watch(), Event()
    transport = httpx.HTTPTransport(local_address=address)

    def ask() -> None:
        with httpx.Client(transport=transport, base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            while not done.is_set():
                began = time.monotonic()
                response = client.get("/sparql", params={"query": GOOD})
                found.times.append(time.monotonic() - began)
                if response.status_code != httpx.codes.OK:
                    found.failures[response.status_code] += 1
                done.wait(0.1)

    def look() -> None:
        while not done.wait(0.5):
            found.memory = max(found.memory, memory(process))

    threads = [Thread(target=ask), Thread(target=look)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        done.set()
        for thread in threads:
            thread.join()


def rounds(port: int, canary: int, *, clients: int, until: Callable[[int], bool]) -> dict[str, Counter[int | str]]:
    """Attacks by so many clients at once, in any order, as long as `until` is not reached; what came of each."""
    outcomes: dict[str, Counter[int | str]] = {attack.name: Counter() for attack in ATTACKS}

    def one(number: int) -> None:
        chance = random.Random(number)
        attack = ATTACKS[number % len(ATTACKS)]
        try:
            outcome: int | str = carried_out(attack, port, canary, salt=f" #{chance.random()}")
        except Exception as error:
            outcome = f"WRONG {type(error).__name__}: {error}"
        outcomes[attack.name][outcome] += 1

    with ThreadPoolExecutor(clients) as crowd:
        number = 0
        while not until(number):
            list(crowd.map(one, range(number, number + clients)))
            number += clients
    return outcomes


def wrong(outcomes: dict[str, Counter[int | str]]) -> list[str]:
    """The attacks that were not met as promised: with a whole answer, an error, or a closed connection."""
    return [
        f"{name}: {outcome}" for name, found in outcomes.items() for outcome in found if outcome not in EXPECTED | {0}
    ]


def main() -> int:
    """Attack for as long as was asked."""
    parser = argparse.ArgumentParser(description="Attack the endpoint and see what others notice.")
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--clients", type=int, default=8)
    given = parser.parse_args()
    source = snapshot.current(snapshot.home())
    if source is None:
        sys.exit("There is no store yet: run `hjemmel build`.")
    canary, until = Canary(), time.monotonic() + given.minutes * 60
    try:
        with server(source, deadline=10) as (port, process), watched(port, process) as good:
            outcomes = rounds(port, canary.port, clients=given.clients, until=lambda _: time.monotonic() > until)
    finally:
        canary.close()
    for name, found in outcomes.items():
        print(f"{name:30} {dict(found)}")
    attacks = sum(found.total() for found in outcomes.values())
    print(
        f"{attacks} attacks of {len(ATTACKS)} kinds by {given.clients} clients; "
        f"a good client on the same address: {len(good.times)} questions, {good.failures.total()} not answered, "
        f"p50 {sorted(good.times)[len(good.times) // 2] * 1000:.0f} ms, p95 {good.p95 * 1000:.0f} ms; "
        f"most memory {good.memory >> 20} MiB on {os.cpu_count()} cores; {canary.calls} requests left"
    )
    bad = [*wrong(outcomes), *(["the canary was called"] if canary.calls else [])]
    print("\n".join(bad))
    return 1 if bad or good.failures or good.p95 > SLOWEST_P95 or good.memory > MOST_MEMORY else 0


if __name__ == "__main__":
    sys.exit(main())
