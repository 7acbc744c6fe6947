"""By which law an agreement is judged: that of the day it was made, or today's."""

from datetime import date

from markupsafe import Markup

from hjemmel.pages.address import here, value
from hjemmel.pages.quote import choices
from hjemmel.pages.shelf import Paper
from hjemmel.pages.words import say

TODAY = "i-dag"


def law_day(document: Paper) -> date:
    """The day whose law applies; a document without a date is judged as if it were made today."""
    return date.fromisoformat(document.made_on) if document.made_on and value("lov") != TODAY else date.today()


def law_choice(page: str) -> Markup:
    """The two ways to judge, as links."""
    today = value("lov") == TODAY
    label = Markup('<p class="hj-choices-label">{}</p>').format(say("as of"))
    return label + choices(
        [(say("when made"), here(page, lov=""), not today), (say("today"), here(page, lov=TODAY), today)],
        label=say("as of"),
    )
