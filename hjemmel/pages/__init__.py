"""The pages, and the way between them."""

import logging

import streamlit as st
from markupsafe import Markup

from hjemmel.pages import about, ask, bodies, cases, compare, draft, findings, matrix, network, reader, sparql
from hjemmel.pages.address import PATHS, in_other_language
from hjemmel.pages.frame import frame
from hjemmel.pages.quote import sentence
from hjemmel.pages.shelf import same_store, store
from hjemmel.pages.signin import failure
from hjemmel.pages.words import same_language, say
from hjemmel.snapshot import StoreError

PAGES = {
    "ask": ask.show,
    "matrix": matrix.show,
    "compare": compare.show,
    "findings": findings.show,
    "bodies": bodies.show,
    "cases": cases.show,
    "reader": reader.show,
    "draft": draft.show,
    "network": network.show,
    "sparql": sparql.show,
    "about": about.show,
}


def show() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title="Hjemmel", layout="wide")
    pages = {
        key: st.Page(draw, title=say(key), url_path=PATHS[key], default=not PATHS[key]) for key, draw in PAGES.items()
    }
    chosen = st.navigation(list(pages.values()), position="top")
    frame(in_other_language(next(key for key, page in pages.items() if page == chosen)))
    try:
        with st.spinner(say("opens")):
            store()
        with same_store(), same_language():
            failure()
            chosen.run()
    except StoreError as error:
        # Whoever can mend it reads English, and finds the same words in the documentation.
        st.html(sentence(Markup('{} <span lang="en">{}</span>').format(say("no store"), error)))
    except Exception:
        # Streamlit would say it in English, and offer to ask other hosts about it.
        logging.getLogger(__name__).exception("A page could not be drawn.")
        st.html(sentence(say("page failed")))
