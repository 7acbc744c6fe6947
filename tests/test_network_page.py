"""The page Nettverk: what is drawn, the same as a table, and the way between two things in words."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from benchmarks.browsing import READY
from hjemmel.network import network
from hjemmel.pages.drawing import svg
from hjemmel.pages.picture import COLUMNS, IN_SIGHT, MOST, Picture, picture
from hjemmel.store import ID, Store
from tests.drawn import text, view

AHUS = f"{ID}doc/ahus-samarbeidsavtale"
VESTFOLD = f"{ID}doc/vestfold-samarbeidsavtale"
BOTH = {AHUS, VESTFOLD}


@pytest.fixture(scope="module", autouse=True)
def store(corpus_store: Store) -> Store:
    return corpus_store


@pytest.fixture(scope="module")
def found(store: Store) -> "nx.MultiDiGraph[str]":
    return network(store)


def names(drawn: Picture) -> set[str]:
    return {node.iri for node in drawn.nodes}


def test_a_picture_holds_what_its_documents_say_and_no_more(found: "nx.MultiDiGraph[str]") -> None:
    drawn = picture(found, {AHUS})
    assert {node.document for node in drawn.nodes} == {"", AHUS}
    assert {node.kind for node in drawn.nodes} <= set(COLUMNS)
    assert {edge.kind for edge in drawn.edges} >= {"implements", "legalBasis", "describes"}
    assert all(edge.told["document"] == AHUS for edge in drawn.edges if edge.kind != "legalBasis")


def test_there_is_never_more_than_can_be_drawn_and_the_rest_is_counted(found: "nx.MultiDiGraph[str]") -> None:
    everything = picture(found, {node for node, data in found.nodes(data=True) if data["kind"] == "document"})
    assert len(everything.nodes) <= MOST
    assert everything.left_out > 0
    ends = {end for edge in everything.edges for end in (edge.source, edge.target)}
    assert ends <= names(everything)


@pytest.mark.parametrize("around", ["requirement/6-2-13", "lov/2011-06-24-30/par-6-5"])
def test_a_picture_is_narrowed_to_what_is_near(found: "nx.MultiDiGraph[str]", around: str) -> None:
    whole, narrow = picture(found, BOTH), picture(found, BOTH, [f"{ID}{around}"])
    assert 0 < len(narrow.nodes) < len(whole.nodes)
    assert {edge.kind for edge in narrow.edges} >= {"implements", "legalBasis"}


def test_no_two_things_stand_upon_each_other(found: "nx.MultiDiGraph[str]") -> None:
    drawn = picture(found, {AHUS})
    for column in set(COLUMNS.values()):
        rows = sorted(node.row for node in drawn.nodes if node.column == column)
        assert all(later - row > 0.99 for row, later in pairwise(rows))
        assert rows[0] >= 0
        assert rows[-1] <= drawn.rows - 1


def test_every_column_begins_in_sight(found: "nx.MultiDiGraph[str]") -> None:
    drawn = picture(found, {AHUS})
    tops = [min(node.row for node in drawn.nodes if node.column == column) for column in set(COLUMNS.values())]
    assert max(tops) <= IN_SIGHT


def test_the_table_says_the_same_with_the_words_for_it() -> None:
    said = text(view("network", krav="6-2:13"))
    assert "Viser 3 ting og 2 forbindelser." in said
    table = said.partition("Det samme som tabell")[2]
    assert "kap. 3 nr. 13 bestemmelse, Helsefellesskapet for Ahus gjennomfører § 6-2 nr. 13: barn og unge krav" in table
    assert "«Barn og unge som mottar tjenester fra begge forvaltningsnivåene»" in table
    assert "har hjemmel i hol. § 6-2 nr. 13 lovbestemmelse" in table


def test_agreements_that_say_nothing_of_the_requirement_are_named() -> None:
    assert "er funnet i Helsefellesskapet i søndre Trøndelag (høringsutkast) (utdrag)" in text(
        view("network", krav="6-2:13")
    )


def test_of_many_agreements_one_is_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hjemmel.pages.network.MOST_TOGETHER", 2)
    page = view("network", dok="alle", krav="6-2:13")
    assert "Her er 4 avtaler" in text(page)
    assert "Alle avtaler" not in page.selectbox[0].options
    assert "nr. 13 bestemmelse gjennomfører § 6-2 nr. 13" in text(
        view("network", dok="ahus-samarbeidsavtale", krav="6-2:13")
    )


def test_the_way_between_two_things_is_told_with_quotes() -> None:
    clause, provision = "doc/ahus-samarbeidsavtale/clause/3/nr-13", "lov/2011-06-24-30/par-6-2"
    said = text(view("network", fra=clause, til=provision))
    assert "Kap. 3 nr. 13 (Helsefellesskapet for Ahus) gjennomfører § 6-2 nr. 13: barn og unge. Helse" in said
    assert "Helsefellesskapet for Ahus, kap. 3 nr. 13 «Barn og unge" in said
    assert "Hol. § 6-2 første ledd er en del av hol. § 6-2." in said


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ({"dok": "finnes-ikke"}, "«finnes-ikke»"),
        ({"krav": "9-9:9"}, "Hvordan lov"),
        ({"paragraf": "lov/1900-01-01-1"}, "Ingenting er funnet"),
        ({"fra": "lov/x", "til": "lov/y"}, "De to henger ikke sammen"),
    ],
)
def test_an_address_that_names_nothing_gets_a_sentence(address: dict[str, str], told: str) -> None:
    assert told in text(view("network", **address))


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_picture_is_drawn_a_click_opens_the_clause_and_both_downloads_come(
    page: Page, server: str, tmp_path: Path
) -> None:
    page.goto(f"{server}/nettverk?krav=6-2:13")
    page.wait_for_selector(READY)
    picture = page.get_by_role("img", name="Bilde med 3 ting")
    expect(picture.locator("canvas").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    download.value.save_as(tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as download:
        page.get_by_role("button", name="GraphML").click()
    download.value.save_as(tmp_path / "a.graphml")
    assert len(nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)) == 3
    # The clause stands in the third column.
    box = picture.bounding_box()
    assert box
    page.mouse.click(box["x"] + 8 + 2 * (232 + 56) + 116, box["y"] + 44 + 23)
    page.wait_for_url("**/dokument?*sted=*")
    expect(page.locator(".hj-chosen").first).to_be_in_viewport()


def test_the_picture_is_drawn_as_svg_with_every_box_and_every_line(found: "nx.MultiDiGraph[str]") -> None:
    drawn = picture(found, {AHUS})
    made = svg(drawn, title="Nettverk", columns=dict.fromkeys(range(4), "Søyle"), label=lambda node: f"<{node.label}>")
    root = ET.fromstring(made)
    drawn_as = Counter(element.tag.rpartition("}")[2] for element in root)
    assert drawn_as["rect"] - 1 + drawn_as["ellipse"] + drawn_as["polygon"] == len(drawn.nodes)
    assert drawn_as["path"] == len({(edge.source, edge.target, edge.kind) for edge in drawn.edges})
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Nettverk"
    assert b"<script" not in made
