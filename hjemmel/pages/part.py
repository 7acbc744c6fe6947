"""Which documents a page takes up: all of a few, and of many those of one region, which the reader chooses."""

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from hjemmel.pages.address import keep, value
from hjemmel.pages.quote import sentence
from hjemmel.pages.shelf import MOST_TOGETHER, Paper
from hjemmel.pages.words import counted, norwegian_order, say


def part_of(known: Sequence[Paper]) -> list[Paper]:
    """The documents to take up, in their order; of many, those of the chosen region and those that have none.

    Of a region with many, the newest are taken, and the one that the address names; how many are left out is said.
    """
    here = of_region(known)
    asked = value("dok")
    newest = sorted(here, key=lambda one: (one.id == asked, one.made_on), reverse=True)[:MOST_TOGETHER]
    if len(known) > MOST_TOGETHER and len(newest) < len(here):
        st.html(sentence(say("only the newest", shown=len(newest), n=len(here))))
        return [one for one in here if one in newest]
    return here


def of_region(known: Sequence[Paper]) -> list[Paper]:
    """All of the documents; of many, all of the region that the reader chooses, and those that have none."""
    regions = sorted({one.region for one in known if one.region}, key=norwegian_order)
    if len(known) <= MOST_TOGETHER or not regions:
        return list(known)
    asked = next((one for one in known if one.id == value("dok") and one.region), None)
    chosen = asked.region if asked else value("region") if value("region") in regions else regions[0]
    st.session_state["part_region"] = chosen
    st.selectbox(say("region"), regions, key="part_region", on_change=_other_region)
    return [one for one in known if one.region in ("", chosen)]


def folded_by_region(known: Sequence[Paper], drawn: Callable[[Sequence[Paper]], Markup]) -> Markup:
    """The documents as they are drawn together; of many, those of each region folded under its name."""
    if len(known) <= MOST_TOGETHER:
        return drawn(known)
    regions: dict[str, list[Paper]] = {}
    for one in sorted(known, key=lambda one: (not one.region, norwegian_order(one.region))):
        regions.setdefault(one.region or say("no region"), []).append(one)
    return Markup("").join(
        Markup('<details class="hj-fold"><summary>{}: {}</summary>{}</details>').format(
            region, counted(len(those), "one paper", "many papers"), drawn(those)
        )
        for region, those in regions.items()
    )


def _other_region() -> None:
    for of_document in ("dok", "sted", "fra", "til"):
        st.query_params.pop(of_document, None)
    keep("region", "part_region")
