"""A new snapshot: written whole in a folder of its own, checked, then made current by moving one pointer."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

import pyoxigraph as ox

from hjemmel.snapshot import (
    ENGINE,
    FORMAT,
    GRAPH,
    KEPT,
    UNFINISHED,
    Manifest,
    Progress,
    StoreError,
    current,
    damaged,
    manifest,
    name_digest,
    part,
    point,
    snapshots,
    sync,
)

Complete = Callable[[Path, Manifest], Manifest]
"""Adds to a snapshot, in its unfinished folder, what stands beside the graph; gives the manifest with what it adds."""


def publish(
    home: Path,
    quads: Iterable[ox.Quad],
    *,
    complete: Complete = lambda _, written: written,
    progress: Progress = lambda *_: None,
) -> Manifest:
    """Write a new snapshot of these quads, check it, and make it the current one. The caller holds `writing(home)`.

    Killed at any moment, it leaves the old snapshot current and whole.
    """
    with unfinished(home) as folder:
        store = ox.Store(str(folder / ENGINE))
        store.bulk_extend(without_blank_nodes(quads))
        store.flush()
        progress("writing", 0, 1)
        graphs = {graph: write_part(folder, graph, lines(store, graph)) for graph in _graphs(store)}
        del store
        progress("writing", 1, 1)
        blank = Manifest(format=FORMAT, software="", built="", source="", quads=sum(graphs.values()), graphs=graphs)
        return finished(home, folder, complete(folder, blank), progress=progress)


@contextmanager
def unfinished(home: Path) -> Iterator[Path]:
    """A new folder to write a snapshot in. What is left of it, and of those of writers who were killed, is removed."""
    (home / "snapshots").mkdir(parents=True, exist_ok=True)
    _remove_unfinished(home)
    folder = home / "snapshots" / f"{UNFINISHED}{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        _remove_unfinished(home)


def finished(home: Path, folder: Path, written: Manifest, *, progress: Progress = lambda *_: None) -> Manifest:
    """Seal what was written in a folder, check it, and make it the current snapshot.

    Digests that the manifest already has are of files that were checked when they were written.
    """
    whole, new = _sealed(folder, written)
    number = max((int(entry.name.partition("-")[0]) for entry in snapshots(home)), default=0) + 1
    name = f"{number:06d}-{name_digest((folder / 'manifest.json').read_bytes())}"
    snapshot = folder.rename(home / "snapshots" / name)
    try:
        sync(snapshot.parent)
        progress("checking", 0, 1)
        _check(snapshot, new)
        progress("checking", 1, 1)
    except BaseException:
        shutil.rmtree(snapshot, ignore_errors=True)
        raise
    point(home, name)
    prune(home)
    return whole


def lines(store: ox.Store, graph: str) -> list[bytes]:
    """A named graph as the master copy has it: sorted lines.

    From a store, and not from the quads that went into it: it drops doubles and writes numbers in its own way.
    """
    return sorted(f"{quad} .\n".encode() for quad in store.quads_for_pattern(None, None, None, graph_node(graph)))


def graph_node(graph: str) -> ox.NamedNode | ox.DefaultGraph:
    """The name of a graph as the engine takes it; the default graph has none."""
    return ox.NamedNode(graph) if graph else ox.DefaultGraph()


def write_part(folder: Path, graph: str, written: list[bytes]) -> int:
    """Write the master copy of a named graph into a snapshot; how many statements it has."""
    path = folder / part(graph)
    path.parent.mkdir(exist_ok=True)
    # Not written over: the file may be that of another snapshot, too.
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        file.writelines(written)
    return len(written)


def without_blank_nodes(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The same quads; a blank node would get another name in every build, and no two builds would be alike."""
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise StoreError(f"The graph may hold no blank node, and this statement has one: {quad}.")
        yield quad


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _graphs(store: ox.Store) -> Iterator[str]:
    if next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None):
        yield ""
    for name in store.named_graphs():
        if next(store.quads_for_pattern(None, None, None, name), None):
            yield str(name.value)


def _sealed(folder: Path, written: Manifest) -> tuple[Manifest, list[str]]:
    """The manifest with the digest of every file and written beside them, and which files are new here."""
    from importlib.metadata import version

    (folder / GRAPH).mkdir(exist_ok=True)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    new = [name for name in names if name not in written.files]
    whole = replace(
        written,
        software=version("hjemmel"),
        built=datetime.now(UTC).isoformat(timespec="milliseconds"),
        graphs=dict(sorted(written.graphs.items())),
        files={name: written.files.get(name) or digest(folder / name) for name in names},
    )
    text = json.dumps(asdict(whole), ensure_ascii=False, indent=1) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    folders = [path for path in folder.iterdir() if path.is_dir()]
    for path in (*(folder / name for name in new), folder / "manifest.json", *folders, folder):
        sync(path)
    return whole, new


def _check(snapshot: Path, new: list[str]) -> None:
    """What was written is what can be read: its new files by their digests, and every graph by its size."""
    found = manifest(snapshot)
    for name in new:
        if digest(snapshot / name) != found.files[name]:
            raise damaged(snapshot / name)
    graphs = {part(graph): (graph, count) for graph, count in found.graphs.items()}
    store = ox.Store.read_only(str(snapshot / ENGINE))
    for name in new:
        if name in graphs:
            graph, expected = graphs[name]
            count = sum(1 for _ in store.quads_for_pattern(None, None, None, graph_node(graph)))
            if count != expected:
                raise StoreError(
                    f"The new snapshot holds {count} statements of <{graph}> instead of {expected}; "
                    "the old one is still in use."
                )


def prune(home: Path, *, kept: int = KEPT) -> None:
    """Remove all snapshots but the newest, and the current one."""
    now = current(home)
    for old in snapshots(home)[:-kept]:
        if old != now:
            # Renamed first, so that a half-removed snapshot is never taken for a whole one.
            # (On Windows a reader's files cannot be renamed; the next build will remove them.)
            with suppress(OSError):
                old.rename(old.with_name(f"{UNFINISHED}{old.name}"))
    _remove_unfinished(home)


def _remove_unfinished(home: Path) -> None:
    for rubbish in (home / "snapshots").glob(f"{UNFINISHED}*"):
        shutil.rmtree(rubbish, ignore_errors=True)
    for rubbish in home.glob("current.*"):
        rubbish.unlink(missing_ok=True)
