"""The store, built from a folder of documents and the ontology. What has not changed is not read again."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from hjemmel import cluster, erasure, kept, laws, mirror, publication, review, snapshot
from hjemmel.ground import digest, entry_digest, ground, package
from hjemmel.ledger import Ledger
from hjemmel.publication import publish
from hjemmel.review.log import decisions
from hjemmel.revision import revised
from hjemmel.snapshot import Manifest, NewerStoreError, Progress, StoreError
from hjemmel.workers import PARALLEL_FROM, Quads, Source, readings, whole

if TYPE_CHECKING:
    from ingest.document import Document

Read = Callable[["Document"], Iterable[ox.Quad]]
Reading = Callable[[tuple[Source, ...]], Iterator[tuple[Source, Iterable[ox.Quad]]]]
Spread = Callable[[tuple[Source, ...]], Generator[tuple[Source, Quads], None, None]]

# Every other file of the ontology stands in the graph of the ontology.
LAW_FILE = "laws.ttl"
SHELF = "shelf"
"""The folder of a home with the documents that were added to it; see `hjemmel.shelf`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a snapshot is to be built from, and the digests of it; see `Manifest`."""

    source: str
    ground: str
    corpus: str
    documents: tuple[Source, ...]


def build(
    folder: Path,
    home: Path | None = None,
    *,
    documents: "Iterable[Document] | None" = None,
    read: Read | None = None,
    force: bool = False,
    progress: Progress = lambda *_: None,
    parallel_from: int = PARALLEL_FROM,
    dask: str | None = None,
) -> Manifest:
    """Read the documents of a folder and of the shelf, with the ontology, into a new snapshot; make it the current one.

    Nothing is written when nothing has changed since the last build, and only what has changed is read, unless forced.
    `progress` is told what is being done, how much is done and how much there is. From so many characters on, several
    processes read the documents; with the address of a scheduler in `dask`, its cluster does.
    """
    home = home or snapshot.home()
    if not folder.is_dir():
        raise StoreError(f"There is no folder {folder} to read documents from: name one with --corpus.")
    with snapshot.writing(home):
        given = None if documents is None else tuple(documents)
        source = digest(home, folder, home / SHELF) if given is None else digest(home, *given)
        base = built = None if force else _base(home)
        if built is None or built.source != source:
            found = (*_catalogued(folder), *_shelved(home)) if given is None else given
            built = _published(
                home,
                built,
                Facts(source, ground(home), "" if folder == corpus() else str(folder.resolve()), found),
                partial(_readings, _spread(home, read, parallel_from, dask), progress),
                progress,
            )
            # What somebody asked to have erased must not come back with an older snapshot.
            if built.erased and (base is None or base.erased != built.erased):
                publication.prune(home, kept=1)
                kept.forget(home)
        elif decisions(home):
            built = review.bring_up(home)
    mirror.follow(home, progress=progress)
    return built


def corpus_quads(folder: Path) -> Iterator[ox.Quad]:
    """Everything that a build of a folder puts into the graph."""
    reading = partial(_readings, _spread(folder, None, PARALLEL_FROM, None), lambda *_: None)
    return _everything(_catalogued(folder), laws.Laws(folder), Ledger(_shared()), reading)


def corpus() -> Path:
    """The folder of documents that come with Hjemmel."""
    with as_file(files("corpus")) as folder:
        return folder


def ontology_quads() -> Iterator[ox.Quad]:
    """The law's triples in the graph of the law, everything else the ontology says in its own."""
    from ontology import BASE

    for path in sorted(package("ontology").glob("*.ttl")):
        name = ox.NamedNode(f"{BASE}graph/{'law' if path.name == LAW_FILE else 'ontology'}")
        try:
            for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
        except SyntaxError as error:
            raise StoreError(f"ontology/{path.name} is not Turtle: {error.msg}.") from error


def _published(home: Path, base: Manifest | None, facts: Facts, reading: Reading, progress: Progress) -> Manifest:
    """The new snapshot: made from the base if every document would be read as it was for that, else from nothing."""
    law, documents = laws.laws(home), facts.documents
    path = snapshot.current(home) if base and base.ground == facts.ground else None
    ledger = Ledger.of(path, base, shared=_shared()) if path and base else Ledger(_shared())

    def complete(unfinished: Path, written: Manifest) -> Manifest:
        return replace(
            ledger.write(unfinished, written),
            source=facts.source,
            ground=facts.ground,
            erased=erasure.digest(home),
            corpus=facts.corpus,
            documents=tuple(item.id for item in documents),
        )

    decided = decisions(home)
    if path is None:
        everything = review.reviewed(_everything(documents, law, ledger, reading), decided)
        return publish(home, everything, complete=complete, progress=progress)
    changes = review.changes(home, decided, _changes(documents, law, ledger, reading))
    return revised(home, changes, complete=complete, progress=progress)


def _everything(documents: tuple[Source, ...], law: laws.Laws, ledger: Ledger, reading: Reading) -> Iterator[ox.Quad]:
    """All quads of the graph."""
    of_law, of_actors = _shared()
    yield from ontology_quads()
    for item, quads in reading(documents):
        yield from ledger.enter(item.id, entry_digest(item), quads)
    yield from law.quads(ledger.shared(of_law))
    yield from ledger.shared(of_actors)


def _changes(
    documents: tuple[Source, ...], law: laws.Laws, ledger: Ledger, reading: Reading
) -> Iterator[tuple[str, Iterable[ox.Quad]]]:
    """Each named graph that is another one now, with its quads; that of the ontology is as it was."""
    of_law, of_actors = _shared()
    known = {name: read.digest for name, read in ledger.readings.items()}
    fresh = tuple(item for item in documents if known.get(item.id) != entry_digest(item))
    kept = {item.id for item in documents} - {item.id for item in fresh}
    emptied = {graph for name in known.keys() - kept for graph in ledger.strike(name)}
    for item, quads in reading(fresh):
        graphs: dict[str, list[ox.Quad]] = {}
        for quad in ledger.enter(item.id, entry_digest(item), quads):
            graphs.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
        yield from graphs.items()
        emptied -= graphs.keys()
    yield from ((graph, ()) for graph in sorted(emptied))
    if ledger.changed(of_law):
        stated = (quad for quad in ontology_quads() if quad.graph_name == of_law)
        yield of_law.value, (*stated, *law.quads(ledger.shared(of_law)))
    if ledger.changed(of_actors):
        yield of_actors.value, ledger.shared(of_actors)


def _spread(home: Path, read: Read | None, parallel_from: int, dask: str | None) -> Spread:
    """Who reads the documents: a function that was given, a cluster, or processes of this machine."""
    if read is not None:
        return lambda documents: ((item, partial(read, whole(item))) for item in documents)
    if dask is not None:
        return partial(cluster.readings, home=home, address=dask)
    return partial(readings, home=home, parallel_from=parallel_from)


def _readings(
    spread: Spread, progress: Progress, documents: tuple[Source, ...]
) -> Iterator[tuple[Source, Iterable[ox.Quad]]]:
    with closing(spread(documents)) as found:
        for done, (item, quads) in enumerate(found):
            progress(f"reading {item.id}", done, len(documents))
            yield item, _told(item, quads)
    progress("reading", len(documents), len(documents))


def _told(item: Source, quads: Quads) -> Iterator[ox.Quad]:
    """The quads of a document; what goes wrong in reading it names it."""
    from ingest.readers.catalogue import CatalogueError

    try:
        yield from quads()
    except StoreError:
        raise
    except CatalogueError as error:
        raise StoreError(str(error)) from error
    except Exception as error:
        raise StoreError(
            f"{item.id} could not be read ({type(error).__name__}: {error}); the store is as it was."
        ) from error


def _shared() -> tuple[ox.NamedNode, ox.NamedNode]:
    """The graphs that many documents state things in: that of the law, and that of the actors."""
    from ontology import BASE

    return ox.NamedNode(f"{BASE}graph/law"), ox.NamedNode(f"{BASE}graph/actors")


def _base(home: Path) -> Manifest | None:
    """The manifest of the current snapshot if it is whole."""
    try:
        path = snapshot.current(home)
        return snapshot.verified(path) if path else None
    except NewerStoreError:
        raise
    except StoreError:
        # Too old or damaged: building again is what its message tells people to do.
        return None


def _catalogued(folder: Path) -> tuple[Source, ...]:
    from ingest.readers.catalogue import CatalogueError, catalogue

    try:
        return catalogue(folder)
    except CatalogueError as error:
        raise StoreError(str(error)) from error


def _shelved(home: Path) -> tuple[Source, ...]:
    from ingest.readers.catalogue import NAME

    folder = home / SHELF
    return _catalogued(folder) if (folder / NAME).exists() else ()
