"""Meetings, cases and decisions: the corpus and papers written for this test, then one row per rule."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Document, read
from ingest.bundle import parts
from ingest.iri import iri
from ingest.meetings import links, meetings
from ingest.meetings.lines import case_number, case_types, decision
from ingest.organs import meeting_quads
from ingest.page import Page
from ingest.privacy import masked
from ingest.quads import word
from ingest.structure import structure
from ontology import HJ, load

TESTS = Path(__file__).parent
# The last recorded precision and recall of meetings, cases, types, decisions, links and papers together, rounded down.
FLOORS = {"vestfold-ssu-2022-11-24": (1.0, 1.0), "havdal-protokoll": (1.0, 1.0), "storfjell-motepapirer": (1.0, 1.0)}
Row = tuple[str, str, str, str, str]
SSU, PM = "strategisk-samarbeidsutvalg", "partnerskapsmote"


def stored(document: str) -> str:
    path = TESTS.parent / "corpus" / f"{document}.txt"
    path = path if path.exists() else TESTS / "papers" / path.name
    with path.open(encoding="utf-8", newline="") as text:
        return masked(text.read())


def gold(document: str) -> list[Row]:
    with (TESTS / "gold" / "meetings.tsv").open(encoding="utf-8", newline="") as rows:
        return [
            (row["kind"], row["body"], row["date"], row["key"], row["value"])
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["document"] == document
        ]


def told(text: str) -> Iterator[Row]:
    """Everything read of a bundle, as rows of the gold file."""
    clauses = structure(text)
    held = meetings(clauses)
    for meeting in held:
        here = meeting.body, meeting.date or ""
        yield "meeting", *here, meeting.kind, ""
        for case in meeting.cases:
            yield "case", *here, case.number, case.title
            yield from (("type", *here, case.number, kind.value) for kind in case.types)
            for point in case.decisions:
                words = text[point.start : point.end]
                yield "decision", *here, case.number, f"{point.outcome}:{point.number or ''}:{words}"
            for part in parts(clauses):
                if any(start <= part.start and part.end <= end for start, end in case.entries):
                    yield "paper", *here, case.number, part.title
    for link in links(clauses, held):
        value = f"{link.relation}:{link.target.body}:{link.target.number}"
        yield "link", link.source.body, "", link.source.number, value


def plain(value: str) -> str:
    return " ".join(value.split()).casefold().strip(" .;,")


def score(document: str, kinds: set[str]) -> tuple[float, float]:
    """Precision and recall of some kinds of row; a decision counts by its first words."""
    expected = [row for row in gold(document) if row[0] in kinds]
    found = [row for row in told(stored(document)) if row[0] in kinds]
    used: set[int] = set()
    for row in expected:
        for place, own in enumerate(found):
            words, value = plain(own[4]), plain(row[4])
            same = words == value or (row[0] == "decision" and words.startswith(value))
            if place not in used and own[:4] == row[:4] and same:
                used.add(place)
                break
    return len(used) / max(len(found), 1), len(used) / max(len(expected), 1)


@pytest.mark.gold
@pytest.mark.parametrize("document", FLOORS)
def test_meetings_are_read_as_well_as_they_last_were(document: str) -> None:
    kinds = {row[0] for row in gold(document)}
    for kind in sorted(kinds):
        precision, recall = score(document, {kind})
        print(f"{kind} of {document}: precision {precision:.3f}, recall {recall:.3f}")
    precision, recall = score(document, kinds)
    assert precision >= FLOORS[document][0]
    assert recall >= FLOORS[document][1]


def test_the_revision_of_the_agreement_can_be_followed_from_case_to_case_to_draft() -> None:
    clauses = structure(stored("vestfold-ssu-2022-11-24"))
    held = meetings(clauses)
    leads = {
        ((link.source.body, link.source.number), (link.target.body, link.target.number)): link
        for link in links(clauses, held)
        if link.relation == "leads_to"
    }
    first, second, third = (SSU, "2022.27"), (PM, "2022.6"), (SSU, "2022.39")
    assert {(first, second), (second, third)} <= set(leads)
    for link in leads.values():
        assert clauses.text[link.start : link.end].strip()
    [draft] = parts(clauses)
    case = next(case for meeting in held for case in meeting.cases if (meeting.body, case.number) == third)
    assert any(start <= draft.start and draft.end <= end for start, end in case.entries)
    assert any(about.value == "samarbeidsavtale" for point in case.decisions for about in point.about)


def test_those_who_came_are_counted_and_not_named() -> None:
    held = next(m for m in meetings(structure(stored("vestfold-ssu-2022-11-24"))) if m.body == PM)
    present = {count.iri_path: count.count for count in held.attendance if count.presence == "present"}
    assert present["hf/sykehuset-i-vestfold"] == 2
    assert present["role/fastlegerepresentant"] == 2
    assert sum(present.values()) == 19


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Sak 12/23: Godkjenning av protokoll", "12/23"),
        ("2022. 31 Rekruttering", "2022. 31"),
        ("PS 4/24 Budsjett", "4/24"),
        ("Sak 3. Årsplan", "3"),
        ("Sak 2022.39", "2022.39"),
        ("Saken tas opp igjen", None),
        ("Sak 2022.8 utgår på grunn av forfall.", None),
        ("12.03.2024 Møte", None),
        ("2022-2025 er planperioden", None),
    ],
)
def test_a_line_opens_a_case_by_its_number(line: str, number: str | None) -> None:
    found = case_number(line)
    assert (found and (found["named"] or found["bare"])) == number


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("Konklusjon: SSU tar saken til orientering", "adopted"),
        ("Samrøystes vedtak:", "adopted"),
        ("Forslag til beslutning", "proposed"),
        ("Kommunedirektørens innstilling:", "proposed"),
        ("Framlegg til vedtak:", "proposed"),
        ("Vedtaket følges opp av sekretariatet", None),
        ("Forslag til endret rutine", None),
    ],
)
def test_a_heading_tells_what_was_proposed_from_what_was_adopted(line: str, outcome: str | None) -> None:
    found = decision(line)
    assert (found and found[0]) == outcome


@pytest.mark.parametrize(
    ("line", "types"),
    [
        ("Diskusjon", ["diskusjon"]),
        ("Type sak: Vedtakssak", ["beslutning"]),
        ("Orientering/diskusjon", ["orientering", "diskusjon"]),
        ("Orientering om planene", []),
        ("Vedtak:", []),
    ],
)
def test_a_line_of_its_own_gives_the_type_of_a_case(line: str, types: list[str]) -> None:
    assert [value for _, _, value in case_types(line)] == types


def planned(text: str) -> list[tuple[str, str | None]]:
    return [(held.body, held.date) for held in meetings(structure(text)) if held.kind == "planned"]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (
            "Møteplan 2026\n\njanuar februar mars april mai juni\n\nSSU  3    7\n\nPM      16\n",
            [(SSU, "2026-02-03"), (SSU, "2026-06-07"), (PM, "2026-06-16")],
        ),
        (
            "Møteplan 2026\n\n       jan   feb   mars  apr\nSSU          3           9\n",
            [(SSU, "2026-02-03"), (SSU, "2026-04-09")],
        ),
        ("Møteplan for våren 2026:\nSSU: 3. februar og 7. mai\n", [(SSU, "2026-02-03"), (SSU, "2026-05-07")]),
    ],
)
def test_a_plan_gives_days_where_its_columns_lost_their_width_too(plan: str, expected: list[tuple[str, str]]) -> None:
    assert planned(plan) == expected


def test_papers_that_do_not_say_whose_they_are_keep_their_cases() -> None:
    [held] = meetings(structure("Referat\n\nDato: 3. mars 2025\n\nSak 1/25 Budsjett\n\nVedtak: Budsjettet vedtas.\n"))
    assert (held.body, held.date, [case.number for case in held.cases]) == ("ukjent-organ", "2025-03-03", ["1/25"])


def test_a_number_is_that_of_the_body_that_counts_it() -> None:
    clauses = structure(stored("havdal-protokoll"))
    found = links(clauses, meetings(clauses))
    assert {(link.source.body, link.source.number) for link in found} == {(SSU, "2/24"), (PM, "2/24")}


@pytest.mark.parametrize("document", FLOORS)
def test_every_place_quotes_the_stored_text(document: str) -> None:
    text = stored(document)
    for held in meetings(structure(text)):
        for case in held.cases:
            assert re.sub(r"\s", "", case.number) in re.sub(r"\s", "", text[case.start : case.end])
            for place in (*case.types, *case.decisions):
                assert text[place.start : place.end].strip()
        for count in held.attendance:
            assert text[count.start : count.end] == count.name


@given(st.lists(st.sampled_from(stored("storfjell-motepapirer").splitlines(keepends=True)), max_size=40))
def test_any_order_of_lines_is_read_without_fail(lines: list[str]) -> None:
    clauses = structure("".join(lines))
    for held in meetings(clauses):
        for case in held.cases:
            assert all(0 <= start < end <= len(clauses.text) for start, end in (*case.entries, (case.start, case.end)))
    links(clauses, meetings(clauses))


@given(st.text(max_size=300))
def test_any_text_is_read_without_fail(text: str) -> None:
    clauses = structure(text)
    links(clauses, meetings(clauses))


def page(document: str, text: str) -> Page:
    return Page(read(Document(id=document, text=text, title=document, kind="meeting papers")))


def test_the_graph_leads_from_the_first_case_to_the_draft_agreement() -> None:
    text = stored("vestfold-ssu-2022-11-24")
    clauses = structure(text)
    held = meetings(clauses)
    store = ox.Store()
    store.extend(meeting_quads(page("papirer", text), held, links(clauses, held)))
    asked = """
        PREFIX hj: <https://w3id.org/hjemmel/ns#>
        SELECT DISTINCT ?number ?document WHERE {
            GRAPH ?g {
                ?first hj:caseNumber "2022.27" ; hj:leadsTo+ ?last .
                ?last hj:caseNumber ?number .
                ?point hj:case ?last ; hj:decidedOn ?document .
            }
        }"""
    answers = {(row["number"].value, row["document"].value) for row in store.query(asked)}
    assert answers == {("2022.39", iri("doc/papirer-del-1"))}


def test_case_numbers_of_two_bodies_are_two_cases_and_every_word_is_defined() -> None:
    text = stored("havdal-protokoll")
    clauses = structure(text)
    held = meetings(clauses)
    quads = set(meeting_quads(page("papirer", text), held, links(clauses, held)))
    cases = {quad.subject.value for quad in quads if quad.object == word("hj:Case")}
    assert {
        iri("doc/papirer/meeting/strategisk-samarbeidsutvalg-2024-12-12/case/2-24"),
        iri("doc/papirer/body/partnerskapsmote/case/2-24"),
    } <= cases
    known = {str(subject) for subject in load().subjects()}
    assert not {quad.predicate.value for quad in quads if quad.predicate.value.startswith(str(HJ))} - known
