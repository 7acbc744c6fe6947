"""A value of an answer as people read it: one of our own words, a day, a period, or as it is."""

import re

from hjemmel.outcome import outcome
from hjemmel.pages.words import day, name, period
from queries import Row

# The words for a column's values, where they are those of another.
KINDS = {
    "strength": "sureness",
    "obligation": "strength",
    "modality": "strength",
    "change": "kind",
    "relation": "kind",
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def cell(column: str, row: Row) -> str:
    """What a row holds in a column; what a meeting came to is told by the words of its minutes."""
    content = str(row[column])
    if column == "outcome":
        return name("outcome", outcome(content, str(row["quote"] or "")))
    written = name(KINDS.get(column, column), content)
    return period(day(written) if DAY.fullmatch(written) else written)
