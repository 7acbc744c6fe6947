"""What the endpoint says of itself when it is asked for nothing else (SPARQL 1.1 Service Description)."""

import pyoxigraph as ox

from hjemmel.endpoint.worker import STATEMENTS

SD = "http://www.w3.org/ns/sparql-service-description#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
STATEMENT_FORMATS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")


def description(address: str, media: str) -> bytes:
    """The endpoint at an address, described in one of the media types for statements."""
    said = [
        (TYPE, f"{SD}Service"),
        (f"{SD}endpoint", address),
        (f"{SD}supportedLanguage", f"{SD}SPARQL11Query"),
        (f"{SD}feature", f"{SD}UnionDefaultGraph"),
        *((f"{SD}resultFormat", f"http://www.w3.org/ns/formats/{name}") for name in FORMATS + STATEMENT_FORMATS),
    ]
    service = ox.NamedNode(f"{address}#service")
    triples = [ox.Triple(service, ox.NamedNode(name), ox.NamedNode(value)) for name, value in said]
    return ox.serialize(triples, format=STATEMENTS[media], prefixes={"sd": SD}) or b""
