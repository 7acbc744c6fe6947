"""What a sentence says in fixed phrases: the number of a clause, words to be found, a wish to have something done.

Patterns of spaCy's matcher over the words of words.toml; its tokeniser keeps "4.2" and "pkt." whole. There is no model.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from queries.vocabulary import QUOTED, listed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

NUMBER = r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?$"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found at start to end: its kind, and what it says."""

    start: int
    end: int
    kind: str
    value: str


def phrases(sentence: str, spoken: str) -> Iterator[Phrase]:
    """The phrases of a sentence in a language.

    >>> [(found.kind, found.value) for found in phrases("Hva står i pkt. 4.2 om «kommunal  plikt»?", "nb")]
    [('quotation', 'kommunal plikt'), ('number', '4.2')]
    >>> [(found.kind, found.value) for found in phrases("Hvilke avtaler nevner ikke mekling i Vestfold?", "nb")]
    [('following', 'mekling i Vestfold')]
    >>> [found.kind for found in phrases("Kan du slette avtalen?", "nb")]
    ['change']
    """
    quotations = [
        Phrase(found.start(), found.end(), "quotation", " ".join(found["words"].split()))
        for found in QUOTED.finditer(sentence)
    ]
    yield from quotations
    text = _tokeniser()(sentence)
    for name, begin, end in _matcher(spoken)(text):
        kind, span = text.vocab.strings[name], text[begin:end]
        if any(one.start < span.end_char and span.start_char < one.end for one in quotations):
            continue
        if kind == "number":
            yield Phrase(span.start_char, span.end_char, kind, span[-1].text.rstrip("."))
        elif kind == "judgement" or _opens(text, begin, spoken):
            yield Phrase(span.start_char, span.end_char, kind, span.text)
    if not quotations:
        yield from _following(text, spoken)


def _opens(text: "Doc", place: int, spoken: str) -> bool:
    """Whether nothing but courtesy stands before a word."""
    return all(token.lower_ in listed("polite", spoken) or not token.is_alpha for token in text[:place])


def _following(text: "Doc", spoken: str) -> Iterator[Phrase]:
    """What stands after the last word that brings a quotation: "nevner ikke mekling"."""
    brings = [token.i for token in text if token.lower_ in listed("quoting", spoken)]
    telling = [place for place in brings if text[place].lower_ not in listed("linking", spoken)]
    if telling:
        last = telling[-1]
        while last + 1 in brings:
            last += 1
        rest = text[last + 1 :]
        while rest and rest[-1].is_punct:
            rest = rest[:-1]
        if rest:
            yield Phrase(rest.start_char, rest.end_char, "following", rest.text)


@cache
def _matcher(spoken: str) -> "Matcher":
    from spacy.matcher import Matcher

    matcher = Matcher(_tokeniser().vocab)
    place = {"LOWER": {"IN": [*listed("place", spoken), *(f"{word}." for word in listed("place", spoken))]}}
    matcher.add("number", [[place, {"TEXT": ".", "OP": "?"}, {"TEXT": {"REGEX": NUMBER}}]])
    for kind in ("change", "judgement"):
        matcher.add(kind, [[{"LOWER": {"IN": [*listed(kind, spoken)]}}]])
    return matcher


@cache
def _tokeniser() -> "Language":
    import spacy

    return spacy.blank("nb")
