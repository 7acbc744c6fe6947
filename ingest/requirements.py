"""Find which clauses answer to which requirements, with the words that say so."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from rdflib.namespace import SKOS

from ingest.clause import Structure
from ingest.cue import cue
from ingest.statements import Statement, share, statements
from ontology import BASE, HJ, load
from ontology.topics import RANK, Strength

Coverage = Literal["covers", "partly", "delegates", "mentions", "contradicts"]

LONGEST_QUOTE = 180
LONGEST_TITLE = 15
# A heading is about a matter when the words for it make up so much of the heading.
ABOUT, ABOUT_WEAKLY = 0.5, 0.6
PAUSE = re.compile(r"[,;:–] |\. +(?=[A-ZÆØÅ])")
FINITE_VERB = re.compile(r"\b(?:skal|må|bør|kan|vil|er|har|blir|vert|får|gjelder|gjeld|sikrer|sikrar)\b", re.IGNORECASE)
# "Avtalen omfatter ikke …", "… er unntatt": what is kept out of the agreement is not in it. A condition keeps nothing
# out.
NOT = r"(?:ikke|ikkje)\b"
EXCLUDES = cue(
    r"\b(?:omfatter|omfattar|gjelder|gjeld|regulerer|dekker|dekkjer|inkluderer|samarbeider|samarbeidar)\s+"
    rf"(?:\w+\s+)?{NOT}|\b(?:er|blir|vert)\s+{NOT}\s+(?:omfatt|regulert|dekk?e?t|en del av|ein del av)|"
    rf"\b{NOT}\s+(?:omfatt|regulert)|\b(?:unntatt|unnateke?n?|unntekne|holdes utenfor|haldast utanfor)\b",
    "ikke",
    "ikkje",
    "unnt",
    "unnate",
    "utenfor",
    "utanfor",
)
# "Partene skal utarbeide retningslinjer for …": a promise of what the law wants to see.
PROMISES = re.compile(
    r"\b(?:skal|vil|må)\s+(?:\w+\s+){0,3}?(?:utarbeid|utform|lage?s?\b|lagast?\b|inngå(?! i\b)|opprett|forhandle fram)",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\s*(?:dersom|hvis|om|når|i den grad|så langt)\b", re.IGNORECASE)
CONTENT = "6-2"
# To name these sections is to say that the agreement is made under them. What the parties shall do with it afterwards
# (§§ 6-4, 6-5) takes more words than a section number.
MADE_UNDER = {"6-1:plikt", "2-1e:avtale"}
DELEGATES, EXPLICIT = str(HJ.Delegates), str(HJ.Explicit)


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause held to answer to a requirement (by its notation), how, how sure, and where its words say so."""

    start: int
    end: int
    clause: int
    requirement: str
    coverage: Coverage
    strength: Strength


class _Hit(NamedTuple):
    """What makes a claim: the flow from start to end, in a statement, speaks of the requirement."""

    requirement: str
    strength: Strength
    start: int
    end: int
    statement: Statement

    @property
    def preference(self) -> tuple[int, bool, int]:
        """The strongest hit first; among equals one in a sentence, not a heading; then the first."""
        return RANK[self.strength], not self.statement.heading, -self.start


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
    return tuple(_Reader(structure, law).claims())


class _Reader:
    """One document while its claims are found."""

    def __init__(self, structure: Structure, cited: list[tuple[int, int, str]]) -> None:
        self.structure = structure
        self.text = structure.flow.text
        self.statements = statements(structure, [(start, end) for start, end, _ in cited])
        self.by_clause: defaultdict[int | None, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            self.by_clause[statement.clause].append(statement)
        self.cited: defaultdict[int, list[tuple[int, int, str, Statement]]] = defaultdict(list)
        starts = [statement.start for statement in self.statements]
        for start, end, path in cited:
            place = bisect_right(starts, start) - 1
            if place >= 0 and end <= self.statements[place].end:
                self.cited[self.statements[place].clause].append((start, end, path, self.statements[place]))
        self.children: defaultdict[int | None, list[int]] = defaultdict(list)
        for index, clause in enumerate(structure.clauses):
            self.children[clause.parent].append(index)

    def claims(self) -> Iterator[Claim]:
        strongest: dict[tuple[int, str], _Hit] = {}
        for hit in (*self._cited_hits(), *self._topical_hits()):
            place = hit.statement.clause, hit.requirement
            if place not in strongest or hit.preference > strongest[place].preference:
                strongest[place] = hit
        said = {place for place, hit in strongest.items() if hit.strength != "weak"}
        for (index, requirement), hit in sorted(strongest.items(), key=lambda entry: (entry[0][0], entry[1].start)):
            strength: Strength = "weak" if self._only_announces(hit, said) else hit.strength
            start, end = self.structure.flow.span(*self._quote(hit))
            yield Claim(start, end, index, requirement, self._coverage(hit, strength), strength)

    def _only_announces(self, hit: _Hit, said: Iterable[tuple[int, str]]) -> bool:
        """Whether a heading has no words of its own, and the clauses below it say the matter, or there are none."""
        index = hit.statement.clause
        if not all(statement.heading for statement in self.by_clause[index]):
            return False
        return not self.children[index] or any(
            requirement == hit.requirement and below > index and index in self.structure.ancestors(below)
            for below, requirement in said
        )

    def _cited_hits(self) -> Iterator[_Hit]:
        """A clause that cites a provision speaks of what that provision requires."""
        for cited in self.cited.values():
            for start, end, path, statement in cited:
                if requirement := _required_by(path):
                    yield _Hit(requirement, "explicit", start, end, statement)

    def _topical_hits(self) -> Iterator[_Hit]:
        for statement in self.statements:
            cited = [path for _, _, path, _ in self.cited[statement.clause]]
            for hit in self._hits(statement):
                strength = hit.strength
                if any(_supports(path, hit.requirement) for path in cited):
                    strength = "topical" if strength == "weak" else "explicit"
                yield hit if strength == hit.strength else hit._replace(strength=strength)

    def _hits(self, statement: Statement) -> Iterator[_Hit]:
        found = [
            _Hit(topic.key, topic.strength, topic.start, topic.end, statement)
            for topic in statement.topics
            if topic.key not in {DELEGATES, EXPLICIT}
        ]
        if statement.heading:
            return map(self._in_heading, found)
        return self._in_list_of_matters(found) if self._is_title(statement) else iter(found)

    def _in_heading(self, hit: _Hit) -> _Hit:
        """A heading is about what makes up most of it; the rest it only mentions."""
        part = share(self.text, hit.statement, hit.requirement)
        if hit.strength == "weak":
            return hit._replace(strength="topical") if part >= ABOUT_WEAKLY else hit
        return hit if part >= ABOUT else hit._replace(strength="weak")

    def _is_title(self, statement: Statement) -> bool:
        """Whether a list item is no sentence but the title of a matter, in a list of what the agreement covers."""
        if self.structure.clauses[statement.clause].kind != "item" or len(self.by_clause[statement.clause]) != 1:
            return False
        words = self.text[statement.start : statement.end]
        return (
            len(words.split()) <= LONGEST_TITLE
            and not FINITE_VERB.search(words)
            and any(above.speaks(EXPLICIT) for above in self._above(statement))
        )

    def _above(self, statement: Statement) -> Iterator[Statement]:
        """The heading over a list item, and the last sentence before the list."""
        own = self.by_clause[self.structure.clauses[statement.clause].parent]
        yield from (heading for heading in own if heading.heading)
        if statement.lead_in is not None:
            yield self.statements[statement.lead_in]

    def _in_list_of_matters(self, found: list[_Hit]) -> Iterator[_Hit]:
        """A bare title names the item of § 6-2; where only weak words point to an item, its number may confirm it."""
        sure = any(hit.strength != "weak" and hit.requirement.startswith("6-2:") for hit in found)
        for hit in found:
            if not hit.requirement.startswith("6-2:"):
                yield hit
            elif (
                hit.strength != "weak"
                or hit.requirement == f"6-2:{self.structure.clauses[hit.statement.clause].number}"
            ):
                yield hit._replace(strength="explicit")
            else:
                yield hit if sure else hit._replace(strength="topical")

    def _coverage(self, hit: _Hit, strength: Strength) -> Coverage:
        if strength == "weak":
            return "mentions"
        said = self.text[hit.statement.start : hit.statement.end]
        if hit.requirement.startswith(CONTENT) and EXCLUDES.search(said) and not CONDITION.match(said):
            return "contradicts"
        if not any(place.speaks(DELEGATES) for place in self._about(hit)):
            return "covers"
        return "partly" if hit.statement.speaks(DELEGATES) and PROMISES.search(said) else "delegates"

    def _about(self, hit: _Hit) -> Iterator[Statement]:
        """Where a clause would say that the matter is dealt with elsewhere: here, at its end, or around its list."""
        index = hit.statement.clause
        yield hit.statement
        yield self.by_clause[index][-1]
        if self._is_title(hit.statement):
            yield from self._above(hit.statement)
            siblings = self.children[self.structure.clauses[index].parent]
            after = (
                sibling for sibling in siblings if sibling > index and self.structure.clauses[sibling].kind != "item"
            )
            if (closing := next(after, None)) is not None and self.structure.clauses[closing].kind == "paragraph":
                yield from self.by_clause[closing]

    def _quote(self, hit: _Hit) -> tuple[int, int]:
        """The sentence of the hit; of a long one the parts between pauses that hold it."""
        start, end = hit.statement.start, hit.statement.end
        if end - start > LONGEST_QUOTE:
            cuts = [start, *(cut.end() for cut in PAUSE.finditer(self.text, start, end)), end]
            start = max(cut for cut in cuts if cut <= hit.start)
            end = min(cut for cut in cuts if cut >= hit.end)
        words = self.text[start:end]
        return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip(" \n,;:–"))


def _required_by(path: str) -> str | None:
    """The requirement that a citation alone speaks of: "§ 6-2 nr. 4" item 4, "§ 6-2 første ledd" § 6-2 as a whole."""
    while "/par-" in path and path not in _shared():
        if path in _requirement_by_basis():
            return _requirement_by_basis()[path]
        path = path.rpartition("/")[0]
    return None


def _supports(path: str, requirement: str) -> bool:
    """Whether citing this makes sure that a clause speaks of the requirement: its basis, or the section that holds it.

    A section that is itself the basis of another requirement (§ 6-2 as a whole) says too little.
    """
    basis = _basis().get(requirement)
    if basis is None:
        return False
    if basis.startswith(f"{path}/"):
        return "/par-" in path and _required_by(path) is None
    return path == basis or path.startswith(f"{basis}/")


@cache
def _basis() -> dict[str, str]:
    """The path of the legal basis by requirement, without guidance's advice, which no act demands."""
    graph = load()
    return {
        str(notation): str(graph.value(requirement, HJ.legalBasis)).removeprefix(BASE)
        for requirement, notation in graph.subject_objects(SKOS.notation)
        if (requirement, HJ.requirementKind, HJ.Content) in graph
        or (requirement, HJ.requirementKind, HJ.Conduct) in graph
    }


@cache
def _requirement_by_basis() -> dict[str, str]:
    """The requirement that naming a provision is enough for: an item of § 6-2, § 6-2 as a whole, the duty to agree."""
    return {
        path: requirement
        for requirement, path in _basis().items()
        if requirement in MADE_UNDER or requirement.startswith("6-2:")
    }


@cache
def _shared() -> set[str]:
    """Provisions that several requirements rest on (§ 6-2 second ledd): naming one does not tell which is meant."""
    return {path for path, times in Counter(_basis().values()).items() if times > 1}
