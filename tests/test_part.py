"""Which documents a page takes up when there are many."""

import pytest
from streamlit.testing.v1 import AppTest

from hjemmel.store import Store
from tests.drawn import text, view

PAGES = ("matrix", "findings", "bodies", "network")
VESTFOLD, AHUS = "Helsefellesskapet i Vestfold", "Helsefellesskapet for Ahus"


@pytest.fixture(scope="module", autouse=True)
def store(corpus_store: Store) -> Store:
    return corpus_store


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few documents that those of one region are too many."""
    monkeypatch.setattr("hjemmel.pages.part.MOST_TOGETHER", 1)


def region(page: AppTest) -> str:
    return str(next(one for one in page.selectbox if one.key == "part_region").value)


@pytest.mark.parametrize("name", PAGES)
def test_of_many_documents_those_of_one_region_are_taken(few: None, name: str) -> None:
    page = view(name, region=VESTFOLD)
    assert region(page) == VESTFOLD
    assert "Viser de 1 nyeste av" in text(page)


@pytest.mark.parametrize("name", ["matrix", "findings"])
def test_a_link_to_a_document_leads_to_its_region(few: None, name: str) -> None:
    page = view(name, dok="ahus-samarbeidsavtale", region=VESTFOLD)
    assert region(page) == AHUS
    assert "Vestfold" not in text(page)


def test_few_documents_are_taken_together() -> None:
    page = view("matrix")
    assert not any(one.key == "part_region" for one in page.selectbox)
    assert {"Vestfold", "Ahus", "Trøndelag"} <= {*text(page).split()}
