"""Find which clauses answer to which requirements, with the words that say so."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ingest.clause import Structure
from ingest.requirements.coverage import AIM, Answer, Coverage, Place, answers
from ingest.requirements.hits import Hit, Reader
from ingest.requirements.manner import is_sentence
from ingest.statements import Statement
from ontology.topics import Strength

LONGEST_QUOTE = 180
# That the three levels exist is told by their names, in headings, too; and an aim by what is aimed at.
LEVELS = "V:tredelt"
# Patients are also admitted to the beds of the municipality, which no hospital is named for.
ADMISSION, OWN_BEDS = "6-2:3", "6-2:4"
HOSPITAL = re.compile(r"\bs(?:y|ju)kehus", re.IGNORECASE)
UNANSWERED = Answer("mentions", ())
PAUSE = re.compile(r"[,;:–] |\. +(?=[A-ZÆØÅ])")


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause held to answer to a requirement (by its notation), how, how sure, and where its words say so."""

    start: int
    end: int
    clause: int
    requirement: str
    coverage: Coverage
    strength: Strength


def claims(structure: Structure, cited: Iterable[tuple[int, int, str]]) -> tuple[Claim, ...]:
    """The requirements that clauses answer to, one claim per clause and requirement, in the order of the text.

    `cited` are the legal citations (start, end, path of what is cited).

    >>> from ingest.clause import Clause
    >>> from ingest.flow import Flow
    >>> text = "Kommunen har jordmor på vakt. Avtalen kan sies opp med ett års frist."
    >>> whole = Structure(text, (Clause(0, len(text), 0, "paragraph", 1),), Flow.plain(text))
    >>> [(claim.requirement, claim.strength) for claim in claims(whole, [])]
    [('6-2:8', 'topical'), ('6-5:oppsigelse', 'explicit')]
    """
    # An address among the words is a link; what the sentence cites is cited in words, too.
    law = [
        (bisect_left(structure.flow.offsets, start), bisect_left(structure.flow.offsets, end), path)
        for start, end, path in cited
        if path.startswith(("lov/", "forskrift/")) and "://" not in structure.text[start:end]
    ]
    return tuple(_claims(Reader(structure, law)))


def _claims(reader: Reader) -> Iterator[Claim]:
    clauses, hits = reader.structure.clauses, defaultdict[Place, list[Hit]](list)
    for hit in reader.hits():
        hits[hit.statement.clause, hit.requirement].append(hit)
    strongest = {place: max(found, key=lambda hit: hit.preference) for place, found in hits.items()}
    said = {place for place, hit in strongest.items() if hit.strength != "weak"}
    said -= {place for place in said if _is_own_bed(reader, place, said, hits[place])}
    held = {place for place in said if not _only_announces(reader, place, said)}
    answered = answers(reader, {place: hits[place] for place in held})
    for place, hit in sorted(strongest.items(), key=lambda entry: (entry[0][0], entry[1].start)):
        coverage, settling = answered.get(place, UNANSWERED)
        # The items under a heading may stand outside its clause, and are quoted in claims of their own.
        inside = [said for said in settling if clauses[said.clause].end <= clauses[place[0]].end]
        start, end = reader.structure.flow.span(*_evidence(reader.text, hit, hits[place], inside))
        strength: Strength = hit.strength if place in held else "weak"
        yield Claim(start, end, *place, coverage, strength)


def _only_announces(reader: Reader, place: Place, said: Collection[Place]) -> bool:
    """Whether a heading has no words of its own, and the clauses below it say the matter, or there are none."""
    index, requirement = place
    clauses, own = reader.structure.clauses, reader.by_clause[index]
    if clauses[index].kind == "footnote":
        # "Avtale om nasjonal tvisteløsningsnemnd …": a footnote that names a source.
        return not any(is_sentence(reader.text[statement.start : statement.end]) for statement in own)
    if all(statement.heading for statement in own):
        return not reader.children[index] or any(
            spoken == requirement and below > index and index in reader.structure.ancestors(below)
            for below, spoken in said
        )
    # "8) Barn og unge", and the words in the paragraph after it.
    return (
        clauses[index].kind == "item"
        and (index + 1, requirement) in said
        and clauses[index + 1].kind == "paragraph"
        and not any(is_sentence(reader.text[statement.start : statement.end]) for statement in own)
    )


def _is_own_bed(reader: Reader, place: Place, said: Collection[Place], hits: Iterable[Hit]) -> bool:
    """Whether a clause on the municipality's own beds tells who is admitted to them, and not to the hospital."""
    clause, requirement = place
    return (
        requirement == ADMISSION
        and (clause, OWN_BEDS) in said
        and not any(
            hit.cited
            or (hit.strength != "weak" and HOSPITAL.search(reader.text, hit.statement.start, hit.statement.end))
            for hit in hits
        )
    )


def _evidence(text: str, strongest: Hit, hits: Iterable[Hit], settling: Collection[Statement]) -> tuple[int, int]:
    """Where the matter is settled: the strongest words for it in such a sentence, or the first such sentence."""
    said, places = strongest.statement, {statement.start for statement in settling}
    if not places or said.start in places or strongest.requirement in (LEVELS, AIM):
        return _quote(text, strongest)
    if not said.heading and not is_sentence(text[said.start : said.end]):
        # Its verb is one that we do not know.
        return _quote(text, strongest)
    spoken = [hit for hit in hits if hit.statement.start in places]
    if spoken:
        return _quote(text, max(spoken, key=lambda hit: hit.preference))
    first = min(settling, key=lambda statement: statement.start)
    return first.start, first.end


def _quote(text: str, hit: Hit) -> tuple[int, int]:
    """The sentence of the hit; of a long one the parts between pauses that hold it."""
    start, end = hit.statement.start, hit.statement.end
    if end - start > LONGEST_QUOTE:
        cuts = [start, *(cut.end() for cut in PAUSE.finditer(text, start, end)), end]
        start = max(cut for cut in cuts if cut <= hit.start)
        end = min(cut for cut in cuts if cut >= hit.end)
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip(" \n,;:–"))
