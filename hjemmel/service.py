"""The server: pages and endpoint in one process, on one port."""

import logging
import socket
import sys
from pathlib import Path

from hjemmel.snapshot import StoreError, loaded


def serve(*, host: str, port: int, data: Path | None, pages: bool) -> None:
    """Serve until interrupted: pages with the endpoint beside them, or the endpoint alone (over `data` if given)."""
    import uvicorn

    from hjemmel import endpoint

    _check_free(host, port)
    # What people ask is theirs: an address holds the question. A filter stays when Streamlit sets up the log anew.
    logging.getLogger("uvicorn.access").addFilter(lambda _: False)
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
        # Streamlit asks who imports it: as a module, app.py is the server's application; as a script, its pages.
        uvicorn.run("app:app", host=host, port=port, log_level="warning")
    else:
        application = endpoint.app((lambda: data) if data is not None else None)
        uvicorn.run(application, host=host, port=port, log_level="warning")


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
