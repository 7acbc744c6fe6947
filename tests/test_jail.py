"""A foreign file is read by a process that is locked in: each limit is tried from inside, and ends in one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.readers.file import read_file
from ingest.readers.jail import jailed
from ingest.readers.text import ReadError

INSIDE = """
from ingest.readers.confinement import confine
import os, socket, subprocess, sys
confine(memory=1 << 30, seconds=2, written=1000)
{attempt}
print("done")
"""
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux enforces these limits")


def attempted(attempt: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", INSIDE.format(attempt=attempt)], capture_output=True, text=True, check=False, timeout=30
    )


def test_a_confined_process_can_still_work() -> None:
    assert attempted("sum(range(1000))").stdout == "done\n"


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_it_reaches_no_network_and_no_other_program(attempt: str) -> None:
    tried = attempted(attempt)
    assert "done" not in tried.stdout
    assert "PermissionError" in tried.stderr


@ON_LINUX
@pytest.mark.parametrize(
    "call",
    [
        "libc.socket(2, 1, 0)",
        "libc.execv(b'/bin/true', None)",
        "libc.kill(os.getppid(), 0)",
    ],
)
def test_the_kernel_refuses_even_what_python_does_not_see(call: str) -> None:
    # What code that has taken over the process would do: it goes to the system, and does not ask Python.
    begun = INSIDE.replace("import os", "import ctypes, os").replace(
        "confine(m", "libc = ctypes.CDLL(None); (libc.socket, libc.execv, libc.kill); confine(m"
    )
    program = begun.format(attempt=f"print({call})")
    tried = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30)
    assert tried.stdout == "-1\ndone\n", tried.stderr


@ON_LINUX
@pytest.mark.parametrize(
    ("attempt", "sign"),
    [
        ("bytearray(2 << 30)", "MemoryError"),
        ("import tempfile; file = tempfile.TemporaryFile(); file.write(bytes(10000)); file.flush()", "File too large"),
        ("while True: pass", ""),
    ],
)
def test_it_takes_no_more_than_it_is_given(attempt: str, sign: str) -> None:
    tried = attempted(attempt)
    assert "done" not in tried.stdout
    assert tried.returncode != 0
    assert sign in tried.stderr


def test_a_reader_that_does_not_come_back_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "avtale.html"
    path.write_text("<!DOCTYPE html><p>Avtale</p>", encoding="utf-8")
    with pytest.raises(ReadError, match=r"avtale\.html: .* longer than 0 seconds, which is the limit"):
        jailed(path, "html", seconds=0.01)


def test_plain_text_needs_no_other_process(tmp_path: Path) -> None:
    path = tmp_path / "avtale.pdf"
    path.write_text("Avtale mellom Ås og Bodø", encoding="utf-8")
    source = read_file(path)
    assert (source.text, source.pages, source.layout, source.media_type) == (
        "Avtale mellom Ås og Bodø",
        (),
        (),
        "text/plain",
    )
