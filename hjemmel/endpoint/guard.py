"""What every address of ours has in common: methods, headers, a time limit for sending, the log and the figures."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from time import monotonic

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from hjemmel.endpoint import problem
from hjemmel.endpoint.figures import Figures
from hjemmel.endpoint.limits import SENDING
from hjemmel.endpoint.problem import ProblemError

LOG = logging.getLogger("hjemmel.endpoint")
HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
READ = "GET, HEAD, OPTIONS"
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"

Handler = Callable[[Request], Awaitable[Response]]


class Guarded:
    """An ASGI application for one address, so that it and not the router answers for every method."""

    def __init__(self, name: str, handler: Handler, figures: Figures, *, methods: str = READ) -> None:
        self.name = name
        self.handler = handler
        self.figures = figures
        self.methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        began = monotonic()
        request = Request(scope, receive)
        try:
            response = await self._response(request)
            self.figures.count(self.name, request.method, response.status_code, monotonic() - began, _host(request))
            self._add_headers(request, response)
            async with asyncio.timeout(SENDING):
                await response(scope, receive, _written(send, request.method))
        except ClientDisconnect:
            # 499, as others write it: the client went away.
            self.figures.count(self.name, request.method, 499, monotonic() - began, _host(request))
        except TimeoutError:
            # Nothing more is sent, and the server closes the connection.
            LOG.warning("an answer was not taken within %g s", SENDING)

    async def _response(self, request: Request) -> Response:
        try:
            if not HOST.fullmatch(request.headers.get("host", "")):
                raise ProblemError(400, "The header Host names no host.")
            if request.method == "OPTIONS":
                return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": self.methods})
            if request.method not in self.methods.split(", "):
                sentence = f"{request.method} is not for this address: it can only be asked."
                raise ProblemError(405, sentence, Allow=self.methods)
            return await self.handler(request)
        except ProblemError as found:
            return problem.response(found)
        except ClientDisconnect:
            raise
        except Exception:
            LOG.exception("a request to %s went wrong", self.name)
            return problem.response(ProblemError(500, "Something went wrong here; it has been written to the log."))

    def _add_headers(self, request: Request, response: Response) -> None:
        page = response.headers.get("content-type", "").startswith("text/html")
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "Retry-After, Allow, ETag, Link",
            "Content-Security-Policy": PAGE if page else NOTHING,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        if request.method == "OPTIONS":
            headers |= {
                "Access-Control-Allow-Methods": self.methods,
                "Access-Control-Allow-Headers": "Accept, Content-Type",
                "Access-Control-Max-Age": "86400",
            }
        for name, value in headers.items():
            response.headers.setdefault(name, value)


def _host(request: Request) -> str:
    return request.client.host if request.client else ""


def _written(send: Send, method: str) -> Send:
    """To HEAD the same is said as to GET, without the body."""

    async def without_body(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return without_body if method == "HEAD" else send
