"""The row of downloads: what a page shows, as a file."""

import streamlit as st

from hjemmel.comparison import Comparison, Diff
from hjemmel.pages.words import say
from hjemmel.render import as_json


def downloads(found: Comparison | Diff) -> None:
    """What was compared, to take along; it is written when it is asked for."""
    st.download_button(
        say("as json"),
        data=lambda: as_json(found.as_json()).encode(),
        file_name="hjemmel.json",
        mime="application/json",
        key="download_json",
        on_click="ignore",
    )
