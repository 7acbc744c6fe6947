"""Acts and provisions as nodes: those a document cites that the ontology does not hold, and the law text it quotes."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import SKOS, URIRef

from ingest.iri import iri
from ingest.quads import node, statements, text
from ingest.readers.lovdata import Act, Provision
from ontology import HJ, load

LAW = node("graph/law")
ORDINALS = {
    "nb": ("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende", "niende", "tiende"),
    "nn": ("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuande", "åttande", "niande", "tiande"),
    "en": ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
}
STEPS = {
    "nb": {"par": "§ {}", "kap": "kapittel {}", "nr": "nr. {}", "bokstav": "bokstav {}", "ledd": "{} ledd"},
    "nn": {"par": "§ {}", "kap": "kapittel {}", "nr": "nr. {}", "bokstav": "bokstav {}", "ledd": "{} ledd"},
    "en": {"par": "section {}", "kap": "chapter {}", "nr": "no. {}", "bokstav": "letter {}", "ledd": "{} paragraph"},
}
PROPERTY = {"par": "hj:section", "kap": "hj:chapter", "ledd": "hj:ledd", "nr": "hj:number", "bokstav": "hj:letter"}


def provision_quads(target: str) -> Iterator[ox.Quad]:
    """A cited act or provision and everything it is part of, as far as the ontology does not hold it already."""
    steps = target.split("/")
    act = node("/".join(steps[:2]))
    for depth in range(2, len(steps) + 1):
        path = "/".join(steps[:depth])
        if path in _known():
            continue
        here = node(path)
        if depth == 2:
            yield from statements(
                LAW, here, ("rdf:type", _word("Act")), ("hj:lovdataId", steps[1]), ("skos:prefLabel", text(path, "nb"))
            )
            continue
        yield from statements(
            LAW,
            here,
            ("rdf:type", _word("Provision")),
            ("hj:act", act),
            ("eli:is_part_of", node("/".join(steps[: depth - 1]))),
            ("hj:shortForm", f"{_abbreviation(steps)} {_words(steps[2:depth], 'nb', brief=True)}"),
            *(("skos:prefLabel", text(f"{_title(steps)} {_words(steps[2:depth], lang)}", lang)) for lang in STEPS),
            *_numbers(steps[2:depth]),
        )


def text_quads(
    target: str, words: str, evidence: ox.NamedNode, language: str, made_on: date | None
) -> Iterator[ox.Quad]:
    """The words of a provision as a document quotes them, on the version in force at the document's date."""
    version = version_in_force(target, made_on)
    if version is not None:
        yield from statements(LAW, version, ("hj:text", text(words, language)), ("hj:evidence", evidence))


def law_quads(act: Act) -> Iterator[ox.Quad]:
    """An act with every provision and its words. What the ontology says of them stands there, and not here again."""
    if act.law not in _known():
        yield from _act(act)
    for provision in act.provisions:
        path = f"{act.law}/{provision.path}"
        if path not in _known():
            yield from _provision(act, provision)
        if provision.text:
            yield from _wording(act, provision)


def act_quads(act: Act) -> Iterator[ox.Quad]:
    """An act by its names and dates only, if the ontology does not hold it."""
    if act.law not in _known():
        yield from _act(act)


def _act(act: Act) -> Iterator[ox.Quad]:
    yield from statements(
        LAW,
        node(act.law),
        ("rdf:type", _word("Act")),
        ("hj:lovdataId", act.law.partition("/")[2]),
        ("dcterms:title", text(act.title, act.language)),
        # Most acts have a short title in one language only; it is the name in the other, too.
        ("skos:prefLabel", text(act.short_title, "nb")),
        ("skos:prefLabel", text(act.short_title, "nn")),
        ("hj:abbreviation", act.abbreviation),
        ("hj:appliesFrom", act.in_force),
        ("rdfs:seeAlso", _lovdata(act.law)),
    )


def _provision(act: Act, provision: Provision) -> Iterator[ox.Quad]:
    path = f"{act.law}/{provision.path}"
    steps = path.split("/")
    titles = _titles(act)
    abbreviation = _abbreviation(steps) if act.law in _known() else act.abbreviation or act.short_title
    kind, _, value = steps[2].partition("-")
    address = f"KAPITTEL_{value}" if kind == "kap" else f"§{value}"
    yield from statements(
        LAW,
        node(path),
        ("rdf:type", _word("Provision")),
        ("hj:act", node(act.law)),
        ("eli:is_part_of", node("/".join(steps[:-1]))),
        ("hj:shortForm", f"{abbreviation} {_words(steps[2:], 'nb', brief=True)}"),
        *(("skos:prefLabel", text(f"{titles[lang]} {_words(steps[2:], lang)}", lang)) for lang in STEPS),
        *_numbers(steps[2:]),
        ("hj:chapter", provision.chapter if kind == "par" else None),
        ("hj:order", provision.order),
        ("dcterms:title", text(provision.heading, act.language)),
        ("rdfs:seeAlso", _lovdata(f"{act.law}/{address}") if len(steps) == 3 else None),
    )


def _wording(act: Act, provision: Provision) -> Iterator[ox.Quad]:
    """The words of a provision, on the version of the ontology that they belong to, or on one of their own."""
    path = f"{act.law}/{provision.path}"
    section = "/".join(path.split("/")[:3])
    words = ("hj:text", text(provision.text, act.language))
    upto = max(filter(None, (act.changed, act.in_force, provision.since)), default=None)
    known, of_section = version_in_force(path, upto), version_in_force(section, upto)
    since = provision.since
    if not act.consolidated and act.in_force is None:
        return  # as promulgated, and nobody has said yet from when
    if known is not None and of_section is not None and (since is None or _first_day(of_section) >= since):
        # The ontology knows how the section reads now, and then also since when each part of it has read so.
        yield from statements(LAW, known, words)
    elif since is not None:
        version = node(f"{path}/versjon/{since.isoformat()}")
        yield from statements(LAW, node(path), ("hj:hasVersion", version))
        yield from statements(LAW, version, ("rdf:type", _word("ProvisionVersion")), ("hj:appliesFrom", since), words)
        if known is not None and _first_day(known) < since and _is_open(known):
            yield from statements(LAW, known, ("hj:appliesTo", since - timedelta(days=1)))


def _first_day(version: ox.NamedNode) -> date:
    return date.fromisoformat(str(load().value(URIRef(version.value), HJ.appliesFrom)))


def _is_open(version: ox.NamedNode) -> bool:
    return load().value(URIRef(version.value), HJ.appliesTo) is None


def _lovdata(path: str) -> ox.NamedNode:
    """The address of an act or a section at Lovdata."""
    return ox.NamedNode(f"https://lovdata.no/{quote(path)}")


def _titles(act: Act) -> dict[str, str]:
    """What the act is called in each language; its own short title where the ontology has no name."""
    names = {
        getattr(label, "language", None): str(label) for label in load().objects(URIRef(iri(act.law)), SKOS.prefLabel)
    }
    return {language: names.get(language, act.short_title) for language in STEPS}


def version_in_force(target: str, made_on: date | None) -> ox.NamedNode | None:
    """The version of a provision that applied on a day, or the newest if no day is given."""
    ontology = load()
    versions = sorted(
        ontology.objects(URIRef(iri(target)), HJ.hasVersion),
        key=lambda version: str(ontology.value(version, HJ.appliesFrom)),
    )
    if made_on:
        versions = [found for found in versions if str(ontology.value(found, HJ.appliesFrom)) <= made_on.isoformat()]
    return ox.NamedNode(str(versions[-1])) if versions else None


def _numbers(steps: list[str]) -> Iterator[tuple[str, str | int]]:
    for step in steps:
        kind, _, value = step.partition("-")
        yield PROPERTY[kind], int(value) if kind == "ledd" and value.isdigit() else _printed(value)


def _words(steps: list[str], language: str, *, brief: bool = False) -> str:
    words: list[str] = []
    for step in steps:
        kind, _, value = step.partition("-")
        if kind == "ledd":
            # Lawyers write "§ 6-2 nr. 13" for the first ledd's item.
            if brief and value == "1" and len(steps) > len(words) + 1:
                continue
            number = int(value)
            value = ORDINALS[language][number - 1] if number <= 10 else f"{number}."
        words.append(STEPS[language][kind].format(_printed(value)))
    return " ".join(words)


def _printed(value: str) -> str:
    """The number of a section as Lovdata prints it: a blank before the letter.

    >>> _printed("2-1e"), _printed("4A-1")
    ('2-1 e', '4A-1')
    """
    return re.sub(r"(?<=\d)([a-z])$", r" \1", value)


def _title(steps: list[str]) -> str:
    act = URIRef(iri("/".join(steps[:2])))
    titles = [label for label in load().objects(act, SKOS.prefLabel) if getattr(label, "language", None) == "nb"]
    return str(titles[0]) if titles else "/".join(steps[:2])


def _abbreviation(steps: list[str]) -> str:
    act = URIRef(iri("/".join(steps[:2])))
    found = sorted(str(label) for label in load().objects(act, HJ.abbreviation))
    return min(found, key=len) if found else _title(steps)


def _word(name: str) -> ox.NamedNode:
    return ox.NamedNode(str(HJ[name]))


@cache
def _known() -> frozenset[str]:
    base = iri("")
    return frozenset(str(subject).removeprefix(base) for subject in load().subjects() if str(subject).startswith(base))
