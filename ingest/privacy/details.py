"""E-mail addresses, phone numbers and national identity numbers in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

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

# (The examples are of Skatteetaten's test persons, who have 80 added to the month: they are nobody's.)
# The two control digits of a fødselsnummer (Skatteetaten): the weighted sums divide by eleven.
WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Detail:
    """Something that leads to one person, and where it stands."""

    start: int
    end: int
    kind: str


def details(text: str) -> Iterator[Detail]:
    """What in a text looks like an address or a number of a person's.

    >>> [detail.kind for detail in details("Ring 90 12 34 56 eller skriv til post@eksempel.no innen 20240912")]
    ['an e-mail address', 'a phone number']
    """
    for kind, pattern in (
        ("an e-mail address", EMAIL),
        ("a national identity number or a bank account", NATIONAL_ID),
        ("a phone number", PHONE),
    ):
        for found in pattern.finditer(text):
            if not DATE_IN_ONE.fullmatch(found[0]):
                yield Detail(*found.span(), kind)


def certain(text: str) -> Iterator[Detail]:
    """The same, of numbers with eleven digits only those that are a fødselsnummer by their control digits.

    >>> [detail.kind for detail in certain("01810700021, 01810700022")]
    ['a national identity number']
    """
    for detail in details(text):
        if "identity" not in detail.kind:
            yield detail
        elif is_national_id(text[detail.start : detail.end]):
            yield Detail(detail.start, detail.end, "a national identity number")


def is_national_id(number: str) -> bool:
    """Whether eleven digits are a fødselsnummer or a D-number: whether both control digits are right.

    >>> is_national_id("018107 00021"), is_national_id("018107 00031")
    (True, False)
    """
    digits = [int(sign) for sign in number if sign.isdecimal()]
    return len(digits) == 11 and all(
        sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11 == 0 for weights in WEIGHTS
    )
