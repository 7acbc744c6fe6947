"""Findings of one agreement, the gravest first, with remarks, new duties, and the report of them."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from hjemmel.judgement import Judged, Judgement
from hjemmel.pages import download, review
from hjemmel.pages.address import keep, value
from hjemmel.pages.finding import label, statement, verdict
from hjemmel.pages.law_day import confirmed_only, law_choice, law_day
from hjemmel.pages.part import part_of
from hjemmel.pages.quote import sentence
from hjemmel.pages.shelf import Paper, agreements, judgement, store
from hjemmel.pages.words import counted, day, say
from hjemmel.report import GROUPS, group
from shapes import Finding

FOLDED = ("fulfilled", "not_applicable", "refused")


def show() -> None:
    """Draw the page for the agreement that the address names."""
    if not agreements():
        st.html(sentence(say("no agreements")))
        return
    known = part_of(agreements())
    asked = value("dok")
    document = next((one for one in known if one.id == asked), known[0])
    if asked and document.id != asked:
        st.html(sentence(say("no such document", document=asked)))
    st.html(Markup("<h1>{}</h1>").format(say("findings title", document=document.label)))
    names = {one.id: one.listed for one in known}
    st.session_state["findings_document"] = document.id
    st.selectbox(
        say("agreement"),
        [one.id for one in known],
        format_func=lambda one: names[one],
        key="findings_document",
        on_change=keep,
        args=("dok", "findings_document"),
    )
    law_choice("findings")
    found = judgement(document, law_day(), confirmed_only=confirmed_only())
    if not document.made_on:
        st.html(Markup('<p class="hj-soft">{}</p>').format(say("no date")))
    if document.missing:
        st.html(Markup('<p class="hj-soft">{}</p>').format(say("not here", what=document.missing)))
    st.html(Markup("<p>{}</p>").format(summary(found)))
    download.report(found, store(), name=document.id)
    draw(found, document)
    review.note()
    review.form(document)


def summary(found: Judgement) -> str:
    """How many findings there are of each kind, in a sentence."""
    groups = _groups(found)
    counts = [
        say("in group", n=len(groups[group]), group=say(f"group {group}").lower())
        for group in GROUPS
        if group in groups
    ]
    told = say("summary", day=day(found.as_of), all=sum(map(len, groups.values())), counts="; ".join(counts))
    new = len(found.new_duties)
    return f"{told} {counted(new, 'one new duty', 'many new duties')}" if new else told


def draw(found: Judgement, document: Paper) -> None:
    """Draw every finding, then the duties that are new, then the remarks."""
    for group_, judged in _groups(found).items():
        st.html(_section(say(f"group {group_}"), judged, found, document, folded=group_ in FOLDED))
    if found.new_duties:
        st.html(_section(say("new duties"), found.new_duties, found, document, lead=say("new duties lead")))
    if found.remarks:
        st.html(_remarks(found.remarks, document))


def _groups(found: Judgement) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for one in sorted(found.findings, key=lambda one: GROUPS.index(group(one))):
        groups.setdefault(group(one), []).append(one)
    return groups


def _section(
    title: str, judged: Sequence[Judged], found: Judgement, document: Paper, *, folded: bool = False, lead: str = ""
) -> Markup:
    drawn = Markup("").join(
        Markup('<article class="hj-finding" id="{}"><h3>{}</h3>{}</article>').format(
            f"krav-{one.finding.requirement}", label(one.finding), _verdict(one, found, document)
        )
        for one in judged
    )
    number = counted(len(judged), "one finding", "many findings")
    if folded:
        drawn = Markup('<details class="hj-fold"><summary>{}</summary>{}</details>').format(
            counted(len(judged), "show one", "show all"), drawn
        )
    return Markup('<section><h2>{} <span class="hj-soft">{}</span></h2>{}{}</section>').format(
        title, number, Markup("<p>{}</p>").format(lead) if lead else "", drawn
    )


def _verdict(judged: Judged, found: Judgement, document: Paper) -> Markup:
    now = found.results_today.get(judged.finding.requirement, "")
    # By no law but that of its own day is a duty new.
    new = judged in found.new_duties
    return verdict(
        judged,
        document,
        page="" if new else "findings",
        today=now if now != judged.finding.result and not new else "",
    )


def _remarks(found: Sequence[Finding], document: Paper) -> Markup:
    drawn = Markup("").join(
        Markup('<article class="hj-finding"><h3>{}</h3>{}</article>').format(label(one), statement(one, document))
        for one in found
    )
    return Markup('<section><h2>{} <span class="hj-soft">{}</span></h2><p>{}</p>{}</section>').format(
        say("remarks"), counted(len(found), "one remark", "many remarks"), say("remarks lead"), drawn
    )
