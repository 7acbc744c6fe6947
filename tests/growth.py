"""How time grows with the length of a text, which machines of any speed agree on."""

from collections.abc import Callable
from time import process_time

MANY = 8
TRIES = 6
IN_STEP = 24.0
"""Between `MANY`, for work in step with the length, and its square, 64, for work that looks back from every place."""


def growth(work: Callable[[str], object], text: str) -> float:
    """How many times longer `work` takes on all of `text` than on an eighth of it.

    What else the machine does only ever adds to a time, so the shortest of some tries counts; there are no more of
    them than it takes to see that the time is in step with the length.
    """
    part = text[: len(text) // MANY]
    short = long = float("inf")
    for _ in range(TRIES):
        short = min(short, _seconds(work, part))
        long = min(long, _seconds(work, text))
        if long < IN_STEP * short:
            break
    return long / short


def _seconds(work: Callable[[str], object], text: str) -> float:
    before = process_time()
    work(text)
    return process_time() - before
