"""Many documents at once: the same graph as one after the other, and the same sentence when one cannot be read."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from hjemmel.build import build, corpus
from hjemmel.snapshot import StoreError
from hjemmel.store import Store
from hjemmel.workers import readings
from ingest.document import Document

TEXT = """Samarbeidsavtale mellom {town} kommune og {town} sykehus HF

1. Formål

Avtalen er inngått etter helse- og omsorgstjenesteloven § 6-1. Partene skal møtes {times} ganger i året.

2. Varighet

Avtalen trer i kraft {day}. januar 2024 og kan sies opp med ett års frist.
"""
DOCUMENTS = tuple(
    Document(
        id=f"avtale-{number}",
        text=TEXT.format(town=town, times=2 + number % 5, day=1 + number % 28),
        title=f"Samarbeidsavtale {number}",
        kind="agreement",
        made_on=date(2024, 1, 1 + number % 28),
    )
    for number, town in enumerate(["Elvedal", "Lia", "Nordheim"] * 10)
)
NEVER = 10**12


def test_documents_read_in_parallel_give_the_quads_of_documents_read_in_turn(tmp_path: Path) -> None:
    in_turn = [(document.id, list(quads())) for document, quads in readings(DOCUMENTS, tmp_path, parallel_from=NEVER)]
    at_once = [(document.id, list(quads())) for document, quads in readings(DOCUMENTS, tmp_path, parallel_from=0)]
    assert [name for name, _ in at_once] == [document.id for document in DOCUMENTS]
    assert [(name, sorted(map(str, quads))) for name, quads in at_once] == [
        (name, sorted(map(str, quads))) for name, quads in in_turn
    ]


def test_a_build_in_parallel_knows_every_document(tmp_path: Path) -> None:
    build(corpus(), tmp_path, documents=DOCUMENTS[:4], parallel_from=0)
    store = Store.load(tmp_path)
    for document in DOCUMENTS[:4]:
        assert len(store.graph(f"https://w3id.org/hjemmel/id/doc/{document.id}")) > 20


@pytest.mark.parametrize("parallel_from", [0, NEVER])
def test_a_document_that_cannot_be_read_is_named(tmp_path: Path, parallel_from: int) -> None:
    broken = replace(DOCUMENTS[1], id="odelagt", made_on="i går")  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=r"odelagt could not be read \(\w+: .+\); the store is as it was\."):
        build(corpus(), tmp_path, documents=(DOCUMENTS[0], broken, *DOCUMENTS[2:5]), parallel_from=parallel_from)


def test_quads_can_be_read_before_all_documents_are(tmp_path: Path) -> None:
    found = readings(DOCUMENTS, tmp_path, parallel_from=0)
    document, quads = next(found)
    assert document == DOCUMENTS[0]
    assert any(isinstance(quad, ox.Quad) for quad in quads())
    found.close()
