"""The closed classes of words that tell the parts of a Norwegian sentence apart."""

from functools import cache
from importlib.resources import files


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a class.

    >>> "ikkje" in words_of("adverb"), "kommune" in words_of("preposition")
    (True, False)
    """
    return _classes()[name]


@cache
def _classes() -> dict[str, frozenset[str]]:
    lines = files(__package__).joinpath("vocabulary.txt").read_text(encoding="utf-8").splitlines()
    read = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return {name: frozenset(words.split()) for name, _, words in read}
