"""How long a revision of one document takes in a large store, and what a whole publication costs beside a bare load.

`python -m benchmarks.revise --sizes 100000 1000000` prints a line for each size. The statements are those of the corpus
over and over, each time about other things, in graphs of their own. `--home DIR…` does the same to stores of a made-up
country (`python -m benchmarks.growth --keep DIR` leaves three), by a whole incremental build: a document is added, then
another one replaced.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import pyoxigraph as ox

from benchmarks.country import country, paper
from benchmarks.pairs import seconds
from hjemmel.build import build, corpus
from hjemmel.publication import publish
from hjemmel.revision import revise
from hjemmel.snapshot import writing
from hjemmel.store import Store
from ingest.document import Document
from ingest.graph import graph

SEED = 1


def statements(known: list[ox.Quad], size: int) -> Iterator[ox.Quad]:
    """So many statements like those that are known."""
    for number in range(size):
        time, place = divmod(number, len(known))
        quad = known[place]
        subject, graph = (
            ox.NamedNode(f"{getattr(node, 'value', '')}/{time}") for node in (quad.subject, quad.graph_name)
        )
        yield ox.Quad(subject, quad.predicate, quad.object, graph)


def bare(quads: list[ox.Quad]) -> float:
    """Seconds of the processor that the engine alone takes to load these quads."""
    with TemporaryDirectory() as folder:
        begin = process_time()
        store = ox.Store(f"{folder}/store")
        store.bulk_extend(quads)
        store.flush()
        del store
        return process_time() - begin


def published(quads: list[ox.Quad]) -> float:
    """Seconds of the processor that a publication of these quads takes."""
    with TemporaryDirectory() as folder, writing(Path(folder)):
        begin = process_time()
        publish(Path(folder), quads)
        return process_time() - begin


def revised(home: Path, graph: str, quads: list[ox.Quad], *, runs: int) -> list[float]:
    """Seconds on the clock of revisions that each change one statement of a graph."""
    seconds = []
    for number in range(runs):
        first = quads[0]
        changed = ox.Quad(first.subject, first.predicate, ox.Literal(f"revision {number}"), first.graph_name)
        begin = perf_counter()
        revise(home, {graph: [*quads[1:], changed]})
        seconds.append(perf_counter() - begin)
    return seconds


def built_upon(home: Path) -> dict[str, float]:
    """Seconds on the clock of builds over a store of a country: with one document more, and with one that changed."""
    here = len(Store.open(home).documents())
    *made, new = (found.document for found in country(SEED, here + 1))
    changed = replace(made[here // 2], title="Another title")
    numbers = {document.id: number for number, document in enumerate([*made, new])}

    def known(document: Document) -> Iterator[ox.Quad]:
        found = paper(SEED, numbers[document.id])
        return graph(replace(found, document=document))

    taken = {}
    for what, documents in {
        "added": [*made, new],
        "replaced": [*made[: here // 2], changed, *made[here // 2 + 1 :], new],
        "removed, and the other as it was": made,
    }.items():
        taken[what] = seconds(
            lambda documents=documents: build(corpus(), home, documents=documents, read=known), perf_counter
        )
    return taken


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--pairs", type=int, default=3, help="publications beside bare loads of the smallest size")
    parser.add_argument(
        "--home", type=Path, nargs="+", default=[], help="stores of a made-up country, and nothing else"
    )
    given = parser.parse_args()
    for home in given.home:
        for what, taken in built_upon(home).items():
            size = Store.open(home).manifest.quads
            print(f"{taken:>10.2f} s    one document {what}, among {size:,} statements", flush=True)
    if given.home:
        sys.exit()
    with TemporaryDirectory() as folder:
        build(corpus(), Path(folder))
        corpus_quads = list(Store.open(Path(folder)).quads())
    some = list(statements(corpus_quads, min(given.sizes)))
    ratios = [published(some) / bare(some) for _ in range(given.pairs)]
    print(
        f"{median(ratios):>10.2f} x    ({min(ratios):.2f}-{max(ratios):.2f})   processor time of a publication of "
        f"{len(some):,} statements, by that of a bare load",
        flush=True,
    )
    del some
    for size in given.sizes:
        with TemporaryDirectory() as folder:
            home = Path(folder)
            with writing(home):
                publish(home, statements(corpus_quads, size))
            name = next(name for name in Store.open(home).manifest.graphs if "/graph/doc/" in name)
            taken = revised(home, name, list(Store.open(home).quads(name)), runs=5)
        least, usual, most = min(taken), median(taken), max(taken)
        print(f"{usual:>10.2f} s    ({least:.2f}-{most:.2f})   revision of one document among {size:,}", flush=True)
