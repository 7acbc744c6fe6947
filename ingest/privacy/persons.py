"""Find the names of private persons: by given name, by the role or list they stand in, and wherever they recur."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from ingest.actors.organisations import municipalities
from ingest.privacy.names import WORDS_TOO, Names, Span, roles

PRESENTED_BY = r"v/[ \xa0]?|(?:orientering|innledning|innleiing|presentasjon|gjennomgang|informasjon|innlegg)\w* ved "
ATTENDANCE = re.compile(
    r"\W*(?:deltakere|deltakarar|deltok|til ?stede|til ?stades|møtende|møtte|frammøtte|fremmøtte|(?:meldt )?forfall|"
    r"fråfall|observatører|observatørar|medlemmer|medlemer|varamedlemmer|representanter|representantar|sekretariat|"
    r"referent|innledere|innleiarar|\w{0,20} ?(?:arbeids|prosjekt|styrings|referanse|redaksjons)gruppe|"
    r"underskrift(?:er)?|signatur(?:er)?)\b",
    re.IGNORECASE,
)
LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
CELL = re.compile(r"\S+(?:[ \xa0]\S+)*")
ITEM = re.compile(r"[^\W\d_][^,;:/()\r\n]*[^\W\d_]")
ENTRY = re.compile(r"[^\w\r\n]*(?:\d+[.)]?\s+)?(?P<name>[^\W\d_][^,(\r\n]{2,60}?)\s*(?:,\s*\S|\(| [–-] )")


def persons(text: str) -> list[Span]:
    """Where the names of persons stand, in order.

    >>> text = "Referent: Kari Moe Berg. Kari la fram saken om St. Olavs hospital."
    >>> [text[start:end] for start, end in persons(text)]
    ['Kari Moe Berg', 'Kari']
    """
    names = Names(text)
    found = {*_by_given_name(names), *_by_cue(names), *_by_list(names), *_by_heading(names), *_by_signature(names)}
    return sorted({*found, *_again(names, found), *_alone(names)})


def _by_given_name(names: Names) -> Iterator[Span]:
    """A given name and what follows it: "Kari Moe Berg", "Kari M. Berg", and "Berg, Kari" on a line of its own."""
    place = 0
    while place < len(names.words):
        end = place
        if names.given(place):
            end = names.end(place)
            if end - place > 1:
                yield names.span(place, end)
            elif names.only_given(place) and names.surname_first(place):
                yield names.span(place - 1, end)
        elif names.patronymic(place):
            end = place + 2
            yield names.span(place, end)
        place = max(end, place + 1)


def _by_cue(names: Names) -> Iterator[Span]:
    """A name after a role or "v/": two words that no table knows are enough, or a given name alone."""
    for cue in _cue().finditer(names.text):
        place = names.place.get(cue.end())
        if place is None or not names.possible(place):
            continue
        end = names.end(place)
        known = names.given(place) and names.only_given(place)
        if known or (end - place > 1 and not names.ordinary(place, end)):
            yield names.span(place, end)


def _by_list(names: Names) -> Iterator[Span]:
    """The names in a list of people, "name, title or body": a heading or a given name shows that it is one."""
    for headed, lines in _lists(names.text):
        entries = [ENTRY.match(names.text, *line) for line in lines]
        found = [span for entry in entries if entry and (span := _whole(names, *entry.span("name")))]
        if headed or any(names.given(place) for place in names.inside(found)):
            yield from found


def _lists(text: str) -> Iterator[tuple[bool, list[Span]]]:
    """Runs of lines that read "words, words", and whether a heading for people stands above them."""
    headed, lines = False, list[Span]()
    for line in LINE.finditer(text):
        if ENTRY.match(text, *line.span()):
            lines.append(line.span())
        elif not lines or not line[0].lstrip()[0].islower():
            # A line that begins in lower case goes on with the entry above it.
            yield headed, lines
            headed, lines = bool(ATTENDANCE.match(text, *line.span())), []
    yield headed, lines


def _by_heading(names: Names) -> Iterator[Span]:
    """The names after a heading on the same line, as in 'Til stede: Kari Moe, Áile Berg'."""
    for line in LINE.finditer(names.text):
        if ":" in line[0] and (heading := ATTENDANCE.match(names.text, *line.span())):
            for item in ITEM.finditer(names.text, heading.end(), line.end()):
                if span := _whole(names, *item.span()):
                    yield span


def _by_signature(names: Names) -> Iterator[Span]:
    """A name over the office that signs: "Zoran Wu" above "Kommunedirektør"."""
    for line, below in pairwise(LINE.finditer(names.text)):
        if _role().match(below[0].lstrip()):
            for cell in CELL.finditer(names.text, *line.span()):
                if span := _whole(names, *cell.span()):
                    yield span


def _whole(names: Names, start: int, end: int) -> Span | None:
    """The span if all of it is one name of two words or more."""
    place = names.place.get(start)
    if place is None or not names.possible(place):
        return None
    after = names.end(place)
    whole = after - place > 1 and names.words[after - 1].end == end and not names.ordinary(place, after)
    return (start, end) if whole else None


def _again(names: Names, known: Iterable[Span]) -> Iterator[Span]:
    """Every further mention of names found, whole or by one of their words: "Kari", "fylkeslege Moe"."""
    masked = set(names.inside(known))
    learned = {
        word
        for place in masked
        for word in (names.words[place].text, *names.words[place].parts)
        if len(word) > 2 and word not in municipalities()
    }
    for place, word in enumerate(names.words):
        base = word.text if word.text in learned else word.text.removesuffix("s")
        if place in masked or place in names.taken or not {base, *word.parts} & learned:
            continue
        ordinary = base.lower() in names.common or base.lower() in WORDS_TOO
        if names.alone(place) or not ordinary:
            yield names.span(place, place + 1)


def _alone(names: Names) -> Iterator[Span]:
    """A line or a table cell with nothing but a given name: who presents a case."""
    for place in range(len(names.words)):
        if names.given(place) and names.only_given(place) and names.alone(place):
            yield names.span(place, place + 1)


@cache
def _role() -> "re.Pattern[str]":
    return re.compile(rf"(?:{'|'.join(map(re.escape, roles()))})\b", re.IGNORECASE)


@cache
def _cue() -> "re.Pattern[str]":
    return re.compile(
        rf"(?<![^\W_])(?:(?:{'|'.join(map(re.escape, roles()))}):?[ \xa0\t]+|{PRESENTED_BY})(?=[^\W\d_])", re.IGNORECASE
    )
