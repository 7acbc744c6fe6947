"""The health communities of the ontology, each with municipalities whose names are made up."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from rdflib import ORG, RDF, SKOS, Literal, URIRef

from ingest.actors.organisations import mentions
from ingest.iri import slug
from ontology import BASE, HJ, load

MUNICIPALITIES = 357
FIRST = (
    *(
        "Bjørn",
        "Blåe",
        "Dverge",
        "Elve",
        "Fiske",
        "Gaupe",
        "Glitre",
        "Grå",
        "Hauke",
        "Hegre",
        "Humle",
        "Jerpe",
        "Kvern",
    ),
    *(
        "Lauv",
        "Lyng",
        "Mose",
        "Myrke",
        "Orre",
        "Oter",
        "Ravne",
        "Reve",
        "Rype",
        "Røyse",
        "Sel",
        "Skarve",
        "Skog",
        "Snø",
    ),
    *("Sølv", "Tinde", "Tiur", "Torske", "Trane", "Ulve", "Vinter", "Vår", "Ær", "Ørne", "Øyre", "Ås"),
)
LAST = (
    "bygd",
    "dal",
    "fjell",
    "fjord",
    "grend",
    "haug",
    "heim",
    "li",
    "mark",
    "moen",
    "nes",
    "sund",
    "vang",
    "vik",
    "voll",
)


@dataclass(frozen=True, slots=True)
class Region:
    """A helsefellesskap: its slug, its names in both written languages, its trust, and its municipalities."""

    slug: str
    name: dict[str, str]
    trust: dict[str, str]
    trust_path: str
    municipalities: tuple[str, ...]


@cache
def regions(seed: int) -> tuple[Region, ...]:
    """The nineteen health communities, with 357 municipalities dealt out to them."""
    found = sorted(map(str, load().subjects(RDF.type, HJ.HealthCommunity)))
    names = list(municipalities(seed))
    return tuple(_region(region, tuple(names[order :: len(found)])) for order, region in enumerate(found))


def municipalities(seed: int) -> Iterator[str]:
    """Names built as Norwegian ones are, none of which the ontology takes for anything known."""
    made = ["".join(parts) for parts in product(FIRST, LAST)]
    random.Random(f"municipalities {seed}").shuffle(made)
    unknown = [name for name in made if all(path == f"kommune/{slug(name)}" for path in _meant(name))]
    yield from sorted(unknown[:MUNICIPALITIES])


def _region(region: str, inside: tuple[str, ...]) -> Region:
    words = load()
    trust = min(
        str(body) for body in words.objects(URIRef(region), ORG.hasMember) if (body, RDF.type, HJ.HealthTrust) in words
    )
    return Region(
        slug=region.removeprefix(f"{BASE}helsefellesskap/"),
        name=_labels(region),
        trust=_labels(trust),
        trust_path=trust.removeprefix(BASE),
        municipalities=inside,
    )


def _meant(name: str) -> list[str]:
    return [path for mention in mentions(f"{name} kommune") for path in mention.paths]


def _labels(thing: str) -> dict[str, str]:
    return {
        label.language: str(label)
        for label in load().objects(URIRef(thing), SKOS.prefLabel)
        if isinstance(label, Literal) and label.language
    }
