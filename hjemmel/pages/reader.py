"""The document reader: contents, the text with its marks, and what is known of the chosen clause."""

from itertools import pairwise

import streamlit as st
from markupsafe import Markup

from hjemmel.pages import review
from hjemmel.pages.address import address, keep, number, value
from hjemmel.pages.clause import about_clause
from hjemmel.pages.frame import scroll_to
from hjemmel.pages.part import of_region
from hjemmel.pages.prose import Mark, Place, prose
from hjemmel.pages.quote import facts, linked, sentence
from hjemmel.pages.reading import Reading, at, legend, marks, read, shown_kinds
from hjemmel.pages.shelf import Paper, flow, paper, papers
from hjemmel.pages.words import day, name, say
from queries import Row


def show() -> None:
    """Draw the page for the document, clause and words that the address names."""
    if not papers():
        st.html(sentence(say("no agreements")))
        return
    asked, known = value("dok"), of_region(papers())
    document = paper(asked) or known[0]
    if asked and document.id != asked:
        st.html(sentence(say("no such document", document=asked)))
    st.session_state["reader_document"] = document.id
    st.selectbox(
        say("choose document"),
        [one.id for one in known],
        format_func={one.id: one.label if one.has_namesakes else one.title for one in known}.__getitem__,
        key="reader_document",
        on_change=_other_document,
    )
    st.html(Markup("<h1>{}</h1>").format(document.title))
    draw(read(document))
    review.note()
    review.form(document)


def _other_document() -> None:
    for place in ("sted", "fra", "til"):
        st.query_params.pop(place, None)
    keep("dok", "reader_document")


def draw(found: Reading) -> None:
    """Draw a text with its contents, marks and panel, at the place that the address names."""
    start, end = number("fra"), number("til")
    here = (start, end) if start is not None and end is not None and start < end <= len(found.stored) else None
    chosen = _chosen(found.clauses, here)
    places = [_place(found.paper, clause, chosen=clause is chosen) for clause in found.clauses]
    kinds = shown_kinds()
    marked = [*marks(found, kinds), *([Mark(*here, "here", say("mark here"))] if here else [])]
    st.html(
        Markup(
            '<div class="hj-reader"><nav aria-label="{outline}"><h2>{outline}</h2>{contents}</nav>'
            '<div class="hj-text">{text}</div><aside>{panel}{legend}</aside></div>'
        ).format(
            outline=say("outline"),
            contents=_outline(places),
            text=prose(found.stored, flow(found.stored), places, marked, _pages(found.clauses)),
            panel=about_clause(found, chosen) if chosen else _about(found),
            legend=legend(found.paper.page, found, kinds, here_too=bool(here)),
        )
    )
    if value(review.ASKED):
        return
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
    return next((one for one in clauses if here and at(one, "start") <= here[0] < at(one, "end")), None)


def _pages(clauses: list[Row]) -> dict[int, str]:
    """Where a page begins, as far as it is known, by the clause that is the first on it."""
    paged = [clause for clause in clauses if clause["page"]]
    return {
        at(after, "start"): say("page", n=after["page"])
        for before, after in pairwise(paged)
        if before["page"] != after["page"]
    }


def _place(document: Paper, clause: Row, *, chosen: bool) -> Place:
    numbered = f"{clause['clause'] or ''} {clause['title'] or ''}".strip()
    return Place(
        start=at(clause, "start"),
        end=at(clause, "end"),
        level=at(clause, "level"),
        title=numbered,
        href=address(document.page, dok=document.id, sted=_path(clause["iri"]), merk=value("merk")),
        kind=str(clause["kind"]),
        chosen=chosen,
    )


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


def _about(found: Reading) -> Markup:
    document = found.paper
    more = (
        Markup('<p><a href="{}">{}</a></p>').format(address("findings", dok=document.id), say("to findings"))
        if document.is_agreement and document.page == "reader"
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
                (say("source"), linked(found.source, found.source)),
            ]
        ),
        more,
        say("choose clause"),
    )


def _path(iri: object) -> str:
    return str(iri).partition("/clause/")[2]
