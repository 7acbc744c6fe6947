"""The endpoint under load: many clients ask at once, most of them quick questions, some of them slow ones.

    python -m benchmarks.load [--size 1M | --home DIR] [--clients 16] [--seconds 120] [--pages]

Builds a store of a made-up country (or takes the one in DIR), serves it on this machine, and prints throughput, times,
the most memory of the whole process tree, and how many questions were turned away by which declared limit; exit code 1
if any failed otherwise. The catalogue is asked of the whole country; with --pages, as pages ask, of one document, one
provision, or one requirement of one region.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Event, Thread

import httpx

from benchmarks.country import SIZES
from benchmarks.country.store import asked, stored
from benchmarks.queries_at_scale import asked_by_pages
from benchmarks.serving import memory, server
from hjemmel import snapshot
from hjemmel.snapshot import StoreError
from hjemmel.store import Store
from queries import catalogue

MOST_CLIENTS, LONGEST = 64, 3600.0
DOCUMENTS = 20
"""That each query is asked of, in turn with the others."""

SLOW_SHARE = 0.03
SLOW = (
    "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    'SELECT (COUNT(*) AS ?n) WHERE { ?clause hj:text ?text FILTER CONTAINS(LCASE(?text), "beredskap") }',
    "SELECT (COUNT(*) AS ?n) WHERE { ?a hj:clause ?b . ?c hj:clause ?d FILTER (STR(?a) < STR(?d)) }",
)
LIMITS = {429: "too many of one client", 503: "too many of all clients", 504: "past the deadline"}
"""What a client is promised that it may be told instead of an answer."""


@dataclass(slots=True)
class Load:
    """What the clients saw: the seconds of every answer, by the kind of question, and what came instead of answers."""

    quick: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)
    limited: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    memory: int = 0

    def lines(self) -> list[str]:
        """The figures, one line each."""
        answered = len(self.quick) + len(self.slow)
        return [
            f"{answered / self.seconds:>10,.1f} /s   answers, {answered:,} in {self.seconds:.0f} s",
            *(_times(name, times) for name, times in (("quick", self.quick), ("slow", self.slow)) if len(times) > 1),
            f"{self.memory / 1e6:>10,.0f} MB   most memory of the server with all its processes",
            f"{self.limited.total():>10,}      turned away by a declared limit {dict(self.limited) or ''}".rstrip(),
            f"{self.failed.total():>10,}      failed {dict(self.failed) or ''}".rstrip(),
        ]


def load(source: Path, questions: Sequence[str], *, clients: int, seconds: float) -> Load:
    """Let so many clients, each of an address of its own, ask a server over a snapshot for so long."""
    found, done = Load(), Event()
    clients, seconds = min(clients, MOST_CLIENTS), min(seconds, LONGEST)

    def client(number: int) -> None:
        chance = random.Random(number)
        transport = httpx.HTTPTransport(local_address=f"127.0.0.{number + 2}")
        with httpx.Client(transport=transport, base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
            while time.monotonic() < until:
                _ask(http, chance, questions, found)

    def look() -> None:
        while not done.wait(1):
            found.memory = max(found.memory, memory(process))

    with server(source, deadline=10) as (port, process):
        began = time.monotonic()
        until = began + seconds
        watch = Thread(target=look)
        watch.start()
        try:
            with ThreadPoolExecutor(clients) as crowd:
                list(crowd.map(client, range(clients)))
        finally:
            done.set()
            watch.join()
        found.seconds = time.monotonic() - began
    return found


def _ask(http: httpx.Client, chance: random.Random, questions: Sequence[str], found: Load) -> None:
    slow = chance.random() < SLOW_SHARE
    began = time.monotonic()
    try:
        answer = http.post("/sparql", data={"query": chance.choice(SLOW if slow else questions)})
        if answer.status_code == httpx.codes.OK:
            answer.json()
    except (httpx.HTTPError, ValueError) as error:
        found.failed[type(error).__name__] += 1
        return
    if answer.status_code == httpx.codes.OK:
        (found.slow if slow else found.quick).append(time.monotonic() - began)
    elif answer.status_code in LIMITS:
        found.limited[LIMITS[answer.status_code]] += 1
        # As the answer asks of every client.
        time.sleep(min(float(answer.headers.get("Retry-After", 1)), 5))
    else:
        found.failed[f"{answer.status_code} {answer.text[:80]}"] += 1


def _times(name: str, times: Sequence[float]) -> str:
    cuts = quantiles(times, n=100, method="inclusive")
    p50, p95, p99 = (f"{cuts[place - 1] * 1000:,.0f}" for place in (50, 95, 99))
    return f"{p50:>10} ms   {name} questions, p50; p95 {p95} ms, p99 {p99} ms ({len(times):,} answers)"


def main() -> int:
    """Ask for as long as was said."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--size", choices=SIZES, default="1M", help="a made-up country of about so many statements")
    where.add_argument("--home", type=Path, help="the home of a store that is there already")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--pages", action="store_true", help="ask as pages do, not of the whole country")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        home = given.home or Path(folder)
        if not given.home:
            stored(home, 1, SIZES[given.size])
        source = snapshot.current(home)
        if source is None:
            raise StoreError(f"There is no store in {home}: run `hjemmel build` with HJEMMEL_HOME={home}.")
        store, chance = Store.open(home), random.Random(1)
        many = [*asked_by_pages()] * DOCUMENTS if given.pages else [(query, ()) for query in catalogue().values()]
        questions = [
            query.sparql(store, {name: [value] for name, value in asked(query, store, chance, narrowed).items()})
            for query, narrowed in many
        ]
        print(f"{len(store.documents()):,} documents, {store.manifest.quads:,} statements; {given.clients} clients")
        found = load(source, questions, clients=given.clients, seconds=given.seconds)
    print("\n".join(found.lines()))
    return 1 if found.failed else 0


if __name__ == "__main__":
    sys.exit(main())
