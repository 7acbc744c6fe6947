"""Cases and decisions: the meetings by date, the way of a case from meeting to meeting, and the meetings planned."""

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from hjemmel.pages.address import address, here, keep, value
from hjemmel.pages.frame import scroll_to
from hjemmel.pages.quote import sentence, tidy, to_words
from hjemmel.pages.shelf import Paper, agreements, meetings, paper
from hjemmel.pages.words import counted, day, listed, name, norwegian_order, say
from hjemmel.proceedings import Case, Conclusion, Link, Meeting, Step, way

OUTCOMES = {"adopted": "✓", "proposed": "○", "postponed": "–"}


def show() -> None:
    """Draw the page for the committee, the words and the case that the address names."""
    st.html(Markup("<h1>{}</h1>").format(say("cases title")))
    known = meetings()
    st.html(_unread(known))
    if not known:
        return
    _filters(known)
    body, words = value("organ"), value("emne").casefold().split()
    of_body = [one for one in known if body in ("", _body_key(one))]
    chosen = way(value("sak"), known) if value("sak") else []
    if value("sak"):
        st.html(_way(chosen, value("sak")))
        scroll_to("way")
    held = [(one, _about(one, words)) for one in reversed(of_body) if not one.is_plan]
    drawn = [_meeting(one, cases, known) for one, cases in held if cases or not words]
    st.html(
        Markup('<p role="status">{}</p>{}').format(
            _counted(sum(len(cases) for _, cases in held), len(drawn)), Markup("").join(drawn)
        )
    )
    st.html(_plan([one for one in of_body if one.is_plan]))


def _unread(known: list[Meeting]) -> Markup:
    """The regions whose meeting papers are not here."""
    read = {_region(one) for one in known}
    missing = sorted({one.region for one in agreements() if one.region} - read, key=norwegian_order)
    if known and not missing:
        return Markup("")
    whole = say("no papers for", regions=listed(missing)) if missing else say("no papers")
    return Markup('<p class="hj-gap">{}</p>').format(whole)


def _region(meeting: Meeting) -> str:
    told = paper(meeting.document)
    return told.region if told else ""


def _body_key(meeting: Meeting) -> str:
    return f"{meeting.region}/{meeting.slug}"


def _filters(known: list[Meeting]) -> None:
    bodies = {_body_key(one): _called(one) for one in known}
    regions = {one.region for one in known}
    if len(regions) > 1:
        bodies = {_body_key(one): f"{_called(one)}, {_region(one)}" for one in known}
    st.session_state["cases_body"] = value("organ") if value("organ") in bodies else ""
    st.session_state["cases_words"] = value("emne")
    left, right = st.columns(2)
    left.selectbox(
        say("body"),
        ["", *sorted(bodies, key=lambda key: norwegian_order(bodies[key]))],
        format_func=lambda key: bodies.get(key) or say("all bodies"),
        key="cases_body",
        on_change=keep,
        args=("organ", "cases_body"),
    )
    right.text_input(
        say("subject words"),
        key="cases_words",
        placeholder=say("subject example"),
        on_change=keep,
        args=("emne", "cases_words"),
        max_chars=100,
        autocomplete="off",
    )


def _called(meeting: Meeting) -> str:
    return f"{meeting.body} ({meeting.abbreviation})" if meeting.abbreviation else meeting.body


def _about(meeting: Meeting, words: list[str]) -> list[Case]:
    """The cases of a meeting in which every word stands."""
    return [
        case
        for case in meeting.cases
        if all(
            word in " ".join((case.number, case.title, *(one.words for one in case.conclusions))).casefold()
            for word in words
        )
    ]


def _counted(cases: int, held: int) -> str:
    return say(
        "found cases",
        cases=counted(cases, "one case", "many cases"),
        held=counted(held, "one meeting", "many meetings"),
    )


def _meeting(meeting: Meeting, cases: list[Case], known: list[Meeting]) -> Markup:
    document = paper(meeting.document)
    assert document is not None
    minutes = "minutes" in meeting.papers
    kind = "minutes" if minutes else "summons"
    return Markup('<section class="hj-meeting"><h2>{}: {}</h2><p class="hj-soft">{} · {}</p>{}{}</section>').format(
        day(meeting.day) if meeting.day else say("no day"),
        _called(meeting),
        _region(meeting) or document.title,
        to_words(say(f"paper {kind}"), meeting.evidence, document),
        "" if minutes else Markup("<p>{}</p>").format(say("only proposals")),
        Markup('<ol class="hj-cases">{}</ol>').format(
            Markup("").join(_case(case, kind, document, known) for case in cases)
        )
        if cases
        else Markup("<p>{}</p>").format(say("no cases")),
    )


def _case(case: Case, kind: str, document: Paper, known: list[Meeting]) -> Markup:
    types = ", ".join(name("type", one) for one in case.types)
    return Markup('<li><h3><span class="hj-number">{}</span> {}</h3>{}{}{}{}</li>').format(
        case.number,
        to_words(case.title or say("no title"), case.evidence, document),
        Markup('<p class="hj-soft">{}</p>').format(types) if types else "",
        _conclusions(case, document) or Markup('<p class="hj-unsaid">{}</p>').format(say(f"no conclusion {kind}")),
        _documents(case),
        _to_way(case, known),
    )


def _conclusions(case: Case, document: Paper) -> Markup:
    return Markup("").join(
        Markup("<div><p>{}</p><ul class='hj-quotes'>{}</ul></div>").format(
            _outcome(outcome),
            Markup("").join(_point(point, document) for point in case.conclusions if point.outcome == outcome),
        )
        for outcome in dict.fromkeys(point.outcome for point in case.conclusions)
    )


def _outcome(outcome: str) -> Markup:
    return Markup('<span class="hj-result"><span class="hj-sign" aria-hidden="true">{}</span> {}</span>').format(
        OUTCOMES.get(outcome, "?"), name("outcome", outcome)
    )


def _point(point: Conclusion, document: Paper) -> Markup:
    number = Markup('<span class="hj-number">{}.</span> ').format(point.number) if point.number else ""
    return Markup("<li>{}{}</li>").format(number, to_words(f"«{tidy(point.words)}»", point.evidence, document))


def _documents(case: Case) -> Markup:
    """The documents that a conclusion is about; a proposal has decided nothing yet."""
    told = [found for found in map(paper, case.documents) if found]
    return Markup("").join(
        Markup('<p>{} <a href="{}">{}</a>{}</p>').format(
            say("is about"),
            address("reader", dok=one.id),
            one.title,
            f" ({name('status', one.status)})" if one.status and name("status", one.status) not in one.title else "",
        )
        for one in told
    )


def _to_way(case: Case, known: list[Meeting]) -> Markup:
    steps = way(case.iri, known)
    if len(steps) < 2 and not _elsewhere(case, steps):
        return Markup("")
    return Markup('<p><a href="{}">{}</a></p>').format(here("cases", sak=case.iri), say("to way", number=case.number))


def _elsewhere(case: Case, steps: Iterable[Step]) -> list[Link]:
    """Cases that it comes of and whose papers are not here, or that it only refers to."""
    here_are = {step.case.iri for step in steps}
    return [link for link in case.links if link.earlier not in here_are]


def _way(steps: list[Step], asked: str) -> Markup:
    """The way of a case, one step to a meeting, up to the documents that the last conclusions are about."""
    if not steps:
        return sentence(say("no such case"))
    ends = dict.fromkeys(document for step in steps for document in step.case.documents)
    of = next(step.case for step in steps if step.case.iri == asked)
    return Markup(
        '<section class="hj-way" data-place="way" tabindex="-1"><h2>{}</h2><ol>{}{}</ol>'
        '<p class="hj-soft">{}</p><p><a href="{}">{}</a></p></section>'
    ).format(
        say("way title", number=of.number, title=of.title),
        Markup("").join(_step(step, steps, asked) for step in steps),
        Markup("").join(_end(document) for document in ends),
        say("way note"),
        here("cases", sak=""),
        say("way close"),
    )


def _step(step: Step, steps: list[Step], asked: str) -> Markup:
    document = paper(step.meeting.document)
    assert document is not None
    numbers = {one.case.iri: one.case.number for one in steps}
    comes = [
        _link(say("comes of", number=link.number), link, document)
        for link in step.case.links
        if link.earlier in numbers and link.relation == "leads_to"
    ] + [
        _link(
            say("unread case" if link.relation == "leads_to" else "refers to case", number=link.number), link, document
        )
        for link in _elsewhere(step.case, steps)
    ]
    return Markup("<li{}><p><strong>{}: {}, {}</strong></p>{}<p>{}</p>{}</li>").format(
        Markup(' aria-current="step"') if step.case.iri == asked else "",
        day(step.meeting.day) if step.meeting.day else say("no day"),
        _called(step.meeting),
        say("case", number=step.case.number),
        Markup("").join(comes),
        to_words(step.case.title or say("no title"), step.case.evidence, document),
        _conclusions(step.case, document)
        or Markup('<p class="hj-unsaid">{}</p>').format(
            say("no conclusion minutes" if "minutes" in step.meeting.papers else "no conclusion summons")
        ),
    )


def _link(words: str, link: Link, document: Paper) -> Markup:
    return Markup('<p class="hj-soft">{}: {}</p>').format(
        words, to_words(f"«{tidy(link.evidence.quote)}»", link.evidence, document)
    )


def _end(document: str) -> Markup:
    told = paper(document)
    if told is None:
        return Markup("")
    return Markup('<li><p><strong>{}</strong></p><p><a href="{}">{}</a></p><p class="hj-soft">{}</p></li>').format(
        say("the document"),
        address("reader", dok=told.id),
        told.title,
        ", ".join(part for part in (told.region, name("status", told.status), day(told.made_on)) if part),
    )


def _plan(planned: list[Meeting]) -> Markup:
    """The meetings that are only planned: no papers of them are here."""
    if not planned:
        return Markup("")
    lines = []
    for one in planned:
        document = paper(one.document)
        assert document is not None
        lines.append(
            Markup('<tr><th scope="row">{}</th><td data-column="{}">{}</td><td data-column="{}">{}</td></tr>').format(
                to_words(day(one.day) if one.day else say("no day"), one.evidence, document),
                say("body"),
                _called(one),
                say("region"),
                _region(one),
            )
        )
    return Markup(
        '<section class="hj-meeting"><h2>{}</h2><p>{}</p><div class="hj-scroll"><table class="hj-table"><thead>'
        "<tr>{}</tr></thead><tbody>{}</tbody></table></div></section>"
    ).format(
        say("plan"),
        say("plan note"),
        Markup("").join(Markup('<th scope="col">{}</th>').format(say(column)) for column in ("day", "body", "region")),
        Markup("").join(lines),
    )
