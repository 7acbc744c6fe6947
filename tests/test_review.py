"""People's decisions: kept in a log, told in the graph, found again by their words."""

import json
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner, Result

from hjemmel import snapshot
from hjemmel.cli import app
from hjemmel.review import decisions
from hjemmel.review.decision import LogError, Words
from hjemmel.review.effects import reviewed
from hjemmel.review.log import LOG
from hjemmel.review.place import span, words_at
from hjemmel.store import ID, NS, Store

TEXT = """Samarbeidsavtale mellom Fjellvik kommune og Sykehuset Dalen HF

1. Formål
Partene inngår denne avtalen med hjemmel i hol. § 6-1.

2. Beredskap
Partene skal ha omforente beredskapsplaner, jf. helse- og omsorgstjenesteloven § 6-2 nr. 11.

3. Svangerskapsomsorg
Kommunen skal ha jordmortjenester, jf. § 6-2 nr. 8.

4. Varighet
Avtalen kan sies opp med ett års varsel. Partene møtes hvert år til felles drøfting.
"""
WHO = ("--reason", "Lest og vurdert", "--role", "juridisk rådgiver")
MIDWIVES = "fjellvik/claim/3/6-2-8"


def corpus(folder: Path, text: str = TEXT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "fjellvik.txt").write_text(text, encoding="utf-8")
    (folder / "catalogue.toml").write_text(
        '[[document]]\nid = "fjellvik"\nfile = "fjellvik.txt"\ntitle = "Samarbeidsavtale"\nkind = "agreement"\n'
        'language = "nb"\nregion = "innlandet"\nstatus = "signed"\nmade_on = 2025-03-01\n'
        f'sha256 = "{sha256(text.encode()).hexdigest()}"\n',
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    result = CliRunner().invoke(
        app, ["build", "--corpus", str(corpus(folder / "corpus"))], env={"HJEMMEL_HOME": str(folder / "home")}
    )
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own for each test, by a copy of the one that was built."""
    import shutil

    shutil.copytree(built / "home", tmp_path / "home", symlinks=True)
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def answered(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def rebuilt(home: Path, text: str) -> None:
    assert run("build", "--corpus", str(corpus(home.parent / "corpus", text))).exit_code == 0


def claims(state: str | None = None) -> dict[str, tuple[str, str]]:
    """Requirement and coverage of each claim of the store, or of those in a state, by the end of its address."""
    rows = Store.load().select(
        "SELECT ?claim ?requirement ?coverage ?state WHERE { ?claim a hj:Claim ; hj:reviewState/skos:notation ?state ;"
        " hj:requirement/skos:notation ?requirement ; hj:coverage/skos:notation ?coverage }"
    )
    return {
        str(row["claim"]).removeprefix(f"{ID}doc/"): (str(row["requirement"]), str(row["coverage"]))
        for row in rows
        if state in (None, row["state"])
    }


def implemented() -> set[str]:
    rows = Store.load().select("SELECT ?requirement WHERE { ?clause hj:implements/skos:notation ?requirement }")
    return {str(row["requirement"]) for row in rows}


def listed(*words: str) -> list[tuple[int, str, str]]:
    return [(one["number"], one["decision"], one["standing"]) for one in answered("review", "list", *words)]


def result(requirement: str, *words: str) -> Any:
    [found] = [one for one in answered("check", "fjellvik", *words)["findings"] if one["requirement"] == requirement]
    return found


def test_a_confirmed_claim_is_confirmed_in_the_graph_with_who_and_why(home: Path) -> None:
    assert answered("review", "confirm", MIDWIVES, *WHO)["number"] == 1
    assert MIDWIVES in claims("confirmed")
    [row] = Store.load().select(
        "SELECT ?claim ?decision ?reason ?role ?time ?words WHERE { ?review a hj:Review ; hj:reviews ?claim ;"
        " hj:decision/skos:notation ?decision ; hj:reason ?reason ; hj:reviewerRole/skos:prefLabel ?role ;"
        " prov:endedAtTime ?time ; hj:decidedOnWords ?words }"
    )
    assert row["claim"] == f"{ID}doc/{MIDWIVES}"
    assert (row["decision"], row["reason"], row["role"]) == ("confirmed", "Lest og vurdert", "juridisk rådgiver")
    assert str(row["words"]) in TEXT


@pytest.mark.parametrize("verdict", ["reject", "not-supported"])
def test_a_clause_implements_nothing_by_a_claim_that_was_refused(home: Path, verdict: str) -> None:
    refused = [name for name, (requirement, _) in claims().items() if requirement == "6-2:8"]
    assert "6-2:8" in implemented()
    for name in refused:
        answered("review", verdict, name, *WHO)
    assert "6-2:8" not in implemented()
    assert result("6-2:8")["result"] == "missing"


@pytest.mark.parametrize(
    ("words", "requirement", "coverage", "clause"),
    [
        (("--coverage", "partly"), "6-2:8", "partly", "3"),
        (("--requirement", "6-2:10"), "6-2:10", "covers", "3"),
        (("--clause", "4"), "6-2:8", "covers", "4"),
    ],
)
def test_a_correction_is_a_claim_of_its_own_by_a_role(
    home: Path, words: tuple[str, ...], requirement: str, coverage: str, clause: str
) -> None:
    answered("review", "correct", MIDWIVES, *words, *WHO)
    [(name, facts)] = claims("confirmed").items()
    assert facts == (requirement, coverage)
    assert name.startswith(f"fjellvik/claim/{clause}") and name.endswith("/review-1")
    assert MIDWIVES in claims("corrected")
    [row] = Store.load().select(
        "SELECT ?by ?text ?quote ?start ?end WHERE { ?claim prov:wasRevisionOf ?before ; prov:wasAttributedTo ?by ;"
        " hj:document/hj:storedText ?text ; hj:evidence/oa:hasSelector ?s ."
        " ?s oa:exact ?quote ; oa:start ?start ; oa:end ?end }"
    )
    assert row["by"] == f"{ID}reviewer/juridisk-radgiver"
    assert str(row["text"])[int(str(row["start"])) : int(str(row["end"]))] == row["quote"]


def test_a_finding_of_a_gap_is_corrected_by_the_clause_that_fills_it(home: Path) -> None:
    assert result("6-5:gjennomgang")["result"] == "missing"
    quote = "Partene møtes hvert år til felles drøfting."
    answered("review", "correct", "fjellvik/finding/6-5:gjennomgang", "--clause", "4", "--quote", quote, *WHO)
    found = result("6-5:gjennomgang")
    assert (found["result"], found["review"]["state"], found["review"]["role"]) == (
        "fulfilled", "corrected", "juridisk rådgiver",
    )  # fmt: skip
    assert [words["quote"] for words in found["evidence"]] == [quote]


def test_a_rejected_finding_is_shown_with_the_reason_and_not_counted(home: Path) -> None:
    before = answered("check", "fjellvik")["summary"]["missing"]
    answered("review", "reject", "fjellvik/finding/6-2:4", "--reason", "Står i delavtale 4", "--role", "jurist")
    assert answered("check", "fjellvik")["summary"]["missing"] == before - 1
    assert "rejected: Står i delavtale 4 (jurist" in run("check", "fjellvik").stdout


def test_a_decision_is_withdrawn_by_a_decision(home: Path) -> None:
    answered("review", "reject", MIDWIVES, *WHO)
    answered("review", "confirm", MIDWIVES, *WHO)
    assert listed() == [(1, "rejected", "overtaken"), (2, "confirmed", "in_force")]
    answered("review", "undo", *WHO)
    assert listed()[:2] == [(1, "rejected", "in_force"), (2, "confirmed", "overtaken")]
    assert MIDWIVES in claims("rejected")
    answered("review", "undo", "1", *WHO)
    assert MIDWIVES in claims("candidate")
    assert len(decisions(home)) == 4


MOVED = """Samarbeidsavtale mellom Fjellvik kommune og Sykehuset Dalen HF

1. Bakgrunn
Avtalen bygger på et langt samarbeid.

2. Formål
Partene inngår denne avtalen med hjemmel i hol. § 6-1.

3. Svangerskapsomsorg
Kommunen skal ha jordmortjenester, jf. § 6-2 nr. 8.
"""


def test_decisions_hold_when_the_document_is_read_again_and_everything_has_moved(home: Path) -> None:
    answered("review", "confirm", MIDWIVES, *WHO)
    before = decisions(home)[0].words[0].start
    rebuilt(home, MOVED.replace("3. Svan", "3. Beredskap\nPartene har planer.\n\n4. Svan"))
    [name] = claims("confirmed")
    assert name == MIDWIVES.replace("/3/", "/4/")
    assert listed() == [(1, "confirmed", "in_force")]
    assert answered("review", "list")[0]["target"] == f"{ID}doc/{name}"
    assert MOVED.index("Kommunen skal ha") != before


def test_a_decision_whose_words_are_gone_is_listed_and_holds_again_when_they_are_back(home: Path) -> None:
    answered("review", "reject", MIDWIVES, *WHO)
    rebuilt(home, TEXT.replace("jordmortjenester", "jordmødre"))
    assert listed("--lost") == [(1, "rejected", "lost")]
    assert "jordmortjenester" in answered("review", "list", "--lost")[0]["words"][0]["exact"]
    rebuilt(home, TEXT)
    assert listed("--lost") == []
    assert MIDWIVES in claims("rejected")


def test_what_a_person_confirmed_stands_when_the_machine_claims_it_no_more(home: Path) -> None:
    answered("review", "confirm", MIDWIVES, *WHO)
    quads = [quad for quad in Store.load().quads() if quad.subject != ox.NamedNode(f"{ID}doc/{MIDWIVES}")]
    store = Store.of(reviewed(quads, decisions(home)))
    confirmed = store.select(
        "SELECT ?claim ?by WHERE { ?claim hj:reviewState hj:Confirmed ; prov:wasAttributedTo ?by }"
    )
    assert [(str(row["claim"]).endswith("/6-2-8/review-1"), row["by"]) for row in confirmed] == [
        (True, f"{ID}reviewer/juridisk-radgiver")
    ]


def test_telling_decisions_again_changes_nothing(home: Path) -> None:
    answered("review", "correct", MIDWIVES, "--clause", "4", *WHO)
    answered("review", "confirm", "fjellvik/finding/6-5:oppsigelse", *WHO)
    quads = set(Store.load().quads())
    assert set(reviewed(quads, decisions(home))) == quads
    assert run("build", "--corpus", str(corpus(home.parent / "corpus")), "--force").exit_code == 0
    assert set(Store.load().quads()) == quads


def test_a_kill_between_log_and_graph_loses_no_decision(home: Path) -> None:
    script = (
        "import os, signal, hjemmel.review as review\n"
        "review.bring_up = lambda home: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from hjemmel.cli import app\n"
        f"app(['review', 'confirm', '{MIDWIVES}', '--reason', 'Lest', '--role', 'jurist'])\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert MIDWIVES not in claims("confirmed")
    assert listed() == [(1, "confirmed", "in_force")]
    assert MIDWIVES in claims("confirmed")


def test_people_who_decide_at_once_lose_nothing(home: Path) -> None:
    names = sorted(name for name in claims() if "/6-" in name)[:3]
    words = ("--reason", "Lest", "--role", "jurist")
    started = [
        subprocess.Popen([sys.executable, "-m", "hjemmel", "review", "not-supported", name, *words], stdout=-3)
        for name in names
    ]
    assert [process.wait() for process in started] == [0, 0, 0]
    assert sorted(number for number, *_ in listed()) == [1, 2, 3]
    assert set(claims("not_supported")) == set(names)


def test_a_decision_outlives_the_document_it_was_about(home: Path) -> None:
    answered("review", "confirm", MIDWIVES, *WHO)
    rebuilt(home, TEXT.replace("Varighet", "Oppsigelse"))
    assert MIDWIVES in claims("confirmed")
    catalogue = home.parent / "corpus" / "catalogue.toml"
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace('id = "fjellvik"', 'id = "nordvik"'), "utf-8")
    assert run("build", "--corpus", str(home.parent / "corpus")).exit_code == 0
    assert listed("--lost") == [(1, "confirmed", "lost")]


def test_going_back_to_an_older_snapshot_keeps_the_decisions(home: Path) -> None:
    answered("review", "confirm", MIDWIVES, *WHO)
    assert run("rollback").exit_code == 0
    assert listed() == [(1, "confirmed", "in_force")]
    assert MIDWIVES in claims("confirmed")


def test_half_a_line_that_a_killed_writer_left_is_no_decision(home: Path) -> None:
    answered("review", "confirm", MIDWIVES, *WHO)
    whole = (home / LOG).read_bytes()
    (home / LOG).write_bytes(whole + whole[:200] + "ø".encode()[:1])
    assert len(decisions(home)) == 1
    answered("review", "undo", *WHO)
    assert [one.number for one in decisions(home)] == [1, 2]
    (home / LOG).write_bytes((home / LOG).read_bytes()[:-1])
    answered("review", "confirm", MIDWIVES, *WHO)
    assert [one.verdict for one in decisions(home)] == ["confirmed", "withdrawn", "confirmed"]


def test_a_broken_log_says_which_line(home: Path) -> None:
    (home / LOG).write_text("{}\n", encoding="utf-8")
    with pytest.raises(LogError, match="line 1"):
        decisions(home)
    failed = run("review", "list")
    assert (failed.exit_code, "reviews.jsonl, line 1" in failed.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("confirm", MIDWIVES, "--reason", "x", "--role", "Kari Nordmann"), "person's name"),
        (("confirm", MIDWIVES, "--reason", "x", "--role", "jurist@fjellvik.kommune.no"), "person's name"),
        (("confirm", MIDWIVES, "--reason", " ", "--role", "jurist"), "needs a reason"),
        (("confirm", "fjellvik/claim/99/6-2-8", *WHO), "There is no claim or finding"),
        (("confirm", "fjellvik/finding/6-2:99", *WHO), "no finding"),
        (("correct", MIDWIVES, *WHO), "says what is right"),
        (("correct", MIDWIVES, "--clause", "99", *WHO), "no clause '99'"),
        (("correct", MIDWIVES, "--requirement", "6-9", *WHO), "no requirement '6-9'"),
        (("correct", MIDWIVES, "--quote", "Partene", *WHO), "times"),
        (("correct", "fjellvik/finding/6-2:4", "--coverage", "partly", *WHO), "--clause"),
        (("undo", "7", *WHO), "no such decision"),
        (("undo", *WHO), "no such decision"),
        (("list", "--document", "nordfjord"), "no document"),
    ],
)
def test_a_decision_that_cannot_be_taken_is_refused_with_a_sentence(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    refused = run("review", *words)
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr
    assert decisions(home) == ()


def test_who_is_named_in_a_reason_is_masked(home: Path) -> None:
    taken = answered("review", "confirm", MIDWIVES, "--reason", "Avklart med Kari Nordmann", "--role", "jurist")
    assert taken["reason"] == "Avklart med ████ ████████"
    assert "Nordmann" not in (home / LOG).read_text(encoding="utf-8")


def test_on_confirmed_alone_what_nobody_has_reviewed_is_neither_there_nor_missing(home: Path) -> None:
    answered("review", "confirm", MIDWIVES, *WHO)
    found = answered("check", "fjellvik", "--confirmed")
    results = {one["requirement"]: one["result"] for one in found["findings"]}
    assert found["basis"] == "confirmed"
    assert (results["6-2:8"], results["6-2:11"], results["6-2:4"]) == ("fulfilled", "not_assessable", "missing")
    assert answered("check", "fjellvik")["basis"] == "confirmed and candidates"
    assert "bare det som et menneske har bekreftet" in run("check", "fjellvik", "--confirmed").stdout


def test_a_query_and_a_question_on_confirmed_alone_say_so(home: Path) -> None:
    answered("review", "confirm", MIDWIVES, *WHO)
    for requirement, rows in (("6-2:8", 1), ("6-2:11", 0)):
        found = answered("query", "clauses_implementing", "--requirement", requirement, "--confirmed")
        assert (found["basis"], len(found["rows"])) == ("confirmed", rows)
        asked = answered("ask", f"Hvilke klausuler gjennomfører § 6-2 nr. {requirement[4:]}?", "--confirmed")
        assert (asked["basis"], len(asked["rows"])) == ("confirmed", rows)
    assert "ingen har vurdert" in asked["reason"]
    assert [one["result"] for one in asked["searched"]] == ["not_assessable"]


def test_confirming_a_finding_confirms_what_it_rests_on(home: Path) -> None:
    assert answered("query", "termination_notice", "--confirmed")["rows"] == []
    answered("review", "confirm", "fjellvik/finding/6-5:oppsigelse", *WHO)
    assert [row["value"] for row in answered("query", "termination_notice", "--confirmed")["rows"]] == ["P1Y"]
    assert result("6-5:oppsigelse", "--confirmed")["review"]["state"] == "confirmed"


def test_nobody_has_reviewed_a_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "utkast.txt").write_text(TEXT, encoding="utf-8")
    refused = run("check", str(tmp_path / "utkast.txt"), "--confirmed")
    assert (refused.exit_code, "nobody has reviewed a file" in refused.stderr) == (2, True)


def test_what_is_left_to_review_is_listed(home: Path) -> None:
    before = {one["target"] for one in answered("review", "list", "--open", "--document", "fjellvik")}
    answered("review", "confirm", MIDWIVES, *WHO)
    assert {one["target"] for one in answered("review", "list", "--open")} == before - {f"{ID}doc/{MIDWIVES}"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ansvar: Partene møtes. Formål: Partene møtes. Slutt", 31),  # by what stands around it
        ("x" * 30 + "Partene møtes." + "y" * 30 + "Partene møtes.", 30),  # by the nearest place
        ("Formål: Partene\n\nmøtes. Slutt", 8),  # however the lines are broken
        ("Partene bør møtes.", None),
    ],
)
def test_words_are_found_again(text: str, place: int | None) -> None:
    words = words_at("Innledning som er lengre. Formål: Partene møtes. Slutt", 34, 48)
    assert isinstance(words, Words) and words.exact == "Partene møtes."
    found = span(text, words)
    assert (found and found[0]) == place


def test_reviews_have_a_graph_of_their_own_and_no_nameless_node(home: Path) -> None:
    answered("review", "correct", MIDWIVES, "--clause", "4", *WHO)
    quads = list(Store.load().quads(f"{ID}graph/reviews"))
    assert quads and not any(isinstance(node, ox.BlankNode) for quad in quads for node in quad.triple)
    elsewhere = {quad.triple for quad in Store.load().quads() if quad.graph_name != ox.NamedNode(f"{ID}graph/reviews")}
    assert not elsewhere & {quad.triple for quad in quads}
    kinds = {str(quad.object.value) for quad in quads if quad.predicate.value.endswith("#type")}  # type: ignore[union-attr]
    assert kinds == {f"{NS}Review", f"{NS}ReviewerRole"}
    assert snapshot.current(home) is not None
