"""The report as a Word file on A4, with real headings and tables, ready to be attached to a case paper."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from hjemmel.report import IN_ORDER, Entry, Quote, Report, legible, texts

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
GREY = "595959"
SHADE = "E8EAED"
Cell = str | Sequence[Quote]


def write(report: Report, file: BinaryIO) -> None:
    """Write the Word file."""
    import docx

    paper = docx.Document()
    lay_out(paper, f"{report.say('title')}: {report.title}", report.language)
    _head(paper, report)
    _summary(paper, report)
    paper.add_heading(report.say("findings"), 1)
    for group, entries in report.groups():
        paper.add_heading(f"{report.say(group)} ({len(entries)})", 2)
        if group == "refused":
            paper.add_paragraph(report.say("refused lead"))
        if group in IN_ORDER:
            _short(paper, entries, report)
            for entry in entries:
                if entry.advice:
                    paper.add_heading(legible(f"{entry.number}. {entry.label}"), 3)
                    _advice(paper, entry, report)
        else:
            for entry in entries:
                _full(paper, entry, report)
    for title, lead, entries in report.sections():
        paper.add_heading(title, 1)
        paper.add_paragraph(lead)
        for entry in entries:
            _full(paper, entry, report)
    _own(paper, report)
    _laws(paper, report)
    paper.add_heading(report.say("facts"), 1)
    rows = [[name, report.day(value) if isinstance(value, date) else value] for name, value in report.facts]
    _table(paper, [report.say("what"), report.say("value")], rows, (50, 116))
    paper.save(file)


def lay_out(paper: "Paper", title: str, language: str) -> None:
    """A4, the language for the spelling checker, quiet headings, and a footer with the number of the page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    properties = paper.core_properties
    properties.title = legible(title)[:255]
    properties.author, properties.comments, properties.language = "Hjemmel", "", LANGUAGES[language]
    for name, size, before in (("Normal", 10, 0), ("Title", 17, 0), ("Heading 1", 15, 16), ("Heading 2", 12.5, 12),
                               ("Heading 3", 11, 10), ("Quote", 10, 0)):  # fmt: skip
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(0x1A, 0x1A, 0x1A)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
    normal = paper.styles["Normal"].element.get_or_add_rPr()
    normal.append(_element("w:lang", {"w:val": LANGUAGES[language]}))
    quote = paper.styles["Quote"]
    quote.paragraph_format.left_indent, quote.font.italic = Mm(6), True
    border = paper.styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    first, _, rest = texts(language)["page"].partition("{page}")
    between, _, after = rest.partition("{pages}")
    grey(footer, first)
    _number(footer, "PAGE")
    grey(footer, between)
    _number(footer, "NUMPAGES")
    grey(footer, after)


def _head(paper: "Paper", report: Report) -> None:
    said = report.say
    grey(paper.add_paragraph(), said("title"))
    paper.add_paragraph(legible(report.title), style="Title")
    facts = dict(report.facts)
    line = f"{said('as of')} {report.day(report.judgement.as_of)}. {said('basis')}: {facts[said('basis')]}"
    paper.add_paragraph(line)
    grey(paper.add_paragraph(), said("caution"))


def _summary(paper: "Paper", report: Report) -> None:
    said, strengths = report.say, report.strengths()
    paper.add_heading(said("summary"), 1)
    paper.add_paragraph(report.counted())
    rows = [[name, *(str(number or "–") for number in counts)] for name, counts in report.table()]
    heads = [said("result"), *map(said, strengths), said("all")]
    _table(paper, heads, rows, (62, *(32 for _ in strengths), 20))


def _full(paper: "Paper", entry: Entry, report: Report) -> None:
    """A finding with all that is behind it; its parts are kept together on a page."""
    said, finding = report.say, entry.finding
    paper.add_heading(legible(f"{entry.number}. {entry.label}"), 3)
    parts = [paper.add_paragraph(legible(entry.message))]
    basis = paper.add_paragraph()
    basis.add_run(f"{said('legal basis')}: ").bold = True
    basis.add_run(f"{finding.legal_basis}{_note(entry)} · {said(finding.strength)} · {said(entry.state)}")
    parts += [basis, *(_quote(paper, quote) for quote in entry.quotes)]
    if entry.reviewed_on:
        parts.append(paper.add_paragraph())
        grey(parts[-1], f"{said('state')}: {report.review(entry)}")
    if finding.searched or entry.nearest:
        parts.append(paper.add_paragraph())
        grey(parts[-1], report.search(entry))
        parts += [_quote(paper, quote) for quote in entry.nearest]
    for part in parts[:-1]:
        part.paragraph_format.keep_with_next = True
    _advice(paper, entry, report)


def _advice(paper: "Paper", entry: Entry, report: Report) -> None:
    """What guidance says the agreement should describe, point by point, and where it perhaps does."""
    if not entry.advice:
        return
    said = report.say
    paper.add_paragraph(said("advice")).paragraph_format.keep_with_next = True
    for one in entry.advice:
        line = paper.add_paragraph(style="List Bullet")
        line.add_run(legible(one.point.shown)).italic = True
        grey(line, f" – {one.point.place} · {said(one.force)}")
        line.add_run().add_break()
        grey(line, said("perhaps spoken of") if one.spoken_of else said("not spoken of"))
        for words in one.spoken_of:
            line.add_run(" ")
            _quoted(line, words)


def _short(paper: "Paper", entries: Iterable[Entry], report: Report) -> None:
    said = report.say
    rows: list[list[Cell]] = [
        [
            str(entry.number),
            f"{entry.label}\n{entry.finding.legal_basis}{_note(entry)}\n{said(entry.finding.strength)}",
            entry.quotes or entry.message,
            report.review(entry),
        ]
        for entry in entries
    ]
    _table(paper, [said("number"), said("requirement"), said("quote"), said("state")], rows, (11, 47, 78, 30))


def _own(paper: "Paper", report: Report) -> None:
    if report.own is None:
        return
    said = report.say
    paper.add_heading(said("own"), 1)
    paper.add_paragraph(said("own lead"))
    if not report.own:
        paper.add_paragraph(said("own none"))
        return
    rows: list[list[Cell]] = [
        [
            one.said(report.language),
            said(one.severity),
            f"{one.name}\n{one.source or one.file}",
            [Quote(one.evidence.quote, one.evidence.place, one.evidence.start, one.evidence.end)]
            if one.evidence
            else "",
        ]
        for one in report.own
    ]
    _table(paper, [said("message"), said("severity"), said("source"), said("quote")], rows, (58, 24, 34, 50))


def _laws(paper: "Paper", report: Report) -> None:
    if not report.laws:
        return
    paper.add_heading(report.say("laws"), 1)
    grey(paper.add_paragraph(), report.say("laws lead", date=report.day(report.judgement.as_of)))
    for law in report.laws:
        note = paper.add_paragraph()
        note.add_run(f"[{law.number}] {law.basis} ").bold = True
        note.add_run(legible(law.words))


def _table(paper: "Paper", heads: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]) -> None:
    """A table whose first row is repeated on every page, and whose rows are not torn apart."""
    from docx.shared import Mm

    table = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _fill(table.rows[0], heads, widths, bold=True)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(_element("w:tblHeader", {}))
    for row in rows:
        _fill(table.add_row(), row, widths)
    for drawn in table.rows:
        drawn._tr.get_or_add_trPr().insert(0, _element("w:cantSplit", {}))
    paper.add_paragraph().paragraph_format.space_after = 0


def _fill(row: "_Row", cells: Sequence[Cell], widths: Sequence[int], *, bold: bool = False) -> None:
    from docx.shared import Mm

    for cell, content, width in zip(row.cells, cells, widths, strict=True):
        cell.width = Mm(width)
        _write(cell, content)
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.bold = bold or run.bold
        if bold:
            cell._tc.get_or_add_tcPr().append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": SHADE}))


def _write(cell: "_Cell", content: Cell) -> None:
    from docx.shared import Pt

    lines: Sequence[str | Quote] = content.split("\n") if isinstance(content, str) else content
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        if isinstance(line, Quote):
            _quoted(paragraph, line)
        elif number:
            grey(paragraph, line)
        else:
            paragraph.add_run(legible(line))
        for run in paragraph.runs:
            run.font.size = Pt(9.5)


def _quote(paper: "Paper", quote: Quote) -> "Paragraph":
    paragraph = paper.add_paragraph(style="Quote")
    _quoted(paragraph, quote)
    return paragraph


def _quoted(paragraph: "Paragraph", quote: Quote) -> None:
    paragraph.add_run(legible(quote.shown)).italic = True
    grey(paragraph, f" – {quote.place}")


def grey(paragraph: "Paragraph", words: str) -> None:
    """Add words that stand back."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(legible(words))
    run.font.color.rgb, run.font.size, run.italic = RGBColor.from_string(GREY), Pt(9.5), False


def _number(paragraph: "Paragraph", field: str) -> None:
    """A number that Word fills in: PAGE or NUMPAGES."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run()
    run.font.color.rgb, run.font.size = RGBColor.from_string(GREY), Pt(9.5)
    for kind in ("begin", "", "end"):
        if kind:
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}))
        else:
            code = _element("w:instrText", {"xml:space": "preserve"})
            code.text = field
            run._r.append(code)


def _element(name: str, attributes: dict[str, str]) -> "BaseOxmlElement":
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made


def _note(entry: Entry) -> str:
    return f" [{entry.law}]" if entry.law else ""
