"""What a file says: the text that is stored, where its pages begin, and what its format tells of the layout."""

from dataclasses import dataclass
from typing import Literal

HintKind = Literal["heading", "item", "row", "note", "text"]


@dataclass(frozen=True, slots=True)
class Hint:
    """What the format itself says of the paragraph that begins at `start`.

    `level` is the depth of a heading (0 is the title of the document) or of a list item (1 is the outermost). `mark` is
    where the mark of a footnote stands in the text.
    """

    start: int
    kind: HintKind
    level: int = 0
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file as stored text. All offsets count its code points.

    `pages` holds the offset at which each page begins, and is empty where the format has none. `layout` names every
    paragraph in order where the format knows its paragraphs, and is empty where only the text can tell (PDF, plain
    text).
    """

    text: str
    pages: tuple[int, ...] = ()
    layout: tuple[Hint, ...] = ()
    media_type: str = "text/plain"
