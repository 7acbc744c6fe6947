"""By which law an agreement is judged, that of the day it was made, today's or any day's, and on what basis."""

from datetime import date

import streamlit as st

from hjemmel.pages.address import here, value
from hjemmel.pages.quote import choices
from hjemmel.pages.words import language, say

TODAY = "i-dag"
CONFIRMED = "bekreftet"
FIRST_DAY = date(2011, 6, 24)
"""No agreement has been made under the law before it was passed."""


def law_day() -> date | None:
    """The day whose law applies; none for the day that each agreement was made, or else today."""
    asked = value("lov")
    if asked == TODAY:
        return date.today()
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None


def confirmed_only() -> bool:
    """Whether only what a person has confirmed counts."""
    return value("grunnlag") == CONFIRMED


def law_choice(page: str) -> None:
    """Draw the choice of the day, and of what counts."""
    chosen, asked = law_day(), value("lov")
    st.session_state["law_day"] = chosen if asked != TODAY else None
    with st.container(horizontal=True, gap="medium"):
        st.html(
            choices(
                [
                    (say("when made"), here(page, lov=""), chosen is None),
                    (say("today"), here(page, lov=TODAY), asked == TODAY),
                ],
                label=say("as of"),
                shown=True,
            ),
            width="content",
        )
        st.date_input(
            say("other day"),
            key="law_day",
            value=None,
            min_value=FIRST_DAY,
            format="YYYY-MM-DD" if language() == "en" else "DD.MM.YYYY",
            on_change=_keep_day,
            width=180,
        )
        st.html(
            choices(
                [
                    (say("all found"), here(page, grunnlag=""), not confirmed_only()),
                    (say("only confirmed"), here(page, grunnlag=CONFIRMED), confirmed_only()),
                ],
                label=say("basis"),
                shown=True,
            ),
            width="content",
        )


def _keep_day() -> None:
    day = st.session_state["law_day"]
    if day is None:
        st.query_params.pop("lov", None)
    else:
        st.query_params["lov"] = day.isoformat()
