"""Files for others to fetch: written whole or not at all, with checksums that `sha256sum --check` reads."""

from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path

import pyoxigraph as ox

from hjemmel.export import FORMATS
from hjemmel.store import Store

CHECKSUMS = "SHA256SUMS"


def file(quads: Iterable[ox.Quad], form: str, out: Path) -> None:
    """Write one file; an older one of that name stays until the new one is whole."""
    unfinished = out.with_name(f"{out.name}.part")
    with unfinished.open("wb") as writing:
        FORMATS[form](quads, writing)
    unfinished.replace(out)


def documents(store: Store, form: str, folder: Path) -> list[Path]:
    """Write what is said of each document to a file of its name, and the checksums of all."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, iri in store.documents().items():
        out = folder / f"{name}.{form}"
        file((quad for graph in store.document_graphs(iri) for quad in store.quads(graph)), form, out)
        written.append(out)
    checksums(folder / CHECKSUMS, written)
    return [*written, folder / CHECKSUMS]


def checksums(out: Path, files: Iterable[Path]) -> None:
    """Write the SHA-256 of each file, one a line."""
    lines = []
    for path in files:
        with path.open("rb") as reading:
            lines.append(f"{file_digest(reading, 'sha256').hexdigest()}  {path.name}\n")
    out.write_text("".join(lines), encoding="utf-8")
