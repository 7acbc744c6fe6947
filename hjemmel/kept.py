"""Judgements that have been made, kept beside the store until something that they rest on is another."""

import json
import sqlite3
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hjemmel import ground, judgement
from hjemmel.assessment import beside, decided
from hjemmel.review.findings import finding_reviews
from hjemmel.snapshot import part
from hjemmel.store import SHARED_GRAPHS, Store
from hjemmel.subject import Subject

if TYPE_CHECKING:
    from shapes import Engine

FILE = "judgements.sqlite"
# The rules, the words, and the code that judges by them.
PACKAGES = ("ontology", "shapes", "hjemmel")
LIBRARIES = ("pyoxigraph", "pyshacl", "rdflib")
DAYS = ("as_of", "applies_from")
TABLE = """
CREATE TABLE IF NOT EXISTS judgement (
    document TEXT, asked TEXT, rests_on TEXT, told BLOB, PRIMARY KEY (document, asked)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a judgement is asked for: by the law of which day (or the agreement's own), in what language, and how."""

    as_of: date | None
    language: str
    confirmed_only: bool = False
    engine: "Engine" = "compiled"


def judgement_of(about: Subject, asked: Asked, *, home: Path) -> dict[str, Any]:
    """The judgement of a document of the store in this home, as plain values; made only if none is kept that holds.

    Without a day, today counts, too. One is kept for each document and way to ask.
    """
    if not about.store.manifest.files:
        return _judged(about, asked)  # another service does not tell when a graph of its changes
    rests_on, key = _rests_on(about, asked), (about.iri, repr(asked))
    # A home that cannot be written, or a file that is damaged, takes time and nothing else.
    with suppress(sqlite3.DatabaseError), closing(_opened(home)) as kept:
        found = kept.execute("SELECT rests_on, told FROM judgement WHERE document = ? AND asked = ?", key).fetchone()
        if found and found[0] == rests_on:
            return _read(found[1])
    told = _judged(about, asked)
    with suppress(sqlite3.DatabaseError), closing(_opened(home)) as kept, kept:
        kept.execute("INSERT OR REPLACE INTO judgement VALUES (?, ?, ?, ?)", (*key, rests_on, _written(told)))
    return told


def forget(home: Path) -> None:
    """Remove every judgement that is kept: what was erased must not be left in one."""
    (home / FILE).unlink(missing_ok=True)


def _opened(home: Path) -> sqlite3.Connection:
    kept = sqlite3.connect(home / FILE, timeout=60)
    kept.execute(TABLE)
    return kept


def _judged(about: Subject, asked: Asked) -> dict[str, Any]:
    found = judgement.judged(about, as_of=asked.as_of, confirmed_only=asked.confirmed_only, engine=asked.engine)
    return judgement.as_plain(found, asked.language)


def _rests_on(about: Subject, asked: Asked) -> str:
    """One digest of all that a judgement of a document rests on."""
    store = about.store
    whole = sha256(f"{_code()} {_shared(store)} {asked} {asked.as_of or date.today()}".encode())
    for graph in store.document_graphs(about.iri):
        whole.update(f"\n{graph} {store.manifest.files[part(graph)]}".encode())
    for line in sorted(map(str, decided(about, store))):
        whole.update(f"\n{line}".encode())
    for finding, review in sorted(finding_reviews(store, about.iri).items()):
        whole.update(f"\n{finding} {review}".encode())
    return whole.hexdigest()


@cache
def _code() -> str:
    return ground.code(PACKAGES, LIBRARIES)


@cache
def _shared(store: Store) -> str:
    """One digest of what every document of a store is judged by."""
    files = store.manifest.files
    whole = sha256(" ".join(files.get(part(graph.value), "") for graph in SHARED_GRAPHS).encode())
    for line in sorted(map(str, beside(store))):
        whole.update(f"\n{line}".encode())
    return whole.hexdigest()


def _written(told: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(told, ensure_ascii=False, default=date.isoformat).encode())


def _read(written: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(zlib.decompress(written), object_hook=_with_days)
    return told


def _with_days(values: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(values[name]) for name in DAYS if values.get(name)}
    return {**values, **days}
