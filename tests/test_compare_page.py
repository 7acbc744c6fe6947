"""The page Sammenlign: what differs stands with its quotes and its gaps, and two texts read without colour."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from benchmarks.browsing import READY
from hjemmel.comparison import topics
from hjemmel.pages.words import texts
from hjemmel.store import Store
from tests.drawn import text, view

AHUS, VESTFOLD = "ahus-samarbeidsavtale", "vestfold-samarbeidsavtale"
DRAFT = "vestfold-ssu-2022-11-24-del-1"


@pytest.fixture(scope="module", autouse=True)
def store(corpus_store: Store) -> Store:
    return corpus_store


def drawn(**address: str) -> str:
    return "".join(one.proto.body for one in view("compare", **address).get("html"))


@pytest.mark.parametrize("topic", topics())
def test_every_topic_has_a_name_in_both_languages_and_a_view(topic: str) -> None:
    assert all(f"topic {topic}" in texts(language) for language in ("nb", "en"))
    assert "Forskjeller i innhold" in text(view("compare", tema=topic))


def test_an_agreement_that_is_silent_has_a_cell_with_a_sentence_beside_the_quote() -> None:
    said = text(view("compare", tema="frister", dok=f"{AHUS},{VESTFOLD}"))
    told = said.partition("Oppsigelsestid")[2].partition("Frist for å kreve")[0]
    assert "«Avtalen kan sies opp skriftlig med ett års frist.»" in told
    assert "Lest som 1 år" in told
    assert "Ingen bestemmelse funnet." in told


def test_an_excerpt_that_is_silent_is_not_said_to_lack_anything() -> None:
    said = text(view("compare", krav="6-5:oppsigelse"))
    assert "Kan ikke vurderes: teksten her er et utdrag. Om utdraget:" in said


def test_differences_in_substance_come_before_those_in_wording_and_what_does_not_differ() -> None:
    said = text(view("compare", tema="alt"))
    places = [said.index(texts("nb")[key]) for key in ("in substance", "in wording", "in nothing")]
    assert places == sorted(places)


def test_every_quote_leads_to_its_place_in_the_document(store: Store) -> None:
    told = drawn(tema="frister")
    quotes = re.findall(r'<blockquote>«(.*?)»</blockquote><p class="hj-place"><a href="\./dokument\?(.*?)"', told)
    assert len(quotes) > 5
    for quote, address in quotes:
        given = {name: one[0] for name, one in parse_qs(unescape(address)).items()}
        [row] = store.select(
            "SELECT ?text ?name WHERE { ?d dcterms:identifier ?name ; hj:storedText ?text }", {"name": given["dok"]}
        )
        assert " ".join(str(row["text"])[int(given["fra"]) : int(given["til"])].split()) == unescape(quote)


def test_the_choices_stand_in_the_address() -> None:
    app = view("compare")
    app.selectbox(key="compare_requirement").select("6-2:13").run()
    assert app.query_params["krav"] == "6-2:13"
    app.multiselect(key="compare_documents").unselect(VESTFOLD).run()
    assert VESTFOLD not in app.query_params["dok"]
    assert not app.exception


@pytest.mark.parametrize("address", [{"tema": "romfart"}, {"krav": "9-9:9"}, {"dok": "finnes-ikke"}])
def test_an_address_that_names_nothing_is_told_of(address: dict[str, str]) -> None:
    assert f"«{next(iter(address.values()))}»" in text(view("compare", **address))


def test_two_texts_are_taken_by_themselves_to_be_the_draft_and_what_was_adopted() -> None:
    app = view("compare", visning="ord")
    assert (app.selectbox(key="compare_eldre").value, app.selectbox(key="compare_nyere").value) == (DRAFT, VESTFOLD)


def test_what_was_lost_and_won_is_told_and_every_changed_word_has_a_sign_and_a_word_to_hear() -> None:
    told = drawn(visning="ord", eldre=DRAFT, nyere=VESTFOLD)
    assert "Tatt ut: står bare i den eldre teksten." in told
    assert "Kommet til: står bare i den nyere teksten." in told
    marks = re.findall(r"<(del|ins) class=[^>]*>(.*?)</(?:del|ins)>", told)[2:]  # after the two that explain the marks
    assert {kind for kind, _ in marks} == {"del", "ins"}
    for kind, inside in marks:
        heard, sign = ("tatt ut:", "−") if kind == "del" else ("satt inn:", "+")
        assert inside.startswith(f'<span class="hj-unseen">{heard} </span>')
        assert f'aria-hidden="true">{sign}</span>' in inside


def test_silence_that_is_no_breach_is_not_told_as_one_between_versions(store: Store) -> None:
    said = text(view("compare", visning="ord", eldre=DRAFT, nyere=VESTFOLD))
    silent = said.partition("§ 6-5: oppsigelse med ett års frist")[2].partition("Ingen bestemmelse funnet.")[0]
    assert "ikke nevnt" in silent
    assert "mangler" not in silent


def test_without_what_was_taken_out_a_clause_reads_as_in_the_newer_text(store: Store) -> None:
    told = drawn(visning="ord", eldre=DRAFT, nyere=VESTFOLD)
    clauses = re.findall(r'hj-wording">(.*?)</p>', told)
    newer = [re.sub(r"<del.*?</del>|<span.*?</span>|<[^>]*>", " ", clause) for clause in clauses]
    [row] = store.select(
        "SELECT ?text ?name WHERE { ?d dcterms:identifier ?name ; hj:storedText ?text }", {"name": VESTFOLD}
    )
    stored = re.findall(r"\w+", str(row["text"]))
    for clause in newer:
        words = re.findall(r"\w+", unescape(clause))
        assert not words or f" {' '.join(words)} " in f" {' '.join(stored)} "


def test_agreements_that_are_no_versions_of_one_are_said_to_be_none() -> None:
    assert "Tekstene er ikke versjoner av hverandre" in text(view("compare", visning="ord", eldre=AHUS, nyere=VESTFOLD))


def test_the_same_text_twice_is_a_sentence() -> None:
    assert "Velg to forskjellige tekster." in text(view("compare", visning="ord", eldre=AHUS, nyere=AHUS))


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_from_a_topic_to_the_words_in_the_document_and_back(page: Page, server: str) -> None:
    page.goto(f"{server}/sammenlign")
    page.wait_for_selector(READY)
    page.get_by_role("link", name="Uenighet").click()
    page.wait_for_url("**/sammenlign?*tema=uenighet*")
    page.get_by_role("link", name="i dokumentet").first.click()
    expect(page.locator(".hj-here").first).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("heading", name="Forskjeller i innhold")).to_be_visible()
