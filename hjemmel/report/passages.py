"""Passages of documents as a Word file: each quote under where it stands, with what is said of it."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hjemmel.report import legible
from hjemmel.report.docx import grey, lay_out


@dataclass(frozen=True, slots=True)
class Passage:
    """Words and where they stand; `facts` are what is said of them, label and value."""

    heading: str
    words: str
    facts: Sequence[tuple[str, str]] = ()


def word_file(
    title: str, lead: Iterable[str], sections: Iterable[tuple[str, Sequence[Passage]]], language: str
) -> bytes:
    """A Word file with a title, some sentences, and passages under headings."""
    import docx

    paper = docx.Document()
    lay_out(paper, title, language)
    paper.add_paragraph(legible(title), style="Title")
    for sentence in lead:
        paper.add_paragraph(legible(sentence))
    for heading, passages in sections:
        if passages:
            paper.add_heading(legible(heading), 1)
        for passage in passages:
            paper.add_heading(legible(passage.heading), 2)
            if passage.words:
                quote = paper.add_paragraph(legible(f"«{' '.join(passage.words.split())}»"), style="Quote")
                quote.paragraph_format.keep_with_next = True
            grey(paper.add_paragraph(), " · ".join(f"{label}: {value}" for label, value in passage.facts if value))
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()
