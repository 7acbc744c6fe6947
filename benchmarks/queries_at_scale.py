"""How long each query of the catalogue takes, in stores of any size, as they are asked: on disk, or in memory if small.

    python -m benchmarks.queries_at_scale HOME… [--pages] [--query NAME…] [--slower-than MS]

A HOME is a folder with a store; `python -m benchmarks.growth --keep DIR` leaves three. A query is asked with values of
the store for what it must be told, several times over, by a process of its own. One that takes longer than `--longest`
seconds is stopped, and counted with that time. --pages asks only for what a page shows at once of one document, one
provision, or one requirement of one region, each beside the aim; exit code 1 if one does not reach it.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.country.store import agreement, asked
from benchmarks.pairs import seconds
from hjemmel.assessment import decided
from hjemmel.committees import committees
from hjemmel.overview import notes
from hjemmel.review import candidates
from hjemmel.review.findings import claim_states, finding_reviews
from hjemmel.store import Store
from hjemmel.subject import Subject
from queries import Query, catalogue

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Ask = Callable[[Store, random.Random], object]

SEED = 1
RUNS = 9
AIM = 0.15
"""Seconds, for nineteen of twenty times that a page asks, at ten million statements on disk."""

# What a page asks of one document besides the queries of the catalogue that take one.
OF_A_DOCUMENT: Mapping[str, Callable[[Store, str], object]] = {
    "what is left to fill in": notes,
    "committees": committees,
    "its statements": lambda store, document: list(store.own_quads(document)),
    "decisions on it": lambda store, document: list(decided(Subject(store, document), store)),
    "reviews of its findings": finding_reviews,
    "reviews of its claims": claim_states,
    "what to review": lambda store, document: candidates(store, document.rpartition("/")[2]),
    "found by its name": lambda store, document: store.document_iri(document.rpartition("/")[2]),
}


def catalogued() -> dict[str, Ask]:
    """Every query of the catalogue, with what it must be told."""
    return {name: partial(_run, query, ()) for name, query in catalogue().items()}


def pages() -> dict[str, Ask]:
    """What the pages show at once, by what it is about."""
    of_queries: dict[str, Ask] = {
        ", ".join((query.name, *narrowed)): partial(_run, query, narrowed) for query, narrowed in asked_by_pages()
    }
    return of_queries | {f"{name}, document": partial(_of_a_document, ask) for name, ask in OF_A_DOCUMENT.items()}


def asked_by_pages() -> Iterator[tuple[Query, tuple[str, ...]]]:
    """The queries that a page runs at once, with what they are narrowed to."""
    for query in catalogue().values():
        kinds = {parameter.kind for parameter in query.parameters.values()}
        if query.answered_by == "similar":
            continue  # of one clause, but it looks at those of every agreement
        if "document" in kinds:
            yield query, ("document",)
        if "region" in kinds and kinds & {"requirement", "provision"}:
            yield query, ("region",)
        if not kinds & {"document", "region"} and kinds & {"requirement", "provision"}:
            yield query, ()


def times(home: Path, name: str, longest: float) -> list[float]:
    """The seconds that it takes to ask for something, each time with other values, after one to warm up.

    It is asked less often if it takes long.
    """
    fresh = get_context("spawn")
    here, there = fresh.Pipe()
    child = fresh.Process(target=_ask, args=(home, name, there))
    child.start()
    here.recv()  # the store is open
    taken: list[float] = []
    while len(taken) < RUNS and (len(taken) < 2 or sum(taken) < longest) and here.poll(longest):
        taken.append(here.recv())
    child.kill()
    child.join()
    return taken[1:] or [longest]


def _ask(home: Path, name: str, told: "Connection") -> None:
    store, ask, chance = Store.load(home), (catalogued() | pages())[name], random.Random(SEED)
    told.send(0.0)
    for _ in range(RUNS):
        told.send(seconds(lambda: ask(store, chance), perf_counter))


def _run(query: Query, narrowed: tuple[str, ...], store: Store, chance: random.Random) -> object:
    return query.run(store, **asked(query, store, chance, narrowed))


def _of_a_document(ask: Callable[[Store, str], object], store: Store, chance: random.Random) -> object:
    return ask(store, agreement(store, chance))


def main() -> int:
    """Print a line for each query and store, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path, nargs="+")
    parser.add_argument("--pages", action="store_true", help="only what a page shows at once")
    parser.add_argument("--query", nargs="+", metavar="NAME", choices=sorted(catalogued() | pages()))
    parser.add_argument("--slower-than", type=float, default=0, metavar="MS")
    parser.add_argument("--longest", type=float, default=10, metavar="SECONDS")
    given = parser.parse_args()
    names = given.query or sorted(pages() if given.pages else catalogued())
    late = 0
    for home in given.home:
        measured = {name: times(home, name, given.longest) for name in names}
        print(f"\n{Store.open(home).manifest.quads:,} statements    median      p95", flush=True)
        for name, taken in sorted(measured.items(), key=lambda one: -median(one[1])):
            if median(taken) * 1000 >= given.slower_than:
                missed = " over the aim" if given.pages and _p95(taken) > AIM else ""
                print(f"{name:<40} {_ms(median(taken))} {_ms(_p95(taken))}{missed}", flush=True)
        every = [one for taken in measured.values() for one in taken]
        print(f"{'all ' + str(len(measured)):<40} {_ms(median(every))} {_ms(_p95(every))}", flush=True)
        late += sum(_p95(taken) > AIM for taken in measured.values())
    if given.pages:
        print(f"\n{late} of {len(names) * len(given.home)} over the aim of {_ms(AIM).strip()} (p95)")
    return 1 if given.pages and late else 0


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]


def _ms(taken: float) -> str:
    return f"{taken * 1000:>8,.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
