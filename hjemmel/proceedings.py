"""Meetings, their cases and what was concluded; and the way of a case from meeting to meeting to the agreement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from hjemmel.committees import WORDS, evidence, headed, labels, slug
from hjemmel.outcome import Outcome, outcome
from hjemmel.overview import PREFIXES
from hjemmel.store import Row, Store
from shapes import Evidence

MEETINGS = f"""{PREFIXES}
SELECT ?meeting ?document ?body ?name ?abbreviation ?kind ?region ?day ?paper ?quote ?start ?end ?clause ?place WHERE {{
    ?meeting a hj:Meeting ; hj:document ?document ; hj:body ?body ; hj:meetingKind ?paper ; hj:evidence ?evidence .
    {WORDS}
    OPTIONAL {{ ?meeting hj:heldOn ?day }}
    OPTIONAL {{ ?body skos:prefLabel ?name }}
    OPTIONAL {{ ?body skos:altLabel ?abbreviation }}
    OPTIONAL {{ ?body hj:bodyKind ?kind }}
    OPTIONAL {{ ?document hj:region ?region }}
}}
ORDER BY ?start
"""
CASES = f"""{PREFIXES}
SELECT ?case ?meeting ?number ?title ?quote ?start ?end ?clause ?place WHERE {{
    ?case a hj:Case ; hj:caseNumber ?number ; hj:meeting ?meeting ; hj:evidence ?evidence .
    {WORDS}
    OPTIONAL {{ ?case dcterms:title ?title }}
}}
ORDER BY ?start
"""
TYPES = f"""{PREFIXES}
SELECT ?case ?type WHERE {{ ?case a hj:Case ; hj:caseType ?type }}
ORDER BY ?case ?type
"""
CONCLUSIONS = f"""{PREFIXES}
SELECT ?case ?decision ?number ?outcome ?words ?on ?quote ?start ?end ?clause ?place WHERE {{
    ?decision a hj:Decision ; hj:case ?case ; hj:order ?order ; hj:outcome ?outcome ; hj:conclusion ?words ;
        hj:evidence ?evidence .
    {WORDS}
    OPTIONAL {{ ?decision hj:number ?number }}
    OPTIONAL {{ ?decision hj:decidedOn ?on }}
}}
ORDER BY ?case ?order ?on
"""
ATTENDANCE = f"""{PREFIXES}
SELECT ?meeting ?presence ?name ?count ?quote ?start ?end ?clause ?place WHERE {{
    ?meeting hj:attendance ?attendance .
    ?attendance hj:presence ?presence ; hj:headCount ?count ; hj:value ?name ; hj:evidence ?evidence .
    {WORDS}
}}
ORDER BY ?start
"""
LINKS = f"""{PREFIXES}
SELECT ?from ?to ?from_number ?to_number ?relation ?quote ?start ?end ?clause ?place WHERE {{
    ?link a hj:CaseLink ; hj:fromCase ?from ; hj:toCase ?to ; hj:relation ?relation ; hj:evidence ?evidence .
    ?from hj:caseNumber ?from_number .
    ?to hj:caseNumber ?to_number .
    {WORDS}
}}
ORDER BY ?start
"""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One point of a conclusion; `outcome` is what its words say it came to, `on` the documents it is about."""

    number: str
    words: str
    outcome: Outcome
    on: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Link:
    """That a case comes of another (leads_to), or only refers to it (refers_to), and the words that say so."""

    other: str
    number: str
    relation: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a meeting; `links` are to the cases it comes of or refers to."""

    iri: str
    number: str
    title: str
    types: tuple[str, ...]
    evidence: Evidence
    conclusions: tuple[Conclusion, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that its conclusions are about, each once."""
        return tuple(dict.fromkeys(document for point in self.conclusions for document in point.on))


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came for an organisation or in a role; `presence` is how: present, absent, observer, guest …"""

    presence: str
    name: str
    count: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a committee as one document tells of it; `papers` are summons, minutes, planned."""

    iri: str
    document: str
    body: str
    abbreviation: str
    slug: str
    region: str
    day: date | None
    papers: frozenset[str]
    evidence: Evidence
    cases: tuple[Case, ...] = ()
    attendance: tuple[Attendance, ...] = ()

    @property
    def is_plan(self) -> bool:
        """Whether all that is known is that it was to be held."""
        return self.papers == {"planned"}


@dataclass(frozen=True, slots=True)
class Step:
    """One meeting on the way of a case."""

    meeting: Meeting
    case: Case


def meetings(store: Store, *, language: str = "nb") -> list[Meeting]:
    """Every meeting that any document tells of, by day, with its cases in the order of the document."""
    cases: dict[str, list[Case]] = {}
    for meeting, case in _cases(store):
        cases.setdefault(meeting, []).append(case)
    attending: dict[str, list[Attendance]] = {}
    for row in store.select(ATTENDANCE):
        told = Attendance(str(row["presence"]), str(row["name"]), int(str(row["count"])), evidence(row))
        attending.setdefault(str(row["meeting"]), []).append(told)
    named = labels(store, language)
    found: dict[str, Meeting] = {}
    for row in store.select(MEETINGS):
        iri, paper = str(row["meeting"]), str(row["paper"])
        if iri in found:
            found[iri] = replace(found[iri], papers=found[iri].papers | {paper})
        else:
            found[iri] = _meeting(row, named, tuple(cases.get(iri, ())), tuple(attending.get(iri, ())))
    return sorted(found.values(), key=lambda one: (one.day or date.min, one.region, one.body))


def way(case: str, meetings: Iterable[Meeting]) -> list[Step]:
    """Every step of a case, from the first that led to it to the last that came of it, by day.

    Only a case that leads to another counts: one that merely refers to it is no step on its way.
    """
    steps = {case.iri: Step(meeting, case) for meeting in meetings for case in meeting.cases}
    before = {
        iri: {link.other for link in step.case.links if link.relation == "leads_to"} for iri, step in steps.items()
    }
    after: dict[str, set[str]] = {}
    for later, earlier in before.items():
        for one in earlier:
            after.setdefault(one, set()).add(later)
    found = _reached(case, before) | _reached(case, after)
    known = [steps[iri] for iri in found if iri in steps]
    return sorted(known, key=lambda step: (step.meeting.day or date.min, step.case.evidence.start))


def _reached(start: str, ties: Mapping[str, set[str]]) -> set[str]:
    found, ahead = {start}, [start]
    while ahead:
        new = ties.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found


def _meeting(
    row: Row, named: Mapping[str, str], cases: tuple[Case, ...], attendance: tuple[Attendance, ...]
) -> Meeting:
    kind = named.get(str(row["kind"]), slug(row["body"]).replace("-", " "))
    name = str(row["name"] or kind)
    return Meeting(
        iri=str(row["meeting"]),
        document=str(row["document"]),
        body=headed(kind if name == row["abbreviation"] else name),
        abbreviation=str(row["abbreviation"] or ""),
        slug=slug(row["body"]),
        region=slug(row["region"]),
        day=row["day"] if isinstance(row["day"], date) else None,
        papers=frozenset({str(row["paper"])}),
        evidence=evidence(row),
        cases=cases,
        attendance=attendance,
    )


def _cases(store: Store) -> list[tuple[str, Case]]:
    """Each case with the meeting it belongs to."""
    types: dict[str, list[str]] = {}
    for row in store.select(TYPES):
        types.setdefault(str(row["case"]), []).append(str(row["type"]))
    links: dict[str, list[Link]] = {}
    for row in store.select(LINKS):
        # What leads on is told of the later case, what refers to another of the case that refers.
        told, other = ("to", "from") if row["relation"] == "leads_to" else ("from", "to")
        links.setdefault(str(row[told]), []).append(
            Link(str(row[other]), str(row[f"{other}_number"]), str(row["relation"]), evidence(row))
        )
    conclusions = _conclusions(store)
    # The words that name the case come first; those that tell its type may follow elsewhere.
    first = {str(row["case"]): row for row in reversed(store.select(CASES))}
    found = [
        (
            str(row["meeting"]),
            Case(
                iri=iri,
                number=str(row["number"]),
                title=str(row["title"] or ""),
                types=tuple(types.get(iri, ())),
                evidence=evidence(row),
                conclusions=tuple(conclusions.get(iri, ())),
                links=tuple(links.get(iri, ())),
            ),
        )
        for iri, row in first.items()
    ]
    return sorted(found, key=lambda entry: entry[1].evidence.start)


def _conclusions(store: Store) -> dict[str, list[Conclusion]]:
    rows = store.select(CONCLUSIONS)
    on: dict[str, list[str]] = {}
    for row in rows:
        on.setdefault(str(row["decision"]), []).extend([str(row["on"])] if row["on"] else [])
    found: dict[str, list[Conclusion]] = {}
    for decision, row in {str(row["decision"]): row for row in rows}.items():
        found.setdefault(str(row["case"]), []).append(
            Conclusion(
                number=str(row["number"] or ""),
                words=str(row["words"]),
                outcome=outcome(str(row["outcome"]), str(row["words"])),
                on=tuple(on[decision]),
                evidence=evidence(row),
            )
        )
    return found
