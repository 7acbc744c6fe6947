"""A text while it is written, clause by clause, so that its structure is known and need not be read."""

import textwrap
from array import array

from ingest.clause import Clause, ClauseKind, Structure
from ingest.flow import Flow


class Paper:
    """Clauses are written in the order of the text; lines of running words end before `width`."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._text = ""
        self._clauses: list[Clause] = []

    @property
    def structure(self) -> Structure:
        """The text as clauses. Its flow is empty: only readers of the words need one."""
        return Structure(self._text, tuple(self._clauses), Flow("", array("L")))

    def begin(self, clause: int) -> int:
        """Where the words of a clause begin."""
        return self._clauses[clause].body

    def clause(
        self,
        kind: ClauseKind,
        head: str,
        words: str = "",
        *,
        level: int = 1,
        number: str | None = None,
        title: str | None = None,
        parent: int | None = None,
        gap: str = "\n\n",
        below: str = "\n",
    ) -> tuple[int, int]:
        """Write a clause: a head as printed, and its own words on the same line or `below` it.

        Gives its index, and where its words begin in the text.
        """
        if self._text:
            self._text += gap
        start = len(self._text)
        self._text += head
        body = len(self._text)
        if words:
            self._text += below if head else ""
            body = len(self._text)
            self._text += self._wrapped(words, body - self._text.rfind("\n") - 1)
        self._clauses.append(Clause(start, len(self._text), body, kind, level, number, title, parent))
        return len(self._clauses) - 1, body

    def _wrapped(self, words: str, indent: int) -> str:
        """The words on lines: each break takes the place of a blank, so that offsets hold."""
        lines = textwrap.wrap("x" * indent + words, self._width, break_long_words=False, break_on_hyphens=False)
        return "\n".join(lines)[indent:]
