"""The SPARQL 1.1 protocol over the current snapshot: queries only, whole answers, errors as problem+json."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from hjemmel import snapshot
from hjemmel.endpoint.description import description
from hjemmel.endpoint.negotiation import OFFERED, accepted
from hjemmel.endpoint.pool import BusyError, DeadlineError, NotAcceptableError, Pool, Question, RefusedError
from hjemmel.snapshot import StoreError

LONGEST_QUERY = 64 << 10
LONGEST_BODY = 4 * LONGEST_QUERY  # a form writes one letter in up to three
METHODS = "GET, HEAD, POST, OPTIONS"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
PIECE = 1 << 16

Parameters = list[tuple[str, str]]


class ProblemError(Exception):
    """A request that cannot be answered: the status, and one sentence for whoever sent it."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def endpoint_routes(source: Callable[[], Path] | None, *, deadline: float) -> list[Route]:
    """The endpoint's routes, to mount in an application; the workers start with the first question."""
    return [Route("/sparql", Endpoint(Pool(source or stored, deadline=deadline)))]


def endpoint_app(source: Callable[[], Path] | None, *, deadline: float) -> Starlette:
    """The endpoint by itself, with its workers ready from the start."""
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

    return Starlette(routes=[Route("/sparql", Endpoint(pool))], lifespan=lifespan)


def stored() -> Path:
    """The snapshot to answer from now."""
    path = snapshot.current(snapshot.home())
    if path is None:
        raise StoreError("There is no store yet: run `hjemmel build`.")
    return path


class Endpoint:
    """An ASGI application for one address, so that it and not the router answers for every method."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            response = await self._response(Request(scope, receive))
        except ProblemError as problem:
            response = _problem(problem)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": METHODS})
        parameters = await _parameters(request)
        wanted = accepted(request.headers.get("accept"))
        if request.method in ("GET", "HEAD") and not parameters:
            return _described(request, wanted["statements"])
        question = Question(
            query=_query(parameters),
            accepted=wanted,
            default=tuple(value for name, value in parameters if name == "default-graph-uri"),
            named=tuple(value for name, value in parameters if name == "named-graph-uri"),
            base=str(request.url.replace(query=None)),
        )
        try:
            answer = await self.pool.answer(question)
        except RefusedError as error:
            raise ProblemError(400, str(error)) from error
        except NotAcceptableError as error:
            raise ProblemError(406, _offer(str(error))) from error
        except BusyError as error:
            raise ProblemError(503, "Too many queries at once: try again in a moment.", Retry_After="5") from error
        except DeadlineError as error:
            limit = f"{self.pool.deadline:g}"
            raise ProblemError(504, f"The query took more than {limit} s and was stopped: ask for less.") from error
        except StoreError as error:
            raise ProblemError(503, str(error)) from error

        def pieces() -> Iterator[bytes]:
            while piece := answer.body.read(PIECE):
                yield piece

        charset = "; charset=utf-8" if answer.media.startswith("text/") else ""
        headers = {
            "Content-Length": str(answer.length),
            "Content-Type": answer.media + charset,
            "Vary": "Accept",
            "X-Content-Type-Options": "nosniff",
        }
        return StreamingResponse(pieces(), headers=headers, background=BackgroundTask(answer.body.close))


async def _parameters(request: Request) -> Parameters:
    """Every parameter of the protocol, wherever the request carries it."""
    in_address = _decoded_form(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        return in_address
    if request.method != "POST":
        raise ProblemError(405, f"{request.method} is not for this address: it can only be asked.", Allow=METHODS)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == QUERY:
        if any(name == "query" for name, _ in in_address):
            raise ProblemError(400, "The query stands both in the address and in the body: send it once.")
        return [*in_address, ("query", _decoded(await _body(request)))]
    if media == FORM:
        # The protocol puts everything in the body here; what the address holds is not looked at.
        return _decoded_form(await _body(request))
    if media == "application/sparql-update":
        raise ProblemError(
            415, "This endpoint is read-only: it takes queries and no updates.", Accept_Post=f"{QUERY}, {FORM}"
        )
    raise ProblemError(415, f"Send the query as {QUERY} or {FORM}.", Accept_Post=f"{QUERY}, {FORM}")


def _query(parameters: Parameters) -> str:
    if any(name == "update" for name, _ in parameters):
        raise ProblemError(400, "This endpoint is read-only: it takes queries and no updates.")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise ProblemError(400, f"There must be one parameter named query, and there are {len(queries)}.")
    if len(queries[0].encode()) > LONGEST_QUERY:
        raise ProblemError(413, f"The query is longer than {LONGEST_QUERY >> 10} kB.")
    return queries[0]


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            raise ProblemError(413, f"The query is longer than {LONGEST_QUERY >> 10} kB.", Connection="close")
    return bytes(body)


def _decoded_form(form: bytes) -> Parameters:
    try:
        return parse_qsl(form.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise ProblemError(400, "The parameters are not a form in UTF-8.") from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, f"The query is not UTF-8: byte {error.start} cannot be read.") from error


def _described(request: Request, media: str | None) -> Response:
    if media is None:
        raise ProblemError(406, _offer("statements"))
    return Response(
        description(str(request.url.replace(query=None)), media), media_type=media, headers={"Vary": "Accept"}
    )


def _offer(kind: str) -> str:
    return f"The result can be written as {', '.join(OFFERED[kind])}; none of these is accepted."


def _problem(problem: ProblemError) -> Response:
    content = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    return JSONResponse(content, problem.status, problem.headers, "application/problem+json")
