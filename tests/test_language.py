"""Bokmål or nynorsk, clause by clause: the corpus, agreements written for these tests, acts of the Storting."""

import re
from pathlib import Path

import pytest

from ingest.language import language, languages
from ingest.structure import structure
from tests.growth import IN_STEP, growth

TESTS = Path(__file__).parent
CORPUS = TESTS.parent / "corpus"
LOVDATA = TESTS.parents[1] / "shared" / "law" / "lovdata"
NYNORSK = {f"{name}-samarbeidsavtale" for name in ("dalsbygd", "fjordvik", "lauvdal", "storvik", "tindefjord")}
LEAST = 0.98
LONG_ENOUGH = 8
AGREEMENTS = sorted(path for folder in (CORPUS, TESTS / "agreements") for path in folder.glob("*.txt"))


def words(text: str) -> int:
    return len(re.findall(r"[^\W\d_]+", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Partane skal seie frå til kvarandre når noko skal endrast.", "nn"),
        ("Partene skal si fra til hverandre når noe skal endres.", "nb"),
        ("Kommunen har ansvar for øyeblikkelig hjelp.", "nb"),
        ("Kommunen har ansvar for augeblikkeleg hjelp.", "nn"),
        ("Føretaket varslar fastlegen.", "nn"),
        ("Foretaket varsler fastlegen.", "nb"),
        ("jf. helse- og omsorgstenestelova § 6-1", "nn"),
        ("jf. helse- og omsorgstjenesteloven § 6-1", "nb"),
        ("USEMJE OG TVISTAR", "nn"),
        # A doctor is called "lege" in both, whatever words in -leg and -lege are.
        ("Fastlege, overlege og tannlege", "nb"),
        ("", "nb"),
        ("§ 6-2 nr. 13", "nb"),
    ],
)
def test_the_language_of_a_text_is_told_by_its_words(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_the_clauses_of_an_agreement_are_in_its_language(path: Path) -> None:
    found = structure(path.read_text(encoding="utf-8"))
    expected = "nn" if path.stem in NYNORSK else "nb"
    told = [
        one
        for clause, one in zip(found.clauses, languages(found), strict=True)
        if words(found.text[clause.start : clause.end]) >= LONG_ENOUGH
    ]
    share = told.count(expected) / len(told)
    print(f"{path.stem}: {share:.3f} of {len(told)} clauses are {expected}")
    assert share > LEAST


@pytest.mark.shared
@pytest.mark.skipif(not LOVDATA.exists(), reason="needs ../shared beside the project")
@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("nl-19921204-126", "nn"),
        ("nl-19990702-061", "nb"),
        ("nl-20110624-030", "nb"),
        ("lti-nl-20110624-030", "nb"),
        ("sf-20111118-1115", "nb"),
    ],
)
def test_the_paragraphs_of_an_act_are_in_its_language(act: str, expected: str) -> None:
    marked_up = (LOVDATA / f"{act}.xml").read_text(encoding="utf-8")
    ledd = re.findall(r'<article[^>]*class="legalP"[^>]*>(.*?)</article>', marked_up, re.DOTALL)
    plain = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in ledd]
    found = structure("\n\n".join(one for one in plain if words(one) >= LONG_ENOUGH))
    told = [
        one
        for clause, one in zip(found.clauses, languages(found), strict=True)
        if words(found.text[clause.start : clause.end]) >= LONG_ENOUGH
    ]
    share = told.count(expected) / len(told)
    print(f"{act}: {share:.3f} of {len(told)} clauses are {expected}")
    assert share > LEAST


def test_a_quotation_in_the_other_language_is_told_from_the_text_around_it() -> None:
    text = (
        "1 Bakgrunn\n\nPartene er enige om at avtalen ikke gjelder for private virksomheter eller ideelle aktører.\n\n"
    )
    text += "2 Høyringssvar\n\nDei andre ønskjer ikkje å vere med.\n\n3 Tid\n\nTo år.\n"
    assert languages(structure(text)) == ("nb", "nn", "nb")


def test_a_document_that_says_nothing_has_no_language() -> None:
    assert set(languages(structure("1 § 6-2\n\n12 13 14\n\n2 § 6-3\n"))) <= {None}


def test_a_long_text_takes_as_long_as_its_parts() -> None:
    text = "Partane skal ikkje endre avtalen utan at det er avtalt mellom kommunen og helseføretaket. " * 20_000
    assert language(text) == "nn"
    assert growth(language, text) < IN_STEP
