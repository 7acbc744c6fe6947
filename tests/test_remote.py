"""Another SPARQL service in place of the store: a real one, on loopback, gives the answers that the store gives."""

import json
import shutil
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.compare import isomorphic
from typer.testing import CliRunner

from benchmarks.serving import OXIGRAPH, second_server
from hjemmel import mirror, snapshot
from hjemmel.build import build, corpus
from hjemmel.cli import app
from hjemmel.remote import STATE, Remote, RemoteError
from hjemmel.revision import revise
from hjemmel.store import ID, QuerySyntaxError, Store
from queries import catalogue
from queries.answer import answer
from shapes import check

pytestmark = pytest.mark.skipif(OXIGRAPH is None, reason="there is no second SPARQL server to ask")


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with second_server() as address:
        yield address


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    build(corpus(), folder)
    return folder


@pytest.fixture
def named(service: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The environment names the service, and how to write to it."""
    monkeypatch.setenv("HJEMMEL_STORE", f"{service}/query")
    monkeypatch.setenv("HJEMMEL_STORE_UPDATE", f"{service}/update")
    return service


@pytest.fixture
def sent(named: str, home: Path) -> Store:
    """The store of the corpus, sent to the service and opened there."""
    mirror.follow(home)
    return Store.load()


def there(service: str) -> list[str]:
    """Every statement that the service holds, as lines; but for what it says of its state."""
    lines = httpx.get(f"{service}/store", headers={"Accept": "application/n-quads"}).text.splitlines()
    return sorted(line for line in lines if f"<{STATE}>" not in line)


def here(home: Path) -> list[str]:
    return sorted(f"{quad} ." for quad in Store.open(home).quads())


@pytest.mark.parametrize("way", ["update", "graphs"])
def test_a_service_is_given_what_the_snapshot_holds_and_then_only_what_differs(
    named: str, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    if way == "graphs":
        monkeypatch.delenv("HJEMMEL_STORE_UPDATE")
        monkeypatch.setenv("HJEMMEL_STORE_GRAPHS", f"{named}/store")
    httpx.post(f"{named}/update", content="DROP ALL", headers={"Content-Type": "application/sparql-update"})
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    assert mirror.follow(copy) > 5
    assert there(named) == here(copy)
    assert mirror.follow(copy) == 0
    law = f"{ID}graph/law"
    words = list(Store.open(copy).quads(law))[:10]
    revise(copy, {law: words, f"{ID}graph/ny": [ox.Quad(*words[0].triple, ox.NamedNode(f"{ID}graph/ny"))]})
    assert there(named) == here(copy)
    revise(copy, {f"{ID}graph/ny": ()})
    assert there(named) == here(copy)


def test_what_was_lost_there_or_left_there_is_mended(named: str, home: Path, tmp_path: Path) -> None:
    mirror.follow(home)
    update = f"DROP GRAPH <{ID}graph/law>; INSERT DATA {{ GRAPH <{ID}graph/doc/gammel> {{ <a:a> <a:b> <a:c> }} }}"
    httpx.post(f"{named}/update", content=update, headers={"Content-Type": "application/sparql-update"})
    assert mirror.follow(home) == 2
    assert there(named) == here(home)
    (home / "mirror.json").unlink()
    assert mirror.follow(home) > 5
    assert there(named) == here(home)


def test_graphs_of_others_are_left_alone(named: str, home: Path) -> None:
    update = "INSERT DATA { GRAPH <https://example.org/theirs> { <a:a> <a:b> <a:c> } }"
    httpx.post(f"{named}/update", content=update, headers={"Content-Type": "application/sparql-update"})
    mirror.follow(home)
    assert "<a:a> <a:b> <a:c> <https://example.org/theirs> ." in there(named)
    httpx.post(
        f"{named}/update",
        content="DROP GRAPH <https://example.org/theirs>",
        headers={"Content-Type": "application/sparql-update"},
    )


@pytest.mark.parametrize("name", catalogue())
def test_every_question_of_the_catalogue_has_the_same_rows_there(sent: Store, home: Path, name: str) -> None:
    query = catalogue()[name]
    needed = {key: given.example for key, given in query.parameters.items()}
    for values in (needed, {key: value for key, value in needed.items() if not query.parameters[key].optional}):
        assert query.run(sent, **values) == query.run(Store.open(home), **values)


def test_a_sentence_is_answered_and_an_agreement_checked_as_here(sent: Store, home: Path) -> None:
    question = "Hvilke klausuler gjennomfører § 6-2 nr. 13 i alle helsefellesskap?"
    own, day = Store.open(home), date(2024, 9, 12)
    assert answer(question, sent).as_json() == answer(question, own).as_json()
    assert sent.documents() == own.documents()
    iri = own.documents()["ahus-samarbeidsavtale"]
    assert sent.document_graphs(iri) == own.document_graphs(iri)
    assert isomorphic(sent.graph(iri), own.graph(iri))
    assert check(sent.graph(iri), URIRef(iri), as_of=day) == check(own.graph(iri), URIRef(iri), as_of=day)
    assert (sent.manifest.quads, sent.manifest.graphs) == (own.manifest.quads, own.manifest.graphs)
    assert sorted(map(str, sent.quads(f"{ID}graph/law"))) == sorted(map(str, own.quads(f"{ID}graph/law")))


def test_every_kind_of_query_is_answered(sent: Store, home: Path) -> None:
    own = Store.open(home)
    kind = {"kind": "https://w3id.org/hjemmel/ns#AgreementVersion"}
    for store in (sent, own):
        assert len(store.select("SELECT ?d ?kind WHERE { ?d a ?kind }", kind)) == len(
            store.select("SELECT ?d WHERE { ?d a hj:AgreementVersion }")
        )
    assert sent.ask("ASK { ?d a hj:Document }")
    assert not sent.ask("ASK { ?d a hj:Nothing }")
    construct = "CONSTRUCT { ?d dcterms:title ?t } WHERE { ?d a hj:Document ; dcterms:title ?t }"
    assert sorted(map(str, sent.construct(construct))) == sorted(map(str, own.construct(construct)))
    count = f"SELECT (COUNT(*) AS ?n) FROM <{ID}graph/law> WHERE {{ ?s ?p ?o }}"
    assert sent.select(count) == own.select(count)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * WHERE {", "cannot be read as SPARQL"),
        ("DELETE WHERE { ?s ?p ?o }", "cannot be read as SPARQL"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
    ],
)
def test_what_cannot_be_asked_here_is_not_sent(sent: Store, query: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError, match=said):
        sent.select(query)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:9/sparql", "does not answer"),
        ("{service}/nowhere", "answers 404"),
        ("file:///etc/passwd", "must be an address"),
        ("http://name:word@127.0.0.1/sparql", "no password in it"),
    ],
)
def test_a_service_that_cannot_be_asked_is_told_of_in_one_sentence(
    service: str, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.setenv("HJEMMEL_STORE", address.format(service=service))
    with pytest.raises(RemoteError, match=said) as told:
        Store.load().documents()
    assert "word" not in str(told.value).replace("password", "").replace("PASSWORD", "")


def test_a_service_that_is_empty_or_cannot_be_written_says_what_to_set(
    service: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HJEMMEL_STORE", f"{service}/query")
    with pytest.raises(RemoteError, match="HJEMMEL_STORE_UPDATE or HJEMMEL_STORE_GRAPHS"):
        mirror.follow(home)
    httpx.post(f"{service}/update", content="DROP ALL", headers={"Content-Type": "application/sparql-update"})
    with pytest.raises(RemoteError, match="There is no document in"):
        Store.load().select("SELECT ?s WHERE { ?s ?p ?o }")


def test_the_command_line_builds_asks_and_checks_there(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path))

    def answered(*words: str) -> "dict[str, object]":
        result = CliRunner().invoke(app, [*words, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)  # type: ignore[no-any-return]

    answered("build")
    shutil.rmtree(tmp_path / "snapshots")
    (tmp_path / "current").unlink()
    assert len(answered("documents")) == 6
    assert answered("ask", "Hvem godkjenner avtalen for Ahus?")["answered"]
    assert answered("check", "ahus-samarbeidsavtale")["findings"]
    assert answered("show", "ahus-samarbeidsavtale")["clauses"]
    assert snapshot.current(tmp_path) is None


def test_user_and_password_are_sent_and_never_shown() -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        from threading import Thread

        def hear() -> None:
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")

        thread = Thread(target=hear)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/sparql"
        with pytest.raises(RemoteError, match=r"answers 401 Unauthorized\. Set HJEMMEL_STORE_USER") as told:
            Remote(address, user="leser", password="hemmelig").counts()
        thread.join()
    assert b"authorization: basic bgvzzxi6agvtbwvsawc=" in heard[0].lower()
    assert "hemmelig" not in str(told.value)
