"""What the first visitors would wait for is there before them."""

from pathlib import Path
from typing import NoReturn

import pytest

from hjemmel.build import build
from hjemmel.pages import ahead, shelf
from tests.drawn import text, view
from tests.test_review import corpus


def test_once_all_is_ready_no_page_judges_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus(tmp_path / "corpus"), tmp_path / "home")
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path / "home"))
    shelf.ready()

    def judged_anew(*_: object, **__: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr(shelf, "judged", judged_anew)
    assert "§ 6-2 nr. 8" in text(view("matrix"))
    assert "Mangler" in text(view("findings"))


def test_without_a_store_there_is_nothing_to_make_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(ahead, "SLOW", ())
    ahead._made()
