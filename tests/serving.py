"""An application that really listens, for the tests of what is served; and a thread for what waits."""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import httpx
import uvicorn
from starlette.applications import Starlette

from benchmarks.serving import free_port

Result = TypeVar("Result")
PAGE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Language": "nb"}
"""What a browser says that it wants."""

SERVER = shutil.which("oxigraph", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))


@contextmanager
def second_server() -> Iterator[str]:
    """The server of Oxigraph, alone in a process of its own; its default graph is not the union until it is told."""
    port = free_port()
    assert SERVER is not None
    process = subprocess.Popen(
        [SERVER, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            httpx.get(address)
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait()


@contextmanager
def served(application: Starlette, **options: Any) -> Iterator[httpx.Client]:
    """A client of an application."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(application, port=port, **{"log_level": "error", **options}))
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def awaited(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine gives; in a thread of its own, since Playwright keeps a loop running in ours."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
