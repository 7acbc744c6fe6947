"""SPARQL: the endpoint's own editor, drawn here. The browser asks the endpoint, under the endpoint's limits."""

import streamlit as st
from markupsafe import Markup

from hjemmel.endpoint import editor, paper
from hjemmel.pages.address import value
from hjemmel.pages.words import language, say

# The editor stands in a root of its own, so that its look and ours do not meet.
PLACE = '<div class="place"></div>'
BEGIN = """
export default function({ parentElement, data }) {
  if (parentElement.shown === data.html) return;
  parentElement.shown = data.html;
  parentElement.querySelector(".place").innerHTML = data.html;
  editor(parentElement);
}
"""
LOOK = ":host, .place { font-size: 1rem; line-height: 1.5; color: var(--ink); } textarea { min-height: 12rem; }"


def show() -> None:
    """Draw the page with the query that the address holds, which is run at once."""
    st.html(Markup('<h1>{}</h1><p class="hj-soft">{}</p>').format(say("sparql title"), say("sparql lead")))
    script, look = ((paper.asset(name) or b"").decode() for name in ("editor.js", "page.css"))
    drawn = st.components.v2.component("hjemmel_sparql", html=PLACE, css=look + LOOK, js=script + BEGIN)
    drawn(key="sparql", data={"html": editor.embedded(language(), value("query"))})
