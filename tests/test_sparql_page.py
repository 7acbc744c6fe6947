"""The page where one writes SPARQL, and the pages of things, in a real browser: safe, offline, for everybody."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hjemmel import endpoint
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SCRIPT = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
ID = "https://w3id.org/hjemmel/id/"
TITLE = "http://purl.org/dc/terms/title"
HOSTILE = [
    (f"{ID}doc/a", TITLE, ox.Literal(SCRIPT, language="nb")),
    (f"{ID}doc/a", "http://www.w3.org/2000/01/rdf-schema#seeAlso", ox.NamedNode("javascript:alert(1)")),
    (f"{ID}doc/a", "http://www.w3.org/2000/01/rdf-schema#seeAlso", ox.NamedNode("https://example.org/a")),
    (f"{ID}doc/b", TITLE, ox.Literal("=HYPERLINK(1)")),
    (f"{ID}doc/b", "http://purl.org/dc/terms/source", ox.NamedNode(f"{ID}doc/a")),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("data") / "graph.nq"
    graph = ox.NamedNode(f"{ID}graph/1")
    quads = [ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o, graph) for s, p, o in HOSTILE]
    path.write_text("".join(f"{each} .\n" for each in quads), encoding="utf-8")
    with served(endpoint.app(lambda: path)) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that tells of any error, and of any request to another host."""
    opened = browser.new_page(locale="nb-NO")
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda said: trouble.append(said.text) if "Content Security Policy" in said.text else None)
    opened.on(
        "request",
        lambda asked: None if asked.url.startswith((address, "data:", "blob:")) else trouble.append(asked.url),
    )
    yield opened
    assert opened.title() != "taken"
    assert trouble == []
    opened.close()


def ask(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/sparql")
    page.get_by_label("Spørring", exact=True).fill(query)
    page.keyboard.press("Control+Enter")


def test_a_query_is_written_run_and_its_answer_shown_as_a_table(page: Page, address: str) -> None:
    ask(page, address, "SELECT ?thing ?title WHERE { ?thing dcterms:title ?title } ORDER BY ?title")
    expect(page.get_by_role("status")).to_have_text("2 rader.")
    expect(page.get_by_role("columnheader", name="thing")).to_be_visible()
    # What stands in the graph is text, whatever it looks like; and our addresses lead to our pages.
    expect(page.get_by_role("cell", name="<img src=x")).to_be_visible()
    page.get_by_role("link", name="id:doc/b").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("=HYPERLINK(1)")


def test_a_query_in_the_address_is_run(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql?query={quote('ASK { ?s dcterms:title ?o }')}")
    expect(page.get_by_role("status")).to_have_text("Ja")


def test_what_went_wrong_is_said_where_the_answer_would_be(page: Page, address: str) -> None:
    ask(page, address, "SELECT nothing")
    expect(page.get_by_role("status")).to_contain_text("cannot be read as SPARQL")


def test_our_words_are_suggested_and_chosen_by_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql")
    field = page.get_by_label("Spørring", exact=True)
    field.fill("")
    field.press_sequentially("SELECT * { ?c a hj:Citat")
    expect(page.locator("#words [role=option]").first).to_contain_text("henvisning")
    page.keyboard.press("Enter")
    expect(field).to_have_value("SELECT * { ?c a hj:Citation")
    expect(page.locator("#coloured .t-keyword").first).to_have_text("SELECT")


def test_an_example_of_the_catalogue_fills_the_field(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql?lang=en")
    page.get_by_label("Examples").select_option("clauses_implementing")
    expect(page.get_by_label("Query", exact=True)).to_have_value(re.compile("hj:implements"))
    assert "hj:implements" in (page.locator("#curl").text_content() or "")


@pytest.mark.parametrize(("button", "part"), [("CSV for regneark", '"\'=HYPERLINK(1)"'), ("CSV", "=HYPERLINK(1)")])
def test_the_answer_is_downloaded_and_a_spreadsheet_runs_nothing(
    page: Page, address: str, button: str, part: str, tmp_path: Path
) -> None:
    ask(page, address, "SELECT ?title WHERE { ?thing dcterms:title ?title } ORDER BY ?title")
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    download.value.save_as(tmp_path / "answer.csv")
    assert part in (tmp_path / "answer.csv").read_text(encoding="utf-8-sig")


def test_a_hostile_thing_is_shown_as_text(page: Page, address: str) -> None:
    page.goto(f"{address}/id/doc/a")
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>")
    links = [link.get_attribute("href") or "" for link in page.get_by_role("main").get_by_role("link").all()]
    assert "https://example.org/a" in links
    assert "/id/doc/b" in links
    assert not [link for link in links if link.lower().startswith("javascript")]


@pytest.mark.parametrize(
    "path",
    ["sparql", "sparql?lang=en&query=SELECT*%7B%3Fs%20%3Fp%20%3Fo%7D", "id/", "id/doc/a", "ns", "ns/Claim", "id/none"],
)
def test_nothing_stands_in_anyones_way(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_page_stands_in_two_languages(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql?query=ASK%7B%7D")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask the graph in SPARQL")
    expect(page.get_by_label("Query", exact=True)).to_have_value("ASK{}")
