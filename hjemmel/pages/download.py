"""What is shown, as files to take along."""

from collections.abc import Callable, Iterable

import streamlit as st

from hjemmel import snapshot as snapshots
from hjemmel.comparison import Comparison, Diff
from hjemmel.judgement import Judgement
from hjemmel.pages.words import language, say
from hjemmel.render import as_json
from hjemmel.report import report as made_report
from hjemmel.report.formats import content
from hjemmel.store import Store

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


def report(found: Judgement, store: Store, *, name: str, snapshot: bool) -> None:
    """The report of a judgement in every format; `snapshot` tells whether its document is in the store."""
    spoken = language()

    def made(form: str) -> Content:
        def written() -> bytes:
            path = snapshots.current(snapshots.home()) if snapshot else None
            told = made_report(found, store, language=spoken, snapshot=path.name if path else None)
            return content(told, form)

        return written

    files(((form, made(form)) for form in ("docx", "xlsx", "html", "ttl")), name=name)


def downloads(found: Comparison | Diff) -> None:
    """What was compared, to take along."""
    files([("json", lambda: as_json(found.as_json()).encode())], name="hjemmel")
