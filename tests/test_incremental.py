"""A build reads what has changed and nothing else, and ends in the store that a build from nothing makes."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hjemmel import snapshot
from hjemmel.build import build
from hjemmel.snapshot import StoreError
from hjemmel.store import Store
from ingest.document import Document

TEXT = """Samarbeidsavtale mellom {town} kommune og {town} sykehus HF

1. Formål

Avtalen er inngått etter {law}. Partene skal møtes {times} ganger i året.

2. Varighet

Avtalen trer i kraft 1. januar 2024 og kan sies opp med ett års frist.
"""
LAWS = ("helse- og omsorgstjenesteloven § 6-1", "spesialisthelsetjenesteloven § 2-1 e", "folkehelseloven § 21")


def agreement(number: int, version: int = 0) -> Document:
    """An agreement; each cites a law and has parties that others share with it, and a new version cites another law."""
    town = ["Elvedal", "Lia", "Nordheim"][number % 3]
    text = TEXT.format(town=town, times=2 + version, law=LAWS[(number + version) % 3])
    return Document(id=f"avtale-{number}", text=text, title=f"Samarbeidsavtale {number}", kind="agreement")


def lines(home: Path) -> list[bytes]:
    path = snapshot.current(home)
    assert path is not None
    found = snapshot.verified(path)
    written = sorted(line for part in (path / "graph").iterdir() for line in part.read_bytes().splitlines())
    assert sorted(f"{quad} .".encode() for quad in Store.open(home).quads()) == written
    assert found.quads == len(written)
    return written


def built(home: Path, documents: Iterable[Document], **options: bool) -> list[str]:
    """Which documents were read in a build."""
    read = []

    def tell(step: str, done: int, _: int) -> None:
        if step.startswith("reading "):
            read.append(step.removeprefix("reading "))

    build(home.parent, home, documents=documents, progress=tell, **options)
    return read


FIRST = (agreement(0), agreement(1), agreement(2))


@pytest.mark.parametrize(
    ("then", "read"),
    [
        (FIRST, []),
        ((*FIRST, agreement(3)), ["avtale-3"]),
        ((FIRST[0], agreement(1, version=1), FIRST[2]), ["avtale-1"]),
        ((FIRST[0], replace(FIRST[1], title="Ny tittel"), FIRST[2]), ["avtale-1"]),
        (FIRST[:2], []),
        ((agreement(4), agreement(5)), ["avtale-4", "avtale-5"]),
        (FIRST[::-1], []),
    ],
    ids=["nothing", "one more", "new text", "new title", "one less", "all others", "another order"],
)
def test_only_what_has_changed_is_read_and_the_store_is_that_of_a_whole_build(
    tmp_path: Path, then: tuple[Document, ...], read: list[str]
) -> None:
    home, anew = tmp_path / "home", tmp_path / "anew"
    assert built(home, FIRST) == ["avtale-0", "avtale-1", "avtale-2"]
    assert built(home, then) == read
    assert built(anew, then) == [document.id for document in then]
    assert lines(home) == lines(anew)
    assert Store.open(home).manifest.documents == tuple(document.id for document in then)


STEPS = st.lists(st.dictionaries(st.integers(0, 4), st.integers(0, 2), min_size=1), min_size=2, max_size=4)


@settings(max_examples=8, deadline=None)
@given(STEPS)
def test_any_row_of_builds_ends_in_the_store_of_the_last(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("builds")
    for step in steps:
        built(folder / "home", [agreement(number, version) for number, version in step.items()])
    built(folder / "anew", [agreement(number, version) for number, version in steps[-1].items()])
    assert lines(folder / "home") == lines(folder / "anew")
    shutil.rmtree(folder)


def test_by_force_all_is_read_again(tmp_path: Path) -> None:
    built(tmp_path / "home", FIRST)
    assert len(built(tmp_path / "home", FIRST, force=True)) == 3


def test_new_rules_have_all_read_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    built(home, FIRST)
    laws = home / "laws"
    laws.mkdir()
    (laws / "index.json").write_text('{"acts": {}, "archives": []}', encoding="utf-8")
    assert len(built(home, FIRST)) == 3


def test_a_damaged_store_is_not_built_upon(tmp_path: Path) -> None:
    home = tmp_path / "home"
    built(home, FIRST)
    path = snapshot.current(home)
    assert path is not None
    next((path / "shared").iterdir()).write_bytes(b"")
    assert len(built(home, (*FIRST, agreement(3)))) == 4
    lines(home)


def test_two_documents_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="two documents avtale-0"):
        built(tmp_path / "home", (FIRST[0], replace(FIRST[1], id="avtale-0")))


def test_a_changed_file_of_a_folder_is_read_again_and_no_other(tmp_path: Path) -> None:
    folder, home = tmp_path / "corpus", tmp_path / "home"
    folder.mkdir()
    read: list[str] = []

    def write(*documents: Document) -> None:
        entries = []
        for document in documents:
            (folder / f"{document.id}.txt").write_text(document.text, encoding="utf-8")
            digest = sha256(document.text.encode()).hexdigest()
            entries.append(
                f'[[document]]\nid = "{document.id}"\nfile = "{document.id}.txt"\ntitle = "{document.title}"\n'
                f'kind = "agreement"\nsha256 = "{digest}"\n'
            )
        (folder / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
        read.clear()
        build(folder, home, progress=lambda step, *_: read.append(step))

    write(*FIRST)
    assert "reading avtale-0" in read
    write(FIRST[0], agreement(1, version=1), FIRST[2])
    assert [step for step in read if step.startswith("reading a")] == ["reading avtale-1"]
    assert Store.open(home).manifest.corpus == str(folder)
