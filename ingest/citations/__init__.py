"""Find every reference to acts, regulations and their provisions, and which one is meant."""

import re
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ingest.citations.acts import Acts, register
from ingest.citations.addresses import addresses
from ingest.citations.displaced import in_order
from ingest.citations.enumerations import numerals
from ingest.citations.lawnames import Name, names
from ingest.citations.pinpoints import pinpoints
from ingest.citations.references import Reference, references
from ingest.citations.subdivisions import Pin
from ingest.clause import Structure
from ingest.flow import Flow

Kind = Literal["statute", "section", "chapter", "point", "url"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to an act or a place in it, and where it stands in the stored text.

    `law` is a path such as "lov/2011-06-24-30", `section` is written without blank ("2-1e"), `sentence` is the punktum,
    `note` tells what was read otherwise than written, `clause` is the index of the clause it stands in.
    """

    start: int
    end: int
    law: str
    section: str | None = None
    ledd: int | None = None
    number: str | None = None
    letter: str | None = None
    sentence: int | None = None
    chapter: str | None = None
    kind: Kind = "statute"
    note: str | None = None
    clause: int | None = None

    @property
    def target(self) -> str:
        """The address of what is cited, below the base; a sentence has none of its own.

        >>> Citation(0, 9, "lov/2011-06-24-30", "6-2", 1, "13").target
        'lov/2011-06-24-30/par-6-2/ledd-1/nr-13'
        """
        steps = {"par": self.section, "ledd": self.ledd, "nr": self.number, "bokstav": self.letter}
        if self.section is None:
            steps = {"kap": self.chapter}
        return "/".join([self.law, *(f"{step}-{value}" for step, value in steps.items() if value is not None)])


# (Addresses as in `URL`, first letter first: so the search leaps from one letter or blank to the next.)
LEFT_OUT = re.compile(r"[hw\s](?:(?:(?<=h)ttps?://|(?<=w)ww\.)[^\s<>\"]+|(?<=\s)\s{19,})")
SECTION_LINE = re.compile(r"^[^\S\n]*§\s?(\d+(?:-\d+)?(?:\s?[a-z](?!\w))?)[.\s:]", re.MULTILINE)
LONE_LETTER = re.compile(r"(\d+)-([a-z])")
# (The first letter comes first, and then what stands before it: so the search leaps from one to the next.)
POINT = re.compile(r"[pP](?<!\w.)(?i:unkt(?:a|ene)?|kt\.?)\s+(?=\d)")
POINTS_OF = re.compile(r"(?:punkt(?:a|ene)|kravene|krava)\s+i\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
ALL_POINTS = re.compile(
    r"[dDaA](?<!\w.)(?:(?<=[dD])(?i:ei?)|(?<=[aA])(?i:lle))\s+(\d{1,2})\s+(?i:punkt(?:a|ene)|kravene|krava)(?!\w)"
)
POINT_HEADING = re.compile(r"^[^\S\n]*punkt\s+(\d{1,2})\s*[:.–-]", re.IGNORECASE | re.MULTILINE)
OWN_POINT = re.compile(
    r"\s*(?:\.\d|i\s+(?:denne\s+|den\s+)?(?:avtal|vedlegg|sak|brev|dokument)|ovanfor|ovenfor|over\b|nedenfor|nedanfor)"
)


def citations(
    structure: Structure, *, own_act: str | None = None, made_on: date | None = None, acts: Acts | None = None
) -> tuple[Citation, ...]:
    """Every citation in a document, in order; one per place cited, so that a range gives several on the same words.

    `own_act` is the act the text belongs to; `made_on` decides between acts that have borne the same name. Without it
    the text is read as of today's law, or of the day when an act that it cites was repealed. `acts` is the register, if
    not the ontology's.
    """
    return _Resolver(structure, acts or register(), own_act, made_on).citations()


def citations_in(text: str, *, act: str | None = None, acts: Acts | None = None) -> tuple[Citation, ...]:
    """Every citation in a loose text; `act` is the act it is taken from, `acts` the register if not the ontology's.

    >>> [found.target for found in citations_in("§ 6-1 og sphl. § 2-1 e", act="lov/2011-06-24-30")]
    ['lov/2011-06-24-30/par-6-1', 'lov/1999-07-02-61/par-2-1e']
    """
    return _Resolver(Structure(text, (), Flow.plain(text)), acts or register(), act, None).citations()


class _Resolver:
    """One document while it is decided which act each place belongs to."""

    def __init__(self, structure: Structure, acts: Acts, own_act: str | None, made_on: date | None) -> None:
        self.structure = structure
        self.acts = acts
        self.own_act = own_act
        self.flow = _searchable(in_order(structure.flow, structure.text, acts))
        self.text = self.flow.text
        self.names = names(self.text, acts, on=made_on)
        if made_on is None and (day := acts.day_of(name.law for name in self.names if name.naming == "named")):
            self.names = names(self.text, acts, on=day)
        self.proper: defaultdict[str, list[Name]] = defaultdict(list)
        for name in self.names:
            if name.naming in ("named", "unknown"):
                self.proper[name.law.split("/", maxsplit=1)[0]].append(name)
        self.numbering = _own_numbering(structure)
        places = pinpoints(self.text, acts.rubrics, [name.end for name in self.names if self._leads(name)])
        self.references = list(references(self.text, places, self.names, self.numbering))
        self.addresses = list(addresses(structure.text))
        self.votes = self._votes()

    def _leads(self, name: Name) -> bool:
        """Whether a number right after a name is a section though its sign is lost: after an act, or "samme lov"."""
        return name.naming == "named" or (name.naming == "generic" and " " in self.text[name.start : name.end])

    def citations(self) -> tuple[Citation, ...]:
        found = [*self._linked(), *self._named(), *self._placed(), *self._points()]
        return tuple(sorted(found, key=lambda citation: (citation.start, citation.end)))

    def _linked(self) -> Iterator[Citation]:
        """Addresses: they are looked for in the stored text, because the flow may leave them out."""
        for address in self.addresses:
            yield self._cited(address.start, address.end, address.law, "url", address.pin)

    def _named(self) -> Iterator[Citation]:
        """Acts named without a place in them."""
        taken = _Taken(self.references)
        for name in self.names:
            law = self.own_act if name.naming == "self" else name.law if name.naming == "named" else None
            if law and not taken.at(name.start):
                yield self._cite(name.start, name.end, law, "statute", Pin(note=name.note))

    def _placed(self) -> Iterator[Citation]:
        latest: tuple[int, str] | None = None
        for one in self.references:
            for pin in one.pins:
                if one.name is None and self.own_act is None and pin.section in self.numbering:
                    continue
                if law := self._meant(one, pin, latest):
                    latest = one.end, law
                    kind: Kind = "section" if pin.section else "chapter"
                    named_here = one.name and one.start <= one.name.start < one.end
                    noted = replace(pin, note=pin.note or (one.name.note if one.name and named_here else None))
                    yield self._cite(one.start, one.end, law, kind, self._all_points(one, law, noted))

    def _meant(self, one: Reference, pin: Pin, latest: tuple[int, str] | None = None) -> str | None:
        """The act a place belongs to: the one named beside it, or the one the words or the document point to."""
        if one.name is None:
            return self._bare(pin)
        match one.name.naming:
            case "named":
                return one.name.law
            case "self":
                return self.own_act or self._bare(pin, one.name.law + "/")
            case "generic":
                return self._generic(one.name, pin, latest)
            case _:
                return None  # rules we do not know: their sections are not those of another act

    def _generic(self, name: Name, pin: Pin, latest: tuple[int, str] | None) -> str | None:
        """What "lovens § 6-5" means: the text's own act, the one it cites for that section, or the one last named."""
        kind = name.law + "/"
        before = bisect_right(self.proper[name.law], name.start, key=lambda one: one.end) - 1
        nearest = self.proper[name.law][before] if before >= 0 else None
        # "§ 3 i avtaleloven og § 5 i samme lov": an act we do not know is not the one named before it.
        last = nearest.law if nearest and nearest.naming == "named" else None
        if latest and (nearest.end if nearest else 0) < latest[0] <= name.start and latest[1].startswith(kind):
            last = latest[1]
        if self.text[name.start : name.end].casefold().startswith("sam"):  # "samme lov", "same forskrift"
            return last
        if self.own_act:
            return self.own_act if self.own_act.startswith(kind) else last
        return self._bare(pin, kind) or last

    def _bare(self, pin: Pin, kind: str = "") -> str | None:
        """The act that "§ 6-5" by itself means here; `kind` is "lov/" if it must be an act and not a regulation."""
        section = pin.section
        if section is None:
            return self.own_act or (self._most_cited(f"{pin.chapter}-", kind) if kind else None)
        # In an act's own text a section without an act is its own.
        if self.own_act and (self.numbering or not self.structure.clauses):
            return self.own_act
        voted = self._most_cited(section, kind) or self._most_cited(_chapter(section), kind) or self.own_act
        if voted:
            return voted
        named = {name.law for name in self.names if name.naming == "named"} | {one.law for one in self.addresses}
        holding = [law for law in sorted(named) if law.startswith(kind) and self.acts.has_section(law, section)]
        return holding[0] if len(holding) == 1 else None

    def _votes(self) -> dict[str, Counter[str]]:
        """How often each act is cited with a section ("6-2") and with a chapter ("6-")."""
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        cited = [(one.law, pin) for one in self.references if one.law for pin in one.pins]
        for law, pin in [*cited, *((address.law, address.pin) for address in self.addresses)]:
            if pin.section:
                votes[pin.section][law] += 1
                votes[_chapter(pin.section)][law] += 1
            elif pin.chapter:
                votes[f"{pin.chapter}-"][law] += 1
        return votes

    def _most_cited(self, place: str, kind: str) -> str | None:
        ranked = self.votes.get(place, Counter()).most_common()
        return next((law for law, _ in ranked if law.startswith(kind)), None)

    def _points(self) -> Iterator[Citation]:
        """The items in "punkt 12 og 13", where the document has said that its points are those of a section."""
        listed = self._listed()
        if not listed:
            return
        law, section, ledd, count = listed
        taken = _Taken(self.references)
        own = {clause.number for clause in self.structure.clauses if clause.kind == "section" and clause.level == 1}
        for match in POINT.finditer(self.text):
            values, end = numerals(self.text, match.end())
            if not values or taken.at(match.start()) or OWN_POINT.match(self.text, end) or own & set(values):
                continue
            if all(value.isdigit() and 0 < int(value) <= count for value in values):
                for value in values:
                    yield self._cite(match.start(), end, law, "point", Pin(section, ledd, value))
        for match in ALL_POINTS.finditer(self.text):
            if int(match[1]) == count:
                yield self._cite(match.start(), match.end(), law, "point", Pin(section, ledd))

    def _listed(self) -> tuple[str, str, int, int] | None:
        """The act, section, ledd and length of the list whose items this document calls its points, if it does."""
        cited = Counter(
            (law, pin.section)
            for one in self.references
            for pin in one.pins
            if pin.section and (law := self._meant(one, pin)) and self.acts.numbered(law, pin.section)
        )
        if not cited:
            return None
        (law, section), _ = cited.most_common(1)[0]
        headings = {match[1] for match in POINT_HEADING.finditer(self.structure.text)}
        said = any(
            POINT.search(self.text, one.start, one.end) or self._points_of(one)
            for one in self.references
            if section in {pin.section for pin in one.pins}
        )
        numbered = self.acts.numbered(law, section)
        return (law, section, *numbered) if numbered and (said or len(headings) > 2) else None

    def _all_points(self, one: Reference, law: str, pin: Pin) -> Pin:
        """The ledd that holds the list, for "punktene i § 6-2"."""
        numbered = self.acts.numbered(law, pin.section or "")
        return replace(pin, ledd=numbered[0]) if numbered and pin.ledd is None and self._points_of(one) else pin

    def _points_of(self, one: Reference) -> bool:
        return bool(POINTS_OF.search(self.text[max(0, one.start - 40) : one.start]))

    def _cite(self, start: int, end: int, law: str, kind: Kind, pin: Pin) -> Citation:
        """A citation at a place of the reading; of displaced words the span covers what stands between."""
        positions = self.flow.offsets[start:end]
        return self._cited(min(positions), max(positions) + 1, law, kind, pin)

    def _cited(self, start: int, end: int, law: str, kind: Kind, pin: Pin) -> Citation:
        section, ledd = self._section(law, pin), pin.ledd
        # "§ 6-2 nr. 13": the ledd goes without saying when only one has a numbered list.
        if section and pin.number and ledd is None and (numbered := self.acts.numbered(law, section)):
            ledd = numbered[0]
        clause = self.structure.clause_at(start)
        places = (section, ledd, pin.number, pin.letter, pin.sentence, pin.chapter)
        return Citation(start, end, law, *places, kind, pin.note, clause)

    def _section(self, law: str, pin: Pin) -> str | None:
        """The section, a misprint mended: "§ 2-e" is the one section with that letter in that chapter."""
        lone = LONE_LETTER.fullmatch(pin.section or "")
        if not lone:
            return pin.section
        known = {path.split("/par-")[1].split("/")[0] for path in self.acts.headings if path.startswith(f"{law}/par-")}
        known |= {pin.section for one in self.references if one.law == law for pin in one.pins if pin.section}
        fitting = [section for section in known if re.fullmatch(rf"{lone[1]}-\d+{lone[2]}", section)]
        return fitting[0] if len(fitting) == 1 else pin.section


class _Taken:
    """Which positions stand inside a reference."""

    def __init__(self, taken: Sequence[Reference]) -> None:
        self.spans = sorted((one.start, one.end) for one in taken)

    def at(self, position: int) -> bool:
        found = bisect_right(self.spans, position, key=lambda span: span[0]) - 1
        return found >= 0 and position < self.spans[found][1]


def _searchable(flow: Flow) -> Flow:
    """The flow with one blank for an address, which has a grammar of its own, and for a long run of white space."""
    parts: list[str] = []
    offsets = array("L")
    done = 0
    for match in LEFT_OUT.finditer(flow.text):
        parts += [flow.text[done : match.start()], "\n" if "\n" in match.group() else " "]
        offsets += flow.offsets[done : match.start() + 1]
        done = match.end()
    return Flow("".join([*parts, flow.text[done:]]), offsets + flow.offsets[done:])


def _own_numbering(structure: Structure) -> frozenset[str]:
    """The sections of the text itself: an agreement may number its clauses § 1, § 2, § 3."""
    sections = {match[1] for match in SECTION_LINE.finditer(structure.text)} if "§" in structure.text else set()
    sections |= {clause.number for clause in structure.clauses if clause.number and clause.number.startswith("§")}
    own = {re.sub(r"[§\s]", "", section) for section in sections}
    return frozenset(own) if {"1", "2"} <= own or {"1-1", "1-2"} <= own else frozenset()


def _chapter(section: str) -> str:
    """The chapter of "6-2" as a key of its own; sections of acts without chapter numbers have none."""
    return section.split("-", maxsplit=1)[0] + "-" if "-" in section else section
