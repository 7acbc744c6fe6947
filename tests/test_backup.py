"""The drill: what is backed up comes back, to the byte, and a backup that is not whole changes nothing."""

import shutil
import tarfile
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from hjemmel import snapshot
from hjemmel.backup import back_up, restore
from hjemmel.build import build, corpus
from hjemmel.cli import app
from hjemmel.revision import revise
from hjemmel.snapshot import StoreError, roll_back
from hjemmel.store import Store

GRAPH = "https://example.org/graph"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    build(corpus(), folder)
    (folder / "reviews").mkdir()
    (folder / "reviews" / "2024.jsonl").write_text("{}\n", encoding="utf-8")
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "home")
    return tmp_path / "home"


def canonical(home: Path) -> str:
    """The graph in its canonical form, which without blank nodes is its sorted N-Quads."""
    return "".join(sorted(f"{quad} .\n" for quad in Store.open(home).quads()))


def change(home: Path) -> None:
    node = ox.NamedNode(GRAPH)
    revise(home, {GRAPH: [ox.Quad(node, node, node, node)]})
    (home / "reviews" / "2024.jsonl").write_text("{}\n{}\n", encoding="utf-8")


def test_the_drill_a_store_lost_is_the_same_again(home: Path, tmp_path: Path) -> None:
    before = canonical(home)
    back_up(home, tmp_path / "store.tar.gz")
    shutil.rmtree(home)
    restore(home, tmp_path / "store.tar.gz")
    assert canonical(home) == before
    assert (home / "reviews" / "2024.jsonl").read_text(encoding="utf-8") == "{}\n"
    assert build(corpus(), home).built == Store.open(home).manifest.built
    change(home)
    assert canonical(home) != before


def test_what_is_replaced_is_kept_and_can_be_gone_back_to(home: Path, tmp_path: Path) -> None:
    before = canonical(home)
    back_up(home, tmp_path / "store.tar.gz")
    change(home)
    after = canonical(home)
    restore(home, tmp_path / "store.tar.gz")
    assert canonical(home) == before
    assert (home / "replaced-1" / "reviews" / "2024.jsonl").read_text(encoding="utf-8") == "{}\n{}\n"
    assert [path.name for path in (home / "reviews").iterdir()] == ["2024.jsonl"]
    roll_back(home)
    assert canonical(home) == after


def other(archive: tarfile.TarFile, name: str) -> None:
    info = tarfile.TarInfo(name)
    info.size = 1
    archive.addfile(info, BytesIO(b"x"))


@pytest.mark.parametrize("case", ["missing", "cut", "flipped", "other", "outside", "text"])
def test_a_file_that_is_no_whole_backup_changes_nothing(home: Path, tmp_path: Path, case: str) -> None:
    file = tmp_path / "store.tar.gz"
    back_up(home, file)
    content = file.read_bytes()
    match case:
        case "missing":
            file.unlink()
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "flipped":
            file.write_bytes(
                content[: len(content) // 2]
                + bytes([content[len(content) // 2] ^ 8])
                + content[len(content) // 2 + 1 :]
            )
        case "other" | "outside":
            with tarfile.open(file, "w:gz") as archive:
                other(archive, "../outside" if case == "outside" else "file")
        case "text":
            file.write_text("a text", encoding="utf-8")
    change(home)
    kept = sorted(path.relative_to(home) for path in home.rglob("*"))
    before = canonical(home)
    with pytest.raises(StoreError):
        restore(home, file)
    assert canonical(home) == before
    assert sorted(path.relative_to(home) for path in home.rglob("*")) == kept
    assert not (tmp_path / "outside").exists()


def test_a_damaged_store_is_not_backed_up(home: Path, tmp_path: Path) -> None:
    path = snapshot.current(home)
    assert path is not None
    next((path / "graph").iterdir()).write_text("nothing")
    with pytest.raises(StoreError, match="damaged"):
        back_up(home, tmp_path / "store.tar.gz")
    with pytest.raises(StoreError, match="no store"):
        back_up(tmp_path / "empty", tmp_path / "store.tar.gz")
    assert not list(tmp_path.glob("store.tar*"))


def test_the_commands_say_what_they_did(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(home))
    file = str(tmp_path / "store.tar.gz")
    for words, said in ((("backup", file), "Wrote 5 documents"), (("restore", file), "The store is that of")):
        result = CliRunner().invoke(app, words)
        assert (result.exit_code, said in result.output) == (0, True), result.output
    assert CliRunner().invoke(app, ["restore", str(tmp_path / "nowhere")]).exit_code == 1
