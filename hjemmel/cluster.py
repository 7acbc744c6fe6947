"""Documents read on a Dask cluster: the same function for each of them, and the quads in the order they were given.

What goes to the cluster is the stored text of a document and what its catalogue says of it, with the register of acts.
A worker that dies costs only its time: its documents are read again by another.
"""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from hjemmel import erasure, gate, ground, laws
from hjemmel.snapshot import StoreError
from hjemmel.workers import AHEAD, Quads, Source, parsed, serialized, whole

if TYPE_CHECKING:
    from ingest.citations.acts import Acts
    from ingest.document import Document

PATIENCE = 60.0
"""Seconds without any worker before a build gives up."""

CONNECT = 10.0
"""Seconds for a scheduler to answer."""

LOOK = 1.0
"""Seconds between two looks at whether there still are workers."""


class ClusterError(StoreError):
    """The cluster cannot read the documents; the store is as it was."""


def readings(
    documents: Sequence[Source], home: Path, address: str, *, patience: float = PATIENCE
) -> Generator[tuple[Source, Quads], None, None]:
    """As `workers.readings`, by the workers of the Dask scheduler at an address such as "tcp://127.0.0.1:8786"."""
    client = _client(address, patience)
    listed, known = erasure.erasure(home), ground.code()
    waiting: deque[tuple[Source, Quads]] = deque()
    try:
        # A task and not scattered data: it is done again when the worker that has it dies.
        acts = client.submit(_same, laws.register(home), pure=False)
        for source in documents:
            document = listed.applied(whole(source))
            future = client.submit(_written, document, acts, known, pure=False)

            def quads(name: str = document.id, future: Any = future) -> Iterator[ox.Quad]:
                return gate.passed(name, parsed(_result(client, future, address, patience)), listed)

            waiting.append((source, quads))
            if len(waiting) > AHEAD * max(1, sum(client.nthreads().values())):
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        waiting.clear()
        client.close()


def _client(address: str, patience: float) -> Any:
    distributed = _distributed()
    try:
        client = distributed.Client(address, timeout=min(CONNECT, patience))
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"There is no Dask scheduler at {address}: start one with `dask scheduler`, and workers with "
            "`dask worker ADDRESS`."
        ) from error
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError as error:
        client.close()
        raise _deserted(address, patience) from error
    return client


def _result(client: Any, future: Any, address: str, patience: float) -> bytes:
    """What a worker has written, however many workers came and went meanwhile."""
    seen = monotonic()
    try:
        while not future.done():
            if client.nthreads():
                seen = monotonic()
            elif monotonic() - seen > patience:
                raise _deserted(address, patience)
            _wait(future)
        written: bytes = future.result()
    except (OSError, CancelledError) as error:
        raise ClusterError(
            f"The Dask scheduler at {address} is gone: start it again. The store is as it was."
        ) from error
    return written


def _wait(future: Any) -> None:
    with suppress(TimeoutError):
        _distributed().wait(future, timeout=LOOK)


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError:
        raise ClusterError(
            "--dask needs the package distributed: install it with `pip install 'hjemmel[dask]'`."
        ) from None


def _deserted(address: str, patience: float) -> ClusterError:
    return ClusterError(
        f"The Dask scheduler at {address} has had no worker for {patience:.0f} seconds: start some with "
        f"`dask worker {address}`. The store is as it was."
    )


def _written(document: "Document", acts: "Acts | None", known: str) -> bytes:
    """What runs on a worker: the quads of a document, read by the same words and code as here."""
    from ingest import ingest

    if _code() != known:
        raise ClusterError(
            "A worker of the cluster has another version of Hjemmel, its libraries or its ontology than this machine: "
            "install the same everywhere. The store is as it was."
        )
    return serialized(ingest(document, acts=acts))


@cache
def _code() -> str:
    return ground.code()


def _same(acts: "Acts | None") -> "Acts | None":
    return acts
