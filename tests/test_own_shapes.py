"""A health community's own rules: run on an agreement, with limits, and told apart from the law."""

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from typer.testing import CliRunner, Result

from hjemmel.cli import app
from hjemmel.ownrules import OwnRulesError, own_findings
from hjemmel.subject import Subject, of_file

EXAMPLE = Path(__file__).parent / "fixtures" / "own-shapes"
AGREEMENT = """Samarbeidsavtale mellom Fjellvik kommune og Sykehuset Dalen HF

1. Formål
Partene inngår denne avtalen med hjemmel i hol. § 6-1.

2. Møter
Partene kan møtes når det trengs.
"""
HEAD = """@prefix hj: <https://w3id.org/hjemmel/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix own: <https://example.org/own#> .
"""
CLAUSES = 'own:Rule a sh:NodeShape ; sh:targetClass hj:Clause ; sh:message "Feil."@nb ; '


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("draft") / "utkast.txt"
    path.write_text(AGREEMENT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def about(draft: Path) -> Subject:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HJEMMEL_HOME", str(draft.parent / "home"))
        return of_file(draft)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    return tmp_path / "rules"


def written(rules: Path, text: str) -> Path:
    (rules / "regler.ttl").write_text(HEAD + text, encoding="utf-8")
    return rules


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def answered(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_own_rules_are_told_apart_with_quote_and_source(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(draft.parent / "home"))
    found = answered("check", str(draft), "--shapes", str(EXAMPLE))
    told = {one["rule"].rpartition("#")[2]: one for one in found["own"]}
    assert set(told) == {"SaysHowItIsReviewed", "IsPlain"}
    assert (told["SaysHowItIsReviewed"]["source"], told["SaysHowItIsReviewed"]["severity"]) == (
        "6-5:gjennomgang", "warning",
    )  # fmt: skip
    plain = told["IsPlain"]
    assert (plain["source"], plain["file"]) == ("malen, punkt 3", "example.ttl")
    words = plain["evidence"]
    assert AGREEMENT[words["start"] : words["end"]] == words["quote"] == "Partene kan møtes når det trengs."
    assert {one["requirement"] for one in found["findings"]} == {
        one["requirement"] for one in answered("check", str(draft))["findings"]
    }


def test_own_rules_have_a_group_of_their_own_in_a_report(
    draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(draft.parent / "home"))
    out = tmp_path / "rapport.docx"
    assert run("check", str(draft), "--shapes", str(EXAMPLE), "--out", str(out)).exit_code == 0
    paper = docx.Document(str(out))
    assert "Egne regler" in [paragraph.text for paragraph in paper.paragraphs]
    assert any("Malen vår bruker «skal»" in cell.text for table in paper.tables for cell in table.columns[0].cells)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("own:Rule a sh:NodeShape ;\n  sh:targetClass hj:Clause .\nown:Rule sh:message [ .\n", r"regler\.ttl, line \d"),
        ("own:Rule a sh:NodeShape ; sh:targetClass hj:Clause ; sh:minCounts 1 .", "sh:minCounts, and there is no such"),
        ("own:Rule a sh:NodeShape ; sh:targetClass hj:Clause ; sh:closed true .", "own#Rule has no sh:message"),
        (
            "own:Rule a sh:NodeShape ; sh:targetClass hj:Clause ; sh:property own:Part .\n"
            "own:Part sh:path hj:title ; sh:minCount 1 .",
            "own#Part has no sh:message",
        ),
        (CLAUSES + "sh:js [ sh:jsFunctionName 'f' ] .", "uses sh:js"),
        (CLAUSES + "sh:sparql [ sh:select 'SELECT * FROM <file:///etc/passwd> {}' ] .", "uses sh:s"),
        (CLAUSES + "sh:rule [ a sh:TripleRule ] .", "uses sh:rule"),
        (CLAUSES + "sh:property [ sh:path 7 ; sh:minCount 1 ; sh:message 'x' ] .", "cannot be run"),
    ],
)
def test_rules_that_cannot_be_used_are_refused_with_a_sentence(
    rules: Path, about: Subject, text: str, said: str
) -> None:
    with pytest.raises(OwnRulesError, match=said):
        own_findings(written(rules, text), about)


def test_a_broken_rule_is_bad_use_of_the_command(rules: Path, draft: Path) -> None:
    refused = run("check", str(draft), "--shapes", str(written(rules, "own:Rule a\n")))
    assert (refused.exit_code, "regler.ttl, line" in refused.stderr) == (2, True)


@pytest.mark.parametrize("folder", [None, "nowhere"])
def test_a_folder_without_rules_is_refused(rules: Path, about: Subject, folder: str | None) -> None:
    with pytest.raises(OwnRulesError, match="no file of rules"):
        own_findings(rules / folder if folder else rules, about)


def test_imports_are_left_alone(rules: Path, about: Subject) -> None:
    text = "<https://example.org/own> owl:imports <http://127.0.0.1:9/x.ttl> .\n"
    assert (
        own_findings(
            written(rules, text + CLAUSES + "sh:property [ sh:path hj:text ; sh:minCount 1 ; sh:message 'x' ] ."), about
        )
        == ()
    )


def test_rules_that_never_end_are_stopped(rules: Path, about: Subject) -> None:
    pattern = """sh:property [ sh:path hj:storedText ; sh:pattern "^(([a-zæøå ]|[^#])+)+#$" ; sh:message "x" ] ."""
    text = 'own:Rule a sh:NodeShape ; sh:targetClass hj:Document ; sh:message "Feil."@nb ; ' + pattern
    with pytest.raises(OwnRulesError, match="which is the limit"):
        own_findings(written(rules, text), about, seconds=4)


def test_findings_come_in_the_order_of_the_text(rules: Path, about: Subject) -> None:
    text = 'own:Rule a sh:NodeShape ; sh:targetClass hj:Section ; sh:message "Feil."@nb ; sh:nodeKind sh:Literal .'
    starts = [one.evidence.start for one in own_findings(written(rules, text), about) if one.evidence]
    assert len(starts) >= 3
    assert starts == sorted(starts)
