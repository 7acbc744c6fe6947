"""The points that guidance says an agreement should have: list items after "Samarbeidsavtalen bør beskrive"."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.clause import Structure
from ingest.passages import sentences

Force = Literal["obligation", "recommendation"]

MATTER = (
    r"(?:beskriv|skildr|omfatt|innehold|innehald|reguler|avklar|klargj|omtal|omhandl|"
    r"si noe|seie noko|\bha\b|gå fr[ae]m)"
)
SHOULD = re.compile(
    rf"\b(?P<force>skal|må|bør|(?:anbefales|tilrådes|tilrådast|vert tilrådd)\b(?: at)?)\b(?=.*{MATTER})", re.IGNORECASE
)
OF_AGREEMENT = re.compile(r"avtale", re.IGNORECASE)
# What an extractor leaves of an address is no point.
WORDS = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class AdvicePoint:
    """What an agreement should have: the list item at start to end, its clause, and the clause that opens the list."""

    start: int
    end: int
    clause: int
    lead: int
    force: Force


def advice_points(structure: Structure) -> Iterator[AdvicePoint]:
    """The list items whose lead-in says that an agreement should, or shall, describe what they name.

    >>> from ingest.clause import Clause
    >>> from ingest.flow import Flow
    >>> text = "Avtalen bør beskrive:\\n– varsling av kommunen"
    >>> clauses = (Clause(0, 21, 0, "paragraph", 1), Clause(22, 44, 24, "item", 2, parent=0))
    >>> structure = Structure(text, clauses, Flow.plain(text))
    >>> [(text[point.start : point.end], point.force) for point in advice_points(structure)]
    [('varsling av kommunen', 'recommendation')]
    """
    for index, clause in enumerate(structure.clauses):
        if clause.kind != "item" or not WORDS.search(structure.text, clause.body, clause.end):
            continue
        lead = _lead(structure, index)
        if lead is None:
            continue
        found = SHOULD.search(said := _last_sentence(structure, lead))
        if found and OF_AGREEMENT.search(said):
            end = len(structure.text[: clause.end].rstrip(" \n.,;"))
            force: Force = "obligation" if found["force"].lower() in ("skal", "må") else "recommendation"
            yield AdvicePoint(clause.body, end, index, lead, force)


def _lead(structure: Structure, index: int) -> int | None:
    """The clause whose last sentence opens the list: a paragraph before it on the same level, or what it hangs on."""
    parent = structure.clauses[index].parent
    for before in range(index - 1, -1, -1):
        clause = structure.clauses[before]
        if before == parent:
            return before
        if clause.parent == parent and clause.kind != "item":
            return before
    return None


def _last_sentence(structure: Structure, index: int) -> str:
    clause, flow = structure.clauses[index], structure.flow
    first, last = (bisect_left(flow.offsets, place) for place in (clause.body, clause.end))
    said = [flow.text[first + start : first + end] for start, end in sentences(flow.text[first:last])]
    return said[-1] if said else ""
