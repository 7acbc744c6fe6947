"""What is known of a meeting: its cases, what was decided in them, and how many attended."""

from dataclasses import dataclass
from typing import Literal

MeetingKind = Literal["summons", "minutes", "planned"]
Outcome = Literal["proposed", "adopted", "postponed"]
Presence = Literal["present", "absent", "observer", "secretariat", "guest"]
Relation = Literal["leads_to", "refers_to"]
Basis = Literal["number", "meeting", "title"]


@dataclass(frozen=True, slots=True)
class Said:
    """A value, and the words at start to end of the stored text that give it."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One point of a decision at start to end of the stored text.

    `number` is as printed ("2"), None for a point without one; `about` are the kinds of paper its words name
    ("samarbeidsavtale", "handlingsplan"), each with the words.
    """

    start: int
    end: int
    outcome: Outcome
    number: str | None = None
    about: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A case, whose number and title stand at start to end of the stored text.

    `number` is as printed without "Sak"; `types` are "beslutning", "diskusjon", "orientering", "referat"; `entries` are
    the stretches of text that belong to it: in the agenda or the minutes, and its papers.
    """

    start: int
    end: int
    number: str
    title: str
    types: tuple[Said, ...] = ()
    decisions: tuple[Decision, ...] = ()
    entries: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many attended for an organisation (`iri_path`) or in a role; start to end names it first. Never who."""

    start: int
    end: int
    presence: Presence
    iri_path: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a body (its slug and name), told at start to end of the stored text; `date` is ISO 8601, with the
    words that give it in `dated`.
    """

    start: int
    end: int
    kind: MeetingKind
    body: str
    body_kind: str | None
    body_name: str
    date: str | None
    dated: tuple[int, int] | None = None
    cases: tuple[Case, ...] = ()
    attendance: tuple[Attendance, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A case by its number and the body that deals with it; `date` is that of the meeting, if the document has it."""

    body: str
    number: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """That a case leads to another, or refers to it, by the words at start to end of the stored text."""

    start: int
    end: int
    relation: Relation
    basis: Basis
    source: Reference
    target: Reference
