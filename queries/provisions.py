"""The provisions of law that the graph knows, and which of them a reference means."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from queries.query import Graph, catalogue
from queries.sections import Reference


@dataclass(frozen=True, slots=True)
class Provision:
    """A section, ledd, number or letter of an act, and the larger provision that it is part of."""

    iri: str
    within: str
    act: str
    section: str
    ledd: int | None
    number: str | None
    letter: str | None


@dataclass(frozen=True, slots=True)
class Provisions:
    """Provisions by act and section, and the requirements that rest on each; `advice` is the guidance's alone."""

    sections: Mapping[tuple[str, str], tuple[Provision, ...]]
    within: Mapping[str, str]
    requirements: Mapping[str, tuple[str, ...]]
    advice: frozenset[str]

    @classmethod
    def of(cls, graph: Graph) -> "Provisions":
        """Read the provisions that stand in the graph."""
        sections: dict[tuple[str, str], dict[str, Provision]] = defaultdict(dict)
        resting: dict[str, list[str]] = defaultdict(list)
        advice = set()
        for row in catalogue()["provisions"].run(graph):
            ledd = row["ledd"]
            here = Provision(
                iri=str(row["provision"]),
                within=str(row["within"]),
                act=str(row["act"]),
                section=str(row["section"]).replace(" ", "").lower(),
                ledd=ledd if isinstance(ledd, int) else None,
                number=str(row["number"]) if row["number"] else None,
                letter=str(row["letter"]) if row["letter"] else None,
            )
            sections[here.act, here.section][here.iri] = here
            if row["requirement"]:
                resting[here.iri].append(str(row["requirement"]))
                if str(row["kind"]).endswith("#GuidanceAdvice"):
                    advice.add(str(row["requirement"]))
        return cls(
            sections={key: tuple(entries.values()) for key, entries in sections.items()},
            within={here.iri: here.within for entries in sections.values() for here in entries.values()},
            requirements={
                provision: tuple(one for one in found if one not in advice) for provision, found in resting.items()
            },
            advice=frozenset(advice),
        )

    def meant(self, reference: Reference, acts: list[str]) -> list[list[str]]:
        """The provisions a reference may mean, one list for each act it may be of; of one act if any is likelier.

        "§ 6-5" alone is of the act that requirements come from.
        """
        options = []
        for act in acts or sorted({act for act, _ in self.sections}):
            found = [
                self._provision(act, section, reference, number)
                for section in self._sections(act, reference)
                for number in reference.numbers or (None,)
            ]
            if found and all(found):
                options.append([one for one in found if one])
        required = [option for option in options if all(self.required_by(one) for one in option)]
        return required or options

    def required_by(self, provision: str) -> tuple[str, ...]:
        """The requirements of a provision itself and of the provisions below it."""
        below = (held for one, held in self.requirements.items() if provision == one or provision in self._above(one))
        return tuple(dict.fromkeys(requirement for held in below for requirement in held))

    def alone(self, requirement: str) -> str | None:
        """The provision that gives rise to this requirement and no other."""
        return next((one for one, held in self.requirements.items() if held == (requirement,)), None)

    def _sections(self, act: str, reference: Reference) -> tuple[str, ...]:
        """The sections named; those between if it is a range; or the one whose items have these numbers."""
        known = sorted({section for of, section in self.sections if of == act}, key=_order)
        if not reference.sections:
            return tuple(section for section in known if self._lists(act, section, reference))
        if reference.through and len(reference.sections) == 2:
            first, last = map(_order, reference.sections)
            return tuple(section for section in known if first <= _order(section) <= last)
        return reference.sections

    def _lists(self, act: str, section: str, reference: Reference) -> bool:
        return any(
            here.number in reference.numbers and here.iri in self.requirements for here in self.sections[act, section]
        )

    def _provision(self, act: str, section: str, reference: Reference, number: str | None) -> str | None:
        pinned = number is not None or reference.letter is not None
        fitting = [
            here
            for here in self.sections.get((act, section), ())
            if number == here.number
            and reference.letter == here.letter
            and (reference.ledd == here.ledd or (pinned and reference.ledd is None))
        ]
        # "§ 6-2 nr. 13" is of the first ledd.
        return min(fitting, key=lambda here: here.ledd or 0).iri if fitting else None

    def _above(self, provision: str) -> Iterator[str]:
        step = self.within.get(provision)
        while step:
            yield step
            step = self.within.get(step)


def _order(section: str) -> tuple[int, ...]:
    """Sections in the order of the act, not of the alphabet: 6-2 before 6-10."""
    return tuple(int(number) for number in re.findall(r"\d+", section))
