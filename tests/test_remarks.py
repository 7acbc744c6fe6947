"""What a careful reader notes beside the findings: decisions, weak words, blanks, and measures nobody answers for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest

from hjemmel.assessment import assessment
from hjemmel.build import ontology_quads
from hjemmel.store import Store
from hjemmel.subject import Subject
from ingest import Document, ingest
from ingest.document import Status
from ontology import BASE
from shapes import Finding

DAY = date(2025, 11, 1)
HEADING = "Samarbeidsavtale mellom Havdal kommune og Sykehuset i Nordfylket HF\n\n"
AGREEMENT = Document(id="havdal", text="", title="Samarbeidsavtale", kind="agreement", region="vestfold")


def noted(text: str, *beside: Document, status: Status = "draft") -> dict[str, Finding]:
    """The remarks on an agreement of this text, by the rule that has them."""
    document = replace(AGREEMENT, text=HEADING + text, status=status)
    read = (quad for one in (document, *beside) for quad in ingest(one))
    store = Store.of([*ontology_quads(), *read])
    found = assessment(Subject(store, f"{BASE}doc/havdal")).remarks(DAY)
    for remark in found:
        for words in remark.evidence:
            source = {f"{BASE}doc/{one.id}": one for one in beside}.get(words.document, document)
            assert source.text[words.start : words.end] == words.quote
    return {remark.rule: remark for remark in found}


def quotes(remark: Finding) -> list[str]:
    return [" ".join(words.quote.split()) for words in remark.evidence]


@pytest.mark.parametrize(
    "said",
    [
        "Partene bør gjennomgå avtalen hvert år.",
        "Partene tilstreber å gjennomgå avtalen hvert år.",
        "Partene skal tilstrebe å gjennomgå avtalen hvert år.",
        "Partane bør gå gjennom avtalen kvart år.",
    ],
)
def test_a_clause_weaker_than_the_law_is_shown_with_both_quotes(said: str) -> None:
    remark = noted(f"1 Varighet\n\n{said}\n")["BindsAsTheLawDoes"]
    assert (remark.requirement, remark.severity) == ("6-5:gjennomgang", "warning")
    assert quotes(remark) == [said]
    assert remark.iri == f"{BASE}doc/havdal/finding/6-5-gjennomgang/BindsAsTheLawDoes"


@pytest.mark.parametrize(
    "said",
    [
        "Partene skal gjennomgå avtalen hvert år.",
        "Partene gjennomgår avtalen hvert år.",
        # § 6-5 itself says "kan": there is nothing weaker about it.
        "Avtalen kan sies opp med ett års frist.",
        # Another clause binds.
        "Partene bør gjennomgå avtalen hvert år.\n\n2 Gjennomgang\n\nPartene skal gjennomgå avtalen årlig.",
        # To permit a deed within the cooperation is not to make the cooperation voluntary.
        "Fastlegen kan henvise pasienter til innleggelse i sykehus.",
    ],
)
def test_a_clause_that_binds_is_not_remarked_on(said: str) -> None:
    assert "BindsAsTheLawDoes" not in noted(f"1 Varighet\n\n{said}\n")


BLANKS = "1 Parter\n\nAvtalen gjelder mellom ………………… kommune og sykehuset.\n\nPunktet må drøftes videre.\n"


def test_blanks_and_notes_are_a_list_in_a_draft_and_a_warning_in_what_is_adopted() -> None:
    draft, adopted = noted(BLANKS), noted(BLANKS, status="adopted")
    assert {rule: draft[rule].severity for rule in ("DraftListsItsBlanks", "DraftListsItsNotes")} == {
        "DraftListsItsBlanks": "info",
        "DraftListsItsNotes": "info",
    }
    assert adopted["AdoptedLeavesNothingBlank"].severity == "warning"
    assert quotes(adopted["AdoptedHasNoDraftingNotes"]) == ["Punktet må drøftes videre."]
    assert not draft.keys() & {"AdoptedLeavesNothingBlank", "AdoptedHasNoDraftingNotes"}


def test_the_line_to_sign_on_is_no_blank() -> None:
    signing = "Stad/dato          Stad/dato\n\nHavdal kommune     Nordfylket HF\nordførar           direktør"
    signed = noted(f"1 Parter\n\nHavdal kommune.\n\n{signing}\n\n________________\n")
    assert "DraftListsItsBlanks" not in signed


TEAM = "Det opprettes et felles ambulant team for eldre."


def settled(*clauses: str) -> set[str]:
    """What a measure lacks, by the section's own words."""
    text = "\n\n".join(f"{order} Punkt {order}\n\n{words}" for order, words in enumerate(clauses, 1))
    remarks = noted(text + "\n")
    assert all(quotes(remark) == [TEAM] for rule, remark in remarks.items() if "EachMeasure" in rule)
    return {rule.removesuffix("EachMeasureIsSettled").removesuffix("For").removesuffix("Of") for rule in remarks}


@pytest.mark.parametrize(
    ("clauses", "lacking"),
    [
        ([TEAM], {"Responsibility", "Employer", "Organisation", "Financing"}),
        (
            [f"{TEAM} Sykehuset har arbeidsgiveransvaret for de ansatte i teamet."],
            {"Responsibility", "Organisation", "Financing"},
        ),
        # A chapter on costs speaks for every measure.
        (
            [TEAM, "Partene bærer selv sine kostnader til oppgaver som følger av avtalen."],
            {"Responsibility", "Employer", "Organisation"},
        ),
        # No measure, no duty to settle anything for it.
        (["Partene møtes hvert år."], set()),
    ],
)
def test_of_each_measure_four_things_are_settled(clauses: list[str], lacking: set[str]) -> None:
    assert settled(*clauses) == lacking


def papers(body: str, decision: str, *, about: str) -> Store:
    """An adopted agreement with the minutes of one decision on it, or on a draft of it."""
    document = f"{BASE}doc/havdal"
    decided = document if about == "this" else f"{BASE}doc/utkast"
    return Store.of([*ontology_quads(), *_agreement(), *_decision(body, decision, decided)])


def _agreement() -> Iterator[ox.Quad]:
    yield from ingest(replace(AGREEMENT, text=HEADING + "1 Formål\n\nPartene samarbeider.\n", status="adopted"))


def _decision(body: str, decision: str, decided: str) -> Iterator[ox.Quad]:
    written = f"""
    PREFIX hj: <https://w3id.org/hjemmel/ns#>
    PREFIX oa: <http://www.w3.org/ns/oa#>
    PREFIX id: <{BASE}>
    <{BASE}doc/motebok/decision/1> a hj:Decision ; hj:document <{BASE}doc/motebok> ; hj:outcome "adopted" ;
        hj:decidedOn <{decided}> ; hj:conclusion "{decision}"@nb ; hj:case <{BASE}doc/motebok/case/1> ;
        hj:evidence <{BASE}doc/motebok/text/0-{len(decision)}> .
    <{BASE}doc/motebok/text/0-{len(decision)}> oa:hasSource <{BASE}doc/motebok> ;
        oa:hasSelector <{BASE}doc/motebok/text/0-{len(decision)}/selector> .
    <{BASE}doc/motebok/text/0-{len(decision)}/selector> oa:exact "{decision}" ; oa:start 0 ; oa:end {len(decision)} .
    <{BASE}doc/motebok/case/1> hj:body <{BASE}doc/motebok/body/organ> .
    <{BASE}doc/motebok/body/organ> hj:bodyKind <{BASE}body-kind/{body}> .
    <{BASE}doc/utkast> hj:versionOf <{BASE}agreement/vestfold> .
    """
    graph = ox.NamedNode(f"{BASE}graph/doc/motebok")
    for one in ox.parse(written, format=ox.RdfFormat.TURTLE):
        yield ox.Quad(one.subject, one.predicate, one.object, graph)


@pytest.mark.parametrize(
    ("body", "decision", "about", "rules"),
    [
        ("kommunestyre", "Kommunestyret godkjenner samarbeidsavtalen.", "this", set()),
        ("kommunestyre", "Kommunestyret godkjenner samarbeidsavtalen.", "a draft", {"DecisionIsOnThisVersion"}),
        ("strategisk-samarbeidsutvalg", "SSU godkjenner samarbeidsavtalen.", "this", {"CouncilDecides"}),
        ("formannskap", "Formannskapet vedtar avtalen etter delegert myndighet.", "this", {"CouncilDecides"}),
        # To recommend is not to approve, and the trust's board decides for its own side.
        ("formannskap", "Formannskapet anbefaler at kommunestyret godkjenner avtalen.", "this", set()),
        ("styre", "Styret godkjenner samarbeidsavtalen.", "this", set()),
    ],
)
def test_an_adopted_agreement_rests_on_the_councils_decision_on_that_text(
    body: str, decision: str, about: str, rules: set[str]
) -> None:
    store = papers(body, decision, about=about)
    found = assessment(Subject(store, f"{BASE}doc/havdal")).remarks(DAY)
    assert {remark.rule for remark in found} == rules
    for remark in found:
        [words] = remark.evidence
        assert (words.quote, words.document) == (decision, f"{BASE}doc/motebok")
        assert remark.requirement == "6-1:godkjenning"


def test_an_adopted_agreement_without_a_decision_is_told_so() -> None:
    assert noted("1 Formål\n\nPartene samarbeider.\n", status="adopted")["DecisionIsFound"].severity == "warning"
    assert "DecisionIsFound" not in noted("1 Formål\n\nPartene samarbeider.\n")
