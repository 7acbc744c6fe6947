"""The ontology's labels are found whatever their inflection, spelling or company."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import HJ
from ontology.lexicon import Lexicon, Match, names, stems
from ontology.topics import Topics, requirement_topics
from tests.growth import IN_STEP, growth

GUIDANCE = Path(__file__).parents[1] / "corpus" / "veileder-samarbeidsavtaler.txt"


def found(label: str, text: str) -> list[tuple[str, str]]:
    return [(text[match.start : match.end], match.part) for match in Lexicon([("it", label)]).find(text)]


@pytest.mark.parametrize(
    ("label", "text", "words"),
    [
        ("utskrivningsklar pasient", "Utskrivningsklare pasienter meldes", "Utskrivningsklare pasienter"),
        ("utskrivingsklar pasient", "dei utskrivingsklare pasientane", "utskrivingsklare pasientane"),
        ("fastlege", "fastlegenes rolle", "fastlegenes"),
        ("fastlege", "fastlegane skal delta", "fastlegane"),
        ("godkjenne", "avtalen godkjennes", "godkjennes"),
        ("godkjenne", "avtalen er godkjent", "godkjent"),
        ("planlegge", "planlegging av tjenester", "planlegging"),
        ("planleggje", "korleis dei skal planleggjast", "planleggjast"),
        ("forebygging", "forebyggende arbeid", "forebyggende"),
        ("ansvar", "ansvaret for oppgaven", "ansvaret"),
        ("ansvar", "har ansvar for", "ansvar"),
        ("digital løsning", "det digitale verktøyet og digitale løsninger", "digitale løsninger"),
        ("årlig", "et årlig møte", "årlig"),
        ("helhetlig", "helhetlige tjenester", "helhetlige"),
        ("IKT-løsning", "IKT løsninger", "IKT løsninger"),
        ("IKT-løsning", "IKTløsninger", "IKTløsninger"),
        ("e-helse", "ehelse", "ehelse"),
        ("samhandlingsavtale", "samhandlings avtalen", "samhandlings avtalen"),
        ("samhandlingsavtale", "Samhandlings-avtaler", "Samhandlings-avtaler"),
        ("svangerskapsomsorg", "svangerskaps-, fødsels- og barselomsorg", "svangerskaps-, fødsels- og barselomsorg"),
        ("ansvarsfordeling", "ansvars- og oppgavefordelingen", "ansvars- og oppgavefordelingen"),
        ("læring og mestring", "LÆRING OG MESTRING", "LÆRING OG MESTRING"),
        ("Sykehuset i Nordheim", "Sykehuset i Nordheim HF", "Sykehuset i Nordheim"),
        ("St. Halvards hospital", "St. Halvards hospital HF", "St. Halvards hospital"),
        ("St. Halvards hospital", "St Halvards hospital HF", "St Halvards hospital"),
        ("barn og unge", "barn\u00a0og unge", "barn\u00a0og unge"),
    ],
)
def test_a_label_is_found_in_every_form(label: str, text: str, words: str) -> None:
    assert found(label, text) == [(words, "whole")]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("fastlege", "faste representanter"),
        ("plan", "planeten"),
        ("forskning", "forskrifter"),
        ("medvirkning", "med virkning fra 1. mai"),
        ("handlingsplan", "samhandlingsplanen"),
        ("barn og unge", "barn, og unge"),
        ("strategisk samarbeidsutvalg", "strategisk\nsamarbeidsutvalg"),
        ("utskrivningsklar pasient", "Hun er utskrivningsklar. Pasienten venter"),
        ("styre", "styring"),
    ],
)
def test_what_only_looks_like_a_label_is_not_found(label: str, text: str) -> None:
    assert found(label, text) == []


@pytest.mark.parametrize(
    ("label", "text", "part"),
    [
        ("beredskap", "beredskapsarbeid", "modifier"),
        ("beredskap", "helseberedskapen", "head"),
        ("fastlege", "fastlegeordningen", "modifier"),
        ("forskning", "samhandlingsforskning", "head"),
        ("avtale", "rammeavtaler", "head"),
    ],
)
def test_a_part_of_a_compound_tells_which_part_it_is(label: str, text: str, part: str) -> None:
    assert found(label, text) == [(text, part)]
    [match] = Lexicon([("it", label)]).find(text)
    assert match.compound


def test_labels_inside_labels_are_found_and_the_longest_can_be_asked_for() -> None:
    lexicon = Lexicon([("place", "Nordheim"), ("hospital", "Sykehuset i Nordheim"), ("trust", "sykehuset i Nordheim")])
    text = "Sykehuset i Nordheim, Nordheim kommune"
    assert [match.key for match in lexicon.find(text)] == ["hospital", "trust", "place", "place"]
    assert [match.key for match in lexicon.longest(text)] == ["hospital", "trust", "place"]


def test_a_label_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="has no word in it"):
        Lexicon([("it", "§")])


def test_stems_join_bokmal_and_nynorsk_inflection() -> None:
    assert stems("kommunane") == stems("kommunene") == stems("kommuner") == stems("kommunens")
    assert stems("innleggelse") == stems("innlegging")


def test_everything_with_a_name_in_the_ontology_can_be_found_by_it() -> None:
    lexicon = names(HJ.Requirement)
    assert lexicon is names(HJ.Requirement)
    [match] = lexicon.longest("Hva sier avtalen om § 6-2 nr. 13: barn og unge?")
    assert match.key.endswith("requirement/6-2-13")


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        ("Barn med sammensatte vansker får tjenester fra begge nivåer.", {("nr-13", "explicit"), ("nr-13", "weak")}),
        ("Barna leker.", {("nr-13", "weak")}),
        ("Barnehagen samarbeider med begge nivåer.", set()),
        ("Beredskapsarbeidet fortsetter.", {("nr-11", "weak")}),
        ("Helseberedskapen er god.", {("nr-11", "topical")}),
        ("Avtalen evalueres hvert år.", {("6-5", "topical")}),
        ("Partene evaluerer hverandre.", set()),
    ],
)
def test_a_sentence_is_about_what_all_parts_of_a_term_say(sentence: str, topics: set[tuple[str, str]]) -> None:
    vocabulary = Topics(
        [
            ("nr-13", "explicit", "barn + begge nivåer"),
            ("nr-13", "weak", "barn"),
            ("nr-11", "explicit", "beredskap"),
            ("6-5", "topical", "hvert år/årlig + evaluere/gjennomgå"),
        ]
    )
    assert {(topic.key, topic.strength) for topic in vocabulary.find(sentence)} == topics


def test_a_lead_in_completes_a_term_but_does_not_make_one_alone() -> None:
    vocabulary = Topics([("purpose", "topical", "slik at + helhetlig + tilbud")])

    def words(text: str) -> list[Match]:
        return list(vocabulary.lexicon.find(text))

    assert [*vocabulary.among(words("helhetlige"), beside=words("slik at alle får et tilbud som er"))]
    assert not [*vocabulary.among(words("tilbud"), beside=words("slik at alle får et helhetlig tilbud"))]


@given(st.text(alphabet="abærnog -,.\n/Øklse", max_size=60))
def test_any_text_can_be_searched_and_every_match_is_in_it(text: str) -> None:
    for match in Lexicon([("a", "barn og ungar"), ("b", "barneløse"), ("c", "klar-og"), ("d", "anbere")]).find(text):
        assert 0 <= match.start < match.end <= len(text)
        assert not text[match.start : match.end].isspace()


def test_texts_without_end_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ontology.lexicon.REMEMBERED", 2)
    lexicon = Lexicon([("it", "beredskap")])
    assert [match.start for match in lexicon.find("beredskap for alle, beredskap for barn")] == [0, 20]


@pytest.mark.parametrize("text", ["æ" * 200_000, "samhandlings- og " * 10_000, "beredskaps " * 10_000])
def test_a_broken_file_takes_no_longer_than_another(text: str) -> None:
    assert growth(lambda part: list(requirement_topics().lexicon.find(part)), text) < IN_STEP


def test_words_that_share_a_form_are_not_each_other() -> None:
    lexicon = Lexicon([("verb", "legge inn"), ("doctor", "lege")])
    assert not list(lexicon.find("Kommunen legger planen fram"))
    assert [found.key for found in lexicon.find("Legen legger ham inn, og hun legger inn en annen")] == [
        "doctor",
        "verb",
    ]
