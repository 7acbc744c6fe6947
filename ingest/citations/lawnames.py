"""Acts and regulations as a text names them: by short title, full title, date and number, abbreviation, or "loven"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Literal

from ingest.citations.acts import AND_MORE, ENDING, TITLE, WORD, Acts, Title, name_key, stem
from ingest.cue import cue

# "generic": "loven", "forskriftens"; "self": "denne loven", "lova her"; "unknown": named, but no act we know;
# "other": rules that are not law at all (a collective agreement, by-laws), whose "§ 4" must not be taken for an act's.
Naming = Literal["named", "generic", "self", "unknown", "other"]


@dataclass(frozen=True, slots=True)
class Name:
    """Where a text names an act. `law` is its path, or its kind ("lov", "forskrift") when the name is not its own.

    `note` tells how a name was written that was read with a letter changed.
    """

    start: int
    end: int
    law: str
    naming: Naming = "named"
    note: str | None = None


MONTHS = ["jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"]
DATE = re.compile(
    r"\s*,?\s*(?:(?:av|frå|fra|den|dat\.|datert)\s+)*"
    r"(?:(?P<day>\d{1,2})\.?\s*(?P<month>[a-zæøå]{3,9})\.?\s*(?P<year>\d{4})"
    r"|(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d\d)(?!\d)"
    r"|(?P<iso>\d{4}-\d\d-\d\d))"
    r"(?:\s*,?\s*(?:-|nr\.?|nummer)\s*(?P<number>\d{1,4})(?![\d-]))?",
    re.IGNORECASE,
)
# What names an act, in small letters. (The first letter comes first, and then what stands before it: so the search
# leaps from one to the next.)
TRIGGER = re.compile(
    r"d(?P<this>(?<!\w.)e(?:nne?|tte)\s+(?:lov|forskrift)(?:en|a)?s?(?!\w))"
    r"|l(?:(?P<here>(?<!\w.)ov(?:en|a)\s+her(?!\w))|(?P<act>(?<!\w.)ov[-/]\d{4}-\d\d-\d\d(?:-\d+)?(?!\w))"
    r"|ov(?P<ending>en|a|er|ene)?s?(?!\w))"
    r"|f(?:(?P<herein>(?<!\w.)orskrift(?:en|a)\s+her(?!\w))"
    r"|(?P<rules>(?<!\w.)or(?:-|skrift/)\d{4}-\d\d-\d\d(?:-\d+)?(?!\w))|orskrift(?P<end>en|a|er|ene)?s?(?!\w))"
    r"|s(?P<same>(?<!\w.)a(?:m|rn){1,2}e\s+(?:lov|forskrift)s?(?!\w))"
    r"|k(?P<royal>(?<!\w.)gl\.\s?res\.(?=\s*\d{1,2}\.?\s?[a-z]{3,9}\.?\s*\d{4}))"
    r"|r(?P<resolution>(?<!\w.)es\.(?=\s*\d{1,2}\.?\s?[a-z]{3,9}\.?\s*\d{4}))"
)
HEAD = re.compile(r"[^\W\d_][\w-]*\Z")
MOST_WORDS = 5
WORDS_BEFORE = re.compile(rf"(?:[^\W\d_][\w/-]*,?\s+){{1,{MOST_WORDS}}}\Z|(?:[^\W\d_][\w/-]*-\s?){{1,3}}\Z")
# (The first letter comes first, and then what stands before it: so the search leaps from one to the next.)
SECTION_FOLLOWS = re.compile(
    r"[§%kK](?:(?<=§)|(?<=%)(?i:C2%A7)|(?<=[kK])(?<!\w.)(?i:ap(?:t?\.|it(?:tel|el|let|lene|la)(?!\w))))"
)
WORD_START = re.compile(r"(?<![\w.-])\w")
OTHER_RULES = cue(
    r"(?<!\w)(?:H[AT]{1,2}\s+)?(?:del\s+[A-E]|H[AT]{1,2}|[\w-]*avtal(?:en|a|ane|ene)s?"
    r"|[\w-]*retningslinj(?:er?|ene|ane)s?|[\w-]*reglement(?:et)?s?|[\w-]*vedtekt(?:er|ene|ane)?s?"
    r"|[\w-]*instruks(?:en)?s?|[\w-]*statutt(?:er|ene)?s?)[^\S\n]*,?[^\S\n]*(?:pkt\.\s*)?\Z",
    "ha",
    "ht",
    "del",
    "avtal",
    "retningslinj",
    "reglement",
    "vedtekt",
    "instruks",
    "statutt",
)
# "forskrifter om miljørettet helsevern etter folkehelseloven § 8" cites the act, not a regulation of that title.
UNKNOWN_TITLE = re.compile(
    r"\s+(?:om|til)\s(?:(?!\s(?:etter|medhold|hjemmel|(?:lov|forskrift)\s(?:om|til))\s)[^.;:§%()\n]){3,150}?"
    r"(?:(?=\s*(?:§|%C2%A7))|\s*\([^()\n]{0,60}(?:lov|forskrift)(?:en|a)\))"
)
BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{2,90})[)\]]")
TITLE_GAP = re.compile(r"[\s,/\u2010-\u2014-]*")
ET_CETERA = re.compile(r"\s*,?\s*m\.?\s?[mv]\.?(?!\w)")
YEAR = re.compile(r"\s*(?:av|fra|frå)?\s*\(?(1[89]\d\d|20\d\d)\)?(?![\d-])")
# Scanned text has I, 1 or | for l and 0 for o: "tjenesteIoven", "he1se- og omsorgstjenesteloven", "hoI.".
# (The sign itself comes first and then what stands before it: so the search leaps from one to the next.)
MISREAD = re.compile(
    r"[I1|0](?:(?<=[a-zæøå][I1|0])(?=[a-zæøå])|(?<=[a-zæøå][I|])(?!\w)"
    r"|(?<=[I1|])(?<![\w-].)(?=ov(?:en|a)?s?(?!\w))|(?<=0)(?<!\w.)(?=[a-zæøå]{3}))"
)
# It runs letters together, too, or takes them apart: "ornsorgstjenesteloven", "bamevemloven".
RUN_TOGETHER = re.compile(r"rn|m|cl")
LOOKS_LIKE = {"rn": "m", "m": "rn", "cl": "d"}
MOST_MISREAD = 4
LONGEST_NAME = 90
LONGEST_ABBREVIATION = 30


def names(text: str, acts: Acts, *, on: date | None = None) -> list[Name]:
    """Every naming of an act, in order and without overlap.

    >>> from ingest.citations.acts import register
    >>> [name.law for name in names("etter forvaltningslova og lov 23. juni 2000 nr. 56 om helsemessig", register())]
    ['lov/1967-02-10', 'lov/2000-06-23-56']
    """
    read = MISREAD.sub(lambda letter: "o" if letter[0] == "0" else "l", text)
    found = [*_written(read, acts, on), *_before_sections(read, acts, on)]
    if read != text:
        found = [
            _noted(name, text) if text[name.start : name.end] != read[name.start : name.end] else name for name in found
        ]
    found.sort(key=lambda name: (name.start, name.naming != "named", -name.end))
    kept: list[Name] = []
    for name in found:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
        elif name.naming == "named" and kept[-1].naming != "named":
            kept[-1] = name
    return kept


def _noted(name: Name, text: str) -> Name:
    return replace(name, note=f"written {text[name.start : name.end]}") if name.naming == "named" else name


def _written(text: str, acts: Acts, on: date | None) -> Iterator[Name]:
    reached = 0
    for match in TRIGGER.finditer(small(text)):
        if match.start() < reached:
            continue
        name = _name(text, match, acts, on)
        if name is not None and name.end > reached:
            reached = name.end
            yield name


def small(text: str) -> str:
    """A text in small letters, each of them where it stood.

    >>> small("LOV"), len(small("İ"))
    ('lov', 1)
    """
    plain = text.lower()
    return plain if len(plain) == len(text) else "".join(letter.lower()[0] for letter in text)


def _name(text: str, match: re.Match[str], acts: Acts, on: date | None) -> Name | None:
    start, end = match.span()
    said, kind = text[start:end], _kind(text[start:end])
    match match.lastgroup:
        case "this" | "here" | "herein":
            return Name(start, end, kind, "self")
        case "same":
            return Name(start, end, kind, "generic")
        case "act" | "rules":
            of = "lov" if match.lastgroup == "act" else "forskrift"
            return Name(start, end, f"{of}/{re.split('[/-]', said, maxsplit=1)[1]}")
        case "royal" | "resolution":
            return _long_form(text, (start, end), "forskrift", acts, on)
    before = text[start - 1 : start]
    if (before.isalnum() or before in ("-", "_")) and (head := HEAD.search(text, max(0, start - LONGEST_NAME), start)):
        return _short_form(text, (head.start(), end), kind, acts, on)
    if found := _long_form(text, (start, end), kind, acts, on):
        return found
    if unknown := UNKNOWN_TITLE.match(text, end):
        return Name(start, unknown.end(), kind, "unknown")
    definite = said.endswith(("en", "a", "ens", "as"))
    return Name(start, end, kind, "generic") if definite else None


def _short_form(text: str, span: tuple[int, int], kind: str, acts: Acts, on: date | None) -> Name:
    """The longest short title that ends with this word: "helse- og omsorgstjenestelovens"."""
    start, end = span
    nearest = text[max(0, start - LONGEST_NAME) : start].rsplit(None, MOST_WORDS)
    # Only the last words can be part of the name: the search need not begin at those before them.
    left_out = len(nearest[0]) if len(nearest) > MOST_WORDS else 0
    before = WORDS_BEFORE.search(text, max(0, start - LONGEST_NAME) + left_out, start)
    first = before.start() if before else start
    beginnings = [*(first + word.start() for word in re.finditer(r"(?<![\w/-])\w", text[first:start])), start]
    for begin in beginnings:
        if paths := acts.names.get(name_key(text[begin:end])):
            return _extended(text, Name(begin, end, ""), paths, acts, on)
    # A capital inside a word is a lost blank: "iAkuttmedisinforskriften".
    glued = re.search(r"(?<=[a-zæøå])[A-ZÆØÅ]", text[start:end])
    if glued and (paths := acts.names.get(name_key(text[start + glued.start() : end]))):
        return _extended(text, Name(start + glued.start(), end, ""), paths, acts, on)
    for begin in beginnings:
        if paths := acts.nearly_named(text[begin:end]):
            return _noted(_extended(text, Name(begin, end, ""), paths, acts, on), text)
    for begin in beginnings:
        for words in _reread(text[begin:end]):
            if paths := acts.names.get(name_key(words)):
                return _noted(_extended(text, Name(begin, end, ""), paths, acts, on), text)
    return Name(start, end, kind, "unknown")


def _reread(words: str) -> Iterator[str]:
    """What a poor scan may have made these words of.

    >>> list(_reread("ornsorg"))
    ['omsorg']
    """
    alike = [*RUN_TOGETHER.finditer(words)]
    if len(alike) > MOST_MISREAD:
        return
    for changed in product((False, True), repeat=len(alike)):
        if any(changed):
            pieces, reached = [], 0
            for shape, change in zip(alike, changed, strict=True):
                pieces += [words[reached : shape.start()], LOOKS_LIKE[shape[0]] if change else shape[0]]
                reached = shape.end()
            yield "".join([*pieces, words[reached:]])


def _long_form(text: str, span: tuple[int, int], kind: str, acts: Acts, on: date | None) -> Name | None:
    """Date and full title in either order: "lov 24. juni 2011 nr. 30 om kommunale helse- og omsorgstjenester"."""
    start, end = span
    dated = DATE.match(text, end)
    day = _day(dated)
    title_from = dated.end() if dated and day else end
    paths, title_to = _titled(text, kind, title_from, acts.titles)
    if not paths and not day:
        return None
    name = Name(start, max(title_from, title_to), "")
    number = dated["number"] if dated else None
    # Date and number name an act by themselves; a known title mends one of them, not both.
    if paths and (not (day and number) or any(_nearly(path, day, number) for path in paths)):
        return _extended(text, name, paths, acts, on, day=day)
    made = _made(kind, day, number, acts)
    title = UNKNOWN_TITLE.match(text, name.end)
    return replace(name, law=made, end=title.end() if title else name.end) if made else None


def _extended(
    text: str, name: Name, paths: Iterable[str], acts: Acts, on: date | None, *, day: date | None = None
) -> Name:
    """The name with what follows it: "m.m.", "(hol.)", "av 24. juni 2011 nr. 30", a year that tells acts apart."""
    end, paths = name.end, tuple(paths)
    for _ in range(3):
        if more := ET_CETERA.match(text, end):
            end = more.end()
        if (bracket := BRACKET.match(text, end)) and _same_act(bracket[1], paths, acts):
            end = bracket.end()
        if (dated := DATE.match(text, end)) and day is None and (day := _day(dated)):
            end = dated.end()
        elif (year := YEAR.match(text, end)) and (same := _of_year(paths, int(year[1]))):
            end, paths = year.end(), same
    # A known title wins over a date with a wrong digit; the date tells acts of the same name apart.
    of_day = tuple(path for path in paths if day and day.isoformat() in path)
    return Name(name.start, end, acts.in_force(of_day or paths, None if of_day else on) or "")


def _before_sections(text: str, acts: Acts, on: date | None) -> Iterator[Name]:
    """Abbreviations, which elsewhere may be words, and rules that are not law: both count before a section only."""
    for follows in SECTION_FOLLOWS.finditer(text):
        first = max(0, follows.start() - LONGEST_ABBREVIATION)
        before = text[first : follows.start()].rstrip(" :\n")
        for word in WORD_START.finditer(before):
            if paths := acts.abbreviations.get(before[word.start() :].rstrip(".").casefold()):
                yield Name(first + word.start(), first + len(before), acts.in_force(paths, on) or "")
                break
        if other := OTHER_RULES.search(text, first, follows.start()):
            yield Name(other.start(), other.start() + len(other.group().rstrip(" ,")), "", "other")


def _titled(text: str, kind: str, position: int, tree: Title) -> tuple[tuple[str, ...], int]:
    """The acts whose full title stands here, and where it ends; the longest title counts."""
    found: tuple[tuple[str, ...], int] = ((), position)
    step = tree.following.get(kind)
    pending = ""
    while step is not None:
        gap = TITLE_GAP.match(text, position)
        word = WORD.match(text, gap.end() if gap else position)
        if word is None:
            break
        position = word.end()
        if word.group().casefold() in AND_MORE:
            continue
        said, step_on = pending + word.group(), step.following
        following = step_on.get(stem(said)) or next(
            filter(None, (step_on.get(stem(one)) for one in _reread(said))), None
        )
        # A word divided at the end of a line: "omsorgs- tjenester".
        pending = "" if following or text[position : position + 1] != "-" else word.group()
        if pending:
            continue
        step = following
        if step is not None and step.paths:
            found = tuple(sorted(step.paths)), position
    return found


def _same_act(words: str, paths: tuple[str, ...], acts: Acts) -> bool:
    """Whether a bracket gives another name of the act just named: "(heretter hol.)"."""
    last = re.split(r"[\s«»\"“”]+", words.strip(' «»"“”'))[-1].rstrip(".").casefold()
    known = {
        *acts.names.get(name_key(words), ()),
        *acts.abbreviations.get(last, ()),
        *acts.names.get(name_key(last), ()),
    }
    return bool(known & set(paths)) or bool(ENDING.search(words.casefold()) and not TITLE.match(words) and not known)


def _made(kind: str, day: date | None, number: str | None, acts: Acts) -> str | None:
    if day is None:
        return None
    made = acts.made(kind, day)
    if number is not None:
        return f"{kind}/{day.isoformat()}-{number}"
    return made[0] if len(made) == 1 else None


def _nearly(path: str, day: date, number: str) -> bool:
    return day.isoformat() in path or (path.endswith(f"-{number}") and f"/{day.year}-" in path)


def _of_year(paths: Iterable[str], year: int) -> tuple[str, ...]:
    return tuple(path for path in paths if f"/{year}-" in path)


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["month"]:
            month = MONTHS.index(match["month"].casefold()[:3]) + 1
            return date(int(match["year"]), month, int(match["day"]))
        year = int(match["y"])
        return date(year if year > 99 else year + (1900 if year > 50 else 2000), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _kind(words: str) -> str:
    return "forskrift" if "forskrift" in words.casefold() else "lov"
