"""The cooperative measures that an agreement sets up: an ambulant team, a shared post, a joint emergency clinic."""

from collections.abc import Iterator
from functools import cache

from rdflib import Literal

from ingest.clause import Structure
from ingest.passages import passages
from ontology import HJ, load
from ontology.topics import Topics


def measures(structure: Structure) -> Iterator[tuple[int, int]]:
    """Where the sentences stand that set up a measure, in the order of the text.

    >>> from ingest.flow import Flow
    >>> text = "Partene møtes årlig. Partene skal etablere et ambulant team for eldre."
    >>> [text[start:end] for start, end in measures(Structure(text, (), Flow.plain(text)))]
    ['Partene skal etablere et ambulant team for eldre.']
    """
    for passage in passages(structure):
        if next(_topics().find(passage.text), None) is not None:
            yield structure.flow.span(passage.start, passage.end)


@cache
def _topics() -> Topics:
    terms = load().objects(HJ.Measure, HJ.measureTerm)
    return Topics(("measure", "topical", str(term)) for term in terms if isinstance(term, Literal))
