"""Passages of documents as a Word file: each quote under its heading, and where it stands as a footnote."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from hjemmel.report import legible
from hjemmel.report.docx import grey, lay_out
from hjemmel.report.footnotes import Footnotes, link

if TYPE_CHECKING:
    from docx.document import Document as Paper

    from hjemmel.comparison import Run


@dataclass(frozen=True, slots=True)
class Passage:
    """Words and where they stand: `source` says it, and `address` leads there; `facts` are label and value.

    `lead` is who says it; `runs` is a text with what was taken out and put in, in place of words that are quoted.
    """

    heading: str
    words: str = ""
    facts: Sequence[tuple[str, str]] = ()
    lead: str = ""
    source: str = ""
    address: str = ""
    runs: "Sequence[Run]" = ()


def word_file(
    title: str,
    sentences: Iterable[str],
    sections: Iterable[tuple[str, Sequence[Passage]]],
    language: str,
    *,
    address: str = "",
) -> bytes:
    """A Word file with a title, some sentences, the address of what it shows, and passages under headings."""
    import docx

    paper = docx.Document()
    lay_out(paper, title, language)
    notes = Footnotes(paper)
    paper.add_paragraph(legible(title), style="Title")
    for sentence in sentences:
        paper.add_paragraph(legible(sentence))
    if address:
        link(paper.add_paragraph(), address)
    for heading, passages in sections:
        if passages:
            paper.add_heading(legible(heading), 1)
        for called, together in groupby(passages, key=lambda one: one.heading):
            paper.add_heading(legible(called), 2)
            for lead, said in groupby(together, key=lambda one: one.lead):
                if lead:
                    line = paper.add_paragraph()
                    line.add_run(legible(lead)).bold = True
                    line.paragraph_format.keep_with_next = True
                for passage in said:
                    _add(paper, notes, passage)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def _add(paper: "Paper", notes: Footnotes, passage: Passage) -> None:
    told = " · ".join(f"{label}: {value}" if value else label for label, value in passage.facts)
    quote = None
    if passage.runs:
        quote = paper.add_paragraph()
        for run in passage.runs:
            drawn = quote.add_run(legible(" ".join(run.text.split()) + " "))
            # Struck through and underlined, so that no colour is needed to tell them apart.
            drawn.font.strike, drawn.font.underline = run.kind == "removed", run.kind == "added"
    elif passage.words:
        quote = paper.add_paragraph(legible(f"«{' '.join(passage.words.split())}»"), style="Quote")
    if quote is not None and passage.source:
        notes.add(quote, passage.source, passage.address)
    if told:
        if quote is not None:
            quote.paragraph_format.keep_with_next = True
        grey(paper.add_paragraph(), told)
