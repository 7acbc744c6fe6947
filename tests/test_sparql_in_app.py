"""The page SPARQL of the app: the endpoint's editor among our pages, asked under the endpoint's limits."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from hjemmel.endpoint.editor import embedded
from tests.test_app import store, text, view

__all__ = ["store"]


def test_the_page_says_what_it_is_for() -> None:
    assert "Velg et eksempel og endre det." in text(view("sparql"))


def test_a_query_of_the_address_is_text_whatever_it_holds() -> None:
    assert "<script>" not in embedded("nb", '"</textarea><script>alert(1)</script>')


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_address_with_a_query_is_run_at_once_in_the_language_of_the_page(page: Page, server: str) -> None:
    query = "SELECT ?c WHERE { ?c a hj:Clause } ORDER BY ?c LIMIT 2"
    page.goto(f"{server}/sporringer?lang=en&query={quote(query)}")
    expect(page.get_by_text("2 rows.")).to_be_visible()
    expect(page.get_by_label("Query", exact=True)).to_have_value(query)
    assert f"curl '{server}/sparql'" in (page.locator("#curl").text_content() or "")
    page.get_by_role("link", name="id:doc/").first.click()
    page.wait_for_url("**/id/doc/**")


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_cannot_be_run_is_a_sentence(page: Page, server: str) -> None:
    page.goto(f"{server}/sporringer?query=SELECT%20nothing")
    expect(page.get_by_text("cannot be read as SPARQL")).to_be_visible()
