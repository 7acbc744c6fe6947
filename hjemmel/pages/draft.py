"""A draft checked: read from the browser, judged, shown in its own words, and forgotten. Nothing of it is stored."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup
from streamlit.runtime.scriptrunner import get_script_run_ctx

from hjemmel.judgement import Judgement, judged
from hjemmel.pages import download, findings, reader
from hjemmel.pages.address import here, value
from hjemmel.pages.quote import choices, sentence
from hjemmel.pages.reading import Reading, reading
from hjemmel.pages.shelf import Paper, store
from hjemmel.pages.words import counted, language, say
from hjemmel.report import Report, report
from hjemmel.subject import of_file
from ingest.privacy import masked
from ingest.readers.text import ReadError

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

LARGEST = 25
"""Megabytes that can be sent."""

KEPT = "draft"
TEXT = "tekst"
SENT = "draft_sent"
TYPES = ["pdf", "docx", "html", "htm", "txt"]
# What a sentence on an unreadable file has in common, and which of ours says it to people.
REASONS = (
    ("is empty", "draft empty"),
    ("no words", "draft empty"),
    ("nothing to read", "draft empty"),
    ("encrypted", "draft encrypted"),
    ("OCR", "draft scanned"),
    ("a picture", "draft scanned"),
    ("damaged", "draft damaged"),
    ("limit", "draft too much"),
    ("deep", "draft too much"),
)
Progress = Callable[[float, str], object]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a session keeps of a draft until it is forgotten: what was found, and the words that it was found in."""

    found: Judgement
    read: Reading
    reports: Mapping[str, Report]


def show() -> None:
    """Draw the page: a place to put the draft, or what was found in it."""
    st.html(Markup("<h1>{}</h1>").format(say("draft title")))
    kept = st.session_state.get(KEPT)
    if isinstance(kept, Draft):
        _checked(kept)
        return
    st.html(Markup("<p>{}</p>").format(say("draft lead")))
    number = st.session_state.get(SENT, 0)
    sent = st.file_uploader(say("draft file", most=LARGEST), type=TYPES, max_upload_size=LARGEST, key=f"draft {number}")
    if sent is not None:
        _take(sent, number)
    elif value("fra") or value("visning"):
        st.html(sentence(say("draft gone")))
    st.html(Markup('<p class="hj-soft">{}</p>').format(say("draft privacy")))


def draft(content: bytes, name: str, progress: Progress = lambda *_: None) -> Draft:
    """What is found in a file. It lies on the disk, under no name of its own, only while it is read."""
    digest = sha256(content).hexdigest()
    progress(0.1, say("draft reading"))
    with TemporaryDirectory(prefix="hjemmel-") as folder:
        path = Path(folder, digest)
        path.write_bytes(content)
        about = of_file(path, called=masked(PurePath(name).stem))
    progress(0.5, say("draft judging"))
    found = judged(about, as_of=None, library=store())
    progress(0.9, say("draft telling"))
    reports = {spoken: report(found, about.store, language=spoken, snapshot=None) for spoken in ("nb", "en")}
    paper = Paper(id="", iri=about.iri, title=reports["nb"].title, kind="agreement", page="draft")
    return Draft(found, reading(about.store, paper), reports)


def why(error: ReadError) -> str:
    """Why a file cannot be read, in one sentence."""
    told = str(error)
    return say(next((key for words, key in REASONS if words in told), "draft unknown"))


def _take(sent: "UploadedFile", number: int) -> None:
    """Check what was sent, and drop it from memory whatever comes of it."""
    bar = st.progress(0.0, say("draft reading"))
    try:
        st.session_state[KEPT] = draft(sent.getvalue(), sent.name, bar.progress)
    except ReadError as error:
        bar.empty()
        st.html(sentence(why(error)))
        return
    except (RecursionError, MemoryError):
        bar.empty()
        st.html(sentence(say("draft too much")))
        return
    finally:
        _drop()
    st.session_state[SENT] = number + 1
    for name in ("sted", "fra", "til", "visning"):
        st.query_params.pop(name, None)
    st.rerun()


def _drop() -> None:
    """Take the files of this session out of the server's memory."""
    context = get_script_run_ctx()
    if context:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def _forget() -> None:
    st.session_state.pop(KEPT, None)
    st.query_params.clear()
    gc.collect()  # what hangs together in a ring would stay in memory for a while


def _checked(kept: Draft) -> None:
    read = kept.read
    as_text = value("visning") == TEXT or bool(value("fra") or value("sted"))
    st.html(
        Markup("<h2 class='hj-draft'>{}</h2><p>{}</p><p class='hj-soft'>{}</p>").format(
            read.paper.title,
            findings.summary(kept.found),
            say("draft kept", words=counted(len(read.stored.split()), "one word", "many words")),
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        download.written(kept.reports[language()], name="kontroll")
        st.button(say("forget"), key="forget", on_click=_forget)
    st.html(
        choices(
            [
                (say("findings"), here("draft", visning="", fra="", til="", sted=""), not as_text),
                (say("draft text"), here("draft", visning=TEXT), as_text),
            ],
            label=say("draft view"),
        )
    )
    if as_text:
        reader.draw(read)
    else:
        findings.draw(kept.found, read.paper)
