"""A new snapshot in which some named graphs are other ones; all else is shared with the snapshot before it.

The engine's tables and the master copy's files are never written again once they are there, so the new snapshot has
them by hard links, and a revision takes time by what it changes and not by the size of the store.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from hjemmel import erasure, mirror, snapshot
from hjemmel.publication import (
    Complete,
    digest,
    finished,
    graph_node,
    lines,
    unfinished,
    write_part,
)
from hjemmel.search import indexed
from hjemmel.snapshot import ENGINE, Manifest, Progress, StoreError, damaged, part, writing

TABLE = ".sst"
"""How the names of the engine's tables end; it adds and removes tables, and never changes one."""

NEEDLESS = ("LOCK", "LOG")
"""What the engine keeps for itself while it is open, and how the names of its logs begin."""


def revise(home: Path, graphs: Mapping[str, Iterable[ox.Quad]], *, source: str | None = None) -> Manifest:
    """Publish a new snapshot in which these named graphs hold exactly these quads, and make it the current one.

    A graph without quads is gone. `source` is the new digest of all that the store is built from, if that changed.
    Nothing is published when nothing is changed. Killed at any moment, it leaves the old snapshot current and whole.
    """
    with writing(home):
        erasure.check(home)
        new = revised(
            home,
            graphs.items(),
            complete=lambda _, written: replace(written, source=written.source if source is None else source),
        )
    mirror.follow(home)
    return new


def revised(
    home: Path,
    graphs: Iterable[tuple[str, Iterable[ox.Quad]]],
    *,
    complete: Complete,
    progress: Progress = lambda *_: None,
) -> Manifest:
    """The same for a caller that holds `writing(home)`; the graphs are taken one after the other."""
    base = snapshot.current(home)
    if base is None:
        raise StoreError("There is no store yet: run `hjemmel build`.")
    before = snapshot.manifest(base)
    with unfinished(home) as folder:
        linked = _linked(base, folder, before)
        files = dict(linked)
        counts = dict(before.graphs)
        store = ox.Store(str(folder / ENGINE))
        for graph, quads in graphs:
            old = _lines(base, before, graph)
            new = lines(_of_graph(graph, quads))
            if new != old:
                _replace(store, graph, old, new)
                counts[graph] = write_part(folder, graph, new)
                files.pop(part(graph), None)
        store.flush()
        del store
        for graph in [graph for graph, count in counts.items() if not count]:
            del counts[graph]
            (folder / part(graph)).unlink()
        changed = replace(before, quads=sum(counts.values()), graphs=counts)
        whole = complete(folder, replace(changed, files=files))
        if whole.files == linked and whole == replace(before, files=linked):
            return before
        return finished(home, folder, indexed(folder, whole), progress=progress)


def _lines(base: Path, before: Manifest, graph: str) -> list[bytes]:
    if graph not in before.graphs:
        return []
    _check(base, before, part(graph))
    return (base / part(graph)).read_bytes().splitlines(keepends=True)


def _of_graph(graph: str, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        if getattr(quad.graph_name, "value", "") != graph:
            raise StoreError(f"This statement was given for the graph <{graph}> and stands in another: {quad}.")
        yield quad


def _replace(store: ox.Store, graph: str, old: list[bytes], new: list[bytes]) -> None:
    for quad in _parsed({*old} - {*new}):
        store.remove(quad)
    store.extend(_parsed({*new} - {*old}))
    if not new:
        store.remove_graph(graph_node(graph))


def _linked(base: Path, folder: Path, before: Manifest) -> dict[str, str]:
    """The files that a snapshot shares with the one before it, and their digests. What may be written on is copied."""
    linked = {}
    for name, known in before.files.items():
        old, new = base / name, folder / name
        new.parent.mkdir(exist_ok=True)
        if name.startswith(f"{ENGINE}/") and old.suffix != TABLE:
            if not old.name.startswith(NEEDLESS):
                _check(base, before, name)
                shutil.copyfile(old, new)
            continue
        try:
            os.link(old, new)
        except FileNotFoundError as error:
            raise damaged(old) from error
        except OSError:  # a file system without links
            shutil.copyfile(old, new)
        linked[name] = known
    return linked


def _parsed(written: set[bytes]) -> Iterable[ox.Quad]:
    return ox.parse(b"".join(sorted(written)), format=ox.RdfFormat.N_QUADS, lenient=True)


def _check(base: Path, before: Manifest, name: str) -> None:
    """What a new snapshot is made of must be as it was written."""
    try:
        whole = digest(base / name) == before.files[name]
    except OSError:
        whole = False
    if not whole:
        raise damaged(base / name)
