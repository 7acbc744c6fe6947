"""What is shown, as files to take along."""

from collections.abc import Callable, Iterable
from functools import cache, partial

import streamlit as st

from hjemmel.judgement import Judgement
from hjemmel.pages.words import language, say
from hjemmel.report import Report
from hjemmel.report import report as told
from hjemmel.report.formats import content
from hjemmel.store import Store, opened_name

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    "docx": ("Word", WORD),
    "xlsx": ("Excel", EXCEL),
    "csv": ("CSV", "text/csv"),
    "html": ("HTML", "text/html"),
    "ttl": ("Turtle", "text/turtle"),
    "jsonld": ("JSON-LD", "application/ld+json"),
    "json": ("JSON", "application/json"),
}

REPORTS = ("docx", "xlsx", "html", "ttl")

Content = Callable[[], bytes]


def files(offered: Iterable[tuple[str, Content]], *, name: str) -> None:
    """A button for each format; its file is made when it is asked for."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"files {name}"):
        st.html(f'<p class="hj-soft hj-take">{say("take along")}</p>', width="content")
        for form, made in offered:
            called, media_type = TYPES[form]
            st.download_button(
                called,
                made,
                file_name=f"{name}.{form}",
                mime=media_type,
                key=f"download {name} {form}",
                on_click="ignore",
            )


def report(found: Judgement, store: Store, *, name: str) -> None:
    """The report of a judgement on a document of the store, in every format."""
    data = opened_name()
    spoken = language()

    @cache
    def made() -> Report:
        return told(found, store, language=spoken, snapshot=data)

    def form(named: str) -> bytes:
        return content(made(), named)

    files(((named, partial(form, named)) for named in REPORTS), name=name)


def written(made: Report, *, name: str) -> None:
    """A report that is made, in every format."""
    files(((named, partial(content, made, named)) for named in REPORTS), name=name)
