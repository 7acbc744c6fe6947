"""Law text that a document quotes: a section heading, the words, and a line that names the act and that section."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.citations import Citation
from ingest.citations.acts import Acts, register
from ingest.citations.displaced import LINE, in_order
from ingest.clause import Structure
from ingest.flow import Flow


@dataclass(frozen=True, slots=True)
class ProvisionText:
    """Where the words of a provision stand in the stored text; `target` is its path below the base.

    `words` are what the provision reads: without page furniture, and with displaced references back in their places.
    """

    target: str
    start: int
    end: int
    words: str


Line = tuple[int, int]
# What stands between the lines of a quotation without being of it: page links, and list numbers that lost their items.
NOT_TEXT = re.compile(r"\s*(?:(?:https?://|www\.)\S+|(?:\d{1,2}[.)]\s*)+|[•·o-])\s*")
SOURCE = re.compile(r"^[^\S\n]*(?:kilde|kjelde)\s*:[^\n]*lovdata[^\n]*$", re.IGNORECASE | re.MULTILINE)
NUMBERED = re.compile(r"\s*(?P<number>\d{1,2})[.)]\s+(?=\S)")
ITEM_END = re.compile(r"(?:[,;]|(?:[,;]?\s(?:og|eller)))\s*$")
LONGEST_QUOTATION = 12_000


def quoted_provisions(structure: Structure, citations: Sequence[Citation]) -> tuple[ProvisionText, ...]:
    """The sections quoted in a document, with their ledd and items as far as the text keeps them apart.

    >>> from ingest.citations import citations
    >>> from ingest.flow import Flow
    >>> text = "§ 6-6. Samarbeid\\nDepartementet kan.\\nHelse- og omsorgstjenesteloven § 6-6\\n"
    >>> document = Structure(text, (), Flow.plain(text))
    >>> [(found.target, found.words) for found in quoted_provisions(document, citations(document))][0]
    ('lov/2011-06-24-30/par-6-6', 'Departementet kan.')
    """
    acts = register()
    found: dict[str, ProvisionText] = {}
    for section, start, end in _quotations(structure.text, citations):
        lines = list(_lines(structure, start, end))
        for target, first, last in _provisions(
            structure.text, f"{section.law}/par-{section.section}", lines, section, acts
        ):
            found.setdefault(target, ProvisionText(target, first, last, _words(structure, first, last, acts)))
    return tuple(found.values())


def _words(structure: Structure, start: int, end: int, acts: Acts) -> str:
    """What a part of the text reads, with displaced references where they belong."""
    flow = structure.flow
    first, last = bisect_left(flow.offsets, start), bisect_left(flow.offsets, end)
    here = Flow(flow.text[first:last], array("L", (place - start for place in flow.offsets[first:last])))
    return " ".join(in_order(here, structure.text[start:end], acts).text.split())


def _quotations(text: str, citations: Sequence[Citation]) -> Iterator[tuple[Citation, int, int]]:
    """The heading of each quotation, and where the quoted words start and end."""
    sections = [cited for cited in citations if cited.section and not cited.ledd and cited.kind == "section"]
    headings = [cited for cited in sections if _opens_line(text, cited.start) and text[cited.start] in "§%"]
    sources: list[tuple[int, str | None, str | None]] = [
        (cited.start, cited.law, cited.section)
        for cited in sections
        if _opens_line(text, cited.start) and text[cited.start].isalpha() and _closes_line(text, cited.end)
    ]
    sources += [(match.start(), None, None) for match in SOURCE.finditer(text)]
    sources.sort(key=lambda source: source[0])
    previous = 0
    for end, law, section in sources:
        near = [cited for cited in headings if max(previous, end - LONGEST_QUOTATION) <= cited.start < end]
        same = [cited for cited in near if law is None or (cited.law, cited.section) == (law, section)]
        if same and same[-1] is near[-1]:
            yield same[-1], text.index("\n", same[-1].end), end
        previous = end


def _lines(structure: Structure, start: int, end: int) -> Iterator[Line]:
    left_out = [(first, last) for first, last in structure.furniture if first < end and start < last]
    for match in LINE.finditer(structure.text, start, end):
        words = match.group()
        begin = match.start() + len(words) - len(words.lstrip())
        if not NOT_TEXT.fullmatch(words) and not any(first <= begin < last for first, last in left_out):
            yield begin, match.start() + len(words.rstrip())


def _provisions(
    text: str, target: str, lines: list[Line], section: Citation, acts: Acts
) -> Iterator[tuple[str, int, int]]:
    """The paths of a section and its parts, and where the words of each start and end."""
    if not lines:
        return
    yield target, lines[0][0], lines[-1][1]
    paragraphs = _paragraphs(text, lines)
    known = sum(path.startswith(f"{target}/ledd-") and path.count("/") == 3 for path in acts.headings)
    # Where a blank line is lost two ledd have become one, and a number would be a guess.
    if len(paragraphs) != known:
        return
    numbered = acts.numbered(section.law, section.section or "")
    for order, paragraph in enumerate(paragraphs, 1):
        ledd = f"{target}/ledd-{order}"
        yield ledd, paragraph[0][0], paragraph[-1][1]
        if text[paragraph[0][0] : paragraph[0][1]].endswith(":") and len(paragraph) > 1:
            count = numbered[1] if numbered and numbered[0] == order else None
            items = _items(text, paragraph[1:], count)
            # A list of another length than the act's was not read right, and its numbers would be wrong.
            if count in (None, len(items)):
                for number, (start, end) in enumerate(items, 1):
                    yield f"{ledd}/nr-{number}", start, end


def _paragraphs(text: str, lines: list[Line]) -> list[list[Line]]:
    """A ledd starts with a capital after a full stop, where its first word would have fitted on the line before."""
    width = max(end - start for start, end in lines)
    paragraphs = [[lines[0]]]
    for before, line in pairwise(lines):
        starts = text[line[0]].isupper() and text[before[1] - 1] in ".:" and _fits(text, before, line, width)
        if starts and not text[before[0] : before[1]].endswith(":"):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return paragraphs


def _items(text: str, lines: list[Line], count: int | None) -> list[Line]:
    """The items of a list: by their numbers or, where these are lost, by how items of a Norwegian act end.

    An item ends with a comma, the last but one with "og" or "eller", at the end of a line. A line may end so inside an
    item, too; then its next word would not have fitted, and does not begin other items ("retningslinjer for …").
    """
    numbers = [match["number"] for line in lines if (match := NUMBERED.match(text, *line))]
    if len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]:
        starts = [at for at, line in enumerate(lines) if NUMBERED.match(text, *line)]
    else:
        width = max(end - start for start, end in lines)
        possible = [at for at in range(1, len(lines)) if ITEM_END.search(text[slice(*lines[at - 1])])]
        certain = {at for at in possible if _fits(text, lines[at - 1], lines[at], width)}
        openings = {_first_word(text, lines[at]) for at in {0, *certain}}
        likely = {at for at in possible if _first_word(text, lines[at]) in openings} | certain
        chosen = possible if count == len(possible) + 1 else likely
        starts = [0, *sorted(chosen)]
    ends = [lines[at - 1][1] for at in [*starts[1:], len(lines)]]
    begins = [match.end() if (match := NUMBERED.match(text, *lines[at])) else lines[at][0] for at in starts]
    return list(zip(begins, ends, strict=True))


def _fits(text: str, before: Line, line: Line, width: int) -> bool:
    """Whether a line's first word would have stood on the line before, had the text gone on."""
    return before[1] - before[0] + 1 + len(_first_word(text, line)) <= width


def _first_word(text: str, line: Line) -> str:
    return text[slice(*line)].split(maxsplit=1)[0]


def _opens_line(text: str, position: int) -> bool:
    return not text[text.rfind("\n", 0, position) + 1 : position].strip()


def _closes_line(text: str, position: int) -> bool:
    end = text.find("\n", position)
    return not text[position : end if end >= 0 else len(text)].strip(" \t.)")
