"""Private persons stay out of the stored text; places, bodies, offices and the law stay in."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hjemmel import snapshot
from hjemmel.build import build
from hjemmel.gate import PrivacyError
from hjemmel.revision import revise
from hjemmel.snapshot import StoreError
from hjemmel.store import Store
from ingest.document import Document
from ingest.privacy import BLOCK, masked
from ingest.privacy.details import certain
from ingest.readers.text import read

CORPUS = Path(__file__).parents[1] / "corpus"
AGREEMENTS = sorted(path for path in CORPUS.glob("*samarbeidsavtale*.txt") if "veileder" not in path.stem)
AROUND_A_NAME = re.compile(rf"[{BLOCK}.'’/ -]*")

# (text, what of it must be masked; "" for nothing)
PERSONS = [
    ("Saksbehandler Kari Nordmann", "Kari Nordmann"),
    ("Sakshandsamar: Ola P. Nordmann", "Ola P. Nordmann"),
    ("Orientering v/Zubin Wadekar. Dialog i møtet.", "Zubin Wadekar"),
    ("Orientering ved Kari Nordmann.", "Kari Nordmann"),
    ("Kari-Anne Nordmann-Lie, kommunedirektør, Ås kommune", "Kari-Anne Nordmann-Lie"),
    ("Innspill fra Kari \nNordmann om utfordringer", "Kari \nNordmann"),
    ("KARI NORDMANN", "KARI NORDMANN"),
    ("Nordmann, Kari\nAndre saker", "Nordmann, Kari"),
    ("Fylkeslege Kari van der Berg", "Kari van der Berg"),
    ("Zubin Wadekar meldte forfall. Xerxes Hansen kom.", "Xerxes Hansen"),
    ("Til stede: Kari Nordmann, Zubin Wadekar (leder)", "Kari Nordmann|Zubin Wadekar"),
    ("Deltakarar\nKari Nordmann, Kinn kommune\nZubin Wadekar, Helse Førde HF", "Kari Nordmann|Zubin Wadekar"),
    ("Deltakere\nZubin Wadekar, Horten kommune", "Zubin Wadekar"),
    ("Zubin Wadekar      Kari Nordmann\nOrdfører           Direktør", "Zubin Wadekar|Kari Nordmann"),
    ("Leder Kari Nordmann åpnet. Deretter tok Nordmann ordet, og Karis forslag", "Kari Nordmann|Nordmann|Karis"),
    ("2022.40\n\nKari\n\n2022.41", "Kari"),
    ("Referent Kari", "Kari"),
    ("Kari Nordmann Larvik kommune", "Kari Nordmann"),
    ("kari.nordmann@eksempel.no eller post(at)eksempel.no", "kari.nordmann@eksempel.no|post(at)eksempel.no"),
    ("tlf. 90 12 34 56, 901 23 456, 90123456 og +47 90123456", "90 12 34 56|901 23 456|90123456|+47 90123456"),
    ("fødselsnummer 01017012345 eller 010170 12345", "01017012345|010170 12345"),
]
NOBODY = [
    "Karl Johans gate, Kong Haralds plass, St. Olavs hospital, Martina Hansens hospital, Nic Waals Institutt",
    "pasienter med Parkinson sykdom og Alzheimers sjukdom",
    "kommunene Nord-Odal, Nordre Follo, Nes, Os, Time, Vik, Nore og Uvdal og Evje og Hornnes",
    "Sykehuset i Vestfold HF (SiV), UNN, Siv i vannkanten",
    "Kommunedirektør          Administrerende direktør\nFærder kommune           Sykehuset Vestfold HF",
    "Partnerskapsmøtet, Strategisk samarbeidsutvalg (SSU) og Statsforvalteren i Vestfold og Telemark",
    "Administrerende direktør Helse Vest RHF. Leder Felles Brukerutvalg. Ordfører Nordre Follo kommune.",
    "Per 1. mai 2024 er det fare for liv og helse. Dag og tid. Hans vurdering. Are kommer.",
    "Helse- og omsorgstjenesteloven § 6-1, lov 2011-06-24-30, sak 2022.39, 24.11.2022, 20240912, org.nr. 983 974 880",
    "https://www.regjeringen.no/id2679013/191023 og 12 345 678 kroner",
    "Gausdal, Lom og Skjåk\nSør-Fron, Nord-Fron\nVågå, Sel",
]


@pytest.mark.parametrize(("text", "private"), PERSONS, ids=[text[:40] for text, _ in PERSONS])
def test_a_private_person_is_masked_character_by_character(text: str, private: str) -> None:
    expected, position = text, 0
    for name in private.split("|"):
        position = text.index(name, position)
        blocks = re.sub(r"\S", BLOCK, name)
        expected = expected[:position] + blocks + expected[position + len(name) :]
        position += len(name)
    assert masked(text) == expected


@pytest.mark.parametrize("text", NOBODY)
def test_places_bodies_offices_laws_and_diseases_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_nothing_is_masked_in_an_agreement_that_names_no_person(path: Path) -> None:
    assert masked(read(path)) == read(path)


def test_no_list_of_people_keeps_a_name() -> None:
    """In the guidance's working groups and the attendance lists, all that stands before the comma is masked."""
    guidance = masked(read(CORPUS / "veileder-samarbeidsavtaler.txt"))
    groups = guidance[guidance.index("Intern arbeidsgruppe:") :].splitlines()
    members = [line.partition(",")[0] for line in groups if "," in line]
    assert len(members) == 35
    assert not [name for name in members if not AROUND_A_NAME.fullmatch(name)]
    papers = masked(read(CORPUS / "vestfold-ssu-2022-11-24.txt"))
    lines = re.findall(
        r"^(?:Forfall )?([^\n,]+), (?:SiV|Sykehuset|\w+ kommune|ordfører|kommunedirektør|brukerrep|fastlegerep)",
        papers,
        re.M,
    )
    assert len(lines) == 36
    assert not [name for name in lines if not AROUND_A_NAME.fullmatch(name)]


def test_masking_takes_linear_time() -> None:
    """Forty thousand names, and text made to trip a search, are done in seconds."""
    for text in ("Kari Nordmann, " * 20_000, "a-" * 50_000, "1" * 100_000, "x@" * 50_000, " \n" * 50_000):
        assert len(masked(text)) == len(text)


NUMBERS = [
    ("Født 01810700021.", "a national identity number"),
    ("Konto 01810700022.", None),
    ("Ring 90 12 34 56", "a phone number"),
    ("post@eksempel.no", "an e-mail address"),
    ("sak 20240912 og org.nr. 983 974 880", None),
]


@pytest.mark.parametrize(("text", "kind"), NUMBERS)
def test_only_what_is_certain_stops_a_build(text: str, kind: str | None) -> None:
    assert [detail.kind for detail in certain(text)] == ([kind] if kind else [])


AGREEMENT = """Samarbeidsavtale mellom Elvedal kommune og Elvedal sykehus HF

1. Formål

Avtalen er inngått etter helse- og omsorgstjenesteloven § 6-1. Zubin
Wadekars forslag er fulgt, og Prosjekt Nordlys er avsluttet. Wadekar
leder partnerskapsmøtet.
"""


def published(home: Path, text: str = AGREEMENT, **known: str) -> str:
    """All that is published of an agreement, as text."""
    document = Document(
        id=known.pop("id", "elvedal"), text=text, title=known.pop("title", "Avtale"), kind="agreement", **known
    )
    build(CORPUS, home, documents=[document])
    return "".join(str(quad) for quad in Store.open(home).quads() if "doc/" in str(quad.graph_name))


@pytest.mark.parametrize(
    ("listed", "gone"),
    [
        ("# ønsket av den det gjelder\nZubin Wadekar\n\nprosjekt  nordlys\n", ["Zubin", "Nordlys"]),
        (f"sha256:{sha256(b'zubin wadekar').hexdigest()}\n", ["Zubin"]),
        (f"sha256:{sha256(b'wadekar').hexdigest()}\nNordlys\n", ["Wadekar", "Nordlys"]),
    ],
)
def test_what_is_listed_is_erased_from_all_that_is_published(tmp_path: Path, listed: str, gone: list[str]) -> None:
    before = published(tmp_path)
    assert all(word in before for word in gone)
    (tmp_path / "erasure.txt").write_text(listed, encoding="utf-8")
    after = published(tmp_path)
    assert not [word for word in gone if word in after]
    assert "helse- og omsorgstjenesteloven § 6-1" in after
    assert len(snapshot.snapshots(tmp_path)) == 1
    stored = [
        quad.object.value for quad in Store.open(tmp_path).quads() if quad.predicate.value.endswith("#storedText")
    ]
    assert [len(text) for text in stored] == [len(AGREEMENT)]


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"title": "Avtale ved post@eksempel.no"}, "title in the catalogue: an e-mail address"),
        ({"publisher": "Elvedal kommune, tlf. 90 12 34 56"}, "publisher in the catalogue: a phone number"),
        ({"missing": "Vedlegg om 01810700021"}, "missing in the catalogue: a national identity number"),
        ({"id": "zubin-wadekar"}, "identifier in the catalogue: a name or phrase on the list"),
        ({"text": f"{AGREEMENT}\nRing 90 12 34 56"}, "characters 243 to 254 (kap. 1): a phone number"),
    ],
)
def test_a_build_that_would_publish_a_private_detail_says_where_it_stands(
    tmp_path: Path, known: dict[str, str], place: str
) -> None:
    (tmp_path / "erasure.txt").write_text("Zubin Wadekar", encoding="utf-8")
    published(tmp_path)
    before = snapshot.current(tmp_path)
    with pytest.raises(PrivacyError, match=re.escape(place)) as told:
        published(tmp_path, **known)
    assert snapshot.current(tmp_path) == before
    assert not re.search(r"eksempel|90 12|01810|Zubin", str(told.value))


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe", "not text in UTF-8"), (b"sha256:123", "is no digest: write sha256:")]
)
def test_a_list_that_cannot_be_read_stops_the_build(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "erasure.txt").write_bytes(content)
    with pytest.raises(StoreError, match=said):
        published(tmp_path)


def test_nothing_is_revised_before_the_list_is_followed(tmp_path: Path) -> None:
    published(tmp_path)
    (tmp_path / "erasure.txt").write_text("Zubin Wadekar", encoding="utf-8")
    with pytest.raises(StoreError, match="run `hjemmel build` first"):
        revise(tmp_path, {})


WORDS = st.sampled_from(
    [
        *("Kari", "Nordmann", "Berg", "Ås", "kommune", "Leder", "v/", "ved", "og", ",", ".", "\n", "  ", "hospital"),
        *("90123456", "kari@eksempel.no", "HF", "Deltakere:", "Per", "van", "K.", "(", "–", "\r\n", "\t", BLOCK),
        *("sen", "Olsen", "Hans", "§", "Orientering", "-", ":", "/"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=30).map("".join), st.text()))
def test_masking_keeps_length_and_white_space_and_is_done_once(text: str) -> None:
    once = masked(text)
    assert len(once) == len(text)
    assert [(at, sign) for at, sign in enumerate(once) if sign.isspace()] == [
        (at, sign) for at, sign in enumerate(text) if sign.isspace()
    ]
    assert all(new in (old, BLOCK) for old, new in zip(text, once, strict=True))
    assert masked(once) == once
