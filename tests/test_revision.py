"""A revision: the same store as a full build of it, in the time of what was changed, and never in place."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from hjemmel import snapshot
from hjemmel.publication import publish
from hjemmel.revision import revise
from hjemmel.snapshot import StoreError, roll_back, snapshots, writing
from hjemmel.store import Store

BASE = "https://example.org/"

Words = dict[str, tuple[str, ...]]


def quads(graph: str, *words: str, rows: int = 3) -> Iterator[ox.Quad]:
    """Some statements of a graph: for each word, so many rows with it."""
    for word in words:
        for row in range(rows):
            yield ox.Quad(
                ox.NamedNode(f"{BASE}{graph}/{word}/{row}"),
                ox.NamedNode(f"{BASE}says"),
                ox.Literal(f"«{word}»\n{row}"),
                ox.NamedNode(BASE + graph),
            )


def lines(home: Path) -> list[bytes]:
    """The master copy of the current snapshot, once it has been seen to be whole and to be what the store answers."""
    path = snapshot.current(home)
    assert path is not None
    found = snapshot.verified(path)
    written = sorted(line for part in (path / "graph").iterdir() for line in part.read_bytes().splitlines())
    assert sorted(f"{quad} .".encode() for quad in Store.open(home).quads()) == written
    assert sorted(f"{quad} .".encode() for quad in Store.load(home).quads()) == written
    assert (found.quads, sum(found.graphs.values())) == (len(written), len(written))
    return written


def published(home: Path, *every: Iterable[ox.Quad]) -> list[bytes]:
    """The lines of a store built at once of these statements."""
    with writing(home):
        publish(home, (quad for some in every for quad in some))
    return lines(home)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    published(tmp_path / "home", quads("a", "en", "to"), quads("b", "tre"), quads("c", "fire"))
    return tmp_path / "home"


@pytest.mark.parametrize(
    "changed",
    [
        {"b": ("tre", "fem")},
        {"b": ("fem",)},
        {"b": ()},
        {"d": ("ny",)},
        {"a": ("to",), "b": (), "d": ("ny",)},
        {"a": (), "b": (), "c": ()},
        {"a": ("en", "to")},
    ],
    ids=["more", "another", "none", "new", "several", "all gone", "the same"],
)
def test_a_revision_equals_a_build_from_nothing(
    home: Path, tmp_path: Path, changed: dict[str, tuple[str, ...]]
) -> None:
    revise(home, {BASE + graph: quads(graph, *words) for graph, words in changed.items()})
    wanted = {"a": ("en", "to"), "b": ("tre",), "c": ("fire",)} | changed
    built = published(tmp_path / "anew", *(quads(graph, *words) for graph, words in wanted.items()))
    assert lines(home) == built


def test_revisions_can_follow_upon_each_other(home: Path, tmp_path: Path) -> None:
    for number in range(8):
        revise(home, {f"{BASE}b": quads("b", f"nr-{number}")})
    assert lines(home) == published(tmp_path / "anew", quads("a", "en", "to"), quads("b", "nr-7"), quads("c", "fire"))
    assert len(snapshots(home)) == snapshot.KEPT


def test_a_reader_keeps_its_snapshot_and_rollback_finds_it_whole(home: Path) -> None:
    before, reader = lines(home), Store.open(home)
    revise(home, {f"{BASE}b": quads("b", "fem")})
    assert lines(home) != before
    assert sorted(f"{quad} .".encode() for quad in reader.quads()) == before
    roll_back(home)
    assert lines(home) == before


def test_nothing_is_published_when_nothing_is_changed(home: Path) -> None:
    before = snapshot.current(home)
    revise(home, {f"{BASE}b": quads("b", "tre"), f"{BASE}none": ()}, source="")
    assert snapshot.current(home) == before
    assert revise(home, {}, source="other").source == "other"
    assert snapshot.current(home) != before


def test_what_is_not_changed_is_not_written_again(home: Path) -> None:
    revise(home, {f"{BASE}b": quads("b", "fem")})
    path = snapshot.current(home)
    assert path is not None
    shared = {name for name in snapshot.manifest(path).files if (path / name).stat().st_nlink > 1}
    assert {snapshot.part(f"{BASE}a"), snapshot.part(f"{BASE}c")} <= shared
    assert any(name.endswith(".sst") for name in shared)
    assert snapshot.part(f"{BASE}b") not in shared


def test_a_file_system_without_links_gets_copies(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    revise(home, {f"{BASE}b": ()})
    assert len(lines(home)) == 9


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([*quads("c", "her")], "was given for the graph <https://example.org/b> and stands in another"),
        ([ox.Quad(ox.BlankNode(), ox.NamedNode(BASE), ox.Literal(1), ox.NamedNode(f"{BASE}b"))], "no blank node"),
    ],
)
def test_what_cannot_be_published_leaves_the_store(home: Path, given: list[ox.Quad], said: str) -> None:
    before = lines(home)
    with pytest.raises(StoreError, match=re.escape(said)):
        revise(home, {f"{BASE}b": given})
    assert lines(home) == before
    assert not list((home / "snapshots").glob("unfinished*"))


def test_there_must_be_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="hjemmel build"):
        revise(tmp_path, {})


@pytest.mark.parametrize("victim", ["part", "engine", "missing"])
def test_a_damaged_store_is_not_built_upon(home: Path, victim: str) -> None:
    path = snapshot.current(home)
    assert path is not None
    if victim == "missing":
        next((path / "store").glob("*.sst")).unlink()
    else:
        file = path / snapshot.part(f"{BASE}b") if victim == "part" else next((path / "store").glob("MANIFEST*"))
        file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(StoreError, match=r"damaged.*hjemmel build"):
        revise(home, {f"{BASE}b": ()})
    assert snapshot.current(home) == path


def test_damage_to_what_is_shared_is_found_in_the_new_snapshot(home: Path) -> None:
    path = snapshot.current(home)
    assert path is not None
    file = path / snapshot.part(f"{BASE}a")
    content = bytearray(file.read_bytes())
    content[5] ^= 1
    with file.open("r+b") as damaged:
        damaged.write(content)
    revise(home, {f"{BASE}b": ()})
    with pytest.raises(StoreError, match="damaged"):
        Store.open(home)


def test_a_copied_store_can_be_revised(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "copy")
    revise(tmp_path / "copy", {f"{BASE}b": ()})
    assert len(lines(tmp_path / "copy")) == 9
    assert len(lines(home)) == 12
