"""What comparison calls things in three languages: our own words from words.toml, the rest from the ontology."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rdflib.term import Node

Texts = Mapping[str, str]

# Kinds of actors are written in capitals: KOMMUNALSJEF is a word, SSU an abbreviation.
LONGEST_ABBREVIATION = 4


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
    if value.isupper() and len(value) > LONGEST_ABBREVIATION and value not in words_of_ours()["values"]:
        return value.lower()
    return word("values", value, language)


@cache
def words_of_ours() -> dict[str, Any]:
    """The tables of words.toml."""
    return tomllib.loads(files("hjemmel.comparison").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def function_words() -> frozenset[str]:
    """Words that only hold a sentence together, bokmål and nynorsk."""
    return frozenset(words_of_ours()["function_words"]["words"].split())


def requirement_label(notation: str) -> Texts:
    """What the ontology calls a requirement.

    >>> requirement_label("6-5:oppsigelse")["en"]
    "§ 6-5: termination at one year's notice"
    """
    return _called(_requirements().get(notation, ""))


@cache
def _labels() -> dict[str, Texts]:
    """The labels of the ontology's term fields by their notation."""
    from rdflib import RDFS, SKOS

    from ontology import HJ, load

    return {
        str(load().value(field, SKOS.notation)): _by_language(load().objects(field, RDFS.label))
        for field in load().subjects(SKOS.inScheme, HJ.TermField)
    }


@cache
def _requirements() -> dict[str, str]:
    """The addresses of the requirements by their notation."""
    from rdflib import RDF, SKOS

    from ontology import HJ, load

    return {str(load().value(node, SKOS.notation)): str(node) for node in load().subjects(RDF.type, HJ.Requirement)}


@cache
def _called(address: str) -> Texts:
    """What the ontology calls a thing."""
    from rdflib import SKOS, URIRef

    from ontology import load

    return _by_language(load().objects(URIRef(address), SKOS.prefLabel))


def _by_language(texts: Iterable["Node"]) -> Texts:
    from rdflib import Literal

    return {str(text.language): str(text) for text in texts if isinstance(text, Literal)}
