"""The store, built from a folder of documents and the ontology."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from hjemmel import laws, snapshot
from hjemmel.publication import publish
from hjemmel.snapshot import FORMAT, Manifest, NewerStoreError, Progress, StoreError
from hjemmel.workers import PARALLEL_FROM, Quads, readings

if TYPE_CHECKING:
    from ingest.document import Document

Read = Callable[["Document"], Iterable[ox.Quad]]

# Every other file of the ontology stands in the graph of the ontology.
LAW_FILE = "laws.ttl"
# What a build depends on, beside the documents: the words, and the code that reads.
PACKAGES = ("ontology", "ingest")


def build(
    folder: Path,
    home: Path | None = None,
    *,
    documents: "Iterable[Document] | None" = None,
    read: Read | None = None,
    force: bool = False,
    progress: Progress = lambda *_: None,
    parallel_from: int = PARALLEL_FROM,
) -> Manifest:
    """Read every document of a folder, with the ontology, into a new snapshot, and make it the current one.

    Nothing is written when nothing has changed since the last build, unless forced. `progress` is told what is being
    done, how much is done and how much there is. From so many characters on, several processes read the documents.
    """
    home = home or snapshot.home()
    with snapshot.writing(home):
        law = laws.laws(home)
        source = digest(folder) + laws.digest(home)
        if not force and (unchanged := _unchanged(home, source)):
            return unchanged
        found = tuple(_catalogued(folder) if documents is None else documents)
        return publish(
            home,
            _quads(found, read, progress, law, parallel_from),
            source=source,
            documents=(document.id for document in found),
            progress=progress,
        )


def corpus_quads(folder: Path) -> Iterator[ox.Quad]:
    """Everything that a build of a folder puts into the graph."""
    return _quads(_catalogued(folder), None, lambda *_: None, laws.Laws(folder))


def corpus() -> Path:
    """The folder of documents that come with Hjemmel."""
    with as_file(files("corpus")) as folder:
        return folder


def digest(folder: Path) -> str:
    """One digest of everything a build depends on: the documents, the ontology, the code that reads, the versions.

    >>> digest(corpus()) == digest(corpus())
    True
    """
    from importlib.metadata import version

    if not folder.is_dir():
        raise StoreError(f"There is no folder {folder} to read documents from: name one with --corpus.")
    whole = sha256(f"{version('hjemmel')} {ox.__version__} {FORMAT}".encode())
    for package in (folder, *map(_package, PACKAGES)):
        for path in sorted(package.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                whole.update(f"\n{path.relative_to(package).as_posix()} {path.stat().st_size}\n".encode())
                whole.update(path.read_bytes())
    return whole.hexdigest()


def ontology_quads() -> Iterator[ox.Quad]:
    """The law's triples in the graph of the law, everything else the ontology says in its own."""
    from ontology import BASE

    for path in sorted(_package("ontology").glob("*.ttl")):
        name = ox.NamedNode(f"{BASE}graph/{'law' if path.name == LAW_FILE else 'ontology'}")
        try:
            for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
        except SyntaxError as error:
            raise StoreError(f"ontology/{path.name} is not Turtle: {error.msg}.") from error


def _unchanged(home: Path, source: str) -> Manifest | None:
    try:
        path = snapshot.current(home)
        found = snapshot.verified(path) if path else None
    except NewerStoreError:
        raise
    except StoreError:
        # Too old or damaged: building again is what its message tells people to do.
        return None
    return found if found and found.source == source else None


def _catalogued(folder: Path) -> "tuple[Document, ...]":
    from ingest.readers.catalogue import CatalogueError, documents

    try:
        return documents(folder)
    except CatalogueError as error:
        raise StoreError(str(error)) from error


def _quads(
    documents: "tuple[Document, ...]",
    read: Read | None,
    progress: Progress,
    law: laws.Laws,
    parallel_from: int = PARALLEL_FROM,
) -> Iterator[ox.Quad]:
    from ontology import BASE

    found: Generator[tuple[Document, Quads], None, None]
    if read is None:
        found = readings(documents, law.home, parallel_from=parallel_from)
    else:
        found = ((document, partial(read, document)) for document in documents)
    of_law = ox.NamedNode(f"{BASE}graph/law")
    cited: list[ox.Quad] = []
    yield from ontology_quads()
    with closing(found):
        for done, (document, quads) in enumerate(found):
            progress(f"reading {document.id}", done, len(documents))
            try:
                for quad in quads():
                    # What a document makes known of the law waits, in case the law itself is at hand.
                    if quad.graph_name == of_law:
                        cited.append(quad)
                    else:
                        yield quad
            except Exception as error:
                raise StoreError(
                    f"{document.id} could not be read ({type(error).__name__}: {error}); the store is as it was."
                ) from error
    yield from law.quads(cited)
    progress("reading", len(documents), len(documents))


def _package(name: str) -> Path:
    with as_file(files(name)) as folder:
        return folder
