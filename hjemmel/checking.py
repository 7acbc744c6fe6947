"""Many agreements judged at once, one on each core, in the order in which they were given."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hjemmel import snapshot
from hjemmel.judgement import Judgement, as_plain, judged
from hjemmel.kept import Asked, judgement_of
from hjemmel.ownrules import OwnFinding, own_findings
from hjemmel.store import Store
from hjemmel.subject import Subject, subject
from hjemmel.workers import processes

if TYPE_CHECKING:
    from shapes import Engine

PARALLEL_FROM = 60
"""Documents of the store; fewer are judged before other processes have started and loaded the rules."""

READ_FIRST = 3
"""A file takes as long as so many documents of the store, since it has to be read."""


class UnreviewedError(ValueError):
    """What people have confirmed is asked for, of something that nobody can have reviewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How documents are judged: by the law of which day, on what basis, by which rules beside the law's, and by what.

    The findings are the same by either engine; pySHACL is the standard's own measure, and takes much longer.
    """

    as_of: date | None
    language: str
    confirmed_only: bool = False
    shapes: Path | None = None
    engine: "Engine" = "compiled"


def judgements(
    names: Sequence[str],
    opened: Callable[[], Store],
    *,
    how: How,
    parallel_from: int = PARALLEL_FROM,
) -> Iterator[dict[str, Any]]:
    """The judgement of each document or file; what one says of it does not depend on the others.

    `opened` gives the store, and is called only if it is needed.
    """
    cores = processes()
    if cores < 2 or sum(READ_FIRST if Path(name).is_file() else 1 for name in names) < parallel_from:
        yield from (_judged(name, opened, how) for name in names)
        return
    if not all(Path(name).is_file() for name in names):
        opened()  # built once, before every process asks for it
    # A new interpreter for each process: a fork of one with threads, such as a server, may hang.
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        judge = partial(_judged_in_process, snapshot.home(), how)
        yield from pool.map(judge, names, chunksize=max(1, len(names) // (cores * 8)))


def one_judged(
    name: str, opened: Callable[[], Store], how: How
) -> tuple[Subject, Judgement, tuple[OwnFinding, ...] | None]:
    """A document or file, its judgement, and what own rules find, if there are any."""
    opened = cache(opened)
    about = subject(name, opened)
    if how.confirmed_only and not about.store.manifest.built:
        raise UnreviewedError(f"--confirmed is for a document in the store: nobody has reviewed a file such as {name}.")
    # A draft is read beside the guidance and the meeting papers that are at hand; none are built for it.
    library = opened() if snapshot.current(snapshot.home()) is not None else None
    own = None if how.shapes is None else own_findings(how.shapes, about)
    found = judged(about, as_of=how.as_of, library=library, confirmed_only=how.confirmed_only, engine=how.engine)
    return about, found, own


def _judged(name: str, opened: Callable[[], Store], how: How) -> dict[str, Any]:
    if how.shapes is None and not Path(name).is_file():
        about = subject(name, opened)
        if about.store.manifest.built:
            asked = Asked(how.as_of, how.language, how.confirmed_only, how.engine)
            return judgement_of(about, asked, home=snapshot.home())
    _, found, own = one_judged(name, opened, how)
    told = as_plain(found, how.language)
    return told if own is None else {**told, "own": [one.as_json(how.language) for one in own]}


def _judged_in_process(home: Path, how: How, name: str) -> dict[str, Any]:
    return _judged(name, partial(_store, home), how)


@cache
def _store(home: Path) -> Store:
    return Store.load(home)
