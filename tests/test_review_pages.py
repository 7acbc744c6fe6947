"""Findings, matrix and reader with people's decisions: taken on the page, seen at once, kept."""

import re
import shutil
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from hjemmel import snapshot
from hjemmel.build import build
from hjemmel.judgement import judged
from hjemmel.pages import review
from hjemmel.pages.words import texts
from hjemmel.report.sheet import Sheet, comma_separated, workbook
from hjemmel.review import decisions
from hjemmel.review.decision import Refusal
from hjemmel.store import ID, Store
from hjemmel.subject import Subject
from tests.drawn import mark_up, text, view
from tests.test_review import corpus

FINDING = "finding/6-2:8"
FJELLVIK = f"{ID}doc/fjellvik"
BIRTH_NUMBER = "01010750160"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(corpus(folder / "corpus"), folder / "home")
    return folder / "home"


@pytest.fixture(autouse=True)
def home(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(built, tmp_path / "home")
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HJEMMEL_REVIEW", "1")


def decide(
    app: AppTest, verdict: str, reason: str = "Lest og vurdert", role: str | None = "juridisk rådgiver"
) -> AppTest:
    """Fill in the form and save it."""
    app.radio[0].set_value(verdict).run()
    app.text_area[0].set_value(reason)
    roles = next(one for one in app.selectbox if one.key and one.key.startswith("role "))
    if role:
        roles.set_value(role)
    return next(one for one in app.button if one.key and one.key.startswith("save ")).click().run()


def decided() -> list[tuple[str, str, str]]:
    return [(one.verdict, one.target.partition("/doc/")[2], one.role) for one in decisions(snapshot.home())]


def test_a_refusal_is_told_in_the_language_of_the_page() -> None:
    said = text(decide(view("findings", dok="fjellvik", vurder=FINDING), "rejected", f"Se {BIRTH_NUMBER}"))
    assert texts("nb")["refused private"] in said
    assert decided() == []


@pytest.mark.parametrize(("requirement", "quoted"), [("6-2:8", True), ("6-2:9", False)])
def test_a_gap_has_no_quote_that_could_fall_short(requirement: str, quoted: bool) -> None:
    form = view("findings", dok="fjellvik", vurder=f"finding/{requirement}").radio[0]
    assert ("Sitatet gir ikke belegg for det" in form.options) is quoted


def test_every_quote_that_is_decided_on_has_its_place(home: None) -> None:
    finding = next(
        one
        for one in judged(Subject(Store.load(), FJELLVIK), as_of=None).findings
        if one.finding.requirement == "6-2:8"
    )
    form = re.findall('<div class="hj-reviewed">.*?</div>', mark_up(view("findings", dok="fjellvik", vurder=FINDING)))[
        0
    ]
    assert finding.finding.evidence
    assert [(unescape(quote), unescape(place)) for quote, place in re.findall("«(.*?)».*?<a[^>]*>(.*?)</a>", form)] == [
        (" ".join(one.quote.split()), one.place) for one in finding.finding.evidence
    ]


def test_every_refusal_has_its_sentence_in_both_languages() -> None:
    for why in (*get_args(Refusal), "failed"):
        assert all(f"refused {why}" in texts(language) for language in ("nb", "en"))


@pytest.mark.parametrize("page", ["findings", "matrix"])
def test_a_finding_rejected_on_the_page_is_shown_so_at_once_and_kept_in_the_log(page: str) -> None:
    app = view(page, dok="fjellvik", krav="6-2:8", vurder=FINDING)
    app = decide(app, "rejected", "Jordmor er nevnt, ikke avtalt")
    assert not app.exception
    assert decided() == [("rejected", "fjellvik/finding/6-2-8", "juridisk rådgiver")]
    said = text(app)
    assert re.search(r"Avvist \(juridisk rådgiver, \d+\. \w+ \d{4}\): Jordmor er nevnt, ikke avtalt", said)
    assert "vurder" not in app.query_params


def test_a_rejected_finding_stands_apart_from_what_is_counted() -> None:
    decide(view("findings", dok="fjellvik", vurder=FINDING), "rejected")
    said = text(view("findings", dok="fjellvik"))
    assert "Avvist ved gjennomgang 1 funn" in said
    assert "1 avvist ved gjennomgang" in said


def test_a_decision_is_withdrawn_by_a_decision_of_its_own() -> None:
    decide(view("findings", dok="fjellvik", vurder=FINDING), "not_supported")
    app = decide(view("findings", dok="fjellvik", vurder=FINDING), "withdrawn", "Feil avtale")
    assert [verdict for verdict, _, _ in decided()] == ["not_supported", "withdrawn"]
    assert "Uten belegg (juridisk" not in text(app)


def test_nothing_is_withdrawn_where_nothing_was_decided() -> None:
    app = view("findings", dok="fjellvik", vurder=FINDING)
    assert app.radio[0].options == [
        "Det er riktig",
        "Det skal rettes",
        "Det er feil",
        "Sitatet gir ikke belegg for det",
    ]


def test_a_finding_is_corrected_to_the_clause_that_answers() -> None:
    app = view("matrix", dok="fjellvik", krav="6-2:4", vurder="finding/6-2:4")
    app.radio[0].set_value("corrected").run()
    next(one for one in app.selectbox if one.key and one.key.startswith("clause ")).set_value("3")
    app = decide(app, "corrected", "Punkt 3 gjelder også dette")
    assert [verdict for verdict, _, _ in decided()] == ["corrected"]
    assert "Rettet (juridisk rådgiver" in text(app)


@pytest.mark.parametrize(
    ("reason", "role", "verdict", "said"),
    [
        ("  ", "juridisk rådgiver", "rejected", "Skriv en begrunnelse"),
        ("Lest", None, "rejected", "velg rollen"),
        ("Lest", "juridisk rådgiver", "corrected", "Si hva som er riktig"),
    ],
)
def test_half_a_decision_is_none(reason: str, role: str | None, verdict: str, said: str) -> None:
    app = decide(view("findings", dok="fjellvik", vurder=FINDING), verdict, reason, role)
    assert said in text(app)
    assert decided() == []


@pytest.mark.parametrize("end", ["finding/nei", "claim/3/nei", "../../x", "clause/3"])
def test_an_address_that_names_nothing_to_decide_on_says_so(end: str) -> None:
    assert "noe som ikke kan vurderes" in text(view("findings", dok="fjellvik", vurder=end))


def test_where_deciding_is_off_there_is_a_sentence_and_no_way_to_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HJEMMEL_REVIEW")
    for page in ("findings", "matrix"):
        app = view(page, dok="fjellvik", krav="6-2:8", vurder=FINDING)
        assert "HJEMMEL_REVIEW=1" in text(app)
        assert 'hj-review"' not in mark_up(app)
        assert not app.radio


def test_only_what_is_confirmed_counts_where_that_is_asked() -> None:
    before = text(view("matrix", gruppe="alle", grunnlag="bekreftet"))
    decide(view("findings", dok="fjellvik", vurder=FINDING), "confirmed")
    after = text(view("matrix", gruppe="alle", grunnlag="bekreftet"))
    assert "bekreftet" in after
    assert before.count("kan ikke vurderes") > after.count("kan ikke vurderes")


def test_every_role_is_one_of_the_ontology_in_either_language() -> None:
    assert "juridisk rådgiver" in review._roles("nb")
    assert review._roles("en")["juridisk rådgiver"] == "legal adviser"


@pytest.mark.parametrize("day", ["2012-01-01", "2026-01-01", "i-dag"])
def test_any_day_of_the_law_can_be_asked_for(day: str) -> None:
    said = text(view("findings", dok="fjellvik", lov=day))
    assert "Etter loven per " in said
    assert "Ny plikt siden" not in said


def test_duties_that_came_after_the_agreement_are_told_apart(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "old")
    catalogue = folder / "catalogue.toml"
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace("2025-03-01", "2013-03-01"), encoding="utf-8")
    build(folder, snapshot.home())
    store = Store.load()
    found = judged(Subject(store, store.document_iri("fjellvik")), as_of=None)
    said = text(view("findings", dok="fjellvik"))
    assert found.new_duties
    assert f"Ny plikt siden inngåelsen {len(found.new_duties)} funn" in said


def test_a_matrix_is_narrowed_to_one_strength() -> None:
    every, advised = (mark_up(view("matrix", gruppe="alle", styrke=one)) for one in ("", "recommendation"))
    assert 0 < advised.count('scope="row"') < every.count('scope="row"')
    assert "· skal" not in text(view("matrix", gruppe="alle", styrke="recommendation"))


def test_what_begins_as_a_formula_is_text_in_any_spreadsheet() -> None:
    sheet = Sheet("Ark", [("Ord", 9)], [["=HYPERLINK(1)"], ["+47"], ["@SUM"]])
    cells = [
        row[0] for row in load_workbook(BytesIO(workbook([sheet], title="", language="nb")))["Ark"].iter_rows(min_row=2)
    ]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert all(line.startswith("'") for line in comma_separated(sheet, "nb").decode("utf-8-sig").splitlines()[1:])
