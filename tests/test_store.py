"""The store: whole or not at all, readable while it is rebuilt, and clear about what is wrong with it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from benchmarks import kills
from hjemmel import snapshot
from hjemmel.build import build
from hjemmel.publication import publish
from hjemmel.snapshot import NewerStoreError, StoreError, roll_back, snapshots, writing
from hjemmel.store import QuerySyntaxError, Store, UnknownDocumentError, rdflib_graph
from ingest.document import Document

ID = "https://w3id.org/hjemmel/id/"
NS = "https://w3id.org/hjemmel/ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
EVERYTHING = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"


def quad(subject: str, name: str, value: ox.NamedNode | ox.Literal, graph: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(ID + subject), ox.NamedNode(name), value, ox.NamedNode(f"{ID}graph/{graph}"))


def quads(document: Document) -> Iterator[ox.Quad]:
    """A hand-made reading: the document, one clause with its words, one claim about it."""
    here, graph = f"doc/{document.id}", f"doc/{document.id}"
    yield quad(here, TYPE, ox.NamedNode(NS + "Document"), graph)
    yield quad(here, TYPE, ox.NamedNode(NS + "AgreementVersion"), graph)
    yield quad(here, "http://purl.org/dc/terms/identifier", ox.Literal(document.id), graph)
    yield quad(here, NS + "madeOn", ox.Literal("2024-09-12", datatype=ox.NamedNode(XSD + "date")), graph)
    yield quad(f"{here}/clause/1", NS + "document", ox.NamedNode(ID + here), graph)
    yield quad(f"{here}/clause/1", NS + "order", ox.Literal(1), graph)
    yield quad(f"{here}/clause/1", NS + "text", ox.Literal(document.text), graph)
    yield quad(f"{here}/claim/1", NS + "document", ox.NamedNode(ID + here), f"claims/{document.id}")


def document(name: str, text: str = "Partane skal\nmøtast «ofte».") -> Document:
    return Document(id=name, text=text, title=name, kind="agreement")


AGREEMENTS = (document("nordfjord"), document("sørøya".replace("ø", "o")))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "avtale.txt").write_text("Partane skal møtast.", encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, corpus: Path) -> Path:
    folder = tmp_path / "home"
    build(corpus, folder, documents=AGREEMENTS, read=quads)
    return folder


def now(home: Path) -> Path:
    path = snapshot.current(home)
    assert path is not None
    return path


def master(home: Path) -> bytes:
    """The whole master copy of the current snapshot, as `hjemmel export` writes it."""
    lines = [line for path in (now(home) / "graph").iterdir() for line in path.read_bytes().splitlines(keepends=True)]
    return b"".join(sorted(lines))


def a_part(home: Path) -> Path:
    """One of the files of the master copy."""
    return now(home) / snapshot.part(f"{ID}graph/law")


def test_rows_are_plain_values(home: Path) -> None:
    [row] = Store.open(home).select(
        "PREFIX hj: <https://w3id.org/hjemmel/ns#> SELECT ?document ?made ?order ?text ?nothing WHERE "
        "{ ?document hj:madeOn ?made . ?clause hj:document ?document ; hj:order ?order ; hj:text ?text }",
        {"document": f"{ID}doc/nordfjord"},
    )
    assert row == {
        "document": f"{ID}doc/nordfjord",
        "made": date(2024, 9, 12),
        "order": 1,
        "text": "Partane skal\nmøtast «ofte».",
        "nothing": None,
    }


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        (ox.Literal(13), 13),
        (ox.Literal("0.5", datatype=ox.NamedNode(XSD + "decimal")), 0.5),
        (ox.Literal(True), True),
        (ox.Literal("2022-08-01", datatype=ox.NamedNode(XSD + "date")), date(2022, 8, 1)),
        (ox.Literal("2022-08-01Z", datatype=ox.NamedNode(XSD + "date")), "2022-08-01Z"),
        (ox.Literal("avtale", language="nn"), "avtale"),
        (ox.NamedNode(ID + "doc/a"), ID + "doc/a"),
    ],
)
def test_a_term_becomes_a_value(literal: ox.Literal, expected: object) -> None:
    store = Store.of([ox.Quad(ox.NamedNode(ID), ox.NamedNode(NS), literal, ox.NamedNode(ID))])
    [row] = store.select("SELECT ?o WHERE { ?s ?p ?o }")
    assert row["o"] == expected
    assert type(row["o"]) is type(expected)


def test_the_default_graph_is_the_union_unless_the_query_names_its_own(home: Path) -> None:
    store = Store.open(home)
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    assert store.select(count.format(""))[0]["n"] == store.manifest.quads
    assert store.select(count.format(f"FROM <{ID}graph/claims/nordfjord>"))[0]["n"] == 1


def test_memory_and_disk_give_the_same_rows(home: Path) -> None:
    assert Store.load(home).select(EVERYTHING) == Store.open(home).select(EVERYTHING)


def test_a_document_comes_to_the_shapes_with_what_it_is_judged_by(home: Path) -> None:
    graph = Store.open(home).graph(f"{ID}doc/nordfjord")
    assert (rdflib.URIRef(f"{ID}doc/nordfjord/claim/1"), None, None) in graph
    assert not list(graph.triples((rdflib.URIRef(f"{ID}doc/soroya"), None, None)))
    assert rdflib.Literal("2024-09-12", datatype=rdflib.XSD.date) in set(graph.objects())


def test_an_unknown_document_is_said_to_be_unknown(home: Path) -> None:
    with pytest.raises(UnknownDocumentError, match="hjemmel documents"):
        Store.open(home).document_iri("lofoten")
    with pytest.raises(UnknownDocumentError):
        Store.open(home).graph(f"{ID}doc/lofoten")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * WHERE { ", "cannot be read as SPARQL"),
        ("DELETE WHERE { ?s ?p ?o }", "cannot be read as SPARQL"),
        ("ASK { ?s ?p ?o }", "not a SELECT"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
    ],
)
def test_a_query_that_cannot_be_run_says_why(home: Path, query: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError, match=said):
        Store.open(home).select(query)


def test_yes_or_no_and_statements_are_answers_too(home: Path) -> None:
    store = Store.open(home)
    assert store.ask(f"ASK {{ <{ID}doc/nordfjord> a <{NS}Document> }}")
    assert len(list(store.construct(f"CONSTRUCT WHERE {{ ?s a <{NS}Document> }}"))) == 2
    with pytest.raises(QuerySyntaxError):
        store.ask(EVERYTHING)
    with pytest.raises(QuerySyntaxError):
        store.construct(EVERYTHING)


def test_building_again_gives_the_same_statements_byte_for_byte(home: Path, corpus: Path) -> None:
    first = master(home)
    build(corpus, home, documents=reversed(AGREEMENTS), read=quads, force=True)
    assert master(home) == first
    assert len(snapshots(home)) == 2


def test_the_master_copy_holds_exactly_what_the_store_answers(home: Path) -> None:
    store = Store.open(home)
    assert set(ox.parse(master(home), format=ox.RdfFormat.N_QUADS)) == set(store.quads())
    assert store.manifest.quads == sum(store.manifest.graphs.values())
    assert store.manifest.documents == ("nordfjord", "soroya")


def test_nothing_is_written_when_nothing_has_changed(home: Path, corpus: Path) -> None:
    before = now(home)
    build(corpus, home, documents=AGREEMENTS, read=quads)
    assert now(home) == before
    build(corpus, home, documents=(AGREEMENTS[0], document("soroya", "Partene skal møtes.")), read=quads)
    assert now(home) != before


def test_three_snapshots_are_kept_and_a_reader_keeps_its_own(home: Path, corpus: Path) -> None:
    reader = Store.open(home)
    rows = reader.select(EVERYTHING)
    for number in range(4):
        build(corpus, home, documents=[document(f"avtale-{number}")], read=quads, force=True)
    assert len(snapshots(home)) == snapshot.KEPT
    assert reader.select(EVERYTHING) == rows
    assert list(Store.open(home).documents()) == ["avtale-3"]


def test_going_back_is_moving_the_pointer(home: Path, corpus: Path) -> None:
    build(corpus, home, documents=[document("ny")], read=quads, force=True)
    roll_back(home)
    assert list(Store.open(home).documents()) == ["nordfjord", "soroya"]
    with pytest.raises(StoreError, match="no earlier snapshot"):
        roll_back(home)


def test_a_document_that_cannot_be_read_leaves_the_old_store(home: Path, corpus: Path) -> None:
    def failing(document: Document) -> Iterator[ox.Quad]:
        yield from quads(document)
        raise ValueError("no outline")

    before = now(home)
    with pytest.raises(StoreError, match=r"lofoten could not be read \(ValueError: no outline\)"):
        build(corpus, home, documents=[document("lofoten")], read=failing, force=True)
    assert now(home) == before
    assert list((home / "snapshots").iterdir()) == [before]


def test_a_blank_node_is_refused(home: Path, corpus: Path) -> None:
    def blank(document: Document) -> list[ox.Quad]:
        return [ox.Quad(ox.BlankNode(), ox.NamedNode(NS), ox.Literal(1), ox.NamedNode(f"{ID}{document.id}"))]

    with pytest.raises(StoreError, match="blank node"):
        build(corpus, home, documents=AGREEMENTS, read=blank, force=True)


def test_a_missing_folder_of_documents_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        build(tmp_path / "nowhere", tmp_path / "home")


@pytest.mark.parametrize("number", range(3))
def test_a_flipped_byte_is_found_wherever_it_is(home: Path, number: int) -> None:
    files = sorted(
        (path for path in now(home).rglob("*") if path.is_file() and path.stat().st_size), key=lambda p: p.name
    )
    victim = [a_part(home), now(home) / "manifest.json", next(f for f in files if f.suffix == ".sst")][number]
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    kept = sorted(home.rglob("*"))
    with pytest.raises(StoreError, match=r"damaged.*hjemmel build"):
        Store.open(home)
    assert sorted(home.rglob("*")) == kept


def test_a_missing_file_is_damage(home: Path) -> None:
    (a_part(home)).unlink()
    with pytest.raises(StoreError, match="damaged"):
        Store.open(home)


def test_of_a_large_store_only_what_is_asked_is_checked_before_asking(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "MOST_QUADS_IN_MEMORY", 1)
    a_part(home).write_text("nothing")
    assert Store.open(home).documents()
    with pytest.raises(StoreError, match="damaged"):
        snapshot.verified(now(home))


def test_building_again_mends_a_damaged_store(home: Path, corpus: Path) -> None:
    (a_part(home)).write_text("nothing")
    build(corpus, home, documents=AGREEMENTS, read=quads)
    assert list(Store.open(home).documents()) == ["nordfjord", "soroya"]


def test_going_back_passes_over_a_damaged_snapshot(home: Path, corpus: Path) -> None:
    build(corpus, home, documents=[document("to")], read=quads, force=True)
    (a_part(home)).write_text("nothing")
    build(corpus, home, documents=[document("tre")], read=quads, force=True)
    roll_back(home)
    assert list(Store.open(home).documents()) == ["nordfjord", "soroya"]


def of_format(home: Path, version: int) -> None:
    """Make the current snapshot one that another version of Hjemmel could have written."""
    old = now(home)
    content = json.loads((old / "manifest.json").read_text(encoding="utf-8")) | {"format": version, "software": "9.9"}
    (old / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    name = f"000001-{sha256((old / 'manifest.json').read_bytes()).hexdigest()[:16]}"
    old.rename(old.with_name(name))
    (home / "current").write_text(name)


def test_an_older_format_says_what_to_run_and_building_does_it(home: Path, corpus: Path) -> None:
    of_format(home, 0)
    with pytest.raises(StoreError, match=r"format 0 .*`hjemmel build`.*Nothing has been deleted"):
        Store.open(home)
    build(corpus, home, documents=AGREEMENTS, read=quads)
    assert Store.open(home).documents()


def test_a_newer_format_is_only_replaced_by_force(home: Path, corpus: Path) -> None:
    of_format(home, snapshot.FORMAT + 1)
    for attempt in (lambda: Store.open(home), lambda: build(corpus, home, documents=AGREEMENTS, read=quads)):
        with pytest.raises(NewerStoreError, match=r"newer Hjemmel \(9\.9"):
            attempt()
    build(corpus, home, documents=AGREEMENTS, read=quads, force=True)
    assert Store.open(home).documents()


@pytest.mark.parametrize("content", ["../../etc", "000009-0123456789abcdef", "", "\x00"])
def test_a_pointer_that_names_nothing_is_mended_by_going_back(home: Path, content: str) -> None:
    (home / "current").write_text(content)
    with pytest.raises(StoreError, match=r"names no snapshot.*hjemmel rollback"):
        Store.open(home)
    roll_back(home)
    assert Store.open(home).documents()


def test_a_store_that_cannot_be_written_is_said_so(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be written"):
        build(corpus, tmp_path / "file", documents=AGREEMENTS, read=quads)


def test_a_second_writer_waits_and_then_says_so(home: Path) -> None:
    with writing(home), pytest.raises(StoreError, match="Another process"), writing(home, wait=0.2):
        pass


BUILDER = """
import sys
from pathlib import Path
import pyoxigraph as ox
from hjemmel.publication import publish
from hjemmel.snapshot import writing
home, number, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
node = lambda name: ox.NamedNode("https://example.org/" + name)
with writing(home):
    print("writing", flush=True)
    publish(home, (ox.Quad(node(f"s{row}"), node("p"), ox.Literal(number), node("g")) for row in range(size)))
"""


def builder(home: Path, number: int, size: int) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-c", BUILDER, str(home), str(number), str(size)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("writer", kills.WRITERS)
def test_a_writer_killed_at_any_moment_leaves_a_whole_store(tmp_path: Path, writer: str) -> None:
    """Ten times each here; `python -m benchmarks.kills --count 200` does it more often."""
    kills.survived(tmp_path, writer, count=10, size=5_000)


def test_two_builders_at_once_build_one_after_the_other(tmp_path: Path) -> None:
    both = [builder(tmp_path, number, 5_000) for number in (1, 2)]
    for process in both:
        process.communicate()
        assert process.returncode == 0
    rows = Store.open(tmp_path).select("SELECT ?n WHERE { ?s ?p ?n }")
    assert len(rows) == 5_000
    assert {row["n"] for row in rows} in ({1}, {2})
    assert len(snapshots(tmp_path)) == 2


def test_a_snapshot_can_be_read_from_a_folder_that_cannot_be_written(home: Path) -> None:
    changed = sorted((path, path.stat().st_mtime_ns) for path in now(home).rglob("*"))
    Store.open(home).select(EVERYTHING)
    assert sorted((path, path.stat().st_mtime_ns) for path in now(home).rglob("*")) == changed


def test_a_copied_snapshot_folder_is_a_store(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "copy")
    assert Store.open(tmp_path / "copy").documents() == Store.open(home).documents()


def test_publishing_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[str] = []
    with writing(tmp_path):
        publish(tmp_path, [], progress=lambda step, *_: told.append(step))
    assert told == ["writing", "writing", "checking", "checking"]


def test_values_are_bound_as_what_they_are(home: Path) -> None:
    store = Store.of([ox.Quad(ox.NamedNode(ID), ox.NamedNode(NS), ox.Literal(1), ox.NamedNode(ID))])
    values = {"i": 13, "f": 0.5, "b": True, "d": date(2022, 8, 1), "t": "hol.", "u": f"{ID}lov/1", "n": None}
    [row] = store.select("SELECT ?i ?f ?b ?d ?t ?u ?n WHERE { ?s ?p ?o }", values)
    assert row == values
    [row] = store.select("SELECT ?o WHERE { ?s ?p ?o }", {"o": ox.Literal(1)})
    assert row == {"o": 1}
    assert [len(store.select("SELECT ?s WHERE { ?s ?p ?o }", {"o": number})) for number in (1, 2)] == [1, 0]


def test_the_first_reader_builds_the_store(tmp_path: Path) -> None:
    assert Store.open(tmp_path).documents()
    assert len(snapshots(tmp_path)) == 1


def test_the_store_stands_where_a_users_data_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HJEMMEL_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert snapshot.home().name == "hjemmel"


def test_a_pointer_that_cannot_be_read_is_told_and_mended(home: Path, corpus: Path) -> None:
    (home / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreError, match="cannot be read"):
        Store.open(home)
    build(corpus, home, documents=AGREEMENTS, read=quads)
    assert Store.open(home).documents()


@pytest.mark.parametrize("content", ["[]", '{"format": "one"}', "{", ""])
def test_a_manifest_that_is_none_is_damage(home: Path, content: str) -> None:
    (now(home) / "manifest.json").write_text(content)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(home)


@pytest.mark.parametrize(
    ("name", "content", "said"), [("data.doc", "", "does not end in"), ("data.ttl", "<a>", "cannot be read as")]
)
def test_a_file_that_is_no_rdf_is_told_so(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(StoreError, match=said):
        snapshot.engine(tmp_path / name)


def test_only_addresses_and_literals_come_to_the_shapes() -> None:
    blank = ox.Quad(ox.BlankNode(), ox.NamedNode(NS), ox.Literal(1), ox.NamedNode(ID))
    with pytest.raises(StoreError, match="neither"):
        rdflib_graph([blank])


FULL_DISK = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))
"""


def reviser(home: Path, *, before: str = "") -> "subprocess.Popen[str]":
    """A process that adds a graph of 500 statements to a store."""
    arguments = [sys.executable, "-c", before + kills.WRITERS["revision"], str(home), "7", "500"]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_build_and_a_revision_at_once_are_made_one_after_the_other(tmp_path: Path) -> None:
    builder(tmp_path, 0, 1_000).communicate()
    both = [builder(tmp_path, 1, 20_000), reviser(tmp_path)]
    for process in both:
        process.communicate()
        assert process.returncode == 0
    built = {"https://example.org/g": 20_000}
    assert Store.open(tmp_path).manifest.graphs in (built, built | {kills.GRAPH: 500})


@pytest.mark.parametrize("largest", [1, 4_000, 20_000])
def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path, largest: int) -> None:
    """No file may grow larger than so many bytes, which is what a full disk looks like to a program."""
    builder(tmp_path, 0, 5_000).communicate()
    before, files = Store.open(tmp_path).manifest, sorted(tmp_path.rglob("*"))
    process = reviser(tmp_path, before=FULL_DISK.format(largest))
    _, said = process.communicate()
    assert process.returncode != 0, said
    assert Store.open(tmp_path).manifest == before
    assert sorted(tmp_path.rglob("*")) == files
    reviser(tmp_path).communicate()
    assert Store.open(tmp_path).manifest.quads == 5_500
