"""The matrix: what the law requires down, the agreements across, and the words behind the chosen cell."""

from datetime import date
from functools import partial

import streamlit as st
from markupsafe import Markup

from hjemmel.judgement import Judged
from hjemmel.pages import download, review
from hjemmel.pages.address import address, here, value
from hjemmel.pages.finding import shown, verdict
from hjemmel.pages.frame import scroll_to
from hjemmel.pages.law_day import confirmed_only, law_choice, law_day
from hjemmel.pages.part import part_of
from hjemmel.pages.quote import choices, requirement_label, result, sections, sentence, tidy
from hjemmel.pages.shelf import Paper, agreements, basis, judgement
from hjemmel.pages.words import SIGNS, day, language, name, say
from hjemmel.report.sheet import Sheet, comma_separated, workbook
from queries import Row

ALL, GUIDANCE = "alle", "veileder"
STRENGTHS = ("obligation", "recommendation", "permission")

MOST_STACKED = 6
"""Agreements that a telephone shows under each requirement; more are beside each other, to be scrolled to."""

Cells = dict[str, dict[str, Judged]]
"""What was found of each agreement, by its identifier and the requirement's notation."""


def show() -> None:
    """Draw the page for the group of requirements and the cell that the address names."""
    known = agreements()
    groups = _groups()
    chosen = value("gruppe") if value("gruppe") in groups else next(iter(groups), ALL)
    st.html(Markup('<h1>{}</h1><p class="hj-soft">{}</p>').format(say("matrix title"), say("matrix lead")))
    if not known:
        st.html(sentence(say("no agreements")))
        return
    columns = part_of(known)
    st.html(
        choices(
            [(label, here("matrix", gruppe=key, krav="", dok=""), key == chosen) for key, (label, _) in groups.items()],
            label=say("which requirements"),
        )
    )
    law_choice("matrix")
    with st.spinner(say("judging")):
        found: Cells = {
            column.id: {
                one.finding.requirement: one
                for one in judgement(column, law_day(), confirmed_only=confirmed_only()).findings
            }
            for column in columns
        }
    lines = [notation for notation in groups[chosen][1] if any(notation in of_one for of_one in found.values())]
    here_strengths = [one for one in STRENGTHS if any(_strength(notation) == one for notation in lines)]
    strength = value("styrke") if value("styrke") in here_strengths else ""
    if len(here_strengths) > 1:
        st.html(
            choices(
                [
                    (name("strength", one) or say("all strengths"), here("matrix", styrke=one), one == strength)
                    for one in ("", *here_strengths)
                ],
                label=say("strength"),
                shown=True,
            )
        )
    lines = [notation for notation in lines if strength in ("", _strength(notation))]
    st.html(Markup("{}{}").format(_table(lines, columns, found), _signs()))
    _files(lines, columns, found)
    document = next((column for column in columns if column.id == value("dok")), None)
    if document and value("krav") in found[document.id]:
        st.html(_cell(document, columns, found))
        if not value(review.ASKED):
            scroll_to(_cell_place(value("krav"), document.id))
        review.form(document)
    review.note()


def _groups() -> dict[str, tuple[str, list[str]]]:
    """Groups of requirements by where they stand in the law: key, what it is called, and notations in order.

    Paragraphs of a section are told apart where one of them is a list.
    """
    rows = {notation: found[0] for notation, found in basis().items()}
    lists = {row["section"] for row in rows.values() if row["number"]}
    groups: dict[str, tuple[str, list[str]]] = {}
    for notation, row in rows.items():
        key, label = _group(row, parted=row["section"] in lists)
        groups.setdefault(key, (label, []))[1].append(notation)
    ordered = sorted(groups.items(), key=lambda entry: (not _has_list(rows, entry[1][1]), entry[0] == GUIDANCE))
    return {**dict(ordered), ALL: (say("all requirements"), list(rows))}


def _has_list(rows: dict[str, Row], notations: list[str]) -> bool:
    return any(rows[notation]["number"] for notation in notations)


def _group(row: Row, *, parted: bool) -> tuple[str, str]:
    if row["kind"] == "guidanceadvice" or not row["section"]:
        return GUIDANCE, say("guidance only")
    ledd = f" {name('ledd', row['ledd'])}" if parted and row["ledd"] else ""
    key = f"{row['section']}-{row['ledd']}" if ledd else str(row["section"])
    return key, f"§ {row['section']}{ledd}"


def _table(lines: list[str], columns: list[Paper], found: Cells) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}{}<small>{}</small></th>').format(
            column.region or column.title,
            Markup("<small>{}</small>").format(column.title) if column.region and column.has_namesakes else "",
            ", ".join(filter(None, _about(column))),
        )
        for column in columns
    )
    body = Markup("").join(
        Markup("<tr>{}{}</tr>").format(
            Markup('<th scope="row">{}<small>{} · {}</small></th>').format(
                requirement_label(basis()[notation][0]),
                sections(notation),
                name("strength", basis()[notation][0]["obligation"]),
            ),
            Markup("").join(_square(notation, column, found[column.id].get(notation)) for column in columns),
        )
        for notation in lines
    )
    return Markup(
        '<div class="hj-scroll"><table class="hj-matrix{}"><thead><tr><th scope="col">{}</th>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(" hj-many" if len(columns) > MOST_STACKED else "", say("requirement"), head, body)


def _about(column: Paper) -> tuple[str, str, str]:
    """What a reader must know of an agreement beside its name."""
    return (
        name("status", column.status),
        say("is excerpt") if column.missing else "",
        day(column.made_on) if column.has_namesakes and column.made_on else "",
    )


def _square(notation: str, column: Paper, judged: Judged | None) -> Markup:
    if judged is None:
        return Markup('<td data-document="{}">–</td>').format(column.label)
    chosen = value("krav") == notation and value("dok") == column.id
    return Markup('<td data-document="{}"><a href="{}"{}>{}</a></td>').format(
        column.label,
        here("matrix", krav=notation, dok=column.id),
        Markup(' aria-current="true"') if chosen else "",
        _outcome(judged),
    )


def _signs() -> Markup:
    return Markup('<ul class="hj-signs" aria-label="{}">{}</ul>').format(
        say("signs"), Markup("").join(Markup("<li>{}</li>").format(result(code)) for code in SIGNS)
    )


def _cell_place(notation: str, document: str) -> str:
    return f"{notation} {document}"


def _cell(document: Paper, columns: list[Paper], found: Cells) -> Markup:
    """The words behind the chosen cell, and what the other agreements say to the same requirement."""
    notation = value("krav")
    others = [column for column in columns if column is not document and notation in found[column.id]]
    return Markup(
        '<section class="hj-cell" data-place="{}" tabindex="-1"><h2>{}: {}</h2>{}<h2>{}</h2>{}</section>'
        '<p><a href="{}">{}</a></p>'
    ).format(
        _cell_place(notation, document.id),
        document.label,
        requirement_label(basis()[notation][0]),
        verdict(found[document.id][notation], document, page="matrix"),
        say("in all"),
        Markup("").join(
            Markup('<details class="hj-fold"><summary>{} {}</summary>{}</details>').format(
                column.label,
                _outcome(found[column.id][notation]),
                verdict(found[column.id][notation], column, page=""),
            )
            for column in others
        ),
        address("findings", dok=document.id, lov=value("lov"), grunnlag=value("grunnlag")),
        say("to findings"),
    )


def _outcome(judged: Judged) -> Markup:
    """The result as sign and word, and beside it what people have come to."""
    drawn = result(shown(judged.finding))
    if judged.state == "candidate":
        return drawn
    return Markup('{} <span class="hj-reviewed-as">{}</span>').format(drawn, name("review", judged.state))


def _strength(notation: str) -> str:
    return str(basis()[notation][0]["obligation"])


def _files(lines: list[str], columns: list[Paper], found: Cells) -> None:
    """The matrix to take along: the table as it is seen, and the words behind each of its cells."""
    seen, words = _seen(lines, columns, found), _words(lines, columns, found)
    book = partial(workbook, [seen, words], title=say("matrix title"), language=language())
    download.files([("xlsx", book), ("csv", partial(comma_separated, words, language()))], name="kravmatrise")


def _seen(lines: list[str], columns: list[Paper], found: Cells) -> Sheet:
    heads = [(say("requirement"), 50), (say("legal basis"), 24), (say("strength"), 12)]
    return Sheet(
        say("matrix"),
        [*heads, *((column.label, 22) for column in columns)],
        [
            (
                requirement_label(basis()[notation][0]),
                sections(notation).striptags(),
                name("strength", _strength(notation)),
                *(
                    say(shown(found[column.id][notation].finding)) if notation in found[column.id] else "–"
                    for column in columns
                ),
            )
            for notation in lines
        ],
    )


def _words(lines: list[str], columns: list[Paper], found: Cells) -> Sheet:
    """A row for each quote, or one for a cell without any."""
    rows = []
    for notation in lines:
        for column in columns:
            judged = found[column.id].get(notation)
            if judged is None:
                continue
            finding = judged.finding
            told = (
                requirement_label(basis()[notation][0]),
                sections(notation).striptags(),
                name("strength", finding.strength),
                column.label,
                date.fromisoformat(column.made_on) if column.made_on else None,
                say(shown(finding)),
                finding.message.get(language(), ""),
            )
            rows += [
                (*told, *words, name("review", judged.state))
                for words in [(tidy(one.quote), one.place) for one in finding.evidence] or [("", "")]
            ]
    widths = (40, 22, 10, 24, 13, 18, 44, 80, 24, 20)
    heads = ("requirement", "legal basis", "strength", "agreement", "made on", "result")
    more = ("message", "quote", "place", "column review")
    return Sheet(say("quotes"), list(zip(map(say, (*heads, *more)), widths, strict=True)), rows)
