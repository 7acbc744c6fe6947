"""Dates, durations and intervals in Norwegian words, as ISO 8601."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
NUMBERS = {
    **dict.fromkeys(("en", "én", "ett", "et", "ein", "éin", "ei", "éi", "eitt", "éitt", "eit"), 1),
    "to": 2,
    "tre": 3,
    "fire": 4,
    "fem": 5,
    "seks": 6,
    **dict.fromkeys(("sju", "syv"), 7),
    "åtte": 8,
    "ni": 9,
    "ti": 10,
    **dict.fromkeys(("elleve", "elve"), 11),
    "tolv": 12,
    "atten": 18,
    "tjuefire": 24,
}
ORDINALS = {
    **dict.fromkeys(("annet", "annen", "anna", "andre"), 2),
    "tredje": 3,
    "fjerde": 4,
    "femte": 5,
    "sjette": 6,
    **dict.fromkeys(("sjuende", "sjuande", "syvende"), 7),
    **dict.fromkeys(("åttende", "åttande"), 8),
    **dict.fromkeys(("tiende", "tiande"), 10),
    "tolvte": 12,
}
UNITS = {"å": ("Y", 1), "k": ("M", 3), "m": ("M", 1), "u": ("W", 1), "v": ("W", 1), "d": ("D", 1), "t": ("H", 1)}

FIGURE = r"[\dOol]"
FIGURES = str.maketrans("Ool", "001")
DATE = re.compile(
    rf"(?<!\d)(?:(?P<day>\d{{1,2}})\.?\s?(?P<month>{'|'.join(MONTHS)})\s?(?P<year>\d{{4}})"
    # A scan may have letters for figures: "Ol.07.2O24".
    rf"|\b(?P<d>{FIGURE}{{1,2}})[./]\s?(?P<m>{FIGURE}{{1,2}})[./-]\s?(?P<y>{FIGURE}{{4}}|{FIGURE}{{2}})\b"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})(?![\d-])"
    r"|årsskiftet\s\d{4}\s?[/–-]\s?(?P<newyear>\d{4}|\d{2})(?!\d)"
    rf"|\b(?P<onlymonth>{'|'.join(MONTHS)})\s(?P<monthyear>\d{{4}}))",
    re.IGNORECASE,
)
COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
UNIT = r"(?:år|måne?d(?:e?r)?|månad(?:ar)?|mnd\.?|kvartal|uker?|veker?|dag(?:er|ar)?|døgn|timar|timer?)(?:s|ers?)?"
# The number may be said twice, tolv (12) månader or ett - 1 - års, or be part of the word: ettårs.
DURATION = re.compile(
    rf"\b(?:(?P<count>{COUNT})(?:\s?[(–-]\s?{COUNT}\s?[)–-])?[\s-]{{0,2}}(?P<unit>{UNIT})"
    r"|(?P<half>(?:et|eit|ett|eitt|1/2|½)?\s?halvt?[\s-]?års?)|(?P<onehalf>halvann(?:et|an|en|i)?\s?års?))\b",
    re.IGNORECASE,
)
EVERY = r"(?:hver(?:t)?|kvar(?:t)?)"
TIMES = r"(?:gang(?:er)?|gong(?:er|ar)?)\s(?:i\såret|(?:pr\.?|per)\sår|årlig|årleg)"
INTERVAL = re.compile(
    rf"\b(?:(?P<times>{COUNT})\s{TIMES}"
    rf"|{EVERY}\s(?:(?P<ordinal>{'|'.join(ORDINALS)}|\d{{1,2}}\.)\s)?(?P<unit>år|måned|månad|kvartal|uke|veke|vår|høst|haust)"
    rf"|(?P<second>anne[tn]?hver[t]?|annakvart)\sår"
    r"|(?P<adverb>halvårl(?:ig|eg)|toårl(?:ig|eg)|årl(?:ig|eg)|kvartalsvis|månedl(?:ig|eg)|månadl(?:ig|eg))(?:e|t)?)\b",
    re.IGNORECASE,
)
ADVERBS = {"halvårl": "P6M", "toårl": "P2Y", "årl": "P1Y", "kvartalsvis": "P3M", "månedl": "P1M", "månadl": "P1M"}


@dataclass(frozen=True, slots=True)
class Time:
    """A date, duration or interval at start to end of a text, in ISO 8601."""

    start: int
    end: int
    value: str


def dates(text: str) -> Iterator[Time]:
    """The calendar dates in a text; a month without a day is "2025-01".

    >>> [found.value for found in dates("gyldig fra 12.09.2024, endra 1. mai 2025, ikkje 31.02.2024")]
    ['2024-09-12', '2025-05-01']
    """
    for found in DATE.finditer(text):
        if value := _date(found):
            yield Time(found.start(), found.end(), value)


def durations(text: str) -> Iterator[Time]:
    """The lengths of time in a text; whole years are written as years.

    >>> [found.value for found in durations("ett års frist, tolv (12) månaders varsel, seks veker, 24 timar")]
    ['P1Y', 'P1Y', 'P6W', 'PT24H']
    """
    for found in DURATION.finditer(text):
        if found["half"] or found["onehalf"]:
            yield Time(found.start(), found.end(), "P6M" if found["half"] else "P18M")
        elif count := _number(found["count"]):
            letter, size = UNITS[found["unit"][0].lower()]
            yield Time(found.start(), found.end(), _duration(count * size, letter))


def intervals(text: str) -> Iterator[Time]:
    """How often something recurs, as the time from one to the next.

    >>> [found.value for found in intervals("årlig; kvart år; annethvert år; to ganger i året; hvert 4. år")]
    ['P1Y', 'P1Y', 'P2Y', 'P6M', 'P4Y']
    """
    for found in INTERVAL.finditer(text):
        if value := _interval(found):
            yield Time(found.start(), found.end(), value)


def _date(found: "re.Match[str]") -> str | None:
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
    elif found["newyear"]:
        year, month, day = _year(found["newyear"]), 1, 1
    elif found["onlymonth"]:
        return f"{found['monthyear']}-{MONTHS.index(found['onlymonth'].lower()) + 1:02}"
    elif found["month"]:
        year, month, day = int(found["year"]), MONTHS.index(found["month"].lower()) + 1, int(found["day"])
    else:
        d, m, y = (found[part].translate(FIGURES) for part in "dmy")
        year, month, day = _year(y), int(m), int(d)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _duration(count: int, letter: str) -> str:
    if letter == "H":
        return f"PT{count}H"
    return f"P{count // 12}Y" if letter == "M" and count % 12 == 0 else f"P{count}{letter}"


def _interval(found: "re.Match[str]") -> str | None:
    if found["times"]:
        times = _number(found["times"])
        return _duration(12 // times, "M") if times and 12 % times == 0 else None
    if found["unit"]:
        ordinal = (found["ordinal"] or "1.").rstrip(".").lower()
        season = found["unit"].lower() in {"vår", "høst", "haust"}
        letter, size = ("Y", 1) if season else UNITS[found["unit"][0].lower()]
        count = int(ordinal) if ordinal.isdigit() else ORDINALS[ordinal]
        return _duration(count * size, letter) if count else None
    if found["second"]:
        return "P2Y"
    return next(value for stem, value in ADVERBS.items() if found["adverb"].lower().startswith(stem))
