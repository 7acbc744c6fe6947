"""A document as the reader shows it: its text, and everything that was read of it, mark by mark."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from hjemmel.overview import notes
from hjemmel.pages.address import here, value
from hjemmel.pages.prose import Mark
from hjemmel.pages.quote import requirement_name
from hjemmel.pages.shelf import Paper, basis, store
from hjemmel.pages.words import name, say
from hjemmel.store import Store
from queries import Row, catalogue

STRENGTHS = ("obligation", "recommendation", "permission", "prohibition", "commitment", "statement")
KINDS = ("citation", "claim", "note", *STRENGTHS)
AT_FIRST = ("citation", "claim", "note")
"""What is marked until the reader asks for something else: too many marks tell nothing."""
NONE = "ingen"
REFUSED = ("rejected", "corrected", "notsupported")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, its stored text, and what was read of it as rows of the catalogue's queries."""

    paper: Paper
    stored: str
    source: str
    clauses: list[Row]
    citations: list[Row]
    claims: list[Row]
    norms: list[Row]
    terms: list[Row]
    bodies: list[Row]
    notes: list[dict[str, Any]]


def read(document: Paper) -> Reading:
    """What the store knows of a document."""
    return _read(store(), document)


def reading(opened: Store, document: Paper) -> Reading:
    """What any store knows of a document."""

    def rows(query: str) -> list[Row]:
        return catalogue()[query].run(opened, document=document.iri)

    [told] = rows("text_of_document")[:1]
    return Reading(
        paper=document,
        stored=str(told["quote"]),
        source=str(told["source"] or ""),
        clauses=rows("outline_of_document"),
        citations=rows("citations_of_document"),
        claims=rows("claims_of_document"),
        norms=rows("norms_of_document"),
        terms=rows("terms_of_document"),
        bodies=rows("bodies_of_document"),
        notes=notes(opened, document.iri),
    )


def shown_kinds() -> tuple[str, ...]:
    """The kinds of marks that the address asks for."""
    asked = value("merk")
    return tuple(kind for kind in KINDS if kind in asked.split(",")) if asked else AT_FIRST


def marks(found: Reading, kinds: tuple[str, ...]) -> Iterator[Mark]:
    """The marks of these kinds."""
    if "citation" in kinds:
        for row in found.citations:
            target, lovdata = str(row["targetLabel"] or ""), str(row["lovdata"] or "")
            yield Mark(at(row, "start"), at(row, "end"), "citation", target, href=lovdata)
    if "claim" in kinds:
        for row in found.claims:
            if row["strength"] != "weak" and row["review"] not in REFUSED:
                yield Mark(at(row, "start"), at(row, "end"), "claim", claim_label(row), _short(row))
    if "note" in kinds:
        for row in found.notes:
            yield Mark(at(row, "start"), at(row, "end"), "note", say(f"mark {str(row['kind']).replace(' ', '_')}"))
    for row in found.norms:
        if row["modality"] in kinds:
            word = name("strength", row["modality"])
            yield Mark(at(row, "start"), at(row, "end"), "norm", word, word)


def legend(page: str, found: Reading, kinds: tuple[str, ...], *, here_too: bool) -> Markup:
    """What each mark means, with a switch for each kind that the document has."""
    counts = {
        "citation": len(found.citations),
        "claim": sum(row["strength"] != "weak" for row in found.claims),
        "note": len(found.notes),
        **{kind: sum(row["modality"] == kind for row in found.norms) for kind in STRENGTHS},
    }
    lines = [_switch(page, kind, count, kinds) for kind, count in counts.items() if count]
    if here_too:
        lines.insert(
            0, Markup('<li><mark class="hj-here" aria-hidden="true">Aa</mark> {}</li>').format(say("mark here"))
        )
    return Markup('<h2>{}</h2><p class="hj-soft">{}</p><ul class="hj-plain hj-legend">{}</ul>').format(
        say("legend"), say("legend lead"), Markup("").join(lines)
    )


def claim_label(row: Row) -> str:
    """What the requirement of a claim is called."""
    return requirement_name(str(row["notation"]))


def at(row: dict[str, Any], key: str) -> int:
    """A position in the text."""
    return int(str(row[key]))


def _switch(page: str, kind: str, count: int, kinds: tuple[str, ...]) -> Markup:
    on = kind in kinds
    wanted = [one for one in KINDS if (one in kinds) != (one == kind)]
    return Markup(
        '<li><a class="hj-toggle" href="{}"{}><span class="hj-box" aria-hidden="true"></span>'
        '<span class="hj-sample" aria-hidden="true">{}</span> {} '
        '<span class="hj-soft">({})</span><span class="hj-unseen">, {}</span></a></li>'
    ).format(
        here(page, merk=",".join(wanted) or NONE),
        Markup(' aria-current="true"') if on else "",
        _sample(kind),
        say(f"mark {kind}"),
        count,
        say("is marked") if on else say("is not marked"),
    )


def _sample(kind: str) -> Markup:
    if kind == "citation":
        return Markup('<span class="hj-citation">§ 1</span>')
    if kind == "claim":
        return Markup('<mark class="hj-claim">Aa</mark><span class="hj-note">§ 1</span>')
    if kind == "note":
        return Markup('<mark class="hj-author">Aa</mark>')
    return Markup('<span class="hj-norm">Aa</span><span class="hj-note hj-strength">{}</span>').format(
        name("strength", kind)
    )


def _short(row: Row) -> str:
    """The provision a requirement rests on in a few letters, or its own sign."""
    known = basis().get(str(row["notation"]), [])
    return next((str(one["legalBasis"]) for one in known if one["legalBasis"]), str(row["notation"]))


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs={Store: lambda opened: opened.manifest.built})
def _read(opened: Store, document: Paper) -> Reading:
    return reading(opened, document)
