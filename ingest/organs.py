"""Bodies and meetings as quads: who works together, and what they decided, every statement with its evidence."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

import pyoxigraph as ox
from rdflib import ORG, RDF

from ingest.bodies import Body, Fact, Seats
from ingest.bodies.names import COMMUNITY
from ingest.iri import body_path, case_path, meeting_path
from ingest.meetings import Case, Decision, Link, Meeting, Reference
from ingest.page import Page
from ingest.quads import Value, node, statements, text, word
from ontology import BASE, load

BOOLEAN = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
DURATION = ox.NamedNode("http://www.w3.org/2001/XMLSchema#duration")
PROPERTIES = {
    "alternates": "hj:chairAlternates",
    "appoints": "hj:appoints",
    "approves": "hj:approves",
    "chair_rule": "hj:chairRule",
    "decision_rule": "hj:decisionRule",
    "deputies": "hj:deputies",
    "held_by": "hj:heldBy",
    "meets": "hj:meetingFrequency",
    "reports_to": "hj:reportsTo",
    "secretariat_of": "hj:secretariatOf",
    "term_of_office": "hj:termOfOffice",
    "tier": "hj:tier",
}


def body_quads(page: Page, found: Sequence[Body]) -> Iterator[ox.Quad]:
    """The bodies a document describes, what is said of each, and the seats in them."""
    for body in found:
        facts = [fact for fact in body.facts if page.reading.owns(fact.start)]
        seats = [seat for seat in body.seats if page.reading.owns(seat.start)]
        named = [(body.start, body.end)] if page.reading.owns(body.start) else []
        spans = named or sorted([(fact.start, fact.end) for fact in facts] + [(seat.start, seat.end) for seat in seats])
        # A body that only a document inside this one tells of stands on that document's own page.
        if not spans:
            continue
        yield from page.statement(
            "hj:Body",
            _below(page, body_path(page.source.id, body.slug)),
            *spans[0],
            ("skos:prefLabel", text(" ".join(body.name.split()), page.source.language)),
            ("skos:altLabel", body.abbreviation),
            *_belongs(page, body.kind),
        )
        yield from _facts(page, body, facts)
        yield from _seats(page, body, seats)


def meeting_quads(page: Page, held: Sequence[Meeting], links: Sequence[Link]) -> Iterator[ox.Quad]:
    """The meetings a document tells of, their cases and decisions, and how the cases hang together."""
    decided: Counter[str] = Counter()
    for meeting in held:
        path = meeting_path(page.source.id, meeting.body, meeting.date)
        body = node(body_path(page.source.id, meeting.body))
        yield from page.statement(
            "hj:Meeting",
            _below(page, path),
            meeting.start,
            meeting.end,
            ("hj:body", body),
            ("hj:meetingKind", meeting.kind),
            ("hj:heldOn", date.fromisoformat(meeting.date) if meeting.date else None),
        )
        # A document may tell of a body's meetings without describing the body.
        yield from statements(
            page.graph,
            body,
            ("rdf:type", word("hj:Body")),
            ("hj:document", page.node),
            *_belongs(page, meeting.body_kind),
        )
        if meeting.dated:
            yield from _more_evidence(page, path, *meeting.dated)
        yield from _attendance(page, path, meeting)
        for case in meeting.cases:
            yield from _case(page, meeting, case, decided)
    for order, link in enumerate(links, 1):
        yield from _link(page, link, order)


def _below(page: Page, path: str) -> str:
    """A path below the document's own."""
    return path.removeprefix(f"{page.path}/")


def _belongs(page: Page, kind: str | None) -> tuple[tuple[str, Value], ...]:
    region = page.reading.region
    return (
        ("hj:bodyKind", node(f"body-kind/{kind}") if kind and kind != COMMUNITY else None),
        ("hj:region", node(f"helsefellesskap/{region}") if region else None),
    )


def _more_evidence(page: Page, path: str, start: int, end: int) -> Iterator[ox.Quad]:
    yield from page.evidence(start, end)
    yield from statements(page.graph, node(path), ("hj:evidence", page.evidence_node(start, end)))


def _facts(page: Page, body: Body, facts: Sequence[Fact]) -> Iterator[ox.Quad]:
    path = body_path(page.source.id, body.slug)
    orders: Counter[str] = Counter()
    for fact in facts:
        orders[fact.field] += 1
        if fact.field == "delegated_by":
            superior = node(body_path(page.source.id, fact.value))
            yield from statements(page.graph, superior, ("hj:delegatesTo", node(path)))
        elif fact.field == "task":
            for norm in page.reading.norms:
                if fact.start <= norm.start and norm.end <= fact.end:
                    task = node(f"{page.path}/norm/{norm.start}-{norm.end}/1")
                    yield from statements(page.graph, node(path), ("hj:task", task))
        else:
            yield from statements(page.graph, node(path), (PROPERTIES[fact.field], _value(page, fact)))
        yield from page.statement(
            "hj:BodyFact",
            _below(page, f"{path}/{fact.field.replace('_', '-')}/{orders[fact.field]}"),
            fact.start,
            fact.end,
            ("hj:body", node(path)),
            ("hj:field", fact.field),
            ("hj:value", fact.value),
            ("hj:order", orders[fact.field]),
        )


def _value(page: Page, fact: Fact) -> Value:
    match fact.field:
        case "tier":
            return int(fact.value)
        case "alternates" | "deputies":
            return ox.Literal("true", datatype=BOOLEAN)
        case "meets" | "term_of_office" if fact.value.startswith("P"):
            return ox.Literal(fact.value, datatype=DURATION)
        case "appoints" | "reports_to" | "secretariat_of":
            return node(body_path(page.source.id, fact.value))
        case _:
            return fact.value


def _seats(page: Page, body: Body, seats: Sequence[Seats]) -> Iterator[ox.Quad]:
    path = body_path(page.source.id, body.slug)
    whole: ox.NamedNode | None = None
    for order, seat in enumerate(seats, 1):
        here = f"{path}/seats/{order}"
        whole = whole if seat.within else node(here)
        office = node(f"role/{seat.who}") if seat.who in _roles() else None
        yield from statements(page.graph, node(path), ("hj:seats", node(here)))
        yield from page.statement(
            "hj:Seats",
            _below(page, here),
            seat.start,
            seat.end,
            ("hj:order", order),
            ("hj:side", node(f"side/{seat.side}") if seat.side else None),
            ("hj:seatCount", seat.number),
            ("hj:perUnit", seat.per),
            ("hj:office", office),
            ("hj:value", None if office else seat.who or None),
            ("hj:standing", seat.standing),
            ("hj:seatsWithin", whole if seat.within else None),
        )


def _attendance(page: Page, meeting: str, told: Meeting) -> Iterator[ox.Quad]:
    for order, count in enumerate(told.attendance, 1):
        here = f"{meeting}/attendance/{order}"
        yield from statements(page.graph, node(meeting), ("hj:attendance", node(here)))
        yield from page.statement(
            "hj:Attendance",
            _below(page, here),
            count.start,
            count.end,
            ("hj:presence", count.presence),
            ("hj:headCount", count.count),
            ("hj:body", node(count.iri_path)),
            ("hj:value", count.name),
        )


def _case(page: Page, held: Meeting, case: Case, decided: Counter[str]) -> Iterator[ox.Quad]:
    path = case_path(page.source.id, held.body, held.date, case.number)
    papers = [node(f"doc/{document}") for document in _papers(page, case)]
    yield from page.statement(
        "hj:Case",
        _below(page, path),
        case.start,
        case.end,
        ("hj:meeting", node(meeting_path(page.source.id, held.body, held.date))),
        ("hj:body", node(body_path(page.source.id, held.body))),
        ("hj:caseNumber", case.number),
        ("dcterms:title", text(case.title, page.source.language)),
        *(("hj:caseType", told.value) for told in case.types),
        *(("hj:paper", paper) for paper in papers),
    )
    for told in case.types:
        yield from _more_evidence(page, path, told.start, told.end)
    for decision in case.decisions:
        decided[path] += 1
        yield from _decision(page, path, decision, decided[path], papers)


def _papers(page: Page, case: Case) -> Iterator[str]:
    """The documents that stand among the papers of a case."""
    for part in page.reading.parts:
        first, last = part.document.offset, part.document.offset + len(part.document.text)
        if any(start <= first and last <= end for start, end in case.entries):
            yield part.document.id


def _decision(
    page: Page, case: str, decision: Decision, order: int, papers: Sequence[ox.NamedNode]
) -> Iterator[ox.Quad]:
    words = " ".join(page.source.text[decision.start : decision.end].split())
    agreement = any(about.value == "samarbeidsavtale" for about in decision.about)
    yield from page.statement(
        "hj:Decision",
        _below(page, f"{case}/decision/{order}"),
        decision.start,
        decision.end,
        ("hj:case", node(case)),
        ("hj:order", order),
        ("hj:number", decision.number),
        ("hj:outcome", decision.outcome),
        ("hj:conclusion", text(words, page.source.language)),
        *(("hj:about", node(f"paper-kind/{about.value}")) for about in decision.about),
        # An agreement that lies with the case is the one its decision is about.
        *(("hj:decidedOn", paper) for paper in papers if agreement),
    )


def _link(page: Page, link: Link, order: int) -> Iterator[ox.Quad]:
    source, target = (node(_reference(page, end)) for end in (link.source, link.target))
    for end, case in ((link.source, source), (link.target, target)):
        if end.date is None:
            # A case that the document only mentions.
            yield from statements(
                page.graph,
                case,
                ("rdf:type", word("hj:Case")),
                ("hj:caseNumber", end.number),
                ("hj:body", node(body_path(page.source.id, end.body))),
            )
    direct = "hj:leadsTo" if link.relation == "leads_to" else "hj:refersToCase"
    yield from statements(page.graph, source, (direct, target))
    yield from page.statement(
        "hj:CaseLink",
        f"case-link/{order}",
        link.start,
        link.end,
        ("hj:fromCase", source),
        ("hj:toCase", target),
        ("hj:relation", link.relation),
        ("hj:basis", link.basis),
    )


def _reference(page: Page, case: Reference) -> str:
    return case_path(page.source.id, case.body, case.date, case.number)


@cache
def _roles() -> frozenset[str]:
    return frozenset(str(role).removeprefix(f"{BASE}role/") for role in load().subjects(RDF.type, ORG.Role))
