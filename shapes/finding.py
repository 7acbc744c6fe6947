"""What a check found: one conclusion, the words it rests on, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal as OneOf

Result = OneOf["fulfilled", "partly", "missing", "conflict", "not_applicable", "not_assessable"]
Severity = OneOf["violation", "warning", "info"]


class CheckError(ValueError):
    """What was given cannot be checked."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Words of a document: `text[start:end] == quote`, in the clause at `place` ("kap. 3 nr. 13").

    `document` is the address of the document, where that is another than the one that was checked.
    """

    start: int
    end: int
    quote: str
    place: str
    clause: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point that guidance says an agreement should describe, and the words that seem to speak of it.

    `iri` names the point; `force` is "recommendation" or "obligation"; `spoken_of` are suggestions, the likeliest
    first, that rest on words in common alone.
    """

    iri: str
    force: str
    words: Evidence
    spoken_of: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the check concluded about one requirement, or a remark that a rule has beside it.

    `iri` names the finding; it is the same when the document is checked again. `requirement` is its notation
    ("6-2:13"); `label` and `message` are by language (nb, nn, en); `strength` is "obligation", "recommendation" or
    "permission"; `severity` is None unless something is amiss or worth knowing; `rule` is the name of the shape that
    speaks, "" where none has anything to say; `legal_basis` is written as lawyers do, `provision` is its address and
    `law` what it said on the day; `searched` and `nearest` say what was looked for, and what came closest, when nothing
    was found; `advice` are the points that guidance has on the requirement.
    """

    iri: str
    requirement: str
    label: Mapping[str, str]
    strength: str
    severity: Severity | None
    result: Result
    legal_basis: str
    provision: str
    applies_from: date | None
    message: Mapping[str, str]
    rule: str = ""
    law: str = ""
    evidence: tuple[Evidence, ...] = ()
    searched: tuple[str, ...] = ()
    nearest: tuple[Evidence, ...] = ()
    advice: tuple[Point, ...] = ()
