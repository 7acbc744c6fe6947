"""Words are found by the index of a snapshot exactly as by a look at every clause."""

from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.build import build
from hjemmel.search import MOST
from hjemmel.snapshot import current, verified
from hjemmel.store import Store
from ingest.document import Document
from queries import catalogue

TEXT = """Samarbeidsavtale mellom Havdal kommune og Nordfylket sykehus HF

1 Ansvar

Kommunen har ANSVAR for «øyeblikkelig hjelp», jf. § 6-2 nr. 4 (100 % dekning).

2 Økonomi

ΟΔΟΣ og İstanbul står her, og ½ stilling deles på {share}.
"""
AGREEMENT = Document(id="havdal", text=TEXT.format(share="to"), title="Avtale", kind="agreement", region="vestfold")
SOUGHT = [
    "ansvar", "ANSVAR for", "øyeblikkelig HJELP", "ØYE", "§ 6-2", "100 %", "«øye", "ha", "o", "οδος", "i̇stanbul", "½ s",
    "deles på to", "deles\\npå", "finnes ikke", '"', '""" OR text', "nr. 4 (1", "  ", "ansvar\0",
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build(home.parent, home, documents=[AGREEMENT])
    return home


@pytest.fixture(scope="module")
def stores(home: Path) -> tuple[Store, Store]:
    """The store of the snapshot, and its statements without an index."""
    return Store.load(home), Store.of(Store.open(home).quads())


def rows(store: Store, text: str) -> list[dict[str, object]]:
    return catalogue()["clauses_mentioning"].run(store, text=text)  # type: ignore[return-value]


@pytest.mark.parametrize("text", SOUGHT)
def test_words_are_found_as_by_a_scan(stores: tuple[Store, Store], text: str) -> None:
    if text.strip():
        indexed, scanned = stores
        assert rows(indexed, text) == rows(scanned, text)


@given(st.integers(0, len(TEXT)), st.integers(1, 12), st.sampled_from([str.lower, str.upper, str.title, str]))
def test_any_part_of_a_text_is_found_as_by_a_scan(
    stores: tuple[Store, Store], start: int, length: int, write: type[str]
) -> None:
    text = write(TEXT[start : start + length])
    if text.strip():
        indexed, scanned = stores
        assert rows(indexed, text) == rows(scanned, text)


def test_the_index_names_the_clauses_that_may_hold_the_words(stores: tuple[Store, Store]) -> None:
    indexed, scanned = stores
    assert [found.rpartition("/")[2] for found in indexed.mentioning("Ansvar") or ()] == ["1"]
    assert indexed.mentioning("finnes ikke") == []
    assert indexed.mentioning("på") is None
    assert scanned.mentioning("ansvar") is None


def test_the_index_follows_the_graph(tmp_path: Path) -> None:
    home = tmp_path / "home"
    other = replace(AGREEMENT, id="lia", title="Lia")
    build(tmp_path, home, documents=[AGREEMENT, other])
    changed = replace(AGREEMENT, text=TEXT.format(share="kommunene"))
    build(tmp_path, home, documents=[changed])
    store, before = Store.load(home), verified(current(home))  # type: ignore[arg-type]
    assert before.files.keys() >= {"words.sqlite"}
    assert [row["document"] for row in rows(store, "deles på kommunene")] == [store.document_iri("havdal")]
    assert not rows(store, "deles på to")
    assert {iri.split("/clause/")[0] for iri in store.mentioning("øyeblikkelig") or ()} == {
        store.document_iri("havdal")
    }


def test_words_that_stand_in_very_many_clauses_are_scanned_for(tmp_path: Path) -> None:
    parts = (
        f"{one} Del {one}\n\n" + "".join(f"{one}.{two} Partene deler\n\n" for two in range(1, 41))
        for one in range(1, 31)
    )
    text = "Avtale\n\n" + "".join(parts)
    build(tmp_path, tmp_path / "home", documents=[replace(AGREEMENT, text=text)])
    store = Store.load(tmp_path / "home")
    assert store.mentioning("partene deler") is None
    assert len(rows(store, "partene deler")) > MOST


def test_a_store_in_memory_answers_when_its_snapshot_has_been_removed(tmp_path: Path) -> None:
    build(tmp_path, tmp_path / "home", documents=[AGREEMENT])
    store = Store.load(tmp_path / "home")
    before = rows(store, "ansvar")
    rmtree(tmp_path / "home")
    assert before
    assert rows(store, "ansvar") == before
