"""Everything read of one document, before it becomes a graph."""

from dataclasses import dataclass, field

from ingest.actors import Party
from ingest.bodies import Body
from ingest.citations import Citation
from ingest.clause import Structure
from ingest.document import Document, Language
from ingest.meetings import Link, Meeting
from ingest.norms import Norm, Note
from ingest.provisions import ProvisionText
from ingest.requirements import Claim
from ingest.terms import Term


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, its clauses, and what they say; `parts` are documents that stand inside it, read by themselves."""

    document: Document
    structure: Structure
    region: str | None = None
    languages: tuple[Language | None, ...] = ()
    citations: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    norms: tuple[Norm, ...] = ()
    notes: tuple[Note, ...] = ()
    parties: tuple[Party, ...] = ()
    provisions: tuple[ProvisionText, ...] = ()
    terms: tuple[Term, ...] = ()
    bodies: tuple[Body, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    links: tuple[Link, ...] = ()
    parts: tuple["Reading", ...] = field(default=())

    def owns(self, position: int) -> bool:
        """Whether a position of the text belongs to this document itself and not to one of its parts."""
        return not any(
            part.document.offset <= position < part.document.offset + len(part.document.text) for part in self.parts
        )
