"""Immutable snapshots of the graph on disk: found, checked and opened. `hjemmel.publication` writes them.

    HOME/current             the name of the snapshot that readers open
    HOME/writing             held by the one process that writes
    HOME/snapshots/NAME/     manifest.json, graph/ (the master copy: a file of sorted N-Quads for each named graph)
                             and store/ (Oxigraph's files); words.sqlite tells which clauses may hold some words

The name of a snapshot ends in the digest of its manifest, and the manifest holds the digest of every file, so that a
flipped byte anywhere is found. Everything named `unfinished-…` is what a killed writer left.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from time import monotonic, sleep

import pyoxigraph as ox

FORMAT = 2
KEPT = 3
# Three to fifteen times faster to ask in memory than on disk, at the price of up to a second's loading.
MOST_QUADS_IN_MEMORY = 200_000
LONGEST_WAIT = 600.0

GRAPH, ENGINE = "graph", "store"
"""Where a snapshot keeps its master copy, and the files of the engine."""

NAME = re.compile(r"\d{6,}-[0-9a-f]{16}")
UNFINISHED = "unfinished-"

Progress = Callable[[str, int, int], None]


class StoreError(RuntimeError):
    """The store cannot be read or written; the message says what to run."""


class NewerStoreError(StoreError):
    """The store was written by a newer version than this one; only a forced build replaces it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of the reading of a document: the digest of what was read, and the graphs that are its own."""

    digest: str
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds, and the digest of each of its files.

    `source` is the digest of all that it was built from, `ground` of what every document is read by (the ontology, the
    code, the laws), `erased` of the list of what is left out, `corpus` the folder of the documents if it is not the one
    that comes with Hjemmel.
    """

    format: int
    software: str
    built: str
    source: str
    quads: int
    ground: str = ""
    erased: str = ""
    corpus: str = ""
    documents: tuple[str, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    graphs: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def home() -> Path:
    """The folder of the store: HJEMMEL_HOME, or the place the operating system keeps a user's data."""
    named = os.environ.get("HJEMMEL_HOME")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("hjemmel", appauthor=False)


def current(folder: Path) -> Path | None:
    """The snapshot that readers are to open, or None when nothing has been built here."""
    pointer = folder / "current"
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"{pointer} cannot be read ({error}): run `hjemmel build` to build the store again."
        ) from error
    if not NAME.fullmatch(name) or not (folder / "snapshots" / name).is_dir():
        raise StoreError(f"{pointer} names no snapshot: run `hjemmel rollback` to use the newest whole one.")
    return folder / "snapshots" / name


def snapshots(folder: Path) -> list[Path]:
    """Every snapshot that is kept, oldest first."""
    return sorted(
        (entry for entry in (folder / "snapshots").glob("*-*") if NAME.fullmatch(entry.name)),
        key=lambda entry: int(entry.name.partition("-")[0]),
    )


def verified(snapshot: Path, *, asked_only: bool = False) -> Manifest:
    """The manifest of a snapshot, once every byte of it has been checked.

    `asked_only` is for who asks and builds nothing upon it: of a snapshot too large for memory, the master copy, which
    is then not read, is not checked either.
    """
    found = manifest(snapshot)
    passed = f"{GRAPH}/" if asked_only and found.quads > MOST_QUADS_IN_MEMORY else None
    names = [name for name in found.files if passed is None or not name.startswith(passed)]

    def whole(name: str) -> bool:
        try:
            with (snapshot / name).open("rb") as file:
                return file_digest(file, "sha256").hexdigest() == found.files[name]
        except OSError:
            return False

    with ThreadPoolExecutor() as threads:
        for name, is_whole in zip(names, threads.map(whole, names), strict=True):
            if not is_whole:
                raise damaged(snapshot / name)
    return found


def manifest(snapshot: Path) -> Manifest:
    """The manifest of a snapshot in the format that this version reads and writes."""
    path = snapshot / "manifest.json"
    try:
        written = path.read_bytes()
        content = json.loads(written)
        version = content["format"]
        if not isinstance(version, int):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path) from error
    if version < FORMAT:
        raise StoreError(
            f"The store in {snapshot} is of format {version} and this Hjemmel reads format {FORMAT}: "
            "run `hjemmel build` to build it again. Nothing has been deleted."
        )
    if version > FORMAT:
        raise NewerStoreError(
            f"The store in {snapshot} was written by a newer Hjemmel ({content.get('software')}, format {version}; "
            f"this one reads format {FORMAT}): install that version, or run `hjemmel build --force` to build it anew. "
            "Nothing has been deleted."
        )
    if not snapshot.name.endswith(name_digest(written)):
        raise damaged(path)
    readings = {name: Reading(one["digest"], tuple(one["graphs"])) for name, one in content["readings"].items()}
    return Manifest(**content | {"documents": tuple(content["documents"]), "readings": readings})


def part(graph: str) -> str:
    """Where in a snapshot the master copy of a named graph stands; the default graph has no name.

    >>> part("https://w3id.org/hjemmel/id/graph/law")
    'graph/bb31bc794b1ae79bb61fdc82c876df0a.nq'
    """
    return f"{GRAPH}/{sha256(graph.encode()).hexdigest()[:32]}.nq"


def roll_back(folder: Path) -> Path:
    """Go back to the newest whole snapshot before the current one; if the pointer is lost, to the newest there is."""
    try:
        now = current(folder)
    except StoreError:
        now = None
    kept = snapshots(folder)
    for candidate in reversed(kept[: kept.index(now)] if now in kept else kept):
        try:
            verified(candidate)
        except StoreError:
            continue
        point(folder, candidate.name)
        return candidate
    raise StoreError(f"There is no earlier snapshot in {folder} to go back to: run `hjemmel build --force`.")


@contextmanager
def writing(folder: Path, *, wait: float = LONGEST_WAIT) -> Iterator[None]:
    """Be the only writer of a store, after waiting for another one; the system lets go of it when a process dies."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "writing").open("a+b")
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written ({error.strerror}): set HJEMMEL_HOME to another folder."
        ) from error
    with file:
        patience = monotonic() + wait
        while not _locked(file.fileno()):
            if monotonic() > patience:
                raise StoreError(f"Another process has been building the store in {folder} for long: wait, or stop it.")
            sleep(0.1)
        yield


def point(folder: Path, name: str) -> None:
    """Make a snapshot the one that readers open: they see the old one or the new one, and nothing between."""
    beside = folder / f"current.{os.getpid()}"
    with beside.open("w", encoding="utf-8") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / "current")
    sync(folder)


def sync(path: Path) -> None:
    """Have a file or the names in a folder on the disk itself, and not only on their way there."""
    # Windows cannot open a folder, and keeps its entries safe by itself.
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def engine(source: Path) -> ox.Store:
    """A snapshot, or a file of RDF, to ask many questions of: in memory unless it is too large for that."""
    if not source.is_dir():
        return loaded(source)
    if manifest(source).quads > MOST_QUADS_IN_MEMORY:
        return ox.Store.read_only(str(source / ENGINE))
    in_memory = ox.Store()
    # The master copy loads three times faster than the store copies; its addresses were checked when it was written.
    written = b"".join(path.read_bytes() for path in (source / GRAPH).iterdir())
    in_memory.bulk_load(written, format=ox.RdfFormat.N_QUADS, lenient=True)
    return in_memory


def loaded(file: Path) -> ox.Store:
    """A file of RDF in memory; the format is told by the end of its name."""
    form = ox.RdfFormat.from_extension(file.suffix.removeprefix("."))
    if form is None:
        raise StoreError(f"{file} does not end in the name of an RDF format: call it .nq, .ttl, .trig, .nt or .jsonld.")
    store = ox.Store()
    try:
        store.bulk_load(path=str(file), format=form)
    except (SyntaxError, OSError, ValueError) as error:
        raise StoreError(f"{file} cannot be read as {form.name}: {error}.") from error
    return store


def damaged(path: Path) -> StoreError:
    """What to say of a file that is not as it was written."""
    return StoreError(
        f"The store is damaged: {path} is not as it was written. Run `hjemmel build` to build it again, "
        "or `hjemmel rollback` to use the snapshot before it. Nothing has been deleted."
    )


def name_digest(written: bytes) -> str:
    """What the name of a snapshot ends in, by what its manifest says."""
    return sha256(written).hexdigest()[:16]


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
