"""A store of a made-up country, built as any other, but from what its documents are known to state."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import pyoxigraph as ox

from benchmarks.country import country, paper
from hjemmel.build import build, corpus
from hjemmel.snapshot import Manifest, Progress
from hjemmel.store import ID, Store
from ingest.document import Document
from ingest.graph import graph
from queries import Query

REGIONS = ("agder", "ahus", "innlandet", "sor-trondelag", "vestfold")


def stored(home: Path, seed: int, documents: int, *, progress: Progress = lambda *_: None) -> Manifest:
    """Build a store of so many documents without reading their texts."""
    made = tuple(reading.document for reading in country(seed, documents))
    numbers = {document.id: number for number, document in enumerate(made)}

    def known(document: Document) -> Iterator[ox.Quad]:
        return graph(paper(seed, numbers[document.id]))

    return build(corpus(), home, documents=made, read=known, progress=progress)


BUILD = (
    "import sys; from pathlib import Path; from benchmarks.country.store import stored\n"
    "stored(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))"
)


def built(home: Path, seed: int, documents: int) -> tuple[float, float]:
    """The same in a process of its own: the seconds that it took, and the most memory in MB."""
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", BUILD, str(home), str(seed), str(documents)])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"the build of {documents} documents ended with {child.returncode}")
    return time.perf_counter() - began, used.ru_maxrss / 1e3


def asked(query: Query, store: Store, chance: random.Random, narrowed: Collection[str] = ()) -> dict[str, str]:
    """Values for what a query must be told: of the store where its examples are not in it, else the examples.

    It is told, besides, one of each kind of parameter that it is narrowed to, a document or a region.
    """
    values = {}
    for name, parameter in query.parameters.items():
        if parameter.kind == "region" and parameter.kind in narrowed:
            values[name] = f"{ID}helsefellesskap/{chance.choice(REGIONS)}"
        elif not parameter.optional or parameter.kind in narrowed:
            values[name] = agreement(store, chance) if parameter.kind == "document" else parameter.example
    return values


def agreement(store: Store, chance: random.Random) -> str:
    """An agreement of the store."""
    return f"{ID}doc/{chance.choice([name for name in store.manifest.documents if 'avtale' in name])}"
