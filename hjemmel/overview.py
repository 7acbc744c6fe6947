"""Everything the graph knows of one document, in the shape of `hjemmel show --json`."""

from typing import Any

from hjemmel.store import Row, Store

PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX hj: <https://w3id.org/hjemmel/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
EVIDENCE = """
    ?iri hj:evidence ?evidence .
    ?evidence oa:hasSelector ?selector .
    ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end .
"""
DOCUMENTS = f"""{PREFIXES}
SELECT ?iri ?id ?title ?type ?language ?status ?region ?made_on ?part_of ?missing WHERE {{
    ?iri a hj:Document, ?type ; dcterms:identifier ?id ; dcterms:title ?title .
    FILTER(?type IN (hj:AgreementVersion, hj:Guidance, hj:MeetingPapers))
    OPTIONAL {{ ?iri dcterms:language ?language }}
    OPTIONAL {{ ?iri hj:status ?status }}
    OPTIONAL {{ ?iri hj:region ?region }}
    OPTIONAL {{ ?iri hj:madeOn ?made_on }}
    OPTIONAL {{ ?iri dcterms:isPartOf ?part_of }}
    OPTIONAL {{ ?iri hj:missingPart ?missing }}
}}
ORDER BY ?id
"""
PARTIES = f"""{PREFIXES}
SELECT ?document ?name WHERE {{ ?document hj:partyInCatalogue ?name }}
ORDER BY ?name
"""
CLAUSES = f"""{PREFIXES}
SELECT ?document ?iri ?number ?title ?level ?start ?end ?text WHERE {{
    ?iri a hj:Clause ; hj:document ?document ; hj:level ?level ; hj:start ?start ; hj:end ?end ; hj:text ?text .
    OPTIONAL {{ ?iri hj:number ?number }}
    OPTIONAL {{ ?iri hj:title ?title }}
}}
ORDER BY ?start
"""
CITATIONS = f"""{PREFIXES}
SELECT ?document ?start ?end ?quote ?law ?section ?ledd ?number ?letter WHERE {{
    ?iri a hj:Citation ; hj:document ?document ; hj:target|hj:linkTarget ?target .
    {EVIDENCE}
    OPTIONAL {{ ?target hj:act ?act . ?act hj:lovdataId ?of_provision }}
    OPTIONAL {{ ?target hj:lovdataId ?of_act }}
    OPTIONAL {{ ?target hj:section ?section }}
    OPTIONAL {{ ?target hj:ledd ?ledd }}
    OPTIONAL {{ ?target hj:number ?number }}
    OPTIONAL {{ ?target hj:letter ?letter }}
    BIND(COALESCE(?of_provision, ?of_act) AS ?law)
}}
ORDER BY ?start ?end ?target
"""
CLAIMS = f"""{PREFIXES}
SELECT ?document ?clause ?requirement ?coverage ?strength ?quote ?start ?end WHERE {{
    ?iri a hj:Claim ; hj:document ?document ; hj:clause ?clause ; hj:coverage ?coverage ;
        hj:evidenceStrength ?strength ; hj:requirement ?required .
    ?required skos:notation ?requirement .
    {EVIDENCE}
}}
ORDER BY ?start ?end ?requirement
"""
TERMS = f"""{PREFIXES}
SELECT ?document ?field ?value ?order ?quote ?start ?end WHERE {{
    ?iri a hj:Term ; hj:document ?document ; hj:field ?field ; hj:value ?value .
    {EVIDENCE}
    OPTIONAL {{ ?iri hj:order ?order }}
}}
ORDER BY ?field ?order ?start
"""
NORMS = f"""{PREFIXES}
SELECT ?document ?start ?end ?quote ?modality ?bearer ?action ?deadline ?deadline_value ?clause WHERE {{
    ?iri a hj:Norm ; hj:document ?document ; hj:modality ?modality ; hj:action ?action ; hj:clause ?clause .
    {EVIDENCE}
    OPTIONAL {{ ?iri hj:bearerText ?bearer }}
    OPTIONAL {{ ?iri hj:deadline ?deadline }}
    OPTIONAL {{ ?iri hj:deadlineValue ?deadline_value }}
}}
ORDER BY ?start ?end ?iri
"""
NOTES = f"""{PREFIXES}
SELECT ?document ?kind ?quote ?start ?end ?clause WHERE {{
    VALUES (?type ?kind) {{ (hj:DraftingNote "drafting note") (hj:Placeholder "placeholder") }}
    ?iri a ?type ; hj:document ?document ; hj:clause ?clause .
    {EVIDENCE}
}}
ORDER BY ?start
"""
BODIES = f"""{PREFIXES}
SELECT ?document ?body ?kind ?name ?abbreviation ?tier WHERE {{
    ?body a hj:Body ; hj:document ?document ; skos:prefLabel ?name .
    OPTIONAL {{ ?body hj:bodyKind ?kind }}
    OPTIONAL {{ ?body skos:altLabel ?abbreviation }}
    OPTIONAL {{ ?body hj:tier ?tier }}
}}
ORDER BY ?body
"""
BODY_FACTS = f"""{PREFIXES}
SELECT ?document ?body ?field ?value ?quote ?start ?end ?clause WHERE {{
    ?iri a hj:BodyFact ; hj:document ?document ; hj:body ?body ; hj:field ?field ; hj:value ?value ; hj:clause ?clause .
    {EVIDENCE}
}}
ORDER BY ?body ?start ?field ?value
"""
DECISIONS = f"""{PREFIXES}
SELECT ?document ?body ?date ?case ?title ?outcome ?quote ?start ?end ?clause WHERE {{
    ?iri a hj:Decision ; hj:document ?document ; hj:case ?of ; hj:outcome ?outcome ; hj:clause ?clause .
    ?of hj:caseNumber ?case ; hj:body/skos:prefLabel ?body .
    {EVIDENCE}
    OPTIONAL {{ ?of hj:meeting/hj:heldOn ?date }}
    OPTIONAL {{ ?of dcterms:title ?title }}
}}
ORDER BY ?start
"""
KINDS = {"AgreementVersion": "agreement", "Guidance": "guidance", "MeetingPapers": "meeting papers"}

Overview = dict[str, Any]


def overview(store: Store, document_iri: str) -> Overview:
    """What stands in a document and what was read of it; every statement with its quote and where it stands."""
    about = {"document": document_iri}
    [document] = documents(store, document_iri)
    terms = _rows(store, TERMS, about)
    parties = [str(term["value"]) for term in terms if term["field"] == "parties"]
    document["parties"] = parties or [str(row["name"]) for row in _rows(store, PARTIES, about)]
    return {
        "document": document,
        "clauses": _rows(store, CLAUSES, about),
        "citations": _rows(store, CITATIONS, about),
        "norms": [row | {"modality": (_word(row["modality"]) or "").upper()} for row in _rows(store, NORMS, about)],
        "claims": [
            row | {"coverage": _word(row["coverage"]), "strength": _word(row["strength"])}
            for row in _rows(store, CLAIMS, about)
        ],
        "terms": terms,
        "bodies": _bodies(store, about),
        "decisions": _rows(store, DECISIONS, about),
        "notes": notes(store, document_iri),
    }


def notes(store: Store, document_iri: str) -> list[Row]:
    """What a draft still says to its authors, and what it leaves to be filled in."""
    return _rows(store, NOTES, {"document": document_iri})


def _bodies(store: Store, about: dict[str, str]) -> list[Overview]:
    """The committees a document tells of, each with its facts."""
    facts: dict[object, list[Row]] = {}
    for row in _rows(store, BODY_FACTS, about):
        facts.setdefault(row.pop("body"), []).append(row)
    return [
        {"iri": row["body"], **row, "kind": _local(row["kind"]) or None, "facts": facts.get(row.pop("body"), [])}
        for row in _rows(store, BODIES, about)
    ]


def documents(store: Store, document_iri: str | None = None) -> list[Overview]:
    """What is known of each document as a whole, or of one."""
    return [
        row
        | {
            "kind": KINDS[_local(row.pop("type"))],
            "status": _word(row["status"]),
            "region": _local(row["region"]) or None,
            "part_of": _local(row["part_of"]) or None,
        }
        for row in store.select(DOCUMENTS, {"iri": document_iri})
    ]


def _rows(store: Store, query: str, about: dict[str, str]) -> list[Row]:
    return [{name: value for name, value in row.items() if name != "document"} for row in store.select(query, about)]


def _word(address: object) -> str | None:
    """The local name of one of our own words, as our JSON writes it.

    >>> _word("https://w3id.org/hjemmel/ns#Covers")
    'covers'
    """
    return _local(address).lower() or None


def _local(address: object) -> str:
    return str(address or "").replace("#", "/").rpartition("/")[2]
