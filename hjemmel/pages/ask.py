"""The front page: a question in, the answer with its quotes out, and what was searched in vain."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from hjemmel.pages.address import address, here, keep, value
from hjemmel.pages.cell import cell
from hjemmel.pages.part import folded_by_region
from hjemmel.pages.quote import Quote, card, choices, place_address, sections, sentence, tidy
from hjemmel.pages.shelf import Paper, ask, ask_again, built, paper, papers, requirements, state
from hjemmel.pages.take_along import take_along
from hjemmel.pages.values import given, values
from hjemmel.pages.words import counted, day, language, listed, name, say
from queries import Answer, QueryError, Row

if TYPE_CHECKING:
    from queries.answer import Searched

FIRST = 25  # cards drawn at once
MOST = 200  # cards drawn when all are asked for; the files hold every row
NEAREST = 3  # candidates shown for a document without a hit
MOST_NAMED = 10  # documents named in one line
SURELY_WHOLE = 200  # characters; a longer candidate without a full stop has been cut
FIRST_GAPS = 10  # documents without a hit that are drawn unfolded
# What a card shows in its own way, and what is not for people.
PLACED = {
    "document",
    "region",
    "clause",
    "place",
    "quote",
    "start",
    "end",
    "iri",
    "requirement",
    "legal_basis",
    "language",
}


def show() -> None:
    """Draw the page for the question that the address holds."""
    asked = value("q")
    st.html(Markup("<h1>{}</h1>").format(say("ask title")))
    # The address is what counts: a link or a step back changes the box, too.
    st.session_state["question"] = asked
    box, button = st.columns([6, 1], vertical_alignment="bottom")
    box.text_input(
        say("question"),
        key="question",
        placeholder=say("placeholder"),
        on_change=_keep_question,
        max_chars=500,
        autocomplete="off",
    )
    button.button(say("do ask"), key="ask", type="primary", on_click=_keep_question, width="stretch")
    if asked:
        _answered(ask(asked))
    elif value("query"):
        _answered_again()
    else:
        examples = say("example questions").splitlines()
        st.html(
            Markup("<h2>{}</h2>{}").format(
                say("examples"),
                choices([(one, address("ask", q=one), False) for one in examples], label=say("examples")),
            )
        )
    st.html(_state())


def _keep_question() -> None:
    """A new question, and nothing of the one before."""
    spoken = value("lang")
    st.query_params.clear()
    if spoken:
        st.query_params["lang"] = spoken
    keep("q", "question")


def _answered_again() -> None:
    """The answer that a link or a changed value asks for."""
    try:
        answer = ask_again(value("query"), given())
    except QueryError:
        st.html(sentence(say("no such question")))
        return
    if value("snapshot") not in ("", state()):
        st.html(Markup('<p class="hj-soft">{}</p>').format(say("documents have changed")))
    _answered(answer)


def _answered(answer: Answer) -> None:
    if not answer.answered:
        st.html(
            Markup("{}{}").format(
                sentence(answer.headline),
                Markup("<h2>{}</h2>{}").format(say("suggestions"), _suggested(answer.suggestions))
                if answer.suggestions
                else "",
            )
        )
        return
    rows = answer.rows[: MOST if value("vis") == "alle" else FIRST]
    st.html(
        Markup('{}<p class="hj-headline" role="status">{}</p>{}').format(
            Markup('<p class="hj-printed">{}: {}</p>').format(say("question"), answer.question)
            if answer.question
            else "",
            answer.headline,
            _understood(answer),
        )
    )
    values(answer)
    drawn = Markup("{}{}{}{}").format(
        Markup("").join(card(_quote(row, answer)) for row in rows if row["quote"]),
        _plain([row for row in rows if not row["quote"]], answer),
        _more(len(rows), len(answer.rows)),
        _without_hits([one for one in answer.searched if one.result != "found"]),
    )
    if drawn:
        st.html(drawn)
    take_along(answer, [_quote(row, answer) for row in answer.rows])
    if answer.sparql:
        with st.expander(say("as sparql"), key="sparql"):
            st.code(answer.sparql, language="sparql")


def _suggested(suggestions: Sequence[str]) -> Markup:
    return choices([(one, address("ask", q=one), False) for one in suggestions], label=say("suggestions"))


def _understood(answer: Answer) -> Markup:
    """How the question was read: each value it was narrowed to, and what was searched."""
    told = [
        (name("column", parameter), listed([choice.label for choice in chosen]))
        for parameter, chosen in answer.parameters.items()
    ]
    if answer.searched:
        named = [_label(one) for one in answer.searched]
        many = counted(len(named), "one paper", "many papers")
        told.append((say("searched"), listed(named) if len(named) <= MOST_NAMED else many))
    lines = [Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(label, values) for label, values in told]
    spoken = "&lang=en" if language() == "en" else ""
    return Markup(
        '<dl class="hj-understood" aria-label="{}">{}</dl><p class="hj-soft"><a href="{}{}">{}</a></p>'
    ).format(say("understood"), Markup("").join(lines), answer.link, spoken, say("link to answer"))


def _more(shown: int, found: int) -> Markup:
    """The way to more rows; beyond what can be read on a page, where all of them are."""
    if shown == found:
        return Markup("")
    if shown < MOST:
        more = say("more", n=min(found, MOST) - shown)
        return Markup('<p><a href="{}">{}</a></p>').format(here("ask", vis="alle"), more)
    return Markup("<p>{}</p>").format(say("only the first", shown=shown, n=found))


def _quote(row: Row, answer: Answer) -> Quote:
    found = paper(str(row.get("document_iri") or row["iri"]))
    told = [] if found or not row["document"] else [str(row["document"])]
    return Quote(
        words=str(row["quote"] or ""),
        paper=found,
        place=str(row.get("place") or ""),
        clause=str(row["iri"] or ""),
        start=_at(row, "start"),
        end=_at(row, "end"),
        heading=", ".join(told),
        facts=_facts(row, answer),
    )


def _plain(rows: Sequence[Row], answer: Answer) -> Markup:
    """Rows without words to quote, such as what is missing: a list under each document."""
    by_paper: dict[tuple[str, str], list[Markup]] = {}
    for row in rows:
        quote = _quote(row, answer)
        told = [Markup("{}").format(value) for label, value in quote.facts if value]
        heading = (quote.paper.iri, quote.paper.label) if quote.paper else ("", quote.heading)
        by_paper.setdefault(heading, []).append(Markup("<li>{}</li>").format(Markup(" · ").join(told)))
    return Markup("").join(
        Markup('<section class="hj-card"><h2 class="hj-card-place">{}</h2><ul>{}</ul></section>').format(
            heading, Markup("").join(lines)
        )
        for (_, heading), lines in by_paper.items()
    )


def _facts(row: Row, answer: Answer) -> list[tuple[str, str | Markup]]:
    asked = [choice.value for choice in answer.parameters.get("requirement", ())]
    requirement = str(row.get("requirement_iri") or (asked[0] if len(asked) == 1 else ""))
    notation, stated = _requirement(requirement)
    told: list[tuple[str, str | Markup]] = []
    if row.get("requirement") and len(asked) != 1:
        told.append((say("requirement"), str(row["requirement"])))
    told.append((say("legal basis"), sections(notation) or str(row.get("legal_basis") or "")))
    if stated and not row.get("obligation"):
        told.append((say("strength"), name("strength", stated["obligation"])))
    for column, content in row.items():
        if column in PLACED or column.endswith("_iri") or content in (None, ""):
            continue
        told.append((name("column", column), cell(column, row)))
    return told


def _requirement(iri: str) -> tuple[str, Row | None]:
    found = requirements().get(iri)
    return (str(found["notation"]), found) if found else ("", None)


def _without_hits(gaps: "list[Searched]") -> Markup:
    if not gaps:
        return Markup("")
    drawn = [
        Markup('<div class="hj-gap"><p><strong>{}</strong> · {}</p><p>{}</p>{}</div>').format(
            _label(one), say(f"searched {one.result}"), one.reason, _nearest(one)
        )
        for one in gaps
    ]
    first, folded = Markup("").join(drawn[:FIRST_GAPS]), Markup("")
    if len(drawn) > FIRST_GAPS:
        folded = Markup('<details class="hj-fold"><summary>{}</summary>{}</details>').format(
            say("more", n=len(drawn) - FIRST_GAPS), Markup("").join(drawn[FIRST_GAPS:])
        )
    return Markup("<section><h2>{}</h2>{}{}</section>").format(say("without a hit"), first, folded)


def _nearest(one: "Searched") -> Markup:
    if not one.nearest:
        return Markup("")
    found = paper(one.document_iri)
    lines = []
    for row in one.nearest[:NEAREST]:
        quote = Quote(
            words=str(row["quote"]),
            paper=found,
            place=str(row.get("place") or ""),
            clause=str(row["iri"]),
            start=_at(row, "start"),
            end=_at(row, "end"),
        )
        lines.append(
            Markup('<li>«{}» <a href="{}">{}</a></li>').format(_begun(quote.words), place_address(quote), quote.place)
        )
    return Markup("<p>{}</p><ul>{}</ul>").format(say("nearest"), Markup("").join(lines))


def _begun(words: str) -> str:
    """A candidate on one line; of a long clause only the beginning is given, which must be seen."""
    told = tidy(words)
    return f"{told} …" if len(told) > SURELY_WHOLE and told[-1].isalnum() else told


def _label(one: "Searched") -> str:
    found = paper(one.document_iri)
    return found.label if found else one.document


def _state() -> Markup:
    """The documents in one line: what is here, of when, and whether something is missing; each of them on a click."""
    known = papers()
    kinds = Counter(one.kind for one in known)
    excerpts = sum(bool(one.missing) for one in known)
    line = say(
        "in store",
        papers=counted(len(known), "one paper", "many papers"),
        day=day(built()),
        kinds=listed([counted(number, f"one {kind}", f"many {kind}") for kind, number in kinds.items()]),
    )
    return Markup('<details class="hj-fold hj-soft"><summary>{}{}</summary>{}</details>').format(
        line,
        f" {counted(excerpts, 'one excerpt', 'many excerpts')}" if excerpts else "",
        folded_by_region(known, _paper_list),
    )


def _paper_list(known: Sequence[Paper]) -> Markup:
    return Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(_paper_line(one)) for one in known)
    )


def _paper_line(one: Paper) -> Markup:
    told = [name("kind", one.kind), name("status", one.status), day(one.made_on)]
    return Markup('<a href="{}">{}</a> ({}){}').format(
        address("reader", dok=one.id),
        one.title,
        ", ".join(part for part in told if part),
        f". {say('not here', what=one.missing)}" if one.missing else "",
    )


def _at(row: Row, key: str) -> int | None:
    found = row.get(key)
    return found if isinstance(found, int) else None
