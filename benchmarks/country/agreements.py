"""Agreements and sub-agreements, written from what they state."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.country.paper import Paper
from benchmarks.country.places import Region
from benchmarks.country.sentences import Matter, matters, sentence, slots
from benchmarks.country.statements import Statements
from ingest.actors import Party
from ingest.document import Document
from ingest.iri import slug
from ingest.reading import Reading

MOST_SENTENCES = 5
COOPERATION = {"nb": "Hva vi gjør sammen", "nn": "Kva vi gjer saman"}
# What stands in the chapter on cooperation where there is one; a sub-agreement is about one of them.
TOGETHER = (
    *("forlop", "innleggelse", "dogn", "utskriving", "kunnskap", "forskning", "jordmor", "ikt", "forebygging"),
    *("beredskap", "planlegging", "barn"),
)
ALWAYS = ("formaal", "grunnlag", "okonomi", "uenighet", "vedtak", "varighet", "kjent")


@dataclass(frozen=True, slots=True)
class Layout:
    """How an agreement is printed: the numbers of its sections, the length of its lines, and its deeper level."""

    number: str | None
    width: int
    chapter: bool = False
    listed: bool = False


LAYOUTS = (
    Layout("{}.", 90),
    Layout("{}", 110, chapter=True),
    Layout("§ {}", 80),
    Layout(None, 100),
    Layout("{}.", 5000, listed=True),
)


def agreement(document: Document, region: Region, municipalities: Sequence[str], chance: random.Random) -> Reading:
    """A cooperation agreement of municipalities with the trust; the text of the document is written here."""
    return _Agreement(document, region, municipalities, chance).reading("Samarbeidsavtale", matters())


def sub_agreement(document: Document, region: Region, municipalities: Sequence[str], chance: random.Random) -> Reading:
    """An agreement on one matter, with what every agreement has."""
    own = chance.choice(TOGETHER)
    chosen = [matter for matter in matters() if matter.name == own or matter.name in ALWAYS]
    return _Agreement(document, region, municipalities, chance).reading("Delavtale", chosen)


class _Agreement:
    """One agreement while it is written."""

    def __init__(
        self, document: Document, region: Region, municipalities: Sequence[str], chance: random.Random
    ) -> None:
        self.document, self.region, self.municipalities, self.chance = document, region, municipalities, chance
        self.language = document.language
        self.layout = chance.choice(LAYOUTS)
        self.paper = Paper(self.layout.width)
        self.stated = Statements()
        self.slots = slots(chance, self.language)

    def reading(self, title: str, chosen: Iterable[Matter]) -> Reading:
        """Write the matters one after the other."""
        parties, number, below, chapter = self._title(title), 0, 0, None
        for matter in chosen:
            together = self.layout.chapter and matter.name in TOGETHER
            if not together:
                number, chapter = number + 1, None
                self._section(matter, str(number), 0)
            else:
                if chapter is None:
                    number, below = number + 1, 0
                    chapter = self._heading(COOPERATION, str(number), 0)
                below += 1
                self._section(matter, f"{number}.{below}", chapter)
        structure = self.paper.structure
        return Reading(
            document=replace(self.document, text=structure.text),
            structure=structure,
            region=self.document.region,
            languages=(self.language,) * len(structure.clauses),
            parties=parties,
            **self.stated.found(),
        )

    def _title(self, title: str) -> tuple[Party, ...]:
        trust = self.region.trust[self.language]
        named = [(f"{name} kommune", f"kommune/{slug(name)}") for name in self.municipalities]
        words = f"mellom {', '.join(name for name, _ in named)} og {trust}"
        _, start = self.paper.clause("title", title, words, level=0, title=title, below="\n\n")
        places = [start + words.index(name) for name, _ in named]
        return (
            *(
                Party(place, place + len(name), name, "kommune", path)
                for place, (name, path) in zip(places, named, strict=True)
            ),
            Party(
                start + words.rindex(trust), start + len(words), self.region.trust["nb"], "hf", self.region.trust_path
            ),
        )

    def _section(self, matter: Matter, number: str, parent: int) -> None:
        here = self.slots | {"kommune": f"{self.chance.choice(self.municipalities)} kommune"}
        said = [sentence(table, self.language, here) for table in matter.said(self.chance, MOST_SENTENCES)]
        if self.layout.listed:
            section = self._heading(matter.heading, number, parent)
            for order, one in enumerate(said, 1):
                item, start = self.paper.clause(
                    "item", f"{order}) ", one.text, level=2, number=str(order), parent=section, gap="\n", below=""
                )
                self.stated.add(one, start, item)
        else:
            section = self._heading(matter.heading, number, parent, " ".join(one.text for one in said))
            start = self.paper.begin(section)
            for one in said:
                self.stated.add(one, start, section)
                start += len(one.text) + 1

    def _heading(self, words: Mapping[str, str], number: str, parent: int, body: str = "") -> int:
        pattern = self.layout.number
        title = words[self.language] if pattern else words[self.language].upper()
        printed = pattern.format(number) if pattern else None
        if "." in number:
            printed = number
        section, _ = self.paper.clause(
            "section",
            f"{printed} {title}" if printed else title,
            body,
            level=1 + number.count("."),
            number=printed.rstrip(".") if printed else None,
            title=title,
            parent=parent,
        )
        return section
