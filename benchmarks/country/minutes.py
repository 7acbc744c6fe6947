"""Minutes of the committees of a health community, written from what they decided."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from benchmarks.country.paper import Paper
from benchmarks.country.places import Region
from benchmarks.country.sentences import cases, filled, slots
from benchmarks.country.statements import citation
from ingest.citations import Citation
from ingest.document import Document
from ingest.meetings import Case, Decision, Meeting
from ingest.meetings.record import Said
from ingest.reading import Reading

WIDTH = 110
MINUTES = {"nb": "PROTOKOLL FRA MØTE I {}", "nn": "PROTOKOLL FRÅ MØTE I {}"}
COMMITTEES = (
    ("partnerskapsmote", {"nb": "PARTNERSKAPSMØTET", "nn": "PARTNARSKAPSMØTET"}),
    ("strategisk-samarbeidsutvalg", {"nb": "STRATEGISK SAMARBEIDSUTVALG", "nn": "STRATEGISK SAMARBEIDSUTVAL"}),
    ("faglig-samarbeidsutvalg", {"nb": "FAGLIG SAMARBEIDSUTVALG", "nn": "FAGLEG SAMARBEIDSUTVAL"}),
)
PLACE = {"nb": "Sted", "nn": "Stad"}


def minutes(document: Document, region: Region, chance: random.Random) -> Reading:
    """The minutes of one meeting; the text of the document is written here."""
    return _Minutes(document, region, chance).reading()


class _Minutes:
    """One paper while it is written."""

    def __init__(self, document: Document, region: Region, chance: random.Random) -> None:
        self.document, self.region, self.chance = document, region, chance
        self.language = document.language
        self.paper = Paper(WIDTH)
        self.citations: list[Citation] = []
        town = chance.choice(region.municipalities)
        self.town = town
        self.slots = slots(chance, self.language) | {"kommune": f"{town} kommune"}

    def reading(self) -> Reading:
        """Write the heading and the cases one after the other."""
        held = self.document.made_on or date.min
        kind, names = self.chance.choice(COMMITTEES)
        name, day = names[self.language], f"{held:%d.%m.%Y}"
        title = MINUTES[self.language].format(name)
        self.paper.clause("paragraph", "", self.region.name[self.language])
        heading, end = self.paper.clause("title", title, level=0, title=title)
        _, start = self.paper.clause("label", "Møtedato: ", day, title="Møtedato", parent=heading, below="")
        label = PLACE[self.language]
        self.paper.clause("label", f"{label}: ", f"{self.town} rådhus", title=label, parent=heading, gap="\n", below="")
        chosen = sorted(self.chance.sample(range(len(cases())), self.chance.randint(3, len(cases()))))
        dealt = [
            self._case(cases()[index][self.language], f"{order}/{held:%y}", heading)
            for order, index in enumerate(chosen, 1)
        ]
        meeting = Meeting(
            *(end - len(title), end, "minutes", kind, kind, name, held.isoformat(), (start, start + len(day))),
            cases=tuple(dealt),
        )
        structure = self.paper.structure
        return Reading(
            document=replace(self.document, text=structure.text),
            structure=structure,
            region=self.document.region,
            languages=(self.language,) * len(structure.clauses),
            citations=tuple(self.citations),
            meetings=(meeting,),
        )

    def _case(self, table: Mapping[str, Any], number: str, parent: int) -> Case:
        told = filled(table, self.slots)
        title, words = told["title"], told.get("words", "")
        head = f"Sak {number} {title}"
        section, body = self.paper.clause("section", head, words, number=number, title=title, parent=parent)
        start = body - len(head) - (1 if words else 0)
        if given := told.get("citation"):
            self.citations.append(citation(given, words, body, section))
        decisions, end = self._decisions(told.get("points", ()), section)
        return Case(
            *(start, start + len(head), number, title),
            decisions=decisions,
            entries=((start, end or body + len(words)),),
        )

    def _decisions(self, points: tuple[Mapping[str, Any], ...], section: int) -> tuple[tuple[Decision, ...], int]:
        if not points:
            return (), 0
        if len(points) == 1:
            _, start = self.paper.clause(
                "label", "Vedtak:", points[0]["text"], level=2, title="Vedtak", parent=section, gap="\n"
            )
            return (_decision(points[0], start, None),), start + len(points[0]["text"])
        label, _ = self.paper.clause("label", "Vedtak:", level=2, title="Vedtak", parent=section, gap="\n")
        made, end = [], 0
        for order, point in enumerate(points, 1):
            _, start = self.paper.clause(
                "item", f"{order}. ", point["text"], level=3, number=str(order), parent=label, gap="\n", below=""
            )
            made.append(_decision(point, start, str(order)))
            end = start + len(point["text"])
        return tuple(made), end


def _decision(point: Mapping[str, Any], start: int, number: str | None) -> Decision:
    text = point["text"]
    about = tuple(
        Said(start + text.index(words), start + text.index(words) + len(words), kind)
        for kind, words in point.get("about", {}).items()
    )
    return Decision(start, start + len(text), "adopted", number, about)
