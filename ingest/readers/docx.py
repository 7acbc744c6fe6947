"""A Word document as its readers see it: headings, lists with their numbers, tables, footnotes below their marks."""

import io
from collections.abc import Iterator
from itertools import count
from zipfile import ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from ingest.readers.layout import Layout, plain
from ingest.readers.numbering import Numbering, Style, styles, value, w
from ingest.readers.text import ReadError
from ingest.source import Source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_PARTS = 5000
LARGEST_PART = 100_000_000
LARGEST = 400_000_000
# No text is packed so tightly; zeros are.
DENSEST = 200
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff", ".bmp", ".svg")

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = {w("del"), w("moveFrom"), w("instrText"), w("delText"), w("pPr"), w("rPr"), w("sdtPr"), FALLBACK}
"""What a reader of the printed page does not see: deletions, field codes, properties, a second drawing of a box."""


def read(content: bytes) -> Source:
    """The stored text of a Word document, and what it says of each paragraph."""
    _check(content)
    return _Reader(docx.Document(io.BytesIO(content))).source()


def _check(content: bytes) -> None:
    """Refuse an archive that unpacks to more than any document holds, before anything is unpacked."""
    with ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise ReadError(f"this Word file has {len(parts)} parts, the limit is {MOST_PARTS}; it is not a document.")
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError("this Word file is encrypted; save a copy without a password.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST or any(_is_bomb(part) for part in parts):
        raise ReadError(
            f"this Word file unpacks to {unpacked // 1_000_000} MB, far beyond the limit for a document; "
            "save its text as a new file."
        )


def _is_bomb(part: ZipInfo) -> bool:
    if part.filename.casefold().endswith(PICTURES):
        return False
    dense = part.file_size > 1_000_000 and part.file_size > DENSEST * max(part.compress_size, 1)
    return dense or part.file_size > LARGEST_PART


class _Reader:
    """A document on its way into the stored text."""

    def __init__(self, document: Document) -> None:
        self.body = document.element.body
        self.styles: dict[str, Style] = styles(document.styles.element)
        self.numbering = Numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING), self.styles)
        self.notes = {
            kind: {value(note, "id"): note for note in part.iterchildren(w(kind))}
            for kind, relation in (("footnote", RELATIONSHIP_TYPE.FOOTNOTES), ("endnote", RELATIONSHIP_TYPE.ENDNOTES))
            if (part := _part(document, relation)) is not None
        }
        self.marks = count(1)
        """Footnotes whose mark has been read, and whose paragraph is not yet written."""
        self.page = Layout()

    def source(self) -> Source:
        """The whole document."""
        self._blocks(self.body)
        return self.page.source(MEDIA_TYPE)

    def _blocks(self, parent: etree._Element) -> None:
        for element in _unwrapped(parent):
            if element.tag == w("tbl"):
                self._table(element)
            else:
                self._paragraph(element)

    def _paragraph(self, paragraph: etree._Element) -> None:
        style = self.styles.get(value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"), "val") or "", Style())
        if style.contents:
            return
        label = self.numbering.label(paragraph, style)
        words = self._words(paragraph)
        level = _outline_level(paragraph, style)
        if plain(words):
            if level is not None:
                self.page.add(f"{label.text} {words}" if label else words, "heading", level)
            elif label and label.text:
                self.page.add(f"{label.text} {words}", "item", label.depth)
            else:
                self.page.add(words)
        for box in paragraph.iter(w("txbxContent")):
            if not any(above.tag == FALLBACK for above in box.iterancestors()):
                self._blocks(box)
        self.page.add_notes()

    def _table(self, table: etree._Element) -> None:
        for row in _unwrapped(table, w("tr")):
            cells = list(_unwrapped(row, w("tc")))
            blocks = [[block for block in _unwrapped(cell) if _has_words(block)] for cell in cells]
            filled = [found for found in blocks if found]
            if len(filled) < 2 or any(len(found) > 1 or self._stands_alone(found[0]) for found in filled):
                # A table that only sets out the page, or a box: its text is read as any other.
                for cell in cells:
                    self._blocks(cell)
            else:
                self.page.add_row(self._words(found[0]) if found else "" for found in blocks)
                self.page.add_notes()

    def _stands_alone(self, block: etree._Element) -> bool:
        """Whether a block in a cell is more than words: a table, a heading, an item of a list."""
        if block.tag == w("tbl"):
            return True
        style = self.styles.get(value(block.find(f"{w('pPr')}/{w('pStyle')}"), "val") or "", Style())
        return _outline_level(block, style) is not None or self.numbering.counts(block, style)

    def _words(self, paragraph: etree._Element) -> str:
        parts: list[str] = []
        for element in _visible(paragraph):
            match etree.QName(element).localname:
                case "t":
                    parts.append(element.text or "")
                case "tab" | "ptab":
                    parts.append("\t")
                case "br" | "cr":
                    parts.append("\n")
                case "noBreakHyphen":
                    parts.append("-")
                case "sym":
                    parts.append(chr(int(value(element, "char") or "20", 16)))
                case "footnoteReference" | "endnoteReference" as kind:
                    parts.append(self._mark(kind.removesuffix("Reference"), element))
                case _:
                    pass
        return "".join(parts)

    def _mark(self, kind: str, reference: etree._Element) -> str:
        note = self.notes.get(kind, {}).get(value(reference, "id"))
        if note is None:
            return ""
        mark = str(next(self.marks))
        self.page.wait(mark, " ".join(self._words(one) for one in note.iter(w("p"))))
        return f"[{mark}]"


def _part(document: Document, relation: str) -> etree._Element | None:
    try:
        part = document.part.part_related_by(relation)
    except KeyError:
        return None
    if (element := getattr(part, "element", None)) is not None:
        return element
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(part.blob, parser)


def _unwrapped(parent: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The blocks (or these elements) right below, through content controls, insertions and the like."""
    wanted = tags or (w("p"), w("tbl"))
    for element in parent.iterchildren(etree.Element):
        if element.tag in wanted:
            yield element
        elif (
            not _is_contents(element)
            and element.tag not in LEFT_OUT
            and element.tag not in (w("tblPr"), w("trPr"), w("tcPr"), w("sectPr"))
        ):
            yield from _unwrapped(element, *wanted)


def _visible(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Every element of a paragraph that prints something, in order; boxes beside the text come later."""
    stack = [iter(paragraph.iterchildren(etree.Element))]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in LEFT_OUT or element.tag == w("txbxContent") or _is_hidden(element):
            continue
        else:
            yield element
            stack.append(iter(element.iterchildren(etree.Element)))


def _is_hidden(element: etree._Element) -> bool:
    hidden = element.find(f"{w('rPr')}/{w('vanish')}") if element.tag == w("r") else None
    return hidden is not None and value(hidden, "val") not in ("0", "false")


def _is_contents(control: etree._Element) -> bool:
    gallery = control.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return value(gallery, "val") == "Table of Contents"


def _has_words(block: etree._Element) -> bool:
    return any((text.text or "").strip() for text in block.iter(w("t")))


def _outline_level(paragraph: etree._Element, style: Style) -> int | None:
    """The level of a heading, 0 for the title of the document; None for ordinary text."""
    direct = value(paragraph.find(f"{w('pPr')}/{w('outlineLvl')}"), "val")
    if direct is not None and direct.isdigit():
        return int(direct) + 1 if int(direct) < 9 else None
    return style.outline
