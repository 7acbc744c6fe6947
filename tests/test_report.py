"""Reports: the same findings in every format, fit to be attached to a case paper."""

import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pyoxigraph as ox
import pytest
from lxml import html
from rdflib import RDF, SH, BNode, Graph, URIRef
from typer.testing import CliRunner, Result

from hjemmel.cli import app
from hjemmel.judgement import Judgement
from hjemmel.ownrules import OwnFinding
from hjemmel.report import report
from hjemmel.report.docx import write as write_docx
from hjemmel.report.html import write as write_html
from hjemmel.report.xlsx import write as write_xlsx
from hjemmel.store import ID, Store
from ontology import HJ

AGREEMENT = """Samarbeidsavtale mellom Fjellvik kommune og Sykehuset Dalen HF

1. Formål
Partene inngår denne avtalen med hjemmel i hol. § 6-1.

2. Beredskap
Partene skal ha omforente beredskapsplaner, jf. helse- og omsorgstjenesteloven § 6-2 nr. 11.

3. Oppsigelse
Avtalen kan sies opp med tre måneders varsel. <script>alert("x")</script> & co.
"""
FORMATS = ("docx", "xlsx", "html", "ttl", "json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft, the store with the law's words, and a report of each format in bokmål."""
    path = tmp_path_factory.mktemp("reports")
    (path / "utkast.txt").write_text(AGREEMENT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HJEMMEL_HOME", str(path / "home"))
        assert run("build").exit_code == 0
        for form in FORMATS:
            written = run(
                "check", str(path / "utkast.txt"), "--as-of", "2025-03-01", "--out", str(path / f"rapport.{form}")
            )
            assert written.exit_code == 0, written.output
    return path


@pytest.fixture
def told(folder: Path) -> Any:
    return json.loads((folder / "rapport.json").read_text(encoding="utf-8"))


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def text_of(folder: Path, form: str) -> str:
    path = folder / f"rapport.{form}"
    if form == "docx":
        paper = docx.Document(str(path))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        found = "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
    elif form == "xlsx":
        book = openpyxl.load_workbook(path)
        found = "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    else:
        found = html.fromstring(path.read_bytes()).text_content()
    return " ".join(found.split())


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_every_finding_stands_in_the_report_with_its_basis_and_every_quote(folder: Path, told: Any, form: str) -> None:
    text = text_of(folder, form)
    for finding in told["findings"]:
        assert finding["label"] in text
        assert finding["legal_basis"] in text
        if form == "xlsx" or finding["result"] not in ("fulfilled", "not_applicable"):
            assert " ".join(finding["message"].split()) in text
        for words in finding["evidence"]:
            assert AGREEMENT[words["start"] : words["end"]] == words["quote"]
            assert " ".join(words["quote"].split()) in text


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_the_points_of_guidance_stand_under_the_requirement_they_belong_to(folder: Path, told: Any, form: str) -> None:
    text = text_of(folder, form)
    [finding] = [one for one in told["findings"] if one["requirement"] == "6-2:8"]
    points = [" ".join(one["quote"].split()) for one in finding["advice"]]
    assert points
    for words in points:
        after = text.rpartition(f"«{words}»")[0]
        assert after
        if form != "xlsx":
            last = max((one["label"] for one in told["findings"]), key=after.rfind)
            assert last == finding["label"]


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_the_words_of_the_law_stand_in_the_report_of_a_file(folder: Path, form: str) -> None:
    assert "samarbeid om jordmortjenester" in text_of(folder, form)


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_a_report_says_by_what_it_was_made(folder: Path, told: Any, form: str) -> None:
    text = text_of(folder, form)
    for name, value in told["facts"].items():
        shown = f"{date.fromisoformat(value):%d.%m.%Y}" if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value
        assert name in text
        assert form == "xlsx" or shown in text
    assert {"Vurdert etter loven per", "Regler", "Programvare", "Data", "Tekstens kontrollsum"} <= set(told["facts"])


def test_the_summary_counts_every_finding_once(folder: Path, told: Any) -> None:
    assert sum(row["findings"] for row in told["summary"]) == len(told["findings"])
    sheet = openpyxl.load_workbook(folder / "rapport.xlsx")["Sammendrag"]
    rows = [[cell.value for cell in row] for row in sheet]
    assert rows[0] == ["Resultat", "Skal (plikt)", "Bør (anbefaling)", "Kan (adgang)", "Sum"]
    assert rows[-1][0] == "Sum"
    assert rows[-1][-1] == len(told["findings"]) == sum(row[-1] for row in rows[1:-1])


def test_a_conflict_comes_before_a_gap_and_a_gap_before_what_is_in_order(told: Any) -> None:
    groups = [finding["group"] for finding in told["findings"]]
    assert groups[0] == "conflict"
    assert list(dict.fromkeys(groups)) == [group for group in dict.fromkeys(
        ["conflict", "missing", "partly", "should", "information", "not_assessable", "not_applicable", "fulfilled"]
    ) if group in groups]  # fmt: skip


def test_the_word_file_is_a4_with_headings_and_heads_that_are_repeated(folder: Path) -> None:
    paper = docx.Document(str(folder / "rapport.docx"))
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    levels = [paragraph.style.name for paragraph in paper.paragraphs if paragraph.style.name.startswith("Heading")]
    assert {"Heading 1", "Heading 2", "Heading 3"} == set(levels)
    for table in paper.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert "PAGE" in section.footer._element.xml
    assert 'w:lang w:val="nb-NO"' in paper.styles["Normal"].element.xml


def test_the_web_page_is_one_file_that_asks_nothing_and_runs_nothing(folder: Path) -> None:
    page = (folder / "rapport.html").read_bytes()
    tree = html.fromstring(page)
    assert tree.xpath("//script | //link | //img | //iframe | //@src | //@style") == []
    assert "url(" not in page.decode() and "@import" not in page.decode()
    assert "<script>alert" not in page.decode()
    assert tree.get("lang") == "nb"
    assert [heading.tag for heading in tree.xpath("//h1")] == ["h1"]
    assert {link.get("href")[1:] for link in tree.xpath("//a[starts-with(@href, '#')]")} <= set(tree.xpath("//@id"))
    assert all(th.get("scope") for th in tree.xpath("//th"))


def test_dates_are_dates_and_the_head_stays_in_sight(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "rapport.xlsx")
    findings = book["Funn"]
    column = [cell.value for cell in findings[1]].index("Gjelder fra")
    dates = {row[column].value for row in findings.iter_rows(min_row=2) if row[column].value}
    assert {day.date() for day in dates} >= {date(2012, 1, 1), date(2022, 8, 1)}
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for row in sheet for cell in row)


def test_the_validation_report_is_as_shacl_has_it(folder: Path, told: Any) -> None:
    graph = Graph().parse(folder / "rapport.ttl")
    assert not any(isinstance(node, BNode) for triple in graph for node in triple)
    [whole] = graph.subjects(RDF.type, SH.ValidationReport)
    assert str(graph.value(whole, SH.conforms)) == "false"
    results = set(graph.objects(whole, SH.result))
    assert results == set(graph.subjects(RDF.type, SH.ValidationResult))
    amiss = [*told["findings"], *told["remarks"]]
    assert {str(result) for result in results} == {finding["iri"] for finding in amiss if finding["severity"]}
    for result in results:
        for name in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, name))) == 1
        assert graph.value(result, SH.resultSeverity) in (SH.Violation, SH.Warning, SH.Info)
        assert URIRef(str(graph.value(result, SH.sourceConstraintComponent))) in SH
        assert len(list(graph.objects(result, SH.sourceShape))) <= 1
        assert {getattr(message, "language", "") for message in graph.objects(result, SH.resultMessage)} >= {"nb", "en"}
        assert graph.value(result, HJ.reviewState) == HJ.Candidate


@pytest.mark.parametrize(("language", "words"), [("nn", "Manglar, og skal vere med"), ("en", "Missing, and must be")])
def test_a_report_speaks_the_language_that_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(folder / "home"))
    out = folder / f"{language}.html"
    assert run("check", str(folder / "utkast.txt"), "--lang", language, "--out", str(out)).exit_code == 0
    assert words in out.read_text(encoding="utf-8")


WRITERS: dict[str, Callable[..., None]] = {"docx": write_docx, "xlsx": write_xlsx, "html": write_html}


def hostile(words: str) -> Any:
    """A report on an agreement whose title, and an own rule whose message, are these words."""

    def quad(name: str, value: str) -> ox.Quad:
        node = ox.NamedNode(f"{ID}doc/x")
        return ox.Quad(node, ox.NamedNode(name), ox.Literal(value), ox.NamedNode(f"{ID}graph/doc/x"))

    store = Store.of([quad("http://purl.org/dc/terms/title", words), quad(f"{HJ}textDigest", "0")])
    own = OwnFinding(
        rule="https://example.org/r",
        file="r.ttl",
        severity="info",
        message={"": words},
        focus="https://example.org/x",
        component=str(SH.NodeConstraintComponent),
    )
    judgement = Judgement(f"{ID}doc/x", date(2025, 3, 1), "confirmed", ())
    return report(judgement, store, language="nb", snapshot=None, own=(own,))


@pytest.mark.parametrize("words", ["=1+1", "+47", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\tx", "a\x00b\x1b"])
def test_no_cell_is_a_formula_and_no_letter_breaks_a_file(words: str) -> None:
    for write in WRITERS.values():
        write(hostile(words), file := BytesIO())
        if write is write_xlsx:
            book = openpyxl.load_workbook(file)
            assert "\x1b" not in str(book.properties.title)
            cells = [cell for sheet in book for row in sheet for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f"]
            shown = {str(cell.value).strip() for cell in cells}
            assert "".join(letter for letter in words if letter.isprintable()).strip() in shown
            assert "<f>" not in ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
        elif write is write_docx:
            docx.Document(file)


def test_markup_in_a_title_is_shown_and_not_run() -> None:
    write_html(hostile("</style><script>alert(1)</script>"), file := BytesIO())
    assert b"<script>" not in file.getvalue()
    assert "</style><script>" in html.fromstring(file.getvalue()).xpath("string(//h1)")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "docx"), "needs --out"),
        (("--out", "rapport.odt"), "docx|xlsx|html"),
        (("--out", "rapport"), "docx|xlsx|html"),
    ],
)
def test_a_report_that_cannot_be_written_is_refused(folder: Path, words: tuple[str, ...], said: str) -> None:
    refused = run("check", str(folder / "utkast.txt"), *words)
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr


def test_a_decision_stands_in_the_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(folder / "home"))
    document = json.loads(run("documents", "--json").stdout)
    agreement = next(one["id"] for one in document if one["kind"] == "agreement" and not one["missing"])
    found = json.loads(run("check", agreement, "--json").stdout)["findings"]
    first, second = (next(one for one in found if one["result"] == result) for result in ("fulfilled", "missing"))
    for verdict, one in (("confirm", first), ("reject", second)):
        decided = run("review", verdict, one["iri"], "--reason", "Lest i møte", "--role", "kommuneadvokat")
        assert decided.exit_code == 0, decided.output
    out = folder / "rapport.docx"
    assert run("check", agreement, "--out", str(out)).exit_code == 0
    text = text_of(folder, "docx")
    assert f"bekreftet av kommuneadvokat {date.today():%d.%m.%Y}: Lest i møte" in text
    assert "Avvist ved gjennomgang (1)" in text
