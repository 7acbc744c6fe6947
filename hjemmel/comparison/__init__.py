"""What differs between agreements, and between the versions of one: in substance first, in wording after."""

from hjemmel.comparison.agreements import Aspect, Comparison, NothingToCompareError, compare
from hjemmel.comparison.alignment import Aligned
from hjemmel.comparison.difference import Difference, Side
from hjemmel.comparison.paper import Words
from hjemmel.comparison.similar import Similar, UnknownClauseError, similar
from hjemmel.comparison.telling import comparison_told, diff_told, marked
from hjemmel.comparison.topic import UnknownTopicError, topics
from hjemmel.comparison.versions import Diff, diff
from hjemmel.comparison.wording import Run, wording

__all__ = [
    "Aligned",
    "Aspect",
    "Comparison",
    "Diff",
    "Difference",
    "NothingToCompareError",
    "Run",
    "Side",
    "Similar",
    "UnknownClauseError",
    "UnknownTopicError",
    "Words",
    "compare",
    "comparison_told",
    "diff",
    "diff_told",
    "marked",
    "similar",
    "topics",
    "wording",
]
