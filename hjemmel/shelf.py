"""The store's own shelf: documents that somebody added, kept as they came, each with its entry in a catalogue.

HOME/shelf/catalogue.toml     what is known of each, as in any folder of documents
HOME/shelf/FILES              the files as they came, named by their digests
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from hjemmel.build import SHELF, build, corpus
from hjemmel.snapshot import Manifest, Progress, StoreError, current, manifest, writing
from hjemmel.store import UnknownDocumentError

if TYPE_CHECKING:
    from ingest.document import Kind, Status

CATALOGUE = "catalogue.toml"

Entries = dict[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of a document that they add; what they leave out is read from the document."""

    kind: "Kind" = "agreement"
    region: str | None = None
    title: str | None = None
    made_on: date | None = None
    status: "Status | None" = None


def add(
    home: Path, files: list[Path], said: Said, *, progress: Progress = lambda *_: None
) -> tuple[list[str], Manifest]:
    """Put files on the shelf and publish the store with them: their identifiers, and the new manifest.

    A file of the same name as one on the shelf takes its place. If one cannot be read, nothing has changed.
    """
    given: Entries = {}
    contents = {}
    for path in files:
        entry = _entry(path, said)
        contents[str(entry["file"])] = path.read_bytes()
        if given.setdefault(str(entry["id"]), entry) is not entry:
            raise StoreError(f"Two of the files would be called {entry['id']}: rename one of them.")
    with writing(home):
        before = _entries(home)
        if taken := given.keys() & set(_built(home)) - before.keys():
            raise StoreError(f"There is a document {min(taken)} in the corpus: rename the file.")
        (home / SHELF).mkdir(exist_ok=True)
        for name, content in contents.items():
            (home / SHELF / name).write_bytes(content)
        _write(home, before | given)
    return list(given), _rebuilt(home, {name: before.get(name) for name in given}, progress)


def remove(home: Path, document: str, *, progress: Progress = lambda *_: None) -> Manifest:
    """Take a document off the shelf and publish the store without it; its file is deleted."""
    with writing(home):
        before = _entries(home)
        if document not in before:
            raise UnknownDocumentError(
                f"{document} is a document of the corpus: take it out of the catalogue there and run `hjemmel build`."
                if document in _built(home)
                else f"There is no document {document} in the store: `hjemmel documents` lists them."
            )
        _write(home, {name: entry for name, entry in before.items() if name != document})
    return _rebuilt(home, {document: before[document]}, progress)


def _entry(path: Path, said: Said) -> Mapping[str, object]:
    """The entry of a file; reading it here tells what is wrong with it before anything is kept."""
    from hjemmel.subject import document_of

    if not path.is_file():
        raise UnknownDocumentError(f"There is no file {path}: check the name and the folder.")
    document = document_of(path, kind=said.kind)
    digest = sha256(path.read_bytes()).hexdigest()
    known = {
        "id": document.id,
        "file": f"{digest[:32]}{path.suffix}",
        "title": said.title or document.title,
        "kind": said.kind,
        "language": document.language,
        "region": said.region,
        "made_on": said.made_on,
        "status": said.status,
        "sha256": digest,
    }
    return {name: value for name, value in known.items() if value is not None}


def _rebuilt(home: Path, before: Mapping[str, Mapping[str, object] | None], progress: Progress) -> Manifest:
    """The store with what the shelf holds now; if it cannot be built, the shelf holds what it did `before`."""
    built = current(home)
    folder = manifest(built).corpus if built else ""
    try:
        return build(Path(folder) if folder else corpus(), home, progress=progress)
    except BaseException:
        with writing(home):
            entries = {name: entry for name, entry in _entries(home).items() if name not in before}
            _write(home, entries | {name: entry for name, entry in before.items() if entry is not None})
        raise
    finally:
        with writing(home):
            wanted = {CATALOGUE, *(str(entry["file"]) for entry in _entries(home).values())}
            for path in (home / SHELF).iterdir():
                if path.name not in wanted:
                    path.unlink()


def _built(home: Path) -> tuple[str, ...]:
    path = current(home)
    return manifest(path).documents if path else ()


def _entries(home: Path) -> Entries:
    import tomllib

    path = home / SHELF / CATALOGUE
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("document", ())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise StoreError(f"{path} is not TOML ({error}): correct that line.") from error
    return {row["id"]: row for row in rows}


def _write(home: Path, entries: Entries) -> None:
    path = home / SHELF / CATALOGUE
    if not entries:
        path.unlink(missing_ok=True)  # a catalogue lists something
        return
    tables = ("\n".join(["[[document]]", *map(_line, entry.items())]) for entry in entries.values())
    part = path.with_suffix(".part")
    part.write_text("\n\n".join(tables) + "\n", encoding="utf-8")
    part.replace(path)


def _line(field: tuple[str, object]) -> str:
    """A field of an entry; a string of JSON is one of TOML.

    >>> _line(("title", 'Avtale "om" alt')), _line(("made_on", date(2024, 9, 12)))
    ('title = "Avtale \\\\"om\\\\" alt"', 'made_on = 2024-09-12')
    """
    name, value = field
    written = value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
    return f"{name} = {written}"
