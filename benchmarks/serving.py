"""An endpoint in a process of its own, for a benchmark to ask, and what it takes of the machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

ENDPOINT = (
    "import sys, uvicorn; from pathlib import Path; from hjemmel import endpoint; from hjemmel.service import guarded\n"
    "uvicorn.run(endpoint.app(lambda: Path(sys.argv[1]), deadline=float(sys.argv[3])), port=int(sys.argv[2]),"
    " **guarded())"
)
OXIGRAPH = shutil.which(
    "oxigraph", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
)
"""The command of Oxigraph's own server, if it is installed."""


@contextmanager
def server(source: Path, *, deadline: float) -> Iterator[tuple[int, int]]:
    """A server on this machine, as its port and process."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", ENDPOINT, str(source), str(port), str(deadline)])
    try:
        assert eventually(lambda: answers(f"http://127.0.0.1:{port}/healthz")), "the server does not answer"
        yield port, process.pid
        assert process.poll() is None, "the server has ended"
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def second_server(folder: Path | None = None) -> Iterator[str]:
    """The server of Oxigraph, alone in a process of its own, with its store in memory or in a folder.

    Its default graph is not the union until it is told.
    """
    port = free_port()
    assert OXIGRAPH is not None
    place = ["--location", str(folder)] if folder else []
    process = subprocess.Popen(
        [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}", *place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        assert eventually(lambda: answers(address)), "the second server does not answer"
        yield address
    finally:
        process.terminate()
        process.wait()


def eventually(happened: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it happens within so many seconds; waits no longer than it takes."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def answers(address: str, **parameters: str) -> bool:
    """Whether a server answers there."""
    with suppress(httpx.TransportError):
        return httpx.get(address, params=parameters, trust_env=False).is_success
    return False


def memory(process: int) -> int:
    """Bytes that a process and all it started hold, each shared page counted once."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError, ValueError):
            parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(
                int(entry.name)
            )
    held, waiting = 0, [process]
    while waiting:
        one = waiting.pop()
        waiting += parents.get(one, [])
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            held += int(next(line for line in lines if line.startswith("Pss:")).split()[1]) << 10
    return held


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
