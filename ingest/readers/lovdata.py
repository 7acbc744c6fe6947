"""Acts and regulations in Lovdata's mark-up: titles, dates, and every provision with its words.

The mark-up is HTML written as XML, re-indented or on one line. Numbers are taken from `data-name` and the addresses,
never from the `id`s, which count positions: § 2-1 e has the id `kapittel-2-paragraf-6`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from ingest.readers.layout import COLUMN
from ingest.readers.text import ReadError

REFERENCE = re.compile(r"(?:lov|forskrift)/\d{4}-\d{2}-\d{2}(?:-\d+)?$")
SECTION = re.compile(r"§\s*([0-9A-Za-z]+(?:[-.][0-9A-Za-z]+)*)\s*([a-zæøå]?)$")
CHAPTER = re.compile(r"kap(?:ittel)?[_-]?([0-9]+[A-Za-z]?|[IVXLC]+)$", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,3}\s?[a-z]?$")
LETTER = re.compile(r"[a-z]{1,4}$")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHORT = re.compile(r"(?P<title>.*?)(?:\s[–-]\s(?P<abbreviation>[^\s–]+))?$")
CHAPTER_HEADING = re.compile(r"(?:kapittel|kap\.)\s+\w{1,5}(?:\s[a-zA-Z]\b)?\s*[.:–-]?\s+", re.IGNORECASE)

# "11 juni 2021 nr. 78 (i kraft 1 aug 2022 iflg. …)": an amendment applies from the day in brackets, else from its own.
AMENDED = re.compile(
    r"(?P<made>\d{1,2} [a-z]+\.? \d{4})(?: nr\. \d+)?(?=[\s,;.)]|$)"
    r"(?:\s\((?:ikr\.|i kraft|ikr)\s(?:(?P<from>\d{1,2} [a-z]+\.? \d{4})|(?P<later>fr[aå])))?"
)
MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
TO_COME = re.compile(r"\b(?:Endres|Endrast|Oppheves|Opphevast|Blir endra|Vert endra)\b.*", re.DOTALL)

NOT_LAW = {
    "changesToParent", "footnotes", "footnote", "footnotereference", "document-change", "change", "marginIdCollection",
    "futureLegalArticle", "futureSection",
}  # fmt: skip
"""Notes on amendments, footnotes, and the words of other acts that this one amends."""

LEDD = {"legalP", "numberedLegalP"}
NYNORSK = re.compile(r"\b(?:ikkje|frå|eit|ein|dei|skal vere|òg|berre|verksemd\w*|nokon|kva|korleis)\b", re.IGNORECASE)
BOKMAL = re.compile(r"\b(?:ikke|fra|et|en|de|skal være|også|bare|virksomhet\w*|noen|hva|hvordan)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Provision:
    """A chapter, section, ledd, number or letter: `path` is its address below the act, such as "par-6-2/ledd-1/nr-13".

    `text` is the whole of it with everything below, one line for each ledd and item; a chapter has none. `since` is the
    day from which this wording of its section applies, as far as the notes on amendments tell.
    """

    path: str
    order: int
    chapter: str | None
    heading: str = ""
    text: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An act or regulation: `law` is its reference ("lov/2011-06-24-30").

    `consolidated` tells an act as amended to the day `changed` from one as it was promulgated.
    """

    law: str
    title: str
    short_title: str
    abbreviation: str | None
    language: str
    consolidated: bool
    in_force: date | None
    changed: date | None
    provisions: tuple[Provision, ...] = field(default=(), repr=False)


def act_of(content: bytes) -> Act:
    """The act in a file of Lovdata's; ReadError if it is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"this is not XML as Lovdata writes it: {' '.join(error.msg.split())}.") from None
    if (declared := root.getroottree().docinfo.internalDTD) is not None and any(True for _ in declared.iterentities()):
        raise ReadError("this XML declares entities of its own, which no file of Lovdata's does; it is not read.")
    facts = {element.get("class"): element for element in root.iter("dd") if element.get("class")}
    law = _words(facts.get("refid"))
    main = next((one for one in root.iter("main") if _has_class(one, "documentBody")), None)
    if main is None or not REFERENCE.match(law):
        raise ReadError("this XML is not an act or regulation as Lovdata publishes them.")
    title = _words(facts.get("title"))
    short = SHORT.match(_words(facts.get("titleShort")) or title)
    in_force = _days(facts.get("dateInForce"))
    changed = _days(facts.get("lastChangeInForce"))
    consolidated = not _words(facts.get("dokid")).startswith("LTI/")
    first, last = min(in_force, default=None), max(changed, default=None)
    if first is None and consolidated:
        # Old acts do not tell; they have applied since they were given.
        first = min(_days(facts.get("refid")), default=None)
    reader = _Reader(law, first, max((day for day in (first, last) if day), default=None))
    return Act(
        law=law,
        title=title,
        short_title=_uncapitalised(short["title"] if short else title),
        abbreviation=_abbreviation(short["abbreviation"] if short else None),
        language=_language(root.get("lang"), title, main),
        consolidated=consolidated,
        in_force=first,
        changed=last,
        provisions=tuple(reader.provisions(main)),
    )


class _Reader:
    """An act on its way into provisions."""

    def __init__(self, law: str, first: date | None, last: date | None) -> None:
        self.law = law
        self.first = first
        self.last = last
        self.seen: set[str] = set()
        self.orders: Counter[str] = Counter()

    def provisions(self, main: etree._Element) -> Iterator[Provision]:
        """Every provision in order, each before what it holds."""
        stack: list[tuple[Iterator[etree._Element], str | None]] = [(_elements(main), None)]
        while stack:
            element, chapter = next(stack[-1][0], None), stack[-1][1]
            if element is None:
                stack.pop()
            elif _has_class(element, *NOT_LAW) or element.get("data-repealeddate"):
                continue
            elif _has_class(element, "legalArticle"):
                yield from self._section(element, chapter)
            elif element.tag == "section":
                if (found := CHAPTER.match(element.get("data-name") or "")) and self._is_own(element):
                    chapter = found[1]
                    if self._is_new(f"kap-{chapter}"):
                        yield Provision(f"kap-{chapter}", self._order("kap"), chapter, _chapter_heading(element))
                stack.append((_elements(element), chapter))
            elif element.tag in ("article", "div"):
                stack.append((_elements(element), chapter))

    def _section(self, section: etree._Element, chapter: str | None) -> Iterator[Provision]:
        name = SECTION.match((section.get("data-name") or "").strip())
        if name is None or not self._is_own(section) or not (name[1] + name[2]).isascii():
            return
        path = f"par-{name[1].replace('.', '-')}{name[2]}"
        if not self._is_new(path):
            return
        since = self._since(section)
        heading = _words(
            next((one for one in section.iter() if _has_class(one, "legalArticleTitle")), None)
        ).removesuffix(".")
        paragraphs = [element for element in _elements(section) if _has_class(element, *LEDD, "defaultP")]
        order = self._order("par")
        parts: list[Provision] = []
        for place, ledd in enumerate((one for one in paragraphs if _has_class(one, *LEDD)), 1):
            numerator = ledd.get("data-numerator") or ""
            number = int(numerator) if numerator.isdecimal() and len(numerator) < 4 else place
            below = f"{path}/ledd-{number}"
            if self._is_new(below):
                parts.append(Provision(below, number, chapter, "", _text(ledd), since))
                parts.extend(self._items(ledd, below, chapter, since))
        text = "\n".join(filter(None, map(_text, paragraphs)))
        yield Provision(path, order, chapter, heading, text, since)
        yield from parts

    def _items(self, parent: etree._Element, path: str, chapter: str | None, since: date | None) -> Iterator[Provision]:
        for order, item in enumerate(_list_items(parent), 1):
            step = _step(item)
            below = f"{path}/{step}" if step else path
            if step and self._is_new(below):
                yield Provision(below, order, chapter, "", _text(item), since)
            yield from self._items(item, below, chapter, since)

    def _since(self, section: etree._Element) -> date | None:
        """The day the latest amendment of a section took effect, or that of the act itself."""
        days = [self.first] if self.first else []
        for note in section.iterchildren():
            if _has_class(note, "changesToParent"):
                days += _amendments(TO_COME.sub("", _words(note)))
        return max((day for day in days if self.last is None or day <= self.last), default=None)

    def _is_own(self, element: etree._Element) -> bool:
        """Whether an element belongs to this act, and is not quoted from another that it amends."""
        address = element.get("data-lovdata-URL")
        return address is None or f"/{self.law}/" in f"/{address}/"

    def _is_new(self, path: str) -> bool:
        new = path not in self.seen
        self.seen.add(path)
        return new

    def _order(self, kind: str) -> int:
        self.orders[kind] += 1
        return self.orders[kind]


def _amendments(note: str) -> list[date]:
    """The days from which the amendments of a note apply; those whose day is not set yet are left out.

    >>> _amendments("Endret ved lover 22 juni 2012 nr. 46, 11 juni 2021 nr. 78 (i kraft 1 aug 2022 iflg. res. 20 mai)")
    [datetime.date(2012, 6, 22), datetime.date(2022, 8, 1)]
    """
    # A decision to bring an act into force ("res. 20 mai 2022") is no amendment.
    note = re.sub(r"\b(?:iflg|jf)\.? [^)]*", "", note)
    days = []
    for found in AMENDED.finditer(note):
        if not found["later"] and (day := _day(found["from"] or found["made"])):
            days.append(day)
    return days


def _day(words: str) -> date | None:
    day, month, year = words.split()
    try:
        return date(int(year), MONTHS.index(month[:3]) + 1, int(day))
    except ValueError:
        return None


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    return iter(parent.iterchildren(etree.Element))


def _has_class(element: etree._Element, *names: str) -> bool:
    return not set((element.get("class") or "").split()).isdisjoint(names)


def _list_items(parent: etree._Element) -> Iterator[etree._Element]:
    """The items of the lists below an element, not those of lists inside the items."""
    for element in _elements(parent):
        if _has_class(element, *NOT_LAW):
            continue
        if element.tag == "li":
            yield element
        else:
            yield from _list_items(element)


def _step(item: etree._Element) -> str | None:
    """The address of an item within its list: "nr-13", "bokstav-a"; None for a dash."""
    name = (item.get("data-name") or item.get("data-li-identifier") or "").strip(" .()").casefold()
    if NUMBER.match(name):
        return f"nr-{name.replace(' ', '')}"
    return f"bokstav-{name}" if LETTER.match(name) else None


def _text(element: etree._Element) -> str:
    """The words of a provision, a line for each item and each paragraph; notes and footnotes left out."""
    lines = [""]
    _write(element, lines)
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _write(element: etree._Element, lines: list[str]) -> None:
    lines[-1] += element.text or ""
    for child in _elements(element):
        if _has_class(child, *NOT_LAW):
            pass
        elif child.tag == "li":
            lines.append(f"{(child.get('data-name') or child.get('data-li-identifier') or '–').strip()} ")
            _write(child, lines)
        elif child.tag == "tr":
            lines.append("")
            for cell in _elements(child):
                _write(cell, lines)
                lines[-1] += COLUMN
        elif child.tag == "br":
            lines.append("")
        elif child.tag in ("ol", "ul", "table", "p", "div") or _has_class(child, *LEDD, "leddfortsettelse"):
            if lines[-1].strip() and not _is_mark(lines[-1]):
                lines.append("")
            _write(child, lines)
            lines.append("")
        else:
            _write(child, lines)
        lines[-1] += child.tail or ""


def _is_mark(line: str) -> bool:
    """Whether a line holds the mark of an item only, whose words are to come."""
    return len(line.strip()) < 6 and line.endswith(" ") and line.strip()[-1:] in ".)–-"


def _words(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _chapter_heading(section: etree._Element) -> str:
    heading = next((one for one in _elements(section) if re.fullmatch(r"h[1-6]", str(one.tag))), None)
    return CHAPTER_HEADING.sub("", _words(heading), count=1).removesuffix(".")


def _days(element: etree._Element | None) -> list[date]:
    days = []
    for found in DAY.findall(_words(element)):
        try:
            days.append(date.fromisoformat(found))
        except ValueError:
            continue
    return days


def _uncapitalised(title: str) -> str:
    """A short title as it stands in a sentence.

    >>> _uncapitalised("Helse- og omsorgstjenesteloven"), _uncapitalised("EØS-loven")
    ('helse- og omsorgstjenesteloven', 'EØS-loven')
    """
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _abbreviation(short: str | None) -> str | None:
    """An abbreviation with the stop that lawyers write: "hol" is "hol.", "NL" is itself."""
    return f"{short}." if short and short[-1].islower() else short


def _language(given: str | None, title: str, main: etree._Element) -> str:
    """Bokmål or nynorsk; most files say only that they are Norwegian."""
    if given in ("nb", "nn"):
        return given
    words = f"{title} {''.join(main.itertext())[:20_000]}"
    return "nn" if len(NYNORSK.findall(words)) > len(BOKMAL.findall(words)) else "nb"
