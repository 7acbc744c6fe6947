"""The units of a document that can be cited, and the document as their sequence."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ingest.flow import Flow

ClauseKind = Literal["title", "section", "label", "item", "paragraph", "footnote", "table", "signature"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A heading with its own words, a labelled paragraph ("ANSVAR: …"), a list item, or a paragraph that stands alone.

    A footnote stands under the clause that holds its mark; a table has a row on each of its lines; a signature block is
    the lines where the parties sign.

    `start` to `end` holds the clause's own words and not those of its sub-clauses, so clauses never overlap. `body` is
    where the words after heading, number or label begin (`end` if there are none). `number` is as printed, without
    final stop ("4.2", "13", "§ 6-1", "2022.39"; None for bullets); `title` is the heading or label with wrapped lines
    joined. `level` is 0 for a document title, 1 for its chapters, and one more than the parent's for everything below;
    `parent` is an index into `Structure.clauses`.
    """

    start: int
    end: int
    body: int
    kind: ClauseKind
    level: int
    number: str | None = None
    title: str | None = None
    parent: int | None = None


@dataclass(frozen=True)
class Structure:
    """A stored text read as clauses in order, with its running words and the furniture left out of them.

    It can be the key of a small cache, so that what several readers need of it is found once.
    """

    text: str
    clauses: tuple[Clause, ...]
    flow: Flow
    furniture: tuple[tuple[int, int], ...] = ()

    def __hash__(self) -> int:
        return hash(self.text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(clause.start for clause in self.clauses)

    def clause_at(self, position: int) -> int | None:
        """The index of the clause whose own words hold this position of the stored text, or None before the first."""
        found = bisect_right(self._starts, position) - 1
        return found if found >= 0 else None

    def ancestors(self, index: int) -> Iterator[int]:
        """The clause itself, then its parents up to the root.

        >>> clauses = (Clause(0, 9, 3, "section", 1, "1"), Clause(9, 12, 9, "item", 2, parent=0))
        >>> list(Structure("", clauses, Flow.plain("")).ancestors(1))
        [1, 0]
        """
        step: int | None = index
        while step is not None:
            yield step
            step = self.clauses[step].parent
