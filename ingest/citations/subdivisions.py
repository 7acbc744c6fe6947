"""What a section is divided into: ledd (paragraph), punktum (sentence), nr. (number), bokstav (letter)."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from ingest.citations.enumerations import LETTER, ORDINAL, ORDINALS, enumeration, numerals

Level = Literal["ledd", "sentence", "number", "letter"]
Path = tuple[tuple[Level, str], ...]


@dataclass(frozen=True, slots=True)
class Pin:
    """One place in an act. `section` is written as Lovdata's addresses have it: "6-2", "2-1e"."""

    section: str | None = None
    ledd: int | None = None
    number: str | None = None
    letter: str | None = None
    sentence: int | None = None
    chapter: str | None = None
    note: str | None = None

    def at(self, path: Path) -> "Pin":
        """The place deeper in this one.

        >>> Pin("6-2", 1).at((("number", "13"),))
        Pin(section='6-2', ledd=1, number='13', letter=None, sentence=None, chapter=None, note=None)
        """
        pin = self
        for level, value in path:
            match level:
                case "ledd":
                    pin = replace(pin, ledd=int(value))
                case "sentence":
                    pin = replace(pin, sentence=int(value))
                case "number":
                    pin = replace(pin, number=value.replace(" ", ""))
                case "letter":
                    pin = replace(pin, letter=value.casefold())
        return pin


LEAD = r"[\s,:;(]*"
LEADING = re.compile(LEAD)
LEDD_END = re.compile(r"\s*(?:ledd(?:et)?|leden|stykket)(?!\w)(?:\s?\))?", re.IGNORECASE)
LEDD_FIRST = re.compile(rf"{LEAD}ledd\s(?P<value>\d{{1,2}})(?!\w)", re.IGNORECASE)
LEDD_BRACKET = re.compile(r"\s?\((?P<value>\d{1,2})\)")
SENTENCE_END = re.compile(r"\s*(?:punktum(?:et)?|setning(?:en)?|setninga|pkt\.(?!\s*\d))(?!\w)", re.IGNORECASE)
NUMBER_LEAD = re.compile(rf"{LEAD}(?:nr\.?|nummer|pkt\.?|punkt(?:ene|a)?)\s*(?=\d)", re.IGNORECASE)
LETTER_LEAD = re.compile(
    rf"{LEAD}(?:bokstav(?:en|ene|ane|er|ar)?|bokst\.|litra|lit\.)\s+(?=[a-zæøå](?!\w))", re.IGNORECASE
)
# "§ 2-2 første ledd a-e": after a ledd the letter may stand alone.
LONE_LETTER = re.compile(r"\s(?=[a-hj-z](?![\w.]))")
# "bokstav b, jf. bokstav a" stays in the section; "jf. punkt 4" may be a place in the text itself.
AGAIN = re.compile(r"\s*,?\s*(?:og|eller|samt|(?:jfr?\.?|jamfør)(?!\s*(?:punkt|pkt)))?\s+", re.IGNORECASE)
BEFORE_SECTION = re.compile(
    rf"(?<!\w)(?=(?:{'|'.join(ORDINALS)}|\d{{1,2}}\.?\s?ledd|nr|pkt|punkt|bokstav))", re.IGNORECASE
)
IN = re.compile(r"\s+(?:i|av)\s+")
IN_SECTION = re.compile(r"\s+(?:i|av)\s+(?:§|%C2%A7)", re.IGNORECASE)
FURTHEST_BEFORE = 40


def subdivisions(text: str, position: int) -> tuple[list[Path], int]:
    """The places named from a position on, and where they end; without any, the section as a whole.

    >>> subdivisions("§ 18 første ledd bokstav a eller g og fjerde ledd", 4)[0]
    [(('ledd', '1'), ('letter', 'a')), (('ledd', '1'), ('letter', 'g')), (('ledd', '4'),)]
    """
    done: list[Path] = []
    current: list[Path] = [()]
    end = position
    while part := _part(text, position, after_ledd=bool(current[-1]) and current[-1][-1][0] == "ledd"):
        level, values, end = part
        above = _above(current[-1], level)
        if above != current[-1]:
            done += current
            current = [above]
        current = [(*path, (level, value)) for path in current for value in values]
        again = AGAIN.match(text, end)
        more = _part(text, again.end()) if again else None
        # "§ 6-5 andre ledd og nr. 13 i § 6-2": what stands before another section belongs to that one.
        position = again.end() if again and more and not IN_SECTION.match(text, more[2]) else end
    return [*done, *current], end


def subdivision_before(text: str, position: int) -> tuple[list[Path], int] | None:
    """The places named before their section or act, as in "nr. 12 og 13 i § 6-2", and where they start.

    >>> subdivision_before("jf. nr. 12 og 13 i § 6-2", 19)
    ([(('number', '12'),), (('number', '13'),)], 4)
    """
    first = max(0, position - FURTHEST_BEFORE)
    window = text[first:position]
    for opening in BEFORE_SECTION.finditer(window):
        if (part := _part(window, opening.start())) and IN.fullmatch(window, part[2]):
            return [((part[0], value),) for value in part[1]], first + opening.start()
    return None


def _part(text: str, position: int, *, after_ledd: bool = False) -> tuple[Level, list[str], int] | None:
    lead = LEADING.match(text, position)
    ordinals, end = enumeration(text, lead.end() if lead else position, ORDINAL)
    if ordinals:
        if closed := LEDD_END.match(text, end):
            return "ledd", ordinals, closed.end()
        if closed := SENTENCE_END.match(text, end):
            return "sentence", ordinals, closed.end()
    if match := LEDD_FIRST.match(text, position) or LEDD_BRACKET.match(text, position):
        return "ledd", [match["value"]], match.end()
    if match := NUMBER_LEAD.match(text, position):
        values, end = numerals(text, match.end())
        return ("number", values, end) if values else None
    if match := LETTER_LEAD.match(text, position) or (LONE_LETTER.match(text, position) if after_ledd else None):
        values, end = enumeration(text, match.end(), LETTER)
        return ("letter", values, end) if values else None
    return None


def _above(path: Path, level: Level) -> Path:
    """What of a place still holds when a level is named: all of it, or what stands above that level's last mention."""
    if level == "ledd":
        return ()
    levels = [named for named, _ in path]
    return path[: levels.index(level)] if level in levels else path
