"""What the endpoint says of itself and of its data: SPARQL Service Description, VoID and DCAT (DCAT-AP-NO)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from hjemmel import snapshot
from hjemmel.endpoint import data
from hjemmel.endpoint.limits import limits
from hjemmel.endpoint.pool import Pool
from hjemmel.endpoint.worker import STATEMENTS
from hjemmel.snapshot import StoreError

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
VCARD = "http://www.w3.org/2006/vcard/ns#"
HJ = "https://w3id.org/hjemmel/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
EU = "http://publications.europa.eu/resource/authority/"
FORMATS = "http://www.w3.org/ns/formats/"
PREFIXES = {"rdfs": RDFS, "sd": SD, "void": VOID, "dcat": DCAT, "foaf": FOAF, "vcard": VCARD}
RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
WRITTEN = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
TITLE = {
    "nb": "Hjemmel: samarbeidsavtaler, lov og veiledning som graf",
    "en": "Hjemmel: cooperation agreements, law and guidance as a graph",
}
ABOUT = {
    "nb": "Lover, samarbeidsavtaler mellom kommuner og helseforetak, veiledning og møtepapirer, lest til en graf der "
    "hvert utsagn viser til ordene det bygger på. Det som en maskin har funnet, er forslag til et menneske har "
    "bekreftet det.",
    "en": "Laws, cooperation agreements between municipalities and hospital trusts, guidance and meeting papers, read "
    "into a graph in which every statement points at its words. What a machine has found is a candidate until a "
    "person confirms it.",
}


def described(request: Request, media: str, pool: Pool) -> Response:
    """The description in one of the media types for statements."""
    address = str(request.url_for("sparql"))
    known = PREFIXES | {"hj": HJ, "dcterms": DCT}
    body = ox.serialize(sorted(_triples(address, pool), key=str), format=STATEMENTS[media], prefixes=known) or b""
    return Response(body, media_type=media, headers={"Vary": "Accept"})


def responsible() -> tuple[str, str]:
    """Who publishes, and where to ask: DCAT-AP-NO wants both, and only whoever runs the server can say."""
    found = os.environ.get("HJEMMEL_PUBLISHER", ""), os.environ.get("HJEMMEL_CONTACT", "")
    for name, value in zip(("HJEMMEL_PUBLISHER", "HJEMMEL_CONTACT"), found, strict=True):
        try:
            ox.NamedNode(value or "urn:none")
        except ValueError as error:
            raise StoreError(f"{name} is {value}: give an address, such as https://example.no/.") from error
    return found


def _triples(address: str, pool: Pool) -> Iterator[ox.Triple]:
    service, dataset, default = f"{address}#service", f"{address}#dataset", f"{address}#default-graph"
    yield from _about(
        service,
        (RDF + "type", SD + "Service", DCAT + "DataService"),
        (SD + "endpoint", address),
        (SD + "supportedLanguage", SD + "SPARQL11Query"),
        (SD + "feature", SD + "UnionDefaultGraph"),
        (SD + "resultFormat", *(FORMATS + name for name in RESULTS + WRITTEN)),
        (SD + "defaultDataset", dataset),
        (DCAT + "endpointURL", address),
        (DCAT + "endpointDescription", address),
        (DCAT + "servesDataset", dataset),
        (DCT + "conformsTo", "http://www.w3.org/TR/sparql11-protocol/"),
    )
    for limit in limits(pool.deadline):
        yield from _texts(
            service, RDFS + "comment", {"nb": f"{limit.nb}: {limit.text}", "en": f"{limit.en}: {limit.text}"}
        )
    yield from _about(
        dataset,
        (RDF + "type", SD + "Dataset", VOID + "Dataset", DCAT + "Dataset"),
        (SD + "defaultGraph", default),
        (VOID + "sparqlEndpoint", address),
        (VOID + "vocabulary", HJ, "http://data.europa.eu/eli/ontology#", "http://www.w3.org/ns/oa#"),
        (DCAT + "theme", f"{EU}data-theme/JUST", f"{EU}data-theme/HEAL", f"{EU}data-theme/GOVE"),
        (DCT + "language", f"{EU}language/NOB", f"{EU}language/NNO"),
        (DCT + "spatial", f"{EU}country/NOR"),
        (DCAT + "distribution", f"{address}#distribution"),
    )
    yield from _texts(dataset, VOID + "uriSpace", {"": data.base()})
    yield from _texts(dataset, DCT + "identifier", {"": data.base()})
    for about in (service, dataset):
        yield from _texts(about, DCT + "title", TITLE)
        yield from _texts(about, DCT + "description", ABOUT)
        yield from _publisher(about, address)
    yield from _about(
        f"{address}#distribution",
        (RDF + "type", DCAT + "Distribution"),
        (DCAT + "accessURL", address),
        (DCAT + "accessService", service),
        (DCT + "format", f"{EU}file-type/RDF_TURTLE", f"{EU}file-type/JSON_LD", f"{EU}file-type/SPARQLQRES"),
    )
    yield from _about(default, (RDF + "type", SD + "Graph"))
    yield from _sizes(dataset, default, pool)


def _sizes(dataset: str, default: str, pool: Pool) -> Iterator[ox.Triple]:
    """How much there is, graph by graph, when a snapshot is served; a service would have to count it all."""
    try:
        source = pool.source()
    except StoreError:
        return
    if not isinstance(source, Path) or not source.is_dir():
        return
    held = snapshot.manifest(source)
    for about in (dataset, default):
        yield _number(about, held.quads)
    built = ox.Literal(held.built, datatype=_xsd("dateTime"))
    yield ox.Triple(ox.NamedNode(dataset), ox.NamedNode(DCT + "modified"), built)
    for name, count in held.graphs.items():
        named = f"{dataset}-{name.removeprefix(data.CANONICAL).replace('/', '-')}"
        address = data.base() + name.removeprefix(data.CANONICAL)
        yield from _about(dataset, (SD + "namedGraph", named))
        yield from _about(
            named, (RDF + "type", SD + "NamedGraph"), (SD + "name", address), (SD + "graph", f"{named}-graph")
        )
        yield from _about(f"{named}-graph", (RDF + "type", SD + "Graph"))
        yield _number(f"{named}-graph", count)


def _publisher(about: str, address: str) -> Iterator[ox.Triple]:
    publisher, contact = responsible()
    if publisher:
        yield from _about(about, (DCT + "publisher", publisher))
        yield from _about(publisher, (RDF + "type", FOAF + "Agent"))
    if contact:
        point = f"{address}#contact"
        yield from _about(about, (DCAT + "contactPoint", point))
        yield from _about(point, (RDF + "type", VCARD + "Kind"), (VCARD + "hasURL", contact))


def _about(subject: str, *said: tuple[str, ...]) -> Iterator[ox.Triple]:
    for name, *values in said:
        for value in values:
            yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(name), ox.NamedNode(value))


def _texts(subject: str, name: str, texts: dict[str, str]) -> Iterator[ox.Triple]:
    for language, text in texts.items():
        literal = ox.Literal(text, language=language) if language else ox.Literal(text)
        yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(name), literal)


def _number(subject: str, count: int) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(VOID + "triples"), ox.Literal(count))


def _xsd(name: str) -> ox.NamedNode:
    return ox.NamedNode(XSD + name)
