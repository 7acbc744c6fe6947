"""A real server and a real Chromium: for the tests in a browser, the pictures, and the times a person waits."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.serving import answers, eventually, free_port

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "[data-testid=stApp][data-test-script-state=notRunning] [data-testid=stMain] h1"
"""The heading of a page on which nothing is being drawn any more."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens: its address, and its process."""

    address: str
    process: int


@contextmanager
def served(home: Path, *, port: int | None = None, **surroundings: str) -> Iterator[Server]:
    """The app over the store in a folder, built from the corpus if it is empty, with more of an environment."""
    port = port or free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HJEMMEL_HOME": str(home), **surroundings}
    subprocess.run(
        [sys.executable, "-m", "hjemmel", "build"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    log = home / "server.log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "hjemmel", "serve", "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=written,
            stderr=written,
        )
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        try:
            _wait_until_up(server, process, log)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of one's own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def view(page: Page, address: str) -> Page:
    """The page at an address, once everything on it is drawn."""
    page.goto(address)
    page.wait_for_selector(READY)
    return page


def _wait_until_up(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    if not eventually(lambda: process.poll() is not None or answers(server.address)) or process.poll() is not None:
        raise RuntimeError(f"The server did not start: {log.read_text()}")
