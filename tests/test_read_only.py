"""A store on a disk that cannot be written: it is read as ever, and a writer is told so in one sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_review import MIDWIVES, WHO, built

__all__ = ["built"]
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
UNSHARE = shutil.which("unshare")


def run(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command in a process for which the folder of the store is on a read-only disk."""
    assert UNSHARE is not None
    command = [UNSHARE, "--mount", "sh", "-c", READ_ONLY, str(home), *words]
    environment = {**os.environ, "HJEMMEL_HOME": str(home)}
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)


@pytest.fixture
def home(built: Path) -> Path:
    folder = built / "home"
    if UNSHARE is None or run(folder, "true").returncode != 0:
        pytest.skip("this process may not mount anything, and a folder without rights is no obstacle to root")
    return folder


@pytest.mark.parametrize(
    "words", [("documents",), ("show", "fjellvik"), ("check", "fjellvik"), ("review", "list"), ("export",)]
)
def test_what_reads_works_on_a_read_only_disk(home: Path, words: tuple[str, ...]) -> None:
    answer = run(home, sys.executable, "-m", "hjemmel", *words)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    "words",
    [("build", "--force"), ("review", "confirm", MIDWIVES, *WHO), ("rollback",), ("backup", "{home}/store.tar.gz")],
)
def test_what_writes_says_where_it_cannot_and_changes_nothing(home: Path, words: tuple[str, ...]) -> None:
    before = sorted(home.rglob("*"))
    answer = run(home, sys.executable, "-m", "hjemmel", *(word.format(home=home) for word in words))
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1), answer.stderr
    assert str(home) in answer.stderr
    assert "cannot be written" in answer.stderr or "Read-only" in answer.stderr
    assert sorted(home.rglob("*")) == before
