"""Documents that somebody adds: kept, read alone, replaced and forgotten; one that cannot be read changes nothing."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hjemmel import shelf, snapshot
from hjemmel.build import build, corpus
from hjemmel.cli import app
from hjemmel.snapshot import StoreError
from hjemmel.store import Store, UnknownDocumentError
from ingest.readers.text import ReadError

TEXT = """Samarbeidsavtale mellom Elvedal kommune og Elvedal sykehus HF

1. Formål

Avtalen er inngått etter helse- og omsorgstjenesteloven § 6-1. Partene skal møtes {times} ganger i året.
"""


@pytest.fixture
def home(read_corpus: Path, tmp_path: Path) -> Path:
    return shutil.copytree(read_corpus, tmp_path / "home", symlinks=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "Elvedal avtale.txt").write_text(TEXT.format(times="to"), encoding="utf-8")
    return tmp_path / "Elvedal avtale.txt"


def master(home: Path) -> list[bytes]:
    path = snapshot.current(home)
    assert path is not None
    snapshot.verified(path)
    return sorted(line for part in (path / "graph").iterdir() for line in part.read_bytes().splitlines())


def test_a_file_becomes_a_document_beside_those_of_the_corpus(home: Path, file: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    said = shelf.Said(region="vestfold", made_on=date(2024, 9, 12), status="draft")
    [added], built = shelf.add(home, [file], said, progress=lambda step, *_: steps.append(step))
    assert [step for step in steps if step.startswith("reading e")] == ["reading elvedal-avtale"]
    assert not [step for step in steps if "vestfold" in step]
    assert (added, len(built.documents)) == ("elvedal-avtale", 6)
    [row] = Store.open(home).select(
        "SELECT ?title ?made ?region ?status WHERE { ?d dcterms:identifier 'elvedal-avtale' ; dcterms:title ?title ; "
        "hj:madeOn ?made ; hj:region ?region ; hj:status ?status }"
    )
    assert row["title"] == "Samarbeidsavtale mellom Elvedal kommune og Elvedal sykehus HF"
    assert row["made"] == date(2024, 9, 12)
    assert str(row["region"]).endswith("helsefellesskap/vestfold")
    build(corpus(), home, force=True)
    whole = master(home)
    build(corpus(), tmp_path / "plain")
    assert len(whole) > len(master(tmp_path / "plain"))
    shelf.remove(home, added)
    assert master(home) == master(tmp_path / "plain")
    assert not list((home / "shelf").iterdir())


def test_a_file_of_the_same_name_takes_its_place(home: Path, file: Path) -> None:
    shelf.add(home, [file], shelf.Said())
    file.write_text(TEXT.format(times="fire"), encoding="utf-8")
    _, built = shelf.add(home, [file], shelf.Said(title='Avtale "om" alt'))
    assert len(built.documents) == 6
    store = Store.open(home)
    assert store.select("SELECT ?t WHERE { ?d dcterms:identifier 'elvedal-avtale' ; dcterms:title ?t }") == [
        {"t": 'Avtale "om" alt'}
    ]
    assert store.ask("ASK { ?clause hj:text ?text FILTER(CONTAINS(?text, 'møtes fire ganger')) }")
    assert len(list((home / "shelf").iterdir())) == 2


@pytest.mark.parametrize("case", ["broken", "region", "corpus", "missing", "twice"])
def test_what_cannot_be_added_changes_nothing(home: Path, file: Path, tmp_path: Path, case: str) -> None:
    shelf.add(home, [file], shelf.Said())
    before, kept = master(home), sorted((home / "shelf").iterdir())
    files, said = [file], shelf.Said()
    if case == "broken":
        (tmp_path / "ny.pdf").write_bytes(b"%PDF-1.7 and nothing more")
        files = [file, tmp_path / "ny.pdf"]
    elif case == "region":
        said = shelf.Said(region="atlantis")
    elif case == "corpus":
        files = [file.rename(tmp_path / "ahus-samarbeidsavtale.txt")]
    elif case == "missing":
        files = [tmp_path / "nowhere.txt"]
    else:
        files = [file, file]
    with pytest.raises((StoreError, ReadError, UnknownDocumentError)):
        shelf.add(home, files, said)
    assert (master(home), sorted((home / "shelf").iterdir())) == (before, kept)


@pytest.mark.parametrize(("name", "said"), [("ahus-samarbeidsavtale", "of the corpus"), ("lofoten", "no document")])
def test_only_what_was_added_can_be_forgotten(home: Path, name: str, said: str) -> None:
    with pytest.raises(UnknownDocumentError, match=said):
        shelf.remove(home, name)


def test_the_commands_say_what_they_did(home: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(home))

    def run(*words: str) -> "tuple[int, str]":
        result = CliRunner().invoke(app, words)
        return result.exit_code, result.output

    code, told = run("ingest", str(file), "--date", "2024-09-12", "--json")
    assert (code, json.loads(told)["added"]) == (0, ["elvedal-avtale"])
    assert run("ingest", str(file), "--date", "i fjor")[0] == 2
    assert run("ingest", str(file), str(file), "--title", "En")[0] == 2
    assert run("forget", "lofoten")[0] == 2
    assert run("forget", "elvedal-avtale") == (0, "elvedal-avtale is out of the store: 5 documents are left.\n")
