"""Agreements side by side, and clauses like one another."""

import json
from collections.abc import Iterator

import pytest

from hjemmel.comparison import (
    Comparison,
    Difference,
    NothingToCompareError,
    UnknownClauseError,
    UnknownTopicError,
    Words,
    compare,
    similar,
)
from hjemmel.comparison.facets import body_of, of_words
from hjemmel.comparison.likeness import vocabulary
from hjemmel.comparison.topic import topic_of, topics
from hjemmel.comparison.words import label, requirement_label, words_of_ours
from hjemmel.judgement import judgement
from hjemmel.render import as_json
from hjemmel.store import ID, Store
from hjemmel.subject import Subject

AHUS, TRONDELAG, VESTFOLD = (
    f"{ID}doc/{name}"
    for name in ("ahus-samarbeidsavtale", "trondelag-samarbeidsavtale-hoering", "vestfold-samarbeidsavtale")
)
DRAFT = f"{ID}doc/vestfold-ssu-2022-11-24-del-1"


@pytest.fixture(scope="module")
def all_of_them(corpus_store: Store) -> Comparison:
    return compare(corpus_store)


def said(found: Comparison) -> Iterator[Words]:
    for line in found.requirements:
        for cell in line.cells:
            yield from cell.words
    for told in (*found.terms, *found.bodies, *found.substance, *found.wording):
        for side in told.sides:
            yield from side.words


def about(found: Comparison, subject: str) -> list[Difference]:
    return [one for one in (*found.substance, *found.wording) if one.subject == subject]


def test_of_each_region_the_version_nearest_to_force_is_compared(all_of_them: Comparison) -> None:
    assert [paper.iri for paper in all_of_them.agreements] == [AHUS, TRONDELAG, VESTFOLD]


def test_documents_that_are_named_are_compared_in_that_order(corpus_store: Store) -> None:
    found = compare(corpus_store, documents=[VESTFOLD, DRAFT], topic="frister")
    assert [paper.iri for paper in found.agreements] == [VESTFOLD, DRAFT]


def test_the_matrix_has_the_results_of_the_check(corpus_store: Store, all_of_them: Comparison) -> None:
    checked = judgement(Subject(corpus_store, TRONDELAG), as_of=None, language="nb")["findings"]
    assert {one["requirement"]: one["result"] for one in checked} == {
        line.requirement: line.cells[1].result for line in all_of_them.requirements
    }


def test_a_cell_shows_its_surest_words_first(all_of_them: Comparison) -> None:
    [line] = [line for line in all_of_them.requirements if line.requirement == "6-2:13"]
    cell = line.cells[0]
    assert (cell.coverage, cell.strength) == ("delegates", "explicit")
    assert cell.words[0].quote == "Barn og unge som mottar tjenester fra begge forvaltningsnivåene"
    assert cell.words[0].place == "kap. 3 nr. 13"


def test_every_quote_stands_in_its_document(corpus_store: Store, all_of_them: Comparison) -> None:
    rows = corpus_store.select("SELECT ?document ?text WHERE { ?document hj:storedText ?text }")
    texts = {str(row["document"]): str(row["text"]) for row in rows}
    quotes = list(said(all_of_them))
    assert len(quotes) > 200
    assert all(texts[words.document][words.start : words.end] == words.quote for words in quotes)


def test_a_gap_is_told_and_a_gap_in_an_excerpt_is_not_assessed(all_of_them: Comparison) -> None:
    [notice] = about(all_of_them, "termination_notice")
    assert notice.kind == "term"
    assert [(side.said, side.values) for side in notice.sides] == [
        ("said", ("P1Y",)),
        ("not_assessable", ()),
        ("silent", ()),
    ]
    of_excerpt = [side for found in all_of_them.substance for side in found.sides if side.document == TRONDELAG]
    assert {side.said for side in of_excerpt} == {"said", "not_assessable"}


def test_the_same_review_is_bound_otherwise(all_of_them: Comparison) -> None:
    found = {one.kind: [side.values for side in one.sides] for one in about(all_of_them, "review_interval")}
    assert found == {"strength": [("obligation",), ("statement",)], "bearer": [("PARTENE",), ()]}


def test_approval_is_compared_by_kind_of_body(all_of_them: Comparison) -> None:
    [found] = about(all_of_them, "approval_body")
    bodies = [{value.rpartition("/")[2] for value in side.values} for side in found.sides]
    assert found.kind == "body"
    assert bodies == [{"partnerskapsmote", "kommunestyre", "styre"}, {"kommunestyre", "styre"}]


def test_several_sentences_on_one_matter_are_never_passed_off_as_wording(all_of_them: Comparison) -> None:
    [costs] = about(all_of_them, "costs")
    assert (costs.kind, costs.in_substance, len(costs.sides[1].words)) == ("unjudged", True, 3)


def test_disputes_differ_in_steps_and_bodies(corpus_store: Store) -> None:
    found = compare(corpus_store, topic="tvisteløsning")
    assert {line.requirement.partition("-")[0] for line in found.requirements} == {"V:uenighet"}
    assert [aspect.subject for aspect in found.terms] == ["dispute_steps"]
    assert not found.bodies
    assert {one.kind for one in about(found, "dispute_steps")} == {"number", "body"}


def test_a_committee_is_shown_with_tier_seats_and_meetings(corpus_store: Store) -> None:
    found = compare(
        corpus_store, topic="utvalg", regions=[f"{ID}helsefellesskap/ahus", f"{ID}helsefellesskap/vestfold"]
    )
    told = {aspect.subject: [side.values for side in aspect.sides] for aspect in found.bodies}
    assert told["strategisk-samarbeidsutvalg/tier"] == [("2",), ("2",)]
    assert told["strategisk-samarbeidsutvalg/meets"] == [("P3M",), ()]
    assert "kommune: 4 samhandlingskoordinator" in told["strategisk-samarbeidsutvalg/seats"][0]
    assert not found.terms


def test_one_requirement_can_be_compared_alone(corpus_store: Store) -> None:
    found = compare(corpus_store, requirements=["6-2:13"])
    assert [line.requirement for line in found.requirements] == ["6-2:13"]
    assert {one.subject for one in found.substance} == {"6-2:13"}


def test_a_comparison_is_plain_json(all_of_them: Comparison) -> None:
    read = json.loads(as_json(all_of_them.as_json()))
    assert read["substance"][0]["in_substance"] is True
    assert read["agreements"][0]["id"] == "ahus-samarbeidsavtale"
    assert {"requirements", "terms", "bodies", "wording"} <= set(read)


def test_every_difference_is_a_sentence_in_three_languages(all_of_them: Comparison) -> None:
    for found in (*all_of_them.substance, *all_of_them.wording):
        for language in ("nb", "nn", "en"):
            sentence = found.message(language, all_of_them.called)
            assert sentence.endswith(".")
            assert "http" not in sentence


@pytest.mark.parametrize(
    ("name", "fields", "requirements"),
    [
        ("frister", ("termination_notice", "renegotiation_notice", "review_interval", "in_force_date"), ("6-5:",)),
        ("Usemje", ("dispute_steps",), ("V:uenighet",)),
        ("beredskap", (), ("6-2:11",)),
        ("jordmortenester", (), ("6-2:8",)),
    ],
)
def test_a_topic_is_found_by_its_names_or_by_what_a_requirement_is_about(
    name: str, fields: tuple[str, ...], requirements: tuple[str, ...]
) -> None:
    found = topic_of(name)
    assert (found.fields, found.requirements) == (fields, requirements)


def test_topics_name_only_terms_and_requirements_that_there_are() -> None:
    for topic in topics().values():
        for field in topic.get("fields", ()):
            assert set(label(field)) == {"nb", "nn", "en"}, field
        for requirement in topic.get("requirements", ()):
            assert requirement.endswith(":") or requirement_label(requirement), requirement


def test_our_words_are_in_three_languages() -> None:
    for table in ("kinds", "said", "units", "values", "labels", "headings", "notes", "changes"):
        assert {frozenset(texts) for texts in words_of_ours()[table].values()} == {frozenset({"nb", "nn", "en"})}, table


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"topic": "romfart"}, "There is no topic 'romfart': try frister"),
        ({"regions": [f"{ID}helsefellesskap/fonna"]}, "There is no agreement for fonna: there are agreements for ahus"),
        ({"documents": [f"{ID}doc/veileder-samarbeidsavtaler"]}, "Only agreements can be compared"),
        ({"requirements": ["9-9:9"]}, "No agreement is judged by 9-9:9"),
    ],
)
def test_what_cannot_be_compared_is_told_in_a_sentence(
    corpus_store: Store, given: dict[str, object], told: str
) -> None:
    with pytest.raises((UnknownTopicError, NothingToCompareError), match=told):
        compare(corpus_store, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "facet", "values"),
    [
        ("innen tre måneder og 14 dager", "deadline", {"P3M", "P14D"}),
        ("fire medlemmer, jf. § 6-2 nr. 13", "number", {"4"}),
        ("så langt det er mulig, og dersom pasienten ønsker det", "condition", {"så langt", "dersom"}),
        ("kommunen og sykehuset", "named", {"KOMMUNENE", "SYKEHUSET"}),
        ("med ett års varsel fra 1. mars 2025", "number", set()),
    ],
)
def test_words_amount_to_times_numbers_conditions_and_actors(text: str, facet: str, values: set[str]) -> None:
    assert getattr(of_words(text), facet) == values


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Bystyret", "kommunestyre"),
        ("styret i helseføretaket", "styre"),
        ("styret for Dalen sykehus", "styre"),
        ("PM", "partnerskapsmote"),
        ("avdelingsleder", ""),
    ],
)
def test_a_body_is_known_by_any_of_its_names(name: str, kind: str) -> None:
    assert body_of(name).rpartition("/")[2] == kind


def test_a_clause_of_another_agreement_on_the_same_thing_is_the_likest(corpus_store: Store) -> None:
    found = similar(corpus_store, f"{AHUS}/clause/8", 3)
    assert found[0].clause.iri == f"{DRAFT}/clause/7"
    assert (found[0].strength, found[-1].strength) == ("close", "suggestion")
    assert {"skriftlig", "varighet"} <= set(found[0].shared_terms)
    assert not {"og", "som", "av"} & set(found[0].shared_terms)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_similar_clauses_stand_in_other_documents_unless_asked_for_everywhere(corpus_store: Store) -> None:
    clause = f"{VESTFOLD}/clause/6/punkt-1"
    assert VESTFOLD not in {one.clause.words.document for one in similar(corpus_store, clause, 10)}
    assert VESTFOLD in {one.clause.words.document for one in similar(corpus_store, clause, 10, everywhere=True)}


def test_a_clause_that_is_not_there_is_told_of(corpus_store: Store) -> None:
    with pytest.raises(UnknownClauseError, match="There is no clause"):
        similar(corpus_store, f"{AHUS}/clause/999")


@pytest.mark.parametrize(
    ("texts", "form", "parts"),
    [
        (["pasient og forløp"], "pasientforløp", ("pasient", "forløp")),
        (["beredskap, plan"], "beredskapsplan", ("beredskap", "plan")),
        (["barne", "politikk"], "barnepolitikk", ("barne", "politikk")),
        (["pasient"], "pasientforløp", ()),
        (["sam", "arbeid"], "samarbeid", ()),
    ],
)
def test_a_compound_is_parted_where_both_parts_stand_alone(texts: list[str], form: str, parts: tuple[str, ...]) -> None:
    assert vocabulary(texts).parts(form) == parts
