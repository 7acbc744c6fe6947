import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.citations import citations
from ingest.clause import Structure
from ingest.flow import Flow
from ingest.provisions import quoted_provisions

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"
HOL = "lov/2011-06-24-30"


def plain(text: str) -> Structure:
    return Structure(text, (), Flow.plain(text))


def structured(text: str) -> Structure:
    return pytest.importorskip("ingest.structure").structure(text)


def quoted(text: str, reader: Callable[[str], Structure] = plain) -> dict[str, str]:
    structure = reader(text)
    found = quoted_provisions(structure, citations(structure))
    return {one.target: one.words for one in found}


def guidance() -> str:
    return (PROJECT / "corpus" / "veileder-samarbeidsavtaler.txt").read_bytes().decode()


@pytest.mark.parametrize("reader", [plain, structured])
def test_every_section_that_the_guidance_quotes_gets_its_text(reader: Callable[[str], Structure]) -> None:
    found = quoted(guidance(), reader)
    assert {target for target in found if target.count("/") == 2} == {
        f"{HOL}/par-6-{section}" for section in range(1, 7)
    }


@pytest.mark.parametrize("reader", [plain, structured])
def test_the_thirteen_items_of_an_agreement_are_told_apart_without_their_numbers(
    reader: Callable[[str], Structure],
) -> None:
    found = quoted(guidance(), reader)
    items = [target for target in found if target.startswith(f"{HOL}/par-6-2/ledd-1/nr-")]
    assert items == [f"{HOL}/par-6-2/ledd-1/nr-{number}" for number in range(1, 14)]
    assert found[items[2]] == "retningslinjer for innleggelse i sykehus,"
    assert found[items[12]] == (
        "samarbeid om ytelse av helse- og omsorgstjenester til barn og unge med sammensatte vansker og lidelser, "
        "og som derfor mottar tjenester fra begge forvaltningsnivåene."
    )
    assert found[f"{HOL}/par-6-2/ledd-2"].startswith("Når det avtales samarbeidstiltak,")


def test_ledd_that_have_run_together_are_not_numbered() -> None:
    found = quoted(guidance())
    assert f"{HOL}/par-6-5" in found  # two ledd in the act, one in the guidance
    assert f"{HOL}/par-6-5/ledd-1" not in found


def test_numbered_items_keep_their_numbers() -> None:
    items = "".join(f"{number}. krav nummer {number},\n" for number in range(1, 13)) + "13. eitt krav til.\n"
    found = quoted(
        f"§ 6-2 Krav til innhaldet\nAvtala skal minst ha:\n{items}Når det blir avtalt tiltak, gjeld dette.\n"
        "Helse- og omsorgstenestelova § 6-2\nHer følgjer rettleiing.\n"
    )
    assert found[f"{HOL}/par-6-2/ledd-1/nr-7"] == "krav nummer 7,"


def test_the_quotation_of_a_section_we_do_not_know_is_one_text() -> None:
    found = quoted("§ 99-1 Emne\nFørste ledd her.\nKjelde: Lovdata.\nhol. § 99-1 gjeld.\n")
    assert found == {f"{HOL}/par-99-1": "Første ledd her."}


@pytest.mark.parametrize(
    "text",
    [
        "Avtalen bygger på § 6-1.\nPartene samarbeider.\nHelse- og omsorgstjenesteloven § 6-2\n",
        "§ 6-1 Plikt\nKommunen skal inngå avtale, jf. helse- og omsorgstjenesteloven § 6-1.\n",
        "Helse- og omsorgstjenesteloven § 6-1\n",
    ],
)
def test_words_are_law_only_between_a_heading_and_its_source(text: str) -> None:
    assert quoted(text) == {}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared beside the project")
def test_quoted_text_is_the_text_of_the_act() -> None:
    act = provisions(SHARED / "law" / "lovdata" / "nl-20110624-030.xml")
    for target, words in quoted(guidance()).items():
        path = target.removeprefix(f"{HOL}/")
        # Link text stands at the end of its line in the guidance, so the order of a few words differs.
        assert sorted(signs(words)) == sorted(signs(act[path])), target
        if "§" not in words:
            assert signs(words) == signs(act[path]), target


def signs(words: str) -> str:
    return re.sub(r"[\W_]", "", words)


def provisions(file: Path) -> dict[str, str]:
    """The text of the sections, ledd and items of an act in Lovdata's mark-up."""
    found: dict[str, str] = {}
    for article in ET.parse(file).iter("article"):
        if not article.get("class", "").startswith("legalArticle"):
            continue
        section = f"par-{article.get('data-name', '').removeprefix('§')}"
        ledd = [child for child in article if child.get("class") == "legalP"]
        found[section] = " ".join(" ".join(one.itertext()) for one in ledd)
        for order, one in enumerate(ledd, 1):
            found[f"{section}/ledd-{order}"] = " ".join(one.itertext())
            for item in one.iter("li"):
                number = item.get("data-name", "").rstrip(".")
                found[f"{section}/ledd-{order}/nr-{number}"] = " ".join(item.itertext())
    return found


def test_the_law_reads_right_where_the_quotation_displaced_its_links() -> None:
    text = (
        "§ 6-4. Innsending\nForetakene skal sende avtaler som nevnt i  til§ 6-1\nHelsedirektoratet innen en måned, "
        "og etter frist i .§ 6-3\nHelse- og omsorgstjenesteloven § 6-4\n"
    )
    found = next(iter(quoted_provisions(plain(text), citations(plain(text)))))
    assert found.words == (
        "Foretakene skal sende avtaler som nevnt i § 6-1 til Helsedirektoratet innen en måned, og etter frist i § 6-3."
    )
    assert "til§ 6-1" in text[found.start : found.end]
