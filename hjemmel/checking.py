"""Many agreements judged at once, one on each core, in the order in which they were given."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from hjemmel import snapshot
from hjemmel.judgement import judgement
from hjemmel.store import Store
from hjemmel.subject import subject

PARALLEL_FROM = 8
"""Documents; fewer are judged before other processes have started and loaded the rules."""

MOST = 4
"""Every process holds the rules and the store: on more cores the memory would be the limit."""


def judgements(
    names: Sequence[str],
    opened: Callable[[], Store],
    *,
    as_of: date | None,
    language: str,
    parallel_from: int = PARALLEL_FROM,
) -> Iterator[dict[str, Any]]:
    """The judgement of each document or file; what one says of it does not depend on the others.

    `opened` gives the store, and is called only if it is needed.
    """
    cores = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST)
    if len(names) < parallel_from or cores < 2:
        yield from (_judged(name, opened, as_of, language) for name in names)
        return
    if not all(Path(name).is_file() for name in names):
        opened()  # built once, before every process asks for it
    # A new interpreter for each process: a fork of one with threads, such as a server, may hang.
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        judge = partial(_judged_in_process, snapshot.home(), as_of, language)
        yield from pool.map(judge, names, chunksize=max(1, len(names) // (cores * 8)))


def _judged(name: str, opened: Callable[[], Store], as_of: date | None, language: str) -> dict[str, Any]:
    opened = cache(opened)
    about = subject(name, opened)
    # A draft is read beside the guidance and the meeting papers that are at hand; none are built for it.
    library = opened() if snapshot.current(snapshot.home()) is not None else None
    return judgement(about, as_of=as_of, language=language, library=library)


def _judged_in_process(home: Path, as_of: date | None, language: str, name: str) -> dict[str, Any]:
    return _judged(name, partial(_store, home), as_of, language)


@cache
def _store(home: Path) -> Store:
    return Store.load(home)
