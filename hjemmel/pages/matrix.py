"""The matrix: what the law requires down, the agreements across, and the words behind the chosen cell."""

import streamlit as st
from markupsafe import Markup

from hjemmel.pages.address import address, here, value
from hjemmel.pages.finding import shown, verdict
from hjemmel.pages.frame import scroll_to
from hjemmel.pages.law_day import law_choice, law_day
from hjemmel.pages.quote import choices, requirement_label, result, sections, sentence
from hjemmel.pages.shelf import Paper, agreements, basis, findings
from hjemmel.pages.words import SIGNS, name, say
from queries import Row
from shapes import Finding

ALL, GUIDANCE = "alle", "veileder"


def show() -> None:
    """Draw the page for the group of requirements and the cell that the address names."""
    columns = agreements()
    groups = _groups()
    chosen = value("gruppe") if value("gruppe") in groups else next(iter(groups), ALL)
    st.html(Markup('<h1>{}</h1><p class="hj-soft">{}</p>').format(say("matrix title"), say("matrix lead")))
    if not columns:
        st.html(sentence(say("no agreements")))
        return
    st.html(
        Markup("{}{}").format(
            choices(
                [
                    (label, here("matrix", gruppe=key, krav="", dok=""), key == chosen)
                    for key, (label, _) in groups.items()
                ],
                label=say("which requirements"),
            ),
            law_choice("matrix"),
        )
    )
    found = {column.id: findings(column, law_day(column)) for column in columns}
    lines = [notation for notation in groups[chosen][1] if any(notation in of_one for of_one in found.values())]
    table, cell = _table(lines, columns, found), _cell(columns, found)
    st.html(Markup("{}{}").format(table, _signs()))
    if cell:
        st.html(cell)
        scroll_to(_cell_place(value("krav"), value("dok")))


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


def _table(lines: list[str], columns: list[Paper], found: dict[str, dict[str, Finding]]) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}<small>{}</small></th>').format(
            column.region or column.title, say("is excerpt") if column.missing else name("status", column.status)
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
        '<div class="hj-scroll"><table class="hj-matrix"><thead><tr><th scope="col">{}</th>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(say("requirement"), head, body)


def _square(notation: str, column: Paper, finding: Finding | None) -> Markup:
    if finding is None:
        return Markup('<td data-document="{}">–</td>').format(column.label)
    chosen = value("krav") == notation and value("dok") == column.id
    return Markup('<td data-document="{}"><a href="{}"{}>{}</a></td>').format(
        column.label,
        here("matrix", krav=notation, dok=column.id),
        Markup(' aria-current="true"') if chosen else "",
        result(shown(finding)),
    )


def _signs() -> Markup:
    return Markup('<ul class="hj-signs" aria-label="{}">{}</ul>').format(
        say("signs"), Markup("").join(Markup("<li>{}</li>").format(result(code)) for code in SIGNS)
    )


def _cell_place(notation: str, document: str) -> str:
    return f"{notation} {document}"


def _cell(columns: list[Paper], found: dict[str, dict[str, Finding]]) -> Markup:
    """The words behind the chosen cell, and what the other agreements say to the same requirement."""
    notation, document = value("krav"), value("dok")
    chosen = next((column for column in columns if column.id == document), None)
    if chosen is None or notation not in found[chosen.id]:
        return Markup("")
    others = [column for column in columns if column is not chosen and notation in found[column.id]]
    return Markup(
        '<section class="hj-cell" data-place="{}" tabindex="-1"><h2>{}: {}</h2>{}<h2>{}</h2>{}</section>'
    ).format(
        _cell_place(notation, document),
        chosen.label,
        requirement_label(basis()[notation][0]),
        verdict(found[chosen.id][notation], chosen),
        say("in all"),
        Markup("").join(
            Markup('<details class="hj-fold"><summary>{} {}</summary>{}</details>').format(
                column.label, result(shown(found[column.id][notation])), verdict(found[column.id][notation], column)
            )
            for column in others
        ),
    ) + Markup('<p><a href="{}">{}</a></p>').format(address("findings", dok=document), say("to findings"))
