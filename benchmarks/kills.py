"""How often a store survives: builds and revisions are killed (kill -9) at moments spread over all that they do.

`python -m benchmarks.kills --count 200` prints one line for each way of writing.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from hjemmel import snapshot
from hjemmel.store import Store

GRAPH = "https://example.org/graph"
WRITERS = {
    "build": """
import sys
from pathlib import Path
import pyoxigraph as ox
from hjemmel.publication import publish
from hjemmel.snapshot import writing
home, number, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
node = lambda name: ox.NamedNode("https://example.org/" + name)
print("writing", flush=True)
with writing(home):
    publish(home, (
        ox.Quad(node(f"s{row}"), node("p"), ox.Literal(number), node("graph")) for row in range(size)
    ))
""",
    "revision": """
import sys
from pathlib import Path
import pyoxigraph as ox
from hjemmel.revision import revise
home, number, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
node = lambda name: ox.NamedNode("https://example.org/" + name)
print("writing", flush=True)
revise(home, {"https://example.org/graph": (
    ox.Quad(node(f"s{row}"), node("p"), ox.Literal(number), node("graph")) for row in range(size)
)})
""",
}


def survived(home: Path, writer: str, *, count: int, size: int) -> int:
    """Kill a writer so many times; how often what it wrote was published all the same. AssertionError if data is lost.

    The store is one graph in which every statement has the number of the writer: old or new, never both, never less.
    """
    _started("build", home, 0, size).communicate()
    process = _started(writer, home, 1, size)
    began = time.monotonic()
    process.communicate()
    lasts, last, published = time.monotonic() - began, 1, 0
    for kill in range(count):
        process = _started(writer, home, kill + 2, size)
        time.sleep(1.5 * lasts * kill / count)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        number = _number(home, size)
        assert number in (last, kill + 2), f"the store is of writer {number} after {last} and {kill + 2}"
        published += number == kill + 2
        last = number
    _started(writer, home, count + 2, size).communicate()
    assert _number(home, size) == count + 2
    assert len(snapshot.snapshots(home)) <= snapshot.KEPT
    assert not list((home / "snapshots").glob(f"{snapshot.UNFINISHED}*"))
    return published


def _started(writer: str, home: Path, number: int, size: int) -> "subprocess.Popen[str]":
    """A writer that has imported all it needs and begins to write."""
    command = [sys.executable, "-c", WRITERS[writer], str(home), str(number), str(size)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _number(home: Path, size: int) -> int:
    store = Store.open(home)
    rows = store.select("SELECT ?n (COUNT(*) AS ?rows) WHERE { ?s ?p ?n } GROUP BY ?n")
    assert [row["rows"] for row in rows] == [size], f"the store holds {rows}"
    path = snapshot.current(home)
    assert path is not None
    lines = (path / snapshot.part(GRAPH)).read_bytes()
    assert set(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) == set(store.quads()), "the master copy is another"
    return int(str(rows[0]["n"]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="kills of each kind of writer")
    parser.add_argument("--size", type=int, default=5_000, help="statements in the store")
    given = parser.parse_args()
    for kind in WRITERS:
        with TemporaryDirectory() as folder:
            done = survived(Path(folder), kind, count=given.count, size=given.size)
        print(f"{kind:<10} {given.count} kills: 0 stores torn, empty or lost; {done} were published before the kill")
