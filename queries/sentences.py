"""What is said to people, in their language."""

import tomllib
from functools import cache
from importlib.resources import files


def say(key: str, language: str, **names: object) -> str:
    """A sentence of sentences.toml with its names filled in.

    >>> say("no_intent", "en")
    'It is not clear what the question wants to know.'
    """
    return _sentences()[language][key].format(**names)


def listing(names: list[str], language: str) -> str:
    """Names as a list in running text.

    >>> listing(["Ahus", "Agder", "Oslo"], "nb")
    'Ahus, Agder og Oslo'
    """
    *first, last = names
    return f"{', '.join(first)} {say('and', language)} {last}" if first else last


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("queries").joinpath("sentences.toml").read_text(encoding="utf-8"))
