"""Every rule catches its own mistake and no other, and a check dresses what the rules found."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCTERMS, RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import BASE, HJ, load
from shapes import CheckError, Evidence, Finding, check, rules

GOLD = Path(__file__).parent / "gold" / "shapes"
SHAPE = "https://w3id.org/hjemmel/shape#"
RULES = sorted(URIRef(str(node)) for node in rules().subjects(SH.severity))
# Remarks stand beside the findings; the other rules decide them.
DECIDING = [rule for rule in RULES if (rule, RDF.type, HJ.Remark) not in rules()]
TODAY = date(2025, 11, 1)
DOCUMENT = URIRef(f"{BASE}doc/example")

LAW = """
@base <https://w3id.org/hjemmel/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hj: <https://w3id.org/hjemmel/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<requirement/6-1-godkjenning> a hj:Requirement ; skos:notation "6-1:godkjenning" ;
    hj:strength hj:Obligation ; hj:requirementKind hj:Conduct ; hj:order 1 ; hj:legalBasis <lov/2011-06-24-30/par-6-1> .
<requirement/6-2-8> a hj:Requirement ; skos:notation "6-2:8" ;
    skos:prefLabel "jordmortjenester"@nb , "jordmortenester"@nn , "midwifery services"@en ;
    hj:strength hj:Obligation ; hj:requirementKind hj:Content ; hj:order 2 ; hj:appliesFrom "2012-01-01"^^xsd:date ;
    hj:searchTerm "jordmor"@nb , "svangerskapsomsorg"@nb , "svangerskapsomsorg"@nn ;
    hj:legalBasis <lov/2011-06-24-30/par-6-2/ledd-1/nr-8> .
<requirement/6-2-13> a hj:Requirement ; skos:notation "6-2:13" ;
    hj:strength hj:Obligation ; hj:requirementKind hj:Content ; hj:order 3 ; hj:appliesFrom "2022-08-01"^^xsd:date ;
    hj:legalBasis <lov/2011-06-24-30/par-6-2/ledd-1/nr-13> .
<requirement/6-5-oppsigelse> a hj:Requirement ; skos:notation "6-5:oppsigelse" ;
    hj:strength hj:Obligation ; hj:requirementKind hj:Conduct ; hj:order 4 ; hj:legalBasis <lov/2011-06-24-30/par-6-5> .
<lov/2011-06-24-30/par-6-2/ledd-1/nr-8> hj:shortForm "hol. § 6-2 nr. 8" .
<doc/example> a hj:Document , hj:AgreementVersion ; dcterms:language "nb" .
<doc/example/clause/4> a hj:Clause ; hj:document <doc/example> ; hj:place "kap. 4" .
"""


def evidence(start: int, quote: str) -> str:
    """The words of clause 4 from a position on."""
    end = start + len(quote)
    here = f"<doc/example/text/{start}-{end}>"
    return f"""
    {here} oa:hasSource <doc/example> ; oa:hasSelector <doc/example/text/{start}-{end}/selector> .
    <doc/example/text/{start}-{end}/selector> oa:exact "{quote}" ; oa:start {start} ; oa:end {end} ."""


def claim(requirement: str, coverage: str, strength: str, *, start: int = 10, state: str = "Candidate") -> str:
    quote = "Partene samarbeider om dette"
    derived = strength != "Weak" and coverage in {"Covers", "Partly", "Delegates"} and state != "Rejected"
    implements = f"<doc/example/clause/4> hj:implements <requirement/{requirement}> ." if derived else ""
    return f"""
    <doc/example/claim/{start}/{requirement}> a hj:Claim ; hj:document <doc/example> ;
        hj:clause <doc/example/clause/4> ; hj:requirement <requirement/{requirement}> ; hj:coverage hj:{coverage} ;
        hj:evidenceStrength hj:{strength} ; hj:reviewState hj:{state} ;
        hj:evidence <doc/example/text/{start}-{start + len(quote)}> . {evidence(start, quote)} {implements}"""


def term(field: str, value: str, quote: str, *, start: int = 90) -> str:
    return f"""
    <doc/example/term/{field}/{start}> a hj:Term ; hj:document <doc/example> ; hj:clause <doc/example/clause/4> ;
        hj:field "{field}" ; hj:value "{value}" ;
        hj:evidence <doc/example/text/{start}-{start + len(quote)}> . {evidence(start, quote)}"""


def finding(requirement: str, *facts: str, as_of: date = TODAY) -> Finding:
    graph = Graph().parse(data=LAW + "".join(facts), format="turtle")
    [found] = [found for found in check(graph, DOCUMENT, as_of=as_of) if found.requirement == requirement]
    return found


def judged(example: str) -> tuple[set[str], set[str]]:
    """The rules that an example breaks, and those that have a node in it to judge."""
    graph = Graph().parse(GOLD / f"{example}.ttl")
    _, report, _ = validate(graph, shacl_graph=rules())
    broken = {str(shape).removeprefix(SHAPE) for shape in report.objects(None, SH.sourceShape)}
    by_class = {rule for rule, kind in rules().subject_objects(SH.targetClass) if (None, RDF.type, kind) in graph}
    by_path = {
        rule
        for target in (SH.targetObjectsOf, SH.targetSubjectsOf)
        for rule, path in rules().subject_objects(target)
        if (None, path, None) in graph
    }
    return broken, {local_name(rule) for rule in by_class | by_path}


def local_name(rule: Node) -> str:
    return str(rule).removeprefix(SHAPE)


@pytest.mark.parametrize("rule", map(local_name, RULES))
def test_every_rule_catches_its_own_mistake_and_no_other(rule: str) -> None:
    assert judged(rule)[0] == {rule}


@pytest.mark.parametrize("rule", map(local_name, RULES))
def test_every_rule_is_content_with_its_smallest_sound_example(rule: str) -> None:
    broken, seen = judged(f"sound/{rule}")
    assert rule in seen - broken


def test_a_sound_agreement_breaks_no_rule() -> None:
    assert not judged("sound")[0]


def test_every_example_belongs_to_a_rule() -> None:
    assert {path.stem for path in GOLD.glob("sound/*.ttl")} == {local_name(rule) for rule in RULES}
    assert {path.stem for path in GOLD.glob("*.ttl")} == {local_name(rule) for rule in RULES} | {"sound"}


@pytest.mark.parametrize("rule", RULES, ids=local_name)
def test_every_rule_speaks_three_languages_and_names_its_law(rule: URIRef) -> None:
    messages = [value.language for value in rules().objects(rule, SH.message) if isinstance(value, Literal)]
    assert sorted(map(str, messages)) == ["en", "nb", "nn"]
    assert str(rules().value(rule, DCTERMS.source)).startswith(f"{BASE}lov/")
    assert rules().value(rule, HJ.result) in {HJ.Conflict, HJ.Missing, HJ.PartlyFulfilled}


def test_every_shape_referred_to_is_defined() -> None:
    # SHACL ignores a reference to a shape that is not there.
    used = {node for node in rules().objects() if str(node).startswith(SHAPE)}
    assert not used - set(rules().subjects(RDF.type))


@pytest.mark.parametrize("rule", [rule for rule in DECIDING if (rule, HJ.requirement, None) in rules()], ids=local_name)
def test_a_rule_is_as_severe_as_its_law_and_rests_on_it(rule: URIRef) -> None:
    requirement = rules().value(rule, HJ.requirement)
    assert rules().value(rule, DCTERMS.source) == load().value(requirement, HJ.legalBasis)
    silence = {HJ.Content: {SH.Violation}, HJ.Conduct: {SH.Info}, HJ.GuidanceAdvice: {SH.Warning, SH.Info}}
    kind = URIRef(str(load().value(requirement, HJ.requirementKind)))
    conflict = rules().value(rule, HJ.result) == HJ.Conflict
    assert rules().value(rule, SH.severity) in ({SH.Violation} if conflict else silence[kind])


def test_every_requirement_has_a_rule() -> None:
    # § 6-2 as a whole is judged by its items.
    whole = URIRef(f"{BASE}requirement/6-2-generelt")
    assert set(load().subjects(RDF.type, HJ.Requirement)) - set(rules().objects(None, HJ.requirement)) == {whole}


@pytest.mark.parametrize(
    ("requirement", "facts", "result", "severity"),
    [
        ("6-2:8", [claim("6-2-8", "Covers", "Explicit")], "fulfilled", None),
        ("6-2:8", [claim("6-2-8", "Covers", "Topical", state="Confirmed")], "fulfilled", None),
        ("6-2:8", [], "missing", "violation"),
        ("6-2:8", [claim("6-2-8", "Covers", "Weak")], "missing", "violation"),
        ("6-2:8", [claim("6-2-8", "Mentions", "Topical")], "missing", "violation"),
        ("6-2:8", [claim("6-2-8", "Covers", "Explicit", state="Rejected")], "missing", "violation"),
        ("6-2:8", [claim("6-2-8", "Delegates", "Topical")], "partly", "violation"),
        ("6-2:8", [claim("6-2-8", "Partly", "Topical")], "partly", "violation"),
        # What another clause says itself outweighs the reference; a weak hit does not.
        (
            "6-2:8",
            [claim("6-2-8", "Delegates", "Topical"), claim("6-2-8", "Covers", "Topical", start=50)],
            "fulfilled",
            None,
        ),
        (
            "6-2:8",
            [claim("6-2-8", "Delegates", "Topical"), claim("6-2-8", "Covers", "Weak", start=50)],
            "partly",
            "violation",
        ),
        ("6-2:8", [claim("6-2-8", "Contradicts", "Explicit")], "conflict", "violation"),
        ("6-5:oppsigelse", [], "missing", "info"),
        ("6-5:oppsigelse", [term("termination_notice", "P1Y", "ett års frist")], "fulfilled", None),
        ("6-5:oppsigelse", [term("termination_notice", "P12M", "tolv måneders varsel")], "fulfilled", None),
        ("6-5:oppsigelse", [term("termination_notice", "P6M", "seks månaders varsel")], "conflict", "violation"),
        ("6-5:oppsigelse", [term("termination_notice", "rimelig tid", "rimelig tid")], "missing", "info"),
        ("6-1:godkjenning", [], "missing", "info"),
        ("6-1:godkjenning", [term("approval_body", "Kommunestyret", "Kommunestyret")], "fulfilled", None),
        ("6-1:godkjenning", [term("approval_body", "heradsstyret", "heradsstyret")], "fulfilled", None),
        ("6-1:godkjenning", [term("approval_body", "rådmannen", "rådmannen")], "conflict", "violation"),
        ("6-1:godkjenning", [term("approval_body", "styret i foretaket", "styret")], "missing", "info"),
    ],
)
def test_a_requirement_is_judged_by_what_the_text_says(
    requirement: str, facts: list[str], result: str, severity: str | None
) -> None:
    found = finding(requirement, *facts)
    assert (found.result, found.severity) == (result, severity)


def test_a_fulfilled_requirement_shows_its_words_and_its_law() -> None:
    found = finding("6-2:8", claim("6-2-8", "Covers", "Explicit"))
    clause = f"{BASE}doc/example/clause/4"
    assert found.evidence == (Evidence(10, 38, "Partene samarbeider om dette", "kap. 4", clause),)
    assert (found.label["nn"], found.strength, found.legal_basis) == (
        "jordmortenester",
        "obligation",
        "hol. § 6-2 nr. 8",
    )
    assert set(found.message) == {"nb", "nn", "en"}


def test_what_is_not_found_says_what_was_searched_and_what_came_closest() -> None:
    found = finding("6-2:8", claim("6-2-8", "Covers", "Weak"))
    assert found.searched == ("jordmor", "svangerskapsomsorg")
    assert [near.place for near in found.nearest] == ["kap. 4"]
    assert not found.evidence
    assert found.message["nb"] == "Avtalen sier ikke noe om samarbeid om jordmortjenester."


def test_a_conflict_shows_what_is_said_otherwise_and_what_is_said_right() -> None:
    found = finding(
        "6-1:godkjenning",
        term("approval_body", "formannskapet", "formannskapet"),
        term("approval_body", "kommunestyret", "kommunestyret", start=150),
    )
    assert found.result == "conflict"
    assert [words.quote for words in found.evidence] == ["formannskapet", "kommunestyret"]


@pytest.mark.parametrize("requirement", ["6-2:8", "6-5:oppsigelse"])
def test_a_gap_in_an_excerpt_cannot_be_assessed(requirement: str) -> None:
    found = finding(requirement, '<doc/example> hj:missingPart "side 10–30"@nb .')
    assert (found.result, found.severity) == ("not_assessable", "info")
    assert "side 10–30" in found.message["nb"]


def test_what_an_excerpt_has_in_part_cannot_be_assessed_either() -> None:
    found = finding("6-2:8", '<doc/example> hj:missingPart "side 10–30"@nb .', claim("6-2-8", "Delegates", "Topical"))
    assert (found.result, found.severity, len(found.evidence)) == ("not_assessable", "info", 1)
    assert "utdrag" in found.message["nb"]


def test_an_excerpt_can_be_in_conflict_all_the_same() -> None:
    excerpt = '<doc/example> hj:missingPart "side 10–30"@nb .'
    assert finding("6-5:oppsigelse", excerpt, term("termination_notice", "P3M", "tre mnd.")).result == "conflict"


def test_a_duty_that_came_later_did_not_apply_at_signing_but_applies_today() -> None:
    signing = finding("6-2:13", as_of=date(2020, 3, 1))
    assert (signing.result, signing.severity, signing.applies_from) == ("not_applicable", None, date(2022, 8, 1))
    assert signing.message["nb"] == "Kravet gjaldt ikke 01.03.2020. Det gjelder fra 01.08.2022."
    assert finding("6-2:13", as_of=date(2022, 8, 1)).result == "missing"


def test_a_duty_that_has_ended_is_left_out() -> None:
    ended = '<requirement/6-2-8> hj:appliesTo "2024-12-31"^^xsd:date .'
    graph = Graph().parse(data=LAW + ended, format="turtle")
    assert "6-2:8" not in {found.requirement for found in check(graph, DOCUMENT, as_of=TODAY)}
    assert finding("6-2:8", ended, as_of=date(2024, 12, 31)).result == "missing"


def test_findings_come_in_the_order_of_the_law() -> None:
    graph = Graph().parse(data=LAW, format="turtle")
    found = [found.requirement for found in check(graph, DOCUMENT, as_of=TODAY)]
    assert found == ["6-1:godkjenning", "6-2:8", "6-2:13", "6-5:oppsigelse"]


def test_a_check_leaves_the_graph_as_it_was() -> None:
    graph = Graph().parse(data=LAW + claim("6-2-8", "Delegates", "Topical"), format="turtle")
    before = set(graph)
    check(graph, DOCUMENT, as_of=TODAY)
    assert set(graph) == before


@pytest.mark.parametrize("change", [lambda data: data.replace("hj:AgreementVersion", "hj:Guidance"), lambda _: ""])
def test_only_an_agreement_can_be_checked(change: Callable[[str], str]) -> None:
    graph = Graph().parse(data=change(LAW), format="turtle")
    with pytest.raises(CheckError, match="is not an agreement"):
        check(graph, DOCUMENT, as_of=TODAY)


def test_a_finding_keeps_its_name() -> None:
    assert finding("6-5:oppsigelse").iri == f"{DOCUMENT}/finding/6-5-oppsigelse"
    assert finding("6-2:8", claim("6-2-8", "Covers", "Explicit")).iri == f"{DOCUMENT}/finding/6-2-8"


@pytest.mark.parametrize(
    ("requirement", "facts", "result"),
    [
        ("6-2:8", [claim("6-2-8", "Covers", "Explicit")], "missing"),
        ("6-2:8", [claim("6-2-8", "Covers", "Explicit", state="Confirmed")], "fulfilled"),
        ("6-2:8", [claim("6-2-8", "Contradicts", "Explicit")], "missing"),
        # A term is confirmed with the claim of its clause.
        ("6-5:oppsigelse", [term("termination_notice", "P1Y", "ett års frist")], "missing"),
        (
            "6-5:oppsigelse",
            [term("termination_notice", "P1Y", "ett års frist"), claim("6-5-oppsigelse", "Covers", "Explicit")],
            "missing",
        ),
        (
            "6-5:oppsigelse",
            [
                term("termination_notice", "P1Y", "ett års frist"),
                claim("6-5-oppsigelse", "Covers", "Explicit", state="Confirmed"),
            ],
            "fulfilled",
        ),
    ],
)
def test_only_what_a_person_has_confirmed_may_count(requirement: str, facts: list[str], result: str) -> None:
    graph = Graph().parse(data=LAW + "".join(facts), format="turtle")
    found = {one.requirement: one for one in check(graph, DOCUMENT, as_of=TODAY, confirmed_only=True)}
    assert found[requirement].result == result


def test_a_term_falls_with_the_rejected_claim_of_its_clause() -> None:
    rejected = claim("6-5-oppsigelse", "Covers", "Explicit", state="Rejected")
    assert finding("6-5:oppsigelse", term("termination_notice", "P1Y", "ett års frist"), rejected).result == "missing"


def test_a_finding_has_the_words_of_the_law_of_its_day() -> None:
    words = """
    <lov/2011-06-24-30/par-6-2/ledd-1/nr-8> hj:hasVersion <old> , <new> .
    <old> hj:appliesFrom "2012-01-01"^^xsd:date ; hj:appliesTo "2021-12-31"^^xsd:date ; hj:text "jordmortjenester,"@nb .
    <new> hj:appliesFrom "2022-01-01"^^xsd:date ; hj:text "samarbeid om jordmortjenester,"@nb .
    """
    assert finding("6-2:8", words).law == "samarbeid om jordmortjenester,"
    assert finding("6-2:8", words, as_of=date(2020, 1, 1)).law == "jordmortjenester,"
    assert finding("6-2:8").law == ""


@pytest.mark.parametrize(
    ("coverage", "result"), [("Covers", "fulfilled"), ("Delegates", "partly"), ("Contradicts", "conflict")]
)
def test_a_requirement_may_be_answered_by_the_answer_to_another(coverage: str, result: str) -> None:
    facts = "<requirement/6-2-13> hj:answeredBy <requirement/6-2-8> .", claim("6-2-8", coverage, "Explicit")
    assert finding("6-2:13", *facts).result == finding("6-2:8", *facts).result == result
