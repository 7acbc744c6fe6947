"""Footnotes of a Word file, which python-docx has no words for: a part of its own, and a mark in the text."""

from typing import TYPE_CHECKING

from hjemmel.report import legible

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# The lines between text and notes are notes, too, and have to be there.
LINES = """<w:footnotes {spaces}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""
NOTE = """<w:footnote {spaces} w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{note}"/></w:pPr>
<w:r><w:rPr><w:rStyle w:val="{mark}"/></w:rPr><w:footnoteRef/></w:r></w:p></w:footnote>"""
MARK = """<w:r {spaces}><w:rPr><w:rStyle w:val="{mark}"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>"""


class Footnotes:
    """The footnotes of one paper, numbered as they are added."""

    def __init__(self, paper: "Paper") -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart
        from docx.shared import Pt

        self.part = XmlPart(PackURI("/word/footnotes.xml"), KIND, _element(LINES), paper.part.package)
        paper.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        note = paper.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
        note.base_style, note.font.size = paper.styles["Normal"], Pt(8.5)
        note.paragraph_format.space_after = Pt(2)
        mark = paper.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True
        self.styles = {"note": note.style_id, "mark": mark.style_id}
        self.number = 0

    def add(self, paragraph: "Paragraph", words: str, address: str = "") -> None:
        """Put a note at the end of a paragraph: its words, and a link if there is one."""
        from docx.text.paragraph import Paragraph

        self.number += 1
        paragraph._p.append(_element(MARK, number=self.number, **self.styles))
        note = _element(NOTE, number=self.number, **self.styles)
        self.part.element.append(note)
        line = Paragraph(note[0], self.part)
        line.add_run(f" {legible(words)} ")
        if address:
            link(line, address)


def link(paragraph: "Paragraph", address: str) -> None:
    """Add an address that can be clicked, written out for whoever reads it on paper."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    run = paragraph.add_run(address)
    run.font.underline, run.font.color.rgb = True, RGBColor(0x0B, 0x4F, 0x8A)
    held = OxmlElement("w:hyperlink")
    held.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(held)
    held.append(run._r)


def _element(pattern: str, **values: object) -> "BaseOxmlElement":
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    made: BaseOxmlElement = parse_xml(pattern.format(spaces=nsdecls("w", "r"), **values))
    return made
