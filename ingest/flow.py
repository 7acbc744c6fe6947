"""The running words of a text: wrapped lines joined, furniture left out, every position known.

Extractors search the flow, where a sentence is a sentence, and report spans of the stored text, which is never
rewritten.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flow:
    """A clean reading of a stored text, and where each of its characters stands there.

    In `text` a blank joins wrapped lines and a line break separates what the document sets apart (paragraphs, items,
    headings). `offsets[i]` is the position in the stored text of character i.
    """

    text: str
    offsets: "array[int]"

    @classmethod
    def of(cls, stored: str, pieces: Iterable[tuple[int, int, str]]) -> "Flow":
        """Join pieces (start, end, glue) of the stored text; the glue follows its piece and is "", " " or a line break.

        >>> flow = Flow.of("Nord-\\n\\nOdal  er med", [(0, 5, ""), (7, 11, " "), (13, 19, "")])
        >>> flow.text, flow.span(0, 9)
        ('Nord-Odal er med', (0, 11))
        """
        parts: list[str] = []
        offsets = array("L")
        for start, end, glue in pieces:
            parts.append(stored[start:end])
            offsets.extend(range(start, end))
            if glue:
                parts.append(glue)
                offsets.extend([end] * len(glue))
        return cls("".join(parts), offsets)

    @classmethod
    def plain(cls, stored: str) -> "Flow":
        """A reading without any knowledge of layout: every run of white space is one blank.

        >>> Flow.plain(" Helse- og \\n\\nomsorg ").text
        'Helse- og omsorg'
        """
        pieces, position = [], 0
        for word in stored.split():
            start = stored.index(word, position)
            position = start + len(word)
            pieces.append((start, position, " "))
        if pieces:
            pieces[-1] = (*pieces[-1][:2], "")
        return cls.of(stored, pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters start to end (exclusive, not empty) of the flow stand in the stored text."""
        return self.offsets[start], self.offsets[end - 1] + 1
