"""The document reader: contents, the text with its marks, and what is known of the chosen clause."""

import streamlit as st
from markupsafe import Markup

from hjemmel.pages.address import address, keep, number, value
from hjemmel.pages.frame import scroll_to
from hjemmel.pages.prose import Mark, Place, prose
from hjemmel.pages.quote import facts, linked, requirement_label, sections, sentence
from hjemmel.pages.shelf import Paper, basis, flow, paper, papers, rows
from hjemmel.pages.words import day, name, say
from queries import Row


def show() -> None:
    """Draw the page for the document, clause and words that the address names."""
    asked, known = value("dok"), papers()
    if not known:
        st.html(sentence(say("no agreements")))
        return
    document = paper(asked) or known[0]
    if asked and document.id != asked:
        st.html(sentence(say("no such document", document=asked)))
    st.session_state["reader_document"] = document.id
    st.selectbox(
        say("choose document"),
        [one.id for one in known],
        format_func=lambda one: _title(paper(one)),
        key="reader_document",
        on_change=_other_document,
    )
    _document(document)


def _other_document() -> None:
    for place in ("sted", "fra", "til"):
        st.query_params.pop(place, None)
    keep("dok", "reader_document")


def _title(document: Paper | None) -> str:
    return document.title if document else ""


def _document(document: Paper) -> None:
    [told] = rows("text_of_document", document)[:1]
    clauses, citations, claims = (
        rows(query, document) for query in ("outline_of_document", "citations_of_document", "claims_of_document")
    )
    stored = str(told["quote"])
    start, end = number("fra"), number("til")
    here = (start, end) if start is not None and end is not None and start < end <= len(stored) else None
    chosen = _chosen(clauses, here)
    places = [_place(document, clause, chosen=clause is chosen) for clause in clauses]
    marks = [
        *(_citation(row) for row in citations),
        *(_claim(row) for row in claims if row["strength"] != "weak"),
        *([Mark(*here, "here", say("mark here"))] if here else []),
    ]
    st.html(
        Markup(
            '<h1>{title}</h1><div class="hj-reader"><nav aria-label="{outline}"><h2>{outline}</h2>{contents}</nav>'
            '<div class="hj-text">{text}</div><aside>{panel}{legend}</aside></div>'
        ).format(
            title=document.title,
            outline=say("outline"),
            contents=_outline(places),
            text=prose(stored, flow(stored), places, marks),
            panel=_about_clause(chosen, citations, claims) if chosen else _about(document, str(told["source"] or "")),
            legend=_legend(bool(here)),
        )
    )
    if here:
        scroll_to(f"{here[0]}-{here[1]}")
    elif chosen:
        scroll_to(next(place.href for place in places if place.chosen))


def _chosen(clauses: list[Row], here: tuple[int, int] | None) -> Row | None:
    """The clause that the address names, or the one in which the words it names stand."""
    named = value("sted")
    for clause in clauses:
        if named and _path(clause["iri"]) == named:
            return clause
    return next((one for one in clauses if here and _at(one, "start") <= here[0] < _at(one, "end")), None)


def _place(document: Paper, clause: Row, *, chosen: bool) -> Place:
    numbered = f"{clause['clause'] or ''} {clause['title'] or ''}".strip()
    return Place(
        start=_at(clause, "start"),
        end=_at(clause, "end"),
        level=_at(clause, "level"),
        title=numbered,
        href=address("reader", dok=document.id, sted=_path(clause["iri"])),
        kind=str(clause["kind"]),
        chosen=chosen,
    )


def _citation(row: Row) -> Mark:
    return Mark(
        _at(row, "start"), _at(row, "end"), "citation", str(row["targetLabel"] or ""), href=str(row["lovdata"] or "")
    )


def _claim(row: Row) -> Mark:
    return Mark(_at(row, "start"), _at(row, "end"), "claim", _label(row), _short(row))


def _outline(places: list[Place]) -> Markup:
    listed = [place for place in places if place.kind == "section" and place.title and place.level <= 3]
    return Markup('<ul class="hj-outline">{}</ul>').format(
        Markup("").join(
            Markup('<li class="hj-depth-{}"><a href="{}"{}>{}</a></li>').format(
                place.level, place.href, Markup(' aria-current="true"') if place.chosen else "", place.title
            )
            for place in listed
        )
    )


def _about_clause(clause: Row, citations: list[Row], claims: list[Row]) -> Markup:
    answers = [
        Markup("{}<br><span class='hj-soft'>{}</span><br>{}").format(
            _label(row),
            ", ".join(
                name(kind, row[key])
                for kind, key in (("coverage", "coverage"), ("sureness", "strength"), ("review", "review"))
            ),
            sections(str(row["notation"])),
        )
        for row in claims
        if row["iri"] == clause["iri"]
    ]
    refers = dict.fromkeys(
        linked(str(row["targetLabel"]), row["lovdata"])
        for row in citations
        if row["iri"] == clause["iri"] and row["targetLabel"]
    )
    parts = [
        Markup("<h3>{}</h3><ul>{}</ul>").format(
            say(title), Markup("").join(Markup("<li>{}</li>").format(one) for one in found)
        )
        for title, found in (("answers to", answers), ("refers to", list(refers)))
        if found
    ]
    return Markup("<h2>{}</h2>{}").format(
        say("about clause", place=clause["place"]),
        Markup("").join(parts) or Markup("<p>{}</p>").format(say("nothing known")),
    )


def _about(document: Paper, source: str) -> Markup:
    more = (
        Markup('<p><a href="{}">{}</a></p>').format(address("findings", dok=document.id), say("to findings"))
        if document.is_agreement
        else ""
    )
    return Markup('<h2>{}</h2>{}{}<p class="hj-soft">{}</p>').format(
        say("about document"),
        facts(
            [
                (say("kind"), name("kind", document.kind)),
                (say("status"), name("status", document.status)),
                (say("made on"), day(document.made_on)),
                (say("region"), document.region),
                (say("publisher"), document.publisher),
                (say("missing part"), document.missing),
                (say("source"), linked(source, source)),
            ]
        ),
        more,
        say("choose clause"),
    )


def _legend(here: bool) -> Markup:
    signs = [
        Markup('<span class="hj-citation">§ 1</span> {}').format(say("mark citation")),
        Markup('<mark class="hj-claim">Aa</mark><span class="hj-note">§ 1</span> {}').format(say("mark claim")),
    ]
    if here:
        signs.insert(0, Markup('<mark class="hj-here">Aa</mark> {}').format(say("mark here")))
    return Markup('<h2>{}</h2><ul class="hj-plain hj-legend">{}</ul>').format(
        say("legend"), Markup("").join(Markup("<li>{}</li>").format(sign) for sign in signs)
    )


def _short(row: Row) -> str:
    """The provision a requirement rests on in a few letters, or its own sign."""
    found = basis().get(str(row["notation"]), [])
    return next((str(one["legalBasis"]) for one in found if one["legalBasis"]), str(row["notation"]))


def _label(row: Row) -> str:
    found = basis().get(str(row["notation"]))
    return requirement_label(found[0]) if found else str(row["requirementLabel"])


def _at(row: Row, key: str) -> int:
    return int(str(row[key]))


def _path(iri: object) -> str:
    return str(iri).partition("/clause/")[2]
