"""How long each query of the catalogue takes, in stores of any size, as they are asked: on disk, or in memory if small.

    python -m benchmarks.queries_at_scale HOME… [--query NAME…] [--slower-than MS]

A HOME is a folder with a store; `python -m benchmarks.growth --keep DIR` leaves three. A query is asked with values of
the store for what it must be told, several times over, by a process of its own. One that takes longer than `--longest`
seconds is stopped, and counted with that time.
"""

import argparse
import random
import sys
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.country.store import asked
from benchmarks.pairs import seconds
from hjemmel.store import Store
from queries import catalogue

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

SEED = 1
RUNS = 9


def times(home: Path, name: str, longest: float) -> list[float]:
    """The seconds that a query takes, each time with other values, after one to warm up."""
    fresh = get_context("spawn")
    here, there = fresh.Pipe()
    child = fresh.Process(target=_ask, args=(home, name, there))
    child.start()
    here.recv()  # the store is open
    taken: list[float] = []
    while len(taken) < RUNS and here.poll(longest):
        taken.append(here.recv())
    child.kill()
    child.join()
    return taken[1:] or [longest]


def _ask(home: Path, name: str, told: "Connection") -> None:
    store, query, chance = Store.load(home), catalogue()[name], random.Random(SEED)
    told.send(0.0)
    for _ in range(RUNS):
        values = asked(query, store, chance)
        told.send(seconds(lambda values=values: query.run(store, **values), perf_counter))


def main() -> int:
    """Print a line for each query and store, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path, nargs="+")
    parser.add_argument("--query", nargs="+", default=sorted(catalogue()), metavar="NAME")
    parser.add_argument("--slower-than", type=float, default=0, metavar="MS")
    parser.add_argument("--longest", type=float, default=10, metavar="SECONDS")
    given = parser.parse_args()
    for home in given.home:
        measured = {name: times(home, name, given.longest) for name in given.query}
        print(f"\n{Store.open(home).manifest.quads:,} statements    median      p95", flush=True)
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
