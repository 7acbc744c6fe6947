"""Cases and decisions: the meetings by date, the way of a case from meeting to meeting, and the meetings planned."""

from collections.abc import Mapping
from itertools import groupby

import streamlit as st
from markupsafe import Markup

from hjemmel.outcome import Outcome
from hjemmel.pages.address import address, here, keep, value
from hjemmel.pages.frame import scroll_to
from hjemmel.pages.part import part_of
from hjemmel.pages.quote import sentence, tidy, to_words
from hjemmel.pages.shelf import Paper, agreements, meetings, paper, papers
from hjemmel.pages.words import counted, day, listed, name, norwegian_order, say
from hjemmel.proceedings import Case, Conclusion, Link, Meeting, Step, way

SIGNS: Mapping[Outcome, str] = {
    "proposed": "○",
    "postponed": "–",
    "approved": "✓",
    "resolved": "✓",
    **dict.fromkeys(("noted", "acknowledged", "concluded"), "·"),
}
PRESENCE = ("present", "absent", "observer", "guest", "secretariat")


def show() -> None:
    """Draw the page for the committee, the words and the case that the address names."""
    every = meetings()
    st.html(Markup("<h1>{}</h1>{}").format(say("cases title"), _unread(every)))
    if not every:
        return
    telling = {one.document for one in every}
    taken = {one.iri for one in part_of([one for one in papers() if one.iri in telling])}
    known = [one for one in every if one.document in taken]
    _filters(known)
    body, words = value("organ"), value("emne").casefold().split()
    of_body = [one for one in known if body in ("", _body_key(one))]
    if value("sak"):
        asked = next((case for one in known for case in one.cases if _key(case) == value("sak")), None)
        st.html(_way(asked, way(asked.iri, known)) if asked else sentence(say("no such case")))
        scroll_to(f"way {value('sak')}")
    held = [(one, _about(one, words)) for one in reversed(of_body) if not one.is_plan]
    drawn = [_meeting(one, cases, known) for one, cases in held if cases or not words]
    st.html(
        Markup("{}{}{}").format(
            _counted(sum(len(cases) for _, cases in held), len(drawn)) if drawn else sentence(say("no such cases")),
            Markup("").join(drawn),
            _plan([one for one in of_body if one.is_plan]),
        )
    )


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


def _key(case: Case) -> str:
    """What an address calls a case."""
    return case.iri.partition("/doc/")[2]


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


def _counted(cases: int, held: int) -> Markup:
    return Markup('<p role="status">{}</p>').format(
        say(
            "found cases",
            cases=counted(cases, "one case", "many cases"),
            held=counted(held, "one meeting", "many meetings"),
        )
    )


def _meeting(meeting: Meeting, cases: list[Case], known: list[Meeting]) -> Markup:
    document = paper(meeting.document)
    assert document is not None
    kind = _kind(meeting)
    return Markup('<section class="hj-meeting"><h2>{}: {}</h2><p class="hj-soft">{} · {}</p>{}{}{}</section>').format(
        day(meeting.day) if meeting.day else say("no day"),
        _called(meeting),
        _region(meeting) or document.title,
        to_words(say(f"paper {kind}"), meeting.evidence, document),
        _attendance(meeting, document),
        _only_proposals(kind),
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
        _concluded(case, kind, document),
        _documents(case),
        _to_way(case, known),
    )


def _attendance(meeting: Meeting, document: Paper) -> Markup:
    """Who was there, as organisations and roles with how many came for each; never a person."""
    if not meeting.attendance:
        return Markup("")
    lines = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(name("presence", presence), Markup(", ").join(those))
        for presence in PRESENCE
        if (
            those := [
                Markup("{}{}").format(
                    to_words(one.name, one.evidence, document), f" ({one.count})" if one.count > 1 else ""
                )
                for one in meeting.attendance
                if one.presence == presence
            ]
        )
    )
    return Markup(
        '<details class="hj-fold"><summary>{}</summary><p class="hj-soft">{}</p>'
        '<dl class="hj-attendance">{}</dl></details>'
    ).format(say("attendance"), say("attendance note"), lines)


def _kind(meeting: Meeting) -> str:
    """The papers that tell most of a meeting: what it came to stands in the minutes only."""
    return "minutes" if "minutes" in meeting.papers else "summons"


def _only_proposals(kind: str) -> Markup:
    return Markup("") if kind == "minutes" else Markup("<p>{}</p>").format(say("only proposals"))


def _concluded(case: Case, kind: str, document: Paper) -> Markup:
    """The conclusions of a case by outcome in their order, or that the papers tell of none."""
    if not case.conclusions:
        return Markup('<p class="hj-unsaid">{}</p>').format(say(f"unconcluded {kind}"))
    by_outcome = [
        (outcome, [_point(point, document) for point in points])
        for outcome, points in groupby(case.conclusions, key=lambda point: point.outcome)
    ]
    return Markup("").join(
        Markup('<p class="hj-one">{} {}</p>').format(_outcome(outcome), points[0])
        if len(points) == 1
        else Markup('<p>{}</p><ul class="hj-quotes">{}</ul>').format(
            _outcome(outcome), Markup("").join(Markup("<li>{}</li>").format(point) for point in points)
        )
        for outcome, points in by_outcome
    )


def _outcome(outcome: Outcome) -> Markup:
    return Markup('<span class="hj-result"><span class="hj-sign" aria-hidden="true">{}</span> {}</span>').format(
        SIGNS[outcome], name("outcome", outcome)
    )


def _point(point: Conclusion, document: Paper) -> Markup:
    number = Markup('<span class="hj-number">{}.</span> ').format(point.number) if point.number else ""
    return Markup("{}{}").format(number, to_words(f"«{tidy(point.words)}»", point.evidence, document))


def _documents(case: Case) -> Markup:
    """The documents that a conclusion is about: a proposal about one has decided nothing yet."""
    told = [found for found in map(paper, case.documents) if found]
    return Markup("").join(Markup("<p>{} {}</p>").format(say("is about"), _linked(one)) for one in told)


def _to_way(case: Case, known: list[Meeting]) -> Markup:
    if not case.links and len(way(case.iri, known)) < 2:
        return Markup("")
    return Markup('<p><a href="{}">{}</a></p>').format(here("cases", sak=_key(case)), say("to way", number=case.number))


def _way(asked: Case, steps: list[Step]) -> Markup:
    """The way of a case, one step to a meeting, up to the documents that the last conclusions are about."""
    ends = dict.fromkeys(document for step in steps for document in step.case.documents)
    return Markup(
        '<section class="hj-way" data-place="{}" tabindex="-1"><h2>{}</h2><ol>{}{}</ol>'
        '<p class="hj-soft">{}</p><p><a href="{}">{}</a></p></section>'
    ).format(
        f"way {_key(asked)}",
        say("way title", number=asked.number, title=asked.title),
        Markup("").join(_step(step, steps, asked) for step in steps),
        Markup("").join(_end(document) for document in ends),
        say("way note"),
        here("cases", sak=""),
        say("way close"),
    )


def _step(step: Step, steps: list[Step], asked: Case) -> Markup:
    document = paper(step.meeting.document)
    assert document is not None
    kind = _kind(step.meeting)
    on_the_way = {one.case.iri for one in steps}
    return Markup("<li{}><h3>{}: {}, {}</h3><p>{}</p>{}{}{}</li>").format(
        Markup(' aria-current="step"') if step.case == asked else "",
        day(step.meeting.day) if step.meeting.day else say("no day"),
        _called(step.meeting),
        say("case", number=step.case.number),
        to_words(step.case.title or say("no title"), step.case.evidence, document),
        Markup("").join(_link(link, document, read=link.other in on_the_way) for link in step.case.links),
        _only_proposals(kind),
        _concluded(step.case, kind, document),
    )


def _link(link: Link, document: Paper, *, read: bool) -> Markup:
    """The tie to another case; one that it comes of may be known by its number alone."""
    if link.relation == "leads_to":
        words = say("comes of" if read else "unread case", number=link.number)
    else:
        words = say("refers to case", number=link.number)
    return Markup('<p class="hj-soft">{}: {}</p>').format(
        words, to_words(f"«{tidy(link.evidence.quote)}»", link.evidence, document)
    )


def _end(document: str) -> Markup:
    """The document that a conclusion is about, and other versions of it."""
    told = paper(document)
    if told is None:
        return Markup("")
    others = [one for one in agreements() if told.is_agreement and one.region == told.region and one != told]
    return Markup("<li><h3>{}</h3><p>{}</p>{}</li>").format(
        say("the document"),
        _linked(told),
        Markup("").join(
            Markup('<p class="hj-soft">{} {}</p>').format(say("other version"), _linked(one)) for one in others
        ),
    )


def _linked(one: Paper) -> Markup:
    status = name("status", one.status)
    told = [part for part in (status if f"({status})" not in one.title else "", day(one.made_on)) if part]
    return Markup('<a href="{}">{}</a>{}').format(
        address("reader", dok=one.id), one.title, f" ({', '.join(told)})" if told else ""
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
