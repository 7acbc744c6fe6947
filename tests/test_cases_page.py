"""Meetings, cases and decisions: what is read of them from the graph, and the page that shows it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hjemmel.pages.words import day
from hjemmel.proceedings import Case, Link, Meeting, meetings, way
from hjemmel.store import Store
from queries import catalogue
from shapes import Evidence
from tests.drawn import mark_up, text, view

ROOT = Path(__file__).parents[1]
NOWHERE = Evidence(0, 1, "x", "", "")


@pytest.fixture(scope="module", autouse=True)
def store(corpus_store: Store) -> Store:
    return corpus_store


@pytest.fixture(scope="module")
def known(store: Store) -> list[Meeting]:
    return meetings(store)


def key(case: Case) -> str:
    return case.iri.partition("/doc/")[2]


def test_everything_told_of_a_meeting_stands_where_it_is_said_to(store: Store, known: list[Meeting]) -> None:
    texts = {
        iri: str(catalogue()["text_of_document"].run(store, document=iri)[0]["quote"])
        for iri in {one.document for one in known}
    }
    for meeting in known:
        told = [meeting.evidence]
        for case in meeting.cases:
            told += [one.evidence for one in meeting.attendance]
            told += [case.evidence, *(one.evidence for one in (*case.conclusions, *case.links))]
        for found in told:
            assert texts[meeting.document][found.start : found.end] == found.quote


@pytest.mark.parametrize(
    ("links", "of", "expected"),
    [
        ({"b": "a", "c": "b"}, "b", "abc"),
        ({"c": "a"}, "a", "ac"),
        ({"b": "a", "c": "a"}, "c", "ac"),
        ({}, "a", "a"),
        # Papers may contradict each other; that must not go on for ever.
        ({"a": "b", "b": "a"}, "a", "ab"),
        ({"b": "unread"}, "b", "b"),
    ],
)
def test_the_way_of_a_case_goes_from_the_first_that_led_to_it_to_the_last_that_came_of_it(
    links: dict[str, str], of: str, expected: str
) -> None:
    held = [
        Meeting(
            iri=name,
            document="d",
            body="SSU",
            abbreviation="",
            slug="ssu",
            region="r",
            day=date(2024, 1, number),
            papers=frozenset({"minutes"}),
            evidence=NOWHERE,
            cases=(
                Case(
                    iri=name,
                    number=str(number),
                    title=name,
                    types=(),
                    evidence=NOWHERE,
                    links=(Link(links[name], "0", "leads_to", NOWHERE),) if name in links else (),
                ),
            ),
        )
        for number, name in enumerate("abc", 1)
    ]
    assert "".join(step.case.iri for step in way(of, reversed(held))) == expected


def test_a_case_that_only_refers_to_another_is_no_step_on_its_way(known: list[Meeting]) -> None:
    cases = {case.iri: case for meeting in known for case in meeting.cases}
    referring = [case for case in cases.values() if any(link.relation == "refers_to" for link in case.links)]
    assert referring
    for case in referring:
        only = replace(case, links=tuple(link for link in case.links if link.relation == "refers_to"))
        assert only.links[0].other not in {step.case.iri for step in way(case.iri, known)}
        # The words that refer stand in the case that refers, and name the number of the other.
        assert only.links[0].number in only.links[0].evidence.quote


def test_a_case_is_followed_from_meeting_to_meeting_to_the_agreement(known: list[Meeting]) -> None:
    case = next(
        case
        for meeting in known
        for case in meeting.cases
        if len(way(case.iri, known)) > 2 and any(step.case.documents for step in way(case.iri, known))
    )
    drawn = mark_up(view("cases", sak=key(case)))
    [chain] = re.findall(r'<section class="hj-way".*?</section>', drawn, re.DOTALL)
    steps = way(case.iri, known)
    assert [step.meeting.day for step in steps] == sorted(step.meeting.day or date.min for step in steps)
    places = [chain.index(f"{day(step.meeting.day)}: {step.meeting.body}") for step in steps]
    assert places == sorted(places)
    assert chain.index("Dokumentet saken gjelder") > places[-1]
    for step in steps:
        for link in step.case.links:
            assert f"fra={link.evidence.start}&amp;til={link.evidence.end}" in chain


def test_every_meeting_is_shown_the_latest_first_and_those_only_planned_apart(known: list[Meeting]) -> None:
    drawn = mark_up(view("cases"))
    heads = re.findall(r"<h2>(\d.*?):", drawn)
    assert heads == [day(one.day) for one in reversed(known) if not one.is_plan]
    plan = drawn.partition("Møteplan")[2]
    for one in known:
        assert (day(one.day) in plan) == one.is_plan


def test_a_conclusion_is_one_click_from_its_words(known: list[Meeting]) -> None:
    drawn = mark_up(view("cases"))
    points = [point for meeting in known for case in meeting.cases for point in case.conclusions]
    assert points
    for point in points:
        assert f"fra={point.evidence.start}&amp;til={point.evidence.end}" in drawn


def test_a_proposal_is_never_told_as_a_decision(known: list[Meeting]) -> None:
    sections = re.findall(r'<section class="hj-meeting">.*?</section>', mark_up(view("cases")), re.DOTALL)
    held = [one for one in reversed(known) if not one.is_plan]
    assert any("minutes" not in one.papers for one in held)
    for meeting, section in zip(held, sections, strict=False):
        if "minutes" not in meeting.papers:
            assert "vi vet ikke hva møtet kom til" in section
            assert "vedtatt</span>" not in section
        else:
            assert "vi vet ikke hva møtet kom til" not in section


def test_what_is_only_taken_for_information_is_not_told_as_a_resolution(known: list[Meeting]) -> None:
    points = [point for meeting in known for case in meeting.cases for point in case.conclusions]
    noted = [point for point in points if point.outcome == "noted"]
    assert noted
    assert all("til orientering" in point.words for point in noted)
    assert all(re.search("vedt[ae]", point.words) for point in points if point.outcome == "resolved")
    assert "tatt til orientering</span>" in mark_up(view("cases"))


def test_those_who_came_are_counted_by_organisation_and_role(known: list[Meeting]) -> None:
    [meeting] = [one for one in known if any(one.attendance) and one.slug.startswith("partnerskap")]
    assert {"present", "absent"} <= {one.presence for one in meeting.attendance}
    said = text(view("cases"))
    assert re.search(r"Hvem som møtte .*? Til stede .*? kommune \(\d\)", said)


def test_a_region_whose_meeting_papers_are_not_here_is_a_line_of_its_own(store: Store, known: list[Meeting]) -> None:
    rows = catalogue()["documents"].run(store)
    read = {row["regionLabel"] for row in rows if row["document"] in {one.document for one in known}}
    unread = {str(row["regionLabel"]) for row in rows if row["kind"] == "agreement"} - read
    assert unread
    [line] = re.findall(r'<p class="hj-gap">(.*?)</p>', mark_up(view("cases")))
    assert all(region in line for region in unread)
    assert not any(str(region) in line for region in read)


def test_words_and_committee_narrow_what_is_shown(known: list[Meeting]) -> None:
    every = [case for meeting in known for case in meeting.cases]
    app = view("cases", emne="AVTALE revi")
    titles = re.findall(r'<h3><span class="hj-number">(.*?)</span>', mark_up(app))
    assert 0 < len(titles) < len(every)
    body = next(one for one in known if one.cases)
    app = view("cases", organ=f"{body.region}/{body.slug}")
    shown = re.findall(r"<h2>\d.*?: (.*?)(?: \(|</h2>)", mark_up(app))
    assert set(shown) == {body.body}
    assert "Fant ingen saker." in text(view("cases", emne="ingenting-slikt"))


def test_a_word_typed_stands_in_the_address() -> None:
    app = view("cases")
    app.text_input(key="cases_words").input("fastlege").run()
    assert not app.exception
    assert app.query_params["emne"] == "fastlege"
    assert "fastlege" in text(app).casefold()


def test_an_unknown_case_is_met_with_a_sentence() -> None:
    assert "en sak som ikke finnes her" in text(view("cases", sak="finnes/ikke"))


def test_the_english_page_names_outcomes_in_english() -> None:
    said = text(view("cases", lang="en"))
    assert "taken for information" in said
    assert "vedtatt" not in said.replace("vedtas", "")


def test_where_a_committee_has_planned_meetings_only_a_sentence_says_what_to_do(known: list[Meeting]) -> None:
    held = {(one.region, one.slug) for one in known if not one.is_plan}
    region, slug = next((one.region, one.slug) for one in known if (one.region, one.slug) not in held)
    said = text(view("cases", organ=f"{region}/{slug}"))
    assert "Fant ingen saker." in said
    assert "0 saker" not in said
