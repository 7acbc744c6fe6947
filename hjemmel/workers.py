"""Many documents read at once, one on each core, in the order in which they were given."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Union

import pyoxigraph as ox

from hjemmel import erasure, gate, laws

if TYPE_CHECKING:
    from ingest.document import Document
    from ingest.readers.catalogue import Entry

Source = Union["Document", "Entry"]
"""A document, or the entry of a catalogue that tells where its file is."""

Quads = Callable[[], Iterable[ox.Quad]]

PARALLEL_FROM = 1_000_000
"""Characters of text; less is read before other processes have started and loaded the ontology."""

MEMORY = 500_000_000
"""Bytes for each process, which holds the ontology and the longest of its documents: so many start as have room."""

AHEAD = 4
"""So many documents wait for each process, so that none stands idle and the finished ones do not heap up."""


def readings(
    documents: Sequence[Source], home: Path, *, parallel_from: int = PARALLEL_FROM
) -> Generator[tuple[Source, Quads], None, None]:
    """Each document with a function that gives its quads, or raises what went wrong in reading it.

    `home` is where the laws are kept that a document may cite. When there is much text in more than one document,
    several processes read it.
    """
    cores = min(processes(), len(documents))
    if cores < 2 or sum(map(_size, documents)) < parallel_from:
        yield from ((document, partial(_read, home, document)) for document in documents)
    else:
        yield from _in_parallel(documents, home, cores)


def _in_parallel(documents: Iterable[Source], home: Path, cores: int) -> Iterator[tuple[Source, Quads]]:
    # A new interpreter for each process: a fork of one with threads, such as a server, may hang.
    pool = ProcessPoolExecutor(cores, mp_context=get_context("spawn"))
    waiting: deque[tuple[Source, Future[bytes]]] = deque()
    try:
        for document in documents:
            waiting.append((document, pool.submit(_written, home, document)))
            if len(waiting) > cores * AHEAD:
                first, future = waiting.popleft()
                yield first, partial(_result, future)
        while waiting:
            first, future = waiting.popleft()
            yield first, partial(_result, future)
    finally:
        pool.shutdown(cancel_futures=True)


def whole(source: Source) -> "Document":
    """A document with its text, read from its file if need be."""
    from ingest.document import Document
    from ingest.readers.catalogue import document

    return source if isinstance(source, Document) else document(source)


def processes() -> int:
    """How many processes work at once: one on each core, as far as half of the machine's memory has room for them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    room = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2 // MEMORY
    return max(1, min(cores, room))


def serialized(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as they go from one process to another: as text, which is quickest."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def parsed(written: bytes) -> Iterator[ox.Quad]:
    """The quads that another process has written."""
    return iter(ox.parse(written, format=ox.RdfFormat.N_QUADS))


def _read(home: Path, source: Source) -> Iterator[ox.Quad]:
    from ingest import ingest

    listed = erasure.erasure(home)
    document = listed.applied(whole(source))
    return gate.passed(document.id, ingest(document, acts=laws.register(home)), listed)


def _size(source: Source) -> int:
    """About how many characters there are to read."""
    from ingest.document import Document

    return len(source.text) if isinstance(source, Document) else source.path.stat().st_size


def _written(home: Path, document: Source) -> bytes:
    return serialized(_read(home, document))


def _result(future: "Future[bytes]") -> Iterator[ox.Quad]:
    return parsed(future.result())
