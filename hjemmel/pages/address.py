"""The address of a view: everything a page shows stands in it, so that it can be copied and opened elsewhere."""

from urllib.parse import urlencode, urljoin

import streamlit as st

from hjemmel.pages.words import language

PATHS = {
    "ask": "",
    "matrix": "krav",
    "compare": "sammenlign",
    "findings": "funn",
    "bodies": "organer",
    "cases": "saker",
    "reader": "dokument",
    "draft": "utkast",
    "network": "nettverk",
    "sparql": "sporringer",
    "about": "om",
}

FAILED = "innlogging"
"""Why somebody could not sign in: said once, and carried into no other address."""


def address(page: str, **values: object) -> str:
    """A link to a page with these values, in the language of this page; relative, so that it holds below any path."""
    given: dict[str, object] = {
        name: value if isinstance(value, list) else str(value)
        for name, value in values.items()
        if value not in (None, "")
    }
    if language() == "en":
        given["lang"] = "en"
    return f"./{PATHS[page]}?{urlencode(given, doseq=True)}" if given else f"./{PATHS[page]}"


def here(page: str, **changes: object) -> str:
    """The address of this very view with some values changed."""
    return address(page, **{**_now(), **changes})


def in_other_language(page: str) -> str:
    """The address of this very view in the language it is not in."""
    given = {name: told for name, told in _now().items() if name != "lang"}
    if language() == "nb":
        given["lang"] = ["en"]
    return f"./{PATHS[page]}?{urlencode(given, doseq=True)}"


def absolute(relative: str) -> str:
    """The same address for a file that is read elsewhere: below the address by which the reader's browser came here."""
    return urljoin(st.context.url or "", relative)


def value(name: str) -> str:
    """A value of the address, or an empty text."""
    return str(st.query_params.get(name, "")).strip()


def number(name: str) -> int | None:
    """A whole number of the address; whatever else stands there is no number."""
    written = value(name)
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def keep(name: str, widget: str) -> None:
    """Write a widget's value into the address, for its on_change."""
    chosen = st.session_state[widget]
    if chosen in (None, ""):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(chosen)


def _now() -> dict[str, list[str]]:
    """Every value of this address that belongs to the view; a name may have several."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name != FAILED}
