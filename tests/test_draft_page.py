"""A draft is checked on the page, shown in its own words, and forgotten; no file that people send breaks anything."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hjemmel import snapshot
from hjemmel.build import build
from hjemmel.pages import draft
from hjemmel.pages.words import texts
from hjemmel.report.formats import content
from tests.drawn import mark_up, text, view
from tests.test_review import TEXT, corpus
from tests.word import word_file


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("draft")
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("HJEMMEL_HOME", str(folder / "home"))
        build(corpus(folder / "corpus"), snapshot.home())
        yield snapshot.home()


def sent(name: str, file: bytes) -> AppTest:
    """The page after a file has been given."""
    app = view("draft")
    app.file_uploader[0].upload(name, file).run()
    assert not app.exception
    return app


@pytest.mark.parametrize(("name", "file"), [("utkast.txt", TEXT.encode()), ("utkast.docx", word_file(TEXT))])
def test_a_draft_is_judged_and_its_words_are_quoted(name: str, file: bytes) -> None:
    said = text(sent(name, file))
    assert "krav vurdert" in said
    assert "Mangler, og skal være med" in said
    assert "Kommunen skal ha jordmortjenester" in said
    assert "Vurder" not in said.split()


def test_a_quote_leads_to_its_place_in_the_text_of_the_draft() -> None:
    app = sent("utkast.txt", TEXT.encode())
    start = TEXT.index("Kommunen skal ha")
    app.query_params["fra"], app.query_params["til"] = str(start), str(start + 33)
    app.run()
    assert f'data-place="{start}-{start + 33}"' in mark_up(app)
    assert "./dokument" not in mark_up(app)


def test_a_draft_can_be_forgotten_and_leaves_nothing_behind(home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    app = sent("utkast.txt", TEXT.encode())
    app.button(key="forget").click().run()
    assert draft.KEPT not in app.session_state
    assert "jordmor" not in text(app)
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()} == before
    assert not list(Path(tempfile.gettempdir()).glob("hjemmel-*/*"))


def test_another_session_sees_nothing_of_a_draft() -> None:
    sent("utkast.txt", TEXT.encode())
    other = view("draft", fra="1", til="20")
    assert "jordmor" not in text(other)
    assert "ikke finnes lenger" in text(other)


@pytest.mark.parametrize(
    ("file", "key"),
    [
        (b"", "draft empty"),
        (b" \n\t ", "draft empty"),
        (bytes(range(256)) * 40, "draft unknown"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "draft scanned"),
        (b"PK\x03\x04" + bytes(99), "draft damaged"),
        (b"%PDF-1.7\n" + bytes(99), "draft damaged"),
        (b"<html>" + b"<div>" * 100_000, "draft too much"),
    ],
    ids=["empty", "blank", "binary", "picture", "broken Word", "broken PDF", "deep HTML"],
)
def test_a_file_that_cannot_be_read_ends_in_one_sentence(file: bytes, key: str) -> None:
    app = sent("../../avtale.txt", file)
    assert texts("nb")[key] in text(app)
    assert draft.KEPT not in app.session_state


def test_what_stands_in_a_draft_is_never_mark_up() -> None:
    app = sent("utkast.txt", TEXT.replace("Kommunen skal", "Kommunen <script>alert(1)</script> skal").encode())
    app.query_params["visning"] = "tekst"
    app.run()
    assert "<script" not in mark_up(app)
    assert "alert(1)" in text(app)


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "ttl"])
def test_the_report_is_made_from_what_is_kept(form: str) -> None:
    kept = sent("Avtale om alt.txt", TEXT.encode()).session_state[draft.KEPT]
    assert len(content(kept.reports["nb"], form)) > 1000
