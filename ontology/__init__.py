"""What the words mean: the namespaces, and the ontology as one graph."""

from functools import cache
from importlib.resources import files

from rdflib import Graph, Namespace

BASE = "https://w3id.org/hjemmel/id/"

HJ = Namespace("https://w3id.org/hjemmel/ns#")
CCCEV = Namespace("http://data.europa.eu/m8g/")
DPV = Namespace("https://w3id.org/dpv#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")


@cache
def load() -> Graph:
    """Every Turtle file of the ontology, merged. The result is shared: read it, do not change it."""
    graph = Graph()
    for source in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".ttl"):
            graph.parse(data=source.read_text(encoding="utf-8"), format="turtle")
    return graph
