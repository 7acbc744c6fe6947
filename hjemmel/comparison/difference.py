"""A difference between documents: of which kind, about what, and what each of them says."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from hjemmel.comparison.paper import Paper, Words

Kind = Literal[
    "requirement", "term", "strength", "deadline", "bearer", "body", "number", "value", "basis", "duty", "wording"
]
# What a lawyer wants to know first. All but the last are differences in substance.
KINDS: tuple[Kind, ...] = (
    *("requirement", "term", "strength", "deadline", "bearer", "body", "number", "value", "basis", "duty"),
    "wording",
)
Said = Literal["said", "silent", "not_assessable"]
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """What one document says: `values` to compare by, and its words. An excerpt that is silent cannot be assessed."""

    document: str
    said: Said
    values: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What documents say differently of one subject: a requirement ("6-5:oppsigelse"), a term, a body, a clause.

    >>> words = Words("a", "a/clause/7", "kap. 7", 0, 5, "ett år")
    >>> lost = Difference("term", "termination_notice", {"nb": "oppsigelsesfrist"}, (
    ...     Side("a", "said", ("P1Y",), (words,)), Side("b", "silent")))
    >>> lost.message("nb", {"a": "utkastet", "b": "avtalen"})
    'oppsigelsesfrist (vilkår): utkastet: 1 år; avtalen: ingen bestemmelse funnet.'
    """

    kind: Kind
    subject: str
    label: Texts
    sides: tuple[Side, ...]

    @property
    def in_substance(self) -> bool:
        """Whether more than the wording differs."""
        return self.kind != "wording"

    def message(self, language: str, called: Mapping[str, str]) -> str:
        """The difference as a sentence; `called` is what each document is called, by its address."""
        told = "; ".join(f"{called[side.document]}: {self._told(side, language)}" for side in self.sides)
        about = self.label.get(language, self.label.get("nb", self.subject))
        return f"{about} ({word('kinds', self.kind, language)}): {told}."

    def _told(self, side: Side, language: str) -> str:
        if side.said != "said":
            return word("said", side.said, language)
        return ", ".join(in_words(value, language) for value in side.values) or word("said", "unnamed", language)

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {**asdict(self), "label": dict(self.label), "in_substance": self.in_substance}


def in_order(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """The differences, those in substance first and the gravest kind first of them."""
    return tuple(sorted(differences, key=lambda found: KINDS.index(found.kind)))


def side(paper: Paper, values: Iterable[str] = (), words: Iterable[Words] = ()) -> Side:
    """What a document says; nothing, if it has no words for it."""
    quotes = tuple(dict.fromkeys(words))
    if quotes:
        return Side(paper.iri, "said", tuple(dict.fromkeys(values)), quotes)
    return Side(paper.iri, "not_assessable" if paper.missing else "silent")


def differ(sides: Iterable[Side]) -> bool:
    """Whether those that can be assessed say different things, or some say something and others nothing."""
    found = {frozenset(one.values) if one.said == "said" else None for one in sides if one.said != "not_assessable"}
    return len(found) > 1


def word(table: str, name: str, language: str) -> str:
    """A word of ours in a language, as words.toml has it; the name itself if it has none.

    >>> word("kinds", "deadline", "en")
    'deadline'
    """
    found: dict[str, str] = words_of_ours().get(table, {}).get(name, {})
    return found.get(language, found.get("nb", name))


def label(name: str) -> Texts:
    """What a term or a thing said of a body is called, in three languages."""
    return _labels().get(name) or words_of_ours()["labels"].get(name, {"nb": name.replace("_", " ")})


def in_words(value: str, language: str) -> str:
    """A value as people say it.

    >>> in_words("P3M", "nb"), in_words("obligation", "en"), in_words("2024-09-12", "nb")
    ('3 måneder', 'must', '12.09.2024')
    """
    if value.startswith("http"):
        return _called(value).get(language, value.rpartition("/")[2])
    if len(value) > 2 and value[0] == "P" and value[1:-1].isdigit():
        count = int(value[1:-1])
        return f"{count} {word('units', value[-1] + ('' if count == 1 else 's'), language)}"
    if len(value) == 10 and value[4] == value[7] == "-" and language != "en":
        return ".".join(reversed(value.split("-")))
    return word("values", value, language)


@cache
def words_of_ours() -> dict[str, Any]:
    """The tables of words.toml."""
    return tomllib.loads(files("hjemmel.comparison").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _labels() -> dict[str, Texts]:
    """The labels of the ontology's term fields by their notation."""
    from rdflib import RDFS, SKOS

    from ontology import HJ, load

    return {
        str(load().value(field, SKOS.notation)): {
            str(text.language): str(text) for text in load().objects(field, RDFS.label)
        }
        for field in load().subjects(SKOS.inScheme, HJ.TermField)
    }


@cache
def _called(address: str) -> Texts:
    """What the ontology calls a thing."""
    from rdflib import SKOS, URIRef

    from ontology import load

    return {str(text.language): str(text) for text in load().objects(URIRef(address), SKOS.prefLabel)}
