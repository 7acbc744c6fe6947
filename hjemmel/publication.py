"""A new snapshot: written whole in a folder of its own, checked, then made current by moving one pointer."""

import json
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import file_digest
from itertools import groupby, islice
from pathlib import Path

import pyoxigraph as ox

from hjemmel.search import holding, indexed
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

BLANK = re.compile(rb"^(?:_:|<[^>]*> <[^>]*> _:)", re.MULTILINE)
"""A blank node at the beginning or the end of a statement."""

MOST_AT_ONCE = 100_000
MOST_IN_ONE_TABLE = 250_000_000
"""Bytes, a million statements: of more the engine makes several tables, and look-ups go through all of them."""
XSD = "http://www.w3.org/2001/XMLSchema#"

PLAIN = re.compile(
    rf'> "(?:(?:0|[1-9][0-9]{{0,17}})"\^\^<{XSD}integer|[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}"\^\^<{XSD}date)>'.encode()
)
"""A number or a day that the engine writes as it stands."""

TYPE = b'"^^<'
UNSORTED = "whole.nq"

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
        progress("writing", 0, 1)
        names = _unsorted(folder, quads)
        # The engine needs none of Python's time: meanwhile the master copy and the index are made and brought to disk.
        with ThreadPoolExecutor(1) as beside:
            loading = beside.submit(_load, folder)
            graphs = {}
            for name in names:
                graphs[name] = write_part(folder, name, _lines((folder / part(name)).read_bytes()))
                sync(folder / part(name))
            blank = Manifest(format=FORMAT, software="", built="", source="", quads=sum(graphs.values()), graphs=graphs)
            written = indexed(folder, complete(folder, blank))
            loading.result()
        progress("writing", 1, 1)
        return finished(home, folder, written, progress=progress)


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


def lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    """Statements as the master copy has them: sorted lines, each once, and values as the engine writes them.

    >>> node = ox.NamedNode("a:a")
    >>> lines([ox.Quad(node, node, ox.Literal("0.50", datatype=ox.NamedNode(XSD + "decimal")), node)] * 2)
    [b'<a:a> <a:a> "0.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <a:a> .\\n']
    """
    return _lines(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


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


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _unsorted(folder: Path, quads: Iterable[ox.Quad]) -> list[str]:
    """Write every statement as it comes, in the file of its graph and in that of all; the names of the graphs.

    No more than a part of the statements is in memory at a time.
    """
    (folder / GRAPH).mkdir()
    graphs, left = set(), iter(quads)
    with (folder / UNSORTED).open("wb") as whole:
        while some := list(islice(left, MOST_AT_ONCE)):
            found: dict[ox.NamedNode | ox.DefaultGraph | ox.BlankNode, list[ox.Quad]] = defaultdict(list)
            for quad in some:
                found[quad.graph_name].append(quad)
            for name, stated in found.items():
                graphs.add(graph := getattr(name, "value", ""))
                written = ox.serialize(stated, format=ox.RdfFormat.N_QUADS) or b""
                whole.write(written)
                with (folder / part(graph)).open("ab") as file:
                    file.write(written)
    return sorted(graphs)


def _lines(written: bytes) -> list[bytes]:
    if b"_:" in written and (found := BLANK.search(written)):
        # It would get another name in every build, and no two builds would be alike.
        statement = written[found.start() :].partition(b"\n")[0].decode()
        raise StoreError(f"The graph may hold no blank node, and this statement has one: {statement}")
    every = written.splitlines(keepends=True)
    if typed := {line for line in holding(written, TYPE) if not PLAIN.search(line)}:
        # Decimals, days and the like are written by the engine in its own way, which the master copy follows.
        store = ox.Store()
        store.bulk_load(b"".join(typed), format=ox.RdfFormat.N_QUADS, lenient=True)
        canonical = set((store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
        if canonical != typed:
            every = [*(line for line in every if line not in typed), *canonical]
    every.sort()
    return [line for line, _ in groupby(every)]


def _load(folder: Path) -> None:
    """Make the engine's tables of all statements at once: it is then three times faster."""
    store = ox.Store(str(folder / ENGINE))
    unsorted = folder / UNSORTED
    store.bulk_load(path=str(unsorted), format=ox.RdfFormat.N_QUADS, lenient=True)
    if unsorted.stat().st_size > MOST_IN_ONE_TABLE:
        store.optimize()
    store.flush()
    unsorted.unlink()


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
    """What was written is what can be read: the new master copy by its digests, and the engine's graphs by their size.

    (The digests of the engine's files were taken of the files themselves a moment ago.)
    """
    found = manifest(snapshot)
    for name in new:
        if not name.startswith(f"{ENGINE}/") and digest(snapshot / name) != found.files[name]:
            raise damaged(snapshot / name)
    graphs = {part(graph): (graph, count) for graph, count in found.graphs.items()}
    store = ox.Store.read_only(str(snapshot / ENGINE))
    for name in new:
        if name in graphs:
            graph, expected = graphs[name]
            count = _size(store, graph)
            if count != expected:
                raise StoreError(
                    f"The new snapshot holds {count} statements of <{graph}> instead of {expected}; "
                    "the old one is still in use."
                )


def _size(store: ox.Store, graph: str) -> int:
    found = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", default_graph=graph_node(graph))
    assert isinstance(found, ox.QuerySolutions)
    return int(next(found)["n"].value)


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
