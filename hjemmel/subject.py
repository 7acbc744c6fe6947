"""The document a command is about: one in the store by its identifier, or any file."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from hjemmel.store import Store, UnknownDocumentError

if TYPE_CHECKING:
    from ingest.document import Document, Kind


@dataclass(frozen=True, slots=True)
class Subject:
    """A document, and the graph that knows it: the store, or one made of a file alone."""

    store: Store
    iri: str


def subject(name: str, opened: Callable[[], Store], *, kind: "Kind" = "agreement") -> Subject:
    """What a name on the command line stands for; a file is read on the spot and the store left alone.

    `opened` gives the store, and is called only if it is needed; `kind` is what a file is taken to be.
    """
    path = Path(name)
    if path.is_file() and (path.suffix or path.name != name):
        return of_file(path, kind=kind)
    if path.suffix or (path.name != name and not name.startswith("http")):
        raise UnknownDocumentError(f"There is no file {name}: check the name and the folder.")
    store = opened()
    return Subject(store, store.document_iri(name))


def of_file(path: Path, *, kind: "Kind" = "agreement", called: str = "") -> Subject:
    """A file as a document of its own, with the ontology to judge it by. Nothing is stored.

    `called` is its title where the text has none; without it, the name of the file is.
    """
    from hjemmel import laws, snapshot
    from hjemmel.build import ontology_quads
    from ingest import ingest
    from ingest.iri import iri

    document = document_of(path, kind=kind, called=called)
    read = ingest(document, acts=laws.register(snapshot.home()))
    return Subject(Store.of(chain(ontology_quads(), read)), iri(f"doc/{document.id}"))


def document_of(path: Path, *, kind: "Kind" = "agreement", called: str = "") -> "Document":
    """A file as a document of which nothing is known but its name and its own title, if it has one."""
    from ingest.document import Document
    from ingest.iri import slug
    from ingest.language import language
    from ingest.privacy import masked
    from ingest.readers.file import read_file
    from ingest.structure import structure

    source = read_file(path)
    text = masked(source.text)
    titles = (clause.title for clause in structure(text, source.layout).clauses if clause.level == 0)
    return Document(
        id=slug(path.stem),
        text=text,
        title=next(filter(None, titles), called or path.stem),
        kind=kind,
        language=language(text),
        layout=source.layout,
        pages=source.pages,
    )
