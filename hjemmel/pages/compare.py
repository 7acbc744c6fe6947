"""Agreements side by side on one matter: what differs in substance first, then in wording, then what does not."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from markupsafe import Markup

from hjemmel.comparison import Comparison, Difference, NothingToCompareError, UnknownTopicError, topics
from hjemmel.pages import versions
from hjemmel.pages.address import absolute, address, here, keep, value
from hjemmel.pages.download import files
from hjemmel.pages.matter import Matter, called, matter
from hjemmel.pages.quote import choices, requirement_label, sections, sentence
from hjemmel.pages.shelf import Paper, agreements, basis, compared, paper
from hjemmel.pages.table import passages, table
from hjemmel.pages.words import counted, language, name, say
from hjemmel.render import as_json
from hjemmel.report.passages import word_file
from hjemmel.report.sheet import comma_separated, workbook

EVERYTHING, WORD_BY_WORD = "alt", "ord"


def show() -> None:
    """Draw the page for the matter and the agreements, or the two texts, that the address names."""
    words = value("visning") == WORD_BY_WORD
    st.html(
        Markup('<h1>{}</h1><p class="hj-soft">{}</p>{}').format(
            say("versions title") if words else say("compare title"),
            say("compare lead"),
            choices(
                [
                    (say("side by side"), address("compare"), not words),
                    (say("word by word"), address("compare", visning=WORD_BY_WORD), words),
                ],
                label=say("which comparison"),
            ),
        )
    )
    if len(agreements()) < 2:
        st.html(sentence(say("too few agreements")))
    elif words:
        versions.show()
    else:
        _side_by_side()


def _side_by_side() -> None:
    requirement = value("krav")
    topic = "" if requirement else value("tema") or next(iter(topics()))
    asked = [(name, paper(name)) for name in value("dok").split(",") if name]
    documents = [found for _, found in asked if found and found.is_agreement]
    _matter_choice(topic, requirement)
    unknown = [name for name, found in asked if found is None]
    if unknown:
        st.html(sentence(say("no such document", document=unknown[0])))
    try:
        with st.spinner(say("comparing")):
            found = compared(
                tuple(one.iri for one in documents),
                topic="" if topic == EVERYTHING else topic,
                requirement=requirement,
            )
    except (UnknownTopicError, NothingToCompareError):
        st.html(sentence(say("no such matter", matter=requirement or topic)))
        return
    columns = [known for one in found.agreements if (known := paper(one.iri))]
    _agreement_choice(columns)
    st.html(_told(found, columns))
    told, title = table(found, columns), say("compare title")
    link = absolute(here("compare"))
    files(
        [
            ("docx", partial(word_file, title, [say("compare lead")], passages(told), language(), address=link)),
            ("xlsx", partial(workbook, [told], title=title, language=language())),
            ("csv", partial(comma_separated, told, language())),
            ("json", lambda: as_json(found.as_json()).encode()),
        ],
        name="sammenligning",
    )


def _matter_choice(topic: str, requirement: str) -> None:
    links = [(name("topic", key), here("compare", tema=key, krav=""), key == topic) for key in topics()]
    links.append((say("everything"), here("compare", tema=EVERYTHING, krav=""), topic == EVERYTHING))
    st.html(choices(links, label=say("which matter")))
    st.session_state["compare_requirement"] = requirement if requirement in basis() else None
    st.selectbox(
        say("or requirement"),
        list(basis()),
        format_func=lambda notation: requirement_label(basis()[notation][0]),
        key="compare_requirement",
        placeholder=say("choose requirement"),
        on_change=_requirement_chosen,
    )


def _requirement_chosen() -> None:
    st.query_params.pop("tema", None)
    keep("krav", "compare_requirement")


def _agreement_choice(columns: Sequence[Paper]) -> None:
    names = {one.id: one.label for one in agreements()}
    st.session_state["compare_documents"] = [one.id for one in columns]
    st.multiselect(
        say("which agreements"),
        list(names),
        format_func=lambda one: names[one],
        key="compare_documents",
        on_change=_agreements_chosen,
    )


def _agreements_chosen() -> None:
    st.query_params["dok"] = ",".join(st.session_state["compare_documents"])


def _told(found: Comparison, columns: Sequence[Paper]) -> Markup:
    substance, wording = _by_subject(found.substance), _by_subject(found.wording)
    # What differs in substance is not told again as wording.
    wording = {subject: one for subject, one in wording.items() if subject not in substance}
    aspects = {one.subject: one for one in (*found.terms, *found.bodies)}
    lines = {one.requirement: one for one in found.requirements}
    told = {*substance, *wording}

    def drawn(subject: str, differences: Sequence[Difference] = ()) -> Markup:
        aspect, line = aspects.get(subject), lines.get(subject)
        heading = line.label if line else called(aspect.label if aspect else differences[0].label)
        one = Matter(
            heading=heading,
            differences=differences,
            sides=aspect.sides if aspect else (),
            cells={cell.document: cell for cell in line.cells} if line else None,
            note=Markup("{}: {}").format(say("legal basis"), sections(subject)) if line and sections(subject) else "",
        )
        return matter(one, columns)

    alike = [subject for subject in (*lines, *aspects) if subject not in told]
    parts = [
        _part("in substance", [drawn(*one) for one in substance.items()]),
        _part("in wording", [drawn(*one) for one in wording.items()]),
        _part("in nothing", [drawn(subject) for subject in alike], folded=bool(told) and len(alike) > 1),
    ]
    return Markup("").join(parts)


def _by_subject(differences: Sequence[Difference]) -> dict[str, list[Difference]]:
    found: dict[str, list[Difference]] = {}
    for one in differences:
        found.setdefault(one.subject, []).append(one)
    return found


def _part(key: str, drawn: Sequence[Markup], *, folded: bool = False) -> Markup:
    if not drawn:
        return Markup("<section><h2>{}</h2><p>{}</p></section>").format(say(key), say("none"))
    inside = Markup("").join(drawn)
    if folded:
        inside = Markup('<details class="hj-fold"><summary>{}</summary>{}</details>').format(
            say("show all", n=len(drawn)), inside
        )
    return Markup('<section><h2>{} <span class="hj-soft">{}</span></h2>{}</section>').format(
        say(key), counted(len(drawn), "one matter", "many matters"), inside
    )
