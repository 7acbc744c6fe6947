"""A new snapshot in which some named graphs are other ones; all else is shared with the snapshot before it.

The engine's tables and the master copy's files are never written again once they are there, so the new snapshot has
them by hard links, and a revision takes time by what it changes and not by the size of the store.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from hjemmel import snapshot
from hjemmel.publication import digest, finished, graph_node, lines, without_blank_nodes, write_part
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
        return revised(home, graphs, source=source)


def revised(
    home: Path,
    graphs: Mapping[str, Iterable[ox.Quad]],
    *,
    source: str | None = None,
    progress: Progress = lambda *_: None,
) -> Manifest:
    """The same for a caller that holds `writing(home)`."""
    base = snapshot.current(home)
    if base is None:
        raise StoreError("There is no store yet: run `hjemmel build`.")
    before = snapshot.manifest(base)
    wanted = replace(before, source=before.source if source is None else source)
    changes = [change for name, quads in graphs.items() if (change := _change(base, before, name, quads))]
    if not changes and wanted == before:
        return before
    return finished(home, lambda folder: _written(folder, base, wanted, changes), progress=progress)


@dataclass(frozen=True, slots=True)
class _Change:
    """A named graph as it is to be, and how that differs from what it was."""

    graph: str
    lines: list[bytes]
    added: set[bytes]
    removed: set[bytes]


def _change(base: Path, before: Manifest, graph: str, quads: Iterable[ox.Quad]) -> _Change | None:
    old: list[bytes] = []
    if graph in before.graphs:
        _check(base, before, part(graph))
        old = (base / part(graph)).read_bytes().splitlines(keepends=True)
    store = ox.Store()
    store.bulk_extend(_of_graph(graph, without_blank_nodes(quads)))
    new = lines(store, graph)
    return None if new == old else _Change(graph, new, {*new} - {*old}, {*old} - {*new})


def _of_graph(graph: str, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        if getattr(quad.graph_name, "value", "") != graph:
            raise StoreError(f"This statement was given for the graph <{graph}> and stands in another: {quad}.")
        yield quad


def _written(folder: Path, base: Path, wanted: Manifest, changes: list[_Change]) -> Manifest:
    linked = _linked(base, folder, wanted, {part(change.graph) for change in changes})
    store = ox.Store(str(folder / ENGINE))
    graphs = dict(wanted.graphs)
    for change in changes:
        for quad in _parsed(change.removed):
            store.remove(quad)
        store.extend(_parsed(change.added))
        graphs.pop(change.graph, None)
        if change.lines:
            graphs[change.graph] = write_part(folder, change.graph, change.lines)
        else:
            store.remove_graph(graph_node(change.graph))
    store.flush()
    del store
    return replace(
        wanted,
        quads=sum(graphs.values()),
        graphs=graphs,
        files={name: wanted.files[name] for name in linked if (folder / name).is_file()},
    )


def _linked(base: Path, folder: Path, wanted: Manifest, replaced: set[str]) -> list[str]:
    """The files that a snapshot shares with the one before it. What the engine writes on in is copied."""
    linked = []
    for name in wanted.files:
        old, new = base / name, folder / name
        new.parent.mkdir(exist_ok=True)
        if name in replaced or (name.startswith(f"{ENGINE}/") and old.name.startswith(NEEDLESS)):
            continue
        if name.startswith(f"{ENGINE}/") and old.suffix != TABLE:
            _check(base, wanted, name)
            shutil.copyfile(old, new)
            continue
        try:
            os.link(old, new)
        except FileNotFoundError as error:
            raise damaged(old) from error
        except OSError:  # a file system without links
            shutil.copyfile(old, new)
        linked.append(name)
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
