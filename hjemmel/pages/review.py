"""People's decisions: what was decided on a finding or a claim, in which role, when and why; and the form to decide."""

import os
from collections.abc import Iterable
from functools import cache
from typing import get_args

import streamlit as st
from markupsafe import Markup
from rdflib import ORG, RDF, SKOS, Literal
from rdflib.term import Node

from hjemmel import review, snapshot
from hjemmel.judgement import Judged
from hjemmel.pages import signin
from hjemmel.pages.address import address, here, value
from hjemmel.pages.quote import requirement_label, requirement_name, sentence, tidy
from hjemmel.pages.shelf import Paper, basis, decisions, review_facts, rows, store
from hjemmel.pages.words import counted, day, language, name, norwegian_order, say
from hjemmel.review import Reviewed
from hjemmel.review.decision import LogError, ReviewError, Verdict
from hjemmel.review.target import Facts, correction
from hjemmel.snapshot import StoreError
from ontology import load
from queries import Row

ASKED = "vurder"
"""The value of the address that opens the form, by the end of the target's address below its document."""

OWN_ROLE = "review_role"

FIRST = 2
"""Quotes that are unfolded above the form, which is to stay in view."""


def is_on() -> bool:
    """Whether who reads this may decide: the installation allows everybody, or they have signed in."""
    return os.environ.get("HJEMMEL_REVIEW") == "1" or signin.is_signed_in()


def link(page: str, document: Paper, target: str, *, called: str) -> Markup:
    """The way to the form for a finding or a claim that is called so; nothing where nobody may decide."""
    if not page or not is_on() or document.page != "reader":
        return Markup("")
    # Other findings than those by the day an agreement was made cannot be decided on.
    end = target.removeprefix(f"{document.iri}/")
    return Markup('<a class="hj-review" href="{}" aria-label="{}: {}">{}</a>').format(
        here(page, dok=document.id, lov="", **{ASKED: end}), say("do review"), called, say("do review")
    )


def state(judged: Judged, document: Paper, page: str) -> Markup:
    """What people have come to on a finding, who as which role, when and why, and the way to decide anew."""
    if document.page != "reader":
        return Markup("")  # nobody reviews what is not stored
    found = judged.review
    if found is None:
        told = say("rests on confirmed") if judged.state == "confirmed" else say("review candidate").capitalize()
    else:
        told = say(
            "reviewed as",
            state=name("review", judged.state).capitalize(),
            role=_role_label(found.role),
            day=day(found.time.isoformat()),
            reason=found.reason,
        )
    return Markup('<p class="hj-state">{} {}</p>').format(
        told, link(page, document, judged.finding.iri, called=requirement_name(judged.finding.requirement))
    )


def note() -> None:
    """One quiet sentence on how deciding is switched on, or the way to sign in or out."""
    if signin.is_signed_in():
        signin.way_out()
    elif is_on():
        return
    elif signin.is_offered():
        signin.way_in()
    else:
        st.html(Markup('<p class="hj-soft hj-review-off">{}</p>').format(say("review is off")))


def form(document: Paper) -> None:
    """Draw the form that the address asks for, over the page."""
    end = value(ASKED)
    if not end or not is_on():
        return
    dialog = st.dialog(say("review title"), position="right", width="medium", on_dismiss=_close)
    dialog(_form)(document, f"{document.iri}/{end}")


def _close() -> None:
    st.query_params.pop(ASKED, None)


def _form(document: Paper, target: str) -> None:
    try:
        about = review_facts(target)
    except (ReviewError, StoreError):
        st.html(sentence(say("nothing to review")))
        return
    before = decisions(about["target"])
    in_force = next((one for one in reversed(before) if one.standing == "in_force"), None)
    st.html(_about(document, about, before))
    verdicts = [one for one in get_args(Verdict) if _possible(one, about, in_force)]
    verdict: Verdict = st.radio(
        say("verdict"), verdicts, format_func=lambda one: say(f"verdict {one}"), key=f"verdict {target}"
    )
    right = _correction(document, about, target) if verdict == "corrected" else {}
    reason = st.text_area(say("reason"), key=f"reason {target}", max_chars=1000, help=say("reason help"))
    known = list(_roles(language()))
    role = st.selectbox(
        say("role"),
        known,
        index=known.index(kept) if (kept := st.session_state.get(OWN_ROLE)) in known else None,
        format_func=lambda one: _roles(language())[one],
        placeholder=say("choose role"),
        key=f"role {target}",
    )
    if not st.button(say("save review"), key=f"save {target}", type="primary"):
        return
    if not reason.strip() or role is None:
        st.html(sentence(say("reason and role")))
        return
    if verdict == "corrected" and not (any(right.values()) if about["words"] else right["clause"]):
        st.html(sentence(say("name the clause")))
        return
    st.session_state[OWN_ROLE] = role
    try:
        _decide(about, verdict, right, in_force, reason=reason, role=role)
    except (ReviewError, LogError, StoreError) as error:
        why = error.refusal if isinstance(error, ReviewError) else "failed"
        st.html(sentence(say("cannot decide", reason=say(f"refused {why}"))))
        return
    _close()
    st.rerun()


def _decide(
    about: Facts, verdict: Verdict, right: dict[str, str | None], in_force: Reviewed | None, *, reason: str, role: str
) -> None:
    home = snapshot.home()
    with st.spinner(say("saving")):
        if verdict == "withdrawn" and in_force:
            review.undo(home, in_force.decision.number, reason=reason, role=role)
        else:
            held = correction(store(), about, quote=None, strength=None, **right) if verdict == "corrected" else None
            review.decide(home, about, verdict, reason=reason, role=role, correction=held)


def _possible(verdict: Verdict, about: Facts, in_force: Reviewed | None) -> bool:
    if verdict == "withdrawn":
        return in_force is not None
    # Where nothing is quoted, no quote can fall short.
    if verdict == "not_supported" and not about["words"]:
        return False
    # A weak claim answers nothing even if confirmed: it is corrected.
    return verdict != "confirmed" or about.get("strength") != "weak"


def _correction(document: Paper, about: Facts, target: str) -> dict[str, str | None]:
    """What is right instead: what is left as it was is not named."""
    clauses = {
        str(row["iri"]).partition("/clause/")[2]: " ".join(
            str(part) for part in (row["place"], row["title"] or tidy(str(row["quote"]))[:60]) if part
        )
        for row in rows("outline_of_document", document)
    }
    clause = st.selectbox(
        say("right clause"),
        list(clauses),
        index=None,
        format_func=lambda one: clauses[one],
        placeholder=say("as it was") if about["words"] else say("choose clause that answers"),
        key=f"clause {target}",
    )
    coverage = st.selectbox(
        say("right coverage"),
        ["covers", "partly", "delegates", "mentions", "contradicts"],
        index=None,
        format_func=lambda one: name("coverage", one),
        placeholder=say("as it was") if about.get("coverage") else name("coverage", "covers"),
        key=f"coverage {target}",
    )
    requirement = None
    if "coverage" in about:
        requirement = st.selectbox(
            say("right requirement"),
            [one for one in basis() if one != about["requirement"]],
            index=None,
            format_func=lambda one: requirement_label(basis()[one][0]),
            placeholder=say("as it was"),
            key=f"requirement {target}",
        )
    return {"requirement": requirement, "clause": clause, "coverage": coverage}


def _about(document: Paper, about: Facts, before: list[Reviewed]) -> Markup:
    """What is decided on, all the words for it with their places, and what people decided on it before."""
    told = [document.label, requirement_name(str(about["requirement"]))]
    told.append(say(about["result"]) if "result" in about else name("coverage", about["coverage"]))
    clauses = rows("outline_of_document", document) if about["words"] else []
    words = [
        Markup('<blockquote>«{}» <a class="hj-place" href="{}">{}</a></blockquote>').format(
            tidy(one.exact),
            address("reader", dok=document.id, fra=one.start, til=one.start + len(one.exact)),
            _place(clauses, one.start),
        )
        for one in about["words"]
    ]
    more = Markup('<details class="hj-fold"><summary>{}</summary>{}</details>').format(
        counted(len(words) - FIRST, "one more quote", "more quotes"), Markup("").join(words[FIRST:])
    )
    return Markup('<div class="hj-reviewed"><p>{}<br><strong>{}</strong> · {}</p>{}{}{}</div>').format(
        *told, Markup("").join(words[:FIRST]), more if len(words) > FIRST else "", history(before)
    )


def _place(clauses: Iterable[Row], start: int) -> str:
    """What the document calls the place where words begin, by the innermost clause around it."""
    around = [row for row in clauses if int(str(row["start"])) <= start < int(str(row["end"]))]
    return str(max(around, key=lambda row: int(str(row["start"])))["place"]) if around else say("open")


def history(before: list[Reviewed]) -> Markup:
    """Earlier decisions, the latest first."""
    if not before:
        return Markup("")
    lines = [
        Markup("<li>{} <span class='hj-soft'>({})</span></li>").format(
            say(
                "reviewed as",
                state=name("review", one.decision.verdict).capitalize(),
                role=_role_label(one.decision.role),
                day=day(one.decision.time),
                reason=one.decision.reason,
            ),
            name("standing", one.standing),
        )
        for one in reversed(before)
    ]
    return Markup("<h3>{}</h3><ul>{}</ul>").format(say("earlier reviews"), Markup("").join(lines))


def _role_label(role: str) -> str:
    return _roles(language()).get(role, role)


@cache
def _roles(spoken: str) -> dict[str, str]:
    """What each role of the ontology is called, by its name in bokmål, which is what a decision keeps."""
    found = {
        str(_in(load().objects(role, SKOS.prefLabel), "nb")): str(_in(load().objects(role, SKOS.prefLabel), spoken))
        for role in load().subjects(RDF.type, ORG.Role)
    }
    return dict(sorted(found.items(), key=lambda entry: norwegian_order(entry[1])))


def _in(labels: Iterable[Node], spoken: str) -> Node:
    return next(one for one in labels if isinstance(one, Literal) and one.language == spoken)
