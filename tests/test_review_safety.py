"""Decisions beside everything else that happens to a store: erasures, backups, builds from nothing, a service."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from benchmarks.serving import OXIGRAPH, second_server
from hjemmel.erasure import LIST
from hjemmel.review import decisions
from hjemmel.review.log import LOG
from hjemmel.store import ID, Store
from tests.test_review import MIDWIVES, TEXT, WHO, answered, built, claims, corpus, home, listed, rebuilt, run

__all__ = ["built", "home"]
NAMED = TEXT.replace("Kommunen skal ha jordmortjenester", "Kommunen skal ved Solvang Helsehus ha jordmortjenester")
REVIEWS = f"{ID}graph/reviews"


def told(home: Path | None = None) -> list[str]:
    """The graph of reviews."""
    return sorted(map(str, Store.load(home).quads(REVIEWS)))


def test_a_build_from_nothing_keeps_what_was_decided(home: Path) -> None:
    run("review", "confirm", MIDWIVES, *WHO)
    run("review", "correct", "fjellvik/finding/6-2:4", "--clause", "2", *WHO)
    before, held = told(), claims("confirmed")
    assert len(held) == 2
    assert run("build", "--corpus", str(corpus(home.parent / "corpus")), "--force").exit_code == 0
    assert (told(), claims("confirmed")) == (before, held)
    shutil.rmtree(home / "snapshots")
    (home / "current").unlink()
    rebuilt(home, TEXT)
    assert (told(), claims("confirmed")) == (before, held)


def test_what_is_to_be_erased_is_erased_from_decisions_and_they_hold(home: Path) -> None:
    rebuilt(home, NAMED)
    who = ("--reason", "Solvang Helsehus har jordmor", "--role", "juridisk rådgiver")
    assert run("review", "confirm", MIDWIVES, *who).exit_code == 0
    (home / LIST).write_text("Solvang Helsehus\n", encoding="utf-8")
    rebuilt(home, NAMED)
    assert listed() == [(1, "confirmed", "in_force")]
    assert MIDWIVES in claims("confirmed")
    shown = (*told(), run("review", "list").output, run("review", "list", "--json").output)
    assert not any("Solvang" in each or "Helsehus" in each for each in shown)
    out = home.parent / "graph.nq"
    assert run("export", "--format", "nq", "--out", str(out)).exit_code == 0
    assert "Solvang" not in out.read_text(encoding="utf-8")


def test_the_log_itself_forgets_when_it_is_told_to(home: Path) -> None:
    rebuilt(home, NAMED)
    run("review", "confirm", MIDWIVES, *WHO)
    run("review", "reject", "fjellvik/finding/6-2:4", *WHO)
    second = (home / LOG).read_bytes().splitlines()[1]
    with (home / LOG).open("ab") as file:
        file.write(b'{"number": 3, "half')
    assert answered("review", "forget") == {"changed": 0}
    (home / LIST).write_text("Solvang Helsehus\n", encoding="utf-8")
    before = decisions(home)
    assert "Solvang" in (home / LOG).read_text(encoding="utf-8")
    assert answered("review", "forget") == {"changed": 1}
    assert "Solvang" not in (home / LOG).read_text(encoding="utf-8")
    assert (home / LOG).read_bytes().splitlines()[1:] == [second]
    assert decisions(home) == before
    assert "0 decisions" in run("review", "forget").output
    (home / LOG).unlink()
    assert answered("review", "forget") == {"changed": 0}


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Ring 90 12 34 56", "a phone number"),
        ("Spør post@eksempel.no", "an e-mail address"),
        ("Født 01810700021", "a national identity number"),
        ("Avtalt med solvang helsehus", "erasure.txt"),
    ],
)
def test_a_reason_with_what_is_private_is_not_taken(home: Path, reason: str, said: str) -> None:
    (home / LIST).write_text("Solvang Helsehus\n", encoding="utf-8")
    result = run("review", "confirm", MIDWIVES, "--reason", reason, "--role", "jurist")
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert reason.rsplit(maxsplit=1)[-1] not in result.output
    assert not decisions(home)


def test_a_backup_has_the_decisions_the_erasures_and_the_shelf(home: Path) -> None:
    run("review", "confirm", MIDWIVES, *WHO)
    paper = home.parent / "delavtale.txt"
    paper.write_text("Delavtale\n\n1. Formål\nPartene skal møtes.\n", encoding="utf-8")
    (home / LIST).write_text("Solvang Helsehus\n", encoding="utf-8")
    rebuilt(home, TEXT)
    added = run("ingest", str(paper), "--kind", "agreement")
    assert added.exit_code == 0, added.output
    before, kept = told(), {name: (home / name).read_bytes() for name in (LOG, LIST)}
    file = str(home.parent / "store.tar.gz")
    assert run("backup", file).exit_code == 0
    shutil.rmtree(home)
    assert run("restore", file).exit_code == 0
    assert {name: (home / name).read_bytes() for name in kept} == kept
    assert told() == before
    assert {one["id"] for one in answered("documents")} == {"fjellvik", "delavtale"}
    assert listed() == [(1, "confirmed", "in_force")]


@pytest.fixture
def service(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if OXIGRAPH is None:
        pytest.skip("there is no second SPARQL server to ask")
    with second_server() as address:
        monkeypatch.setenv("HJEMMEL_STORE", f"{address}/query")
        monkeypatch.setenv("HJEMMEL_STORE_UPDATE", f"{address}/update")
        rebuilt(home, TEXT)
        yield address


def test_a_decision_is_kept_here_and_told_there(home: Path, service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("review", "confirm", MIDWIVES, *WHO).exit_code == 0
    assert told() == told(home)
    assert len(told()) > 5
    assert MIDWIVES in claims("confirmed")
    assert listed() == [(1, "confirmed", "in_force")]
    with monkeypatch.context() as cut_off:
        cut_off.setenv("HJEMMEL_STORE_UPDATE", "http://127.0.0.1:9/update")
        result = run("review", "undo", *WHO)
        assert (result.exit_code, "Decision 2 is kept here" in result.output) == (1, True), result.output
    assert len(decisions(home)) == 2
    # The next command that may write brings the service up to the log.
    assert listed() == [(1, "confirmed", "overtaken"), (2, "withdrawn", "in_force")]
    assert told() == told(home)


def test_a_decision_needs_a_store_here(home: Path, service: str) -> None:
    httpx.get(service)
    shutil.rmtree(home / "snapshots")
    (home / "current").unlink()
    result = run("review", "confirm", MIDWIVES, *WHO)
    assert (result.exit_code, "no store on this machine" in result.output) == (1, True), result.output
    assert not (home / LOG).exists()
