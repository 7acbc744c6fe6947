"""What we measure with is right: floors, ratios, limits, and every benchmark runs to its end on something small."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.country.store import stored
from benchmarks.load import load
from benchmarks.pairs import Pairs, figure, paired, paired_with_limit, span, table
from hjemmel import snapshot

ROOT = Path(__file__).parents[1]


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_peer_that_is_half_as_fast_shows_as_such() -> None:
    found = paired("waiting", "a sloth", lambda: time.sleep(0.05), lambda: time.sleep(0.1), clock=time.perf_counter)
    assert 1.5 < found.ratio < 2.5


def test_a_peer_that_takes_too_long_is_stopped_and_counted_as_slower() -> None:
    def never() -> None:
        while True:
            pass

    found = paired_with_limit("counting", "a fool", lambda: None, never, longest=0.2)
    assert found.only_more_than
    assert found.row()[3] == "> 200 ms"


def test_a_peer_with_another_answer_is_told_of() -> None:
    assert paired_with_limit("counting", "a fool", lambda: 3, lambda: 4, longest=1).peer.endswith(
        "which answers otherwise"
    )
    assert paired_with_limit("counting", "a sage", lambda: 3, lambda: 3, longest=1).peer == "a sage"


def test_a_peer_that_fails_is_no_result(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="could not do its work"):
        paired_with_limit("dividing", "a fool", lambda: None, lambda: 1 // 0, longest=1)
    assert "ZeroDivisionError" in capfd.readouterr().err


@pytest.mark.parametrize(("theirs", "floor"), [(2.0, "≥ 1.5"), (1.0, "≥ 1.5 **not held**")])
def test_a_floor_that_does_not_hold_is_told(theirs: float, floor: str) -> None:
    found = Pairs("a", "b", (1.0, 1.0), (theirs, theirs), least=1.5)
    assert found.row()[-1] == floor
    assert found.held is (theirs == 2.0)


def test_figures_are_written_with_the_digits_that_mean_something() -> None:
    assert [figure(0.351), figure(8.25), figure(1234.5)] == ["0.35", "8.2", "1,234"]
    assert [span(0.00123), span(0.25), span(12.34)] == ["1.2 ms", "250 ms", "12.3 s"]
    assert table(("a", "b"), [("1", "long")]) == "| a | b    |\n|---|------|\n| 1 | long |"


def test_the_table_of_peers_has_a_line_for_everything_that_is_promised() -> None:
    told = run("benchmarks.peers", "--documents", "2", "--runs", "1", "--queries", "clauses_implementing").stdout
    for what in ("reading", "building", "checking", "asking, 1 queries", "clauses_implementing"):
        assert f"| {what}" in told
    for peer in (
        "spaCy's bare tokeniser",
        "bare bulk load",
        "pySHACL on rdflib",
        "bare pyoxigraph",
        "oxrdflib",
        "rdflib",
    ):
        assert f" {peer} " in told
    assert re.search(r"2 documents, [\d,]+ statements; \d{4}-\d\d-\d\d; \d+ cores", told)


def test_many_checks_are_measured_by_one_process_and_by_several() -> None:
    told = run("benchmarks.checking", "--documents", "4", "--runs", "1").stdout
    assert [line.split()[1] for line in told.splitlines()[2:]] == ["1", "2", "4"]


def test_growth_is_measured_size_by_size() -> None:
    told = run("benchmarks.growth", "--documents", "1", "2", "--queries", "bodies", "termination_notice").stdout
    assert len(re.findall(r"^\| [12] +\| [\d,]+ ", told, re.MULTILINE)) == 2


def test_the_endpoint_answers_many_clients_and_every_failure_would_be_told(tmp_path: Path) -> None:
    stored(tmp_path, 1, 3)
    source = snapshot.current(tmp_path)
    assert source is not None
    found = load(source, ["SELECT ?s WHERE { ?s a hj:Document }", "SELECT nonsense"], clients=3, seconds=2)
    assert found.quick
    assert found.memory > 0
    assert all(name.startswith("400 ") for name in found.failed)
    assert found.failed
    assert any("answers" in line for line in found.lines())


def test_what_a_page_shows_at_once_is_measured_beside_the_aim(tmp_path: Path) -> None:
    stored(tmp_path, 1, 3)
    asked = ("termination_notice, document", "clauses_implementing, region", "committees, document")
    told = run("benchmarks.queries_at_scale", str(tmp_path), "--pages", "--query", *asked).stdout
    assert all(re.search(rf"^{one} +[\d,.]+ ms +[\d,.]+ ms", told, re.MULTILINE) for one in asked)
    assert re.search(r"^\d of 3 over the aim of 150\.0 ms", told, re.MULTILINE)
