"""Web addresses at Lovdata, and the act and place they lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from ingest.citations.subdivisions import Pin

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
LOVDATA = re.compile(
    r"lovdata\.no/(?:[A-Za-z]+/)*(?:(?P<kind>lov|forskrift)/(?P<id>\d{4}-\d\d-\d\d(?:-\d+)?)"
    r"|eli/(?P<eli_kind>lov|forskrift)/(?P<eli>\d{4}/\d\d/\d\d(?:/\d+)?))(?P<place>\S*)"
)
# The last § counts: "…/KAPITTEL_6#§6-6" leads to § 6-6.
SECTION = re.compile(r"§\s?(\d[\w-]*)(?!.*§)")
LEDD = re.compile(r"/ledd[/-](\d+)")
NUMBER = re.compile(r"/(?:nummer|nr)[/-](\w+)")
LETTER = re.compile(r"/bokstav[/-](\w)")
SENTENCE = re.compile(r"/(?:setning|punktum)[/-](\d+)")
CHAPTER = re.compile(r"(?:KAPITTEL_|/kap(?:ittel)?-?)(\w+)")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text, and what it leads to."""

    start: int
    end: int
    law: str
    pin: Pin


def addresses(text: str) -> Iterator[Address]:
    """Every address of an act or regulation at Lovdata.

    >>> [found] = addresses("se https://lovdata.no/dokument/NL/lov/2011-06-24-30/KAPITTEL_6#%C2%A76-6.")
    >>> found.law, found.pin.section
    ('lov/2011-06-24-30', '6-6')
    """
    for url in URL.finditer(text):
        words = url.group().rstrip(".,;)")
        if match := LOVDATA.search(unquote(words)):
            law = f"{match['kind'] or match['eli_kind']}/{match['id'] or match['eli'].replace('/', '-')}"
            yield Address(url.start(), url.start() + len(words), law, _pin(match["place"]))


def _pin(place: str) -> Pin:
    section, ledd, number, letter, sentence, chapter = (
        found[1] if (found := shape.search(place)) else None
        for shape in (SECTION, LEDD, NUMBER, LETTER, SENTENCE, CHAPTER)
    )
    return Pin(
        section=section,
        ledd=int(ledd) if ledd else None,
        number=number,
        letter=letter,
        sentence=int(sentence) if sentence else None,
        chapter=None if section else chapter,
    )
