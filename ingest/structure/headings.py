"""Every heading of a text: titles of documents, cases of a meeting, numbered and unnumbered headings."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from ingest.structure.blocks import Block
from ingest.structure.outline import SHORT, Place
from ingest.structure.titles import MEDIAL, opens_agreement, referred, sentence, zone
from ingest.structure.wording import (
    AGREEMENT,
    CASE_CELL,
    CASE_COLUMNS,
    CASE_TABLE,
    FIELD,
    MEETING_DATE,
    PAPER,
    SIGNATURES,
    WORK,
    capitals,
    columns,
    finite,
    open_ended,
    run_in,
    titled,
)

Rank = Literal["title", "case", "chapter", "numbered", "provision", "point", "plain"]

SIBLINGS = 2
"""After so many titles between sentences, a line that stands like them is a heading, though it has a verb."""

COVER = 6
"""So many blocks may stand on the cover of a document, between its title and the title again over its first page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Blocks `first` to `last` as one heading; `body` is where words that follow it on its own line begin.

    `chapter` is set on an unnumbered heading that gathers others under it and has no words of its own.
    """

    first: int
    last: int
    kind: Literal["title", "section"]
    rank: Rank
    number: str | None
    title: str | None
    place: Place = ()
    body: int | None = None
    chapter: bool = False


def kickers(found: list[Block]) -> set[int]:
    """Blocks that come again and again over a provision or point, never with words of their own: part of the layout."""
    followers: dict[str, list[int]] = {}
    for index, block in enumerate(found[:-1]):
        if not block.mark and len(block.lines) == 1:
            followers.setdefault(block.text, []).append(index)
    return {
        index
        for text, places in followers.items()
        if len(places) > 2 and titled(text)
        if sum(found[place + 1].mark in ("provision", "point") for place in places) > 0.8 * len(places)
        for index in places
    }


def headings(found: list[Block], numbered: dict[int, Place]) -> tuple[list[Heading], set[int]]:
    """The headings in order, and the blocks above a title that belong to no clause before it, such as a letterhead."""
    reader = _Reader(found, numbered)
    index = 0
    while index < len(found):
        heading = reader.at(index)
        if heading is not None:
            reader.headings.append(heading)
            index = heading.last
        index += 1
    return reader.headings, reader.fronts


class _Reader:
    """What has been seen of a text so far, on the way through its blocks."""

    def __init__(self, found: list[Block], numbered: dict[int, Place]) -> None:
        self.found = found
        self.numbered = numbered
        self.headings: list[Heading] = []
        self.fronts: set[int] = set()
        self.in_cases = False
        self.awaits_title = False
        counts = Counter(block.text for block in found if not block.mark and len(block.lines) == 1)
        # Text taken from a word processor has a line for each paragraph and no blank lines.
        self.close = sum(block.gap == 0 for block in found) > 0.8 * len(found)
        self.alone = sum(self._stands_alone(index) and titled(block.text) for index, block in enumerate(found))
        self.recurring = {text for text, count in counts.items() if count > 4}

    def at(self, index: int) -> Heading | None:
        """The heading that begins with this block, if one does."""
        block = self.found[index]
        if index in self.numbered:
            self.in_cases = self.awaits_title = False
            return self._numbered(index)
        if not block.mark and (title := self._title(index)) is not None:
            self.in_cases = self.awaits_title = False
            return title
        if block.mark == "case":
            return self._case(index)
        if block.mark in ("provision", "point"):
            return self._marked(index)
        if CASE_TABLE.match(block.text):
            self.awaits_title = CASE_COLUMNS.search(block.text) is not None
            if self.awaits_title:
                self.fronts.add(index)
        return None if self.in_cases or block.mark or index in self.fronts else self._plain(index)

    def _numbered(self, index: int) -> Heading:
        block, place = self.found[index], self.numbered[index]
        if not block.words:
            return Heading(index, index + 1, "section", "numbered", block.number, self.found[index + 1].text, place)
        title, body = _title_and_body(block)
        return Heading(index, index, "section", "numbered", block.number, title, place, body)

    def _marked(self, index: int) -> Heading | None:
        """A provision ("§ 6-1. Plikt til …") or a part with its kind of number ("Punkt 12: …", "Kapittel 2")."""
        block = self.found[index]
        if any(near is not None and near.mark == block.mark and gap == 0 for near, gap in self._neighbours(index)):
            return None
        rank: Rank = "point" if block.text.casefold().startswith(("punkt", "pkt")) else "chapter"
        if block.mark == "provision":
            rank = "provision"
        if not block.words:
            if (behind := self._behind(index)) is None or behind.mark or not titled(behind.text):
                return None
            return Heading(index, index + 1, "section", rank, block.number, behind.text)
        title, body = _title_and_body(block)
        if title is None or block.full:
            return None
        return Heading(index, index, "section", rank, block.number, title, (), body)

    def _case(self, index: int) -> Heading | None:
        """A case of a meeting, or None where its number only refers to the case."""
        block = self.found[index]
        named = not block.text[0].isdigit()
        if self.awaits_title and not named:
            # "Saksnr Utvalg Møtedato" and a row of figures stand above the paper of the case.
            self.fronts.add(index)
            return None
        if named and not block.words:
            if block.top:
                self.fronts.add(index)
                self.awaits_title = True
                return None
            if self.headings and self.headings[-1].rank == "title" and index - self.headings[-1].last <= 3:
                return None
        if block.words:
            if named and any(near and near.mark == "case" and gap == 0 for near, gap in self._neighbours(index)):
                return None
            if finite(block.words):
                return None
            self.in_cases = True
            return Heading(index, index, "section", "case", block.number, block.words.rstrip(",:"))
        self.in_cases = True
        for place in range(index + 1, min(index + 6, len(self.found))):
            words = self.found[place].text
            if CASE_CELL.match(words):
                continue
            if not self.found[place].mark and words[0].isupper() and words[-1] != "." and not finite(words):
                last = place if place == index + 1 else index
                return Heading(index, last, "section", "case", block.number, words.rstrip(",:"))
            break
        return Heading(index, index, "section", "case", block.number, None)

    def _title(self, index: int) -> Heading | None:
        """The title of a document: at the beginning of the text, at the top of a page, or over an agreement."""
        block = self.found[index]
        start = index < 4 and not self.headings and not any(sentence(one) for one in self.found[:index])
        if not (self.awaits_title or block.top or start or AGREEMENT.match(block.text) or PAPER.match(block.text)):
            return None
        if AGREEMENT.match(block.text) and self._on_cover(index):
            return None
        near = zone(self.found, index)
        named = [
            place
            for place in near
            if PAPER.match(self.found[place].text) or opens_agreement(self.found, self.numbered, place)
        ]
        if self.awaits_title:
            if block.text[0].isdigit():
                self.fronts.add(index)
                return None
            if not near and block.text[-1] in ".:":
                self.awaits_title = False
                return None
            target = named[0] if named else near[0] if near else index
        elif not near or near[0] != index:
            return None
        elif PAPER.fullmatch(block.text.rstrip(":")) and (block.gap > 0 or self.close):
            target = index
        elif block.top and (named or referred(self.found, index)):
            target = named[0] if named else index
        elif opens_agreement(self.found, self.numbered, index):
            target = index
        elif start:
            works = [place for place in near if WORK.search(self.found[place].text)]
            behind = self.found[near[-1] + 1] if near[-1] + 1 < len(self.found) else None
            if not works and (behind is None or not (behind.mark == "provision" or near[-1] + 1 in self.numbered)):
                return None
            target = works[0] if works else index
        else:
            return None
        if target == index:
            return Heading(index, index, "title", "title", None, block.text.rstrip(": "))
        self.fronts.add(index)
        self.awaits_title = True
        return None

    def _on_cover(self, index: int) -> bool:
        """Whether a title stands right above on the same page: here are its parties, its date, its version."""
        if not self.headings or self.headings[-1].rank != "title" or index - self.headings[-1].last > COVER:
            return False
        return not any(block.top for block in self.found[self.headings[-1].last + 1 : index + 1])

    def _plain(self, index: int) -> Heading | None:
        """An unnumbered heading: titled words alone on their line, with content of their own below."""
        block, text = self.found[index], self.found[index].text
        if block.full or MEETING_DATE.match(text):
            return None
        if not titled(text) and not (self.alone >= SIBLINGS and self._stands_alone(index)):
            return None
        # "TIL SYKEHUSET" addresses nobody in the midst of a text.
        if FIELD.match(text) and not (self.headings and capitals(text) and text.startswith("TIL ")):
            return None
        if (behind := self._behind(index)) is None or behind.mark == "case" or self._in_list(index, behind):
            return None
        plain = Heading(index, index, "section", "plain", None, text.rstrip(": "))
        if text[-1] == ":":
            # "Vi skal:" leads into its list; "Forslag til beslutning:" heads numbered points or paragraphs.
            after = self._behind(index + 1)
            listed = after is not None and not after.mark and after.gap == 0
            paragraph = sentence(behind) and behind.text[-1] == "." and not listed
            return plain if behind.mark == "number" or paragraph else None
        if index + 1 in self.numbered or behind.mark in ("provision", "point"):
            if not self.headings or (self._on_cover(index) and not capitals(text)):
                return None
            return replace(plain, chapter=block.top or behind.mark == "provision")
        if SIGNATURES.match(text) and (block.top or behind.mark == "signature" or columns(behind.text)):
            return plain
        if behind.mark == "signature":
            return None
        if behind.mark or sentence(behind) or finite(behind.text):
            return plain
        if not titled(behind.text):
            after = self._behind(index + 1)
            return plain if self._heads_rows(index) or (after and after.mark in ("bullet", "lost")) else None
        if text in self.recurring:
            return plain
        if self.headings and (block.top or capitals(text)) and behind.gap > 0 and not behind.full:
            return replace(plain, chapter=block.top)
        return plain if self._heads_rows(index) else None

    def _stands_alone(self, index: int) -> bool:
        """Whether a short line without a stop stands between a sentence and another, a blank line on either side."""
        block, behind = self.found[index], self._behind(index)
        if (
            block.mark
            or len(block.lines) > 1
            or block.gap == 0
            or len(block.text) > SHORT
            or not block.text[0].isupper()
        ):
            return False
        if behind is None or behind.mark or behind.gap == 0 or not sentence(behind) or not index:
            return False
        above = self.found[index - 1].text
        return (
            block.text[-1].isalnum() and not open_ended(block.text) and above[-1] in ".!?" and behind.text[0].isupper()
        )

    def _in_list(self, index: int, behind: Block) -> bool:
        """Whether titled words are one of several short lines: a list, an address, the cells of a table."""
        if not index or self.found[index].top or (self.headings and self.headings[-1].last == index - 1):
            return False
        above = self.found[index - 1]
        if self.found[index].gap == 0:
            # Text from a word processor has no blank lines at all: there a heading is known by what stands below.
            return not (above.mark or above.text[-1] in ".:!?" or (self.close and sentence(behind)))
        # "Partene samarbeider om:" and one short line after the other, each with a blank line before it.
        for one in reversed(self.found[max(index - MEDIAL, 0) : index]):
            if one.text[-1] == ":" or one.mark or one.gap == 0 or not titled(one.text):
                return one.text[-1] == ":" and one is not above
        return False

    def _heads_rows(self, index: int) -> bool:
        """Whether a list without marks stands below: short lines set close, a blank line over them or over this one."""
        rows = self.found[index + 1 : index + 3]
        if len(rows) < 2 or any(row.mark for row in rows) or rows[1].gap > 0:
            return False
        if self.headings and self.headings[-1].last == index - 1:
            return False
        colon = index > 0 and self.found[index - 1].text.endswith(":")
        return not colon and (self.found[index].gap > 0 or rows[0].gap > 0)

    def _behind(self, index: int) -> Block | None:
        return self.found[index + 1] if index + 1 < len(self.found) else None

    def _neighbours(self, index: int) -> list[tuple[Block | None, int]]:
        """The blocks before and after, with the blank lines between."""
        behind = self._behind(index)
        return [
            (self.found[index - 1] if index else None, self.found[index].gap),
            (behind, behind.gap if behind else 0),
        ]


def _title_and_body(block: Block) -> tuple[str | None, int | None]:
    """The heading of a numbered block, and where the words that follow it on its own line begin."""
    if titled(block.words.rstrip(": ")):
        return block.words.rstrip(": "), None
    if found := run_in(block.words):
        return found[0], block.body + found[1]
    if len(block.words) <= SHORT and block.words[-1] not in ".:;":
        return block.words, None
    return None, block.body
