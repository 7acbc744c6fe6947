"""Law, requirements, clauses and bodies as a picture and as a table, and the way between two of them in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from hjemmel.export.graphml import network_ml
from hjemmel.network import relation
from hjemmel.pages.address import keep, value
from hjemmel.pages.drawing import svg
from hjemmel.pages.part import part_of
from hjemmel.pages.picture import COLUMNS, Picture, picture
from hjemmel.pages.quote import requirement_label, sentence
from hjemmel.pages.shelf import MOST_TOGETHER, Paper, agreements, basis, network, paper, store
from hjemmel.pages.thing import href, label, where
from hjemmel.pages.ties import table, way
from hjemmel.pages.words import Language, counted, language, listed, norwegian_order, say
from hjemmel.store import ID

if TYPE_CHECKING:
    import networkx as nx

ALL = "alle"
FILTERS = ("krav", "paragraf", "organ")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the network, ready to be shown: what is drawn, its nodes as the browser wants them, and the table."""

    drawn: Picture
    nodes: Sequence[Mapping[str, object]]
    table: Markup


def show() -> None:
    """Draw the part of the network that the address names, and the way between two things if it names them."""
    st.html(Markup('<h1>{}</h1><p class="hj-soft">{}</p>').format(say("network title"), say("network lead")))
    if not agreements():
        st.html(sentence(say("no agreements")))
        return
    together = len(agreements()) <= MOST_TOGETHER
    known = part_of(agreements())
    narrowed = any(value(one) for one in FILTERS)
    document = value("dok") or (ALL if narrowed and together else known[0].id)
    chosen = [one for one in known if document in (ALL if together else None, one.id)]
    if not chosen:
        said = "too many to draw" if document == ALL else "no such document"
        st.html(sentence(say(said, document=document, n=len(agreements()))))
        chosen, document = known[:1], known[0].id
    found = network(None if together else chosen[0])
    _filters(found, [*([ALL] if together else []), *(one.id for one in known)], document, {one.iri for one in chosen})
    part = _part(found, store().manifest.built, tuple(one.iri for one in chosen), tuple(_asked()), language())
    drawn = part.drawn
    if not drawn.edges:
        st.html(sentence(say("nothing hangs together")))
    else:
        _picture(found, part)
    if value("krav"):
        _silent(drawn, chosen)
    way(found, drawn)
    if drawn.edges:
        st.html(part.table)


@st.cache_resource(max_entries=60, show_spinner=False)
def _part(
    _found: "nx.MultiDiGraph[str]",
    built: str,  # noqa: ARG001 what the cache goes by, as the network is
    documents: tuple[str, ...],
    asked: tuple[str, ...],
    spoken: Language,  # noqa: ARG001
) -> Part:
    drawn = picture(_found, set(documents), asked)
    nodes = [
        {
            "id": node.iri,
            "kind": node.kind,
            "label": label(node),
            "where": where(node, drawn),
            "column": node.column,
            "row": node.row,
            "href": href(node, _found),
        }
        for node in drawn.nodes
    ]
    return Part(drawn, nodes, table(_found, drawn))


def _filters(found: "nx.MultiDiGraph[str]", offered: Sequence[str], document: str, documents: set[str]) -> None:
    options: dict[str, dict[str, str]] = {
        "krav": {notation: requirement_label(rows[0]) for notation, rows in basis().items()},
        "paragraf": _named(found, "provision"),
        "organ": {
            thing: label
            for thing, label in _named(found, "body").items()
            if found.nodes[f"{ID}{thing}"]["document"] in documents
        },
    }
    columns = st.columns(4)
    st.session_state["network_dok"] = document
    columns[0].selectbox(
        say("agreement"),
        offered,
        format_func={ALL: say("all agreements"), **{one: _document(one) for one in offered if one != ALL}}.__getitem__,
        key="network_dok",
        on_change=keep,
        args=("dok", "network_dok"),
    )
    for column, (key, names) in zip(columns[1:], options.items(), strict=True):
        widget = f"network_{key}"
        st.session_state[widget] = value(key) if value(key) in names else None
        column.selectbox(
            say(f"filter {key}"),
            list(names),
            format_func=names.__getitem__,
            key=widget,
            placeholder=say("any"),
            on_change=keep,
            args=(key, widget),
        )


def _document(document: str) -> str:
    found = paper(document)
    return found.label if found else document


def _named(found: "nx.MultiDiGraph[str]", kind: str) -> dict[str, str]:
    """What things of a kind are called, by their address below ours."""
    names = {
        thing.removeprefix(ID): f"{data['label']} ({_document(data['document'])})"
        if data["document"]
        else data["label"]
        for thing, data in found.nodes(data=True)
        if data["kind"] == kind
    }
    return dict(sorted(names.items(), key=lambda one: norwegian_order(one[1])))


def _asked() -> list[str]:
    """The addresses of what the picture is narrowed to."""
    requirement = [str(rows[0]["requirement"]) for notation, rows in basis().items() if notation == value("krav")]
    return requirement + [f"{ID}{value(key)}" for key in ("paragraf", "organ") if value(key)]


def _silent(drawn: Picture, chosen: Sequence[Paper]) -> None:
    """A gap is told: the agreements of which no clause answers to the requirement asked about."""
    answering = {edge.told["document"] for edge in drawn.edges if edge.kind in ("implements", "contradicts")}
    silent = [
        f"{one.label} ({say('is excerpt')})" if one.missing else one.label for one in chosen if one.iri not in answering
    ]
    if silent:
        st.html(sentence(say("silent agreements", agreements=listed(silent))))


def _picture(found: "nx.MultiDiGraph[str]", part: Part) -> None:
    drawn = part.drawn
    names = {column: say(f"column of {kind}") for kind, column in COLUMNS.items() if kind != "act"}
    ties = counted(len(drawn.edges), "one tie", "many ties")
    about = say("picture of", nodes=len(drawn.nodes), ties=ties)
    told = say("drawn", nodes=len(drawn.nodes), ties=ties)
    more = say("left out", n=drawn.left_out) if drawn.left_out else ""
    st.html(Markup('<p class="hj-soft">{} {}</p>').format(told, more))
    script = files("hjemmel.pages").joinpath("vendor", "cytoscape.min.js").read_text(encoding="utf-8")
    own = files("hjemmel.pages").joinpath("network.js").read_text(encoding="utf-8")
    look = files("hjemmel.pages").joinpath("network.css").read_text(encoding="utf-8")
    st.components.v2.component("hjemmel_network", html='<div class="place"></div>', css=look, js=f"{script}\n{own}")(
        key="network",
        data={
            "nodes": part.nodes,
            "edges": [
                {"source": source, "target": target, "kind": kind, "label": relation(kind, language())}
                for source, target, kind in dict.fromkeys((one.source, one.target, one.kind) for one in drawn.edges)
            ],
            "columns": names,
            "rows": drawn.rows,
            "about": about,
            "png": say("as png"),
        },
    )
    # The file is made after the page is drawn, when nobody can tell its language any more.
    labels = {node.iri: label(node) for node in drawn.nodes}
    buttons = st.container(horizontal=True, gap="small", key="network files")
    buttons.download_button(
        say("as svg"),
        data=lambda: svg(drawn, title=about, columns=names, label=lambda node: labels[node.iri]),
        file_name="hjemmel.svg",
        mime="image/svg+xml",
        key="network_svg",
        on_click="ignore",
    )
    buttons.download_button(
        say("as graphml"),
        data=lambda: _graph_ml(found, drawn),
        file_name="hjemmel.graphml",
        mime="application/graphml+xml",
        key="network_graphml",
        on_click="ignore",
    )


def _graph_ml(found: "nx.MultiDiGraph[str]", drawn: Picture) -> bytes:
    """The things that are drawn and all that ties them together, as GraphML."""
    out = BytesIO()
    network_ml(found.subgraph([node.iri for node in drawn.nodes]), out)
    return out.getvalue()
