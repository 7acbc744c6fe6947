"""Findings of one agreement, the gravest first."""

import streamlit as st
from markupsafe import Markup

from hjemmel.pages.address import keep, value
from hjemmel.pages.finding import label, verdict
from hjemmel.pages.law_day import law_choice, law_day
from hjemmel.pages.quote import sentence
from hjemmel.pages.shelf import Paper, agreements, findings
from hjemmel.pages.words import counted, listed, say
from shapes import Finding

GROUPS = ("conflict", "missing", "partly", "should", "information", "not_assessable", "not_applicable", "fulfilled")


def show() -> None:
    """Draw the page for the agreement that the address names."""
    known = agreements()
    if not known:
        st.html(sentence(say("no agreements")))
        return
    asked = value("dok")
    document = next((one for one in known if one.id == asked), known[0])
    if asked and document.id != asked:
        st.html(sentence(say("no such document", document=asked)))
    st.html(Markup("<h1>{}</h1>").format(say("findings title", document=document.label)))
    names = {one.id: f"{one.label}: {one.title}" if one.region else one.title for one in known}
    st.session_state["findings_document"] = document.id
    st.selectbox(
        say("agreement"),
        [one.id for one in known],
        format_func=lambda one: names[one],
        key="findings_document",
        on_change=keep,
        args=("dok", "findings_document"),
    )
    _findings(document)


def _findings(document: Paper) -> None:
    found = findings(document, law_day(document))
    groups: dict[str, list[Finding]] = {}
    for finding in found.values():
        groups.setdefault(_group(finding), []).append(finding)
    st.html(Markup("{}<p>{}</p>").format(law_choice("findings"), _summary(groups)))
    if not document.made_on:
        st.html(Markup('<p class="hj-soft">{}</p>').format(say("no date")))
    if document.missing:
        st.html(Markup('<p class="hj-soft">{}</p>').format(say("not here", what=document.missing)))
    for group in GROUPS:
        if group in groups:
            st.html(_drawn(group, groups[group], document))


def _group(finding: Finding) -> str:
    """Where a finding belongs: what the law only recommends, or mentions in passing, is set apart from breaches."""
    if finding.result in ("conflict", "not_assessable", "not_applicable", "fulfilled"):
        return finding.result
    if finding.severity == "warning":
        return "should"
    return "information" if finding.severity == "info" else finding.result


def _summary(groups: dict[str, list[Finding]]) -> str:
    counts = [
        say("in group", n=len(groups[group]), group=say(f"group {group}").lower())
        for group in GROUPS
        if group in groups
    ]
    return say("summary", all=sum(map(len, groups.values())), counts=listed(counts))


def _drawn(group: str, found: list[Finding], document: Paper) -> Markup:
    fold = group in ("fulfilled", "not_applicable")
    drawn = Markup("").join(
        Markup('<article class="hj-finding"><h3>{}</h3>{}</article>').format(label(finding), verdict(finding, document))
        for finding in found
    )
    number = counted(len(found), "one finding", "many findings")
    if fold:
        drawn = Markup('<details class="hj-fold"><summary>{}</summary>{}</details>').format(
            say("show all", n=len(found)), drawn
        )
    return Markup('<section><h2>{} <span class="hj-soft">{}</span></h2>{}</section>').format(
        say(f"group {group}"), number, drawn
    )
