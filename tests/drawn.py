"""A page as it is drawn for an address, without a browser."""

import re
from html import unescape

from streamlit.testing.v1 import AppTest


def view(page: str, **address: str) -> AppTest:
    """The page that an address names."""

    def draw(page: str) -> None:
        from hjemmel.pages import PAGES

        PAGES[page]()

    app = AppTest.from_function(draw, kwargs={"page": page}, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def mark_up(app: AppTest) -> str:
    """All of its HTML."""
    return " ".join(one.proto.body for one in app.get("html"))


def text(app: AppTest) -> str:
    """Everything it says, as one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", mark_up(app))).split())
