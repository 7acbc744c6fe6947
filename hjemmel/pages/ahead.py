"""What the first visitors would wait for, made while nobody waits."""

from contextlib import suppress
from importlib import import_module
from threading import Timer

from hjemmel.remote import remote
from hjemmel.snapshot import StoreError

QUIET = 5.0
"""Seconds after the start: who is there already gets the first page first."""

SLOW = ("jinja2", "pandas", "pyarrow")
"""What is loaded when the editor of queries is first drawn, and when Streamlit is first given a list to send."""


def begin() -> None:
    """Make it in a while, beside the server; another service is left to be asked by those who want to know."""
    if remote():
        return
    waiting = Timer(QUIET, _made)
    waiting.daemon = True
    waiting.start()


def _made() -> None:
    from hjemmel.pages import shelf

    for name in SLOW:
        import_module(name)
    # The visitor is told of a store that cannot be opened.
    with suppress(StoreError):
        shelf.ready()
