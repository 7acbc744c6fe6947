"""How everything grows with the number of documents: reading, building, disk, memory, asking, checking.

    python -m benchmarks.growth [--documents 50 500 5000] [--queries NAME …] [--keep DIR]

Prints one line for each number of documents of a made-up country, the figures of docs/scale.md. Asking is every query
of the catalogue, each several times; on disk as a page of a large store asks, in memory where it has room. One that
takes longer than ten seconds is stopped and counted with that time.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.country import country
from benchmarks.country.store import built
from benchmarks.pairs import seconds, span, table
from benchmarks.queries_at_scale import times
from benchmarks.speed import per_core
from hjemmel.judgement import judged
from hjemmel.store import Store
from hjemmel.subject import Subject
from ingest import read
from queries import catalogue

SEED = 1
RUNS = 5
SAMPLE = 50
LONGEST = 10.0
"""Seconds that a query is waited for."""
HEAD = (
    *("documents", "statements", "reading, words/s", "build", "statements/s", "on disk", "most memory", "open"),
    *("query, median", "query, p95", "slowest query", "check, median"),
)


@dataclass(frozen=True, slots=True)
class Asking:
    """How long the queries of the catalogue take: all of their runs, and the slowest by its median."""

    times: tuple[float, ...]
    slowest: str
    slowest_time: float

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 runs were over."""
        return quantiles(self.times, n=20, method="inclusive")[-1]


def line(home: Path, documents: int, queries: Iterable[str]) -> tuple[str, ...]:
    """Build a country of so many documents, and measure everything about it."""
    texts = [found.document for found in country(SEED, min(documents, SAMPLE))]
    speed = per_core(texts, read, runs=3)
    taken, most = built(home, SEED, documents)
    opening = seconds(lambda: Store.open(home), time.perf_counter)
    store = Store.load(home)
    size = store.manifest.quads
    asking = ask(home, queries)
    return (
        *(f"{documents:,}", f"{size:,}", f"{speed:,.0f}", span(taken), f"{size / taken:,.0f}"),
        *(f"{disk(home) / 1e6:,.0f} MB", f"{most:,.0f} MB", span(opening)),
        *(span(median(asking.times)), span(asking.p95), f"{asking.slowest} {span(asking.slowest_time)}"),
        span(median(checks(store))),
    )


def ask(home: Path, queries: Iterable[str]) -> Asking:
    """Ask these queries of the catalogue, each several times after once to warm up; none longer than the longest."""
    taken = {name: times(home, name, LONGEST) for name in queries}
    slowest = max(taken, key=lambda name: median(taken[name]))
    return Asking(tuple(one for some in taken.values() for one in some), slowest, median(taken[slowest]))


def checks(store: Store) -> Iterator[float]:
    """The seconds that it takes to judge each of a few agreements, from their graph in the store to the findings."""
    agreements = [iri for name, iri in store.documents().items() if "-samarbeidsavtale-" in name]
    for iri in agreements[:RUNS]:
        yield seconds(_check(store, iri), time.perf_counter)


def disk(home: Path) -> int:
    """Bytes of the files of a home, each counted once however many names it has."""
    files = {(found.st_dev, found.st_ino): found.st_size for found in (path.stat() for path in home.rglob("*"))}
    return sum(files.values())


def _check(store: Store, iri: str) -> Callable[[], object]:
    return lambda: judged(Subject(store, iri), as_of=date(2025, 1, 1))


def main() -> int:
    """Measure each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument(
        "--keep", type=Path, help="a folder to keep the stores in, each named by its number of documents"
    )
    parser.add_argument(
        "--queries", nargs="+", metavar="NAME", choices=sorted(catalogue()), default=sorted(catalogue())
    )
    given = parser.parse_args()
    lines = []
    for documents in given.documents:
        with TemporaryDirectory() as folder:
            home = given.keep / str(documents) if given.keep else Path(folder)
            lines.append(line(home, documents, given.queries))
        print(*(f"{name}: {value}" for name, value in zip(HEAD, lines[-1], strict=True)), sep="; ", flush=True)
    print(f"\n{table(HEAD, lines)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
