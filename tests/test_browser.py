"""The app as a person meets it: a real server, a real browser, the documents that come with Hjemmel."""

import re
import tomllib
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.browsing import READY, view
from hjemmel.pages.address import PATHS

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

ROOT = Path(__file__).parents[1]
MOST_LETTERS = 95  # of middling width: what typographers call long
# For each paragraph and list item with text of its own, its width in letters of its own size.
WIDTHS = """() => [
    ...document.querySelectorAll(".hj-gap li, .hj-finding > p, .hj-about p, [data-testid=stHtml] > p.hj-soft")
  ].filter((one) => one.textContent.length > 60)
  .map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const letter = document.createElement("canvas").getContext("2d");
    letter.font = getComputedStyle(one).font;
    return range.getBoundingClientRect().width / (letter.measureText("samarbeidsavtalene mellom kommunene").width / 35);
  })"""
FLAGSHIP = "Hvilke klausuler gjennomfører § 6-2 nr. 13 i alle helsefellesskap?"


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


SAID = """() => [...document.querySelectorAll("[aria-label], [aria-valuetext], [placeholder]")].flatMap((one) =>
  ["aria-label", "aria-valuetext", "placeholder"].map((name) => one.getAttribute(name)).filter(Boolean))"""


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_what_streamlit_says_by_itself_is_said_in_the_language_of_the_page(page: Page, server: str, path: str) -> None:
    own = tomllib.loads((ROOT / "hjemmel" / "pages" / "streamlit.toml").read_text(encoding="utf-8"))
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        view(page, f"{server}/{path}")
        page.locator("[aria-label='Sidene'], [aria-label='Åpne menyen']").first.wait_for(state="attached")
        said = page.evaluate(SAID)
        assert [one for one in said if one in own["whole"] or one.startswith(tuple(own["begins"]))] == []


def test_the_file_button_the_list_and_the_box_speak_norwegian_and_english_after_the_switch(
    page: Page, server: str
) -> None:
    view(page, f"{server}/utkast")
    expect(page.get_by_role("button", name="Velg fil", exact=True)).to_be_visible()
    page.get_by_role("link", name="In English").click()
    expect(page.get_by_role("button", name="Upload", exact=True)).to_be_visible()
    view(page, server)
    page.get_by_role("textbox", name="Spørsmål").fill("abc")
    expect(page.get_by_text("Trykk Enter for å bruke")).to_be_visible()
    view(page, f"{server}/dokument")
    page.get_by_role("combobox", name="Dokument").fill("zzz")
    expect(page.get_by_text("Ingen treff")).to_be_visible()


@pytest.mark.parametrize(("language", "more"), [("nb", "til"), ("en", "more")])
def test_on_a_tablet_the_pages_without_room_are_in_a_list_beside_the_switch(
    page: Page, server: str, language: str, more: str
) -> None:
    page.set_viewport_size({"width": 768, "height": 900})
    view(page, f"{server}/?lang={language}")
    rest = page.get_by_test_id("stTopNavSection")
    expect(rest).to_have_text(re.compile(rf"^\d+ {more}$"))
    switch = page.locator(".hj-switch a").bounding_box()
    shown = rest.bounding_box()
    assert shown is not None
    assert switch is not None
    assert shown["x"] + shown["width"] <= switch["x"]
    rest.click()
    page.get_by_role("menuitem", name={"nb": "Nettverk", "en": "Network"}[language]).click()
    expect(page).to_have_url(re.compile("/nettverk"))


@pytest.mark.parametrize("path", ["/krav?gruppe=alle", "/organer", "/organer?vis=tvers", "/saker", "/om"])
def test_on_a_tablet_no_table_is_cut_off(page: Page, server: str, path: str) -> None:
    page.set_viewport_size({"width": 768, "height": 900})
    view(page, server + path)
    table = page.locator(".hj-scroll").last
    assert table.evaluate("(one) => one.scrollWidth - one.clientWidth") <= 0


@pytest.mark.parametrize("path", ["/", "/krav?gruppe=alle", "/funn", "/organer", "/om"])
def test_no_line_of_running_text_is_too_long_to_read_on_a_wide_screen(page: Page, server: str, path: str) -> None:
    page.set_viewport_size({"width": 2560, "height": 1200})
    view(page, server + (f"/?q={quote(FLAGSHIP)}" if path == "/" else path))
    page.wait_for_function(f"({WIDTHS})().length > 0")
    assert max(page.evaluate(WIDTHS)) <= MOST_LETTERS


@pytest.mark.parametrize("path", ["/", "/krav", "/funn", "/dokument"])
def test_every_page_fits_a_telephone(page: Page, server: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    view(page, server + path)
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360


@pytest.mark.parametrize(("address", "language"), [("/", "nb"), ("/krav", "nb"), ("/krav?lang=en", "en")])
def test_a_page_says_its_language_before_any_script_runs(server: str, address: str, language: str) -> None:
    headers = {"Accept": "text/html,application/xhtml+xml", "Accept-Encoding": "gzip, deflate, br, zstd"}
    with urllib.request.urlopen(urllib.request.Request(server + address, headers=headers), timeout=20) as answered:
        assert f'<html lang="{language}">'.encode() in answered.read()


def test_the_endpoint_answers_beside_the_pages(server: str) -> None:
    asked = urllib.request.Request(
        f"{server}/sparql?query={quote('ASK { ?s ?p ?o }')}", headers={"Accept": "application/sparql-results+json"}
    )
    with urllib.request.urlopen(asked, timeout=20) as answered:
        assert b"true" in answered.read()
