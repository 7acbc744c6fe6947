"""A store moved to a second SPARQL server on this machine: what sending it takes, and what asking it there costs.

    python -m benchmarks.elsewhere HOME

HOME is a folder with a store (`python -m benchmarks.growth --keep DIR` leaves three). The server is Oxigraph's own, in
a process of its own with its tables on disk. Every query of the catalogue is asked here and there in turn, of one
process; the rows must be the same.
"""

import argparse
import os
import random
import shutil
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from benchmarks.country.store import asked
from benchmarks.pairs import seconds, span, table
from benchmarks.serving import second_server
from hjemmel import mirror, snapshot
from hjemmel.revision import revise
from hjemmel.store import Row, Store
from queries import Query, catalogue

SEED = 1
RUNS = 5
LONGEST = 5.0
"""Seconds here, beyond which a query is asked once and no more."""
NOTE = "https://example.org/note"

Times = tuple[float, float]


def moved(home: Path, address: str) -> dict[str, float]:
    """The seconds that it takes to send everything, nothing, and what one more statement makes of one graph."""
    os.environ |= {"HJEMMEL_STORE": f"{address}/query", "HJEMMEL_STORE_UPDATE": f"{address}/update"}
    taken = {name: seconds(lambda: mirror.follow(home), time.perf_counter) for name in ("everything", "nothing new")}
    del os.environ["HJEMMEL_STORE"]
    store = Store.open(home)
    graph = next(name for name in store.manifest.graphs if "/graph/doc/" in name)
    stated = list(store.quads(graph))
    more = ox.Quad(stated[0].subject, ox.NamedNode(NOTE), ox.Literal("one more"), ox.NamedNode(graph))
    taken["revising one document here"] = seconds(lambda: revise(home, {graph: [*stated, more]}), time.perf_counter)
    os.environ["HJEMMEL_STORE"] = f"{address}/query"
    taken["sending it"] = seconds(lambda: mirror.follow(home), time.perf_counter)
    return taken


def both(query: Query, here: Store, there: Store, chance: random.Random) -> list[Times]:
    """The seconds that a query takes here and there, in turn, with other values each time; the rows are the same."""
    found: list[Times] = []
    while len(found) <= RUNS:
        values = asked(query, here, chance)
        ours, rows = timed(query, here, values)
        theirs, others = timed(query, there, values)
        if rows != others:
            raise AssertionError(f"{query.name} has other rows there, asked with {values}")
        found.append((ours, theirs))
        if ours > LONGEST:
            return found
    return found[1:]


def timed(query: Query, store: Store, values: dict[str, str]) -> tuple[float, list[Row]]:
    """The seconds that a query takes, and its rows."""
    began = time.perf_counter()
    rows = query.run(store, **values)
    return time.perf_counter() - began, rows


def main() -> int:
    """Send the store, ask it, and print what both took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        # A copy, since the record of what was sent is kept beside the store, and a document is revised.
        home = Path(folder) / "home"
        shutil.copytree(given.home, home, ignore=shutil.ignore_patterns(mirror.RECORD))
        with second_server(Path(folder) / "elsewhere") as address:
            path = snapshot.current(home)
            assert path is not None
            size = snapshot.manifest(path).quads
            for name, taken in moved(home, address).items():
                print(f"{span(taken):>10}   {name}, of {size:,} statements", flush=True)
            there, chance = Store.load(), random.Random(SEED)
            here = Store.open(home)
            asking = {query.name: both(query, here, there, chance) for query in catalogue().values()}
    lines = [
        (name, span(median(ours for ours, _ in some)), span(median(theirs for _, theirs in some)), _times(some))
        for name, some in sorted(asking.items(), key=lambda one: -median(theirs for _, theirs in one[1]))
    ]
    print(table(("query", "here", "there", "times as long"), lines))
    every = [one for some in asking.values() for one in some]
    for name, times in (("here", [ours for ours, _ in every]), ("there", [theirs for _, theirs in every])):
        print(f"{name}: median {span(median(times))}, p95 {span(quantiles(times, n=20, method='inclusive')[-1])}")
    print(f"times as long there, median: {_times(every)}")
    return 0


def _times(some: list[Times]) -> str:
    return f"{median(theirs / ours for ours, theirs in some):.2f}"


if __name__ == "__main__":
    sys.exit(main())
