"""A country to work on: agreements, sub-agreements, versions and minutes, with the graph that they should become."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

import pyoxigraph as ox

from benchmarks.country.agreements import agreement, sub_agreement
from benchmarks.country.minutes import minutes
from benchmarks.country.places import regions
from ingest.document import Document, Language, Status
from ingest.graph import graph
from ingest.reading import Reading

SIZES = {"100k": 50, "1M": 500, "10M": 5000}
"""The number of documents by the number of statements that they come to, about 2,000 each."""

FIRST_DAY = date(2020, 1, 6)
DAYS = 2000
# Of five papers of a health community: who makes it, in turn.
KINDS = ("agreement", "municipal", "sub", "municipal", "minutes")


def country(seed: int, documents: int) -> Iterator[Reading]:
    """So many documents with everything they state; a smaller country is the beginning of a larger one.

    >>> [reading.document.id for reading in country(1, 2)]
    ['agder-samarbeidsavtale-1', 'ahus-samarbeidsavtale-1']
    """
    return islice((paper(seed, number) for number in count()), documents)


def quads(seed: int, documents: int) -> Iterator[ox.Quad]:
    """The graph that the documents should become."""
    for reading in country(seed, documents):
        yield from graph(reading)


def paper(seed: int, number: int) -> Reading:
    """One document of the country, counted from 0; the regions take turns."""
    found = regions(seed)
    region, order = found[number % len(found)], number // len(found)
    chance = random.Random(f"{seed} {region.slug} {order}")
    language: Language = "nn" if chance.random() < 0.25 else "nb"
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    version, kind = order // len(KINDS) + 1, KINDS[order % len(KINDS)]
    town = region.municipalities[order % len(region.municipalities)]

    def document(name: str, title: str, status: Status | None = "signed") -> Document:
        return Document(
            id=f"{region.slug}-{name}",
            text="",
            title=title,
            kind="agreement" if status else "meeting papers",
            language=language,
            status=status,
            region=region.slug,
            made_on=day,
        )

    match kind:
        case "agreement":
            whole = document(f"samarbeidsavtale-{version}", f"Samarbeidsavtale {day.year}, {region.trust[language]}")
            return agreement(whole, region, region.municipalities, chance)
        case "municipal":
            status: Status = chance.choice(("draft", "hearing", "adopted", "signed", "superseded"))
            single = document(f"avtale-{order}", f"Samarbeidsavtale {day.year}, {town} kommune", status)
            return agreement(single, region, (town,), chance)
        case "sub":
            part = document(f"delavtale-{version}", f"Delavtale {version}, {region.trust[language]}")
            return sub_agreement(part, region, region.municipalities[:3], chance)
        case _:
            paper = document(f"protokoll-{version}", f"Protokoll {day:%d.%m.%Y}, {region.name[language]}", None)
            return minutes(paper, region, chance)
