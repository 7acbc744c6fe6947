"""Places in acts, joined with the act that the words beside them name."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.citations.lawnames import Name
from ingest.citations.pinpoints import Pinpoint
from ingest.citations.subdivisions import Pin, subdivision_before


@dataclass(frozen=True, slots=True)
class Reference:
    """Places named together, and the naming of an act that they belong to: a name, "loven", or none."""

    start: int
    end: int
    pins: tuple[Pin, ...]
    name: Name | None = None

    @property
    def law(self) -> str | None:
        """The act, if it is named."""
        return self.name.law if self.name and self.name.naming == "named" else None


ABOUT = r"(?:om|for)\s+[^.,;:§()\n]{2,60}"
# "forvaltningslovens regler om habilitet i §§ 6 til 10", "forvaltningsloven andre kapittel, § 6".
BESIDE = re.compile(
    r"\)?[\s,:;(\u2010-\u2015-]*(?:(?:sin|sine|sitt)\s+)?"
    r"(?:(?:[^\W\d_]+e|annet|annen)\s+kapittel\s*(?:«[^»]{2,80}»)?[\s,(]*)?"
    rf"(?:(?:regl\w+|bestemmels\w+|føresegn\w+)?\s*{ABOUT}\s+i\s+)?"
)
# "§ 3 første ledd, jf. også § 8"; "§§ 6 til 10 om habilitet og om taushetsplikt i §§ 13 til 13 e".
CHAINED = re.compile(
    rf"(?:\s+{ABOUT}\s+(?=(?:og|eller|samt)\s))?[\s,;()]*(?:(?:og|eller|samt)\s+{ABOUT}\s+i\s+)?"
    r"(?:(?:jf|jfr|jamfør|cf|se|sjå|og|eller|samt|også|òg|til|etter|eventuelt|evt|særlig|særleg|spesielt|herunder"
    r"|medrekna|både|enten|anten)\.?(?!\w)[\s,]*)*",
    re.IGNORECASE,
)
OF_ACT = re.compile(r"\s*,?\s*(?:i|av|til)\s+(?:den\s+|det\s+)?", re.IGNORECASE)
AFTER = re.compile(rf"{OF_ACT.pattern}|\s*\(\s*", re.IGNORECASE)
# "kapittel 4 i avtalen" is a place in the text itself.
OWN_PLACE = re.compile(
    r"\s*(?:i|av|til)\s+(?:denne\s+|den\s+|vår\s+)?[^\W\d_]*(?:avtal|retningslinj|vedlegg|rutine|prosedyre)",
    re.IGNORECASE,
)


def references(
    text: str, pinpoints: Sequence[Pinpoint], names: Sequence[Name], numbering: frozenset[str]
) -> Iterator[Reference]:
    """Each pinpoint with its act; a chain ("§ 3, jf. § 8, i forskrift …") has one. `numbering` is the text's own.

    >>> from ingest.citations.acts import register
    >>> from ingest.citations.lawnames import names
    >>> from ingest.citations.pinpoints import pinpoints
    >>> text = "etter § 3, jf. § 8, i helseregisterlova"
    >>> [one.law for one in references(text, pinpoints(text), names(text, register()), frozenset())]
    ['lov/2014-06-20-43', 'lov/2014-06-20-43']
    """
    ends = [name.end for name in names]
    chain: list[Pinpoint] = []
    for point in pinpoints:
        before = bisect_right(ends, point.start) - 1
        inside_name = before + 1 < len(names) and names[before + 1].start < point.end
        if inside_name or OWN_PLACE.match(text, point.end):
            continue
        # A regulation's § 9-1-2 belongs to § 9-1 of its act: "merverdiavgiftsloven § 9-1, jf. § 9-1-2".
        alike = not chain or _in_three_steps(chain[-1]) == _in_three_steps(point)
        unnamed = not chain or before < 0 or ends[before] <= chain[-1].end
        if chain and not (unnamed and alike and CHAINED.fullmatch(text, chain[-1].end, point.start)):
            yield from _named(text, chain, names, ends, numbering)
            chain = []
        chain.append(point)
    if chain:
        yield from _named(text, chain, names, ends, numbering)


def _named(
    text: str, chain: list[Pinpoint], names: Sequence[Name], ends: list[int], numbering: frozenset[str]
) -> Iterator[Reference]:
    first, last = chain[0], chain[-1]
    before, after = bisect_right(ends, first.start) - 1, bisect_left(ends, last.end)
    name = names[before] if before >= 0 else None
    following = names[after] if after < len(names) else None
    start, end, naming = first.start, last.end, None
    if name and BESIDE.fullmatch(text, name.end, first.start) and not _heading(text, name, first, numbering):
        start, naming = name.start, name
    elif following and AFTER.fullmatch(text, last.end, following.start):
        end, naming = following.end, following
    elif name and name.naming not in ("unknown", "other") and CHAINED.fullmatch(text, name.end, first.start):
        naming = name
    own = following if following and following.naming in ("named", "unknown") else None
    if naming is name and len(chain) > 1 and own and OF_ACT.fullmatch(text, last.end, own.start):
        # "hol. § 6-1 og § 3 i fastlegeforskriften": the last has an act of its own.
        for part in (chain[:-1], chain[-1:]):
            yield from _named(text, part, names, ends, numbering)
        return
    for point in chain:
        begin, pins = start if point is first else point.start, point.pins
        if len(pins) == 1 and (leading := subdivision_before(text, begin)):
            pins, begin = tuple(pins[0].at(path) for path in leading[0]), leading[1]
        yield Reference(begin, end if point is last else point.end, pins, naming)


def _in_three_steps(point: Pinpoint) -> bool:
    """Whether the section is numbered in three steps, as only those of regulations are."""
    return (point.pins[0].section or "").count("-") > 1


def _heading(text: str, name: Name, point: Pinpoint, numbering: frozenset[str]) -> bool:
    """Whether the § is the next heading of a text that numbers its own clauses with §, not a place in the act above."""
    return "\n" in text[name.end : point.start] and point.pins[0].section in numbering
