"""The points that guidance says an agreement should describe, and the words that seem to speak of them."""

from datetime import date

import pytest

from hjemmel.assessment import assessment
from hjemmel.build import ontology_quads
from hjemmel.store import Store
from hjemmel.subject import Subject
from ingest import Document, ingest
from ingest.advice import advice_points
from ingest.structure import structure
from ontology import BASE
from shapes import Finding

GUIDANCE = """1 Om avtalene

Avtalen skal inngås skriftlig.

2 Punkt 3: Innleggelse i sykehus, jf. hol. § 6-2 nr. 3

Samarbeidsavtalen bør beskrive:

• rutiner for pasienttransport
• aktuell kontaktinformasjon

Nyttige lenker:

• Nasjonal veileder om legevakt

3 Punkt 8: Jordmortjenester, jf. hol. § 6-2 nr. 8

Kommunene varierer. Det anbefales at avtalen omfatter

• følgetjeneste og vaktberedskap for gravide
• evaluering av jordmortjenesten

4 Beredskap, jf. hol. § 6-2 nr. 11

Om beredskap skal samarbeidsavtalen beskrive

• felles øvelser
"""
NYNORSK = """1 Samarbeid om jordmortenester

Avtalen bør skildre:

• følgjeteneste for gravide
"""


def advised(text: str) -> list[tuple[str, str]]:
    return [(text[point.start : point.end], point.force) for point in advice_points(structure(text))]


def test_list_items_under_a_lead_in_that_advises_are_points() -> None:
    assert advised(GUIDANCE) == [
        ("rutiner for pasienttransport", "recommendation"),
        ("aktuell kontaktinformasjon", "recommendation"),
        ("følgetjeneste og vaktberedskap for gravide", "recommendation"),
        ("evaluering av jordmortjenesten", "recommendation"),
        ("felles øvelser", "obligation"),
    ]
    assert advised(NYNORSK) == [("følgjeteneste for gravide", "recommendation")]


def findings(agreement: str, *guidance: str) -> dict[str, Finding]:
    """What is found of an agreement beside guidance of these texts."""
    documents = [
        Document(id=f"rad-{order}", text=text, title="Råd om avtaler", kind="guidance")
        for order, text in enumerate(guidance)
    ]
    documents.append(Document(id="avtale", text=agreement, title="Samarbeidsavtale", kind="agreement"))
    store = Store.of([*ontology_quads(), *(quad for one in documents for quad in ingest(one))])
    found = assessment(Subject(store, f"{BASE}doc/avtale")).findings(date(2025, 11, 1))
    return {one.requirement: one for one in found}


AGREEMENT = """1 Innleggelse

Partene har rutiner for transport av pasienter til sykehuset.

2 Fødsel

Følgetjenesten for gravide har vaktberedskap hele døgnet.
"""


def test_points_stand_under_the_requirement_that_their_heading_names() -> None:
    found = findings(AGREEMENT, GUIDANCE)
    points = {requirement: [point.words.quote for point in one.advice] for requirement, one in found.items()}
    assert {requirement: quotes for requirement, quotes in points.items() if quotes} == {
        "6-2:3": ["rutiner for pasienttransport", "aktuell kontaktinformasjon"],
        "6-2:8": ["følgetjeneste og vaktberedskap for gravide", "evaluering av jordmortjenesten"],
        "6-2:11": ["felles øvelser"],
    }
    [point, _] = found["6-2:8"].advice
    assert point.words.document == f"{BASE}doc/rad-0"
    assert GUIDANCE[point.words.start : point.words.end] == point.words.quote
    assert point.iri == f"{BASE}doc/rad-0/advice/6-2-8/1"


def test_a_heading_may_name_its_requirement_in_words() -> None:
    [point] = findings(AGREEMENT, NYNORSK)["6-2:8"].advice
    assert point.words.quote == "følgjeteneste for gravide"


@pytest.mark.parametrize(
    ("requirement", "order", "suggested"),
    [
        ("6-2:8", 0, ["Følgetjenesten for gravide har vaktberedskap hele døgnet."]),
        ("6-2:8", 1, []),
        # "Aktuell" tells nothing; of "kontaktinformasjon" there is not a word.
        ("6-2:3", 1, []),
    ],
)
def test_words_in_common_suggest_where_a_point_is_spoken_of(requirement: str, order: int, suggested: list[str]) -> None:
    point = findings(AGREEMENT, GUIDANCE)[requirement].advice[order]
    assert [words.quote for words in point.spoken_of] == suggested
    for words in point.spoken_of:
        assert AGREEMENT[words.start : words.end] == words.quote


def test_a_suggestion_fulfils_nothing() -> None:
    beside, alone = findings(AGREEMENT, GUIDANCE), findings(AGREEMENT)
    assert {one.requirement: one.result for one in beside.values()} == {
        one.requirement: one.result for one in alone.values()
    }
