"""Acts in Lovdata's mark-up: every provision at its own address, with its own words, from the day it applies."""

from datetime import date
from pathlib import Path

import pytest
from rdflib import Dataset, Literal, URIRef

from ingest.iri import iri
from ingest.legislation import law_quads
from ingest.readers.lovdata import Act, act_of
from ingest.readers.text import ReadError
from ontology import HJ, load

SHARED = Path(__file__).parents[2] / "shared" / "law" / "lovdata"

# Written for this test in the mark-up that Lovdata uses; there is no such act.
LAW = """<?xml version="1.0"?>
<!DOCTYPE html>
<html lang="no"><head><title>Lov om øving</title></head><body>
<header class="documentHeader" id="hode"><dl class="data-document-key-info">
<dt class="dokid">DokumentID</dt><dd class="dokid">NL/lov/2030-01-02-3</dd>
<dt class="dateInForce">I kraft fra</dt><dd class="dateInForce">2030-07-01, 2031-01-01</dd>
<dt class="lastChangeInForce">Sist</dt><dd class="lastChangeInForce">2033-01-01</dd>
<dt class="titleShort">Korttittel</dt><dd class="titleShort">Øvingsloven – øvl</dd>
<dt class="title">Tittel</dt><dd class="title">Lov om øving (øvingsloven)</dd>
<dt class="refid">RefID</dt><dd class="refid">lov/2030-01-02-3</dd>
</dl></header>
<main class="documentBody" data-lovdata-URL="NL/lov/2030-01-02-3" id="dokument"><h1>Lov om øving</h1>
  <section class="section" data-name="kap2" data-lovdata-URL="NL/lov/2030-01-02-3/KAPITTEL_2" id="kapittel-1">
    <h2>Kapittel 2. Hvem som øver</h2>
    <article class="legalArticle" data-lovdata-URL="NL/lov/2030-01-02-3/&#xA7;2-1a" data-name="&#xA7;2-1a"
      id="kapittel-1-paragraf-9">
      <h3 class="legalArticleHeader"><span class="legalArticleValue">&#xA7; 2-1 a</span>. <span
        class="legalArticleTitle">Plikt til &#xE5; &#xF8;ve</span></h3>
      <article class="legalP" id="kapittel-1-paragraf-9-ledd-1">Den som har ansvar etter <a
        href="lov/2030-01-02-3/&#xA7;1">&#xA7; 1</a>, skal &#xF8;ve.<sup class="footnotereference">1</sup></article>
      <article class="legalP" id="kapittel-1-paragraf-9-ledd-2">&#xD8;velsen skal omfatte:<ol
        class="defaultList" type="1"><li data-name="1." value="1"><article class="listArticle"><article
        class="legalP">varsling, herunder<ol type="a" class="defaultList"><li data-name="a." value="1"><article
        class="listArticle"><article class="legalP">intern varsling og</article></article></li><li data-name="b."
        value="2"><article class="listArticle"><article class="legalP">varsling utad,</article></article></li></ol>
        </article></article></li><li data-name="12." value="12"><article class="listArticle"><article
        class="legalP">samband.</article></article></li></ol><p class="leddfortsettelse">Den skal
        evalueres.</p></article>
      <article class="changesToParent">Endret ved lov <a href="lov/2031-05-04-5">4 mai 2031 nr. 5</a> (i kraft 1
        aug 2031 iflg. <a href="forskrift/2031-06-01-9">res. 1 juni 2031 nr. 9</a>). <strong>Endres</strong> ved lov
        1 juni 2034 nr. 1 (i kraft 1 juli 2034).</article>
      <footer class="footnotes"><article class="footnote"><span>1</span> Fra 1 juli 2030.</article></footer>
    </article>
    <article class="legalArticle" data-lovdata-URL="NL/lov/2030-01-02-3/&#xA7;2-2" data-name="&#xA7;2-2"
      id="kapittel-1-paragraf-10">
      <h3 class="legalArticleHeader"><span class="legalArticleValue">&#xA7; 2-2</span>. <span
        class="legalArticleTitle">Unntak</span></h3>
      <article class="numberedLegalP" data-numerator="1">(1) Kongen kan gi unntak.</article>
      <article class="document-change" data-document="lov/1999-07-02-61"><article class="legalArticle"
        data-lovdata-URL="NL/lov/1999-07-02-61/&#xA7;9-9" data-name="&#xA7;9-9"><article class="legalP">Et annet
        sted.</article></article></article>
    </article>
    <article class="legalArticle" data-repealeddate="2032-01-01" data-name="&#xA7;2-3"><article
      class="legalP">Opphevet.</article></article>
  </section>
</main></body></html>"""
ONE_LINE = " ".join(LAW.split()).replace("> <", "><").replace("&#xA7;", "§")
EXPECTED = {
    "kap-2": ("Hvem som øver", ""),
    "par-2-1a": (
        "Plikt til å øve",
        "Den som har ansvar etter § 1, skal øve.\nØvelsen skal omfatte:\n1. varsling, herunder\na. intern varsling og\n"
        "b. varsling utad,\n12. samband.\nDen skal evalueres.",
    ),
    "par-2-1a/ledd-1": ("", "Den som har ansvar etter § 1, skal øve."),
    "par-2-1a/ledd-2": (
        "",
        "Øvelsen skal omfatte:\n1. varsling, herunder\na. intern varsling og\nb. varsling utad,\n12. samband.\n"
        "Den skal evalueres.",
    ),
    "par-2-1a/ledd-2/nr-1": ("", "varsling, herunder\na. intern varsling og\nb. varsling utad,"),
    "par-2-1a/ledd-2/nr-1/bokstav-a": ("", "intern varsling og"),
    "par-2-1a/ledd-2/nr-1/bokstav-b": ("", "varsling utad,"),
    "par-2-1a/ledd-2/nr-12": ("", "samband."),
    "par-2-2": ("Unntak", "(1) Kongen kan gi unntak."),
    "par-2-2/ledd-1": ("", "(1) Kongen kan gi unntak."),
}


@pytest.mark.parametrize("written", [LAW, ONE_LINE], ids=["indented", "on one line"])
def test_every_provision_has_its_own_words(written: str) -> None:
    act = act_of(written.encode())
    assert {one.path: (one.heading, one.text) for one in act.provisions} == EXPECTED
    assert (act.law, act.short_title, act.abbreviation, act.language) == (
        "lov/2030-01-02-3",
        "øvingsloven",
        "øvl.",
        "nb",
    )
    assert (act.in_force, act.changed, act.consolidated) == (date(2030, 7, 1), date(2033, 1, 1), True)


def test_a_wording_applies_from_the_latest_amendment_that_has_taken_effect() -> None:
    since = {one.path: one.since for one in act_of(LAW.encode()).provisions}
    assert since["par-2-1a"] == since["par-2-1a/ledd-2/nr-12"] == date(2031, 8, 1)
    assert since["par-2-2"] == date(2030, 7, 1)


def graph_of(act: Act) -> Dataset:
    graph = Dataset(default_union=True)
    graph.parse(data="\n".join(f"{quad} ." for quad in law_quads(act)), format="nquads")
    return graph


def node(path: str) -> URIRef:
    return URIRef(iri(path))


def test_an_act_stands_in_the_graph_of_the_law_down_to_letters() -> None:
    quads = list(law_quads(act_of(LAW.encode())))
    assert len(quads) == len(set(quads))
    assert {str(quad.graph_name.value) for quad in quads} == {iri("graph/law")}
    graph = graph_of(act_of(LAW.encode()))
    letter = node("lov/2030-01-02-3/par-2-1a/ledd-2/nr-1/bokstav-b")
    assert graph.value(letter, HJ.shortForm) == Literal("øvl. § 2-1 a andre ledd nr. 1 bokstav b")
    assert graph.value(letter, HJ.section) == Literal("2-1 a")
    version = graph.value(letter, HJ.hasVersion)
    assert version == node("lov/2030-01-02-3/par-2-1a/ledd-2/nr-1/bokstav-b/versjon/2031-08-01")
    assert graph.value(version, HJ.text) == Literal("varsling utad,", lang="nb")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html><body>Avtale</body></html>", "not an act or regulation"),
        (b"<html><body>", "not XML as Lovdata writes it"),
        (b'<!DOCTYPE html [<!ENTITY a "b">]><html><body>&a;</body></html>', "declares entities"),
        (LAW.replace("lov/2030-01-02-3<", "../../etc/passwd<").encode(), "not an act or regulation"),
        (b"", "not XML"),
    ],
)
def test_what_is_no_act_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        act_of(content)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the files of Lovdata are not beside the project")
@pytest.mark.parametrize("name", ["nl-19990702-061", "nl-20110624-030", "sf-20111118-1115", "nl-20250620-096-oneline"])
def test_nothing_that_the_ontology_says_is_said_again(name: str) -> None:
    known = load()
    act = act_of((SHARED / f"{name}.xml").read_bytes())
    said = list(graph_of(act).triples((None, None, None)))
    assert len(said) > 500
    assert not [triple for triple in said if triple in known]
    # What the ontology knows of a provision is not contradicted by a second value.
    single = (HJ.appliesFrom, HJ.shortForm, HJ.order, HJ.act)
    assert not [(s, p) for s, p, _ in said if p in single and (s, p, None) in known]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the files of Lovdata are not beside the project")
@pytest.mark.parametrize(
    ("file", "version", "beginning", "end"),
    [
        ("nl-19990702-061", "par-2-1e/versjon/2022-08-01", "Det regionale helseforetaket", "part i slike avtaler."),
        ("nl-19990702-061", "par-2-1e/ledd-4/versjon/2022-08-01", "De regionale helse", "part i slike avtaler."),
        ("nl-20110624-030", "par-6-2/ledd-1/nr-13/versjon/2022-08-01", "samarbeid om ytelse", "forvaltningsnivåene."),
        ("nl-20110624-030", "par-6-2/ledd-1/nr-8/versjon/2012-01-01", "samarbeid om jordmor", "jordmortjenester,"),
        ("nl-20110624-030", "par-3-5/ledd-3/versjon/2016-01-01", "Kommunen skal sørge for tilbud", ""),
        ("nl-20110624-030", "par-12-4/ledd-4/bokstav-e/versjon/2016-11-01", "adgang til å nekte besøk", "besøk"),
        ("sf-20111118-1115", "par-9/ledd-1/bokstav-c/versjon/2017-01-01", "dersom enkelte spørsmål", "redegjøres for"),
    ],
)
def test_the_words_of_the_law_stand_on_the_version_in_force(file: str, version: str, beginning: str, end: str) -> None:
    act = act_of((SHARED / f"{file}.xml").read_bytes())
    text = graph_of(act).value(node(f"{act.law}/{version}"), HJ.text)
    assert str(text).startswith(beginning)
    assert str(text).endswith(end)
