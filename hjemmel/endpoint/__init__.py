"""The SPARQL endpoint: `routes` to mount in an application, or `app` to run alone."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.routing import Route

DEADLINE = 10.0

# The web framework is imported when it is called for: a worker imports this package, and must start quickly.


def routes(source: Callable[[], Path] | None = None, *, deadline: float = DEADLINE) -> "list[Route]":
    """The endpoint's routes, over the current snapshot or another source; its workers start with the first question."""
    from hjemmel.endpoint.protocol import endpoint_routes

    return endpoint_routes(source, deadline=deadline)


def app(source: Callable[[], Path] | None = None, *, deadline: float = DEADLINE) -> "Starlette":
    """The endpoint by itself as an ASGI application, with its workers ready from the start."""
    from hjemmel.endpoint.protocol import endpoint_app

    return endpoint_app(source, deadline=deadline)
