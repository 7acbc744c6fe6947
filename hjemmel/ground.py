"""What a build depends on: the documents, and the ground that every one of them is read on."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from hjemmel import erasure, laws
from hjemmel.snapshot import FORMAT

if TYPE_CHECKING:
    from hashlib import _Hash

    from hjemmel.workers import Source
    from ingest.document import Document

PACKAGES = ("ontology", "ingest")
"""The words, and the code that reads."""

LIBRARIES = ("hjemmel", "lxml", "pyoxigraph", "pypdf", "python-docx", "rdflib", "snowballstemmer")


def digest(home: Path, *documents: "Path | Document") -> str:
    """One digest of everything a build depends on: the ground, and documents or the folders that they stand in.

    >>> from hjemmel.build import corpus
    >>> digest(Path("home"), corpus()) == digest(Path("home"), corpus())
    True
    """
    whole = sha256(ground(home).encode())
    for each in documents:
        if isinstance(each, Path):
            _update(whole, each)
        else:
            whole.update(f"\n{each.id} {entry_digest(each)}".encode())
    return whole.hexdigest()


def ground(home: Path) -> str:
    """One digest of all that the reading of any document depends on: if it changes, all are read again."""
    return sha256(f"{code()} {FORMAT} {laws.digest(home)} {erasure.digest(home)}".encode()).hexdigest()


def code(packages: Sequence[str] = PACKAGES, libraries: Sequence[str] = LIBRARIES) -> str:
    """One digest of the words and the code that documents are read by, or others, and the libraries they stand on."""
    whole = sha256(" ".join(map(version, libraries)).encode())
    for name in packages:
        _update(whole, package(name))
    return whole.hexdigest()


def entry_digest(document: "Source") -> str:
    """One digest of a document: the bytes of its file and what the catalogue says of it, or its text and the rest."""
    known = {name: value for name, value in asdict(document).items() if name != "path"}
    return sha256(json.dumps(known, default=str, sort_keys=True).encode()).hexdigest()


def package(name: str) -> Path:
    """The folder of a package."""
    with as_file(files(name)) as folder:
        return folder


def _update(whole: "_Hash", folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            whole.update(f"\n{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode())
            whole.update(path.read_bytes())
