"""Find words again in a text that has changed around them."""

import re

from hjemmel.review.decision import ReviewError, Words
from ingest.page import CONTEXT


def words_at(text: str, start: int, end: int) -> Words:
    """The words from start to end with what stands around them."""
    return Words(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def span(text: str, words: Words) -> tuple[int, int] | None:
    """Where the words stand now, however their lines are broken; None if they are gone.

    Where they stand more than once, what stands around them decides, and then the nearest place.

    >>> words = words_at("1 Formål. Partene skal møtes. 2 Ansvar. Partene skal møtes.", 40, 59)
    >>> span("Ingress. 1 Formål. Partene skal møtes. 2 Ansvar. Partene\\nskal møtes.", words)
    (49, 68)
    >>> span("Partene bør møtes.", words)
    """
    found = [match.span() for match in _pattern(words.exact).finditer(text)]
    if not found:
        return None

    def likeness(place: tuple[int, int]) -> tuple[int, int]:
        start, end = place
        before, after = _plain(text[max(0, start - 2 * CONTEXT) : start]), _plain(text[end : end + 2 * CONTEXT])
        prefix, suffix = _plain(words.prefix), _plain(words.suffix)
        # The outermost word of the context may be cut.
        same = before.endswith(_tail(prefix)) + after.startswith(_head(suffix))
        return same, -abs(start - words.start)

    return max(found, key=likeness)


def only_span(text: str, quote: str, within: tuple[int, int]) -> tuple[int, int]:
    """Where a quote stands in a part of the text, given that it stands there once."""
    found = [match.span() for match in _pattern(quote).finditer(text, *within)]
    if len(found) != 1:
        times = f"{len(found)} times" if found else "nowhere"
        raise ReviewError(
            f"The words «{quote}» stand {times} there: give words that stand once, as they are written.", "not one"
        )
    return found[0]


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _tail(words: str) -> str:
    return words.partition(" ")[2] or words


def _head(words: str) -> str:
    return words.rpartition(" ")[0] or words
