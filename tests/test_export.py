"""Exports: the same statements in every format, and the same bytes every time."""

import json
import subprocess
from gzip import decompress
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from typer.testing import CliRunner

from hjemmel import snapshot
from hjemmel.build import build, corpus
from hjemmel.cli import app
from hjemmel.export import FORMATS
from hjemmel.store import Store

ID = "https://w3id.org/hjemmel/id/"
NS = "https://w3id.org/hjemmel/ns#"
DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
PARSED = {
    "nq.gz": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def quad(subject: str, name: str, value: ox.NamedNode | ox.Literal, graph: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(ID + subject), ox.NamedNode(NS + name), value, ox.NamedNode(f"{ID}graph/{graph}"))


QUADS = [
    quad("doc/nordfjord", "storedText", ox.Literal('§ 1\n"Partane"\t\\ skal – møtast\u2028'), "doc/nordfjord"),
    quad("doc/nordfjord", "madeOn", ox.Literal("2024-09-12", datatype=DATE), "doc/nordfjord"),
    quad("doc/nordfjord/clause/1", "order", ox.Literal(1), "doc/nordfjord"),
    quad("doc/nordfjord/clause/1", "title", ox.Literal("Føremål", language="nn"), "doc/nordfjord"),
    quad("doc/nordfjord/clause/1", "implements", ox.NamedNode(f"{ID}requirement/6-2-13"), "claims/nordfjord"),
]


def written(form: str, quads: list[ox.Quad]) -> bytes:
    FORMATS[form](quads, out := BytesIO())
    return decompress(out.getvalue()) if form.endswith(".gz") else out.getvalue()


@pytest.mark.parametrize("form", PARSED)
def test_nothing_is_lost_on_the_way_out_and_in(form: str) -> None:
    back = set(ox.parse(written(form, QUADS), format=PARSED[form]))
    expected = {ox.Quad(*each.triple) for each in QUADS} if form == "ttl" else set(QUADS)
    assert back == expected


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_that_statements_come_in_does_not_matter(form: str) -> None:
    assert written(form, QUADS) == written(form, QUADS[::-1])


def test_turtle_is_written_with_the_prefixes_of_the_ontology() -> None:
    text = written("ttl", QUADS).decode()
    assert text.startswith("@prefix cccev: ")
    assert 'hj:madeOn "2024-09-12"^^xsd:date' in text


def test_n_quads_are_sorted_lines() -> None:
    lines = written("nq", QUADS).split(b"\n")
    assert lines[:-1] == sorted(lines[:-1])
    assert len(lines) == len(QUADS) + 1


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("nq", "nquads"), ("jsonld", "json-ld")])
def test_another_library_reads_the_same_number_of_statements(form: str, name: str) -> None:
    assert len(rdflib.Dataset().parse(data=written(form, QUADS), format=name)) == len(QUADS)


@pytest.mark.parametrize("form", PARSED)
def test_an_empty_graph_is_written_and_read_too(form: str) -> None:
    assert not list(ox.parse(written(form, []), format=PARSED[form]))


def test_compressed_n_quads_are_the_same_bytes_every_time() -> None:
    FORMATS["nq.gz"](QUADS, once := BytesIO())
    FORMATS["nq.gz"](reversed(QUADS), again := BytesIO())
    assert once.getvalue() == again.getvalue()
    assert decompress(once.getvalue()) == written("nq", QUADS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    build(corpus(), folder)
    return folder


@pytest.fixture(autouse=True)
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(home))


def run(*words: str) -> str:
    result = CliRunner().invoke(app, ["export", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_dump_has_its_checksum_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "graph.nq.gz"
    run("--format", "nq.gz", "--out", str(out))
    said = (tmp_path / "graph.nq.gz.sha256").read_text(encoding="utf-8")
    assert said == f"{sha256(out.read_bytes()).hexdigest()}  graph.nq.gz\n"
    subprocess.run(["sha256sum", "--check", "--quiet", "graph.nq.gz.sha256"], cwd=tmp_path, check=True)
    assert len(decompress(out.read_bytes()).splitlines()) == Store.open().manifest.quads


@pytest.mark.parametrize("form", ["ttl", "nq.gz"])
def test_every_document_has_a_file_of_its_own_and_two_dumps_are_alike(tmp_path: Path, form: str) -> None:
    store = Store.open()
    for name in ("one", "two"):
        run("--format", form, "--each", "--out", str(tmp_path / name))
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert files.keys() == {"SHA256SUMS", *(f"{document}.{form}" for document in store.documents())}
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / "one", check=True)
    graphs = [graph for iri in store.documents().values() for graph in store.document_graphs(iri)]
    quads = sum(store.manifest.graphs[graph] for graph in graphs)
    content = [decompress(file) if form == "nq.gz" else file for name, file in files.items() if name != "SHA256SUMS"]
    assert sum(len(list(ox.parse(file, format=PARSED[form]))) for file in content) == quads


@pytest.mark.parametrize(
    "words", [("--format", "nq.gz"), ("--each",), ("--each", "--out", "x", "--document", "ahus-samarbeidsavtale")]
)
def test_what_is_written_to_files_needs_to_be_told_where(words: tuple[str, ...]) -> None:
    assert CliRunner().invoke(app, ["export", *words]).exit_code == 2


def test_a_dump_waits_for_what_is_to_be_erased(home: Path, tmp_path: Path) -> None:
    (home / "erasure.txt").write_text("Kari Nordmann\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["export", "--out", str(tmp_path / "graph.nq")])
    assert (result.exit_code, "hjemmel build" in result.stderr) == (1, True)
    build(corpus(), home)
    assert json.loads(run("--out", str(tmp_path / "graph.nq"), "--json"))["statements"] > 1000
    assert len(snapshot.snapshots(home)) == 1
    (home / "erasure.txt").unlink()
    build(corpus(), home)
