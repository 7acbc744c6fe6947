"""The numbers and bullets that Word shows before its paragraphs and never writes into them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from ingest.readers.layout import bullet, numeral

NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 9
FORMS = {
    "decimal": "decimal",
    "decimalZero": "decimal",
    "ordinal": "decimal",
    "lowerLetter": "lower-letter",
    "upperLetter": "upper-letter",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}
HEADING = re.compile(r"(?:heading|overskrift)\s?([1-9])$", re.IGNORECASE)
DEEPER = re.compile(r"(?:list bullet|list number|punktliste|nummerert liste)\s?([2-5])$", re.IGNORECASE)
"""Word's own styles for lists inside lists, each a list of its own."""

TITLE = re.compile(r"(?:title|tittel)$", re.IGNORECASE)
CONTENTS = re.compile(
    r"(?:toc|innh)\s?(?:[1-9]|heading)$|(?:toc heading|overskrift for innholdsfortegnelse)$", re.IGNORECASE
)


@cache
def w(name: str) -> str:
    """An element or attribute of Word's own vocabulary."""
    return NAMESPACE + name


def value(element: etree._Element | None, name: str) -> str | None:
    """An attribute of an element that may not be there."""
    return None if element is None else element.get(w(name))


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style gives to its paragraphs: an outline level, a list and a depth in it.

    `contents` marks the entries of a table of contents; `deeper` tells how far inside other lists its list stands.
    """

    id: str = ""
    outline: int | None = None
    list: str | None = None
    depth: int | None = None
    contents: bool = False
    deeper: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph, and how deep in its list it is (1 is outermost)."""

    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    style: str | None
    legal: bool


@dataclass(slots=True)
class _List:
    """A list definition, with how far each of its levels has been counted."""

    levels: Mapping[int, _Level]
    counted: list[int | None] = field(default_factory=lambda: [None] * DEEPEST)


def styles(element: etree._Element) -> dict[str, Style]:
    """Every paragraph style with what it inherits."""
    found = {value(style, "styleId") or "": style for style in element.iterchildren(w("style"))}
    result: dict[str, Style] = {}
    for name in found:
        chain: list[etree._Element] = []
        here: str | None = name
        while here in found and found[here] not in chain:
            chain.append(found[here])
            here = value(found[here].find(w("basedOn")), "val")
        result[name] = _style(name, chain)
    return result


def _style(name: str, chain: list[etree._Element]) -> Style:
    outline: int | None = None
    number: str | None = None
    depth: str | None = None
    deeper = 0
    for style in chain:
        printed = value(style.find(w("name")), "val") or ""
        if CONTENTS.match(printed):
            return Style(name, contents=True)
        if inner := DEEPER.match(printed):
            deeper = deeper or int(inner[1]) - 1
        if outline is None:
            given = value(style.find(f"{w('pPr')}/{w('outlineLvl')}"), "val")
            if given is not None and given.isdigit():
                outline = int(given) + 1
            elif heading := HEADING.match(printed):
                outline = int(heading[1])
            elif TITLE.match(printed):
                outline = 0
        numbered = style.find(f"{w('pPr')}/{w('numPr')}")
        if numbered is not None:
            number = number or value(numbered.find(w("numId")), "val")
            depth = depth or value(numbered.find(w("ilvl")), "val")
    outline = None if outline is not None and outline > DEEPEST else outline
    return Style(name, outline, number, _whole(depth), deeper=deeper)


class Numbering:
    """The lists of a document, counted as its paragraphs come."""

    def __init__(self, part: etree._Element | None, known: Mapping[str, Style]) -> None:
        self.known = known
        self.lists: dict[str, _List] = {}
        self.starts: dict[str, dict[int, int]] = {}
        """Where a list begins anew at another number, by level; each is used once."""
        if part is None:
            return
        abstract = {value(one, "abstractNumId"): _List(_levels(one)) for one in part.iterchildren(w("abstractNum"))}
        for number in part.iterchildren(w("num")):
            name = value(number, "numId") or ""
            definition = abstract.get(value(number.find(w("abstractNumId")), "val"))
            if definition is not None:
                self.lists[name] = definition
            for override in number.iterchildren(w("lvlOverride")):
                start = _whole(value(override.find(w("startOverride")), "val"))
                if start is not None:
                    self.starts.setdefault(name, {})[_whole(value(override, "ilvl")) or 0] = start

    def counts(self, paragraph: etree._Element, style: Style) -> bool:
        """Whether the paragraph is part of a list."""
        return self._place(paragraph, style) is not None

    def label(self, paragraph: etree._Element, style: Style) -> Label | None:
        """The number or bullet of the next paragraph, or None if it has none."""
        place = self._place(paragraph, style)
        if place is None:
            return None
        name, depth = place
        counted = self.lists[name]
        level = counted.levels[depth]
        if (start := self.starts.get(name, {}).pop(depth, None)) is not None:
            counted.counted[depth] = start
        else:
            before = counted.counted[depth]
            counted.counted[depth] = level.start if before is None else before + 1
        counted.counted[depth + 1 :] = [None] * (DEEPEST - depth - 1)
        shown = depth + 1 + style.deeper
        return Label(bullet(shown) if level.form == "bullet" else _shown(counted, level), shown)

    def _place(self, paragraph: etree._Element, style: Style) -> tuple[str, int] | None:
        numbered = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        direct = numbered is not None
        name = (value(numbered.find(w("numId")), "val") if numbered is not None else None) or style.list
        if name is None or name not in self.lists:
            return None
        depth = _whole(value(numbered.find(w("ilvl")), "val")) if numbered is not None else None
        if depth is None:
            # A list that is tied to heading styles tells by the style how deep it is.
            tied = [at for at, level in self.lists[name].levels.items() if level.style == style.id and style.id]
            depth = tied[0] if tied and not direct else style.depth or 0
        return (name, depth) if depth in self.lists[name].levels else None


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for level in abstract.iterchildren(w("lvl")):
        depth = _whole(value(level, "ilvl"))
        if depth is not None and depth < DEEPEST:
            legal = level.find(w("isLgl"))
            start = _whole(value(level.find(w("start")), "val"))
            levels[depth] = _Level(
                value(level.find(w("numFmt")), "val") or "decimal",
                value(level.find(w("lvlText")), "val") or "",
                start or 0,
                value(level.find(w("pStyle")), "val"),
                legal is not None and value(legal, "val") not in ("0", "false"),
            )
    return levels


def _shown(counted: _List, level: _Level) -> str:
    """The text of a level, each %n the number reached on level n."""

    def number(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        other = counted.levels.get(depth)
        if other is None:
            return ""
        reached = counted.counted[depth]
        form = "decimal" if level.legal else FORMS.get(other.form, "decimal")
        return "" if other.form == "none" else numeral(other.start if reached is None else reached, form)

    return re.sub(r"%([1-9])", number, level.text).strip()


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else None
