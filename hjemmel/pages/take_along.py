"""An answer to take along: as tables, as a paper with its quotes, and as statements of the graph."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from markupsafe import Markup

from hjemmel.export.shown import statements
from hjemmel.pages import download
from hjemmel.pages.address import absolute
from hjemmel.pages.cell import DAY, cell
from hjemmel.pages.quote import Quote, place_address
from hjemmel.pages.shelf import store
from hjemmel.pages.words import language, name, say
from hjemmel.report.passages import Passage, word_file
from hjemmel.report.sheet import Sheet, comma_separated, workbook
from queries import Answer, Row

HIDDEN = ("iri", "start", "end", "language", "quote", "document", "place", "region")
"""What the columns of an answer hold beside what is told in a column of its own."""

WIDE, NARROW = 60, 24


def take_along(answer: Answer, quotes: Sequence[Quote]) -> None:
    """Draw the ways to take an answer along; `quotes` are its rows as they are shown."""
    if not answer.rows and not answer.searched:
        return
    spoken, title = language(), answer.question or str(answer.title)
    rows = _rows(answer, quotes)
    things = [str(value) for row in answer.rows for key, value in row.items() if key.endswith("iri") and value]
    searched = Sheet(
        say("searched"),
        [(say("document"), 60), (say("region"), 36), (say("result"), 24), (say("message"), 70)],
        [(one.document, one.region, say(f"searched {one.result}"), one.reason) for one in answer.searched],
    )
    gaps = [
        Passage(one.document, facts=[(say(f"searched {one.result}"), one.reason)])
        for one in answer.searched
        if one.result != "found"
    ]
    passages = [
        Passage(
            one.paper.label if one.paper else one.heading,
            one.words,
            [(label, _plain(value)) for label, value in one.facts if value],
            source=", ".join(filter(None, (one.paper.title if one.paper else "", one.heading, one.place))),
            address=absolute(place_address(one)) if one.paper else "",
        )
        for one in quotes
    ]
    spoken_link = f"{answer.link}&lang=en" if spoken == "en" else str(answer.link)
    paper = partial(
        word_file,
        title,
        [answer.headline, say("made with")],
        [(say("found"), passages), (say("without a hit"), gaps)],
        spoken,
        address=absolute(spoken_link),
    )
    download.files(
        [
            ("xlsx", partial(workbook, [rows, searched], title=title, language=spoken)),
            ("docx", paper),
            ("csv", partial(comma_separated, rows, spoken)),
            ("ttl", partial(statements, store(), things, "ttl")),
            ("jsonld", partial(statements, store(), things, "jsonld")),
        ],
        name="svar",
    )


def _rows(answer: Answer, quotes: Sequence[Quote]) -> Sheet:
    columns = [
        column
        for column in (answer.rows[0] if answer.rows else ())
        if column not in HIDDEN and not column.endswith("_iri")
    ]
    heads = [
        say("document"),
        say("region"),
        say("place"),
        *(name("column", column) for column in columns),
        say("quote"),
        say("link"),
    ]
    return Sheet(
        say("found"),
        list(zip(heads, [40, 30, NARROW, *(NARROW for _ in columns), WIDE, WIDE], strict=True)),
        [
            (
                quote.paper.title if quote.paper else row["document"],
                row["region"],
                quote.place,
                *(_value(row, column) for column in columns),
                " ".join(quote.words.split()),
                absolute(place_address(quote)) if quote.paper else "",
            )
            for row, quote in zip(answer.rows, quotes, strict=True)
        ],
    )


def _value(row: Row, column: str) -> object:
    """A value as a spreadsheet can reckon with it: a date as a date, a number as a number, else in words."""
    found = row[column]
    if not isinstance(found, str):
        return found
    return date.fromisoformat(found) if DAY.fullmatch(found) else cell(column, row)


def _plain(told: str | Markup) -> str:
    return told.striptags() if isinstance(told, Markup) else told
