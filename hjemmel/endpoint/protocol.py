"""The SPARQL 1.1 protocol over the current snapshot: queries only, whole answers, errors as problem+json."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import parse_qsl

from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from hjemmel.endpoint import editor
from hjemmel.endpoint.description import described
from hjemmel.endpoint.engine import About, Question, RefusedError
from hjemmel.endpoint.lanes import BusyError, TooManyError, client
from hjemmel.endpoint.limits import LONGEST_BODY, LONGEST_QUERY, PATIENCE, READING
from hjemmel.endpoint.negotiation import OFFERED, accepted, prefers_page
from hjemmel.endpoint.pool import Answer, DeadlineError, NotAcceptableError, Pool
from hjemmel.endpoint.problem import ProblemError
from hjemmel.snapshot import StoreError

METHODS = "GET, HEAD, POST, OPTIONS"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
PIECE = 1 << 16
TOO_LONG = f"The query is longer than {LONGEST_QUERY >> 10} kB."
READ_ONLY = "This endpoint is read-only: it takes queries and no updates."

Parameters = list[tuple[str, str]]


async def sparql(pool: Pool, request: Request) -> Response:
    """The answer to a query; to a browser the page where one writes it; to anyone else what the endpoint is."""
    parameters = await _parameters(request)
    wanted = accepted(request.headers.get("accept"))
    if request.method in ("GET", "HEAD"):
        if prefers_page(request.headers.get("accept")):
            return editor.page(request, pool.deadline)
        if not parameters:
            if wanted["statements"] is None:
                raise ProblemError(406, offer("statements"))
            return described(request, wanted["statements"], pool)
    question = Question(
        query=_query(parameters),
        accepted=wanted,
        default=tuple(value for name, value in parameters if name == "default-graph-uri"),
        named=tuple(value for name, value in parameters if name == "named-graph-uri"),
        base=str(request.url.replace(query=None)),
    )
    return sent(await answered(pool, question, request), Vary="Accept")


async def answered(pool: Pool, question: Question | About, request: Request) -> Answer:
    """The whole answer to a question of this request; every limit that it may meet is a problem with a name."""
    answering = asyncio.ensure_future(pool.answer(question, client(request.client.host if request.client else "")))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({answering, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            raise ClientDisconnect
        return answering.result()
    except RefusedError as error:
        raise ProblemError(400, str(error), limit=error.limit) from error
    except NotAcceptableError as error:
        raise ProblemError(406, offer(str(error))) from error
    except TooManyError as error:
        raise ProblemError(429, str(error), limit=error.limit, Retry_After=str(error.seconds)) from error
    except BusyError as error:
        sentence = "Too many queries at once: try again in a moment."
        raise ProblemError(503, sentence, limit="waiting", Retry_After=f"{PATIENCE:g}") from error
    except DeadlineError as error:
        sentence = f"The query took more than {pool.deadline:g} s and was stopped: ask for less."
        raise ProblemError(504, sentence, limit="deadline") from error
    except StoreError as error:
        raise ProblemError(503, str(error), Retry_After="60") from error
    finally:
        for task in (answering, gone):
            if not task.done():
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task


def sent(answer: Answer, **headers: str) -> Response:
    """An answer on its way; it is thrown away when it has been sent, or nobody takes it."""

    def pieces() -> Iterator[bytes]:
        with answer.body:
            while piece := answer.body.read(PIECE):
                yield piece

    charset = "; charset=utf-8" if answer.media.startswith("text/") else ""
    told = {"Content-Length": str(answer.length), "Content-Type": answer.media + charset}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    return StreamingResponse(pieces(), headers=told, background=BackgroundTask(answer.body.close))


def offer(kind: str) -> str:
    """What can be had instead of what was asked for."""
    return f"The result can be written as {', '.join(OFFERED[kind])}; none of these is accepted."


async def _gone(request: Request) -> None:
    # The body has been read: what comes now is that the client goes away.
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _parameters(request: Request) -> Parameters:
    """Every parameter of the protocol, wherever the request carries it."""
    in_address = _decoded_form(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        return in_address
    media, _, parameter = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ProblemError(415, "Send the query as it is, not compressed.", Accept_Encoding="identity")
    charset = parameter.strip().lower().removeprefix("charset=").strip('"')
    if parameter.strip().lower().startswith("charset=") and charset not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, "Send the query in UTF-8.")
    if media == QUERY:
        if any(name == "query" for name, _ in in_address):
            raise ProblemError(400, "The query stands both in the address and in the body: send it once.")
        return [*in_address, ("query", _decoded(await _body(request)))]
    if media == FORM:
        # The protocol puts everything in the body here; what the address holds is not looked at.
        return _decoded_form(await _body(request))
    sentence = READ_ONLY if media == "application/sparql-update" else f"Send the query as {QUERY} or {FORM}."
    raise ProblemError(415, sentence, Accept_Post=f"{QUERY}, {FORM}")


def _query(parameters: Parameters) -> str:
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in parameters):
        raise ProblemError(400, READ_ONLY)
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise ProblemError(400, f"There must be one parameter named query, and there are {len(queries)}.")
    if len(queries[0].encode()) > LONGEST_QUERY:
        raise ProblemError(413, TOO_LONG, limit="query-size")
    return queries[0]


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(READING):
            async for piece in request.stream():
                body += piece
                if len(body) > LONGEST_BODY:
                    raise ProblemError(413, TOO_LONG, limit="query-size", Connection="close")
    except TimeoutError:
        sentence = f"The request was not all here after {READING:g} s."
        raise ProblemError(408, sentence, limit="reading", Connection="close") from None
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
