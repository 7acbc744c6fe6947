"""Write a made-up country: the graph that its documents should become and, if asked, the documents as text.

    python -m benchmarks.country --seed 1 --size 100k --out DIR [--text]

DIR/graph.nq has the statements of the documents (those of the ontology are not in it). With --text there are also a
text for each document and a catalogue.toml, for `hjemmel build --corpus DIR`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from benchmarks.country import SIZES, country
from ingest.document import Document
from ingest.graph import graph
from ingest.page import ACTORS
from ingest.quads import node
from ingest.readers.catalogue import NAME
from ingest.reading import Reading

SHARED = {ACTORS, node("graph/law")}


def main() -> int:
    """Write what was asked for, and say how much it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", choices=SIZES, default="100k", help="about so many statements")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--text", action="store_true", help="write the documents as text, too")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    readings: Iterable[Reading] = country(given.seed, SIZES[given.size])
    if given.text:
        readings = written(readings, given.out)
    count = write(readings, given.out / "graph.nq")
    print(f"{SIZES[given.size]:,} documents, {count:,} statements in {given.out / 'graph.nq'}")
    return 0


def write(readings: Iterable[Reading], path: Path) -> int:
    """Write the graph of the readings, and count its statements; what many documents state stands there once."""
    shared: set[ox.Quad] = set()
    count = 0
    with path.open("wb") as file:
        for reading in readings:
            fresh = []
            for quad in dict.fromkeys(graph(reading)):
                if quad.graph_name in SHARED:
                    if quad in shared:
                        continue
                    shared.add(quad)
                fresh.append(quad)
            count += len(fresh)
            ox.serialize(fresh, file, ox.RdfFormat.N_QUADS)
    return count


def written(readings: Iterable[Reading], folder: Path) -> Iterator[Reading]:
    """The same readings; on the way each text is written to the folder, and entered in its catalogue."""
    with (folder / NAME).open("w", encoding="utf-8") as catalogue:
        for reading in readings:
            document = reading.document
            content = document.text.encode()
            (folder / f"{document.id}.txt").write_bytes(content)
            catalogue.write(_entry(document, sha256(content).hexdigest()))
            yield reading


def _entry(document: Document, digest: str) -> str:
    words = {
        "id": document.id,
        "file": f"{document.id}.txt",
        "title": document.title,
        "kind": document.kind,
        "language": document.language,
        "status": document.status,
        "region": document.region,
        "sha256": digest,
    }
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in words.items() if value]
    return "\n".join(["[[document]]", *lines, f"made_on = {document.made_on}\n\n"])


if __name__ == "__main__":
    sys.exit(main())
