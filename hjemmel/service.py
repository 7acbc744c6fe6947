"""The server: pages and endpoint in one process, on one port."""

import logging
import os
import socket
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from hjemmel.snapshot import StoreError, loaded

STOPPING = 15
"""Seconds that requests have to be answered in when the server is told to stop."""


def serve(*, host: str, port: int, data: Path | None, pages: bool) -> None:
    """Serve until interrupted: pages with the endpoint beside them, or the endpoint alone (over `data` if given)."""
    import uvicorn

    from hjemmel import endpoint
    from hjemmel.endpoint.data import base
    from hjemmel.endpoint.description import responsible
    from hjemmel.endpoint.figures import log_requests

    base()
    responsible()
    if not _stays_here(host) and not _locks_in():
        raise StoreError(
            f"Nothing is served at {host}: this system cannot lock in what strangers ask, as Linux on x86-64 or ARM64 "
            "can. Use --host 127.0.0.1, which is reached from this machine only."
        )
    _check_free(host, port)
    # What people ask is theirs: an address holds the question. A filter stays when Streamlit sets up the log anew.
    logging.getLogger("uvicorn.access").addFilter(lambda _: False)
    logging.getLogger("uvicorn.error").addFilter(lambda line: '"WebSocket' not in str(line.msg))
    if os.environ.get("HJEMMEL_LOG"):
        log_requests()
    if data is not None:
        if not data.is_file():
            raise StoreError(f"There is no file {data}: check the name and the folder.")
        loaded(data)
    shown = f"[{host}]" if ":" in host else host
    what = "Hjemmel" if pages else "The SPARQL endpoint"
    print(
        f"{what} is at http://{shown}:{port}{'/' if pages else '/sparql'} (stop with Ctrl-C)",
        file=sys.stderr,
        flush=True,
    )
    if pages:
        from hjemmel.pages import ahead

        ahead.begin()
        # Streamlit asks who imports it: as a module, app.py is the server's application; as a script, its pages.
        uvicorn.run("app:app", host=host, port=port, **guarded())
    else:
        application = endpoint.app((lambda: data) if data is not None else None)
        uvicorn.run(application, host=host, port=port, **guarded())


def guarded() -> dict[str, Any]:
    """How uvicorn is run so that no client ties it up; only the proxies named say whom they speak for."""
    from hjemmel.endpoint.connection import Connection
    from hjemmel.endpoint.limits import LONGEST_BODY, MOST_CONNECTIONS

    proxies = os.environ.get("HJEMMEL_PROXIES", "")
    return {
        "log_level": "warning",
        "http": Connection,
        "limit_concurrency": MOST_CONNECTIONS,
        "timeout_graceful_shutdown": STOPPING,
        "h11_max_incomplete_event_size": LONGEST_BODY,  # an address holds a query, too
        "server_header": False,
        "proxy_headers": bool(proxies),
        "forwarded_allow_ips": proxies,
    }


def _stays_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _locks_in() -> bool:
    """Whether the kernel would hold a process that has locked itself in: tried, not assumed."""
    command = [sys.executable, "-m", "ingest.readers.confinement"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(command, env=environment, check=False, capture_output=True).returncode == 0


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            # As the server will: a port that was in use a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise StoreError(
            f"Nothing can be served at {host}:{port} ({error.strerror}): choose another --port."
        ) from error
