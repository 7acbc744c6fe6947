"""Every address that we mint answers: a page for people, statements for programs."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from lxml import html

from hjemmel import endpoint, snapshot
from ontology import BASE
from tests.serving import PAGE, served

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")

NS = "https://w3id.org/hjemmel/ns#"
PROVISION = "lov/2011-06-24-30/par-6-2/ledd-1/nr-13"
REQUIREMENT = "requirement/6-2-13"


@pytest.fixture(scope="module")
def store(read_corpus: Path) -> Path:
    found = snapshot.current(read_corpus)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[httpx.Client]:
    with served(endpoint.app(lambda: store)) as client:
        yield client


def triples(response: httpx.Response, form: ox.RdfFormat = ox.RdfFormat.TURTLE) -> set[ox.Triple]:
    assert response.status_code == 200, response.text
    return {quad.triple for quad in ox.parse(response.content, format=form)}


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("*/*", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("text/html;q=0.1, application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_program_gets_the_statements_in_the_form_it_asks_for(
    client: httpx.Client, accept: str, form: ox.RdfFormat
) -> None:
    said = triples(client.get(f"/id/{REQUIREMENT}", headers={"Accept": accept}), form)
    assert (
        ox.Triple(ox.NamedNode(BASE + REQUIREMENT), ox.NamedNode(f"{NS}legalBasis"), ox.NamedNode(BASE + PROVISION))
        in said
    )


@pytest.mark.parametrize(
    ("ending", "media"), [("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("nt", "application/n-triples")]
)
def test_a_person_can_fetch_the_same_by_its_ending(client: httpx.Client, ending: str, media: str) -> None:
    response = client.get(f"/id/{REQUIREMENT}.{ending}", headers=PAGE)
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media)


def test_a_person_gets_a_page_with_links_both_ways(client: httpx.Client) -> None:
    page = html.fromstring(client.get(f"/id/{REQUIREMENT}", headers=PAGE).content)
    links = set(page.xpath("//main//a/@href"))
    assert "§ 6-2 nr. 13" in page.findtext(".//h1")
    assert f"/id/{PROVISION}" in links
    assert "/ns/Requirement" in links
    back = html.fromstring(client.get(f"/id/{PROVISION}", headers=PAGE).content)
    assert f"/id/{REQUIREMENT}" in back.xpath("//main//a/@href")


def test_a_statement_shows_the_words_it_rests_on(client: httpx.Client, store: Path) -> None:
    claim = first(store, "Claim")
    page = html.fromstring(client.get(claim.replace(BASE, "/id/"), headers=PAGE).content)
    [quote, *_] = page.xpath("//blockquote")
    said = {str(triple.object) for triple in triples(client.get(claim.replace(BASE, "/id/")))}
    assert str(ox.Literal(quote.text)) in said


def lines(store: Path) -> Iterator[str]:
    for path in sorted((store / snapshot.GRAPH).iterdir()):
        yield from path.read_text(encoding="utf-8").splitlines()


def first(store: Path, kind: str) -> str:
    line = re.compile(rf"<([^>]+)> <[^>]+#type> <{re.escape(NS + kind)}> ")
    return next(found[1] for each in lines(store) if (found := line.match(each)))


def test_every_kind_of_address_answers(client: httpx.Client, store: Path) -> None:
    """One of each class; each page has a heading, and no link of it to ourselves is dead."""
    kinds: dict[str, str] = {}
    for line in lines(store):
        if found := re.match(rf"<({re.escape(BASE)}[^>]+)> <[^>]+#type> <([^>]+)> ", line):
            kinds.setdefault(found[2], found[1])
    assert len(kinds) > 25
    dead = set()
    for iri in kinds.values():
        response = client.get(iri.replace(BASE, "/id/"), headers=PAGE)
        assert response.status_code == 200, iri
        page = html.fromstring(response.content)
        assert (page.findtext(".//h1") or "").strip()
        own = [link for link in page.xpath("//main//a/@href") if link.startswith(("/id/", "/ns"))]
        dead |= {link for link in own[:8] if client.get(link, headers={"Accept": "text/turtle"}).status_code != 200}
    assert not dead


def test_what_is_unchanged_is_not_sent_again(client: httpx.Client) -> None:
    first_time = client.get(f"/id/{REQUIREMENT}", headers=PAGE)
    again = client.get(f"/id/{REQUIREMENT}", headers={**PAGE, "If-None-Match": first_time.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first_time.headers["etag"])
    other = client.get(f"/id/{REQUIREMENT}", headers={"Accept": "text/turtle"})
    assert other.headers["etag"] != first_time.headers["etag"]
    assert "Accept" in other.headers["vary"]


@pytest.mark.parametrize("path", ["/id/nothing/here", "/id/%3Cscript%3E", "/id/requirement/6-2-99.ttl", "/ns/Nothing"])
def test_what_there_is_not_is_said(client: httpx.Client, path: str) -> None:
    assert client.get(path).json()["status"] == 404
    page = client.get(path, headers=PAGE)
    assert page.status_code == 404 or path.endswith(".ttl")
    assert "<script>" not in page.text


def test_no_acceptable_form_is_said(client: httpx.Client) -> None:
    response = client.get(f"/id/{REQUIREMENT}", headers={"Accept": "image/png"})
    assert (response.status_code, response.headers["content-type"]) == (406, "application/problem+json")


def test_the_ontology_has_a_page_per_word_in_two_languages(client: httpx.Client) -> None:
    norwegian = html.fromstring(client.get("/ns", headers=PAGE).content)
    english = html.fromstring(client.get("/ns?lang=en", headers=PAGE).content)
    assert norwegian.get("lang") == "nb" and english.get("lang") == "en"
    assert norwegian.xpath("//*[@id='Claim']//a/@href") == ["/ns/Claim?lang=nb"]
    word = html.fromstring(client.get("/ns/Citation?lang=en", headers=PAGE).content)
    assert word.findtext(".//h1") == "citation"
    assert html.fromstring(client.get("/ns/Citation", headers=PAGE).content).findtext(".//h1") == "henvisning"
    said = triples(client.get("/ns"))
    assert {str(triple.subject).strip("<>").removeprefix(NS) for triple in said} >= {"Claim", "evidence", "Covers"}
    assert {str(triple.subject) for triple in triples(client.get("/ns/Claim.ttl"))} == {f"<{NS}Claim>"}


def test_everything_read_can_be_browsed_from_one_page(client: httpx.Client) -> None:
    links = html.fromstring(client.get("/id/", headers=PAGE).content).xpath("//main//a/@href")
    assert f"/id/{REQUIREMENT}" in links
    assert any(link.startswith("/id/doc/") for link in links)
    assert any(link.startswith("/id/lov/") for link in links)
    response = client.get("/id/", headers={"Accept": "text/turtle"})
    assert (response.status_code, response.headers["location"].endswith("/.well-known/void")) == (303, True)


def test_another_base_answers_for_everything(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = "https://data.example.no/jus/"
    monkeypatch.setenv("HJEMMEL_BASE", base)
    with served(endpoint.app(lambda: store)) as client:
        said = triples(client.get(f"/jus/{REQUIREMENT}"))
        addresses = {str(node) for triple in said for node in (triple.subject, triple.object)}
        assert f"<{base}{PROVISION}>" in addresses
        assert not [address for address in addresses if address.startswith(f"<{BASE}")]
        query = f"SELECT ?o WHERE {{ <{base}{REQUIREMENT}> hj:legalBasis ?o . id:requirement\\/6-2-13 ?p ?o }}"
        rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
        assert rows[0]["o"]["value"] == f"{base}{PROVISION}"
        page = html.fromstring(client.get(f"/jus/{REQUIREMENT}", headers=PAGE).content)
        assert f"/jus/{PROVISION}" in page.xpath("//main//a/@href")
        assert f"/jus/{REQUIREMENT}" in html.fromstring(client.get("/jus/", headers=PAGE).content).xpath("//a/@href")
        assert base in client.get("/.well-known/void").text


def test_a_base_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from hjemmel.endpoint.data import base
    from hjemmel.snapshot import StoreError

    for wrong in ("data.example.no", "https://data.example.no/", "https://data.example.no/id", "file:///id/"):
        monkeypatch.setenv("HJEMMEL_BASE", wrong)
        with pytest.raises(StoreError, match="HJEMMEL_BASE"):
            base()
