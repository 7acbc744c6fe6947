"""A made-up country: its texts, once read, give the graph that they were written from."""

import random
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks.country import country
from benchmarks.country.__main__ import write, written
from benchmarks.country.places import MUNICIPALITIES, regions
from benchmarks.country.sentences import Matter, matters, sentence, slots
from ingest import read
from ingest.graph import graph
from ingest.readers.catalogue import documents
from ontology.topics import RANK

FEW = 45
"""Every kind of paper of every region is among so many documents, in every layout."""

FLOOR = 0.995


@pytest.mark.gold
def test_reading_the_texts_of_a_country_gives_the_graph_they_were_written_from() -> None:
    found: Counter[str] = Counter()
    for reading in country(1, FEW):
        known, read_again = set(graph(reading)), set(graph(read(reading.document)))
        found += Counter(both=len(known & read_again), only_known=len(known - read_again))
        found += Counter(only_read=len(read_again - known))
    precision = found["both"] / (found["both"] + found["only_read"])
    recall = found["both"] / (found["both"] + found["only_known"])
    print(f"\nmade-up country: {FEW} documents, P {precision:.4f}, R {recall:.4f} of {found['both']:,} statements")
    assert min(precision, recall) >= FLOOR


def test_a_country_is_the_same_every_time_and_the_beginning_of_a_larger_one() -> None:
    assert list(country(7, 3)) == list(country(7, 25))[:3]
    assert next(country(7, 1)) != next(country(8, 1))


def test_every_statement_of_a_country_quotes_the_words_it_came_from() -> None:
    exact, start, end = (ox.NamedNode(f"http://www.w3.org/ns/oa#{name}") for name in ("exact", "start", "end"))
    for reading in country(3, 21):
        store = ox.Store()
        store.extend(graph(reading))
        quotes = list(store.quads_for_pattern(None, exact, None))
        assert quotes
        for quote in quotes:
            first, last = (
                int(next(store.quads_for_pattern(quote.subject, name, None)).object.value) for name in (start, end)
            )
            assert reading.document.text[first:last] == quote.object.value


def test_the_documents_of_a_country_can_be_built_from_their_folder(tmp_path: Path) -> None:
    readings = list(country(1, 5))
    count = write(written(readings, tmp_path), tmp_path / "graph.nq")
    assert count == sum(1 for _ in ox.parse(path=tmp_path / "graph.nq"))
    assert [document.text for document in documents(tmp_path)] == [reading.document.text for reading in readings]


def test_the_regions_are_those_of_the_ontology_and_their_municipalities_are_made_up() -> None:
    found = regions(1)
    assert len(found) == 19
    assert len({name for region in found for name in region.municipalities}) == MUNICIPALITIES


@pytest.mark.parametrize("matter", matters(), ids=lambda matter: matter.name)
def test_every_sentence_says_what_it_states(matter: Matter) -> None:
    for said in matter.says:
        for language in ("nb", "nn"):
            found = sentence(said, language, slots(random.Random(1), language) | {"kommune": "Tindedal kommune"})
            assert all(how.split()[1] in RANK for how in found.claims.values())
            assert all(norm["bearer_text"] in found.text for norm in found.norms)
            assert all((norm.get("deadline") or "") in found.text for norm in found.norms)
            assert all(given["words"] in found.text for given in (*found.citations, *found.bodies))
