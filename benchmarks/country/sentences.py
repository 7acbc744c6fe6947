"""What a made-up document can say: sentences with their slots, and what each of them states."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.document import Language

Slots = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its slots filled, and what it states: the tables of `matters.toml`, word for word."""

    text: str
    claims: Mapping[str, str]
    norms: tuple[Mapping[str, Any], ...]
    terms: tuple[Mapping[str, str], ...]
    citations: tuple[Mapping[str, Any], ...]
    bodies: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a section can be about: its heading in both languages, and the tables of its sentences."""

    name: str
    heading: Mapping[str, str]
    says: tuple[Mapping[str, Any], ...]

    def said(self, chance: random.Random, most: int) -> list[Mapping[str, Any]]:
        """Some of its sentences in order; one that leaves the matter to another paper, or out, stands alone."""
        whole = [said for said in self.says if _whole(said)]
        others = [said for said in self.says if not _whole(said)]
        if others and chance.random() < 0.2:
            return [chance.choice(others)]
        chosen = chance.sample(range(len(whole)), min(most, len(whole)))
        return [whole[index] for index in sorted(chosen)]


@cache
def matters() -> tuple[Matter, ...]:
    """Everything that agreements speak of, in the order of an agreement."""
    return tuple(Matter(given["name"], given["heading"], tuple(given["says"])) for given in _table("matters")["matter"])


@cache
def cases() -> tuple[Mapping[str, Any], ...]:
    """What committees deal with, in the order of an agenda."""
    return tuple(_table("cases")["case"])


def slots(chance: random.Random, language: Language) -> dict[str, str]:
    """A choice for every slot: its words, and under `…_iso` what they mean."""
    filled = {}
    for name, choices in _table("matters")["slots"].items():
        match chance.choice(choices):
            case str(words):
                filled[name] = words
            case chosen:
                filled |= {name: chosen[language], f"{name}_iso": chosen["iso"]}
    return filled


def sentence(said: Mapping[str, Any], language: Language, given: Slots) -> Sentence:
    """What is said, in a language, with its slots filled.

    >>> said = {"nb": {"text": "{kommune} svarer.", "norms": [{"action": "svare", "bearer_text": "{kommune}"}]}}
    >>> found = sentence(said, "nb", {"kommune": "Tindedal kommune"})
    >>> found.text, found.norms[0]["bearer_text"]
    ('Tindedal kommune svarer.', 'Tindedal kommune')
    """
    words = said[language]
    return Sentence(
        text=words["text"].format_map(given),
        claims=said.get("claims", {}),
        norms=filled(words.get("norms", ()), given),
        terms=filled(words.get("terms", ()), given),
        citations=filled(words.get("citations", ()), given),
        bodies=filled(words.get("bodies", ()), given),
    )


def filled(value: Any, given: Slots) -> Any:
    """A value of a table with the slots filled in all its words."""
    match value:
        case str():
            return value.format_map(given)
        case Mapping():
            return {name: filled(part, given) for name, part in value.items()}
        case list() | tuple():
            return tuple(filled(part, given) for part in value)
        case _:
            return value


def _whole(said: Mapping[str, Any]) -> bool:
    return not any(how.startswith(("delegates", "contradicts")) for how in said.get("claims", {}).values())


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("benchmarks.country").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
