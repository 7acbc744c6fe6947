"""The ontology's own words, as the pages show them and the editor completes them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

HJ = "https://w3id.org/hjemmel/ns#"
ONTOLOGY = "https://w3id.org/hjemmel/ns"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
KINDS = {f"{OWL}Class": "class", f"{OWL}ObjectProperty": "property", f"{OWL}DatatypeProperty": "property"}

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """One class, property or individual: what it is called and means, and what it is related to."""

    name: str
    kind: str
    labels: Texts = field(default_factory=dict)
    comments: Texts = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """What it is called in this language, or else in another."""
        return self.labels.get(language) or next(iter(self.labels.values()), self.name)

    def comment(self, language: str) -> str:
        """What it means."""
        return self.comments.get(language) or next(iter(self.comments.values()), "")


@cache
def triples() -> tuple[ox.Triple, ...]:
    """All that the ontology says of its own words and of itself."""
    found = []
    for entry in sorted(files("ontology").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".ttl"):
            for quad in ox.parse(entry.read_bytes(), format=ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(ONTOLOGY):
                    found.append(quad.triple)
    return tuple(found)


@cache
def words() -> Mapping[str, Word]:
    """Every word by its name, in the order of the alphabet.

    >>> words()["Claim"].kind, words()["evidence"].kind, words()["Signed"].kind
    ('class', 'property', 'individual')
    """
    said: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples():
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(HJ):
            said[triple.subject.value.removeprefix(HJ)].append(triple)
    return {name: _word(name, said[name]) for name in sorted(said, key=str.casefold)}


def _word(name: str, said: list[ox.Triple]) -> Word:
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    links: dict[str, list[str]] = defaultdict(list)
    for triple in said:
        if isinstance(triple.object, ox.Literal):
            texts[triple.predicate.value][triple.object.language or ""] = triple.object.value
        elif isinstance(triple.object, ox.NamedNode):
            links[triple.predicate.value].append(triple.object.value)
    kinds = [KINDS[found] for found in links.get(f"{RDF}type", ()) if found in KINDS]
    labels = texts.pop(f"{RDFS}label", {}) or texts.pop("http://www.w3.org/2004/02/skos/core#prefLabel", {})
    return Word(
        name,
        kinds[0] if kinds else "individual",
        labels,
        texts.pop(f"{RDFS}comment", {}) or texts.pop("http://www.w3.org/2004/02/skos/core#definition", {}),
        {link: tuple(sorted(found)) for link, found in sorted(links.items()) if link != f"{RDFS}isDefinedBy"},
    )
