"""An application that really listens, for the tests of what is served; and a thread for what waits."""

import asyncio
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

import httpx
import uvicorn
from starlette.applications import Starlette

from benchmarks.serving import free_port

Result = TypeVar("Result")
PAGE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Language": "nb"}
"""What a browser says that it wants."""


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
