"""Lists and stretches of numbers, letters and ordinals: "12 og 13", "a til c", "første, andre og tredje"."""

import re

NUMBERS_IN_WORDS = (
    ("første", "fyrste"),
    ("andre", "annet", "annen", "anna"),
    ("tredje",),
    ("fjerde",),
    ("femte",),
    ("sjette",),
    ("sjuende", "syvende", "sjuande"),
    ("åttende", "åttande"),
    ("niende", "niande"),
    ("tiende", "tiande"),
    ("ellevte", "ellefte"),
    ("tolvte",),
    ("trettende", "trettande"),
    ("fjortende", "fjortande"),
    ("femtende", "femtande"),
    ("sekstende", "sekstande"),
    ("syttende", "syttande"),
    ("attende", "attande"),
    ("nittende", "nittande"),
    ("tjuende", "tjuande"),
)
ORDINALS = {word: number for number, words in enumerate(NUMBERS_IN_WORDS, 1) for word in words}
NEXT = re.compile(
    r"(?=\s*(?:[,;/\u2010-\u2015-]|og|eller|samt|til|t\.o\.m))"
    r"\s*[,;]?\s*(?:(?P<range>til\sog\smed|t\.o\.m\.|til|[-\u2010-\u2015])"
    r"|og/eller|og\sogså|og|eller|samt|/)?\s*",
    re.IGNORECASE,
)
ORDINAL = re.compile(rf"(?P<word>{'|'.join(ORDINALS)})(?!\w)|(?P<digits>\d{{1,2}})\.?(?!\d)", re.IGNORECASE)
# In "nr. 13 i § 6-2" the "i" is the preposition; "3-6" after a comma is a section.
NUMERAL = re.compile(
    r"(?P<value>\d{1,2}(?:(?:[a-z]|\s[a-hj-z])(?![^\W\d]))?)(?![\w/])(?!\.\d|[-\u2013]\s?\d|\.\s?ledd)"
)
STRETCH = re.compile(r"(\d{1,2})\s?[-\u2010\u2013]\s?(\d{1,2})(?![\w-])")
LETTER = re.compile(r"(?P<value>[a-zæøå])(?!\w|\.\w)\)?", re.IGNORECASE)


def enumeration(text: str, position: int, item: re.Pattern[str]) -> tuple[list[str], int]:
    """The values from a position on, joined by commas, "og" or "eller", and where they end; "til" gives all between.

    >>> enumeration("bokstavene a til c og f", 11, LETTER)
    (['a', 'b', 'c', 'f'], 23)
    """
    values: list[str] = []
    end, ranged = position, False
    while match := item.match(text, position):
        value = _value(match)
        if values and ranged:
            values += _between(values[-1], value)
        values.append(value)
        end = match.end()
        step = NEXT.match(text, end)
        if not step:
            break
        ranged, position = step["range"] is not None, step.end()
    return values, end


def numerals(text: str, position: int) -> tuple[list[str], int]:
    """A list of numbers at a position ("12 og 13", "1 - 13"), and where it ends.

    >>> numerals("Punkt 12 og 13 skal", 6)
    (['12', '13'], 14)
    """
    stretch = STRETCH.match(text, position)
    if not stretch or int(stretch[1]) >= int(stretch[2]):
        return enumeration(text, position, NUMERAL)
    values, end = [stretch[1], *_between(stretch[1], stretch[2]), stretch[2]], stretch.end()
    if step := NEXT.match(text, end):
        more, after = enumeration(text, step.end(), NUMERAL)
        return [*values, *more], after if more else end
    return values, end


def _value(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if word := groups.get("word"):
        return str(ORDINALS[word.casefold()])
    return str(groups.get("digits") or groups["value"])


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []
