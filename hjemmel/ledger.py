"""The ledger of a snapshot: which document stated what, so that one can be read again without the others.

    SNAPSHOT/shared/DIGEST.nq.gz   what a document states in the graphs that many state things in: the law, the actors
    SNAPSHOT/shared/count.gz       each of these statements once, after the number of documents that state it

A document is named by the digest of its identifier. The files are compressed: they are read when a document changes.
"""

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from hjemmel.snapshot import Manifest, Reading, StoreError

FOLDER = "shared"
COUNT = f"{FOLDER}/count.gz"


class Ledger:
    """What each document stated; entered when it is read, struck out when it is gone or read anew."""

    def __init__(self, shared: Iterable[ox.NamedNode]) -> None:
        self.readings: dict[str, Reading] = {}
        self._shared = frozenset(shared)
        self._owners: dict[str, str] = {}
        self._base: Path | None = None
        self._new: dict[str, bytes] = {}
        self._gone: set[str] = set()
        self._count: Counter[bytes] = Counter()
        self._changed: set[bytes] = set()

    @classmethod
    def of(cls, snapshot: Path, manifest: Manifest, *, shared: Iterable[ox.NamedNode]) -> Self:
        """The ledger of a snapshot."""
        found = cls(shared)
        found._base = snapshot
        found.readings = dict(manifest.readings)
        found._owners = {graph: name for name, reading in found.readings.items() for graph in reading.graphs}
        for line in gzip.decompress((snapshot / COUNT).read_bytes()).splitlines(keepends=True):
            count, _, statement = line.partition(b"\t")
            found._count[statement] = int(count)
        return found

    def enter(self, document: str, digest: str, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """The quads that are a document's own; what it states of the law and the actors is set aside."""
        if document in self.readings:
            raise StoreError(f"There are two documents {document}: give each an identifier of its own.")
        own: dict[str, None] = {}
        aside: set[bytes] = set()
        for quad in quads:
            if quad.graph_name in self._shared:
                aside.add(f"{quad} .\n".encode())
                continue
            graph = getattr(quad.graph_name, "value", "")
            if graph not in own:
                own[graph] = None
                if (other := self._owners.setdefault(graph, document)) != document:
                    raise StoreError(f"{document} and {other} are the same document to the graph: rename one of them.")
            yield quad
        self.readings[document] = Reading(digest, tuple(sorted(own)))
        self._new[document] = gzip.compress(b"".join(sorted(aside)), mtime=0)
        self._tally(aside, 1)

    def strike(self, document: str) -> tuple[str, ...]:
        """Forget what a document stated; the graphs that were its own."""
        assert self._base is not None
        graphs = self.readings.pop(document).graphs
        for graph in graphs:
            del self._owners[graph]
        written = gzip.decompress((self._base / _file(document)).read_bytes())
        self._tally(written.splitlines(keepends=True), -1)
        self._gone.add(document)
        return graphs

    def changed(self, graph: ox.NamedNode) -> bool:
        """Whether the documents together state other things in a shared graph than they did."""
        end = f" {graph} .\n".encode()
        return any(line.endswith(end) for line in self._changed)

    def shared(self, graph: ox.NamedNode) -> Iterable[ox.Quad]:
        """What the documents together state in a shared graph, in an order that is always the same."""
        end = f" {graph} .\n".encode()
        written = b"".join(sorted(line for line in self._count if line.endswith(end)))
        return ox.parse(written, format=ox.RdfFormat.N_QUADS, lenient=True)

    def write(self, folder: Path, manifest: Manifest) -> Manifest:
        """Write the ledger into a snapshot; the manifest with the readings."""
        (folder / FOLDER).mkdir(exist_ok=True)
        count = b"".join(b"%d\t%s" % (number, line) for line, number in sorted(self._count.items()))
        written = {_file(name): content for name, content in self._new.items()}
        if self._new or self._gone:
            written[COUNT] = gzip.compress(count, mtime=0)
        old = {_file(name) for name in self._gone} | written.keys()
        for name in old:
            # Never written over: the files of the snapshot before are these very ones.
            (folder / name).unlink(missing_ok=True)
        for name, content in written.items():
            (folder / name).write_bytes(content)
        files = {name: digest for name, digest in manifest.files.items() if name not in old}
        return replace(manifest, readings=dict(sorted(self.readings.items())), files=files)

    def _tally(self, statements: Iterable[bytes], step: int) -> None:
        for line in statements:
            before = self._count[line]
            self._count[line] = before + step
            if not before or not before + step:
                self._changed ^= {line}
            if not before + step:
                del self._count[line]


def _file(document: str) -> str:
    return f"{FOLDER}/{sha256(document.encode()).hexdigest()[:32]}.nq.gz"
