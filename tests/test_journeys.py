"""The journeys that Hjemmel is made for, each from its first page to what is taken along, in a real browser."""

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import docx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.browsing import READY, ROOT, served, view
from hjemmel.pages.words import texts
from tests.dialog import reject
from tests.word import footnotes, word_file

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

QUESTIONS = {
    "nb": "Hvilke klausuler gjennomfører § 6-2 nr. 13 i alle helsefellesskap?",
    "en": "Which clauses implement section 6-2 no. 13 in all health communities?",
}
QUOTE = "Barn og unge som mottar tjenester fra begge forvaltningsnivåene"
DRAFT = """Samarbeidsavtale mellom Fjellvik kommune og Fjell sykehus HF

1 Formål
Avtalen skal fremme samhandlingen mellom partene.

2 Følgetjeneste
Kommunen skal ha jordmor som følger den fødende når det er {minutes} minutters reisevei eller mer.
"""


@pytest.mark.parametrize("language", ["nb", "en"])
def test_from_the_question_to_the_words_in_the_document_and_back(page: Page, server: str, language: str) -> None:
    say = texts(language)
    view(page, f"{server}/{'?lang=en' if language == 'en' else ''}")
    box = page.get_by_role("textbox", name=say["question"])
    box.fill(QUESTIONS[language])
    page.get_by_role("button", name=say["do ask"], exact=True).click()
    card = page.locator("article.hj-card", has_text=QUOTE)
    expect(card).to_contain_text("kap. 3 nr. 13")
    expect(card.get_by_role("link", name="§ 6-2 nr. 13")).to_be_visible()
    card.get_by_role("link", name=say["open"]).click()
    at_the_quote(page)
    page.go_back()
    expect(box).to_have_value(QUESTIONS[language])
    expect(card).to_be_visible()


def test_the_keyboard_alone_leads_from_the_question_to_the_words(page: Page, server: str) -> None:
    view(page, server)
    tab_to(page, page.get_by_role("textbox", name="Spørsmål"))
    page.keyboard.type(QUESTIONS["nb"])
    page.keyboard.press("Enter")
    link = page.locator("article.hj-card", has_text=QUOTE).get_by_role("link", name="Vis i dokumentet")
    expect(link).to_be_visible()
    page.wait_for_selector(READY)
    tab_to(page, link)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    at_the_quote(page)
    page.go_back()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()


def test_a_cell_rejected_with_a_reason_stays_rejected_when_the_server_starts_again(
    browser: Browser, tmp_path: Path
) -> None:
    with served(tmp_path, HJEMMEL_REVIEW="1") as server:
        page = view(browser.new_page(locale="nb-NO"), f"{server.address}/krav")
        square = page.get_by_role("row", name="§ 6-2 nr. 1:").locator("td").first
        expect(square).not_to_contain_text("avvist")
        square.get_by_role("link").click()
        cell = page.locator(".hj-cell")
        other = cell.locator("details", has_text="Helsefellesskapet i Vestfold").first
        expect(other).to_be_visible()
        page.wait_for_selector(READY)  # what is drawn again is folded again
        other.locator("summary").click()
        expect(other.locator("blockquote").first).to_be_visible()
        cell.get_by_role("link", name=re.compile("^Vurder")).click()
        reject(page, "Bestemmelsen fordeler ikke ansvaret.")
        expect(square).to_contain_text("avvist")
        expect(cell).to_contain_text("Bestemmelsen fordeler ikke ansvaret.")
        page.close()
    with served(tmp_path, HJEMMEL_REVIEW="1") as again:
        page = view(browser.new_page(locale="nb-NO"), f"{again.address}/krav")
        expect(page.get_by_role("row", name="§ 6-2 nr. 1:").locator("td").first).to_contain_text("avvist")
        page.close()


def test_a_draft_in_word_becomes_findings_and_a_report_in_word_and_another_session_has_its_own(
    page: Page, browser: Browser, server: str
) -> None:
    other = browser.new_context(locale="nb-NO").new_page()
    for one, minutes in ((page, "nitti"), (other, "førti")):
        view(one, f"{server}/utkast")
        file = {"name": "utkast.docx", "mimeType": "", "buffer": word_file(DRAFT.format(minutes=minutes))}
        one.set_input_files("input[type=file]", file)
    for one, minutes in ((page, "nitti"), (other, "førti")):
        expect(one.get_by_role("heading", name="Mangler, og skal være med")).to_be_visible()
        paper = docx.Document(str(downloaded(one, "Word")))
        words = "\n".join([*(line.text for line in paper.paragraphs), *table_cells(paper)])
        assert f"{minutes} minutters reisevei" in words
        assert ("førti" in words) == (minutes == "førti")
    page.wait_for_selector(READY)
    page.locator("summary", has_text=re.compile("^Vis (alle|funnet)")).first.click()
    page.get_by_role("link", name="Vis i dokumentet").first.click()
    page.wait_for_selector("mark.hj-here")
    other.context.close()
    stranger = page.context.new_page()
    stranger.goto(page.url)
    stranger.get_by_text("ikke finnes lenger").wait_for()
    assert "jordmor" not in stranger.content()


def test_what_differs_between_versions_is_taken_along_with_its_sources_as_notes(page: Page, server: str) -> None:
    view(page, f"{server}/sammenlign?visning=ord")
    made = downloaded(page, "Word").read_bytes()
    paper = docx.Document(io.BytesIO(made))
    struck = [run.text for line in paper.paragraphs for run in line.runs if run.font.strike]
    assert struck
    assert [line.text for line in paper.paragraphs if line.style.name == "Heading 1"] == [
        texts("nb")[key] for key in ("in substance", "in wording", "clauses")
    ]
    assert all(f" {server}/dokument?dok=" in note for note in footnotes(made))
    book = load_workbook(io.BytesIO(downloaded(page, "Excel").read_bytes()))
    heads, *rows = book.worksheets[1].iter_rows(values_only=True)
    taken_out = [row[heads.index("tatt ut")] for row in rows]
    assert any(struck[0].strip() in (words or "") for words in taken_out)


def test_an_answer_in_word_leads_back_to_the_words_it_quotes(page: Page, server: str) -> None:
    view(page, f"{server}/?q={quote(QUESTIONS['nb'])}")
    made = downloaded(page, "Word").read_bytes()
    [note] = footnotes(made)
    assert "kap. 3 nr. 13" in note
    view(page, note.rpartition(" ")[2])
    at_the_quote(page)


def table_cells(paper: "docx.document.Document") -> list[str]:
    return [cell.text for table in paper.tables for row in table.rows for cell in row.cells]


def test_notice_of_termination_is_compared_and_taken_along_in_excel(page: Page, server: str) -> None:
    view(page, f"{server}/sammenlign?tema=godkjenning")
    page.get_by_role("link", name="Frister").click()
    matter = page.locator(".hj-matter", has_text="Oppsigelsestid")
    expect(matter).to_contain_text("ett års frist")
    expect(matter).to_contain_text("Ingen bestemmelse funnet.")
    sheet = load_workbook(io.BytesIO(downloaded(page, "Excel").read_bytes())).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    heads, *rows = sheet.iter_rows(values_only=True)
    told = [dict(zip(heads, row, strict=True)) for row in rows if row[0] == "Oppsigelsestid"]
    assert {row["Avtale"] for row in told} == {
        "Helsefellesskapet for Ahus",
        "Helsefellesskapet i søndre Trøndelag",
        "Helsefellesskapet i Vestfold",
    }
    said = next(row for row in told if row["Avtale"] == "Helsefellesskapet for Ahus")
    assert (said["Lest som"], said["Sted"]) == ("1 år", "kap. 8")
    assert said["Avtalens ord"] == "Avtalen kan sies opp skriftlig med ett års frist."
    assert said["Dato"].year == 2024


def test_from_a_decision_to_its_words_and_to_the_version_it_is_about(page: Page, server: str) -> None:
    view(page, f"{server}/saker")
    case = page.locator(".hj-cases > li", has_text="samarbeidsavtale").filter(has_text="Gangen i sak").first
    case.get_by_role("link", name=re.compile("^Gangen i sak")).click()
    way = page.locator(".hj-way")
    expect(way).to_be_in_viewport()
    decided = way.locator("li", has=page.locator(".hj-result")).locator(".hj-quotes a, .hj-one a").first
    words = decided.inner_text().strip("«»")
    version = way.locator("li", has_text="Dokumentet saken gjelder").get_by_role("link").first
    title = version.inner_text()
    decided.click()
    expect(page.locator("mark.hj-here").first).to_be_in_viewport()
    assert " ".join(words.split()).startswith(" ".join(page.locator("mark.hj-here").first.inner_text().split())[:20])
    page.go_back()
    version.click()
    expect(page.get_by_role("heading", name="Innhold")).to_be_visible()
    expect(page.locator("[data-testid=stMain]")).to_contain_text(title)


def test_an_example_in_sparql_is_run_kept_in_the_address_and_taken_along(page: Page, server: str) -> None:
    view(page, f"{server}/sporringer")
    page.get_by_label("Eksempler").select_option("clauses_implementing")
    page.get_by_role("button", name="Kjør spørringen").click()
    expect(page.get_by_role("table").get_by_role("columnheader").first).to_be_visible()
    assert "/sporringer?query=" in page.url
    rows = list(csv.DictReader(downloaded(page, "CSV").open(encoding="utf-8", newline="")))
    assert any(row["quote"] == QUOTE for row in rows)


def test_a_new_snapshot_is_read_without_a_restart(browser: Browser, tmp_path: Path) -> None:
    draft = tmp_path / "fjellvik.txt"
    draft.write_text(DRAFT.format(minutes="nitti"), encoding="utf-8")
    home = tmp_path / "home"
    with served(home) as server:
        page = view(browser.new_page(locale="nb-NO"), f"{server.address}/om")
        expect(page.locator("[data-testid=stMain]")).not_to_contain_text("Fjellvik")
        subprocess.run(
            [sys.executable, "-m", "hjemmel", "ingest", str(draft), "--title", "Avtale for Fjellvik"],
            cwd=ROOT,
            env={**os.environ, "HJEMMEL_HOME": str(home)},
            check=True,
            capture_output=True,
        )
        view(page, f"{server.address}/om")
        expect(page.locator("[data-testid=stMain]")).to_contain_text("Avtale for Fjellvik")
        page.close()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (f"?q={quote(QUESTIONS['nb'])}", QUESTIONS["nb"]),
        ("krav", "§ 6-2 nr. 13"),
        ("funn", "Mangler, og skal være med"),
        ("sammenlign", "Oppsigelsestid"),
        ("dokument", "Innhold"),
        ("om", "Personvern"),
    ],
)
def test_on_paper_stand_the_words_and_no_fields(page: Page, server: str, address: str, shown: str) -> None:
    view(page, f"{server}/{address}")
    page.emulate_media(media="print")
    assert page.locator("header:visible, nav:visible, .hj-switch:visible").count() == 0
    assert page.locator("input:visible, button:visible, select:visible, textarea:visible").count() == 0
    width = page.evaluate("Math.max(...[...document.querySelectorAll('.stMain *')].map(one => one.scrollWidth))")
    assert width <= page.viewport_size["width"]
    if shown != "Innhold":
        expect(page.get_by_text(shown).locator("visible=true").first).to_be_visible()


def at_the_quote(page: Page) -> None:
    mark = page.locator("mark.hj-here").first
    expect(mark).to_contain_text(QUOTE)
    expect(mark).to_be_in_viewport()


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(60):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("The keyboard does not reach it.")


def downloaded(page: Page, form: str) -> Path:
    page.wait_for_selector(READY)
    with page.expect_download() as taken:
        page.get_by_role("button", name=form, exact=True).click()
    return taken.value.path()
