"""Where a document speaks of a requirement: by its words, or by citing what it rests on."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ingest.clause import Structure
from ingest.requirements.basis import required_by, supports
from ingest.statements import Statement, share, statements
from ontology import HJ
from ontology.topics import RANK, Strength

LONGEST_TITLE = 15
# A heading is about a matter when the words for it make up so much of the heading.
ABOUT, ABOUT_WEAKLY = 0.5, 0.6
FINITE_VERB = re.compile(r"\b(?:skal|må|bør|kan|vil|er|har|blir|vert|får|gjelder|gjeld|sikrer|sikrar)\b", re.IGNORECASE)
DELEGATES, EXPLICIT = str(HJ.Delegates), str(HJ.Explicit)


class Hit(NamedTuple):
    """What makes a claim: the flow from start to end, in a statement, speaks of the requirement."""

    requirement: str
    strength: Strength
    start: int
    end: int
    statement: Statement
    cited: bool = False

    @property
    def preference(self) -> tuple[int, bool, int]:
        """The strongest hit first; among equals one in a sentence, not a heading; then the first."""
        return RANK[self.strength], not self.statement.heading, -self.start


class Reader:
    """One document's statements, by clause, and what they speak of."""

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

    def hits(self) -> Iterator[Hit]:
        """Everything in the document that speaks of a requirement."""
        yield from self._cited_hits()
        yield from self._topical_hits()

    def is_title(self, statement: Statement) -> bool:
        """Whether a list item is no sentence but the title of a matter, in a list of what the agreement covers."""
        if self.structure.clauses[statement.clause].kind != "item" or len(self.by_clause[statement.clause]) != 1:
            return False
        words = self.text[statement.start : statement.end]
        return (
            len(words.split()) <= LONGEST_TITLE
            and not FINITE_VERB.search(words)
            and any(above.speaks(EXPLICIT) for above in self._above(statement))
        )

    def around(self, statement: Statement) -> Iterator[Statement]:
        """What is said of all the titles in a list: over it, and in the paragraph after it."""
        yield from self._above(statement)
        index = statement.clause
        siblings = self.children[self.structure.clauses[index].parent]
        after = (sibling for sibling in siblings if sibling > index and self.structure.clauses[sibling].kind != "item")
        if (closing := next(after, None)) is not None and self.structure.clauses[closing].kind == "paragraph":
            yield from self.by_clause[closing]

    def _above(self, statement: Statement) -> Iterator[Statement]:
        """The heading over a list item, and the last sentence before the list."""
        own = self.by_clause[self.structure.clauses[statement.clause].parent]
        yield from (heading for heading in own if heading.heading)
        if statement.lead_in is not None:
            yield self.statements[statement.lead_in]

    def _cited_hits(self) -> Iterator[Hit]:
        """A clause that cites a provision speaks of what that provision requires."""
        for cited in self.cited.values():
            for start, end, path, statement in cited:
                if requirement := required_by(path):
                    yield Hit(requirement, "explicit", start, end, statement, cited=True)

    def _topical_hits(self) -> Iterator[Hit]:
        for statement in self.statements:
            cited = [path for _, _, path, _ in self.cited[statement.clause]]
            for hit in self._hits(statement):
                strength = hit.strength
                if any(supports(path, hit.requirement) for path in cited):
                    strength = "topical" if strength == "weak" else "explicit"
                yield hit if strength == hit.strength else hit._replace(strength=strength)

    def _hits(self, statement: Statement) -> Iterator[Hit]:
        found = [
            Hit(topic.key, topic.strength, topic.start, topic.end, statement)
            for topic in statement.topics
            # The parts of requirements, and the ways to speak of them, have IRIs for keys.
            if "://" not in topic.key
        ]
        if statement.heading:
            return map(self._in_heading, found)
        return self._in_list_of_matters(found) if self.is_title(statement) else iter(found)

    def _in_heading(self, hit: Hit) -> Hit:
        """A heading is about what makes up most of it; the rest it only mentions."""
        part = share(self.text, hit.statement, hit.requirement)
        if hit.strength == "weak":
            return hit._replace(strength="topical") if part >= ABOUT_WEAKLY else hit
        return hit if part >= ABOUT else hit._replace(strength="weak")

    def _in_list_of_matters(self, found: list[Hit]) -> Iterator[Hit]:
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
