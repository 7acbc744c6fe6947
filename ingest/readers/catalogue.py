"""The catalogue of a corpus: what is known of each document as a whole."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import get_args

from rdflib import RDF

from ingest.document import Document, Kind, Language, Status
from ingest.privacy import masked
from ingest.readers.file import read_file
from ingest.readers.text import ReadError
from ontology import BASE, HJ, load

NAME = "catalogue.toml"
# What people call a hearing draft is an agreement that is out for hearing.
HEARING_DRAFT = "hearing draft"
REQUIRED = ("id", "file", "title", "kind", "sha256")


class CatalogueError(ValueError):
    """A catalogue that does not hold together, or does not fit the files it describes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One `[[document]]` of a catalogue; `path` is where its file stands, the rest is as in `Document`."""

    id: str
    file: str
    path: Path
    title: str
    kind: Kind
    sha256: str
    language: Language = "nb"
    status: Status | None = None
    region: str | None = None
    parties: tuple[str, ...] = ()
    publisher: str | None = None
    source: str | None = None
    made_on: date | None = None
    missing: str | None = None
    publishing_basis: str | None = None


TABLE_FIELDS = tuple(field.name for field in fields(Entry) if field.name != "path")


def catalogue(folder: Path) -> tuple[Entry, ...]:
    """What the catalogue of a folder says of its documents; CatalogueError if it cannot be relied on."""
    path = folder / NAME
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogueError(f"{path}: there is no catalogue; write one [[document]] for each file.") from None
    except UnicodeDecodeError:
        raise CatalogueError(f"{NAME}: the file is not UTF-8; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{NAME}: this is not TOML: {error}; correct that line.") from None
    documents = table.pop("document", None)
    if table:
        raise CatalogueError(f"{NAME}: {_names(table)} stands outside every [[document]]; move it into one.")
    if not isinstance(documents, list) or not documents:
        raise CatalogueError(f"{NAME}: no [[document]] is listed; write one for each file.")
    entries: dict[str, Entry] = {}
    for number, row in enumerate(documents, 1):
        entry = _entry(folder, row, number)
        if entry.id in entries:
            raise CatalogueError(f"{NAME}, document {entry.id}: the id is used twice; give each document its own.")
        entries[entry.id] = entry
    return tuple(entries.values())


def documents(folder: Path) -> tuple[Document, ...]:
    """The documents of a folder in the order of its catalogue, their texts with private details masked."""
    return tuple(map(document, catalogue(folder)))


def document(entry: Entry) -> Document:
    """The document that an entry describes, its text with private details masked."""
    try:
        source = read_file(entry.path)
    except ReadError as error:
        raise CatalogueError(f"{NAME}, document {entry.id}: {error}") from None
    known = {name: getattr(entry, name) for name in TABLE_FIELDS if name not in {"file", "sha256"}}
    return Document(
        text=masked(source.text), layout=source.layout, pages=source.pages, source_digest=entry.sha256, **known
    )


def _entry(folder: Path, row: object, number: int) -> Entry:
    if not isinstance(row, Mapping):
        raise CatalogueError(f"{NAME}: document {number} is not a table; write [[document]] above its fields.")
    where = f"{NAME}, document {row.get('id', number)}"
    if unknown := set(row) - set(TABLE_FIELDS):
        raise CatalogueError(f"{where}: there is no field {_names(unknown)}; the fields are {', '.join(TABLE_FIELDS)}.")
    if row.get("kind") == HEARING_DRAFT:
        row = {"status": "hearing", **row, "kind": "agreement"}
    if lacking := [name for name in REQUIRED if name not in row]:
        raise CatalogueError(f"{where}: {_names(lacking)} is missing; add it.")
    for name, value in row.items():
        _check_type(value, name, where)
    for name, allowed in _allowed().items():
        if row.get(name, allowed[0]) not in allowed:
            known = ", ".join((*allowed, HEARING_DRAFT) if name == "kind" else allowed)
            raise CatalogueError(f"{where}: {name} {row[name]!r} is unknown; use one of {known}.")
    values = {**row, "parties": tuple(row.get("parties", ()))}
    return Entry(path=_path(folder, row["file"], row["sha256"], where), **values)


def _check_type(value: object, name: str, where: str) -> None:
    match name:
        case "made_on":
            right = isinstance(value, date) and not isinstance(value, datetime)
            wanted = "a date such as 2024-09-12, without quotation marks"
        case "parties":
            right = isinstance(value, list) and all(isinstance(party, str) and party.strip() for party in value)
            wanted = "a list of names in quotation marks"
        case _:
            right, wanted = isinstance(value, str) and bool(value.strip()), "words in quotation marks"
    if not right:
        raise CatalogueError(f"{where}: {name} is {value!r}; write {wanted}.")


@cache
def _allowed() -> dict[str, tuple[str, ...]]:
    """The fields that hold a word from a list; regions are the helsefellesskap of the ontology."""
    base = f"{BASE}helsefellesskap/"
    regions = sorted(str(found).removeprefix(base) for found in load().subjects(RDF.type, HJ.HealthCommunity))
    return {
        "kind": get_args(Kind),
        "status": get_args(Status),
        "language": get_args(Language),
        "region": tuple(regions),
    }


def _path(folder: Path, file: str, digest: str, where: str) -> Path:
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CatalogueError(f"{where}: file {file!r} is outside the folder of the catalogue; move it there.")
    if not path.is_file():
        raise CatalogueError(f"{where}: file {file!r} does not exist; check its name.")
    found = sha256(path.read_bytes()).hexdigest()
    if found != digest:
        raise CatalogueError(
            f"{where}: sha256 of {file!r} is {found[:12]}…, not {digest[:12]}…; if the file was meant to change, "
            f"write {found}."
        )
    return path


def _names(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
