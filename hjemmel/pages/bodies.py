"""The committees: those of one document as a picture and a table, or one level of them across all documents."""

import json
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from hjemmel.committees import Committee, Fact, Tie, ties
from hjemmel.pages.address import address, here, keep, value
from hjemmel.pages.committee import COLUMNS, cells, described, spoken, table, unsaid
from hjemmel.pages.frame import scroll_to
from hjemmel.pages.part import part_of
from hjemmel.pages.quote import choices, sentence, tidy, to_words
from hjemmel.pages.shelf import Paper, committees, papers
from hjemmel.pages.words import counted, name, say

ACROSS = "tvers"
# Below a committee with powers stand those it makes; one that only reports is joined by a broken line.
DRAWN = {"appoints": "solid", "delegates_to": "bold", "reports_to": "dashed"}


def show() -> None:
    """Draw the page for the document, or for the level, that the address names."""
    st.html(Markup("<h1>{}</h1>").format(say("bodies title")))
    known = sorted((one for one in part_of(papers()) if committees(one)), key=_rank)
    if not known:
        st.html(sentence(say("no bodies")))
        return
    across = value("vis") == ACROSS
    st.html(
        choices(
            [
                (say("one document"), here("bodies", vis="", niva="", organ=""), not across),
                (say("across"), here("bodies", vis=ACROSS, organ=""), across),
            ],
            label=say("view"),
        )
    )
    if across:
        _across(known)
    else:
        _one_document(known)


def _rank(document: Paper) -> tuple[bool, bool, bool]:
    """What binds comes first, then other agreements, advice, and papers of meetings."""
    return not document.is_agreement, document.is_preliminary, document.kind != "guidance"


def _one_document(known: list[Paper]) -> None:
    asked = value("dok")
    document = next((one for one in known if one.id == asked), known[0])
    if asked and document.id != asked:
        st.html(sentence(say("no such document", document=asked)))
    names = {one.id: one.listed for one in known}
    st.session_state["bodies_document"] = document.id
    st.selectbox(
        say("document"),
        [one.id for one in known],
        format_func=lambda one: names[one],
        key="bodies_document",
        on_change=_other_document,
    )
    found = committees(document)
    tied = ties(found)
    _picture(document, tied)
    lines = [(_head(one, document), cells(one, tied, document)) for one in found]
    st.html(
        Markup('<h2>{}</h2>{}<p class="hj-soft">{}</p>{}').format(
            say("bodies table"),
            table(say("body"), lines, caption=say("bodies caption", document=document.label)),
            say("bodies note"),
            Markup("").join(_work(one, document) for one in found),
        )
    )
    if value("organ") in {one.slug for one in found}:
        scroll_to(f"organ {value('organ')}")


def _other_document() -> None:
    st.query_params.pop("organ", None)
    keep("dok", "bodies_document")


def _picture(document: Paper, tied: Sequence[Tie]) -> None:
    st.html(Markup("<h2>{}</h2>").format(say("bodies picture")))
    if not tied:
        st.html(Markup("<p>{} {}</p>").format(say("no ties"), unsaid(document)))
        return
    st.graphviz_chart(drawing(tied), width="content", alt=described(tied))
    # On a narrow screen the picture would be too small to read: the same in words.
    told = (to_words(f"{tie.above} {spoken(tie, of=tie.above)}", tie.evidence, document) for tie in tied)
    st.html(
        Markup('<ul class="hj-narrow">{}</ul>').format(
            Markup("").join(Markup("<li>{}</li>").format(one) for one in told)
        )
    )


def drawing(tied: Sequence[Tie]) -> str:
    """Ties in the language of Graphviz, from left to right."""
    lines = []
    for tie in tied:
        # Who reports stands to the right all the same, and the arrow points back.
        back = " dir=back" if tie.field == "reports_to" else ""
        label = _quoted(name("arrow", tie.field))
        lines.append(f"{_quoted(tie.above)} -> {_quoted(tie.below)} [label={label} style={DRAWN[tie.field]}{back}]")
    return "\n".join(
        (
            "digraph {",
            'graph [rankdir=LR bgcolor="transparent" nodesep=0.25 ranksep=0.4 pad=0.05]',
            'node [shape=box style="rounded,filled" fillcolor="#f3f5f7" color="#46535f" fontcolor="#1a2733" '
            'fontname="Source Sans" fontsize=15 margin="0.16,0.09"]',
            'edge [color="#46535f" fontcolor="#1a2733" fontname="Source Sans" fontsize=13 arrowsize=0.7]',
            *lines,
            "}",
        )
    )


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _head(one: Committee, document: Paper) -> Markup:
    told = [one.abbreviation, say("level", n=one.tier) if one.tier else ""]
    return Markup("{}<small>{}</small>{}").format(
        to_words(one.name, one.evidence, document),
        " · ".join(part for part in told if part),
        _to_work(one) if _tasks(one) or one.told("approves") else "",
    )


def _to_work(one: Committee) -> Markup:
    return Markup('<small><a href="{}">{}</a></small>').format(
        here("bodies", organ=one.slug), say("to work", body=one.abbreviation or one.name)
    )


def _tasks(one: Committee) -> list[Fact]:
    """Its tasks; what it approves is told for itself."""
    approved = {(fact.evidence.start, fact.evidence.end) for fact in one.told("approves")}
    return [fact for fact in one.told("task") if (fact.evidence.start, fact.evidence.end) not in approved]


def _work(one: Committee, document: Paper) -> Markup:
    """What a committee approves and does, in the document's words."""
    parts = [
        Markup('<h3>{}</h3><ul class="hj-quotes">{}</ul>').format(
            title, Markup("").join(_quote(fact, document) for fact in facts)
        )
        for title, facts in ((say("approves"), one.told("approves")), (say("tasks"), _tasks(one)))
        if facts
    ]
    if not parts:
        return Markup("")
    place = f"organ {one.slug}"
    return Markup(
        '<details class="hj-fold" data-place="{}" tabindex="-1"{}><summary>{}: {}</summary>{}</details>'
    ).format(
        place,
        Markup(" open") if value("organ") == one.slug else "",
        one.name,
        counted(sum(len(part) for part in (one.told("approves"), _tasks(one))), "one task", "many tasks"),
        Markup("").join(parts),
    )


def _quote(fact: Fact, document: Paper) -> Markup:
    return Markup('<li>{} <span class="hj-soft">{}</span></li>').format(
        to_words(f"«{tidy(fact.evidence.quote)}»", fact.evidence, document), fact.evidence.place
    )


def _across(known: list[Paper]) -> None:
    levels = _levels(known)
    chosen = value("niva") if value("niva") in levels else next(iter(levels))
    st.html(
        Markup("{}{}").format(
            choices(
                [(label, here("bodies", vis=ACROSS, niva=key), key == chosen) for key, label in levels.items()],
                label=say("which level"),
            ),
            table(
                say("region"),
                [line for document in known for line in _level(document, chosen)],
                caption=say("across caption", level=levels[chosen]),
            ),
        )
    )


def _levels(known: list[Paper]) -> dict[str, str]:
    """The levels, then the kinds of committee that have none, by the key in the address."""
    found = [one for document in known for one in committees(document)]
    tiers = {one.tier for one in found if one.tier}
    called = {tier: next(one.name for one in found if one.tier == tier) for tier in tiers}
    levels = {str(tier): say("level called", n=tier, name=called[tier].lower()) for tier in sorted(tiers)}
    for one in found:
        if not one.tier and (one.kind or one.slug) not in levels:
            levels[one.kind or one.slug] = one.name
    return levels


def _level(document: Paper, level: str) -> list[tuple[Markup, list[Markup]]]:
    """The committees of a document at a level; an agreement that has none is a line all the same."""
    found = committees(document)
    tied = ties(found)
    here_are = [one for one in found if level == (str(one.tier) if one.tier else one.kind or one.slug)]
    if not here_are and document.is_agreement:
        return [(Markup("{}").format(document.label), [unsaid(document)] * len(COLUMNS))]
    return [
        (
            Markup("{}<small>{}</small>").format(
                Markup('<a href="{}">{}</a>').format(
                    address("bodies", dok=document.id, organ=one.slug), document.label
                ),
                to_words(one.name, one.evidence, document),
            ),
            cells(one, tied, document),
        )
        for one in here_are
    ]
