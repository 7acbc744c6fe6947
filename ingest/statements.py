"""What a document's headings and sentences are about: each with its clause and the topics found in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.clause import Structure
from ingest.cue import cue
from ingest.passages import stretches
from ontology.lexicon import WORD, Match
from ontology.topics import Topic, requirement_topics

# What a sentence begins with when the one before it says what it is about: "Den publiseres …" after "Avtalen …".
PRONOUN = re.compile(r"(?:den|denne|dette|de|disse|dei|desse|han|ho)\b", re.IGNORECASE)
# Further on in the sentence "den" is a pronoun where no noun follows it: "Vi ser på den hver høst".
IT = re.compile(
    r"\b(?:den|han|ho)\b(?=[.,;]|\s(?:hver|hvert|kvar|kvart|på|i|til|ut|opp|ned|inn|gjennom|innen|innan|av|med|for|og|eller|før|når|"
    r"etter|minst|årlig|årleg|sammen|saman|skriftlig|skriftleg)\b)",
    re.IGNORECASE,
)
# A scan's figure inside a word is a letter: "inn1eggelse", "pasientforl0p".
MISREAD = re.compile(r"[01](?<=[^\W\d_].)(?=[^\W\d_])")
# Who stands ready is on call: "Kommunen har jordmor i beredskap" is no emergency plan.
ON_CALL = cue(r"\b(?:ha|har|er|står?|være|vere)\s(?:[\w-]+\s){0,3}i (?P<ready>beredskap)\b(?! og\b)", "i beredskap")
# Who is trained for something is no student: "en sjåfør som er utdannet til det".
TRAINED = cue(r"\butdann(?:et|a|ede|de)\b", "utdann")
FUNCTION_WORD = re.compile(
    r"(?:og|eller|samt|i|om|av|for|til|med|på|ved|fra|frå|mellom|som|den|det|de|dei|en|et|ei|ein|eit|å|nr|\d+|vi|oss|noen|nokon|hvem|kven|hva|kva|"
    r"hvordan|korleis|når|skal|må|kan|bør|er|har|blir|vert|ikke|ikkje|men|inn|ut)",
    re.IGNORECASE,
)


class Statement(NamedTuple):
    """A heading or sentence at start to end of the flow, its clause, and its topics, the strongest first.

    `lead_in` is the place, among the statements, of the sentence that a list item completes.
    """

    start: int
    end: int
    clause: int
    heading: bool
    topics: tuple[Topic, ...] = ()
    lead_in: int | None = None

    def speaks(self, key: str) -> bool:
        """Whether any of its topics is this one."""
        return any(topic.key == key for topic in self.topics)


@dataclass(slots=True)
class _Draft:
    """A statement while its words are being gathered."""

    start: int
    end: int
    clause: int
    heading: bool
    matches: list[Match] = field(default_factory=list)


def statements(structure: Structure, masked: Iterable[tuple[int, int]]) -> tuple[Statement, ...]:
    """The headings and sentences of a document in order, with their topics.

    Words in the masked spans of the flow are names and speak of nothing: "Lov om folkehelsearbeid" is not prevention.
    """
    drafts = list(_drafts(structure))
    _gather(structure.flow.text, drafts, masked)
    return tuple(_statements(structure, drafts))


def share(text: str, statement: Statement, key: str) -> float:
    """How much of a heading is about a topic: the part of its content words that the topic's terms make up."""
    words = [
        word.start()
        for word in WORD.finditer(text, statement.start, statement.end)
        if not FUNCTION_WORD.fullmatch(word.group())
    ]
    said = [
        match
        for topic in statement.topics
        if topic.key == key
        for match in topic.matches
        # "Helsekompetanse" is not a heading about kompetanse.
        if not match.compound
    ]
    return sum(any(match.start <= word < match.end for match in said) for word in words) / max(len(words), 1)


def _drafts(structure: Structure) -> Iterator[_Draft]:
    text, offsets, said = structure.flow.text, structure.flow.offsets, stretches(structure)
    starts, ends = [first for first, _ in said], [last for _, last in said]
    for index, clause in enumerate(structure.clauses):
        start, body, end = (bisect_left(offsets, place) for place in (clause.start, clause.body, clause.end))
        if clause.title is not None and start < body:
            yield _Draft(start, body, index, heading=True)
        for place in range(bisect_right(ends, body), bisect_left(starts, end)):
            # The first and the last sentence may go on beyond the clause.
            first = max(starts[place], body)
            words = text[first : min(ends[place], end)]
            if spoken := words.strip():
                first += words.index(spoken)
                yield _Draft(first, first + len(spoken), index, heading=False)


def _gather(text: str, drafts: list[_Draft], masked: Iterable[tuple[int, int]]) -> None:
    """Give every draft the ontology's words that stand in it."""
    mask = bytearray(len(text))
    for start, end in masked:
        mask[start:end] = b"\1" * (end - start)
    for called in ON_CALL.finditer(text):
        mask[called.start("ready") : called.end("ready")] = b"\1" * len(called["ready"])
    for trained in TRAINED.finditer(text):
        mask[trained.start() : trained.end()] = b"\1" * len(trained.group())
    place, last = -1, len(drafts) - 1
    for match in requirement_topics().lexicon.find(MISREAD.sub(_letter, text)):
        # Both stand in the order of the text.
        while place < last and drafts[place + 1].start <= match.start:
            place += 1
        if place >= 0 and match.end <= drafts[place].end and not mask[match.start]:
            drafts[place].matches.append(match)


def _letter(misread: "re.Match[str]") -> str:
    return "l" if misread[0] == "1" else "o"


def _statements(structure: Structure, drafts: list[_Draft]) -> Iterator[Statement]:
    topics = requirement_topics()
    last: dict[int | None, int] = {}
    lent: dict[int, list[Match]] = {}
    for place, draft in enumerate(drafts):
        clause = structure.clauses[draft.clause]
        before = lead_in = last.get(clause.parent) if clause.kind == "item" else None
        spoken = last.get(draft.clause)
        if PRONOUN.match(structure.flow.text, draft.start):
            before = spoken if spoken is not None else before
        elif (
            spoken is not None and not drafts[spoken].heading and IT.search(structure.flow.text, draft.start, draft.end)
        ):
            before = spoken
        beside = [] if before is None else [*drafts[before].matches, *lent.get(before, ())]
        if before is not None and before == spoken:
            # "Avtalen …. Vi ser på den hver høst. Den kan sies opp …"
            lent[place] = beside
        found = tuple(topics.among(draft.matches, beside=beside))
        yield Statement(draft.start, draft.end, draft.clause, draft.heading, found, lead_in)
        last[draft.clause] = place
        if clause.kind == "paragraph":
            # A list may hang on the section or follow a paragraph of it.
            last[clause.parent] = place
