"""One document's bodies, gathered sentence by sentence."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ingest.bodies import powers
from ingest.bodies.body import Body, Fact
from ingest.bodies.membership import COMPOSED, COMPOSITION, DEPUTY, LEADERSHIP, NOMINATES, Place, Seats, seats
from ingest.bodies.names import OUTSIDE, TIERS, Mention, abbreviation, mentions
from ingest.bodies.outline import Outline
from ingest.bodies.procedure import Told, procedure
from ingest.bodies.secretariat import SLUG, holder, served
from ingest.bodies.subjects import GENERIC, blanked, subjects, unmarked
from ingest.clause import Structure
from ingest.cue import cue
from ingest.passages import Passage, passages

REPRESENTED = cue(
    r"\b(?:skal|er|har)\b.*\b(?P<side>bruker|brukar|fastlege)representa(?:sjon|ntar|nter)?\s(?:i|på)\s", "representa"
)


@dataclass(slots=True)
class _Draft:
    """A body while what is said of it is being gathered; places are those of the flow."""

    mention: Mention
    headed: bool = False
    listed: bool = False
    short: str | None = None
    seats: list[Seats] = field(default_factory=list)
    facts: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    @property
    def described(self) -> bool:
        """Whether the document does more than mention it."""
        return self.headed or self.listed or bool(self.facts or self.seats)


class _Sentence(NamedTuple):
    """A sentence or list item, the bodies it names at their places in it, and the body whose chapter it stands in."""

    passage: Passage
    clause: int | None
    item: bool
    named: Sequence[Mention]
    governed: str | None
    place: Place | None

    @property
    def text(self) -> str:
        return self.passage.text


class Description:
    """One document, and what it says of the bodies it names."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.named = mentions(structure.flow.text)
        self.starts = [mention.start for mention in self.named]
        self.first = {mention.slug: mention for mention in reversed(self.named)}
        self.outline = Outline(structure, self.named)
        self.drafts: dict[str, _Draft] = {}

    def bodies(self) -> Iterator[Body]:
        """Every body that a heading is about, or that something is said of."""
        for heading in self.outline.headings:
            draft = self._draft(heading)
            draft.mention, draft.headed = (draft.mention if draft.headed else heading), True
        last: tuple[int | None, list[str]] = (None, [])
        for passage in passages(self.structure):
            clause = self.structure.clause_at(self.structure.flow.offsets[passage.start])
            barred = clause is not None and self.outline.barred[clause]
            if not barred and passage.text != next(iter(passage.titles), None):
                told = self._read(self._sentence(unmarked(passage), clause), last[1] if last[0] == clause else [])
                last = clause, told
        self._share_plural()
        for draft in sorted(self.drafts.values(), key=lambda draft: draft.mention.start):
            if draft.described and (draft.headed or draft.mention.kind not in OUTSIDE):
                yield self._body(draft)

    def _sentence(self, passage: Passage, clause: int | None) -> _Sentence:
        named = []
        for index in range(bisect_left(self.starts, passage.start), len(self.named)):
            mention = self.named[index]
            if mention.start >= passage.end:
                break
            named.append(mention._replace(start=mention.start - passage.start, end=mention.end - passage.start))
        item = clause is not None and self.structure.clauses[clause].kind == "item"
        governed = self.outline.governs(clause)
        place = self.outline.place(clause, passage.lead) if clause is not None and item and governed else None
        return _Sentence(passage, clause, item, named, governed, place)

    def _read(self, sentence: _Sentence, before: list[str]) -> list[str]:
        """Take what a sentence says; gives the bodies that it is about."""
        text, governed = sentence.text, sentence.governed
        for mention in sentence.named:
            # The three levels are set up by being named.
            if mention.kind in TIERS and not mention.name.rstrip("s").isupper():
                self._draft(self._in_flow(mention, sentence)).listed = True
            elif mention.slug in self.drafts:
                self._draft(self._in_flow(mention, sentence))
        self._agents(sentence)
        for told in holder(text):
            self._note(self._secretariat(sentence, told), sentence, told)
        self._represented(sentence)
        seated = governed is not None and (sentence.place is not None or NOMINATES.search(text) is not None)
        about, end = ([], None) if seated else subjects(text, sentence.named)
        if not about:
            pronoun = GENERIC.match(text)
            about = [governed] if governed else before if pronoun else []
            end = pronoun.end() if pronoun and about and not seated else None
        for slug in about:
            here = next((mention for mention in sentence.named if mention.slug == slug), None)
            draft = self.drafts.get(slug) or (self._draft(self._in_flow(here, sentence)) if here else None)
            if draft:
                for told in self._told(sentence, slug, end):
                    self._note(draft, sentence, told)
                self._seat(draft, sentence, slug)
        return about

    def _told(self, sentence: _Sentence, slug: str, subject_end: int | None) -> Iterator[Told]:
        """What a sentence says of a body, its seats apart."""
        text = sentence.text
        others = [mention for mention in sentence.named if mention.slug != slug]
        plain = blanked(text, [mention for mention in sentence.named if mention.slug != slug or mention.start > 0])
        rules = list(procedure(plain))
        for start, end, name, value in rules:
            # "Skal planlegge årlig …": it is another body that meets.
            if not (name == "meets" and sentence.item and text.startswith(("Skal", "Kan"))):
                yield start, end, name, text if value == plain else value
        if (deputy := DEPUTY.search(text)) and (sentence.governed == slug or subject_end is not None):
            yield *deputy.span(), "deputies", "true"
        yield from powers.appointed(text, others)
        yield from powers.superiors(text, others)
        yield from powers.delegated(text, others)
        yield from served(text, subject_end, others)
        if powers.APPROVE_LEAD.search(sentence.passage.lead):
            yield 0, len(text), "approves", text.rstrip(" .;,")
        else:
            yield from powers.approved(text)
        if sentence.item and slug == sentence.governed:
            is_task = self._is_listed_task(sentence)
        else:
            is_task = subject_end is not None and not rules and powers.is_task(text, subject_end)
            if is_task and COMPOSED.search(text):
                is_task = re.search(r"\b(?:møtes|møtest|delta|repres)", text) is not None
        if is_task:
            yield 0, len(text), "task", text

    def _is_listed_task(self, sentence: _Sentence) -> bool:
        """Whether a list item in the chapter of a body is one of its tasks: by its lead, its heading or its verb."""
        text, lead = sentence.text, sentence.passage.lead
        if powers.SKIPPED.search(text) or self.outline.under(sentence.clause, COMPOSITION):
            return False
        under_tasks = self.outline.under(sentence.clause, powers.TASKS)
        if lead:
            says_who = powers.MODAL.search(lead) or GENERIC.match(lead) or mentions(lead)
            return bool(powers.TASK_LEAD.search(lead) or powers.APPROVE_LEAD.search(lead) or (under_tasks and says_who))
        if COMPOSED.search(text) or LEADERSHIP.match(text):
            return False
        return under_tasks or powers.INFINITIVE.match(text) is not None

    def _seat(self, draft: _Draft, sentence: _Sentence, slug: str) -> None:
        """Take the seats that a sentence gives a body."""
        text = sentence.text
        place = sentence.place if sentence.governed == slug else None
        if place is None:
            leads = sentence.item and sentence.governed == slug and LEADERSHIP.match(text)
            if text.endswith(":") or not (leads or COMPOSED.search(text) or NOMINATES.search(text)):
                return
            if sentence.item and powers.TASK_LEAD.search(sentence.passage.lead):
                return
            if re.search(r"^(?:Skal|Kan)\b" if sentence.item else r"\bikk?j?e\b", text):
                return
        for seat in seats(text, place or Place()):
            self._add_seat(draft, sentence, seat)

    def _represented(self, sentence: _Sentence) -> None:
        """A seat in each body named, as in "skal være fast brukerrepresentasjon i partnerskapsmøtet og i SSU"."""
        if found := REPRESENTED.search(sentence.text):
            side = "fastlege" if found["side"].lower() == "fastlege" else "bruker"
            for mention in sentence.named:
                if mention.start >= found.end():
                    draft = self._draft(self._in_flow(mention, sentence))
                    if not any(seat.side == side and seat.standing == "member" for seat in draft.seats):
                        seat = Seats(found.start("side"), mention.end, side, None, "representant")
                        self._add_seat(draft, sentence, seat)

    def _agents(self, sentence: _Sentence) -> None:
        """What is done by a body, as in "tilskuddet forvaltes av SSU"."""
        text = sentence.text
        for mention in sentence.named:
            before = text[: mention.start]
            if before[-3:-1].lower() != "av":
                continue
            if powers.PASSIVE_TASK.search(before):
                self._note(self._draft(self._in_flow(mention, sentence)), sentence, (0, len(text), "task", text))
            elif (approved := powers.APPROVED_BY.search(before)) and mention.kind not in OUTSIDE:
                begin = max(before.rfind(mark, 0, approved.start()) for mark in ".;:") + 1
                what = before[begin : approved.start()].strip()
                if what:
                    start = text.index(what, begin)
                    told = (start, start + len(what), "approves", what)
                    self._note(self._draft(self._in_flow(mention, sentence)), sentence, told)

    def _draft(self, mention: Mention) -> _Draft:
        """The draft of a body that is named at a place in the flow."""
        draft = self.drafts.setdefault(mention.slug, _Draft(mention))
        draft.short = draft.short or abbreviation(self.structure.flow.text, mention)
        return draft

    def _secretariat(self, sentence: _Sentence, told: Told) -> _Draft:
        """The draft of the secretariat, by its own name or by the words that tell who holds it."""
        start, end = sentence.passage.start + told[0], sentence.passage.start + told[1]
        return self._draft(self.first.get(SLUG) or Mention(start, end, SLUG, SLUG, SLUG))

    def _in_flow(self, mention: Mention, sentence: _Sentence) -> Mention:
        begin = sentence.passage.start
        return mention._replace(start=mention.start + begin, end=mention.end + begin)

    def _add_seat(self, draft: _Draft, sentence: _Sentence, seat: Seats) -> None:
        begin = sentence.passage.start
        start, end = self.structure.flow.span(begin + seat.start, begin + min(seat.end, len(sentence.text)))
        key = (seat.side, seat.number, seat.who.casefold(), seat.standing, seat.per)
        if key not in {(s.side, s.number, s.who.casefold(), s.standing, s.per) for s in draft.seats}:
            draft.seats.append(replace(seat, start=start, end=end))

    def _note(self, draft: _Draft, sentence: _Sentence, told: Told) -> None:
        start, end, name, value = told
        place = sentence.passage.start + start, sentence.passage.start + max(end, start + 1)
        if name == "appointed_by":
            self._draft(self.first[value]).facts.setdefault(("appoints", draft.mention.slug), place)
        elif name == "delegates_to":
            self._draft(self.first[value]).facts.setdefault(("delegated_by", draft.mention.slug), place)
        else:
            draft.facts.setdefault((name, value), place)
            if name in {"appoints", "reports_to", "delegated_by", "secretariat_of"}:
                self._draft(self.first[value]).listed = True

    def _share_plural(self) -> None:
        """Give what is said of "samarbeidsutvalgene" to every cooperation committee that the document names."""
        general = self.drafts.get("samarbeidsutvalg")
        if general is None or general.headed or not general.mention.name.endswith(("ene", "a", "ane")):
            return
        others = [draft for slug, draft in self.drafts.items() if slug.endswith("-samarbeidsutvalg")]
        for draft in others:
            for (name, value), place in general.facts.items():
                if name != "task":
                    draft.facts.setdefault((name, value), place)
        if others:
            del self.drafts["samarbeidsutvalg"]

    def _body(self, draft: _Draft) -> Body:
        span, mention = self.structure.flow.span, draft.mention
        start, end = span(mention.start, mention.end)
        facts = [Fact(*span(*place), name, value) for (name, value), place in draft.facts.items()]
        if mention.kind in TIERS and mention.slug == mention.kind:
            facts.insert(0, Fact(start, end, "tier", str(TIERS[mention.kind])))
        clause = self.structure.clause_at(start)
        named = (mention.slug, mention.kind, mention.name, draft.short)
        return Body(start, end, clause, *named, tuple(draft.seats), tuple(facts))
