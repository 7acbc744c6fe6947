"""Which documents a page takes up: all of a few, and of many those of one region, which the reader chooses."""

from collections.abc import Sequence

import streamlit as st

from hjemmel.pages.address import keep, value
from hjemmel.pages.quote import sentence
from hjemmel.pages.shelf import MOST_TOGETHER, Paper
from hjemmel.pages.words import norwegian_order, say


def part_of(known: Sequence[Paper]) -> list[Paper]:
    """The documents to take up, in their order; of many, those of the chosen region and those that have none.

    Of a region with many, the newest are taken, and the one that the address names; how many are left out is said.
    """
    regions = sorted({one.region for one in known if one.region}, key=norwegian_order)
    if len(known) <= MOST_TOGETHER or not regions:
        return list(known)
    asked = next((one for one in known if one.id == value("dok") and one.region), None)
    chosen = asked.region if asked else value("region") if value("region") in regions else regions[0]
    st.session_state["part_region"] = chosen
    st.selectbox(say("region"), regions, key="part_region", on_change=_other_region)
    here = [one for one in known if one.region in ("", chosen)]
    newest = sorted(here, key=lambda one: (one == asked, one.made_on), reverse=True)[:MOST_TOGETHER]
    if len(newest) < len(here):
        st.html(sentence(say("only the newest", shown=len(newest), n=len(here))))
    return [one for one in here if one in newest]


def _other_region() -> None:
    st.query_params.pop("dok", None)
    keep("region", "part_region")
