"""The reader: marks that can be switched, page breaks, and everything that is known of the chosen clause."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hjemmel import snapshot
from hjemmel.build import build
from hjemmel.pages.prose import Mark, Place, prose
from ingest.structure import structure
from tests.drawn import mark_up, text, view
from tests.test_review import corpus

CLAUSE = "3"


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("reader")
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("HJEMMEL_HOME", str(folder / "home"))
        surroundings.delenv("HJEMMEL_REVIEW", raising=False)
        build(corpus(folder / "corpus"), snapshot.home())
        yield folder


def test_marks_are_switched_by_the_address() -> None:
    usual, none, obligations = (
        mark_up(view("reader", dok="fjellvik", merk=one)) for one in ("", "ingen", "obligation")
    )
    text_of = re.compile(r'<div class="hj-text">(.*?)</div><aside>', re.DOTALL)
    assert 'class="hj-citation"' in text_of.findall(usual)[0]
    assert 'class="hj-norm"' not in text_of.findall(usual)[0]
    assert not re.search(r"<(mark|span)", text_of.findall(none)[0])
    assert 'class="hj-norm"' in text_of.findall(obligations)[0]
    assert "hj-citation" not in text_of.findall(obligations)[0]


def test_the_legend_tells_the_marks_apart_without_colour_and_without_signs_that_a_font_may_lack() -> None:
    drawn = mark_up(view("reader", dok="fjellvik"))
    [legend] = re.findall(r'<ul class="hj-plain hj-legend">(.*?)</ul>', drawn)
    switches = re.findall(r"<li>(.*?)</li>", legend)
    samples = [re.sub(r"<[^>]*>", " ", one).split("(")[0] + "".join(re.findall('class="(hj-[^"]*)"', one))
               for one in switches]  # fmt: skip
    assert len(set(samples)) == len(switches) > 2
    assert not re.search("[☐☑]", legend)
    assert "plikt" in legend


def test_a_switch_keeps_the_place_in_the_document() -> None:
    drawn = mark_up(view("reader", dok="fjellvik", sted=CLAUSE))
    switches = re.findall(r'<a class="hj-toggle" href="([^"]+)"', drawn)
    assert switches
    assert all("sted=3" in one and "merk=" in one for one in switches)


def test_the_panel_tells_everything_that_is_known_of_a_clause() -> None:
    said = text(view("reader", dok="fjellvik", sted=CLAUSE))
    assert "Om kap. 3" in said
    assert "jordmortjenester dekker kravet" in said
    assert "ikke bekreftet av noen" in said
    assert "Fastsetter skal · Kommunen" in said
    assert "Viser til helse- og omsorgstjenesteloven § 6-2" in said


def test_a_term_is_told_by_its_name_and_value() -> None:
    assert re.search(
        r"Vilkår [^:]*oppsigelse[^:]*: 1 år", text(view("reader", dok="fjellvik", sted="4")), re.IGNORECASE
    )


def test_a_page_is_told_where_it_begins() -> None:
    stored = "1 Formål\nPartene møtes.\n2 Ansvar\nPartene svarer."
    places = [Place(0, 23, 1, "1 Formål", "./", "section"), Place(24, len(stored), 1, "2 Ansvar", "./", "section")]
    drawn = prose(stored, structure(stored).flow, places, [], {24: "side 2"})
    assert drawn.index("Partene møtes") < drawn.index("side 2") < drawn.index("2 Ansvar")


def test_marks_of_every_kind_can_stand_on_the_same_words() -> None:
    stored = "Kommunen skal ha jordmor."
    marks = [
        Mark(0, 25, "norm", "skal", "skal"),
        Mark(9, 25, "claim", "jordmor", "§ 8"),
        Mark(17, 24, "note", "til forfatterne"),
    ]
    drawn = prose(stored, structure(stored).flow, [Place(0, 25, 1, "", "./", "paragraph")], marks)
    assert re.sub(r"<[^>]*>", "", drawn) == "Kommunen skal ha jordmor.skal§ 8"
