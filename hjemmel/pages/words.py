"""What the pages say: the texts of `texts/{language}/*.toml`, and values as people write them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Literal

import streamlit as st

Language = Literal["nb", "en"]

SIGNS = {
    "fulfilled": "✓",
    "partly": "◐",
    "missing": "✕",
    "conflict": "⚠",
    "not_assessable": "?",
    "not_applicable": "–",
    # The law applies although the agreement is silent, or the guidance only advises.
    "silent": "○",
}


_SPOKEN: ContextVar[Language | None] = ContextVar("spoken", default=None)


def language() -> Language:
    """The language of the page: bokmål, unless the address says English."""
    return _SPOKEN.get() or ("en" if st.query_params.get("lang") == "en" else "nb")


@contextmanager
def same_language() -> Iterator[None]:
    """The language is found once for a whole page: a long answer asks for it ten thousand times."""
    before = _SPOKEN.set(language())
    try:
        yield
    finally:
        _SPOKEN.reset(before)


@cache
def texts(spoken: Language) -> Mapping[str, str]:
    """Every text of a language by its key, whichever page it stands on."""
    folder = files(__package__).joinpath("texts", spoken)
    return {
        key: words
        for file in folder.iterdir()
        for key, words in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


def say(key: str, **values: object) -> str:
    """A text in the page's language, its gaps filled."""
    words = texts(language())[key]
    return words.format(**values) if values else words


def name(kind: str, code: object) -> str:
    """The word for one of the graph's own values, such as a status; a value without one is left as it is."""
    key = f"{kind} {code or ''}"
    return say(key) if key in texts(language()) else str(code or "")


def day(written: object) -> str:
    """A date as people write it; what is not a date is left as it is."""
    year, _, rest = str(written)[:10].partition("-")
    month, _, number = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and number.isdigit()):
        return str(written)
    name_of_month = say("months").split()[int(month) - 1]
    return f"{int(number)}{' ' if language() == 'en' else '. '}{name_of_month} {year}"


def counted(number: int, one: str, many: str) -> str:
    """A number of things, by the keys for one and for several."""
    return say(one) if number == 1 else say(many, n=number)


def period(written: object) -> str:
    """A duration such as P1Y or P3M in words; anything else as it is."""
    found = re.fullmatch(r"P(\d+)([YMWD])", str(written))
    return counted(int(found[1]), f"one {found[2]}", f"many {found[2]}") if found else str(written)


def every(written: object) -> str:
    """How often something happens, by a duration such as P3M, in words; anything else as it is."""
    found = re.fullmatch(r"P(\d+)([YMWD])", str(written))
    return counted(int(found[1]), f"every {found[2]}", f"every n {found[2]}") if found else str(written)


def listed(parts: list[str]) -> str:
    """Words with commas and an "og" before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {'and' if language() == 'en' else 'og'} {parts[-1]}"


def norwegian_order(word: str) -> tuple[int, ...]:
    """A key that sorts æ, ø and å last, and numbers in a name by their size.

    >>> sorted(["Østfold", "Ahus", "Årdal", "nr. 13", "nr. 2"], key=norwegian_order)
    ['Ahus', 'nr. 2', 'nr. 13', 'Østfold', 'Årdal']
    """
    key: list[int] = []
    number = ""
    for letter in f"{word.casefold()}\0":
        if letter.isdecimal():
            number += letter
            continue
        if number:
            key += [48, int(number)]
            number = ""
        key.append({"æ": 0x10000, "ä": 0x10000, "ø": 0x10001, "ö": 0x10001, "å": 0x10002}.get(letter, ord(letter)))
    return tuple(key)
