"""The grammar of places in an act: "§§ 6-1 til 6-6", "§ 3-2 første ledd nr. 6 bokstav b", "kapitlene 3 til 10"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ingest.citations.enumerations import LETTER, NEXT, ORDINALS, enumeration
from ingest.citations.subdivisions import Pin, subdivisions


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """Where a text names places in an act, without the act; every place of a list or a range is a pin."""

    start: int
    end: int
    pins: tuple[Pin, ...]


SIGN = r"(?:§(?:\s?§)?\s*|%C2%A7\s*(?:%C2%A7\s*)?|(?<!\w)paragraf(?:en|ene|ane|er|ar)?\s+(?=\d))"
# (The same with its first letter before what stands before it: so the search leaps from one to the next.)
OPENING = re.compile(
    r"[§%pP](?i:(?<=§)(?:\s?§)?\s*|(?<=%)C2%A7\s*(?:%C2%A7\s*)?"
    r"|(?<=p)(?<!\w.)aragraf(?:en|ene|ane|er|ar)?\s+(?=\d))(?i:(?=\d|[lI]{1,2}-\d|[lI]\d-\d))"
)
# Scanned text often loses the sign, or reads it as another: "omsorgstjenesteloven S 6-1", "… 5 6-2".
LOST_SIGN = re.compile(r"\s+(?:[S$ß&]\s?|[58]\s)?(?=\d{1,2}-(?:\d{1,2}(?!\d|-\d\d)|[lI][a-z]?(?!\w)))")
GLUED_SIGN = re.compile(r"\s+5(?=(\d-\d{1,2})(?!\d|-\d\d))")
# A number with a ledd is a section even so: "loven 32 første ledd", "57 første ledd, 58 tredje og fjerde ledd".
WORDED_LEDD = (
    rf"\d{{1,3}}(?:-\d{{1,2}})?(?:\s?[a-z])?\s(?:(?:{'|'.join(ORDINALS)})(?:,\s|\s(?:og|eller|til)\s|\s)){{1,5}}"
    r"(?:ledd|leden)(?!\w)"
)
LEDD_AFTER_NAME = re.compile(rf"\s+(?={WORDED_LEDD})")
LEDD_IN_LIST = re.compile(rf"(?=\d)(?:(?<=,\s)|(?<=\sog\s)|(?<=\seller\s)|(?<=\setter\s))(?={WORDED_LEDD})")
# Treaties and agreements have articles and points with ledd of their own.
OTHER_UNIT = re.compile(r"(?<!\w)(?:arti(?:kkel|kkelen|kler|klene|klane)|art\.|punkt|pkt|vedlegg|bilag)", re.IGNORECASE)
LONGEST_LIST = 120
# Without the name of an act before it, such a sign is one only before a section that the law has.
MISREAD_SIGN = re.compile(
    r"[S$5](?:(?<=[S$])(?<![\w§$].)\s?|(?:(?<=jf\.\s5)|(?<=jfr\.\s5))\s)(?=(\d{1,2}-\d{1,2})(?!\d|-\d))"
)
SIGN_AGAIN = re.compile(SIGN, re.IGNORECASE)
CHAPTER_OPENING = re.compile(r"[kK](?<!\w.)(?i:ap(?:it(?:tel|el|let|lene|la)|t?\.?)\s*(?=\d|[IVX]+(?!\w)))")
CHAPTER = re.compile(r"(?P<value>\d{1,2}\s?[A-Z]?(?!\w)(?!\.\d)|[IVX]{1,5}(?!\w))")
# After a space "i" is the preposition: "§ 3 i loven" cites § 3, not § 3 i. "l" and "I" stand for a misread 1: "§ 2-la".
SECTION = re.compile(
    r"(?P<first>(?:\d{1,3}(?!\d)|[lI]{1,2}(?=-\d)|[lI]\d(?=-\d))(?:\s?[A-Z](?=-\d|(?!\w))(?<!\sI))?)"
    r"(?P<rest>(?:\s?[-\u2010\u2011]\s?(?:\d{1,3}(?!\d)|[lI](?=[a-z]?(?!\w))))+|[.\u2013\u2014]\d{1,3}(?!\d)|)"
    r"(?P<lone>-[a-z](?!\w))?"
    r"(?:(?P<glued>[a-z])(?![^\W\d]|\d\d)"
    r"|\s(?P<letter>[a-hj-zæøå]|i(?=\s(?:første|annet|andre|tredje)\sledd))(?!\w|\.\w|-\w))?"
)
IN_CHAPTER = re.compile(r"\d[-.]\d")
STRETCH = re.compile(r"[-\u2010\u2011\u2013](\d+)")
JF = re.compile(r"\s*,?\s*jfr?\.?\s*(?=\d)")
IN_CHAPTER_NEXT = re.compile(rf"\s*(?:,|og|til|eller|samt)\s*(?:{SIGN})?\d+[-\u2013.]\d")
NOT_A_SECTION = re.compile(
    r"\s*(?:\.?\s?(?:jan|feb|mars|apr|mai|jun|jul|aug|sep|okt|nov|des)"
    r"|(?:dag|døgn|månad|måned|år|uke|veke|prosent|krone|tim|time|gang|person|kommun|plass|million)"
    r"|%|:\d|\.\d|\.\s?ledd|\s?ledd|\.?\s?punktum)",
    re.IGNORECASE,
)
AFTER_LAST = re.compile(
    rf"\s*(?:[.,;:)\]/]|\Z|og\s|eller\s|samt\s|i\s|jf|{'|'.join(ORDINALS)}|nr|bokstav|ledd|gjeld|skal|kan|er\s)",
    re.IGNORECASE,
)
# The rubric of a section may stand between it and its ledd: "§ 6-2 Krav til avtalens innhold (2. ledd)".
RUBRIC = re.compile(
    rf"\s(?P<rubric>[^\W\d_][^\d.;:()§]{{2,70}}?)"
    rf"(?=\(\s*(?:\d{{1,2}}\.?|{'|'.join(ORDINALS)})\s?(?:ledd|leden)|\s?nr\.?\s?\d)",
    re.IGNORECASE,
)
ACT_AFTER = re.compile(
    r"\s+(?:i|av)\s+(?:(?:lov|forskrift)\s+(?:om|av|til|\d)|(?:[^\W\d_][\w-]*\s+){0,3}?[^\W\d_][\w-]*(?:lov|forskrift)(?:en|a)(?!\w))"
)
# What the document sets apart is no part of the place: the next heading's number, the letter of an item. But no
# paragraph ends in "og".
APART = re.compile(r"\n(?<!\sog\n)(?<!\seller\n)(?<!\ssamt\n)(?<!\stil\n)")
LONGEST_RANGE = 60
Rubrics = Mapping[str, frozenset[str]]
NO_RUBRICS: Rubrics = MappingProxyType({})


def pinpoints(text: str, rubrics: Rubrics = NO_RUBRICS, after: Iterable[int] = ()) -> list[Pinpoint]:
    """Every place named in a text, in order.

    `rubrics` gives the words of the known headings of a section; `after` are positions where the name of an act ends,
    so that a number there is a section though its § is lost.

    >>> [found] = pinpoints("jf. § 3-2 første ledd nr. 6 bokstavene a til c og § 3-6")
    >>> [(pin.section, pin.ledd, pin.number, pin.letter) for pin in found.pins]
    [('3-2', 1, '6', 'a'), ('3-2', 1, '6', 'b'), ('3-2', 1, '6', 'c'), ('3-6', None, None, None)]
    """
    found: list[Pinpoint] = []
    for opening in sorted([*OPENING.finditer(text), *_lost(text, rubrics, after)], key=lambda match: match.start()):
        if not found or opening.start() >= found[-1].end:
            plural = opening.group().count("§") > 1 or opening.group().upper().count("%C2%A7") > 1
            apart = APART.search(text, opening.end())
            words = text[opening.end() : apart.start() if apart else len(text)]
            pins, length = _sections(words, 0, plural, rubrics)
            if pins:
                found.append(Pinpoint(opening.start(), opening.end() + length, tuple(pins)))
    return sorted([*found, *_chapters(text)], key=lambda pinpoint: pinpoint.start)


def _lost(text: str, rubrics: Rubrics, after: Iterable[int]) -> Iterator[re.Match[str]]:
    """Where a section stands without its sign, which the scan has lost or misread."""
    for position in after:
        # "omsorgstjenesteloven 56-2": the law has a § 6-2, and no § 56-2.
        glued = GLUED_SIGN.match(text, position)
        if glued and glued[1] in rubrics and f"5{glued[1]}" not in rubrics:
            yield glued
        elif lost := LOST_SIGN.match(text, position) or LEDD_AFTER_NAME.match(text, position):
            yield lost
    for match in LEDD_IN_LIST.finditer(text) if "ledd" in text or "leden" in text else ():
        if not OTHER_UNIT.search(text, max(0, match.start() - LONGEST_LIST), match.start()):
            yield match
    yield from (match for match in MISREAD_SIGN.finditer(text) if match[1] in rubrics)


def _chapters(text: str) -> Iterator[Pinpoint]:
    for opening in CHAPTER_OPENING.finditer(text):
        values, end = enumeration(text, opening.end(), CHAPTER)
        if values:
            pins = tuple(Pin(chapter=re.sub(r"\s", "", value)) for value in values)
            yield Pinpoint(opening.start(), end, pins)


def _sections(text: str, position: int, plural: bool, rubrics: Rubrics) -> tuple[list[Pin], int]:
    """The sections of a list with everything named in them, and where it ends."""
    pins: list[Pin] = []
    end, signed, ranged, previous = position, True, False, ""
    while match := SECTION.match(text, position):
        if not signed and not _goes_on(text, match, plural, previous):
            break
        section, following = _section(match, plural, previous)
        letters, end = enumeration(text, match.start("letter"), LETTER) if match["letter"] else ([], match.end())
        if len(letters) > 1 and not plural and letters[-1] != "i":
            # "§ 4-2 a, b og c": several letters after one § are items of it.
            whole = replace(section, section=(section.section or "").removesuffix(match["letter"]))
            pins += [replace(whole, letter=letter) for letter in letters]
        else:
            pins += [Pin(between) for between in (_range(pins[-1].section, section.section) if ranged else [])]
            paths, end = subdivisions(text, _after_rubric(text, match.end(), section, rubrics))
            end = end if paths != [()] else match.end()
            pins += [*(section.at(path) for path in paths), *following]
        previous = match["first"] if following else match.group()  # "§§ 56-59 og 62-65" are stretches, not chapters
        step = NEXT.match(text, end) or (JF.match(text, end) if plural else None)
        if not step:
            break
        ranged = step.groupdict().get("range") is not None
        sign = SIGN_AGAIN.match(text, step.end())
        if sign and not ranged and _has_own_act(text, sign.end()):
            break
        signed, position = sign is not None, sign.end() if sign else step.end()
    return pins, end


def _has_own_act(text: str, position: int) -> bool:
    """Whether an act stands right after a section: "hol. § 6-1 og § 3 i fastlegeforskriften"."""
    section = SECTION.match(text, position)
    return bool(section and ACT_AFTER.match(text, subdivisions(text, section.end())[1]))


def _goes_on(text: str, match: re.Match[str], plural: bool, previous: str) -> bool:
    """Whether a number without its own § goes on the list: "§ 6.1 og 6-2", "§ 4 og 5"; not "§ 4 og 3 måneder"."""
    if NOT_A_SECTION.match(text, match.end()):
        return False
    if plural:
        return True
    if IN_CHAPTER.search(previous):
        return "-" in match["rest"]
    return not match["rest"] and AFTER_LAST.match(text, match.end()) is not None


def _section(match: re.Match[str], plural: bool, previous: str) -> tuple[Pin, list[Pin]]:
    """The section as Lovdata writes it; for "§§ 45-46" and "§§ 13-13 e" also those up to the second number."""
    first, rest = (re.sub(r"\s", "", match[part]) for part in ("first", "rest"))
    first = re.sub(r"[lI](?=[lI\d]?$)", "1", first)
    letter = match["glued"] or match["letter"] or ""
    stretch = STRETCH.fullmatch(rest) if plural and first.isdigit() and not IN_CHAPTER.search(previous) else None
    if stretch and (int(stretch[1]) > int(first) or (stretch[1] == first and letter)):
        text, end = match.string, match.end()
        if previous or not (IN_CHAPTER_NEXT.match(text, end) or subdivisions(text, end)[0] != [()]):
            last = stretch[1] + letter
            return Pin(first), [Pin(section) for section in [*_range(first, last), last]]
    rest = match["lone"] or rest
    plain = re.sub(r"[.\u2010\u2011\u2013\u2014]", "-", rest).replace("l", "1").replace("I", "1")
    misprint = match["lone"] or plain != re.sub(r"[\u2010\u2011\u2013\u2014]", "-", rest)
    return Pin(f"{first}{plain}{letter}", note=f"written § {match.group()}" if misprint else None), []


def _range(first: str | None, last: str | None) -> list[str]:
    """The sections between two, without either.

    >>> _range("14-1", "14-4"), _range("13", "13c"), _range("9-5a", "9-5d")
    (['14-2', '14-3'], ['13a', '13b'], ['9-5b', '9-5c'])
    """
    parsed = [re.fullmatch(r"(.*?)(\d+)([a-z]?)", value or "") for value in (first, last)]
    if parsed[0] is None or parsed[1] is None or parsed[0][1] != parsed[1][1]:
        return []
    (prefix, low, begin), (_, high, stop) = parsed[0].groups(), parsed[1].groups()
    if low == high and stop:
        return [f"{prefix}{low}{chr(code)}" for code in range(ord(begin or "`") + 1, ord(stop))]
    between = [f"{prefix}{number}" for number in range(int(low) + 1, int(high))]
    return [*between, *([f"{prefix}{high}"] if stop else [])][:LONGEST_RANGE]


def _after_rubric(text: str, position: int, section: Pin, rubrics: Rubrics) -> int:
    """Where ledd and numbers may follow: after the section, or after its rubric if that stands between."""
    rubric = RUBRIC.match(text, position)
    if not rubric:
        return position
    known = set(rubric["rubric"].casefold().split()) <= rubrics.get(section.section or "", frozenset())
    return rubric.end() if known or text[rubric.end()] == "(" else position
