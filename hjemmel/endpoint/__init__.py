"""The SPARQL endpoint and linked data: `mount` it in an application, or let `app` run alone."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hjemmel.endpoint.limits import DEADLINE

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.routing import Route

    from hjemmel.endpoint.site import Lifespan

# The web framework is imported when it is called for: a worker imports this package, and must start quickly.


def mount(source: Callable[[], Path] | None = None, *, deadline: float = DEADLINE) -> "tuple[list[Route], Lifespan]":
    """Routes over the current snapshot or another source, and what must be open while they are served."""
    from hjemmel.endpoint.site import mounted

    return mounted(source, deadline=deadline)


def app(source: Callable[[], Path] | None = None, *, deadline: float = DEADLINE) -> "Starlette":
    """The endpoint by itself as an ASGI application, with its engine ready from the start."""
    from hjemmel.endpoint.site import alone

    return alone(source, deadline=deadline)
