"""The command line, as a person and as a program meet it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from typer.testing import CliRunner, Result

from benchmarks.serving import eventually, free_port
from hjemmel import render, snapshot
from hjemmel.cli import app
from queries import Answer
from queries.answer import Searched

COMMANDS = (
    "build", "rollback", "documents", "show", "ask", "queries", "query", "check", "compare", "diff", "similar",
    "network", "path", "cite", "sparql", "export", "serve",
    "review",
)  # fmt: skip
NYNORSK = """Samarbeidsavtale mellom Havdal kommune og Helse Nordstrand HF

1 Føremål
Avtalen er inngått etter helse- og omsorgstenestelova § 6-1.

2 Helsehjelp til psykisk sjuke barn og unge
Partane skal ha felles rutinar for tilvising av barn og unge med psykiske vanskar, jf. § 6-2 nr. 12.

3 Jordmortenester
Kommunen skal ha jordmortenester, og føretaket rettleier jordmødrene.

4 Varigheit
Avtalen trer i kraft 1. mars 2025. Han kan seiast opp med eitt års varsel.
"""
BOKMAL = """Samarbeidsavtale mellom Fjellvik kommune og Sykehuset Dalen HF

1. Formål
Partene inngår denne avtalen med hjemmel i hol. § 6-1.

2. Beredskap
Partene skal ha omforente beredskapsplaner, jf. helse- og omsorgstjenesteloven § 6-2 nr. 11.

3. Oppsigelse
Avtalen kan sies opp med ett års varsel.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that nobody has seen: one agreement in each written language."""
    path = tmp_path_factory.mktemp("corpus")
    entries = []
    for name, text, language, region in (("havdal", NYNORSK, "nn", "fonna"), ("fjellvik", BOKMAL, "nb", "innlandet")):
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
        digest = sha256(text.encode()).hexdigest()
        entries.append(
            f'[[document]]\nid = "{name}"\nfile = "{name}.txt"\ntitle = "Samarbeidsavtale {name}"\nkind = "agreement"\n'
            f'language = "{language}"\nregion = "{region}"\nstatus = "signed"\nmade_on = 2025-03-01\n'
            f'sha256 = "{digest}"\n'
        )
    (path / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("store")
    result = CliRunner().invoke(app, ["build", "--corpus", str(folder)], env={"HJEMMEL_HOME": str(home)})
    assert result.exit_code == 0, result.output
    return home


@pytest.fixture
def home(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HJEMMEL_HOME", str(built))
    return built


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "utkast.txt"
    path.write_text(BOKMAL, encoding="utf-8")
    return path


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=given)


def done(*words: str, given: str | None = None) -> str:
    result = run(*words, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def answered(*words: str, given: str | None = None) -> Any:
    return json.loads(done(*words, "--json", given=given))


def test_help_loads_nothing_heavy_and_names_every_command() -> None:
    program = """
import sys
from hjemmel.cli import app
app(["--help"], standalone_mode=False)
print({"spacy", "streamlit", "rdflib", "pyshacl", "pyoxigraph", "lxml", "networkx", "pandas"} & set(sys.modules))
"""
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.endswith("set()\n")
    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", shown)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example_of_itself(command: str) -> None:
    assert f"hjemmel {command}" in done(command, "--help").split("Examples:")[1]


def test_building_again_says_that_nothing_has_changed(home: Path, folder: Path) -> None:
    facts = answered("build", "--corpus", str(folder))
    assert (facts["changed"], facts["documents"]) == (False, ["havdal", "fjellvik"])
    assert "Nothing has changed" in done("build", "--corpus", str(folder))


def test_going_back_tells_which_snapshot_is_current(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path))
    names = [answered("build", "--corpus", str(folder), "--force")["snapshot"] for _ in range(2)]
    assert answered("rollback") == {"snapshot": names[0]}
    result = run("rollback")
    assert (result.exit_code, "no earlier snapshot" in result.stderr) == (1, True)


def test_documents_are_listed(home: Path) -> None:
    listed = answered("documents")
    assert [(one["id"], one["kind"], one["language"], one["status"], one["made_on"]) for one in listed] == [
        ("fjellvik", "agreement", "nb", "signed", "2025-03-01"),
        ("havdal", "agreement", "nn", "signed", "2025-03-01"),
    ]
    assert "Samarbeidsavtale havdal" in done("documents")


def test_a_document_is_shown_with_every_quote_where_it_stands(home: Path) -> None:
    shown = answered("show", "havdal")
    assert list(shown) == [
        "document",
        "clauses",
        "citations",
        "norms",
        "claims",
        "terms",
        "bodies",
        "decisions",
        "notes",
    ]
    assert set(shown["document"]) >= {"id", "title", "kind", "language", "status", "region", "parties"}
    for part in ("citations", "claims", "terms"):
        assert shown[part]
        assert [one for one in shown[part] if NYNORSK[one["start"] : one["end"]] != one["quote"]] == []
    assert [one for one in shown["clauses"] if NYNORSK[one["start"] : one["end"]] != one["text"]] == []
    assert {"start", "end", "quote", "law", "section", "ledd", "number", "letter"} == set(shown["citations"][0])
    assert ("2011-06-24-30", "6-1") in [(one["law"], one["section"]) for one in shown["citations"]]
    clauses = {one["iri"] for one in shown["clauses"]}
    assert {one["clause"] for one in shown["claims"]} <= clauses


def test_a_file_is_shown_without_a_store(draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path / "none"))
    shown = answered("show", str(draft))
    assert [one["number"] for one in shown["clauses"] if one["number"]] == ["1", "2", "3"]
    assert "6-2:11" in {one["requirement"] for one in shown["claims"]}
    assert "2 Beredskap" in done("show", str(draft))
    assert not (tmp_path / "none").exists()


def test_a_question_tells_how_it_was_understood_and_its_sparql_finds_the_same_rows(home: Path) -> None:
    question = "Hvilke klausuler gjenomfører § 6-2 nr. 11?"
    told = done("ask", question)
    assert "Forstått som: Hvilke bestemmelser gjennomfører et krav?" in told
    assert "«gjenomfører» er lest som «gjennomfører»." in told
    found = answered("ask", question)
    shown = done("ask", question, "--sparql")
    assert shown.strip() == found["sparql"].strip()
    rows = json.loads(done("sparql", shown, "--json"))["results"]["bindings"]
    assert [row["quote"]["value"] for row in rows] == [row["quote"] for row in found["rows"]]


def test_a_question_is_answered_with_its_words(home: Path) -> None:
    found = answered("ask", "Hvilke klausuler gjennomfører § 6-2 nr. 11?")
    assert set(found) >= {
        "question",
        "answered",
        "query",
        "parameters",
        "rows",
        "searched",
        "reason",
        "suggestions",
        "sparql",
    }
    assert found["question"] == "Hvilke klausuler gjennomfører § 6-2 nr. 11?"


def test_a_question_that_is_not_understood_is_declined_with_a_reason(home: Path) -> None:
    found = answered("ask", "Hva koster en liter melk?")
    assert (found["answered"], found["rows"]) == (False, [])
    assert found["reason"] in done("ask", "Hva koster en liter melk?")


def test_a_long_query_is_ended_by_ctrl_c(home: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i) }"
    process = subprocess.Popen([sys.executable, "-m", "hjemmel", "sparql", slow])
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    # By the signal itself in the middle of the query, with its number while the command begins.
    assert process.wait(30) in (-signal.SIGINT, 128 + signal.SIGINT)


def test_queries_are_listed_with_their_parameters(home: Path) -> None:
    listed = {one["name"]: one for one in answered("queries")}
    assert listed["clauses_implementing"]["parameters"]["requirement"]["kind"] == "requirement"
    assert "clauses_implementing" in done("queries", "--lang", "en")


@pytest.mark.parametrize("requirement", ["6-2:11", "6-2-11", "https://w3id.org/hjemmel/id/requirement/6-2-11"])
def test_a_query_takes_what_things_are_called(home: Path, requirement: str) -> None:
    found = answered("query", "clauses_implementing", "--requirement", requirement)
    assert found["parameters"] == {"requirement": "https://w3id.org/hjemmel/id/requirement/6-2-11"}


def test_the_help_of_a_query_is_its_parameters(home: Path) -> None:
    assert "--requirement" in done("query", "clauses_implementing", "--help")


def test_a_draft_is_checked_with_a_finding_for_what_is_missing(draft: Path, home: Path) -> None:
    found = answered("check", str(draft), "--as-of", "2025-03-01")
    assert set(found) == {"document", "as_of", "basis", "findings", "remarks", "summary"}
    assert found["as_of"] == "2025-03-01"
    results = {one["requirement"]: one["result"] for one in found["findings"]}
    assert results["6-2:8"] == "missing"
    assert results["6-2:11"] in ("fulfilled", "partly")
    assert sum(found["summary"].values()) == len(found["findings"])
    for finding in found["findings"]:
        for words in finding["evidence"]:
            assert BOKMAL[words["start"] : words["end"]] == words["quote"]
    assert "✕" in done("check", str(draft))


def test_a_stored_agreement_is_judged_by_the_law_of_its_day(home: Path) -> None:
    assert answered("check", "havdal")["as_of"] == "2025-03-01"


def test_agreements_are_compared_by_topic_and_region(home: Path) -> None:
    found = answered("compare", "--topic", "frister")
    assert [one["id"] for one in found["agreements"]] == ["havdal", "fjellvik"]
    [force] = [one for one in found["substance"] if one["subject"] == "in_force_date"]
    assert [(side["said"], side["values"]) for side in force["sides"]] == [("said", ["2025-03-01"]), ("silent", [])]
    assert "oppfylt" in done("compare", "--requirement", "6-5:oppsigelse", "--region", "fonna")


def test_two_files_are_compared_without_a_store(draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path / "none"))
    later = tmp_path / "senere.txt"
    later.write_text(BOKMAL.replace("ett års", "to års"), encoding="utf-8")
    found = answered("diff", str(draft), str(later))
    assert "termination_notice" in [one["subject"] for one in found["substance"]]
    assert "med [-ett-] {+to+} års varsel" in " ".join(done("diff", str(draft), str(later)).split())
    assert not (tmp_path / "none").exists()


def test_a_clause_shows_how_it_hangs_together_with_the_law_and_with_other_clauses(home: Path) -> None:
    steps = answered("path", "doc/havdal/clause/2", "hol. § 6-2")["steps"]
    assert "§ 6-2 nr. 12" in [step["words"]["quote"] for step in steps if step["words"]]
    assert "viser til" in done("path", "doc/havdal/clause/2", "hol. § 6-2 nr. 12")
    assert answered("similar", "doc/havdal/clause/4")[0]["clause"]["iri"].endswith("/fjellvik/clause/3")
    assert "fjellvik" in done("similar", "doc/havdal/clause/4")


def test_the_network_tells_what_stands_alone(home: Path) -> None:
    found = answered("network", "--document", "havdal")
    assert "requirement/6-2-13" in " ".join(one["iri"] for one in found["orphan_requirements"])
    assert "weightiest" in done("network")


def test_citations_are_found_in_any_text(tmp_path: Path) -> None:
    [found] = answered("cite", "jf. sphl. § 2-1e")["citations"]
    assert (found["quote"], found["law"], found["section"]) == ("sphl. § 2-1e", "1999-07-02-61", "2-1 e")
    (tmp_path / "brev.txt").write_text("etter hol. § 6-1", encoding="utf-8")
    assert "6-1" in done("cite", str(tmp_path / "brev.txt"))


@pytest.mark.parametrize(
    "act", ["2011-06-24-30", "lov/2011-06-24-30", "LOV-2011-06-24-30", "hol.", "helse- og omsorgstenestelova"]
)
def test_a_text_can_be_said_to_be_of_an_act(act: str) -> None:
    [found] = answered("cite", "Etter § 6-1 skal", "--act", act)["citations"]
    assert (found["law"], found["section"]) == ("2011-06-24-30", "6-1")


def test_texts_come_one_to_a_line() -> None:
    given = '{"text": "hol. § 6-1"}\n\n{"text": "§ 2-1 e", "act": "1999-07-02-61"}\n'
    lines = [json.loads(line)["citations"] for line in done("cite", "--jsonl", given=given).splitlines()]
    assert [[found["section"] for found in line] for line in lines] == [["6-1"], ["2-1 e"]]


def test_sparql_is_answered_in_the_form_of_its_kind(home: Path, tmp_path: Path) -> None:
    query = "SELECT ?id WHERE { ?d a hj:Document ; dcterms:identifier ?id } ORDER BY ?id"
    assert done("sparql", query).splitlines() == ["id", "fjellvik", "havdal"]
    (tmp_path / "query.rq").write_text(query, encoding="utf-8")
    rows = answered("sparql", str(tmp_path / "query.rq"))["results"]["bindings"]
    assert [row["id"]["value"] for row in rows] == ["fjellvik", "havdal"]
    assert done("sparql", "-", given="ASK { ?s a hj:Document }") == "yes\n"
    assert answered("sparql", "ASK { ?s a hj:Nothing }")["boolean"] is False
    assert "hj:Document" in done("sparql", "CONSTRUCT { ?d a hj:Document } WHERE { ?d a hj:Document }")
    assert len(answered("sparql", "CONSTRUCT { ?d a hj:Document } WHERE { ?d a hj:Document }")) == 2


def test_the_whole_graph_is_exported_as_its_master_copy(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.nq"
    assert answered("export", "--format", "nq", "--out", str(out))["statements"] > 100
    path = snapshot.current(home)
    assert path is not None
    parts = [part.read_bytes() for part in (path / "graph").iterdir()]
    assert out.read_bytes() == b"".join(sorted(line for part in parts for line in part.splitlines(keepends=True)))


def test_one_document_is_exported_alone(home: Path) -> None:
    text = done("export", "--format", "ttl", "--document", "havdal")
    subjects = {str(quad.subject) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    assert all("doc/havdal" in subject for subject in subjects)


def test_the_first_question_builds_the_store(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "hjemmel", "documents", "--json"]
    result = subprocess.run(
        words, capture_output=True, text=True, check=True, env=os.environ | {"HJEMMEL_HOME": str(tmp_path)}
    )
    assert len(json.loads(result.stdout)) >= 5
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nonsense"], 2, "No such command"),
        (["show"], 2, "hjemmel show --help"),
        (["show", "lofoten"], 2, "hjemmel documents"),
        (["show", "nowhere/utkast.txt"], 2, "no file nowhere/utkast.txt"),
        (["check", "utkast.docx"], 2, "no file utkast.docx"),
        (["check", "havdal", "--as-of", "yesterday"], 2, "2024-09-12"),
        (["export", "--format", "pdf"], 2, "hjemmel export --help"),
        (["export", "--document", "lofoten"], 2, "hjemmel documents"),
        (["query"], 2, "hjemmel queries"),
        (["query", "clauses_implementin"], 2, "near: clauses_implementing"),
        (["query", "clauses_implementing"], 2, "needs requirement"),
        (["query", "clauses_implementing", "--requirement"], 2, "needs a value"),
        (["query", "clauses_implementing", "--colour", "red"], 2, "takes --requirement"),
        (["query", "clauses_implementing", "--requirement", "6-2:77"], 2, "no requirement called '6-2:77'"),
        (["sparql", "SELECT"], 2, "cannot be read as SPARQL"),
        (["sparql", "missing.rq"], 2, "no file missing.rq"),
        (["sparql", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], 2, "SERVICE is not allowed"),
        (["cite"], 2, "hjemmel cite --help"),
        (["cite", "§ 1", "--act", "tulleloven"], 2, "tulleloven"),
        (["build", "--corpus", "nowhere"], 1, "no folder nowhere"),
        (["serve", "--port", "99999"], 2, "hjemmel serve --help"),
        (["serve", "--data", "missing.nq"], 1, "no file missing.nq"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_use_is_told_in_one_sentence(home: Path, words: list[str], code: int, said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    if words[0] != "serve":
        result = run(*words, "--json")
        assert (result.exit_code, list(json.loads(result.stdout))) == (code, ["error"])


def test_an_export_to_standard_output_is_no_json(home: Path) -> None:
    result = run("export", "--json")
    assert (result.exit_code, "needs --out" in json.loads(result.stdout)["error"]) == (2, True)


def test_lines_that_are_not_json_are_named() -> None:
    result = run("cite", "--jsonl", given='{"text": "hol. § 6-1"}\nnot json\n')
    assert (result.exit_code, "Line 2" in result.stderr) == (2, True)


def test_a_folder_without_a_catalogue_is_a_failed_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path / "home"))
    (tmp_path / "corpus").mkdir()
    result = run("build", "--corpus", str(tmp_path / "corpus"))
    assert (result.exit_code, "catalogue" in result.stderr) == (1, True)


def test_a_damaged_store_is_told_in_one_sentence(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path))
    done("build", "--corpus", str(folder))
    path = snapshot.current(tmp_path)
    assert path is not None
    next((path / "graph").iterdir()).write_text("nothing", encoding="utf-8")
    result = run("documents")
    assert (result.exit_code, "hjemmel build" in result.stderr) == (1, True)


@contextmanager
def served(home: Path, *words: str) -> Iterator[httpx.Client]:
    """A client of `hjemmel serve` in a process of its own, which Ctrl-C ends."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "hjemmel", "serve", "--port", str(port), *words],
        env=os.environ | {"HJEMMEL_HOME": str(home)},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        assert eventually(lambda: listening(port))
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, trust_env=False) as client:
            yield client
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_endpoint_is_served_alone(built: Path) -> None:
    with served(built, "--no-app") as client:
        assert client.get("/").status_code == 404
        found = client.get("/sparql", params={"query": "SELECT ?d WHERE { ?d a hj:Document }"}).json()
        assert len(found["results"]["bindings"]) == 2


def test_the_pages_and_the_endpoint_are_served_at_one_port(built: Path) -> None:
    with served(built) as client:
        assert "<html" in client.get("/").text
        assert client.get("/sparql", params={"query": "ASK { ?d a hj:Document }"}).json()["boolean"] is True


def test_any_file_of_rdf_is_served(built: Path, tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("<https://example.org/a> <https://example.org/b> 13 .", encoding="utf-8")
    with served(built, "--data", str(tmp_path / "data.ttl")) as client:
        found = client.get("/sparql", params={"query": "SELECT ?o { ?s ?p ?o }"}, headers={"Accept": "text/csv"})
        assert found.text.splitlines() == ["o", "13"]


def test_a_port_in_use_is_named(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--no-app", "--port", str(taken.getsockname()[1]))
    assert (result.exit_code, "choose another --port" in result.stderr) == (1, True)


def test_a_table_is_drawn_for_a_person_and_tabbed_for_a_program(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"id": "havdal", "text": "Partane\nskal [bold]", "missing": None}]
    render.table(rows, ["id", "text", "missing"])
    assert capsys.readouterr().out == "id\ttext\tmissing\nhavdal\tPartane skal [bold]\t\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    render.table(rows, ["id", "text", "missing"])
    assert "skal [bold]" in capsys.readouterr().out


def test_a_build_shows_how_far_it_is_only_where_somebody_sees_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with render.progress_bar() as progress:
        progress("reading havdal", 1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with render.progress_bar() as progress:
        progress("reading havdal", 1, 2)
    assert "reading havdal" in capsys.readouterr().err


def test_an_answer_is_told_with_its_words_and_its_gaps() -> None:
    rows = (
        {
            "region": "Havdal",
            "document": "Avtale",
            "clause": "4",
            "place": "kap. 4",
            "quote": "Partane skal  møtast.",
            "iri": "https://e/1",
        },
        {"region": None, "document": None, "clause": None, "quote": None, "iri": "https://e/2", "label": "jordmor"},
    )
    searched = (
        Searched("Fjellvik", None, "Avtale", "https://e/3", "none", "Fant ingen bestemmelse.", ({**rows[0]},)),
        Searched(None, None, "Utdrag", "https://e/4", "not_assessable", "Resten mangler."),
        Searched("Havdal", None, "Avtale", "https://e/5", "found", ""),
    )
    told = render.answer(Answer("?", "nb", "Fant 2.", rows=rows, searched=searched, suggestions=("Hva mangler?",)))
    assert told.splitlines() == [
        "Fant 2.",
        "",
        "    «Partane skal møtast.»",
        "    – Havdal, Avtale, kap. 4",
        "    label: jordmor",
        "✕ Fjellvik, Avtale: Fant ingen bestemmelse.",
        "    «Partane skal møtast.»",
        "    – kap. 4",
        "? Utdrag: Resten mangler.",
        "  · Hva mangler?",
    ]


def test_the_rows_of_a_query_are_printed_under_their_columns(home: Path) -> None:
    first, *rows = done("query", "clauses_implementing", "--requirement", "6-2:11").splitlines()
    assert "quote" in first.split("\t")
    assert any("beredskapsplaner" in row for row in rows)


def test_a_file_that_cannot_be_written_is_named(home: Path, tmp_path: Path) -> None:
    result = run("export", "--out", str(tmp_path / "nowhere" / "graph.nq"))
    assert (result.exit_code, "graph.nq" in result.stderr, "No such file" in result.stderr) == (1, True, True)


def test_a_query_in_another_encoding_is_refused(home: Path, tmp_path: Path) -> None:
    (tmp_path / "query.rq").write_bytes("SELECT 'ø'".encode("cp1252"))
    result = run("sparql", str(tmp_path / "query.rq"))
    assert (result.exit_code, "not text in UTF-8" in result.stderr) == (2, True)
