"""A document to read, and what is known of it as a whole."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.source import Hint

Kind = Literal["agreement", "guidance", "meeting papers"]
Status = Literal["draft", "hearing", "adopted", "signed", "superseded"]
Language = Literal["nb", "nn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text as it is stored (private details masked), with what the catalogue says of it.

    `region` is the slug of a helsefellesskap in the ontology; `parties` are names, for texts that leave blanks;
    `made_on` is the day an agreement was made, or the date of a paper; `missing` says what an excerpt lacks; a part of
    a larger document names it in `part_of`, with its offset there. `layout` and `pages` are what the file's format
    tells of the text (see `ingest.source`).
    """

    id: str
    text: str
    title: str
    kind: Kind
    language: Language = "nb"
    status: Status | None = None
    region: str | None = None
    made_on: date | None = None
    parties: tuple[str, ...] = ()
    publisher: str | None = None
    source: str | None = None
    missing: str | None = None
    publishing_basis: str | None = None
    source_digest: str | None = None
    part_of: str | None = None
    offset: int = 0
    layout: tuple[Hint, ...] = ()
    pages: tuple[int, ...] = ()
