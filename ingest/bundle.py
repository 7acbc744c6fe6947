"""Whole documents that stand inside another: an agreement, draft or not, among the papers of a meeting."""

import re
from dataclasses import dataclass

from ingest.clause import Clause, Structure
from ingest.document import Kind, Status
from ingest.structure.wording import AGREEMENT, SIGNATURES

FEWEST_CHAPTERS = 3
"""An agreement has at least so many numbered chapters; a case about an agreement seldom has any."""

COVER = 300
"""So many characters may stand on the cover of an agreement, above its own title."""

CASE_PAPER = re.compile(
    r"(?:(?:forslag|framlegg) til (?:vedtak|beslutning|innstilling|konklusjon)|innstilling|tilråding|vurdering|vedtak|"
    r"konklusjon|saks(?:opplysning|utgreiing|utredning|framstilling|fremstilling)|kommunedirektørens|rådmannens)",
    re.IGNORECASE,
)
"""Headings of a case laid before a meeting, which no agreement has."""

DRAFT = re.compile(r"\b(?:\w*utkast|forslag|framlegg|\w*høring\w*|\w*høyring\w*)\b", re.IGNORECASE)
LAID_BEFORE = re.compile(r"(?:utkast|forslag|framlegg)\w*(?:\s+\S+){0,6}\s+\S*avtal", re.IGNORECASE)
"""How the papers around it call an agreement a draft: "forslag til revidert overordnet samarbeidsavtale"."""

BLANK = re.compile(
    r"\bx{2,}\w* kommune\b|\bxx\.\s?(?:yy|xx)\.|\bdd\.\s?mm\.|…{2,}|_{4,}\s*kommune|"
    r"\[[^\]\d]{3,40}\]|<[^>]{3,40}>",
    re.IGNORECASE,
)
"""What a draft leaves open: "XX kommune", "xx.yy. 2023", "[navn på kommune]", dotted lines."""


@dataclass(frozen=True, slots=True)
class Part:
    """A document inside another: where it stands in the stored text, and what it says of itself."""

    start: int
    end: int
    kind: Kind
    title: str
    status: Status | None = None


def parts(structure: Structure) -> tuple[Part, ...]:
    """The agreements that stand whole among other papers, from their title to their signatures.

    What makes an agreement of a heading that names one: numbered chapters from 1 below it. A case, a list of
    attachments or a table of contents that mentions an agreement has none.
    """
    clauses = structure.clauses
    found: list[Part] = []
    for index, clause in enumerate(clauses):
        if found and clause.start < found[-1].end:
            continue
        if clause.kind not in ("title", "section") or not AGREEMENT.match(clause.title or ""):
            continue
        last = _last(clauses, index)
        start, end = clause.start, clauses[last].end
        if not _is_agreement(structure, index, last) or not _stands_among_others(structure, start, end):
            continue
        status: Status | None = "draft" if _is_draft(structure, index, end) else None
        found.append(Part(start, end, "agreement", clause.title or "", status))
    return tuple(found)


def _is_agreement(structure: Structure, first: int, last: int) -> bool:
    """Whether chapters are numbered from 1, or, without numbers, parties and signatures stand at either end."""
    below = structure.clauses[first + 1 : last + 1]
    sections = [clause for clause in below if clause.kind == "section"]
    if any(CASE_PAPER.match(clause.title or "") for clause in sections):
        return False
    if _chapters(sections, structure.clauses[first].level + 2) >= FEWEST_CHAPTERS:
        return True
    own = structure.text[structure.clauses[first].start : structure.clauses[first].end]
    signed = any(SIGNATURES.match(clause.title or "") for clause in sections)
    return signed and len(sections) > FEWEST_CHAPTERS and re.search(r"\bmellom\b", own) is not None


def _stands_among_others(structure: Structure, start: int, end: int) -> bool:
    """Whether there is more to the text than this agreement and its cover."""
    outside = [clause for clause in structure.clauses if clause.end <= start or clause.start >= end]
    return sum(clause.end - clause.start for clause in outside) > COVER or any(
        clause.kind == "section" for clause in outside
    )


def _last(clauses: tuple[Clause, ...], first: int) -> int:
    """The last clause of the document that begins at `first`: the next title or case, or its signatures, end it."""
    last = first
    signed = False
    for index in range(first + 1, len(clauses)):
        clause = clauses[index]
        if clause.parent is None or clause.parent < first:
            break
        if clause.kind == "section" and signed and clause.number is None:
            break
        signed = signed or (clause.kind == "section" and SIGNATURES.match(clause.title or "") is not None)
        last = index
    return last


def _chapters(sections: list[Clause], deepest: int) -> int:
    """How many chapters are numbered 1, 2, 3 and on, at the level under the title or one further down."""
    chapters = 0
    for clause in sections:
        figures = re.sub(r"^\D+", "", clause.number or "")
        chapters += clause.level <= deepest and figures == str(chapters + 1)
    return chapters


def _is_draft(structure: Structure, index: int, end: int) -> bool:
    """Whether the agreement, or the paper it is laid before the meeting with, calls it a draft or leaves blanks."""
    clauses, text = structure.clauses, structure.text
    own = text[clauses[index].start : clauses[index].end]
    if DRAFT.search(own) or BLANK.search(text, clauses[index].start, end):
        return True
    paper = next((clause for clause in reversed(clauses[:index]) if clause.kind == "title"), clauses[0])
    return LAID_BEFORE.search(text, paper.start, clauses[index].start) is not None
