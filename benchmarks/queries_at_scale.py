"""How long each query of the catalogue takes, in stores of any size, as they are asked: on disk, or in memory if small.

    python -m benchmarks.queries_at_scale HOME… [--query NAME…] [--slower-than MS]

A HOME is a folder with a store; `python -m benchmarks.growth --keep DIR` leaves three. A query is asked with values of
the store for what it must be told, several times over; one that takes very long, once.
"""

import argparse
import random
import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.country.store import asked
from benchmarks.pairs import seconds
from hjemmel.store import Store
from queries import catalogue

SEED = 1
RUNS = 9
LONG = 2.0
"""Seconds; a query that takes longer is asked once."""


def times(store: Store, name: str) -> list[float]:
    """The seconds that a query takes, each time with other values, after one to warm up."""
    chance = random.Random(SEED)
    query = catalogue()[name]

    def taken() -> float:
        values = asked(query, store, chance)
        return seconds(lambda: query.run(store, **values), perf_counter)

    first = taken()
    return [first] if first > LONG else [taken() for _ in range(RUNS)]


def main() -> int:
    """Print a line for each query and store, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path, nargs="+")
    parser.add_argument("--query", nargs="+", default=sorted(catalogue()), metavar="NAME")
    parser.add_argument("--slower-than", type=float, default=0, metavar="MS")
    given = parser.parse_args()
    for home in given.home:
        store = Store.load(home)
        measured = {name: times(store, name) for name in given.query}
        print(f"\n{store.manifest.quads:,} statements    median      p95", flush=True)
        for name, taken in sorted(measured.items(), key=lambda one: -median(one[1])):
            if median(taken) * 1000 >= given.slower_than:
                print(f"{name:<28} {_ms(median(taken))} {_ms(_p95(taken))}", flush=True)
        every = [one for taken in measured.values() for one in taken]
        print(f"{'all ' + str(len(measured)):<28} {_ms(median(every))} {_ms(_p95(every))}", flush=True)
    return 0


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]


def _ms(taken: float) -> str:
    return f"{taken * 1000:>8,.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
