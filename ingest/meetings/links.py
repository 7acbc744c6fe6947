"""How cases hang together: what one case sends on, and what another takes up again."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.bodies.names import Mention, mentions
from ingest.clause import Structure
from ingest.cue import cue
from ingest.meetings.lines import CASE_IN_TEXT, plain_number
from ingest.meetings.record import Case, Link, Meeting, Reference, Relation
from ingest.passages import sentences
from ingest.terms.dates import dates
from ontology.lexicon import WORD, stem, stems

TAKES_UP = cue(
    r"\b(?:oppfølging av|oppfølgjing av|vise[rs]? til|viser til|syner til|utsatt i|utsett i|"
    r"behandl\w+ i|handsama i|bad i|ba i|ba om i|lagt fram i|lagt frem i|"
    r"vedtatt i|vedteke i|fulgt opp|følgjer opp|følger opp|tidligere behandlet|opprettet i)\b",
    "følg",
    "fulgt",
    "vise",
    "syner",
    "uts",
    "behandl",
    "handsama",
    "bad i",
    "ba i",
    "ba om i",
    "lagt fr",
    "vedt",
    "opprettet",
)
SENDS_ON = cue(
    r"\b(?:legge?s|leggjast|leggast|legg\w*|blir lagd|vert lagd|lagt|oversendes|oversendast|sendes|"
    r"sendast|blir send|vert send|fremmes|fremjast|tas opp|takast opp|"
    r"løftes|løftast)\s(?:\w+\s){0,4}?(?:fram|frem|over|videre|vidare|opp|til|i|for)\b",
    "legg",
    "lagd",
    "lagt",
    "send",
    "fremmes",
    "fremjast",
    "tas opp",
    "takast opp",
    "løft",
)
BACK = cue(
    r"\b(?:slutt\w+ seg til|tilslutt\w*|ga sin tilslutning|godkjente|godkjende|vedtok|behandlet|"
    r"behandla|handsama|tilrådde|tilrådt)\b",
    "slut",
    "godkjen",
    "vedtok",
    "behandl",
    "handsama",
    "tilråd",
)
ROUTINE = re.compile(
    r"\W*(?:godkjenning|referat|protokoll|eventuelt|ymse|orientering(?:er|ar)?\b(?! om)|neste møte|"
    r"møteplan|innkalling|dagsorden|meldinger|meldingar)\b",
    re.IGNORECASE,
)
SHORT = 6
"""Shorter words say too little of what a case is about."""

ENDING = 5
"""So many last letters in common make two compounds kinds of one thing."""

MOST_ALIKE = 20
"""A word that more titles of a meeting have tells none of them from the rest."""

NEAR = 40
"""Within so many characters before a case number stands the body that counts it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A case, and the meeting that deals with it."""

    meeting: Meeting
    case: Case

    @property
    def reference(self) -> Reference:
        return Reference(self.meeting.body, self.case.number, self.meeting.date)


def links(structure: Structure, held: Iterable[Meeting]) -> tuple[Link, ...]:
    """The links between the cases of a document, each once, with the words that make it."""
    register = _Register(held)
    found: dict[tuple[Relation, Reference, Reference], Link] = {}
    for link in (*register.by_words(structure), *register.by_title()):
        if link.source != link.target:
            found.setdefault((link.relation, link.source, link.target), link)
    return tuple(sorted(found.values(), key=lambda link: (link.start, link.target.body, link.target.number)))


class _Register:
    """The cases of a document by number, and its meetings by body and day."""

    def __init__(self, held: Iterable[Meeting]) -> None:
        self.meetings: defaultdict[str, list[Meeting]] = defaultdict(list)
        for meeting in sorted((meeting for meeting in held if meeting.cases), key=lambda meeting: meeting.date or ""):
            self.meetings[meeting.body].append(meeting)
        self.endings: dict[int, dict[str, list[tuple[int, str]]]] = {}
        self.places = [
            _Place(meeting, case) for row in self.meetings.values() for meeting in row for case in meeting.cases
        ]
        self.numbered = {(place.meeting.body, place.case.number): place for place in reversed(self.places)}

    def by_words(self, structure: Structure) -> Iterator[Link]:
        """Links that a sentence makes: by a number, or by the body and day of a meeting."""
        flow = structure.flow
        for place in self.places:
            for entry in place.case.entries:
                start, end = (bisect_left(flow.offsets, position) for position in entry)
                text = flow.text[start:end]
                for first, last in sentences(text):
                    for link in self._said(text[first:last], start + first, place):
                        stored = flow.span(link.start, link.end)
                        yield replace(link, start=stored[0], end=stored[1])

    def by_title(self) -> Iterator[Link]:
        """A case of the same name in a later meeting of the same body."""
        seen: dict[tuple[str, frozenset[str]], _Place] = {}
        for place in self.places:
            words = frozenset(stems(place.case.title))
            if words and place.meeting.date and not ROUTINE.match(place.case.title):
                before = seen.get((place.meeting.body, words))
                if before and before.meeting.date != place.meeting.date:
                    span = (place.case.start, place.case.end)
                    yield Link(*span, "leads_to", "title", before.reference, place.reference)
                seen[place.meeting.body, words] = place

    def _said(self, sentence: str, at: int, place: _Place) -> Iterator[Link]:
        numbered = list(CASE_IN_TEXT.finditer(sentence))
        if numbered:
            named = mentions(sentence)
            for found in numbered:
                yield from self._numbered(sentence, at, found, place, named)
        elif any(pattern.search(sentence) for pattern in (SENDS_ON, BACK, TAKES_UP)):
            yield from self._through_meetings(sentence, at, place)

    def _numbered(
        self, sentence: str, at: int, found: "re.Match[str]", place: _Place, named: Sequence[Mention]
    ) -> Iterator[Link]:
        number, own = plain_number(found["number"]), place.meeting.body
        # "Partnarskapsmøtet bad i sak 2/24": the number is that body's, not ours.
        near = [mention for mention in named if 0 <= found.start() - mention.end < NEAR]
        body = near[-1].slug if near and TAKES_UP.search(sentence, near[-1].end) else own
        if (body, number) == (own, place.case.number):
            return
        known = self.numbered.get((body, number))
        other = known.reference if known and known.meeting.date else Reference(body, number)
        earlier = known is None or (known.meeting.date or "") < (place.meeting.date or "")
        span = at + found.start(), at + found.end()
        # "(jf. sak 6)" only refers; "Oppfølging av sak 6" carries it on.
        if earlier and TAKES_UP.search(sentence):
            yield Link(*span, "leads_to", "number", other, place.reference)
        else:
            yield Link(*span, "refers_to", "number", place.reference, other)

    def _through_meetings(self, sentence: str, at: int, place: _Place) -> Iterator[Link]:
        """Cases of the meeting that a sentence names: the one whose title has most in common with this one's."""
        own, span = place.meeting, (at, at + len(sentence))
        days = {time.value for time in dates(sentence)}
        sent = SENDS_ON.search(sentence)
        back = BACK.search(sentence) or TAKES_UP.search(sentence)
        for mention in mentions(sentence):
            row = self.meetings.get(mention.slug, [])
            if back and (days or mention.slug != own.body):
                before = [
                    held for held in row if (held.date or "9") < (own.date or "") and (not days or held.date in days)
                ]
                if before and (other := self._alike(place, before[-1])):
                    yield Link(*span, "leads_to", "meeting", other.reference, place.reference)
                    continue
            if sent and mention.start > sent.start() and mention.slug != own.body:
                after = next((held for held in row if (held.date or "") > (own.date or "9")), None)
                if after and (other := self._alike(place, after)):
                    yield Link(*span, "leads_to", "meeting", place.reference, other.reference)

    def _alike(self, place: _Place, meeting: Meeting) -> _Place | None:
        """The case of a meeting that shares most with the title of another, if it shares more than all the rest."""
        scores: Counter[int] = Counter()
        endings = self._endings(meeting)
        for word in _content(place.case.title):
            alike = endings.get(word[-ENDING:], [])
            # What many titles have says nothing of any of them.
            if len(alike) <= MOST_ALIKE:
                scores.update(index for index, other in alike if _same(word, other))
        (first, *second) = scores.most_common(2) or [(0, 0)]
        if not first[1] or (second and second[0][1] == first[1]):
            return None
        return _Place(meeting, meeting.cases[first[0]])

    def _endings(self, meeting: Meeting) -> dict[str, list[tuple[int, str]]]:
        # By identity: to compare two meetings is to compare all their cases.
        if id(meeting) not in self.endings:
            self.endings[id(meeting)] = _endings(meeting)
        return self.endings[id(meeting)]


def _endings(meeting: Meeting) -> dict[str, list[tuple[int, str]]]:
    """The words of a meeting's titles, each with the place of its case, by their last letters."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, case in enumerate(meeting.cases):
        for word in _content(case.title):
            found[word[-ENDING:]].append((index, word))
    return found


def _content(title: str) -> list[str]:
    """The stems of the longer words of a title."""
    return [] if ROUTINE.match(title) else [stem(word) for word in WORD.findall(title) if len(word) >= SHORT]


def _same(word: str, other: str) -> bool:
    """Whether two stems are one, or compounds of the same thing ("samarbeidsavtal", "samhandlingsavtal")."""
    shared = 0
    while shared < min(len(word), len(other)) and word[-1 - shared] == other[-1 - shared]:
        shared += 1
    return word == other or ENDING <= shared < min(len(word), len(other))
