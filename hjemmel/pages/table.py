"""A comparison as a table to take along: a row for each quote, and one for each document that is silent."""

from collections.abc import Sequence
from datetime import date

from hjemmel.comparison import Comparison
from hjemmel.comparison.words import in_words
from hjemmel.pages.address import absolute
from hjemmel.pages.finding import shown
from hjemmel.pages.matter import called, gap, unsaid, words_address
from hjemmel.pages.quote import sections, tidy
from hjemmel.pages.shelf import Paper
from hjemmel.pages.words import language, listed, name, say
from hjemmel.report.passages import Passage
from hjemmel.report.sheet import Sheet

COLUMNS = {
    "matter": 36,
    "legal basis": 22,
    "difference": 22,
    "agreement": 34,
    "status": 12,
    "made on": 13,
    "read as": 26,
    "quote": 80,
    "place": 24,
    "link": 60,
}


def table(found: Comparison, columns: Sequence[Paper]) -> Sheet:
    """What each agreement says of each matter, those that differ in substance first."""
    lines = {one.requirement: one for one in found.requirements}
    aspects = {one.subject: one for one in (*found.terms, *found.bodies)}
    cells = {(line.requirement, one.document): one for line in found.requirements for one in line.cells}
    differing = (*found.substance, *found.wording)
    labels = {one.subject: called(one.label) for one in differing}
    labels |= {subject: called(one.label) for subject, one in aspects.items()}
    labels |= {notation: line.label for notation, line in lines.items()}
    weight = {one.subject: say("in substance" if one.in_substance else "in wording") for one in reversed(differing)}
    rows = []
    for subject in dict.fromkeys((*(one.subject for one in differing), *lines, *aspects)):
        told = [side for one in differing if one.subject == subject for side in one.sides]
        told += aspects[subject].sides if subject in aspects else ()
        for column in columns:
            sides = [side for side in told if side.document == column.iri]
            cell = cells.get((subject, column.iri))
            values = dict.fromkeys(in_words(value, language()) for side in sides for value in unsaid(side))
            words = list(dict.fromkeys(one for side in sides for one in side.words)) or list(cell.words if cell else ())
            head = (
                labels[subject],
                sections(subject).striptags(),
                weight.get(subject, say("in nothing")),
                column.region or column.title,
                name("status", column.status),
                date.fromisoformat(column.made_on) if column.made_on else None,
                say(shown(cell)) if cell else listed(list(values)),
            )
            rows += [(*head, tidy(one.quote), one.place, absolute(words_address(one, column))) for one in words] or [
                (*head, gap(column, cell), "", "")
            ]
    return Sheet(say("compare"), [(say(key), width) for key, width in COLUMNS.items()], rows)


def passages(found: Sheet) -> list[tuple[str, list[Passage]]]:
    """The rows of the table as passages for a paper, under headings by how they differ."""
    drawn: dict[str, list[Passage]] = {}
    for matter, basis, weight, agreement, status, _, read_as, words, place, link in found.rows:
        heading = f"{matter} ({basis})" if basis else str(matter)
        lead = ": ".join(str(part) for part in (f"{agreement} ({status})" if status else agreement, read_as) if part)
        drawn.setdefault(str(weight), []).append(
            Passage(heading, str(words), lead=lead, source=f"{agreement}, {place}", address=str(link))
            if place
            else Passage(heading, lead=lead, facts=[(str(words), "")])
        )
    return list(drawn.items())
