"""Signing in by Streamlit's own login at an OpenID Connect provider: that somebody has, never who."""

import logging
import time
from importlib.util import find_spec
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st
from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.errors import StreamlitAuthError

from hjemmel.pages.address import FAILED, value
from hjemmel.pages.quote import sentence
from hjemmel.pages.words import say

LASTS = 12 * 60 * 60
"""Seconds: a sign-in is good for a working day, whatever Streamlit's cookie says."""

DOWN, REFUSED = "nede", "avvist"
FAILURES = {DOWN: "sign in is down", REFUSED: "sign in is refused"}
"""Which text tells of each way in which signing in comes to nothing."""

NOTE = Markup('<p class="hj-soft hj-review-off">{}</p>')

LOGIN, CALLBACK, LOGOUT = "/auth/login", "/oauth2callback", "/auth/logout"
BACK, SIGNED_IN = "hjemmel_back", "_streamlit_user"
AT_LEAST = "/funn"
"""Where one comes back to when the browser does not say where one was."""


def is_offered() -> bool:
    """Whether the installation names a provider."""
    return getattr(st.user, "is_logged_in", None) is not None


def is_signed_in() -> bool:
    """Whether who reads this has signed in, and not longer ago than a sign-in lasts."""
    if getattr(st.user, "is_logged_in", False) is not True:
        return False
    since = getattr(st.user, "iat", 0)
    return isinstance(since, int | float) and time.time() - since < LASTS


def failure() -> None:
    """Why signing in came to nothing, if it just did."""
    if value(FAILED) in FAILURES and is_offered() and not is_signed_in():
        st.html(sentence(say(FAILURES[value(FAILED)])))


def way_in() -> None:
    """What signing in is for, and the button; or why it cannot be done."""
    if find_spec("authlib") is None:
        st.html(sentence(say("sign in needs authlib")))
        return
    st.html(NOTE.format(say("sign in to review")))
    if st.button(say("sign in"), key="sign_in"):
        st.query_params.pop(FAILED, None)
        try:
            st.login()
        except StreamlitAuthError:
            st.html(sentence(say("sign in lacks settings")))


def way_out() -> None:
    """That one is signed in, and the button that ends it."""
    st.html(NOTE.format(say("signed in")))
    st.button(say("sign out"), key="sign_out", on_click=st.logout)


class SignIn:
    """Bring whoever signs in or out back to the page they left, with a word on the address if it came to nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        log = logging.getLogger("streamlit.web.server.starlette.starlette_auth_routes")
        log.addFilter(without_words)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"] not in (LOGIN, CALLBACK, LOGOUT):
            await self.app(scope, receive, send)
            return
        begun: Message = {}

        async def held(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.update(message)

        asked = Request(scope)
        await self.app({**scope, "query_string": _without_description(scope["query_string"])}, receive, held)
        told = MutableHeaders(raw=list(begun["headers"]))
        answer = _answer(asked, begun["status"], told)
        for cookie in told.getlist("set-cookie"):
            answer.headers.append("set-cookie", cookie)
        await answer(scope, receive, send)


def _answer(asked: Request, status: int, told: MutableHeaders) -> RedirectResponse:
    """Where the browser goes instead: on to the provider, or back to where it came from."""
    step = asked.url.path
    left = _left(asked) if step != CALLBACK else _local(asked.cookies.get(BACK, AT_LEAST))
    onward = told.get("location", "")
    if status < 400 and urlsplit(onward).netloc:
        answer = RedirectResponse(onward, status_code=302)
        answer.set_cookie(BACK, left, max_age=600, path="/", httponly=True, samesite="lax")
        return answer
    failed = ""
    if step == LOGIN:
        failed = DOWN
    elif step == CALLBACK and "state" in asked.query_params and not _is_known(asked, told):
        failed = REFUSED
    answer = RedirectResponse(_with(left, failed), status_code=302)
    answer.delete_cookie(BACK, path="/")
    return answer


def _is_known(asked: Request, told: MutableHeaders) -> bool:
    """Whether the browser has a sign-in now: just given, or from before and not taken away."""
    given = [cookie for cookie in told.getlist("set-cookie") if cookie.startswith(f"{SIGNED_IN}=")]
    return "Max-Age=0" not in given[-1] if given else SIGNED_IN in asked.cookies


def _left(asked: Request) -> str:
    """The page of ours that a request came from."""
    came = urlsplit(asked.headers.get("referer", ""))
    if came.netloc != asked.headers.get("host"):
        return AT_LEAST
    return _local(f"{came.path}?{came.query}" if came.query else came.path)


def _local(place: str) -> str:
    """A place on this host, and never another.

    >>> _local("/krav?dok=a"), _local("//elsewhere.example/x"), _local("https:////elsewhere.example")
    ('/krav?dok=a', '/x', '/elsewhere.example')
    """
    parts = urlsplit(place.replace("\\", "/"))
    path = f"/{parts.path.lstrip('/')}"
    return f"{path}?{parts.query}" if parts.query else path


def _with(place: str, failed: str) -> str:
    """The place with a word on what failed, and without an older one.

    >>> _with("/krav?dok=a&innlogging=nede", "avvist"), _with("/funn?innlogging=nede", "")
    ('/krav?dok=a&innlogging=avvist', '/funn')
    """
    path, _, query = place.partition("?")
    told = [(name, words) for name, words in parse_qsl(query, keep_blank_values=True) if name != FAILED]
    told += [(FAILED, failed)] if failed else []
    return f"{path}?{urlencode(told)}" if told else path


def _without_description(query: bytes) -> bytes:
    """What a provider sends back, without its sentence on what went wrong: those name people, and would be logged.

    >>> _without_description(b"error=access_denied&error_description=a%40b&state=1")
    b'error=access_denied&state=1'
    """
    return urlencode([one for one in parse_qsl(query.decode("latin-1")) if one[0] != "error_description"]).encode()


def without_words(record: logging.LogRecord) -> bool:
    """A line of the log with the kind of error and its code, and without the provider's sentence about a person."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        kind = ": ".join(filter(None, (type(error).__name__, getattr(error, "error", None))))
        record.msg, record.args = "%s (%s)", (record.getMessage(), kind)
        record.exc_info = record.exc_text = None
    return True
