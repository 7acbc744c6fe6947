"""The endpoint's addresses, and what answers at each."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hjemmel import snapshot
from hjemmel.endpoint import negotiation, operations, paper, protocol, things
from hjemmel.endpoint.description import described
from hjemmel.endpoint.figures import Figures
from hjemmel.endpoint.guard import Guarded, Handler
from hjemmel.endpoint.pool import Pool
from hjemmel.endpoint.problem import ProblemError
from hjemmel.remote import Remote, remote
from hjemmel.snapshot import StoreError

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def mounted(source: Callable[[], Path] | None, *, deadline: float) -> "tuple[list[Route], Lifespan]":
    """The routes to mount in an application; the engine starts with the first question, and ends with the lifespan."""
    pool = Pool(source or stored, deadline=deadline)

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await pool.close()

    return _routes(pool), lifespan


def alone(source: Callable[[], Path] | None, *, deadline: float) -> Starlette:
    """The endpoint by itself, with its engine ready from the start."""
    pool = Pool(source or stored, deadline=deadline)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # Without a store every question is answered by what to run.
        with suppress(StoreError):
            await pool.start()
        try:
            yield
        finally:
            await pool.close()

    return Starlette(routes=_routes(pool), lifespan=lifespan)


def stored() -> Path | Remote:
    """The snapshot to answer from now, or the service that the environment names."""
    if elsewhere := remote():
        return elsewhere
    path = snapshot.current(snapshot.home())
    if path is None:
        raise StoreError("There is no store yet: run `hjemmel build`.")
    return path


def _routes(pool: Pool) -> list[Route]:
    figures = Figures()

    async def sparql(request: Request) -> Response:
        return await protocol.sparql(pool, request)

    async def void(request: Request) -> Response:
        if negotiation.prefers_page(request.headers.get("accept")):
            return Response(status_code=303, headers={"Location": str(request.url_for("sparql")), "Vary": "Accept"})
        media = negotiation.accepted(request.headers.get("accept"))["statements"]
        if media is None:
            raise ProblemError(406, protocol.offer("statements"))
        return described(request, media, pool)

    async def thing(request: Request) -> Response:
        return await things.thing(pool, request)

    async def health(_: Request) -> Response:
        return await operations.health(pool)

    async def metrics(request: Request) -> Response:
        return await operations.metrics(pool, figures, request)

    def route(path: str, name: str, handler: Handler, methods: str = "GET, HEAD, OPTIONS") -> Route:
        return Route(path, Guarded(name, handler, figures, methods=methods), name=name)

    return [
        route("/sparql", "sparql", sparql, protocol.METHODS),
        route("/sparql/assets/{name}", "asset", _asset),
        route("/.well-known/void", "void", void),
        route("/ns", "ontology", things.ontology),
        route("/ns/{name}", "word", things.word),
        *(route(f"{place}{{path:path}}", "thing", thing) for place in dict.fromkeys((paper.place(), "/id/"))),
        route("/healthz", "health", health),
        route("/metrics", "metrics", metrics),
    ]


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    content = paper.asset(name)
    if content is None:
        return things.missing(request)
    return Response(content, media_type=paper.ASSETS[name], headers={"Cache-Control": "public, max-age=3600"})
