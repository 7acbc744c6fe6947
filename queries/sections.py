"""Provisions as a question names them: "§ 6-2 første ledd nr. 13", "item 13 of section 6-2", "nr 13"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ORDINALS = {
    word: number
    for number, said in enumerate(
        (
            "første fyrste first",
            "andre annet annen second",
            "tredje third",
            "fjerde fourth",
            "femte fifth",
            "sjette sixth",
        ),
        1,
    )
    for word in said.split()
}
_NUMBER = r"\d{1,3}(?:(?:\s*(?:,|og|and|eller|or)\s*|\s*(?:-|–|til|to)\s*)\d{1,3}(?![-.–]?\d))*"
# After a blank "i" is the preposition: "§ 3 i loven" is § 3, not § 3 i.
_SECTION = r"\d+[a-zA-Z]?(?:\s?[-.–]\s?\d+)?(?:\s?[a-hj-zA-HJ-Z](?!\w)|i(?!\w))?"
_SECTIONS = rf"{_SECTION}(?:\s*(?:,|og|and|eller|or|til|to)\s*(?:§\s*)?\d+[a-zA-Z]?[-.–]\d+)*"
_SIGN = r"(?:§{1,2}|\bparagraf(?:en|ene|ane|ar|er)?\b|\bsections?\b|\bsec\b\.?)\s*"
_BARE = r"(?<![\w.,/-])\d{1,2}[A-Z]?-\d{1,2}(?:\s?[a-z](?!\w))?(?![\w-])"
_LEDD = (
    rf"(?:(?P<ordinal>{'|'.join(ORDINALS)}|\d\s?\.)\s*(?:ledd(?:et)?|paragraph|subsection)\b|\bledd\s(?P<ledd>\d)\b)"
)
_ITEM = rf"\b(?:nr|no|nummer|number|num|items?|punkt(?:et|a|ene)?|pkt|points?)\b\.?\s*(?P<numbers>{_NUMBER})"
_LETTER = r"\b(?:bokstav|litra|letter|lit)\b\.?\s*(?P<letter>[a-z])\b"
_THE_LAW = r"(?:\b(?:lov(?:ens?|as?)|the\s+(?:law|act)(?:['’]s)?)\s+)?"
_BELOW = rf"(?:[\s,]*(?:{_LEDD}|\((?P<bracket>\d)\)))?(?:[\s,]*(?:{_ITEM}|{_LETTER}))?"
# "nr. 13 i § 6-2", "andre ledd i § 6-2"
_BEFORE = rf"(?=\d|{'|'.join(ORDINALS)}|ledd|n[ro]|num|item|p[uo]|pkt|bok|l[ei]t)(?:{_LEDD}\s*)?(?:{_ITEM}|{_LETTER})?"
_AFTER = rf"(?:[\s,]*(?P<after>{'|'.join(ORDINALS)})\s*ledd\b)?"
DOWNWARDS = re.compile(rf"{_THE_LAW}(?:{_SIGN}(?P<sections>{_SECTIONS})|(?P<bare>{_BARE})){_BELOW}", re.IGNORECASE)
UPWARDS = re.compile(
    rf"{_BEFORE}\s*(?:\b(?:i|av|of|in|under|etter)\b\s*)?{_THE_LAW}(?:{_SIGN}(?P<sections>{_SECTIONS})|(?P<bare>{_BARE})){_AFTER}",
    re.IGNORECASE,
)
ITEM_ALONE = re.compile(rf"(?:{_LEDD}\s*)?{_ITEM}", re.IGNORECASE)
MANY = re.compile(r"\s*(?:-|–|til|to)\s*")


@dataclass(frozen=True, slots=True)
class Reference:
    """A provision as written: sections ("2-1e"; the first and last of a range), ledd, item numbers, letter."""

    start: int
    end: int
    sections: tuple[str, ...]
    through: bool = False
    ledd: int | None = None
    numbers: tuple[str, ...] = ()
    letter: str | None = None


def references(sentence: str) -> Iterator[Reference]:
    """Every provision named in the sentence, in order.

    >>> [(found.sections, found.ledd, found.numbers) for found in references("§ 6-2 første ledd nr. 13")]
    [(('6-2',), 1, ('13',))]
    >>> [(found.sections, found.numbers) for found in references("items 12 and 13 of section 6-2, and nr 4")]
    [(('6-2',), ('12', '13')), ((), ('4',))]
    """
    position = 0
    while found := _first(sentence, position):
        yield _reference(found)
        position = found.end()


def _first(sentence: str, position: int) -> re.Match[str] | None:
    """The reference that begins first; of those, the longest."""
    hits = [grammar.search(sentence, position) for grammar in (DOWNWARDS, UPWARDS, ITEM_ALONE)]
    return min((hit for hit in hits if hit), key=lambda hit: (hit.start(), -hit.end()), default=None)


def _reference(found: re.Match[str]) -> Reference:
    said = found.groupdict()
    written = said.get("sections") or said.get("bare") or ""
    ordinal, ledd = said.get("ordinal") or said.get("after"), said.get("ledd") or said.get("bracket")
    if ordinal:
        ledd = str(ORDINALS.get(ordinal.lower()) or ordinal.strip(" ."))
    return Reference(
        start=found.start(),
        end=found.end(),
        sections=tuple(_plain(part) for part in re.split(r",|\b(?:og|and|eller|or|til|to)\b", written) if part.strip()),
        through=re.search(r"\b(?:til|to)\b", written) is not None,
        ledd=int(ledd) if ledd else None,
        numbers=_numbers(said.get("numbers") or ""),
        letter=(said.get("letter") or "").lower() or None,
    )


def _plain(section: str) -> str:
    """A section as it stands in an address: "2-1 e" and "6.2" are 2-1e and 6-2."""
    return re.sub(r"[.–]", "-", re.sub(r"[\s§]", "", section)).lower()


def _numbers(written: str) -> tuple[str, ...]:
    """Item numbers, a range written out.

    >>> _numbers("1 til 3"), _numbers("12 og 13")
    (('1', '2', '3'), ('12', '13'))
    """
    found: list[str] = []
    for part in re.split(r"\s*(?:,|\bog\b|\band\b|\beller\b|\bor\b)\s*", written):
        ends = [end for end in MANY.split(part) if end]
        if len(ends) == 2 and int(ends[0]) < int(ends[1]):
            found.extend(str(number) for number in range(int(ends[0]), int(ends[1]) + 1))
        else:
            found.extend(ends)
    return tuple(found)
