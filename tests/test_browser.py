"""The app as a person meets it: a real server, a real browser, the documents that come with Hjemmel."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
FLAGSHIP = "Hvilke klausuler gjennomfører § 6-2 nr. 13 i alle helsefellesskap?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a store built for these tests."""
    folder = tmp_path_factory.mktemp("server")
    surroundings = {**os.environ, "HJEMMEL_HOME": str(folder / "home")}
    subprocess.run([sys.executable, "-m", "hjemmel", "build"], cwd=ROOT, env=surroundings, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "hjemmel", "serve", "--host", "127.0.0.1", "--port", str(port)],
            cwd=folder,
            env=surroundings,
            stdout=log,
            stderr=log,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_up(address, process, folder / "log")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_up(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and the browser tests may not be left out here: install chromium.")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, server: str) -> Iterator[Page]:
    """A fresh page; a request to any other host fails the test."""
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.set_default_timeout(20_000)
    yield opened
    elsewhere = {url for url in asked if urlsplit(url).scheme.startswith("http") and not url.startswith(server)}
    assert not elsewhere


def view(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector(READY)
    return page


def ask(page: Page, server: str, question: str) -> None:
    view(page, server)
    box = page.get_by_role("textbox", name="Spørsmål")
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".hj-headline, .hj-sentence").first).to_be_visible()
    page.wait_for_selector(READY)


@pytest.mark.parametrize(
    ("question", "excerpt", "nothing"),
    [
        (FLAGSHIP, "utdrag", "Fant ingen"),
        ("Which clauses implement section 6-2 no. 13 in all health communities?", "excerpt", "no clauses"),
        ("Kva klausular gjennomfører § 6-2 nr. 13 i alle helsefellesskap?", "utdrag", "Fann ingen"),
    ],
    ids=["bokmål", "English", "nynorsk"],
)
def test_the_clause_is_found_and_those_without_are_listed(
    page: Page, server: str, question: str, excerpt: str, nothing: str
) -> None:
    ask(page, server, question)
    card = page.locator("article.hj-card", has_text="Barn og unge som mottar tjenester fra begge forvaltningsnivåene")
    expect(card).to_contain_text("Ahus")
    expect(card).to_contain_text("kap. 3 nr. 13")
    section = card.get_by_role("link", name="§ 6-2 nr. 13")
    expect(section).to_have_attribute("href", re.compile(r"^https://lovdata\.no/lov/2011-06-24-30/§6-2$"))
    expect(page.locator(".hj-gap", has_text="Trøndelag").first).to_contain_text(excerpt)
    expect(page.locator(".hj-gap", has_text="Vestfold").first).to_contain_text(nothing)


def test_a_quote_is_one_click_from_its_place_in_the_document(page: Page, server: str) -> None:
    ask(page, server, FLAGSHIP)
    card = page.locator("article.hj-card", has_text="kap. 3 nr. 13")
    card.get_by_role("link", name="Vis i dokumentet").click()
    mark = page.locator("mark.hj-here").first
    expect(mark).to_contain_text("Barn og unge som mottar tjenester fra begge forvaltningsnivåene")
    expect(mark).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Om kap. 3 nr. 13")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("textbox", name="Spørsmål")).to_have_value(FLAGSHIP)
    expect(card).to_be_visible()


def test_a_cell_of_the_matrix_opens_its_quotes(page: Page, server: str) -> None:
    view(page, f"{server}/krav")
    row = page.get_by_role("row", name="§ 6-2 nr. 13")
    row.get_by_role("link", name=re.compile("delvis|oppfylt")).first.click()
    cell = page.locator(".hj-cell")
    expect(cell).to_be_in_viewport()
    expect(cell.locator("blockquote").first).to_contain_text("Barn og unge")
    assert "krav=6-2%3A13" in page.url


def test_findings_put_what_the_law_demands_before_what_is_advised(page: Page, server: str) -> None:
    view(page, f"{server}/funn?dok=vestfold-samarbeidsavtale")
    heads = page.locator("h2").all_inner_texts()
    order = [
        next(i for i, head in enumerate(heads) if head.startswith(words)) for words in ("Mangler", "Bør", "Oppfylt")
    ]
    assert order == sorted(order)
    finding = page.locator(".hj-finding", has_text="§ 6-2 nr. 13")
    expect(finding).to_contain_text("mangler")
    expect(finding).to_contain_text("Søkt etter")


@pytest.mark.parametrize(
    "question",
    [
        "Hvilke klausuler gjennomfører § 6-2 nr. 27?",
        "Hvilke klausuler gjennomfører § 6-2 nr. 13 i Helse Bergen?",
        "Hva er hovedstaden i Frankrike?",
    ],
)
def test_what_cannot_be_answered_is_declined_and_something_else_is_offered(
    page: Page, server: str, question: str
) -> None:
    ask(page, server, question)
    expect(page.locator(".hj-sentence")).to_be_visible()
    expect(page.locator(".hj-card")).to_have_count(0)
    page.locator(".hj-choices a").first.click()
    expect(page.locator(".hj-headline")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        f"/?q={quote(FLAGSHIP)}",
        f"/?q={quote(FLAGSHIP)}&lang=en",
        "/krav?krav=6-2%3A1&dok=vestfold-samarbeidsavtale&lov=i-dag",
        "/funn?dok=ahus-samarbeidsavtale",
        "/dokument?dok=ahus-samarbeidsavtale&sted=4.1",
    ],
)
def test_an_address_opens_the_same_view_elsewhere(page: Page, browser: Browser, server: str, address: str) -> None:
    view(page, server + address)
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
    elsewhere = browser.new_context(viewport={"width": 1280, "height": 900})
    other = view(elsewhere.new_page(), server + address)
    expect(other.locator("[data-testid=stMain]")).to_have_text(
        page.locator("[data-testid=stMain]").inner_text(), use_inner_text=True
    )
    elsewhere.close()


def test_the_language_switch_keeps_the_view(page: Page, server: str) -> None:
    view(page, f"{server}/funn?dok=ahus-samarbeidsavtale")
    page.get_by_role("link", name="In English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Findings")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "dok=ahus-samarbeidsavtale" in page.url


def test_the_keyboard_is_enough_to_ask_and_to_open_the_place(page: Page, server: str) -> None:
    view(page, server)
    page.get_by_role("textbox", name="Spørsmål").focus()
    page.keyboard.type("Hva er oppsigelsesfristen?")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Vis i dokumentet").first
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark.hj-here").first).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/", "/krav", "/funn", "/dokument"])
def test_every_page_fits_a_telephone(page: Page, server: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    view(page, server + path)
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360


def test_the_endpoint_answers_beside_the_pages(server: str) -> None:
    asked = urllib.request.Request(
        f"{server}/sparql?query={quote('ASK { ?s ?p ?o }')}", headers={"Accept": "application/sparql-results+json"}
    )
    with urllib.request.urlopen(asked, timeout=20) as answered:
        assert b"true" in answered.read()
