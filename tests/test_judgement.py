"""A judgement is told by the law of the day an agreement was made, and of today; many are told as one is."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from hjemmel.build import ontology_quads
from hjemmel.checking import How, judgements
from hjemmel.judgement import judgement
from hjemmel.store import Store
from hjemmel.subject import Subject, document_of
from ingest import Document, ingest
from ontology import BASE

TESTS = Path(__file__).parent
AGREEMENTS = sorted(str(path) for path in (TESTS / "agreements").glob("*.txt"))
LATER = {"6-2:12", "6-2:13"}  # in force from 1 August 2022


@cache
def told(made_on: date | None, as_of: date | None = None) -> dict:  # type: ignore[type-arg]
    """The judgement of an agreement that says nothing of items 12 and 13."""
    text = "Samarbeidsavtale\n\n1 Fødsel\n\nKommunen har jordmor på vakt. Avtalen kan sies opp med ett års frist.\n"
    path = TESTS / "agreements" / "elvedal-samarbeidsavtale.txt"
    document = replace(document_of(path), id="avtale", text=text, made_on=made_on)
    store = Store.of([*ontology_quads(), *ingest(document)])
    return judgement(Subject(store, f"{BASE}doc/avtale"), as_of=as_of, language="nb")


def results(found: list[dict]) -> dict[str, str]:  # type: ignore[type-arg]
    return {one["requirement"]: one["result"] for one in found}


def test_a_duty_that_came_after_signing_is_no_breach_then_and_is_today() -> None:
    found = told(date(2019, 6, 1))
    assert found["as_of"] == date(2019, 6, 1)
    assert {requirement: results(found["findings"])[requirement] for requirement in LATER} == dict.fromkeys(
        LATER, "not_applicable"
    )
    assert found["today"]["as_of"] == date.today()
    assert results(found["today"]["new_duties"]) == dict.fromkeys(LATER, "missing")
    today = {one["requirement"]: one["result_today"] for one in found["findings"]}
    assert {requirement: today[requirement] for requirement in LATER} == dict.fromkeys(LATER, "missing")
    assert today["6-5:oppsigelse"] == "fulfilled"


def test_an_agreement_made_under_todays_law_has_no_new_duty() -> None:
    assert told(date(2024, 1, 1))["today"]["new_duties"] == []
    undated = told(None)
    assert (undated["as_of"], undated["today"]["new_duties"]) == (date.today(), [])


def test_a_given_day_is_the_only_day() -> None:
    found = told(date(2019, 6, 1), as_of=date(2023, 1, 1))
    assert "today" not in found
    assert results(found["findings"])["6-2:13"] == "missing"


def test_every_finding_has_a_name_of_its_own() -> None:
    found = told(date(2019, 6, 1))
    names = [one["iri"] for one in (*found["findings"], *found["remarks"])]
    assert len(set(names)) == len(names)
    assert f"{BASE}doc/avtale/finding/6-2-13" in names


def test_what_is_found_of_an_agreement_depends_on_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path))

    def nowhere() -> Store:
        raise AssertionError("files are judged without a store")

    def by_document(names: list[str], parallel_from: int) -> dict[str, object]:
        found = judgements(names, nowhere, how=How(as_of=date(2025, 1, 1), language="nb"), parallel_from=parallel_from)
        return {one["document"]: one for one in found}

    one_by_one, on_all_cores = by_document(AGREEMENTS[:3], 9), by_document(AGREEMENTS[2::-1], 1)
    assert len(one_by_one) == 3
    assert one_by_one == on_all_cores


def test_a_file_is_read_beside_the_law_and_the_guidance_of_the_library() -> None:
    heading = "Punkt 8: Jordmortjenester, jf. hol. § 6-2 nr. 8"
    words = f"{heading}\n\nSamarbeidsavtalen bør beskrive:\n\n• vaktberedskap for gravide\n"
    guidance = Document(id="rad", text=words, title="Råd", kind="guidance")
    library = Store.of([*ontology_quads(), *ingest(guidance)])
    draft = Document(id="utkast", text="1 Fødsel\n\nKommunen har jordmor.\n", title="Utkast", kind="agreement")
    alone = Subject(Store.of([*ontology_quads(), *ingest(draft)]), f"{BASE}doc/utkast")
    found = judgement(alone, as_of=None, language="nb", library=library)
    [midwifery] = [one for one in found["findings"] if one["requirement"] == "6-2:8"]
    assert [point["quote"] for point in midwifery["advice"]] == ["vaktberedskap for gravide"]
    assert midwifery["advice"][0]["document"] == f"{BASE}doc/rad"
