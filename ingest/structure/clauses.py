"""Every block of a text given to the clause it belongs to."""

from bisect import bisect_right
from dataclasses import dataclass

from ingest.clause import Clause, ClauseKind
from ingest.structure.blocks import Block
from ingest.structure.footnotes import Footnote
from ingest.structure.headings import Heading
from ingest.structure.outline import hangs
from ingest.structure.wording import SIGNATURES, columns, finite

LONGEST_ROW = 500


@dataclass
class _Draft:
    """A clause while its end is still open."""

    start: int
    end: int
    body: int
    kind: ClauseKind
    level: int
    number: str | None = None
    title: str | None = None
    parent: int | None = None

    def clause(self) -> Clause:
        """The clause as it stands when the next has begun."""
        body = min(self.body, self.end)
        return Clause(self.start, self.end, body, self.kind, self.level, self.number, self.title, self.parent)


class Clauses:
    """The clauses of a text as they are built, block by block."""

    def __init__(
        self,
        found: list[Block],
        *,
        heads: list[Heading],
        fronts: set[int],
        stray: set[int],
        notes: list[Footnote],
        depths: list[tuple[int, int | None]],
    ) -> None:
        self.found = found
        self.heads = {heading.first: place for place, heading in enumerate(heads)}
        self.headings = heads
        self.levels = depths
        self.fronts = fronts
        self.stray = stray
        self.drafts: list[_Draft] = []
        self.of_heading: list[int] = []
        self.section: int | None = None
        self.in_case = self.in_title = False
        self.open = False
        """Whether an ordinary paragraph still belongs to the last clause."""
        self.list: list[tuple[str, int]] = []
        """The marks of the list being read, outermost first, each with its last item."""
        self.lead: int | None = None
        self.rows_end = 0
        self.marks = {note.body: note.mark for note in notes}

    def read(self) -> tuple[Clause, ...]:
        """Every block given to the clause it belongs to."""
        index = 0
        while index < len(self.found):
            if index in self.heads:
                index = self._heading(self.heads[index])
            elif index not in self.stray:
                self._block(index)
            index += 1
        return tuple(draft.clause() for draft in self.drafts)

    def _heading(self, place: int) -> int:
        heading = self.headings[place]
        level, parent = self.levels[place]
        first, last = self.found[heading.first], self.found[heading.last]
        body = heading.body if heading.body is not None else last.end
        self.of_heading.append(len(self.drafts))
        self.section = len(self.drafts)
        self.in_case, self.in_title = heading.rank == "case", heading.rank == "title"
        self._add(
            _Draft(
                first.start,
                last.end,
                body,
                heading.kind,
                level,
                heading.number,
                heading.title,
                None if parent is None else self.of_heading[parent],
            ),
            opens=True,
        )
        self.list = []
        return heading.last

    def _block(self, index: int) -> None:
        block = self.found[index]
        if index in self.fronts:
            self.section = None
            self.list = []
            self._child(block, "paragraph", block.start, parent=None, opens=False)
        elif block.mark == "note":
            self._note(block)
        elif block.mark in ("signature", "table", "row"):
            self._rows(index)
        elif block.mark in ("bullet", "lost", "letter", "roman") or (
            block.mark == "number" and (block.stop or "." in (block.number or ""))
        ):
            self._item(index, block.stop if block.mark == "bullet" else block.mark + block.stop)
        elif block.mark == "case" and block.words:
            self._item(index, "")
        elif block.mark == "label" or self._is_bare_label(block):
            self.list = []
            title = block.words if not block.mark else block.text[: block.body - block.start]
            title = title.strip().rstrip(":")
            body = block.body if block.mark else block.end
            self._child(block, "label", body, parent=self.section, opens=not block.mark, title=title)
        elif index < self.rows_end or self._begins_rows(index):
            self._item(index, "")
        elif (self.open or self._goes_on(index)) and self.drafts:
            last = self.drafts[-1]
            if last.body == last.end:
                last.body = block.start
            last.end = block.end
        else:
            self.list = []
            self._child(block, "paragraph", block.start, parent=self.section, opens=False)

    def _goes_on(self, index: int) -> bool:
        """Whether a paragraph stands indented right under its item: "1) Leder", and in the next line what he does."""
        above = self.found[index - 1] if index else None
        return (
            above is not None
            and above.mark in ("number", "letter")
            and self.is_item
            and hangs(self.found[index], above)
        )

    @property
    def is_item(self) -> bool:
        """Whether the last clause is an item."""
        return bool(self.drafts) and self.drafts[-1].kind == "item"

    def _note(self, block: Block) -> None:
        """A footnote, under the clause that holds its mark."""
        mark = self.marks[block.body]
        parent = None
        if mark is not None:
            parent = bisect_right(self.drafts, mark[0], key=lambda draft: draft.start) - 1
        self.list = []
        self._child(block, "footnote", block.body, parent=parent, opens=False, number=block.number)

    def _rows(self, index: int) -> None:
        """A line of a table or of a signature block, which is one clause with all its lines."""
        block = self.found[index]
        if index and block.mark in ("signature", "row") and self.found[index - 1].mark in (block.mark, "table"):
            self.drafts[-1].end = block.end
            return
        self.list = []
        if block.mark == "signature":
            self._child(block, "signature", block.start, parent=self._signed(), opens=False)
        else:
            self._child(block, "table", block.start, parent=self.section, opens=False)

    def _signed(self) -> int | None:
        """What a signature block stands under: the heading of the signatures, or the agreement as a whole."""
        section = self.section
        while section is not None and self.drafts[section].kind != "title":
            if SIGNATURES.match(self.drafts[section].title or ""):
                return section
            section = self.drafts[section].parent
        return section

    def _is_bare_label(self, block: Block) -> bool:
        """Whether a label stands alone on its line in the minutes of a case ("Vedtak:", "Framlegg til vedtak:")."""
        return (
            self.in_case
            and not block.mark
            and block.text.endswith(":")
            and block.text.count(" ") < 4
            and block.text[0].isupper()
            and not finite(block.text)
        )

    def _item(self, index: int, mark: str) -> None:
        """An item under the last of its own mark; a new mark opens a list inside the last item."""
        block = self.found[index]
        mark = "-" if mark in ("-", "–", "—") else mark
        marks = [one for one, _ in self.list]
        if mark in marks:
            del self.list[marks.index(mark) :]
            parent = self.list[-1][1] if self.list else self.lead
        elif self.list:
            parent = self.list[-1][1]
        else:
            self.lead = self._lead(index)
            parent = self.lead
        self.list.append((mark, len(self.drafts)))
        self._child(block, "item", block.body, parent=parent, opens=False, number=block.number)

    def _lead(self, index: int) -> int | None:
        """What a new list stands under: the paragraph or label that leads into it, or the section."""
        if self.drafts and self.drafts[-1].kind in ("paragraph", "label") and self.section is not None:
            return len(self.drafts) - 1 if self.found[index - 1].text.endswith(":") else self.section
        return self.section

    def _begins_rows(self, index: int) -> bool:
        """Whether two or more items of a list without marks begin here, and how far they go."""
        above = self.found[index - 1] if index else None
        if above is None or above.mark in ("bullet", "lost"):
            return False
        colon = above.text.endswith(":")
        # "Deltakere" over names, or "Avtalen bør beskrive" over its points; in the table of a case nothing is certain.
        leads = (index - 1 in self.heads and not above.mark) or (above.text[-1] not in ".!?;," and finite(above.text))
        if not colon and (not leads or self.in_case or self.in_title):
            return False
        rows = 0
        while index + rows < len(self.found) and self._is_row(index + rows, index, colon=colon):
            rows += 1
        self.rows_end = index + rows if rows > 1 else 0
        return rows > 1

    def _is_row(self, index: int, first: int, *, colon: bool) -> bool:
        """Whether a block without a mark goes on with the list that began with the block `first`."""
        block = self.found[index]
        if block.mark or index in self.heads or index in self.fronts or columns(block.text):
            return False
        lower, lowers = block.text[0].islower(), self.found[first].text[0].islower()
        if index > first and block.gap > 0 and not (lower and lowers):
            return False
        if lower:
            return len(block.text) < LONGEST_ROW
        return (colon or block.text[-1] not in ".:") and not (lowers and block.text[-1] == ".")

    def _child(
        self,
        block: Block,
        kind: ClauseKind,
        body: int,
        *,
        parent: int | None,
        opens: bool,
        number: str | None = None,
        title: str | None = None,
    ) -> None:
        level = 1 if parent is None else self.drafts[parent].level + 1
        self._add(_Draft(block.start, block.end, body, kind, level, number, title, parent), opens=opens)

    def _add(self, draft: _Draft, *, opens: bool) -> None:
        self.drafts.append(draft)
        self.open = opens
