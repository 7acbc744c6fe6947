"""The endpoint over a SPARQL service in place of a snapshot: the same answers, under the same limits."""

import shutil
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep

import httpx
import pyoxigraph as ox
import pytest

from benchmarks.serving import OXIGRAPH, second_server
from hjemmel import endpoint, mirror
from hjemmel.endpoint.limits import LARGEST_ANSWER
from hjemmel.remote import Remote
from hjemmel.revision import revise
from hjemmel.snapshot import current
from hjemmel.store import ID, Store
from tests.serving import PAGE, served

pytestmark = [
    pytest.mark.skipif(OXIGRAPH is None, reason="there is no second SPARQL server to ask"),
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork"),
]
JSON = "application/sparql-results+json"
MEDIA = {
    "SELECT ?d ?t WHERE { ?d a hj:Document ; dcterms:title ?t } ORDER BY ?d": (
        JSON,
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ),
    "ASK { ?d a hj:Document }": (JSON, "application/sparql-results+xml"),
    "CONSTRUCT { ?d dcterms:title ?t } WHERE { ?d a hj:Document ; dcterms:title ?t }": (
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
    ),
}


@pytest.fixture(scope="module")
def home(read_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(read_corpus, tmp_path_factory.mktemp("home") / "home", symlinks=True)


@pytest.fixture(scope="module")
def both(home: Path) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Two endpoints: over the snapshot, and over a service that was given it. Nothing of the latter is here."""
    with second_server() as address, pytest.MonkeyPatch.context() as environment:
        environment.setenv("HJEMMEL_HOME", str(home / "nowhere"))
        environment.setenv("HJEMMEL_STORE", f"{address}/query")
        environment.setenv("HJEMMEL_STORE_UPDATE", f"{address}/update")
        mirror.follow(home)
        path = current(home)
        assert path is not None
        with served(endpoint.app(lambda: path)) as own, served(endpoint.app()) as there:
            yield own, there


def meaning(answer: httpx.Response) -> object:
    """What an answer says, whatever the order of statements."""
    media = answer.headers["content-type"].partition(";")[0]
    if form := ox.RdfFormat.from_media_type(media):
        return {quad.triple for quad in ox.parse(answer.content, format=form)}
    return answer.content


@pytest.mark.parametrize(("query", "media"), [(query, media) for query, all_ in MEDIA.items() for media in all_])
def test_every_answer_is_the_same_in_every_form(
    both: tuple[httpx.Client, httpx.Client], query: str, media: str
) -> None:
    own, there = (client.get("/sparql", params={"query": query}, headers={"Accept": media}) for client in both)
    assert (own.status_code, there.status_code) == (200, 200), there.text
    assert own.headers["content-type"] == there.headers["content-type"]
    assert meaning(own) == meaning(there)


@pytest.mark.parametrize(
    "parameters",
    [
        {"query": f"SELECT (COUNT(*) AS ?n) FROM <{ID}graph/law> WHERE {{ ?s ?p ?o }}"},
        {"query": f"SELECT (COUNT(*) AS ?n) FROM NAMED <{ID}graph/law> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"},
        {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "default-graph-uri": f"{ID}graph/law"},
        {"query": "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": f"{ID}graph/law"},
        {"query": "PREFIX hj: <http://purl.org/dc/terms/> SELECT (COUNT(*) AS ?n) WHERE { ?s hj:title ?o }"},
        {"query": "SELECT ?x WHERE { BIND(<#a> AS ?x) FILTER(STRENDS(STR(?x), '/sparql#a')) BIND(1 AS ?y) }"},
    ],
)
def test_graphs_and_prefixes_mean_the_same(both: tuple[httpx.Client, httpx.Client], parameters: dict[str, str]) -> None:
    own, there = (client.post("/sparql", data=parameters, headers={"Accept": JSON}) for client in both)
    assert own.status_code == there.status_code == 200, there.text
    rows = [answer.json()["results"]["bindings"] for answer in (own, there)]
    assert len(rows[0]) == len(rows[1]) == 1
    assert [set(row) for row in rows[0]] == [set(row) for row in rows[1]]
    if "n" in rows[0][0]:
        assert rows[0] == rows[1]


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("doc/ahus-samarbeidsavtale", "text/turtle"),
        ("requirement/6-2-13", "application/n-triples"),
        ("lov/2011-06-24-30", "application/ld+json"),
        ("requirement/6-2-13", PAGE["Accept"]),
        ("doc/ahus-samarbeidsavtale", PAGE["Accept"]),
        ("", PAGE["Accept"]),
    ],
)
def test_every_thing_has_the_same_page_and_statements(
    both: tuple[httpx.Client, httpx.Client], path: str, accept: str
) -> None:
    own, there = (client.get(f"/id/{path}", headers={**PAGE, "Accept": accept}) for client in both)
    assert (own.status_code, there.status_code) == (200, 200), there.text
    pages = [answer.text.replace(str(answer.url.copy_with(path="/")), "/") for answer in (own, there)]
    assert (pages[0] == pages[1]) if accept == PAGE["Accept"] else (meaning(own) == meaning(there))


def test_what_is_not_there_is_not_found_and_what_is_unchanged_is_not_sent(
    both: tuple[httpx.Client, httpx.Client], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hjemmel.remote.NEWS", 0)
    there = both[1]
    assert there.get("/id/doc/nothing", headers={"Accept": "text/turtle"}).status_code == 404
    address = "/id/requirement/6-2-13"
    tag = there.get(address, headers={"Accept": "text/turtle"}).headers["etag"]
    again = {"Accept": "text/turtle", "If-None-Match": tag}
    assert there.get(address, headers=again).status_code == 304
    node = ox.NamedNode(f"{ID}graph/ny")
    revise(home, {node.value: [ox.Quad(node, node, node, node)]})
    assert there.get(address, headers=again).status_code == 200
    assert there.get("/healthz").json()["source"] == getattr(current(home), "name", "")
    revise(home, {node.value: ()})


@pytest.mark.parametrize(
    ("query", "limit"),
    [
        ("SELECT * WHERE {", None),
        ("DROP ALL", None),
        ("LOAD <http://127.0.0.1/x>", None),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", None),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "service"),
        ("SELECT * FROM <http://127.0.0.1/x> { ?s ?p ?o }", "service"),
        ("SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }", "service"),
        ("PREFIX x: <http://127.0.0.1/> SELECT * FROM x:y { ?s ?p ?o }", "service"),
        ("ASK { FILTER(<java:java.lang.System.exit>(1)) }", "service"),
        ("PREFIX f: <bif:> ASK { FILTER(f:file_to_string('/etc/passwd')) }", "service"),
        ("ASK { FILTER(<\\u006Aava:x>(1)) }", "service"),
        ("ASK " + "{" * 200 + "}" * 200, "nesting"),
        ("ASK { " + "?s ?p ?o . " * 1100 + "}", "patterns"),
    ],
)
def test_what_is_refused_here_is_never_sent(
    both: tuple[httpx.Client, httpx.Client], query: str, limit: str | None
) -> None:
    answer = both[1].post("/sparql", data={"query": query})
    assert answer.status_code == 400
    assert answer.json().get("limit") == limit
    outside = both[1].post("/sparql", data={"query": "ASK { }", "default-graph-uri": "http://127.0.0.1/x"})
    assert (outside.status_code, outside.json()["limit"]) == (400, "service")
    assert both[1].post("/sparql", data={"update": "DROP ALL"}).status_code == 400


class Ill(BaseHTTPRequestHandler):
    """A service that says that it is well, until it is asked for rows."""

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        rows = b'{"head":{"vars":["d"]},"results":{"bindings":[{"d":{"type":"uri","value":"a:d"}}]}}'
        known = b"Document" in query
        how = "" if known else query.rpartition(b"urn%3A")[2].partition(b"%3E")[0].decode()
        body = {
            "": b'{"head":{},"boolean":true}' if b"ASK" in query else rows,
            "half": rows[:-30],
            "slow": rows,
            "endless": b" " * (LARGEST_ANSWER + 1),
            "text": b"<html>secret.internal</html>",
        }.get(how, b"")
        self.send_response({"broken": 500, "closed": 403, "unable": 400}.get(how, 200))
        self.send_header("Content-Length", str(len(body) + (100 if how == "cut" else 0)))
        self.end_headers()
        if how == "slow":
            sleep(5)
        try:
            self.wfile.write(body)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    ("how", "status", "said"),
    [
        ("half", 503, "does not answer as it should"),
        ("text", 503, "does not answer as it should"),
        ("cut", 503, "does not answer as it should"),
        ("broken", 503, "does not answer as it should"),
        ("closed", 503, "does not answer as it should"),
        ("unable", 400, "cannot run the query"),
        ("endless", 400, "larger than"),
        ("slow", 504, "took more than"),
    ],
)
def test_an_answer_is_whole_or_an_error_that_tells_nothing_of_the_service(how: str, status: int, said: str) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ill)
    thread = Thread(target=server.serve_forever)
    thread.start()
    service = Remote(f"http://127.0.0.1:{server.server_port}/query", password="hemmelig", user="leser")
    try:
        with served(endpoint.app(lambda: service, deadline=2)) as client:
            answer = client.get("/sparql", params={"query": f"SELECT ?d {{ ?d a <urn:{how}> }}"})
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert (answer.status_code, said in answer.json()["detail"]) == (status, True), answer.text
    assert not any(secret in answer.text for secret in ("secret", str(server.server_port), "hemmelig", "leser"))


def test_a_service_that_is_gone_is_told_of_and_other_names_are_not_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_STORE", "http://127.0.0.1:9/query")
    with served(endpoint.app()) as client:
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 503
        assert client.get("/healthz").status_code == 503
        monkeypatch.setenv("HJEMMEL_BASE", "https://data.example.no/id/")
        assert "HJEMMEL_BASE" in client.get("/sparql", params={"query": "ASK {}"}).json()["detail"]


def test_the_pages_see_what_the_service_was_given_anew(
    both: tuple[httpx.Client, httpx.Client], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hjemmel.pages import shelf

    monkeypatch.setattr("hjemmel.remote.NEWS", 0)
    before, read = shelf.store(), shelf.built()
    assert before is shelf.store()
    assert read == Store.open(home).manifest.built
    assert len(shelf.papers()) == 6
    node = ox.NamedNode(f"{ID}graph/ny")
    revise(home, {node.value: [ox.Quad(node, node, node, node)]})
    after = shelf.store()
    assert after is not before
    assert (node.value in after.manifest.graphs, node.value in before.manifest.graphs) == (True, False)
    revise(home, {node.value: ()})
