"""Norms against the gold: the corpus, and agreements written for this test; then one row per trap of the language."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from ingest.bundle import parts
from ingest.flow import Flow
from ingest.norms import Norm, norms
from ingest.structure import Structure, structure

TESTS = Path(__file__).parent
CORPUS = TESTS.parent / "corpus"
DEVELOPMENT = (
    "vestfold-samarbeidsavtale",
    "trondelag-samarbeidsavtale-hoering",
    "vestfold-ssu-2022-11-24",
    "ahus-samarbeidsavtale",
)
OWN = ("fjordvik-samarbeidsavtale", "nordheim-samarbeidsavtale", "solvaer-samarbeidsavtale")
PRESENT = {"CONSTITUTIVE", "VALIDITY"}
ALIKE = {"RESPONSIBILITY": "OBLIGATION"} | dict.fromkeys(PRESENT, "STATEMENT")
# Words that bind alike, by the beginning of the trigger.
TRIGGERS = ("skal", "må", "bør", "kan", "har ansvar", "er ansvar", "har plikt", "forplikter", "er forpliktet", "er pålagt", "presens")


@dataclass(frozen=True, slots=True)
class Expected:
    """A norm of the gold file."""

    start: int
    end: int
    sentence: str
    trigger: str
    modality: str
    bearers: frozenset[str]
    action: str
    inherited: bool


@cache
def read(document: str) -> tuple[Structure, tuple[Norm, ...]]:
    path = CORPUS / f"{document}.txt"
    with (path if path.exists() else TESTS / "agreements" / path.name).open(encoding="utf-8", newline="") as stored:
        found = structure(stored.read())
    within = [(part.start, part.end) for part in parts(found)] or [(0, len(found.text))]
    return found, tuple(norm for norm in norms(found) if any(start <= norm.start < end for start, end in within))


@cache
def gold(document: str) -> tuple[Expected, ...]:
    path = TESTS / "agreements" / f"{document}.norms.tsv"
    with (path if path.exists() else TESTS / "gold" / "norms.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Expected(
            int(row["start"]), int(row["end"]), row["sentence"], row["trigger"], ALIKE.get(row["modality"], row["modality"]),
            frozenset(row["bearer"].split(";")) - {"-"}, row["action_head"], row["inherited"] == "1",
        )
        for row in rows
        if row["document"] == document and row["modality"] != "DRAFT-NOTE"
    )


def binds(trigger: str) -> str:
    trigger = trigger.replace("ikke skal", "skal ikke")
    return next((word for word in TRIGGERS if trigger.startswith(word)), trigger)


def agrees(norm: Norm, row: Expected) -> bool:
    shared = min(norm.end, row.end) - max(norm.start, row.start)
    if norm.modality != row.modality or 2 * shared < min(norm.end - norm.start, row.end - row.start):
        return False
    return row.inherited or row.trigger == "inherited" or binds(norm.trigger) == binds(row.trigger)


def same_action(norm: Norm, row: Expected) -> bool:
    """The head decides: "legge" of "legge fram" is right, and "få delta" where the file has "få"."""
    return norm.action.split()[:1] == row.action.split()[:1]


def matched(found: tuple[Norm, ...], rows: tuple[Expected, ...]) -> list[tuple[Norm, Expected]]:
    """One norm for each row: first those whose action and bearers agree too, last those of the same sentence and modality."""
    pairs: list[tuple[Norm, Expected]] = []
    left, open_rows = list(found), list(rows)
    for strict in (3, 2, 1, 0):
        for row in list(open_rows):
            for norm in left:
                if not agrees(norm, row) or (strict & 2 and not same_action(norm, row)):
                    continue
                if strict & 1 and frozenset(norm.bearers) != row.bearers:
                    continue
                pairs.append((norm, row))
                left.remove(norm)
                open_rows.remove(row)
                break
    return pairs


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found, expected and right, and how many of the right ones have the right bearers and action."""

    found: int
    expected: int
    right: int
    bearers: int
    actions: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.expected

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f} ({self.right}/{self.found}) R {self.recall:.3f} ({self.right}/{self.expected}) "
            f"bearer {self.bearers / self.right:.3f} action {self.actions / self.right:.3f}"
        )


def scored(documents: tuple[str, ...], *, present: bool) -> Score:
    found = expected = right = bearers = deeds = 0
    for document in documents:
        predicted = tuple(norm for norm in read(document)[1] if (norm.modality == "STATEMENT") == present)
        rows = tuple(row for row in gold(document) if (row.modality == "STATEMENT") == present)
        pairs = matched(predicted, rows)
        found, expected, right = found + len(predicted), expected + len(rows), right + len(pairs)
        bearers += sum(frozenset(norm.bearers) == row.bearers for norm, row in pairs)
        deeds += sum(same_action(norm, row) for norm, row in pairs)
        used, rest = {id(norm) for norm, _ in pairs}, {id(row) for _, row in pairs}
        for norm in predicted:
            if id(norm) not in used:
                print("  +", document[:9], norm.modality, norm.trigger, norm.bearers, norm.action, "|", read(document)[0].text[norm.start : norm.end][:150].replace("\n", " "))
        for row in rows:
            if id(row) not in rest:
                print("  -", document[:9], row.modality, row.trigger, set(row.bearers), row.action, "|", row.sentence[:150])
        for norm, row in pairs:
            if frozenset(norm.bearers) != row.bearers:
                print("  bearer", document[:9], norm.bearers, "for", set(row.bearers), "|", row.sentence[:110])
            if not same_action(norm, row):
                print("  action", document[:9], norm.action, "for", row.action, "|", row.sentence[:110])
    return Score(found, expected, right, bearers, deeds)
