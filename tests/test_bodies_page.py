"""The committees: what is read of them from the graph, and the page that shows it."""

import re
from html import unescape
from pathlib import Path

import pytest

from hjemmel.committees import Tie, committees, ties
from hjemmel.comparison.words import label
from hjemmel.pages.bodies import drawing
from hjemmel.pages.committee import COLUMNS
from hjemmel.store import Row, Store
from hjemmel.subject import of_file
from queries import catalogue
from shapes import Evidence
from tests.drawn import mark_up, text, view

ROOT = Path(__file__).parents[1]
NYNORSK = """Samarbeidsavtale mellom kommunane og Fjord sjukehus HF

1 Strategisk samarbeidsutval (SSU)
Strategisk samarbeidsutval møtest kvart kvartal.
Leiinga går på omgang mellom kommunane og sjukehuset.
Strategisk samarbeidsutval oppnemner faglege samarbeidsutval.

2 Faglege samarbeidsutval
Faglege samarbeidsutval rapporterer til strategisk samarbeidsutval.
"""


@pytest.fixture(scope="module", autouse=True)
def store(corpus_store: Store) -> Store:
    return corpus_store


@pytest.fixture(scope="module")
def agreements(store: Store) -> list[Row]:
    return [row for row in catalogue()["documents"].run(store) if row["kind"] == "agreement"]


def stored_text(store: Store, document: str) -> str:
    return str(catalogue()["text_of_document"].run(store, document=document)[0]["quote"])


def test_everything_told_of_a_committee_stands_where_it_is_said_to(store: Store) -> None:
    told = 0
    for document in store.documents().values():
        words = stored_text(store, document)
        for one in committees(store, document):
            for found in (one.evidence, *(fact.evidence for fact in (*one.facts, *one.seats))):
                assert words[found.start : found.end] == found.quote
                assert found.place
                told += 1
    assert told > 100


def test_an_agreement_nobody_has_seen_is_read_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "avtale.txt"
    path.write_text(NYNORSK, encoding="utf-8")
    read = of_file(path)
    strategic, clinical = committees(read.store, read.iri)
    assert (strategic.abbreviation, strategic.tier, clinical.tier) == ("SSU", 2, 3)
    assert [fact.value for fact in strategic.told("meets")] == ["P3M"]
    assert strategic.told("alternates")
    assert {(tie.above, tie.field, tie.below) for tie in ties([strategic, clinical])} == {
        (strategic.name, "appoints", clinical.name),
        (strategic.name, "reports_to", clinical.name),
    }


def test_the_page_opens_at_an_agreement_that_binds_with_every_committee_in_it(
    store: Store, agreements: list[Row]
) -> None:
    app = view("bodies")
    chosen = app.selectbox(key="bodies_document").value
    [document] = [row for row in agreements if row["identifier"] == chosen]
    assert document["status"] in ("adopted", "signed")
    said = text(app)
    for one in committees(store, str(document["document"])):
        assert one.name in said


def test_the_table_carries_every_tie_of_the_picture(store: Store) -> None:
    drawn = 0
    for name, document in store.documents().items():
        app = view("bodies", dok=name)
        table = unescape(re.sub(r"<[^>]*>", " ", re.findall(r"<tbody>(.*?)</tbody>", mark_up(app), re.DOTALL)[0]))
        tied = ties(committees(store, document))
        assert len(app.get("graphviz_chart")) == bool(tied)
        for tie in tied:
            assert tie.below in table
            assert tie.above in table
            drawn += 1
    assert drawn > 5


def test_a_name_cannot_break_out_of_the_picture() -> None:
    nowhere = Evidence(0, 1, "x", "", "")
    lines = drawing([Tie('a" -> "b', "c\\", "appoints", nowhere)]).splitlines()
    assert '"a\\" -> \\"b" -> "c\\\\" [label="oppnevner" style=solid]' in lines


def test_a_value_is_one_click_from_its_words(store: Store) -> None:
    [name, document] = next(
        (name, iri) for name, iri in store.documents().items() if any(one.seats for one in committees(store, iri))
    )
    drawn = mark_up(view("bodies", dok=name))
    for one in committees(store, document):
        for seats in one.seats:
            assert f"fra={seats.evidence.start}&amp;til={seats.evidence.end}" in drawn


def test_silence_is_told_and_an_excerpt_is_not_taken_for_silence(agreements: list[Row]) -> None:
    for row in agreements:
        said = text(view("bodies", dok=str(row["identifier"])))
        assert ("kan ikke vurderes: bare et utdrag er lest" in said) == bool(row["missingPart"])
        assert not (row["missingPart"] and "ikke sagt i avtalen" in said)


def test_a_level_is_laid_side_by_side_with_a_line_for_every_agreement(agreements: list[Row]) -> None:
    for level in ("1", "arbeidsutvalg"):
        drawn = mark_up(view("bodies", vis="tvers", niva=level))
        [body] = re.findall(r"<tbody>(.*)</tbody>", drawn, re.DOTALL)
        assert body.count("<tr>") >= len(agreements)
        assert body.count("<td ") == body.count("<tr>") * len(COLUMNS)
    # Most agreements say nothing of a working committee, and that is said.
    assert "ikke sagt i avtalen" in body


def test_the_committee_of_the_address_has_its_tasks_opened(store: Store) -> None:
    name, one = next(
        (name, one)
        for name, document in store.documents().items()
        for one in committees(store, document)
        if one.told("task")
    )
    drawn = mark_up(view("bodies", dok=name, organ=one.slug))
    assert re.findall(r'data-place="organ ([^"]*)" tabindex="-1" open', drawn) == [one.slug]
    assert " ".join(one.told("task")[0].evidence.quote.split()) in text(view("bodies", dok=name))


def test_an_unknown_document_or_level_is_met_with_what_there_is() -> None:
    assert "«finnes-ikke»" in text(view("bodies", dok="finnes-ikke"))
    assert "Nivå 1" in text(view("bodies", vis="tvers", niva="99"))


def test_another_document_chosen_stands_in_the_address() -> None:
    app = view("bodies", organ="partnerskapsmote")
    box = app.selectbox(key="bodies_document")
    other = next(option for option in box.options if option != box.options[0])
    box.select(other).run()
    assert not app.exception
    assert app.query_params["dok"]
    assert "organ" not in app.query_params


def test_the_english_page_has_english_words_and_norwegian_quotes() -> None:
    said = text(view("bodies", lang="en"))
    assert "Meetings and decisions" in said
    assert "Møter og beslutninger" not in said


def test_everything_told_of_a_body_is_called_something_in_every_language(store: Store) -> None:
    fields = {str(row["field"]) for row in catalogue()["bodies_of_document"].run(store)}
    assert [field for field in fields if set(label(field)) != {"nb", "nn", "en"}] == []
