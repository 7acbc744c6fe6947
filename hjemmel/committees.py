"""The committees that a document tells of: who sits in them, how they work, and how they hang together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hjemmel.overview import PREFIXES
from hjemmel.store import Row, Store
from shapes import Evidence

WORDS = """
    ?evidence oa:hasSelector ?selector ; hj:clause ?clause .
    ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end .
    OPTIONAL { ?clause hj:place ?place }
"""
LABELS = f"""{PREFIXES}
PREFIX org: <http://www.w3.org/ns/org#>
SELECT ?thing ?label (LANG(?label) AS ?language) WHERE {{
    VALUES ?type {{ hj:BodyKind hj:Side org:Role }}
    ?thing a ?type ; skos:prefLabel ?label .
    FILTER(LANG(?label) IN ("nb", "en"))
}}
"""
BODIES = f"""{PREFIXES}
SELECT ?document ?body ?name ?abbreviation ?kind ?tier ?quote ?start ?end ?clause ?place WHERE {{
    ?body a hj:Body ; hj:document ?document ; skos:prefLabel ?name ; hj:evidence ?evidence .
    {WORDS}
    OPTIONAL {{ ?body skos:altLabel ?abbreviation }}
    OPTIONAL {{ ?body hj:bodyKind ?kind }}
    OPTIONAL {{ ?body hj:tier ?tier }}
}}
ORDER BY ?start
"""
FACTS = f"""{PREFIXES}
SELECT ?document ?body ?field ?value ?quote ?start ?end ?clause ?place WHERE {{
    ?fact a hj:BodyFact ; hj:document ?document ; hj:body ?body ; hj:field ?field ; hj:value ?value ;
        hj:evidence ?evidence .
    {WORDS}
}}
ORDER BY ?start ?end ?field
"""
SEATS = f"""{PREFIXES}
SELECT ?document ?body ?seats ?side ?number ?unit ?office ?called ?standing ?within ?quote ?start ?end ?clause ?place
WHERE {{
    ?seats a hj:Seats ; hj:document ?document ; hj:order ?order ; hj:standing ?standing ; hj:evidence ?evidence .
    ?body hj:seats ?seats .
    {WORDS}
    OPTIONAL {{ ?seats hj:side ?side }}
    OPTIONAL {{ ?seats hj:seatCount ?number }}
    OPTIONAL {{ ?seats hj:perUnit ?unit }}
    OPTIONAL {{ ?seats hj:office ?office }}
    OPTIONAL {{ ?seats hj:value ?called }}
    OPTIONAL {{ ?seats hj:seatsWithin ?within }}
}}
ORDER BY ?order
"""
# Fields that tell of another body, and whether that one stands below.
BELOW = {"appoints": True, "delegates_to": True, "delegated_by": False, "reports_to": False}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a document says of a committee, in its words; `other` is the name of the committee it points at."""

    field: str
    value: str
    evidence: Evidence
    other: str = ""


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats that a document gives one side; `within` is true of those counted in the seats told just before."""

    side: str
    who: str
    number: int | None
    unit: str
    standing: str
    within: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee as one document describes it; `kind` compares it with those of other documents."""

    slug: str
    name: str
    abbreviation: str
    kind: str
    tier: int | None
    evidence: Evidence
    seats: tuple[Seats, ...] = ()
    facts: tuple[Fact, ...] = ()

    def told(self, *fields: str) -> list[Fact]:
        """What is said in some fields, in the order of the text, each thing once."""
        found: dict[tuple[str, str], Fact] = {}
        for fact in self.facts:
            if fact.field in fields:
                found.setdefault((fact.field, fact.value), fact)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Tie:
    """That a committee appoints another, reports to it, or has its powers from it."""

    above: str
    below: str
    field: str
    evidence: Evidence


def committees(store: Store, document_iri: str, *, language: str = "nb") -> list[Committee]:
    """The committees of a document: by level, those without one last, otherwise in the order of the text."""
    about = {"document": document_iri}
    named = labels(store, language)
    bodies = {str(row["body"]): row for row in reversed(store.select(BODIES, about))}
    names = {slug(body): _name(row, named) for body, row in bodies.items()}
    facts: dict[str, list[Fact]] = {}
    for row in store.select(FACTS, about):
        facts.setdefault(str(row["body"]), []).append(_fact(row, names, named))
    seats: dict[str, list[Seats]] = {}
    for row in store.select(SEATS, about):
        seats.setdefault(str(row["body"]), []).append(_seats(row, named))
    found = [
        Committee(
            slug=slug(body),
            name=names[slug(body)],
            abbreviation=str(row["abbreviation"] or ""),
            kind=slug(row["kind"]),
            tier=row["tier"] if isinstance(row["tier"], int) else None,
            evidence=evidence(row),
            seats=tuple(seats.get(body, ())),
            facts=tuple(facts.get(body, ())),
        )
        for body, row in bodies.items()
    ]
    return sorted(found, key=lambda one: (one.tier or 99, one.evidence.start))


def ties(committees: Iterable[Committee]) -> list[Tie]:
    """How committees hang together, each tie once, by the name of the one above and the one below."""
    found: dict[tuple[str, str, str], Tie] = {}
    for one in committees:
        for fact in one.told(*BELOW):
            above, below = (one.name, fact.other) if BELOW[fact.field] else (fact.other, one.name)
            field = "delegates_to" if fact.field == "delegated_by" else fact.field
            found.setdefault((above, below, field), Tie(above, below, field, fact.evidence))
    return list(found.values())


def labels(store: Store, language: str) -> Mapping[str, str]:
    """What kinds of body, sides and offices are called, by their address."""
    rows = store.select(LABELS)
    return {str(row["thing"]): str(row["label"]) for row in sorted(rows, key=lambda row: row["language"] == language)}


def evidence(row: Row) -> Evidence:
    """The words that a row tells of."""
    return Evidence(
        start=int(str(row["start"])),
        end=int(str(row["end"])),
        quote=str(row["quote"]),
        place=str(row["place"] or ""),
        clause=str(row["clause"]),
    )


def slug(address: object) -> str:
    """The end of an address.

    >>> slug("https://w3id.org/hjemmel/id/body-kind/partnerskapsmote")
    'partnerskapsmote'
    """
    return str(address or "").rpartition("/")[2]


def headed(name: str) -> str:
    """A name as it stands at the head of something: a capital first, and no shouting.

    >>> headed("PARTNERSKAPET"), headed("strategisk samarbeidsutvalg"), headed("SSU")
    ('Partnerskapet', 'Strategisk samarbeidsutvalg', 'SSU')
    """
    words = name.capitalize() if name.isupper() and len(name) > 5 else name
    return words[:1].upper() + words[1:]


def _name(row: Row, named: Mapping[str, str]) -> str:
    name = str(row["name"])
    if name == row["abbreviation"]:
        name = named.get(str(row["kind"]), name)
    return headed(name)


def _fact(row: Row, names: Mapping[str, str], named: Mapping[str, str]) -> Fact:
    field, value = str(row["field"]), str(row["value"])
    # The value is the slug of a body of this document; one only named has no page of its own, but it has a kind.
    kinds = {slug(address): label for address, label in named.items() if "/body-kind/" in address}
    other = names.get(value) or headed(kinds.get(value) or value.replace("-", " ")) if field in BELOW else ""
    return Fact(field, value, evidence(row), other)


def _seats(row: Row, named: Mapping[str, str]) -> Seats:
    return Seats(
        side=named.get(str(row["side"]), ""),
        who=named.get(str(row["office"]), str(row["called"] or "")),
        number=row["number"] if isinstance(row["number"], int) else None,
        unit=str(row["unit"] or ""),
        standing=str(row["standing"]),
        within=row["within"] is not None,
        evidence=evidence(row),
    )
