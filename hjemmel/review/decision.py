"""A person's decision on a claim or a finding, as a fact and as a line of the log."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["confirmed", "corrected", "rejected", "not_supported", "withdrawn"]


Refusal = Literal["weak", "withdrawn", "not one", "a person", "private", "erased", "other"]


class ReviewError(ValueError):
    """A decision that cannot be taken; the message says why, and what to do.

    `refusal` is why in a word, for those who say it in another language.
    """

    def __init__(self, message: str, refusal: Refusal = "other") -> None:
        super().__init__(message)
        self.refusal = refusal


class LogError(RuntimeError):
    """The log of decisions cannot be read; the message says where it is broken."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a document with what stood around them: enough to find them again when they have moved."""

    exact: str
    prefix: str
    suffix: str
    start: int


@dataclass(frozen=True, slots=True)
class Held:
    """What a person holds words to say: which requirement they answer, how far, and how plainly."""

    requirement: str
    coverage: str
    strength: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, on what, by which role, when and why.

    `target` is the address of the claim or finding on that day. It is found again by its document, its requirement (a
    notation) and its `words`. A claim has a `coverage` and a `strength`, a finding the `result` that was decided on.
    """

    number: int
    time: str
    verdict: Verdict
    target: str
    document: str
    requirement: str
    reason: str
    role: str
    software: str
    words: tuple[Words, ...] = ()
    coverage: str | None = None
    strength: str | None = None
    result: str | None = None
    correction: Held | None = None
    withdraws: int | None = None

    @property
    def held(self) -> Held | None:
        """What the decision itself claims, whatever the machine says: a correction, or the claim that was confirmed."""
        if self.verdict == "confirmed" and self.coverage and self.strength:
            return Held(self.requirement, self.coverage, self.strength, self.words[0])
        return self.correction

    def line(self) -> str:
        """The decision as one line of the log."""
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"


def decision(line: bytes) -> Decision:
    """The decision that a line of the log tells of; anything else is a ValueError, KeyError or TypeError."""
    told = json.loads(line)
    told["words"] = tuple(Words(**words) for words in told["words"])
    told["correction"] = _held(told["correction"]) if told["correction"] else None
    return Decision(**told)


def _held(told: Mapping[str, Any]) -> Held:
    return Held(**{**told, "words": Words(**told["words"])})
