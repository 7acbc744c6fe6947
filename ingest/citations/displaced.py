"""Link text that PDF extraction has moved to the end of its line, put back where the gap shows that it stood.

"som nevnt i  skal være§ 6-1" was "som nevnt i § 6-1 skal være": the gap is two blanks, a blank before a punctuation
mark, or the start of a line; the glue point is where a reference begins without a blank before it. Both are needed.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator

from ingest.citations.acts import Acts
from ingest.citations.lawnames import Name, names
from ingest.flow import Flow

SIGN = r"(?:§|%C2%A7)"
LINE = re.compile(r"[^\n]*\S[^\n]*")
LINE_START = r"^(?=\s*[.,;)])|^ (?=\S)"
GAP = re.compile(rf"(?<=\S) (?= \S)|(?<=\S )(?=[.,;)])|{LINE_START}")
GLUED = re.compile(rf"(?<=[^\W\d_])(?={SIGN})|(?<=[.,;:)])(?={SIGN}|[^\W\d_]|\d)|(?<=[^\W\d_])(?=[^\W\d_])")
# What stands in a line that has a gap, within it or where it starts: most lines have none.
SPACED = re.compile(r" [ .,;)]")
SPACED_FIRST = re.compile(r"[\s.,;)]")
MAY_CITE = re.compile(rf"{SIGN}|lov|forskrift", re.IGNORECASE)
SIGN_LAST = re.compile(rf"{SIGN}\s*$")
SIGN_FIRST = re.compile(rf"{SIGN}\s*\d")
NUMBER_FIRST = re.compile(r"\d{1,3}(?:-\d{1,3})?(?:\s?[a-z])?\.?\s*$")
# What a name may begin with, and what is left of one that stops at the gap: quick, because it is asked at every letter.
BEGINNING = re.compile(rf"{SIGN}\s*\d|(?:[\w-]+\s){{0,3}}[\w-]*(?:lov|forskrift)", re.IGNORECASE)
OPEN_NAME = re.compile(
    rf"(?:lov|forskrift)\s+(?:om|til|for|av)\b[^.;:]*\Z|-\s+(?:og|eller)\s+\Z|{SIGN}\s*\Z", re.IGNORECASE
)
CONTEXT = 80
# No page holds so many characters on a line: a longer one is a paragraph, at whose end nothing was put. (Each of its
# letters would be tried, with all that follows: the time would grow with the square of its length.)
LONGEST_LINE = 300


def in_order(flow: Flow, stored: str, acts: Acts) -> Flow:
    """The flow with displaced references where they belong; the offsets still tell where each character stands.

    >>> from ingest.citations.acts import register
    >>> stored = "tilbud etter  tredje§ 3-5\\nledd."
    >>> in_order(Flow.plain(stored), stored, register()).text
    'tilbud etter § 3-5 tredje ledd.'
    """
    parts: list[str] = []
    order = array("L")
    done = 0

    def keep(start: int, end: int) -> None:
        parts.append(flow.text[start:end])
        order.extend(flow.offsets[start:end])

    def blank(position: int) -> None:
        parts.append(" ")
        order.append(flow.offsets[position])

    for move in _moves(stored, acts):
        gap, start, end = (bisect_left(flow.offsets, position) for position in move)
        if not done <= gap < start < end:
            continue
        keep(done, gap)
        if flow.text[gap - 1 : gap].strip():
            blank(start)
        keep(start, end)
        if flow.text[gap].isalnum():
            blank(end - 1)
        keep(gap, start)
        done = end
    keep(done, len(flow.text))
    return Flow("".join(parts), order)


def _moves(stored: str, acts: Acts) -> Iterator[tuple[int, int, int]]:
    """Where each displaced piece belongs, and its start and end."""
    before = ""
    for match in LINE.finditer(stored):
        line = match.group().rstrip()
        if "://" in line:
            continue
        has_gap = SPACED.search(line) or SPACED_FIRST.match(line)
        if has_gap and len(line) <= LONGEST_LINE and (found := _move(before, line, acts)):
            yield match.start() + found[0], match.start() + found[1], match.start() + len(line)
        before = line


def _move(before: str, line: str, acts: Acts) -> tuple[int, int] | None:
    whole = None
    for gap in GAP.finditer(line):
        left = f"{before} {line[: gap.end()]}"[-CONTEXT:].rstrip() + " "
        if not MAY_CITE.search(left + line):
            continue
        is_open = OPEN_NAME.search(left) is not None
        if whole is None:
            whole = _exact_names(line, acts)
        for glue in GLUED.finditer(line, gap.end() + 1):
            position = glue.end()
            if not (is_open or BEGINNING.match(line, position)):
                continue
            # "helse- og omsorgs|tjenesteloven" is one name, not another that was glued to a word.
            inside_name = any(name.start < position < name.end for name in whole)
            inside_word = line[position - 1].isalpha() and line[position].islower()
            if (is_open and _continues(left, line[position:], acts)) or (
                not inside_name and not (inside_word and gap.start() == 0) and _begins(line[position:], acts)
            ):
                return gap.end(), position
    return None


def _begins(words: str, acts: Acts) -> bool:
    """Whether a reference begins here."""
    if SIGN_FIRST.match(words):
        return True
    return any(name.start == 0 for name in _exact_names(words, acts))


def _continues(left: str, right: str, acts: Acts) -> bool:
    """Whether the words go on with a reference that stops at the gap: "Forskrift om krav til" ..."""
    if SIGN_LAST.search(left):
        return bool(NUMBER_FIRST.match(right))
    return any(name.start < len(left) < name.end for name in _exact_names(left + right, acts))


def _exact_names(words: str, acts: Acts) -> list[Name]:
    """The acts named letter by letter; a slip beside a glue point is the last letter of the word before."""
    return [name for name in names(words, acts) if name.naming == "named" and name.note is None]
