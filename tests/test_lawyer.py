"""A careful lawyer's reading of the corpus, which the checks reach by general rules; and every "fulfilled" was read.

The reading tells what the agreements say and do not say, not what the program happened to find. Each row has its reason
in law.
"""

import csv
from functools import cache
from pathlib import Path

import pytest

from hjemmel.build import corpus, ontology_quads
from hjemmel.judgement import judgement
from hjemmel.store import Store
from hjemmel.subject import Subject, document_of
from ingest import ingest
from ingest.readers.catalogue import documents
from ontology import BASE

TESTS = Path(__file__).parent
AHUS, VESTFOLD, TRONDELAG = (
    "ahus-samarbeidsavtale",
    "vestfold-samarbeidsavtale",
    "trondelag-samarbeidsavtale-hoering",
)
ITEMS = [f"6-2:{number}" for number in range(1, 14)]

READING = [
    # § 6-2 first paragraph: "Avtalen skal som et minimum omfatte". A title is not yet content: chapter 3 names each
    # item and leaves what is to be said of it to guidelines that are not in the agreement.
    *((AHUS, item, "partly") for item in ITEMS),
    # § 11-4: the agreement on patients ready for discharge is that of § 6-2 nr. 5.
    (AHUS, "11-4:utskrivningsklare", "partly"),
    # § 6-5 first paragraph: "Avtalepartene skal årlig gjennomgå avtalen"; second: "kan sies opp med ett års frist".
    (AHUS, "6-5:gjennomgang", "fulfilled"),
    (AHUS, "6-5:oppsigelse", "fulfilled"),
    # § 6-4: sent in within a month; the guidance: published by the trust.
    (AHUS, "6-4:innsending", "fulfilled"),
    (AHUS, "6-4:publisering", "fulfilled"),
    # § 6-1 third paragraph: the experience of patients and users counts in making the agreement.
    (AHUS, "6-1:medvirkning", "fulfilled"),
    # § 6-1 first paragraph: "Kommunestyret selv". Chapter 4.1 lets the partnership meeting approve the agreement.
    (AHUS, "6-1:godkjenning", "conflict"),
    # § 6-2 second paragraph: "herunder må arbeidsgiveransvaret klargjøres".
    (AHUS, "6-2(2):arbeidsgiver", "missing"),
    # § 6-1: councils and the trust's board approve.
    (VESTFOLD, "6-1:godkjenning", "fulfilled"),
    # No clause on admission's emergency beds, midwifery, or children who need both levels.
    *((VESTFOLD, item, "missing") for item in ("6-2:4", "6-2:8", "6-2:13")),
    # What stands in sub-agreements that are not part of the text can be known only from them.
    *((VESTFOLD, item, "partly") for item in ("6-2:2", "6-2:7", "6-2:9", "6-2:11")),
    # § 6-5: a yearly evaluation is a yearly review; the heading promises termination, and the text has none.
    (VESTFOLD, "6-5:gjennomgang", "fulfilled"),
    (VESTFOLD, "6-5:oppsigelse", "missing"),
    # § 6-4 tells the regional health authority to send the agreement in: a silent text breaks nothing.
    (VESTFOLD, "6-4:innsending", "missing"),
    # § 6-1, § 6-2 and sphl. § 2-1 e are cited as the basis.
    (TRONDELAG, "6-1:plikt", "fulfilled"),
    (TRONDELAG, "2-1e:avtale", "fulfilled"),
    # The excerpt ends in chapter 5.1: what may stand in the rest cannot be assessed.
    *((TRONDELAG, item, "not_assessable") for item in ("6-2:3", "6-2:8", "6-2:13", "6-5:oppsigelse")),
]


@cache
def store() -> Store:
    return Store.of([*ontology_quads(), *(quad for one in documents(corpus()) for quad in ingest(one))])


@cache
def judged(document: str) -> dict:  # type: ignore[type-arg]
    return judgement(Subject(store(), f"{BASE}doc/{document}"), as_of=None, language="nb")


def finding(document: str, requirement: str) -> dict:  # type: ignore[type-arg]
    [found] = [one for one in judged(document)["findings"] if one["requirement"] == requirement]
    return found


def remark(document: str, rule: str) -> dict:  # type: ignore[type-arg]
    [found] = [one for one in judged(document)["remarks"] if one["rule"] == rule]
    return found


def quotes(found: dict) -> list[str]:  # type: ignore[type-arg]
    return [" ".join(words["quote"].split()) for words in found["evidence"]]


@pytest.mark.parametrize(("document", "requirement", "result"), READING)
def test_the_check_reads_as_a_careful_lawyer(document: str, requirement: str, result: str) -> None:
    assert finding(document, requirement)["result"] == result


def test_two_answers_to_who_approves_are_both_quoted() -> None:
    found = finding(AHUS, "6-1:godkjenning")
    assert [words["place"].split()[1] for words in found["evidence"]] == ["4.1", "5.2"]
    assert "kommunestyret" in quotes(found)[1]
    assert "Kommunestyret selv" in found["law"]


@pytest.mark.parametrize("requirement", ["6-4:innsending", "6-5:oppsigelse"])
def test_silence_about_conduct_is_information(requirement: str) -> None:
    assert finding(VESTFOLD, requirement)["severity"] == "info"


@pytest.mark.parametrize("requirement", ["6-2:4", "6-2(2):arbeidsgiver", "11-4:utskrivningsklare"])
def test_silence_about_content_is_a_violation(requirement: str) -> None:
    assert finding(VESTFOLD, requirement)["severity"] == "violation"


def test_a_heading_that_promises_what_the_text_lacks_comes_nearest() -> None:
    assert [words["place"] for words in finding(VESTFOLD, "6-5:oppsigelse")["nearest"]] == ["kap. 7"]


def test_the_draft_had_the_notice_that_the_adopted_text_has_lost() -> None:
    assert finding("vestfold-ssu-2022-11-24-del-1", "6-5:oppsigelse")["result"] == "fulfilled"


def test_an_excerpt_breaks_nothing() -> None:
    assert not [one for one in judged(TRONDELAG)["findings"] if one["severity"] in ("violation", "warning")]


def test_a_hearing_draft_lists_its_blanks_and_notes() -> None:
    assert quotes(remark(TRONDELAG, "DraftListsItsNotes"))[-1] == "Må drøftes videre."
    assert remark(TRONDELAG, "DraftListsItsBlanks")["severity"] == "info"


def test_no_decision_on_the_adopted_text_is_found_but_proposals_on_its_draft_are() -> None:
    found = remark(VESTFOLD, "DecisionIsFound")
    assert not found["evidence"]
    assert {words["document"] for words in found["nearest"]} == {f"{BASE}doc/vestfold-ssu-2022-11-24"}


def test_the_guidance_has_points_on_the_items() -> None:
    points = {requirement: len(finding(AHUS, requirement)["advice"]) for requirement in ITEMS}
    assert min(points[item] for item in ITEMS if item not in ("6-2:1", "6-2:12")) >= 3
    assert sum(points.values()) > 70


@cache
def verdicts() -> dict[tuple[str, str], str]:
    """Each requirement that an agreement was found to fulfil, with its quotes and what a reader thought of it."""
    with (TESTS / "gold" / "fulfilled.tsv").open(encoding="utf-8", newline="") as rows:
        return {
            (row["document"], row["requirement"]): row["verdict"]
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
        }


@pytest.mark.parametrize("path", sorted((TESTS / "agreements").glob("*.txt")), ids=lambda path: path.stem)
def test_every_fulfilled_has_its_quote_and_has_been_read(path: Path) -> None:
    document = document_of(path)
    subject = Subject(Store.of([*ontology_quads(), *ingest(document)]), f"{BASE}doc/{document.id}")
    fulfilled = [
        one for one in judgement(subject, as_of=None, language="nb")["findings"] if one["result"] == "fulfilled"
    ]
    for one in fulfilled:
        assert one["evidence"]
        assert all(document.text[words["start"] : words["end"]] == words["quote"] for words in one["evidence"])
    read = {requirement for name, requirement in verdicts() if name == path.stem}
    assert {one["requirement"] for one in fulfilled} <= read


def test_none_is_found_fulfilled_that_a_reader_would_not_call_so() -> None:
    too_much = [found for found, verdict in verdicts().items() if verdict != "right"]
    assert not too_much
