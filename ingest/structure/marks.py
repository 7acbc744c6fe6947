"""The signs a paragraph opens with: a number, a provision, a case, a bullet, a label."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ingest.structure.printed import Line

NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?P<stop>[.)]?)(?:\s+(?=\S)|(?<=[.)])(?=[A-ZÆØÅ]))")
"""A number that may open a heading or an item: "1. Formål", "4.2 Delavtaler", "3) …", "1.Formål" from a poor scan."""

MISREAD = re.compile(
    r"(?P<number>[\dlIO|]{1,2}(?:\.[\dlIO|]{1,2}){0,4})\s?(?P<stop>[.)]?)\s*(?=[A-ZÆØÅ](?:[a-zæøå]|[A-ZÆØÅ]{2}))"
)
"""The number of a heading as a poor scan has it: "l. Formål", "3.l Ansvar", "4 . Organisering", "4.1Møter"."""

FIGURE = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0"})
LONE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\.$|\d{1,2}(?:\.\d{1,2}){1,4}$")
ROMAN = re.compile(r"(?P<number>[IVX]{1,5})(?P<stop>\.)\s+(?=[A-ZÆØÅ])")
LETTER = re.compile(r"(?P<open>\(?)(?P<number>[a-zæøå]|[ivx]{2,4}|(?<=\()\d{1,2})(?P<stop>\))\s+(?=\S)")
"""Letters, and the paragraphs of a provision as statutes count them: "a) …", "(1) …"."""

BULLET = re.compile(r"(?:[•●○◦▪■□‣⁃∙·➢►✓*–—-]\s+|[\uE000-\uF8FF]\s*|o\s+)(?=[^\s\d]|\d+\s)")
LABEL = re.compile(r"[A-ZÆØÅ][A-ZÆØÅ0-9 ,/()-]*[A-ZÆØÅ][A-ZÆØÅ)]:(?:\s+(?=\S)|$)")
SHORT_LABEL = re.compile(r"[A-ZÆØÅ][\w-]+(?: [a-zæøå][\w-]*){0,2}:\s{1,2}(?=[A-ZÆØÅ«0-9])")

PROVISION = re.compile(
    r"(?P<number>§§?\s?\d+[a-z]?(?:-\d+)?(?:\s?[a-z](?=[\s.]))?)(?P<stop>\.?)(?:\s+[–-])?\s+(?=[A-ZÆØÅ])"
)
POINT = re.compile(
    r"(?P<number>(?i:Punkt|Pkt\.|Kapittel|Kap\.|Artikkel|Del|Vedlegg)\s(?:\d{1,2}|[IVX]{1,5}|[A-Z]))(?P<stop>[.:]?)"
    r"(?:(?:\s+[–-])?\s+(?=[A-ZÆØÅ])|$)"
)
CASE = re.compile(
    r"(?:(?:Sak|Saksnr|Saknr|PS|RS|FO|OS)\.?:?\s+(?P<named>(?:19|20)\d\d[./-]\s?\d{1,3}|\d{1,3}[/-](?:20)?\d\d)"
    r"|(?P<bare>(?:19|20)\d\d[./]\s?\d{1,3}))(?![\d.])(?P<stop>:?)(?:(?:\s+[–-])?\s+(?=[A-ZÆØÅ«])|$)"
)
"""A case of a meeting: "2022.39", "Sak 12/23: Godkjenning av protokoll"."""

# What makes a number part of the sentence: "1. ledd", "24. juni", "2. kvartal".
COUNTED = re.compile(
    r"(?:ledd|punktum|setning|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|"
    r"kvartal|tertial|halvår|gong|gang|etasje|kl)\b",
    re.IGNORECASE,
)

NOTE_MARK = re.compile(r"\d{1,2}(?=[\s.,;:)»”\"]|$)")
GLUED = re.compile(r"(?:[a-zæøå]{2}|[a-zæøå][.,;:)»”\"]|[a-zæøå][»”\"][.,])$")
"""What the mark of a footnote is glued to, a word or a stop: "omsorgssektoren1", "prioriteres.1"."""

LONGEST_BEFORE = 40
ABBREVIATED = re.compile(
    r"(?:(?<!\w)(?:nr|kap|kapt|pkt|kl|jf|jfr|ca|s|art|bl|st|vedl|tlf|mai|juni|juli)\.?|[/@%][^\s]*)$", re.IGNORECASE
)


class Mark(NamedTuple):
    """A sign and what it says.

    `kind` is "number" ("1.", "4.2", "3)"), "provision" ("§ 6-1"), "point" ("Punkt 3", "Kapittel 2"), "case"
    ("2022.39"), "roman", "letter", "bullet", "lost" (a bullet whose sign the extraction lost), "label" ("ANSVAR:"),
    "note" for a footnote, "table" and "row" for the first and the other rows of a table, "signature" for a line to
    sign, or "" for none. `number` is as printed without its final stop, misread figures set right, `stop` that stop or
    the sign of a bullet, and `body` where the words after the mark begin in the stored text.
    """

    kind: str
    number: str | None
    stop: str
    body: int


def mark(line: Line, *, lost: bool = False) -> Mark:
    """The mark a line opens with; `lost` tells that it stands where a bullet without its sign would.

    >>> line = Line(40, 53, "4.2 Delavtaler", 0, 1, False, 90)
    >>> mark(line)
    Mark(kind='number', number='4.2', stop='', body=44)
    """
    text, start = line.text, line.start
    first = text[0]
    if first.isdigit():
        if found := CASE.match(text):
            return Mark("case", found["bare"], found["stop"], start + found.end())
        if number := _misread(text, start):
            return number
        if (found := NUMBER.match(text)) and not COUNTED.match(text, found.end()):
            return Mark("number", found["number"], found["stop"], start + found.end())
        if LONE_NUMBER.match(text):
            return Mark("number", text.rstrip("."), "." * text.endswith("."), start + len(text))
    elif first == "§":
        if found := PROVISION.match(text):
            return Mark("provision", found["number"], found["stop"], start + found.end())
    elif found := BULLET.match(text):
        return Mark("bullet", None, text[0], start + found.end())
    elif first in "lI|" and (number := _misread(text, start)):
        return number
    elif first.isupper():
        if found := CASE.match(text):
            return Mark("case", found["named"], found["stop"], start + found.end())
        for kind, pattern in (("point", POINT), ("roman", ROMAN)):
            if found := pattern.match(text):
                return Mark(kind, found["number"], found["stop"], start + found.end())
        if found := LABEL.match(text) or SHORT_LABEL.match(text):
            return Mark("label", None, "", start + found.end())
    elif found := LETTER.match(text):
        return Mark("letter", found["number"], found["open"] + found["stop"], start + found.end())
    return Mark("lost" if lost else "", None, "", start)


def note_numbers(printed: Iterable[Line]) -> dict[str, list[tuple[int, int]]]:
    """Where each number stands as the mark of a footnote, in the stored text.

    >>> note_numbers([Line(0, 33, "Barn skal prioriteres.1 Se nr.2.", 0, 0, True, 90)])
    {'1': [(22, 23)]}
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for line in printed:
        for match in NOTE_MARK.finditer(line.text):
            before = line.text[max(0, match.start() - LONGEST_BEFORE) : match.start()]
            if GLUED.search(before[-3:]) and not ABBREVIATED.search(before):
                found.setdefault(match[0], []).append((line.start + match.start(), line.start + match.end()))
    return found


def _misread(text: str, start: int) -> Mark | None:
    """A number with letters for figures, or with blanks where none should be and none where one should be."""
    found = MISREAD.match(text)
    if found is None:
        return None
    printed, stop = found["number"], found["stop"]
    number = printed.translate(FIGURE)
    if number.startswith("0") or ".0" in number:
        return None
    if number != printed:
        # "I Vestfold" is no number, nor is "I. Formål": that may be a Roman one.
        sure = any(map(str.isdigit, printed)) or (stop and set(printed) <= {"l", "|"})
    else:
        blank = text[found.end("number")] in " \t"
        sure = bool(stop) if blank else "." in number and not stop
    return Mark("number", number, stop, start + found.end()) if sure else None
