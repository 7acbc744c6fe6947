"""No cue overlooks what its pattern finds: each match holds one of the pieces that are looked for first."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest
from ingest.cue import Cue, cue
from ingest.passages import sentences
from ingest.structure import structure

ROOT = Path(__file__).parents[1]
TEXTS = sorted(
    path
    for folder in (ROOT / "corpus", ROOT / "tests" / "agreements", ROOT / "tests" / "papers")
    for path in folder.glob("*.txt")
)


def cues() -> Iterator[tuple[str, Cue]]:
    for module in pkgutil.walk_packages(ingest.__path__, "ingest."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for one in value.values() if isinstance(value, dict) else [value]:
                if isinstance(one, Cue):
                    yield f"{module.name}.{name}", one


CUES = dict(cues())


@pytest.fixture(scope="module")
def said() -> list[str]:
    flows = [structure(path.read_text(encoding="utf-8")).flow.text for path in TEXTS]
    return [flow[start:end] for flow in flows for start, end in sentences(flow)]


@pytest.mark.parametrize("name", CUES)
def test_a_cue_finds_what_its_pattern_finds(name: str, said: list[str]) -> None:
    one = CUES[name]
    for sentence in said:
        for words in (sentence, sentence.upper()):
            assert [found.span() for found in one.finditer(words)] == [
                found.span() for found in one.pattern.finditer(words)
            ]


def test_there_are_cues_to_try() -> None:
    assert len(CUES) > 20


def test_a_cue_can_be_looked_for_from_a_place_on() -> None:
    ends = cue(r"\bopp\b", "opp")
    assert ends.search("Opp og opp", 1) and not ends.search("Oppgaver", 1)
