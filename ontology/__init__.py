"""What the words mean: the namespaces, and the ontology as one graph."""

from functools import cache
from importlib.resources import files

from rdflib import Graph, Namespace, URIRef

BASE = "https://w3id.org/hjemmel/id/"


class Vocabulary(Namespace):
    """A namespace whose words are made once: a check names them ten thousand times.

    >>> HJ.text is HJ.text
    True
    """

    def __getattr__(self, name: str) -> URIRef:
        word: URIRef = super().__getattr__(name)
        setattr(self, name, word)
        return word


HJ = Vocabulary("https://w3id.org/hjemmel/ns#")
CCCEV = Vocabulary("http://data.europa.eu/m8g/")
DPV = Vocabulary("https://w3id.org/dpv#")
ELI = Vocabulary("http://data.europa.eu/eli/ontology#")
OA = Vocabulary("http://www.w3.org/ns/oa#")


@cache
def load() -> Graph:
    """Every Turtle file of the ontology, merged. The result is shared: read it, do not change it."""
    graph = Graph()
    for source in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".ttl"):
            graph.parse(data=source.read_text(encoding="utf-8"), format="turtle")
    return graph
