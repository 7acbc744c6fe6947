"""The pages without a browser: every view that an address can name, and what a reader relies on in each."""

import re
import tomllib
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from hjemmel.pages import PAGES
from hjemmel.pages.prose import Mark, Place, prose
from hjemmel.pages.words import SIGNS, texts
from hjemmel.store import Store
from ingest.structure import structure
from queries import answer, catalogue
from shapes import Result
from tests.drawn import text, view

ROOT = Path(__file__).parents[1]
PAGES_FOLDER = ROOT / "hjemmel" / "pages"
CORPUS = sorted((ROOT / "corpus").glob("*.txt"))
FLAGSHIP = "Hvilke klausuler gjennomfører § 6-2 nr. 13 i alle helsefellesskap?"


@pytest.fixture(scope="module", autouse=True)
def store(corpus_store: Store) -> Store:
    return corpus_store


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn_in_both_languages(page: str, language: str) -> None:
    assert text(view(page, lang=language))


def test_the_whole_app_starts_at_the_question() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert app.text_input(key="question").value == ""


def test_a_fault_on_a_page_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def show() -> None:
        raise ValueError

    monkeypatch.setitem(PAGES, "ask", show)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert texts("nb")["page failed"] in text(app)


@pytest.mark.parametrize(
    "question", [*texts("nb")["example questions"].splitlines(), *texts("en")["example questions"].splitlines()]
)
def test_every_example_is_answered(store: Store, question: str) -> None:
    found = answer(question, store)
    assert found.answered
    assert found.rows or found.searched


def test_a_question_typed_is_answered_and_stands_in_the_address() -> None:
    app = view("ask")
    app.text_input(key="question").input(FLAGSHIP).run()
    assert app.query_params["q"] == FLAGSHIP
    assert "Fant " in text(app)


def test_a_question_that_is_not_understood_gets_a_reason_and_questions_that_work() -> None:
    said = text(view("ask", q="Hva er hovedstaden i Frankrike?"))
    assert "Prøv heller" in said
    assert "Fant " not in said


def test_the_matrix_opens_at_the_list_of_what_an_agreement_must_hold() -> None:
    drawn = " ".join(one.proto.body for one in view("matrix").get("html"))
    [table] = re.findall(r"<tbody>(.*)</tbody>", drawn, re.DOTALL)
    assert table.count("<tr>") == 13
    assert table.count("hj-result ") == 13 * (drawn.count('scope="col"') - 1)


def test_a_cell_of_the_matrix_says_what_it_rests_on(store: Store) -> None:
    [document, *_] = [row for row in catalogue()["documents"].run(store) if row["kind"] == "agreement"]
    said = text(view("matrix", krav="6-2:1", dok=str(document["identifier"])))
    assert "Samme krav i de andre avtalene" in said


@pytest.mark.parametrize("page", ["findings", "reader"])
def test_an_address_with_an_unknown_document_says_so(page: str) -> None:
    assert "«finnes-ikke»" in text(view(page, dok="finnes-ikke"))


@pytest.mark.parametrize(
    "place", [{"fra": "x", "til": "²"}, {"fra": "9", "til": "3"}, {"fra": "0", "til": "999999999"}]
)
def test_an_address_with_a_place_that_is_none_shows_the_document_all_the_same(place: dict[str, str]) -> None:
    assert "Innhold" in text(view("reader", **place))


def test_a_cited_provision_is_shown_as_it_read_when_the_agreement_was_made(store: Store) -> None:
    cited = (
        row
        for document in catalogue()["documents"].run(store)
        if document["kind"] == "agreement" and document["madeOn"]
        for row in catalogue()["citations_of_document"].run(store, document=str(document["document"]))
        if 0 < len(catalogue()["provision_text"].run(store, provision=str(row["target"]))) < 5
    )
    row = next(cited)
    document, _, clause = str(row["iri"]).partition("/clause/")
    said = text(view("reader", dok=document.rpartition("/")[2], sted=clause))
    assert f"{row['targetLabel']} Slik den lød" in said


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_reader_shows_every_word_in_order(path: Path) -> None:
    stored = path.read_bytes().decode()
    read = structure(stored)
    places = [
        Place(
            clause.start,
            clause.end,
            clause.level,
            f"{clause.number or ''} {clause.title or ''}",
            "./",
            "section" if clause.kind in ("title", "section") else clause.kind,
        )
        for clause in read.clauses
    ]
    drawn = prose(stored, read.flow, places, [Mark(100, 300, "citation", "lov"), Mark(200, 400, "here")])
    assert "".join(unescape(re.sub(r"<[^<>]*>", "", drawn)).split()) == "".join(stored.split())


def test_words_of_a_document_are_never_mark_up() -> None:
    stored = "1 <script>alert(1)</script>\nSe § 6-1 & <img src=x onerror=alert(1)>"
    read = structure(stored)
    drawn = prose(
        stored, read.flow, [Place(0, len(stored), 1, "", './" onclick="x', "section")], [Mark(2, 9, "claim", '"><b>')]
    )
    assert not re.search(r"<(script|img|b)\b", drawn)
    assert 'onclick="x' not in drawn


def test_every_result_has_a_sign_and_a_word() -> None:
    assert set(SIGNS) == {*get_args(Result), "silent"}
    assert set(SIGNS) <= set(texts("nb"))
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_both_languages_say_the_same_things() -> None:
    nb, en = texts("nb"), texts("en")
    assert set(nb) == set(en)
    assert all(nb.values())
    assert all(en.values())
    gaps = re.compile(r"\{\w+\}")
    assert [key for key in nb if set(gaps.findall(nb[key])) != set(gaps.findall(en[key]))] == []


def test_a_text_stands_in_one_file_only() -> None:
    keys = [
        key
        for file in (PAGES_FOLDER / "texts" / "nb").glob("*.toml")
        for key in tomllib.loads(file.read_text(encoding="utf-8"))
    ]
    assert len(keys) == len(set(keys))


def test_every_text_the_pages_say_is_in_the_tables_and_none_is_left_over() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in PAGES_FOLDER.glob("*.py"))
    said = set(re.findall(r'\bsay\(\s*"([^"{]+)"', sources))
    assert said
    assert said <= set(texts("nb"))
    # Texts that are found by a value of the graph: name("status", …), say(f"group {…}").
    families = set(re.findall(r'\bname\(\s*"(\w+)"', sources)) | set(re.findall(r'"(\w+) \{', sources))
    families |= {"sureness", "column", "one", "many", "coverage", "review", "ledd", "strength", "kind", "status"}
    plain = {key for key in texts("nb") if key.partition(" ")[0] not in families or " " not in key} - set(SIGNS)
    assert {key for key in plain if f'"{key}"' not in sources} == set()
