"""Ours beside what a user would pick instead, in the same run: ratios with their spread.

    python -m benchmarks.peers [--documents 50] [--runs 5] [--longest 5] [--write]

The documents are those of a made-up country. With --write the tables are kept in benchmarks/results.md. Exit code 1
if a floor does not hold.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox
from rdflib import Graph, URIRef

from benchmarks.country import country
from benchmarks.country import quads as stated
from benchmarks.country.store import asked, built, stored
from benchmarks.pairs import HEAD, Pairs, figure, paired, paired_with_limit, table
from benchmarks.speed import forget, tokeniser
from hjemmel import publication
from hjemmel.build import corpus
from hjemmel.judgement import Judgement, judged
from hjemmel.store import Store, rdflib_graph
from hjemmel.subject import Subject
from ingest import Document, read
from ingest.readers.catalogue import documents
from queries import Query, catalogue
from shapes import rules
from shapes.agreement import Agreement
from shapes.engine import Engine, Violation, report
from shapes.view import view

SEED = 1
RESULTS = Path(__file__).parent / "results.md"
LIBRARIES = ("hjemmel", "pyoxigraph", "rdflib", "oxrdflib", "pyshacl", "spacy")
GROWTH = 10
FLOORS = {
    "reading": 0.35,
    "building": 1 / 1.5,
    "hand-written": 1 / 1.3,
    "rdflib": 8.0,
    "pySHACL": 10.0,
    "growth": GROWTH / 11,
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What everything is measured on: the store of a country, and how often and how long each is measured."""

    documents: int
    home: Path
    runs: int
    longest: float

    @property
    def store(self) -> Store:
        """The store in memory."""
        return Store.load(self.home)


def reading(bench: Bench) -> Iterator[Pairs]:
    """Reading everything a text says, beside cutting it into words: real documents, and made-up ones of few words.

    (The tokeniser remembers each word it has met.)
    """
    cut = tokeniser()
    for what, texts in (
        ("the corpus", [*documents(corpus())]),
        ("made-up agreements", [found.document for found in country(SEED, min(bench.documents, 20))]),
    ):
        yield paired(
            *(f"reading {what}", "spaCy's bare tokeniser", partial(_each, read, texts), partial(_each, cut, texts)),
            runs=bench.runs,
            least=FLOORS["reading"],
        )


def _each(work: Callable[[Document], object], texts: Sequence[Document]) -> None:
    forget()
    for text in texts:
        work(text)


def building(bench: Bench) -> Pairs:
    """A snapshot of quads, with its master copy and checked, beside a bare bulk load of the same quads."""
    quads = list(bench.store.quads())

    def ours() -> None:
        with TemporaryDirectory() as folder:
            publication.publish(Path(folder), quads)

    def theirs() -> None:
        with TemporaryDirectory() as folder:
            store = ox.Store(folder)
            store.bulk_extend(quads)
            store.flush()

    return paired(
        *("building", "a bare bulk load", ours, theirs),
        runs=bench.runs,
        clock=time.perf_counter,
        least=FLOORS["building"],
    )


def growth(bench: Bench) -> Iterator[Pairs]:
    """Ten times the documents, beside ten times the time of a tenth of them."""
    few, many = max(1, bench.documents // GROWTH), max(1, bench.documents // GROWTH) * GROWTH
    texts = [found.document for found in country(SEED, many)]
    words = sum(len(text.text.split()) for text in texts) / sum(len(text.text.split()) for text in texts[:few])
    yield _growth(
        "reading", lambda: [read(text) for text in texts], lambda: [read(text) for text in texts[:few]], words
    )

    def build(count: int) -> None:
        with TemporaryDirectory() as folder:
            stored(Path(folder), SEED, count)

    quads = sum(1 for _ in stated(SEED, many)) / sum(1 for _ in stated(SEED, few))
    yield _growth("building", lambda: build(many), lambda: build(few), quads)


def _growth(what: str, many: Callable[[], object], few: Callable[[], object], times: float) -> Pairs:
    found = paired(
        f"{what} {figure(times)} times as much", f"{figure(times)} times the time of a tenth", many, few, runs=3
    )
    return replace(found, theirs=tuple(one * times for one in found.theirs), least=FLOORS["growth"])


def checks(bench: Bench) -> Iterator[Pairs]:
    """The rules over agreements, beside pySHACL with the same shapes over the same view of them; and whole checks.

    A whole check finds the evidence and tells the law of the day, too: there only the engine of the rules is another.
    """
    store = bench.store
    names = [iri for name, iri in store.documents().items() if "-samarbeidsavtale-" in name][:3]
    views = [view(Agreement(store.graph(iri), URIRef(iri))) for iri in names]

    def reports(engine: Engine) -> list[set[Violation]]:
        return [{*report(one, rules(), engine=engine).violations} for one in views]

    def judgements(engine: Engine) -> list[Judgement]:
        return [judged(Subject(store, iri), as_of=date(2025, 1, 1), engine=engine) for iri in names]

    for what, work, least in (
        (f"checking {len(names)} agreements, the rules alone", reports, FLOORS["pySHACL"]),
        (f"checking {len(names)} agreements, with all evidence", judgements, None),
    ):
        ours, theirs = partial(work, "compiled"), partial(work, "pyshacl")
        if ours() != theirs():
            raise RuntimeError(f"{what}: pySHACL finds something else")
        yield paired(what, "pySHACL on rdflib", ours, theirs, runs=bench.runs, least=least)


@dataclass(frozen=True, slots=True)
class Engines:
    """The same quads in ours and in every peer."""

    store: Store
    bare: ox.Store
    bridged: Graph
    memory: Graph

    @classmethod
    def of(cls, store: Store) -> "Engines":
        """Everything a store holds, loaded by each."""
        bare, bridged, memory = ox.Store(), Graph(store="Oxigraph"), rdflib_graph(store.quads())
        bare.bulk_extend(store.quads())
        bridged += memory
        return cls(store, bare, bridged, memory)


def queries(bench: Bench, names: Iterable[str]) -> Iterator[Pairs]:
    """Each query of the catalogue, beside the best we can write on the bare engine, oxrdflib, and rdflib in memory."""
    engines, chance = Engines.of(bench.store), random.Random(SEED)
    for name in names:
        query = catalogue()[name]
        values = asked(query, engines.store, chance)
        yield _bare(bench, query, values, engines)
        yield _over_rdflib(bench, query, values, engines, "oxrdflib")
        yield _over_rdflib(bench, query, values, engines, "rdflib")


def _bare(bench: Bench, query: Query, values: Mapping[str, str], engines: Engines) -> Pairs:
    """The best of the query's own words and what we wrote by hand, which must have as many rows."""
    known: Any = {name: (query.parameters[name].term(value),) for name, value in values.items()}

    def ours() -> int:
        return len(query.run(engines.store, **values))

    def theirs(text: str) -> int:
        found: Any = engines.bare.query(text, use_default_graph_as_union=True)
        return sum(1 for row in found for _ in row) // max(1, len(found.variables))

    texts = [engines.store.written(text, known) for text in (query.text, *_by_hand(query.name))]
    if len({ours(), *map(theirs, texts)}) > 1:
        raise RuntimeError(f"{query.name}: what was written by hand has other rows")
    tried = [
        paired(
            *(query.name, "bare pyoxigraph", ours, partial(theirs, text)),
            runs=bench.runs,
            least=FLOORS["hand-written"],
        )
        for text in texts
    ]
    return min(tried, key=lambda pairs: median(pairs.theirs))


def _over_rdflib(bench: Bench, query: Query, values: Mapping[str, str], engines: Engines, peer: str) -> Pairs:
    graph = engines.memory if peer == "rdflib" else engines.bridged
    text = query.sparql(engines.store, {name: [value] for name, value in values.items()})
    return paired_with_limit(
        *(query.name, peer),
        lambda: len(query.run(engines.store, **values)),
        lambda: len(list(graph.query(text))),
        longest=bench.longest,
        least=FLOORS.get(peer),
    )


def _by_hand(name: str) -> Iterator[str]:
    """What we could write for the bare engine alone, with what only it understands."""
    path = files("benchmarks").joinpath("hand", f"{name}.rq")
    if path.is_file():
        yield path.read_text(encoding="utf-8")


def summary(found: Sequence[Pairs]) -> Iterator[Pairs]:
    """All queries of one peer as one line: the medians of the medians, and the ratio of each query as its spread."""
    for peer in dict.fromkeys(pairs.peer.partition(",")[0] for pairs in found):
        these = [pairs for pairs in found if pairs.peer.partition(",")[0] == peer]
        yield Pairs(
            *(f"asking, {len(these)} queries", peer),
            tuple(median(pairs.ours) for pairs in these),
            tuple(median(pairs.theirs) for pairs in these),
            these[0].least,
        )


def machine() -> str:
    """The class of this machine: never which one."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, Python {sys.version.split()[0]} on {sys.platform}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything, print it, and keep it if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50, help="how many documents the country has")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--longest", type=float, default=5.0, help="seconds that a peer may take for one query")
    parser.add_argument("--queries", nargs="*", choices=list(catalogue()), metavar="NAME", help="only these")
    parser.add_argument("--write", action="store_true", help=f"keep the tables in {RESULTS.name}")
    given = parser.parse_args(arguments)
    names = given.queries if given.queries is not None else list(catalogue())
    with TemporaryDirectory() as folder:
        _, most = built(Path(folder), SEED, given.documents)
        bench = Bench(given.documents, Path(folder), given.runs, given.longest)
        statements = bench.store.manifest.quads
        asking = list(queries(bench, names))
        lines = [*reading(bench), building(bench), *checks(bench), *summary(asking), *growth(bench)]
    told = "\n".join(
        [
            f"{given.documents:,} documents, {statements:,} statements; {date.today()}; {machine()};",
            f"{', '.join(f'{name} {version(name)}' for name in LIBRARIES)}.",
            f"A build of them took {most:,.0f} MB at most.",
            "",
            table(HEAD, [pairs.row() for pairs in lines]),
            "",
            table(HEAD, [pairs.row() for pairs in asking]),
        ]
    )
    print(told)
    if given.write:
        RESULTS.write_text(
            f"# Ours beside the peers\n\n`python -m benchmarks.peers --write` wrote this.\n\n{told}\n", encoding="utf-8"
        )
    return 0 if all(pairs.held for pairs in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
