"""Word files, for the tests of what is sent and of what is taken along."""

import io
from zipfile import ZipFile

import docx
from lxml import etree

WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_file(words: str) -> bytes:
    """A Word file with a paragraph for each line."""
    paper, held = docx.Document(), io.BytesIO()
    for line in words.splitlines():
        paper.add_paragraph(line)
    paper.save(held)
    return held.getvalue()


def footnotes(made: bytes) -> list[str]:
    """The words of each footnote that the text refers to, in its order."""
    with ZipFile(io.BytesIO(made)) as parts:
        text, notes = (etree.fromstring(parts.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
    told = {note.get(f"{WORDS}id"): " ".join("".join(note.itertext()).split()) for note in notes}
    return [told[mark.get(f"{WORDS}id")] for mark in text.iter(f"{WORDS}footnoteReference")]
