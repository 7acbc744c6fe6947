"""What a browser gets around the pages: the page's language, and the word that no other host is asked."""

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hjemmel.pages.signin import SignIn

# Streamlit's own page needs inline styles, evaluated code and modules made in the browser, but never another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


def middleware() -> list[Middleware]:
    """What is done with every answer."""
    return [Middleware(Surroundings), Middleware(SignIn)]


class Surroundings:
    """Send the pages with headers that keep them to this host, and with the language that the address asks for.

    Streamlit's page always says `lang="en"`, and readers that speak a page aloud go by it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] == "HEAD":
            await self.app(scope, receive, send)
            return
        begun: Message = {}
        held: list[bytes] = []

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if _is_page(headers):
                    begun.update(message)
                    return
            elif begun and message["type"] == "http.response.body":
                held.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                page = b"".join(held).replace(b'<html lang="en">', b'<html lang="%s">' % _language(scope), 1)
                MutableHeaders(scope=begun)["content-length"] = str(len(page))
                await send(begun)
                message = {"type": "http.response.body", "body": page}
            await send(message)

        await self.app(_plain(scope), receive, sent)


def _plain(scope: Scope) -> Scope:
    """A browser's request for a page, without leave to compress the answer: what is compressed can't be mended."""
    headers = dict(scope["headers"])
    if b"text/html" not in headers.get(b"accept", b""):
        return scope
    return {**scope, "headers": [(name, told) for name, told in scope["headers"] if name != b"accept-encoding"]}


def _is_page(headers: MutableHeaders) -> bool:
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


def _language(scope: Scope) -> bytes:
    return b"en" if parse_qs(scope["query_string"].decode("latin-1")).get("lang") == ["en"] else b"nb"
