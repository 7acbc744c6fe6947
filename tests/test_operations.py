"""Running the endpoint: who may be let in, what is told and written down, and how it stops."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from benchmarks.serving import answers, eventually, free_port
from hjemmel import endpoint, service
from hjemmel.endpoint import figures, limits
from hjemmel.endpoint.connection import Connection
from hjemmel.endpoint.engine import Engine
from hjemmel.endpoint.figures import Figures
from hjemmel.endpoint.limits import CONNECTIONS
from hjemmel.publication import publish
from hjemmel.snapshot import StoreError, writing
from tests.serving import PAGE, awaited, served

SLOW = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c < ?f && ?f < ?i && ?i < ?l) }"
)
SECRET = "hemmelig-sporsmal"


def quads(number: int) -> list[ox.Quad]:
    title, graph = ox.NamedNode("http://purl.org/dc/terms/title"), ox.NamedNode("https://w3id.org/hjemmel/id/graph/1")
    return [
        ox.Quad(ox.NamedNode(f"https://w3id.org/hjemmel/id/{n}"), title, ox.Literal(f"{n}"), graph)
        for n in range(number)
    ]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "graph.nq"
    path.write_text("".join(f"{quad} .\n" for quad in quads(200)), encoding="utf-8")
    return path


def test_it_stays_at_home_where_nothing_holds_a_query(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(service, "_locks_in", lambda: False)
    with pytest.raises(StoreError, match=r"^Nothing is served at 0\.0\.0\.0: .* Use --host 127\.0\.0\.1"):
        service.serve(host="0.0.0.0", port=1, data=file, pages=False)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux enforces it")
def test_the_kernel_holds_the_process_that_answers(file: Path) -> None:
    async def confined() -> bool:
        engine = await Engine.start(file, "https://w3id.org/hjemmel/id/", 5)
        await engine.close()
        return engine.confined

    assert awaited(confined())
    assert service._locks_in()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux enforces it")
@pytest.mark.parametrize(
    ("attempt", "allowed"),
    [
        ("socket.socket(socket.AF_UNIX)", False),
        ("socket.socketpair()", False),
        ("os.execv(sys.executable, ['python', '-c', '0'])", False),
        ("open(path, 'w')", False),
        ("open(path, 'a')", False),
        ("open(path + '.new', 'x')", False),
        ("os.unlink(path)", False),
        ("os.rename(path, path + '.new')", False),
        ("os.mkdir(path + '.folder')", False),
        ("os.chmod(path, 0)", False),
        ("os.truncate(path, 0)", False),
        ("os.kill(os.getppid(), 0)", False),
        ("os.fork()", False),
        ("bytearray(1 << 30)", False),
        ("open(path).read()", True),
    ],
)
def test_a_child_can_read_and_do_nothing_else(attempt: str, allowed: bool, file: Path) -> None:
    program = (
        "import os, socket, sys\nfrom ingest.readers.confinement import confine_further, confine_to_reading\n"
        "path = sys.argv[1]\nassert confine_to_reading()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    confine_further(memory=64 << 20, seconds=5)\n"
        f"    try:\n        {attempt}\n"
        "    except (OSError, MemoryError):\n        os._exit(3)\n"
        "    os._exit(0)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(file)], check=False, capture_output=True, timeout=30)
    assert ended.returncode == (0 if allowed else 3), ended.stderr
    assert file.exists()


def test_health_tells_whether_questions_are_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    with served(endpoint.app(lambda: file)) as client:
        assert client.get("/healthz").json()["status"] == "ok"
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path))
    with served(endpoint.app()) as client:
        response = client.get("/healthz")
        assert (response.status_code, response.json()["status"]) == (503, "down")


def test_the_figures_are_for_this_machine_only(file: Path) -> None:
    with served(endpoint.app(lambda: file)) as client:
        client.get("/sparql", params={"query": f"SELECT ('{SECRET}' AS ?x) {{}}"})
        told = client.get("/metrics")
        assert 'hjemmel_requests_total{address="sparql",status="200"} 1' in told.text
        assert SECRET not in told.text
        for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
            assert client.get("/metrics", headers={name: "127.0.0.1"}).status_code == 404


def test_the_log_holds_neither_questions_nor_whole_addresses(caplog: pytest.LogCaptureFixture, file: Path) -> None:
    caplog.set_level(logging.INFO, "hjemmel")
    caplog.set_level(logging.INFO, "uvicorn")
    with served(endpoint.app(lambda: file), proxy_headers=True, forwarded_allow_ips="127.0.0.1") as client:
        asked = {"query": f"SELECT ('{SECRET}' AS ?x) {{}}"}
        client.get("/sparql", params=asked, headers={"X-Forwarded-For": "203.0.113.77"})
        client.get(f"/id/{SECRET}")
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == "hjemmel.access"]
    assert [(line["client"], line["address"], line["status"]) for line in lines] == [
        ("203.0.113.0/24", "sparql", 200),
        ("127.0.0.0/24", "thing", 404),
    ]
    assert SECRET not in caplog.text


def test_the_log_is_written_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        figures.log_requests()
        Figures().count("sparql", "GET\n", 200, 0.01, "198.51.100.9")
        line = json.loads(capsys.readouterr().err)
        assert (line["client"], line["method"], line["ms"]) == ("198.51.100.0/24", "?", 10)
    finally:
        log = logging.getLogger("hjemmel.access")
        log.handlers.clear()
        log.propagate = True
        log.setLevel(logging.NOTSET)


def test_only_a_named_proxy_says_for_whom_it_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not service.guarded()["proxy_headers"]
    monkeypatch.setenv("HJEMMEL_PROXIES", "192.0.2.1")
    assert (service.guarded()["proxy_headers"], service.guarded()["forwarded_allow_ips"]) == (True, "192.0.2.1")


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET /sparql HTTP/1.1\r\nHost: a\r\nX", b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n"],
)
def test_a_client_that_does_not_go_on_is_let_go(begun: bytes, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr("hjemmel.endpoint.connection.READING", 0.3)
    with served(endpoint.app(lambda: file), http=Connection) as client:
        with socket.create_connection(("127.0.0.1", client.base_url.port or 0), timeout=5) as connection:
            connection.sendall(begun)
            with suppress(ConnectionResetError):
                assert connection.recv(1) == b""
        assert client.get("/healthz").status_code == 200
        time.sleep(0.5)  # a connection that waits between two requests is let be
        assert client.get("/healthz").status_code == 200


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr("hjemmel.endpoint.protocol.READING", 0.3)
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK"
    with (
        served(endpoint.app(lambda: file)) as client,
        socket.create_connection(("127.0.0.1", client.base_url.port or 0), timeout=5) as connection,
    ):
        connection.sendall(head)
        assert connection.recv(200).startswith(b"HTTP/1.1 408 ")


def test_an_address_has_its_share_of_connections(file: Path) -> None:
    with served(endpoint.app(lambda: file), http=Connection, proxy_headers=False) as client:
        address = ("127.0.0.1", client.base_url.port or 0)
        many = [socket.create_connection(address, timeout=5) for _ in range(CONNECTIONS)]
        with socket.create_connection(address, timeout=5) as one_more, pytest.raises(ConnectionResetError):
            one_more.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            if one_more.recv(1) == b"":
                raise ConnectionResetError
        for connection in many:
            connection.close()
        assert eventually(lambda: answers(f"{client.base_url}/healthz"))


def test_who_goes_away_stops_the_query(file: Path) -> None:
    with served(endpoint.app(lambda: file, deadline=20)) as client:
        for _ in range(3):  # more than there is room for in the slow lane
            with pytest.raises(httpx.ReadTimeout):
                client.get("/sparql", params={"query": SLOW + f" #{time.monotonic()}"}, timeout=0.6)
            assert eventually(lambda: running(client) == 0)


def test_a_new_snapshot_drops_no_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path))
    with writing(tmp_path):
        publish(tmp_path, quads(5))
    statuses, done = [], threading.Event()
    with served(endpoint.app()) as client:

        def ask() -> None:
            while not done.is_set():
                response = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
                statuses.append((response.status_code, response.json()["results"]["bindings"][0]["n"]["value"]))

        crowd = [threading.Thread(target=ask) for _ in range(2)]
        for each in crowd:
            each.start()
        for number in (5, 6, 7, 8):
            with writing(tmp_path):
                publish(tmp_path, quads(number))
            assert eventually(lambda number=number: (200, str(number)) in statuses)
        done.set()
        for each in crowd:
            each.join()
    assert {status for status, _ in statuses} == {200}
    assert {count for _, count in statuses} == set("5678")


def test_a_snapshot_that_cannot_be_read_leaves_the_old_one_in_use(tmp_path: Path, file: Path) -> None:
    source = [file]
    with served(endpoint.app(lambda: source[0])) as client:
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        source[0] = tmp_path / "broken.nq"
        source[0].write_text("<a", encoding="utf-8")
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_an_engine_that_is_killed_is_started_again(file: Path) -> None:
    with served(endpoint.app(lambda: file)) as client:
        for _ in range(3):
            children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
            engines = [pid for task in children for pid in task.read_text().split() if is_engine(pid)]
            for pid in engines:
                os.kill(int(pid), signal.SIGKILL)
            assert client.get("/sparql", params={"query": "ASK {}"}).status_code in (200, 400)
            assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def running(client: httpx.Client) -> int:
    told = client.get("/metrics").text
    return int(next(line for line in told.splitlines() if line.startswith("hjemmel_running ")).split()[1])


def is_engine(pid: str) -> bool:
    return b"hjemmel.endpoint.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()


def test_it_stops_when_told_to_after_it_has_answered(file: Path, tmp_path: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "hjemmel", "serve", "--data", str(file), "--port", str(port)],
        env={**os.environ, "HJEMMEL_HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
    )
    answered: list[int] = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
        assert eventually(lambda: answers(f"{client.base_url}/healthz"))
        last = threading.Thread(
            target=lambda: answered.append(client.get("/sparql", params={"query": SLOW}).status_code)
        )
        last.start()
        assert eventually(lambda: running(client) == 1)
        server.terminate()
        _, errors = server.communicate(timeout=60)
        last.join()
    assert answered == [504]
    assert b"Traceback" not in errors


def test_a_page_may_fetch_from_nobody_else(file: Path) -> None:
    with served(endpoint.app(lambda: file)) as client:
        policy = client.get("/sparql", headers=PAGE).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        for path in ("/sparql/assets/editor.js", "/sparql/assets/page.css"):
            assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_the_limits_are_told_everywhere(file: Path) -> None:
    with served(endpoint.app(lambda: file, deadline=7)) as client:
        description, page = client.get("/sparql").text, client.get("/sparql", headers=PAGE).text
        docs = (Path(__file__).parents[1] / "docs" / "endpoint.md").read_text(encoding="utf-8")
        for limit in limits.limits(7):
            assert limit.text in description
            assert limit.text in page
        for limit in limits.limits():
            assert limit.text in docs, limit.name
            assert limit.name in docs, limit.name
