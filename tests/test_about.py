"""The page about Hjemmel: what it promises is what the README, the catalogue and the manifest say."""

import gzip
import tomllib
from pathlib import Path

import pytest

from hjemmel import snapshot
from hjemmel.pages.about import COLUMNS, dump, figures
from hjemmel.store import Store
from tests.drawn import mark_up, text, view

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module", autouse=True)
def store(corpus_store: Store) -> Store:
    return corpus_store


def table_in_readme() -> list[tuple[str, ...]]:
    after = (ROOT / "README.md").read_text(encoding="utf-8").partition("## How sure is it?")[2]
    lines = after.partition("| what |")[2].partition("\n\n")[0].splitlines()
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def test_the_figures_are_those_of_the_readme() -> None:
    assert table_in_readme()
    assert [tuple(row[column] for column in COLUMNS) for row in figures("en")] == table_in_readme()


def digits(words: str) -> str:
    return "".join(letter for letter in words.replace("0,", ",") if letter.isdigit())


def test_the_figures_are_the_same_in_both_languages() -> None:
    for nb, en in zip(figures("nb"), figures("en"), strict=True):
        for column in COLUMNS[1:]:
            assert digits(nb[column]) == digits(en[column].replace("0.", ".")), (nb["what"], column)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_document_stands_with_its_source_and_why_it_may_be_shown(language: str) -> None:
    said = text(view("about", lang=language))
    for entry in tomllib.loads((ROOT / "corpus" / "catalogue.toml").read_text(encoding="utf-8"))["document"]:
        for field in ("title", "publisher", "publishing_basis", "missing"):
            assert entry.get(field, "") in said


def test_the_versions_are_those_of_the_snapshot(store: Store) -> None:
    said = text(view("about"))
    path = snapshot.current(snapshot.home())
    assert path
    for told in (path.name, store.manifest.software, store.manifest.ground[:16]):
        assert told in said


def test_who_to_ask_is_whoever_the_installation_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Ingen kontaktadresse er oppgitt" in text(view("about"))
    monkeypatch.setenv("HJEMMEL_CONTACT", "https://example.no/kontakt")
    drawn = mark_up(view("about"))
    assert '<a href="https://example.no/kontakt" rel="noreferrer">' in drawn
    assert "Ingen kontaktadresse" not in drawn


def test_commands_among_the_figures_are_set_as_commands() -> None:
    assert "<code>hjemmel laws update</code>" in mark_up(view("about"))


def test_programs_are_shown_the_way() -> None:
    drawn = mark_up(view("about"))
    for target in ("sparql", "ns", ".well-known/void"):
        assert f'<a href="{target}">' in drawn


def test_the_whole_graph_can_be_taken_along(store: Store) -> None:
    assert gzip.decompress(dump()).count(b"\n") == store.manifest.quads
