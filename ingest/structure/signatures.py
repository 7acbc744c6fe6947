"""Signature blocks: the lines at the end of an agreement where its parties sign."""

import re
from collections.abc import Sequence

from ingest.structure.printed import Line
from ingest.structure.wording import SIGNATURES, columns, finite

CELLS = re.compile(r" {3,}|\t+")
BLANK = re.compile(r"[_.…\s/-]*")
# "Dato:", "Sted/dato: ______", "Stad, dato 12.05.2024", "Signatur", "For kommunen:".
DATE = re.compile(
    r"(?:(?:sted|stad)(?:\s*[/,]\s*|\s+og\s+|\s+)dato|dato|(?:sted|stad)(?=\s*:)|underskrift|signatur|signert)\s*[:.,]?"
    r"[\s_.…/-]*(?:\d{1,2}[.\s/]{1,2}\d{1,2}[.\s/]{1,2}\d{2,4})?[\s_.…]*",
    re.IGNORECASE,
)
PLACE_AND_DATE = re.compile(
    r"[A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+)?,\s*(?:den\s*)?"
    r"(?:\d{1,2}\.\s?(?:\d{1,2}\.|[a-zæøå]+)\s?\d{2,4}|[_.…]{3,})[\s_.…]*"
)
PARTY = re.compile(
    r"(?:[Ff]or\s+)?(?:[A-ZÆØÅX]|xx)[\w.-]*(?:\s[\w.-]+){0,6}?\s(?:kommune|herad|fylkeskommune|R?HF|helseforetak|helseføretak|"
    r"\w*sykehus|\w*sjukehus|hospital)(?:\s(?:R?HF|helseforetak|helseføretak))?(?!\w).{0,12}"
)
ROLE = re.compile(
    r"(?:vara)?(?:ordfører|ordførar)|rådmann(?:en)?|\w*direktør(?:en)?|(?:adm(?:inistrerende|inistrerande|\.)\s?)direktør|"
    r"styre(?:leder|leiar)|kommunesjef|leder|leiar",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|§\s?\d+\.?)\s+")
RULE = re.compile(r"[_.…]{5,}")
PLAIN = frozenset("abcefghijklmnopqrtvwxyzæøå0123456789•-–§(«")
"""What neither a place, a date nor a signature begins with: most lines are told by their first letter."""

LONGEST = 40
NEAR = 8
"""So many lines may stand between the heading of the signatures, or two lines to sign, and the next."""

WIDEST = 70


def signatures(kept: Sequence[Line]) -> list[tuple[int, int]]:
    """The first and last line of each signature block.

    >>> from ingest.structure.lines import lines
    >>> kept, _ = lines("Avtalen varer i ett år.\\n\\nDato:      Dato:\\n\\nLia kommune      Elvedal sykehus HF\\n")
    >>> signatures(kept)
    [(1, 2)]
    """
    found: list[tuple[int, int]] = []
    headed = -1
    index = 0
    while index < len(kept):
        text = kept[index].text
        if text[0] in "UuSs§0123456789" and SIGNATURES.match(NUMBERED.sub("", text)):
            headed = index
        elif _to_sign(text) or (columns(text) and (_parties(text) or _only_offices(text))):
            last = _last(kept, index)
            lines = [line.text for line in kept[index : last + 1]]
            signed = any(map(_to_fill_in, lines)) or any(map(columns, lines)) or index - headed <= NEAR
            if signed and index > 0 and any(map(_parties, lines)):
                found.append((index, last))
            index = last
        elif headed >= 0 and index - headed == 1 and _parties(text):
            last = _last(kept, index)
            found.append((index, last))
            index = last
        index += 1
    return found


def _last(kept: Sequence[Line], first: int) -> int:
    """How far lines to sign go on: names of parties and offices, dates, blanks to fill in, and names between them."""
    last = first
    for index in range(first + 1, min(first + LONGEST, len(kept))):
        line = kept[index]
        if _to_sign(line.text) or _parties(line.text) or _offices(line.text):
            last = index
        elif index - last > 3 or line.top or not _name(line.text):
            break
    return last


def _cells(text: str) -> list[str]:
    return [cell for cell in CELLS.split(text) if cell]


def _to_sign(text: str) -> bool:
    """Whether every cell is a date or a blank to fill in."""
    if len(text) > 2 * WIDEST:
        return False
    if ("_____" in text or columns(text)) and RULE.search(text) and BLANK.fullmatch(text):
        return True
    return text[0] not in PLAIN and all(DATE.fullmatch(cell) or PLACE_AND_DATE.fullmatch(cell) for cell in _cells(text))


def _to_fill_in(text: str) -> bool:
    """Whether a place to sign is still open: "Dato:", "______"."""
    return RULE.search(text) is not None or (DATE.fullmatch(text) is not None and not any(map(str.isdigit, text)))


def _parties(text: str) -> bool:
    if len(text) > 2 * WIDEST:
        return False
    cells = _cells(text)
    return any(PARTY.fullmatch(cell) for cell in cells) and all(
        len(cell) < WIDEST and not finite(cell) for cell in cells
    )


def _offices(text: str) -> bool:
    return len(text) < 2 * WIDEST and any(ROLE.fullmatch(cell.strip(" ,()")) for cell in _cells(text))


def _only_offices(text: str) -> bool:
    return len(text) < 2 * WIDEST and all(ROLE.fullmatch(cell.strip(" ,()")) for cell in _cells(text))


def _name(text: str) -> bool:
    """Whether a short line may stand among the lines to sign: a name, a title, "for"."""
    return len(text) < WIDEST and not NUMBERED.match(text) and text[-1] not in ".:;" and not finite(text)
