"""The endpoint, over real sockets: what the protocol says, whole answers only, and nothing that leaves the machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from starlette.applications import Starlette

from benchmarks.serving import eventually
from hjemmel import endpoint, snapshot
from hjemmel.endpoint.limits import LONGEST_QUERY
from hjemmel.endpoint.negotiation import accepted
from hjemmel.endpoint.pool import Pool, Question
from hjemmel.publication import publish
from hjemmel.snapshot import writing
from hjemmel.sparql import calls_service
from tests.serving import awaited, served

ID = "https://w3id.org/hjemmel/id/"
QUERY = "application/sparql-query"
ROWS = "application/sparql-results+json"
ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
# Some hundred million combinations to sort: far more than any deadline of these tests.
SLOW = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c < ?f && ?f < ?i && ?i < ?l) }"
)


def quad(subject: str, value: str, graph: str) -> ox.Quad:
    title = ox.NamedNode("http://purl.org/dc/terms/title")
    return ox.Quad(ox.NamedNode(ID + subject), title, ox.Literal(value, language="nb"), ox.NamedNode(ID + graph))


QUADS = [quad("a", "Førde", "graph/1"), quad("b", "Nord-Odal", "graph/2")]
MANY = [quad(f"n{number}", str(number), "graph/3") for number in range(300)]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "graph.nq"
    path.write_text("".join(f"{each} .\n" for each in [*QUADS, *MANY]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def client(file: Path) -> Iterator[httpx.Client]:
    with served(endpoint.app(lambda: file, deadline=1.5)) as client:
        yield client


def ask(client: httpx.Client, query: str, **headers: str) -> httpx.Response:
    return client.get(
        "/sparql", params={"query": query}, headers={name.replace("_", "-"): v for name, v in headers.items()}
    )


def count(response: httpx.Response) -> int:
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "GET", "params": {"query": COUNT}},
        {"method": "POST", "data": {"query": COUNT}},
        {"method": "POST", "content": COUNT, "headers": {"Content-Type": f"{QUERY}; charset=utf-8"}},
    ],
    ids=["get", "form", "direct"],
)
def test_a_query_comes_in_three_ways(client: httpx.Client, request_: dict[str, object]) -> None:
    assert count(client.request(url="/sparql", **request_)) == 302  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "accept", "media", "part"),
    [
        (ALL, ROWS, ROWS, '"Førde"'),
        (ALL, "application/sparql-results+xml", "application/sparql-results+xml", ">Førde<"),
        (ALL, "text/csv", "text/csv; charset=utf-8", "Førde"),
        (ALL, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", '"Førde"@nb'),
        (ALL, "*/*", ROWS, "Førde"),
        (ALL, "application/json", ROWS, "Førde"),
        ("ASK { ?s ?p ?o }", "text/csv;q=0.9, application/json;q=0.1", ROWS, "true"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "*/*", "text/turtle; charset=utf-8", '"Førde"@nb'),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", "application/n-triples", '"Førde"@nb .'),
        ("DESCRIBE <https://w3id.org/hjemmel/id/a>", "text/turtle", "text/turtle; charset=utf-8", "Førde"),
        ("SELECT ?o WHERE { id:a dcterms:title ?o }", "text/csv", "text/csv; charset=utf-8", "Førde"),
    ],
)
def test_the_answer_is_what_the_client_accepts(
    client: httpx.Client, query: str, accept: str, media: str, part: str
) -> None:
    response = ask(client, query, Accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (200, media)
    assert part in response.text
    assert int(response.headers["content-length"]) == len(response.content)


@pytest.mark.parametrize(
    ("query", "parameters", "found"),
    [
        (COUNT, {}, 302),
        (COUNT, {"default-graph-uri": f"{ID}graph/1"}, 1),
        (COUNT, {"default-graph-uri": [f"{ID}graph/1", f"{ID}graph/2"]}, 2),
        (COUNT, {"named-graph-uri": f"{ID}graph/1"}, 0),
        (f"SELECT (COUNT(*) AS ?n) FROM <{ID}graph/1> WHERE {{ ?s ?p ?o }}", {}, 1),
        (f"SELECT (COUNT(*) AS ?n) FROM <{ID}graph/3> WHERE {{ ?s ?p ?o }}", {"default-graph-uri": f"{ID}graph/1"}, 1),
        ("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }", {}, 302),
        ("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }", {"named-graph-uri": f"{ID}graph/2"}, 1),
    ],
)
def test_the_request_names_the_dataset_before_the_query_does(
    client: httpx.Client, query: str, parameters: dict[str, str], found: int
) -> None:
    assert count(client.get("/sparql", params={"query": query, **parameters})) == found


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        ({"method": "GET", "params": {"query": "SELECT"}}, 400, "cannot be read as SPARQL"),
        ({"method": "GET", "params": {"named-graph-uri": ID}}, 400, "one parameter named query"),
        ({"method": "GET", "headers": {"Accept": "text/csv"}}, 406, "text/turtle"),
        ({"method": "GET", "params": {"query": [COUNT, COUNT]}}, 400, "there are 2"),
        ({"method": "GET", "params": {"query": "DROP ALL"}}, 400, "cannot be read as SPARQL"),
        ({"method": "POST", "data": {"update": "DROP ALL"}}, 400, "read-only"),
        ({"method": "POST", "content": b"\xff", "headers": {"Content-Type": QUERY}}, 400, "not UTF-8"),
        (
            {
                "method": "POST",
                "content": b"query=%FF",
                "headers": {"Content-Type": "application/x-www-form-urlencoded"},
            },
            400,
            "UTF-8",
        ),
        ({"method": "GET", "params": {"query": COUNT, "default-graph-uri": "not an address"}}, 400, "cannot be run"),
        ({"method": "PUT", "content": "x"}, 405, "can only be asked"),
        ({"method": "DELETE"}, 405, "can only be asked"),
        ({"method": "GET", "params": {"query": COUNT}, "headers": {"Accept": "image/png"}}, 406, "text/csv"),
        ({"method": "GET", "params": {"query": "ASK {}"}, "headers": {"Accept": "text/csv"}}, 406, "json"),
        ({"method": "POST", "content": COUNT + " " * LONGEST_QUERY, "headers": {"Content-Type": QUERY}}, 413, "64 kB"),
        ({"method": "POST", "content": b" " * 10 * LONGEST_QUERY, "headers": {"Content-Type": QUERY}}, 413, "64 kB"),
        (
            {"method": "POST", "content": "DROP ALL", "headers": {"Content-Type": "application/sparql-update"}},
            415,
            "read-only",
        ),
        ({"method": "POST", "content": COUNT, "headers": {"Content-Type": "text/plain"}}, 415, QUERY),
        ({"method": "POST", "content": COUNT}, 415, QUERY),
    ],
)
def test_a_request_that_cannot_be_answered_is_told_why(
    client: httpx.Client, request_: dict[str, object], status: int, said: str
) -> None:
    response = client.request(url="/sparql", **request_)  # type: ignore[arg-type]
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    problem = response.json()
    assert problem["status"] == status
    assert said in problem["detail"]
    if status == 405:
        assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:{port}/>{ ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:{port}/> SELECT * { ?s ?p 1 .SERVICE:x{ ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:{port}/> SELECT * { ?s ?p e:a\\# . SERVICE e:x { ?s ?p ?o } }",
        "PREFIX e: <http://127.0.0.1:{port}/> SELECT * { ?s ?p e:a\\' . SERVICE e:x { ?s ?p 'a' } }",
        "SELECT * { ?s ?p '''a''' . SERVICE <http://127.0.0.1:{port}/> { ?s ?p ''' ''' } }",
        "SELECT * { FILTER(1<2) SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } FILTER(2>1) }",
        "SELECT * FROM <http://127.0.0.1:{port}/> { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:{port}/>",
    ],
)
def test_no_query_reaches_another_server(client: httpx.Client, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        response = ask(client, query.replace("{port}", str(listener.getsockname()[1])))
        if "FROM" not in query:
            assert response.status_code == 400
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE' } # SERVICE",
        'SELECT * { <http://example.org/SERVICE> ?p """a " SERVICE""" }',
        "PREFIX e: <http://e/> SELECT * { e:service e:a.SERVICE 'a\\'SERVICE'@no-SERVICE }",
    ],
)
def test_the_word_service_is_allowed_where_it_means_nothing(query: str) -> None:
    assert not calls_service(query)


def test_a_query_past_its_deadline_is_stopped_and_the_next_one_answered(client: httpx.Client) -> None:
    response = ask(client, SLOW)
    assert response.status_code == 504
    assert "more than 1.5 s" in response.json()["detail"]
    assert count(ask(client, COUNT)) == 302


def test_a_query_that_ends_its_process_does_not_end_the_server(client: httpx.Client) -> None:
    response = client.post("/sparql", data={"query": "SELECT (" + "!" * 60_000 + "true AS ?x) {}"})
    assert (response.status_code, response.json()["limit"]) == (400, "nesting")
    assert count(ask(client, COUNT)) == 302


def test_too_many_queries_at_once_are_told_to_come_back(client: httpx.Client) -> None:
    with ThreadPoolExecutor(14) as crowd:
        statuses = sorted(response.status_code for response in crowd.map(lambda _: ask(client, SLOW), range(14)))
    assert set(statuses) == {429, 504}
    assert count(ask(client, COUNT)) == 302


def test_the_endpoint_describes_itself_when_nothing_is_asked(client: httpx.Client) -> None:
    response = client.get("/sparql")
    said = {str(each.predicate) for each in ox.parse(response.content, format=ox.RdfFormat.TURTLE)}
    assert "<http://www.w3.org/ns/sparql-service-description#endpoint>" in said
    assert f"{client.base_url}/sparql" in response.text


def test_head_and_options_are_answered(client: httpx.Client) -> None:
    assert client.options("/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    response = client.head("/sparql", params={"query": COUNT})
    assert (response.status_code, response.content) == (200, b"")


def test_a_new_snapshot_is_picked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path))
    with served(endpoint.app()) as client:
        response = ask(client, COUNT)
        assert response.status_code == 503
        assert "hjemmel build" in response.json()["detail"]
        for quads in (QUADS[:1], QUADS):
            with writing(tmp_path):
                publish(tmp_path, quads)
            assert count(ask(client, COUNT)) == len(quads)


def test_a_large_snapshot_is_asked_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(tmp_path):
        publish(tmp_path, QUADS)
    path = snapshot.current(tmp_path)
    assert path is not None
    monkeypatch.setattr(snapshot, "MOST_QUADS_IN_MEMORY", 1)
    with pytest.raises(RuntimeError, match="read-write"):
        snapshot.engine(path).add(QUADS[0])


def test_a_store_too_large_for_memory_is_served_from_disk(tmp_path: Path) -> None:
    number = snapshot.MOST_QUADS_IN_MEMORY + 1
    things = (ox.NamedNode(f"{ID}thing/{each}") for each in range(number))
    graph, name = ox.NamedNode(f"{ID}graph/things"), ox.NamedNode("http://purl.org/dc/terms/title")
    with writing(tmp_path):
        publish(tmp_path, (ox.Quad(thing, name, ox.Literal(thing.value * 5), graph) for thing in things))
    path = snapshot.current(tmp_path)
    assert path is not None
    with served(endpoint.app(lambda: path)) as client:
        assert count(ask(client, COUNT)) == number


def test_the_routes_serve_inside_another_application(file: Path) -> None:
    routes, lifespan = endpoint.mount(lambda: file)
    with served(Starlette(routes=routes, lifespan=lifespan)) as client:
        assert count(ask(client, COUNT)) == 302


def test_workers_end_with_their_server_even_in_the_middle_of_a_query(file: Path) -> None:
    code = (
        "import asyncio, sys; from pathlib import Path; from hjemmel.endpoint.pool import Pool, Question\n"
        "async def main():\n"
        "    pool = Pool(lambda: Path(sys.argv[1]), deadline=60)\n"
        "    engine = await pool.start()\n"
        "    child = await engine.child(Question(sys.argv[2], {'rows': 'text/csv'}))\n"
        "    print(engine.process.pid, child.number, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())"
    )
    server = subprocess.Popen([sys.executable, "-c", code, str(file), SLOW], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    workers = [int(word) for word in server.stdout.readline().split()]
    time.sleep(1)
    assert all(running(worker) for worker in workers)
    os.kill(server.pid, signal.SIGKILL)
    server.communicate()
    assert eventually(lambda: not any(running(worker) for worker in workers))


def running(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def test_an_answer_that_is_too_large_is_refused_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hjemmel.endpoint.engine.LARGEST_ANSWER", 1000)

    async def answered() -> None:
        pool = Pool(lambda: file, deadline=10)
        try:
            await pool.answer(Question(ALL, {"rows": ROWS}), "192.0.2.1")
        finally:
            await pool.close()

    with pytest.raises(ValueError, match="add a LIMIT"):
        awaited(answered())


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (None, ROWS),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+xml"),
        ("text/csv;q=0, */*", ROWS),
        ("text/*", "text/csv"),
        ("application/json;q=0.2, text/tab-separated-values;q=0.3", "text/tab-separated-values"),
        ("text/csv;q=much", None),
        ("image/png", None),
    ],
)
def test_quality_values_decide(header: str | None, rows: str | None) -> None:
    assert accepted(header)["rows"] == rows
