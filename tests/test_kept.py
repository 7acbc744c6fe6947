"""A judgement is made once, and again when something it rests on is another."""

import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hjemmel.build import build
from hjemmel.checking import How, judgements
from hjemmel.kept import FILE
from hjemmel.store import Store
from ingest.document import Document

TEXT = "Samarbeidsavtale\n\n1 Varighet\n\nAvtalen kan sies opp med {notice} frist. Kommunen har jordmor på vakt.\n"
DAY = date(2025, 11, 1)
FIRST = tuple(
    Document(id=f"avtale-{number}", text=TEXT.format(notice="ett års"), title=f"Avtale {number}", kind="agreement")
    for number in range(2)
)
SECOND = (FIRST[0], replace(FIRST[1], text=TEXT.format(notice="tre måneders")))
MARK = b'{"findings": "kept"}'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path / "home"))
    build(tmp_path, tmp_path / "home", documents=FIRST)
    return tmp_path / "home"


def judged(home: Path, **how: object) -> list[object]:
    """The findings on both agreements."""
    asked = replace(How(as_of=DAY, language="nb"), **how)  # type: ignore[arg-type]
    found = judgements([one.id for one in FIRST], lambda: Store.load(home), how=asked)
    return [one["findings"] for one in found]


def mark(home: Path) -> None:
    """Write over every judgement that is kept, so that it is seen where one is used."""
    with closing(sqlite3.connect(home / FILE)) as kept, kept:
        kept.execute("UPDATE judgement SET told = ?", (zlib.compress(MARK),))


def test_a_judgement_that_is_kept_is_the_one_that_was_made(home: Path) -> None:
    assert judged(home) == judged(home)
    first, second = judged(home, as_of=None), judged(home, as_of=None)
    assert first == second
    assert any(isinstance(one["applies_from"], date) for one in second[0])  # type: ignore[attr-defined]


def test_only_the_document_that_has_changed_is_judged_again(home: Path) -> None:
    judged(home)
    mark(home)
    assert judged(home) == ["kept", "kept"]
    build(home.parent, home, documents=SECOND)
    unchanged, changed = judged(home)
    assert unchanged == "kept"
    results = {one["requirement"]: one["result"] for one in changed}  # type: ignore[attr-defined]
    assert results["6-5:oppsigelse"] == "conflict"


@pytest.mark.parametrize("how", [{"as_of": date(2013, 1, 1)}, {"language": "nn"}, {"engine": "pyshacl"}])
def test_what_was_asked_in_another_way_is_judged_for_itself(home: Path, how: dict[str, object]) -> None:
    judged(home)
    mark(home)
    assert "kept" not in judged(home, **how)


def test_either_engine_comes_to_the_same(home: Path) -> None:
    assert judged(home, engine="pyshacl") == judged(home)


def test_a_damaged_file_of_judgements_costs_time_and_nothing_else(home: Path) -> None:
    found = judged(home)
    (home / FILE).write_bytes(b"not a database, but long enough to be read as one" * 40)
    assert judged(home) == found


def test_what_is_erased_stands_in_no_judgement(home: Path) -> None:
    judged(home)
    assert (home / FILE).exists()
    (home / "erasure.txt").write_text("jordmor på vakt\n", encoding="utf-8")
    build(home.parent, home, documents=FIRST)
    assert not (home / FILE).exists()
    assert "jordmor på vakt" not in str(judged(home)[0])
