"""How things hang together, in words: every tie of a picture as a table, and the way between two things."""

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from hjemmel.network import NoPathError, Step, path, relation
from hjemmel.pages.address import keep, value
from hjemmel.pages.matter import capital
from hjemmel.pages.picture import Edge, Node, Picture
from hjemmel.pages.quote import Quote, card, place_address, sentence, tidy
from hjemmel.pages.shelf import paper
from hjemmel.pages.thing import called, href, label, quote, where
from hjemmel.pages.words import counted, language, name, say
from hjemmel.store import ID

if TYPE_CHECKING:
    import networkx as nx


MOST_UNFOLDED = 30
"""Lines of the table that are shown at once: more would be all that is seen of the page on a telephone."""


def table(found: "nx.MultiDiGraph[str]", drawn: Picture) -> Markup:
    """The picture as a table: one thing, what it says of the other, and the words for it."""
    nodes = {node.iri: node for node in drawn.nodes}
    order = {iri: place for place, iri in enumerate(nodes)}
    told: dict[tuple[str, str, str], list[Edge]] = {}
    # What texts say comes before what the law's own order gives.
    for edge in sorted(drawn.edges, key=lambda one: (not one.told.get("quote"), order[one.source], order[one.target])):
        told.setdefault((edge.source, edge.kind, edge.target), []).append(edge)
    heads = [say(key) for key in ("what", "hangs together", "with what", "words for it")]
    lines = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup('<td data-column="{}">{}</td>').format(head, cell)
                for head, cell in zip(
                    heads,
                    (
                        _link(nodes[source], drawn, found),
                        relation(kind, language()),
                        _link(nodes[target], drawn, found),
                        _words(edges),
                    ),
                    strict=True,
                )
            )
        )
        for (source, kind, target), edges in told.items()
    )
    drawn_table = Markup(
        '<div class="hj-scroll"><table class="hj-table hj-ties"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in heads), lines)
    if len(told) > MOST_UNFOLDED:
        drawn_table = Markup('<details class="hj-fold"><summary>{}</summary>{}</details>').format(
            say("show all", n=counted(len(told), "one tie", "many ties")), drawn_table
        )
    return Markup("<section><h2>{}</h2>{}</section>").format(say("same as table"), drawn_table)


def way(found: "nx.MultiDiGraph[str]", drawn: Picture) -> None:
    """Two things to choose, and how they hang together: each step as a sentence with its quote."""
    st.html(Markup('<h2>{}</h2><p class="hj-soft">{}</p>').format(say("path title"), say("path lead")))
    names = {
        node.iri.removeprefix(ID): f"{label(node)} – {_told(node, drawn)}"
        for node in sorted(drawn.nodes, key=lambda node: (node.column, node.row))
    }
    ends = [value("fra"), value("til")]
    for iri in (f"{ID}{end}" for end in ends if end):
        if iri in found:
            names.setdefault(iri.removeprefix(ID), called(iri, found))
    for column, (key, chosen) in zip(st.columns(2), zip(("fra", "til"), ends, strict=True), strict=True):
        st.session_state[f"network_{key}"] = chosen if chosen in names else None
        column.selectbox(
            say(f"path {key}"),
            list(names),
            format_func=lambda one: names[one],
            key=f"network_{key}",
            placeholder=say("choose thing"),
            on_change=keep,
            args=(key, f"network_{key}"),
        )
    if not all(ends):
        return
    try:
        steps = path(found, *(f"{ID}{end}" for end in ends))
    except NoPathError:
        st.html(sentence(say("no way")))
        return
    drawn_steps = Markup("").join(Markup("<li>{}</li>").format(_step(step, found)) for step in steps)
    st.html(Markup('<ol class="hj-steps">{}</ol>').format(drawn_steps))


def _step(step: Step, found: "nx.MultiDiGraph[str]") -> Markup:
    said = replace(step, source_label=called(step.source, found), target_label=called(step.target, found)).sentence(
        language()
    )
    told = Markup("<p><strong>{}</strong></p>").format(f"{capital(said)}.")
    if step.words is None:
        return told
    words = step.words
    return told + card(Quote(words.quote, paper(words.document), words.place, words.clause, words.start, words.end))


def _link(node: Node, drawn: Picture, found: "nx.MultiDiGraph[str]") -> Markup:
    target = href(node, found)
    outside = Markup(' rel="noreferrer"') if target.startswith("https:") else ""
    return Markup('<a href="{}"{}>{}</a> <small>{}</small>').format(target, outside, label(node), _told(node, drawn))


def _told(node: Node, drawn: Picture) -> str:
    """What kind of thing it is, and which document it stands in."""
    return ", ".join(part for part in (name("thing", node.kind), where(node, drawn)) if part)


def _words(edges: list[Edge]) -> Markup:
    quotes = dict.fromkeys(quote(edge.told) for edge in edges if edge.told.get("quote"))
    return Markup("<br>").join(
        Markup('«{}» <a href="{}">{}</a>').format(tidy(one.words), place_address(one), one.place) for one in quotes
    )
