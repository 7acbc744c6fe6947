"""An answer on the page: its link, the values that it was read with, and what can be taken along."""

import io
import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
from openpyxl import load_workbook
from rdflib import Graph

from hjemmel.export.shown import statements
from hjemmel.report.passages import Passage, word_file
from hjemmel.report.sheet import Sheet, workbook
from hjemmel.store import Store
from queries import QueryError, answer, answer_to
from tests.drawn import text, view
from tests.word import footnotes

ROOT = Path(__file__).parents[1]
QUESTION = "Hvilke klausuler gjennomfører § 6-2 nr. 13 i Vestfold?"


@pytest.fixture(scope="module", autouse=True)
def store(corpus_store: Store) -> Store:
    return corpus_store


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "Hva er oppsigelsesfristen?",
        "Hvilke krav mangler i Ahus og i Vestfold?",
        "Hva sto i hol. § 6-2 den 2023-01-01?",
    ],
)
def test_the_link_of_an_answer_gives_the_same_answer(store: Store, question: str) -> None:
    asked = answer(question, store)
    link = parse_qs(urlsplit(str(asked.link)).query)
    [query] = link.pop("query")
    again = answer_to(query, link, store)
    assert (again.rows, again.searched, again.headline) == (asked.rows, asked.searched, asked.headline)


def test_the_page_reads_the_link_of_an_answer(store: Store) -> None:
    asked = answer(QUESTION, store, snapshot=store.manifest.source[:16], as_of=date.today())
    link = {name: values[0] for name, values in parse_qs(urlsplit(str(asked.link)).query).items()}
    said = text(view("ask", **link))
    assert asked.headline in said
    assert "på nytt" not in said
    assert "lest på nytt" in text(view("ask", **{**link, "snapshot": "0" * 16}))


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("nei", {}),
        ("names", {}),
        ("clauses_implementing", {"nei": ["x"]}),
        ("clauses_implementing", {"requirement": ["x"]}),
        ("clauses_implementing", {}),
    ],
)
def test_a_link_that_somebody_has_changed_ends_in_a_sentence(
    store: Store, query: str, values: dict[str, list[str]]
) -> None:
    with pytest.raises(QueryError):
        answer_to(query, values, store)
    assert "et spørsmål som ikke finnes" in text(
        view("ask", query=query, **{name: one[0] for name, one in values.items()})
    )


def test_a_value_that_is_changed_asks_anew(store: Store) -> None:
    app = view("ask", q=QUESTION)
    regions = next(one for one in app.selectbox if one.label == "Helsefellesskap")
    other = next(option for option in regions.options if option != regions.options[regions.index or 0])
    regions.select(other).run()
    assert not app.exception
    assert "clauses_implementing" in app.query_params["query"]
    assert other in text(app)
    assert "q" not in app.query_params


@pytest.mark.parametrize(("language", "told"), [("nb", "Det er ikke noe her"), ("en", "Nothing here")])
def test_a_question_without_a_word_that_tells_its_language_is_answered_in_that_of_the_page(
    language: str, told: str
) -> None:
    assert told in text(view("ask", q="qwerty", lang=language))


def test_a_new_question_leaves_nothing_of_the_one_before() -> None:
    app = view("ask", query="termination_notice", vis="alle")
    app.text_input(key="question").input(QUESTION).run()
    assert set(app.query_params) == {"q"}


def test_what_is_shown_can_be_taken_along_as_statements(store: Store) -> None:
    row = answer(QUESTION.replace("Vestfold", "Ahus"), store).rows[0]
    things = [str(row["iri"])]
    turtle = Graph().parse(data=statements(store, things, "ttl"), format="turtle")
    assert any(str(subject) == things[0] for subject in turtle.subjects())
    assert json.loads(statements(store, things, "jsonld"))


def test_an_answer_as_a_paper_holds_its_quotes_under_where_they_stand() -> None:
    made = word_file(
        "Svar",
        ["Fant 1."],
        [
            (
                "Funnet",
                [
                    Passage(
                        "Fjellvik",
                        "Kommunen\nskal",
                        [("Krav", "§ 6-2")],
                        source="Avtale, kap. 3",
                        address="https://a.no/?x=1&y=2",
                    )
                ],
            )
        ],
        "nb",
    )
    paper = docx.Document(io.BytesIO(made))
    assert footnotes(made) == ["Avtale, kap. 3 https://a.no/?x=1&y=2"]
    assert [one.text for one in paper.paragraphs] == [
        "Svar",
        "Fant 1.",
        "Funnet",
        "Fjellvik",
        "«Kommunen skal»",
        "Krav: § 6-2",
    ]
    assert paper.paragraphs[3].style.name == "Heading 2"


def test_a_table_keeps_its_head_in_sight_wraps_its_words_and_knows_a_date() -> None:
    made = workbook(
        [Sheet("Funnet: [1]", [("Dato", 12), ("Ord", 60)], [[date(2024, 9, 12), "lange ord"]])],
        title="Svar",
        language="nb",
    )
    [sheet] = load_workbook(io.BytesIO(made)).worksheets
    assert sheet.freeze_panes == "A2"
    assert sheet["A2"].is_date
    assert sheet["A2"].number_format == "dd.mm.yyyy"
    assert sheet["B2"].alignment.wrap_text
