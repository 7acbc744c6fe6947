"""Keep private persons out of the stored text: names, addresses and numbers become blocks of the same length."""

import re

from ingest.privacy.persons import persons

BLOCK = "█"

EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+(?:@|\(at\)|\[at\])[\w-]+(?:\.[\w-]+)+")
# Eleven digits are a national identity number (six for the day of birth, and five more) or a bank account.
NATIONAL_ID = re.compile(
    r"(?<![\w.,/=%§-])(?:[0-7]\d[0-5]\d{3}[ \xa0]\d{5}|\d{11}|\d{4}\.\d{2}\.\d{5})(?![\w/=%-]|[.,]\d)"
)
# Norwegian numbers have eight digits and are written 12 34 56 78, 123 45 678 or in one; with or without +47.
PHONE = re.compile(
    r"(?<![\w./=%§+-])(?<!\d[ \xa0])(?:(?:\+|00)\d{2}[ \xa0]?)?"
    r"(?:[2-9]\d(?:[ \xa0]\d{2}){3}|[2-9]\d{2}[ \xa0]\d{2}[ \xa0]\d{3}|[2-9]\d{7})(?![\w/=%-]|[.,]\d|[ \xa0]\d)"
)
DATE_IN_ONE = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def masked(text: str) -> str:
    """The text with each character of private names, numbers and addresses as a block; white space stays.

    >>> masked("Referent Kari Nordmann, Os kommune, tlf. 90 12 34 56")
    'Referent ████ ████████, Os kommune, tlf. ██ ██ ██ ██'
    """
    text = _blocked(text, _contacts(text))
    # What is masked can bring another cue to stand before a name: masking goes on until nothing more is found.
    while spans := persons(text):
        text = _blocked(text, spans)
    return text


def _contacts(text: str) -> list[tuple[int, int]]:
    return sorted(
        found.span()
        for pattern in (EMAIL, NATIONAL_ID, PHONE)
        for found in pattern.finditer(text)
        if not DATE_IN_ONE.fullmatch(found[0])
    )


def _blocked(text: str, spans: list[tuple[int, int]]) -> str:
    parts, position = [], 0
    for start, end in spans:
        if end > position:
            parts += [text[position:start], re.sub(r"\S", BLOCK, text[max(start, position) : end])]
            position = end
    return "".join([*parts, text[position:]])
