"""Keep private persons out of the stored text: names, addresses and numbers become blocks of the same length."""

import re

from ingest.privacy.details import details
from ingest.privacy.persons import persons

BLOCK = "█"


def masked(text: str) -> str:
    """The text with each character of private names, numbers and addresses as a block; white space stays.

    >>> masked("Referent Kari Nordmann, Os kommune, tlf. 90 12 34 56")
    'Referent ████ ████████, Os kommune, tlf. ██ ██ ██ ██'
    """
    text = blocked(text, sorted((found.start, found.end) for found in details(text)))
    # What is masked can bring another cue to stand before a name: masking goes on until nothing more is found.
    while spans := persons(text):
        text = blocked(text, spans)
    return text


def blocked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the characters of these spans, in their order, as blocks; white space stays."""
    parts, position = [], 0
    for start, end in spans:
        if end > position:
            parts += [text[position:start], re.sub(r"\S", BLOCK, text[max(start, position) : end])]
            position = end
    return "".join([*parts, text[position:]])
