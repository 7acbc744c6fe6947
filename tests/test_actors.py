"""The ontology knows the organisations; a document's region and parties are read from its words."""

from pathlib import Path

import pytest
from rdflib import ORG, RDF, SKOS, URIRef

from ingest.actors import parties, region
from ingest.actors.organisations import mentions, municipalities
from ingest.clause import Structure
from ingest.flow import Flow
from ingest.readers.text import read
from ingest.structure import structure
from ontology import BASE, HJ, load

CORPUS = Path(__file__).parents[1] / "corpus"
AHUS = (
    "aurskog-holand,eidskog,eidsvoll,enebakk,frogn,gjerdrum,grue,hurdal,kongsvinger,lillestrom,lorenskog,nannestad,"
    "nes,nesodden,nittedal,nord-odal,nordre-follo,raelingen,sor-odal,ullensaker,as"
)


def plain(text: str) -> Structure:
    return Structure(text, (), Flow.plain(text))


def paths(text: str) -> list[str]:
    return [party.iri_path for party in parties(structure(text))]


def known(kind: URIRef) -> set[URIRef]:
    return {body for body in load().subjects(RDF.type, kind) if isinstance(body, URIRef)}


def test_there_are_19_helsefellesskap_each_with_a_trust_under_one_of_four_authorities() -> None:
    graph = load()
    authorities = known(HJ.RegionalHealthAuthority)
    assert (len(known(HJ.HealthCommunity)), len(authorities), len(known(HJ.HealthTrust))) == (19, 4, 20)
    for community in known(HJ.HealthCommunity):
        trusts = set(graph.objects(community, ORG.hasMember)) & known(HJ.HealthTrust)
        assert len(trusts) == 1
        above = {graph.value(body, ORG.subOrganizationOf) for body in (community, *trusts)}
        assert len(above) == 1
        assert above <= authorities


@pytest.mark.parametrize(
    "kind", [HJ.HealthCommunity, HJ.HealthTrust, HJ.RegionalHealthAuthority, HJ.NationalBody, HJ.BodyKind, ORG.Role]
)
def test_every_actor_has_one_name_in_each_language(kind: URIRef) -> None:
    assert known(kind)
    for body in known(kind):
        labels = [label.language for label in load().objects(body, SKOS.prefLabel)]  # type: ignore[attr-defined]
        assert sorted(labels) == ["en", "nb", "nn"], body
        assert str(body).startswith(BASE)


def test_there_are_357_municipalities_two_names_of_which_are_borne_twice() -> None:
    assert {"Ås", "Nordre Follo", "Nore og Uvdal", "Guovdageaidnu"} <= municipalities()
    assert len([name for name in municipalities() if name.isascii() or set(name) & set("æøåÆØÅ")]) >= 355


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Avtale med SiV", "vestfold"),
        ("Ahus og kommunene", "ahus"),
        ("St. Olavs hospital", "sor-trondelag"),
        ("St Olavs Hospital HF", "sor-trondelag"),
        ("Universitetssykehuset Nord-Norge (UNN)", "troms-og-ofoten"),
        ("Helse Møre og Romsdal HF", "more-og-romsdal"),
        ("Helse Bergens ansvar", "bergen"),
        ("Helse Nord-Trøndelag i Trøndelag", None),
        ("Helsefellesskapet i Nord-Trøndelag, Levanger", "nord-trondelag"),
        ("helsefellesskapa i Vestfold og Telemark", None),
        ("Helse Førde, Sogn og Fjordane, og éin gong Stavanger", "forde"),
        ("siv, unn og oslo i små bokstavar", None),
        ("Kommunen og helseforetaket", None),
        ("Avtale mellom Helse Fonna HF og Bergen kommune. Bergen, Bergen, Bergen.", "fonna"),
    ],
)
def test_the_region_is_the_one_named_more_than_all_others(text: str, slug: str | None) -> None:
    assert region(plain(text)) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("vestfold-samarbeidsavtale", "vestfold"),
        ("trondelag-samarbeidsavtale-hoering", "sor-trondelag"),
        ("ahus-samarbeidsavtale", "ahus"),
        ("vestfold-ssu-2022-11-24", "vestfold"),
        ("veileder-samarbeidsavtaler", None),
    ],
)
def test_the_region_of_each_document_of_the_corpus_is_found(name: str, slug: str | None) -> None:
    assert region(structure(read(CORPUS / f"{name}.txt"))) == slug


def test_every_municipality_of_a_long_list_is_a_party_and_its_quote_stands() -> None:
    text = read(CORPUS / "ahus-samarbeidsavtale.txt")
    found = parties(structure(text))
    assert [party.iri_path for party in found] == [
        "hf/akershus-universitetssykehus",
        *(f"kommune/{slug}" for slug in AHUS.split(",")),
    ]
    odal = next(party for party in found if party.iri_path == "kommune/nord-odal")
    assert text[odal.start : odal.end].split() == ["Nord-", "Odal"]
    assert (odal.name, odal.kind) == ("Nord-Odal kommune", "kommune")


def test_parties_stand_in_the_sentence_and_in_the_signatures() -> None:
    assert paths(read(CORPUS / "vestfold-samarbeidsavtale.txt")) == ["hf/sykehuset-i-vestfold", "kommune/faerder"]
    assert paths(read(CORPUS / "trondelag-samarbeidsavtale-hoering.txt")) == ["hf/st-olavs-hospital"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Avtale inngått mellom Kinn kommune og Helse Førde HF.", ["kommune/kinn", "hf/helse-forde"]),
        ("Avtale\n\nmellom\n\nÅS KOMMUNE\n\nog\n\nHelse Bergen HF\n\n1. Formål", ["kommune/as", "hf/helse-bergen"]),
        ("Avtalen er inngått mellom SiV HF og de seks kommunene.", ["hf/sykehuset-i-vestfold"]),
        ("Avtale mellom XX kommune og Helse Fonna HF", ["hf/helse-fonna"]),
        ("Avtale mellom …………… og Xxxxx kommune", []),
        ("Avtale mellom Nore og Uvdal, Ål og Hol kommuner", ["kommune/nore-og-uvdal", "kommune/al", "kommune/hol"]),
        ("Partane er Helse Nordvest HF og kommunane Stad, Gloppen og Ulvik.",
         ["hf/helse-nordvest", "kommune/stad", "kommune/gloppen", "kommune/ulvik"]),
        ("Partene i avtalen er:\n• Vestre Viken HF\n• Lier\n• Modum kommune\n\nFormålet er samarbeid.",
         ["hf/vestre-viken", "kommune/lier", "kommune/modum"]),
        ("Avtalen mellom Haraldsplass diakonale sykehus og Voss herad",
         ["sykehus/haraldsplass-diakonale-sykehus", "kommune/voss"]),
        ("Avtale om nasjonal nemnd mellom Helse- og omsorgsdepartementet og KS", []),
        ("Skien kommune er prosjekteier. Den enkelte kommune og hver kommune har ansvar.", []),
        ("Avtale mellom Nykommune kommune og Helse Vest RHF", ["kommune/nykommune", "rhf/helse-vest"]),
    ],
)  # fmt: skip
def test_trusts_and_municipalities_are_parties_where_the_text_says_so(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Avtale mellom Kinn kommune\n" * 2000, "Avtale mellom " + "Kinn " * 20_000, "Avtale mellom " + "Helse i " * 9000],
)
def test_parties_are_found_in_linear_time(text: str) -> None:
    assert len(parties(Structure(text, (), Flow.of(text, [(0, len(text), "")])))) <= 1


def test_an_organisation_is_found_by_any_of_its_names_but_not_inside_a_word() -> None:
    text = "UNN, Helse-Sør Øst RHF og Helse Førdes styre; unn deg siv og ahusene"
    assert [text[found.start : found.end] for found in mentions(text)] == ["UNN", "Helse-Sør Øst RHF", "Helse Førde"]
