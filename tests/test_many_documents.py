"""The pages of a large installation: no wall of rows, and names that tell documents apart."""

import re
from collections.abc import Iterator
from itertools import groupby

import pytest

from benchmarks.country.store import stored
from hjemmel.pages import PAGES
from hjemmel.pages.ask import FIRST, FIRST_GAPS, MOST
from hjemmel.pages.shelf import papers
from hjemmel.store import Store
from tests.drawn import mark_up, text, view

DOCUMENTS = 200
MISSING, CHILDREN = "Hvilke krav mangler?", "Hvilke klausuler gjennomfører § 6-2 nr. 13 i alle helsefellesskap?"
FOLDED = re.compile(r"<details(?: [^>]*)?>(?:(?!<details).)*?</details>", re.DOTALL)


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home = tmp_path_factory.mktemp("country")
    stored(home, 1, DOCUMENTS)
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("HJEMMEL_HOME", str(home))
        yield Store.load()


def unfolded(page: str, **address: str) -> str:
    """The HTML of a page without what is folded."""
    whole, before = mark_up(view(page, **address)), ""
    while whole != before:
        before, whole = whole, FOLDED.sub("", whole)
    return whole


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_a_wall_of_rows(page: str) -> None:
    drawn = unfolded(page)
    assert drawn
    assert len(re.findall("<(?:tr|li|article)[ >]", drawn)) < 150


@pytest.mark.parametrize("page", ["matrix", "findings", "bodies", "cases", "reader", "network"])
def test_one_region_is_shown_at_a_time_and_another_can_be_chosen(page: str) -> None:
    drawn = view(page)
    regions = next(one for one in drawn.selectbox if one.key == "part_region")
    other = regions.options[-1]
    regions.select(other).run()
    assert not drawn.exception
    assert drawn.query_params["region"] in (other, [other])
    assert next(one for one in drawn.selectbox if one.key == "part_region").value == other


@pytest.mark.parametrize("page", ["findings", "bodies", "reader", "network", "compare"])
def test_every_document_in_a_list_has_a_name_of_its_own(page: str) -> None:
    drawn = view(page)
    offered = [one.options for one in (*drawn.selectbox, *drawn.multiselect) if one.key != "part_region"]
    documents = max(offered, key=len) if page == "compare" else offered[0]
    assert len(documents) > 2
    assert len({*documents}) == len(documents)


def test_columns_of_the_matrix_are_told_apart() -> None:
    heads = re.findall('<th scope="col">(.*?)</th>', mark_up(view("matrix")))
    assert len({*heads}) == len(heads) > 3


def test_of_a_region_what_binds_comes_first_and_the_newest_first() -> None:
    for _, found in groupby((one for one in papers() if one.is_agreement), key=lambda one: one.region):
        known = list(found)
        assert [one.is_preliminary for one in known] == sorted(one.is_preliminary for one in known)
        binding = [one.made_on for one in known if not one.is_preliminary]
        assert binding == sorted(binding, reverse=True)


def test_what_was_searched_is_counted_where_naming_it_would_be_a_wall() -> None:
    said = text(view("ask", q=MISSING))
    agreements = sum(one.is_agreement for one in papers())
    assert f"Søkt i {agreements} dokumenter" in said


def test_requirements_that_are_missing_stand_under_the_document_that_lacks_them() -> None:
    lists = re.findall(
        r'<section class="hj-card">.*?</section>', mark_up(view("ask", q=MISSING, vis="alle")), re.DOTALL
    )
    heads = [re.findall("<h2[^>]*>(.*?)</h2>", one)[0] for one in lists]
    assert len({*heads}) == len(heads) > 3
    for one in lists:
        lines = re.findall("<li>(.*?)</li>", one)
        assert len({*lines}) == len(lines)


def test_many_agreements_are_counted_by_result_before_their_words_are_unfolded() -> None:
    regions = len({one.region for one in papers() if one.is_agreement})
    matters = re.findall(
        '<section class="hj-matter">.*?</section>', mark_up(view("compare", tema="frister")), re.DOTALL
    )
    [judged] = [one for one in matters if "oppsigelse med ett års frist" in one]
    counts = re.findall(r"<li><span.*?</span> (\d+)</li>", judged)
    assert sum(map(int, counts)) == regions > 6
    assert judged.count('class="hj-side"') == regions
    [notice] = [one for one in matters if "<h3>Oppsigelsestid</h3>" in one]
    assert re.search(r"<dd>1 år \(\d+\); 6 måneder \(\d+\)</dd>", notice)


def test_a_long_answer_is_shown_in_steps_and_says_where_all_of_it_is() -> None:
    assert f"Vis {MOST - FIRST} til" in text(view("ask", q=MISSING))
    assert f"Viser de {MOST} første av" in text(view("ask", q=MISSING, vis="alle"))


def test_documents_without_a_hit_are_folded_beyond_the_first() -> None:
    drawn = unfolded("ask", q=CHILDREN)
    assert drawn.count('class="hj-gap"') == FIRST_GAPS
    assert mark_up(view("ask", q=CHILDREN)).count('class="hj-gap"') > FIRST_GAPS
