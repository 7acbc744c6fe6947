"""Which clauses hold some words: an index beside the graph of a snapshot, of every three letters in a row.

It tells where words may stand; the query that asks still looks at each clause, so its rows are those of a scan.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from hjemmel.snapshot import Manifest, part

FILE = "words.sqlite"
TEXT = "https://w3id.org/hjemmel/ns#text"
LETTERS = 3
"""In a row; fewer are found by a scan."""

MOST = 1000
"""Clauses; words that stand in more are found as fast by a scan."""

# Without the texts themselves: they stand in the graph.
TABLES = """
CREATE TABLE clause (id INTEGER PRIMARY KEY, graph TEXT NOT NULL, iri TEXT NOT NULL);
CREATE INDEX of_graph ON clause (graph);
CREATE VIRTUAL TABLE letters USING fts5(text, content='', detail=none, tokenize="trigram case_sensitive 1");
"""
FOUND = """
SELECT clause.iri FROM letters JOIN clause ON clause.id = letters.rowid WHERE letters MATCH ? LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Words:
    """The index of a snapshot."""

    file: Path

    def mentioning(self, text: str) -> list[str] | None:
        """The clauses that may hold these words, in whatever case; None if it is better to look at all.

        >>> Words(Path("none")).mentioning("på") is None
        True
        """
        written = text.lower()
        threes = {written[at : at + LETTERS] for at in range(len(written) - LETTERS + 1)}
        # The index ends a text at a null, and so does a search.
        if not threes or "\0" in written:
            return None
        sought = " AND ".join(f'"{three.replace(chr(34), chr(34) * 2)}"' for three in sorted(threes))
        if not self.file.exists():
            return None  # a snapshot may outlive its files in the memory of whoever opened it
        with closing(sqlite3.connect(f"{self.file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as index:
            rows = index.execute(FOUND, (sought, MOST + 1)).fetchall()
        return sorted({iri for (iri,) in rows}) if len(rows) <= MOST else None


def words(snapshot: Path) -> Words | None:
    """The index of a snapshot, if it has one."""
    return Words(snapshot / FILE) if (snapshot / FILE).exists() else None


def indexed(folder: Path, written: Manifest) -> Manifest:
    """Write the index of what is written in a folder; where there is that of the snapshot before, it is brought up.

    The manifest that comes back knows that the file is a new one.
    """
    known = {part(graph): graph for graph in written.graphs}
    fresh = {graph: folder / name for name, graph in known.items() if name not in written.files}
    path = folder / FILE
    unfinished = path.with_suffix(".part")
    if path.exists():
        # The file is that of another snapshot, too.
        unfinished.write_bytes(path.read_bytes())
    try:
        with closing(sqlite3.connect(unfinished)) as index, index:
            _bring_up(index, set(known.values()), fresh)
    except sqlite3.OperationalError:
        # An SQLite without this kind of index: every search is a scan.
        unfinished.unlink(missing_ok=True)
        return written
    unfinished.replace(path)
    return replace(written, files={name: digest for name, digest in written.files.items() if name != FILE})


def holding(written: bytes, words: bytes) -> Iterator[bytes]:
    """The lines that hold some words, found without looking at each of the others.

    >>> list(holding(b"one\\ntwo\\nnone\\n", b"one"))
    [b'one\\n', b'none\\n']
    """
    at = written.find(words)
    while at >= 0:
        start, end = written.rfind(b"\n", 0, at) + 1, written.find(b"\n", at) + 1
        yield written[start:end]
        at = written.find(words, end)


def _bring_up(index: sqlite3.Connection, graphs: set[str], fresh: Mapping[str, Path]) -> None:
    if not index.execute("SELECT 1 FROM sqlite_master WHERE name = 'clause'").fetchone():
        index.executescript(TABLES)
    # What the letters of a clause point to is gone with its row; they themselves stay until all is indexed anew.
    stale = {graph for (graph,) in index.execute("SELECT DISTINCT graph FROM clause")} - graphs | fresh.keys()
    index.executemany("DELETE FROM clause WHERE graph = ?", [(graph,) for graph in sorted(stale)])
    (last,) = index.execute("SELECT COALESCE(MAX(rowid), 0) FROM letters").fetchone()
    for number, (graph, clause, text) in enumerate(_clauses(fresh), last + 1):
        index.execute("INSERT INTO clause VALUES (?, ?, ?)", (number, graph, clause))
        index.execute("INSERT INTO letters (rowid, text) VALUES (?, ?)", (number, text.lower()))


def _clauses(graphs: Mapping[str, Path]) -> Iterator[tuple[str, str, str]]:
    word = f" <{TEXT}> ".encode()
    for graph, path in sorted(graphs.items()):
        lines = b"".join(holding(path.read_bytes(), word))
        for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS, lenient=True):
            if quad.predicate.value == TEXT and isinstance(quad.subject, ox.NamedNode):
                yield graph, quad.subject.value, getattr(quad.object, "value", "")
