"""A Word document is read as it is seen: the numbers Word shows, footnotes, tables, and nothing unprinted."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from ingest.readers import docx as reader
from ingest.readers.file import read_file
from ingest.readers.text import ReadError
from ingest.source import Source
from ingest.structure import structure

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LISTS = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/>
<w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/>
<w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:id="0"><w:p/></w:footnote>
<w:footnote w:id="7"><w:p><w:r><w:t xml:space="preserve"> Lov 24. juni 2011 nr. 30.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def listed(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def cell(*blocks: str) -> str:
    return f"<w:tc>{''.join(blocks)}</w:tc>"


def read(body: str, folder: Path) -> Source:
    """A document with this body, its own numbering and one footnote."""
    made, path = io.BytesIO(), folder / "avtale.docx"
    document = docx.Document()
    heading = document.styles["Heading 1"].element
    heading.get_or_add_pPr().insert(0, docx.oxml.parse_xml(f'<w:numPr {W}><w:numId w:val="1"/></w:numPr>'))
    second = document.styles["Heading 2"].element
    second.get_or_add_pPr().insert(
        0, docx.oxml.parse_xml(f'<w:numPr {W}><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    )
    document.save(made)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            match name:
                case "word/document.xml":
                    content = f"<w:document {W}><w:body>{body}</w:body></w:document>"
                case "word/numbering.xml":
                    content = LISTS
                case "word/_rels/document.xml.rels":
                    link = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                    content = content.replace("</Relationships>", link)
                case "[Content_Types].xml":
                    override = f'<Override PartName="/word/footnotes.xml" ContentType="{media}"/></Types>'
                    content = content.replace("</Types>", override)
                case _:
                    pass
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
        new.writestr("word/footnotes.xml", NOTES)
    source = reader.read(path.read_bytes())
    assert source == read_file(path)
    return source


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            p("Formål", style("Heading1"))
            + p("Mål", style("Heading2"))
            + p("Tid", style("Heading1"))
            + p("År", style("Heading2")),
            "1 Formål\n\n1.1 Mål\n\n2 Tid\n\n2.1 År",
        ),
        (
            p("en", listed(2, 0))
            + p("to", listed(2, 1))
            + p("tre", listed(2, 1))
            + p("fire", listed(2, 2))
            + p("fem", listed(2, 0)),
            "c) en\ni) to\nii) tre\n▪ fire\nd) fem",
        ),
        (p("en", listed(2, 0)) + p("Så:") + p("to", listed(3, 0)), "c) en\n\nSå:\n\na) to"),
        ("<w:p><w:r><w:t>Sted:</w:t><w:br/><w:t>Dato:</w:t></w:r></w:p>", "Sted:\nDato:"),
        ("<w:p><w:r><w:t>1.</w:t><w:tab/><w:t>For Ås</w:t><w:tab/><w:t>For Bø</w:t></w:r></w:p>", "1. For Ås   For Bø"),
        ("<w:p><w:r><w:t>Nord</w:t><w:noBreakHyphen/><w:t>Odal</w:t></w:r></w:p>", "Nord-Odal"),
        (
            "<w:p><w:r><w:t>Partene </w:t></w:r><w:del><w:r><w:delText>bør</w:delText></w:r></w:del><w:ins><w:r>"
            "<w:t>skal</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> skjult</w:t></w:r><w:r><w:t> møtes"
            "</w:t></w:r></w:p>",
            "Partene skal møtes",
        ),
        (
            "<w:sdt><w:sdtContent>" + p("Et felt") + "</w:sdtContent></w:sdt>" + p("Innhold 1 .... 2", style("TOC1")),
            "Et felt\n\nInnhold 1 .... 2",
        ),
        (
            f"<w:tbl><w:tr>{cell(p('Hva'))}{cell(p(''))}{cell(p('Når'))}</w:tr><w:tr>{cell(p('Varsel'))}{cell(p('HF'))}"
            f"{cell(p('24 timer'))}</w:tr></w:tbl>",
            "Hva      Når\nVarsel   HF   24 timer",
        ),
        (f"<w:tbl><w:tr>{cell(p(''))}{cell(p('1'))}{cell(p('A'))}</w:tr></w:tbl>", "1   A"),
        (
            f"<w:tbl><w:tr>{cell(p('Ansvar'))}{cell(p('Partene skal:'), p('møtes', listed(2, 0)))}</w:tr></w:tbl>",
            "Ansvar\n\nPartene skal:\n\nc) møtes",
        ),
    ],
)
def test_the_text_is_what_a_reader_of_the_page_sees(tmp_path: Path, body: str, text: str) -> None:
    source = read(body, tmp_path)
    assert source.text == text
    assert source.media_type.endswith("wordprocessingml.document")
    assert source.pages == ()


def test_a_footnote_stands_below_its_mark_and_knows_it(tmp_path: Path) -> None:
    body = (
        p("Formål", style("Heading1"))
        + '<w:p><w:r><w:t>Etter loven</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t> skal partene'
        + " møtes.</w:t></w:r></w:p>"
        + p("Tid", style("Heading1"))
        + p("Ti år.")
    )
    source = read(body, tmp_path)
    assert "Etter loven[1] skal partene møtes.\n\n[1] Lov 24. juni 2011 nr. 30.\n\n2 Tid" in source.text
    [note] = [hint for hint in source.layout if hint.kind == "note"]
    assert note.mark is not None
    assert source.text[note.mark : note.mark + 3] == "[1]"
    clauses = structure(source.text, source.layout).clauses
    [found] = [clause for clause in clauses if clause.kind == "footnote"]
    assert found.parent is not None
    assert clauses[found.parent].title == "Formål"


def test_headings_without_numbers_keep_their_levels(tmp_path: Path) -> None:
    path = tmp_path / "retningslinje.docx"
    document = docx.Document()
    for words, level in (
        ("Samhandling", 0),
        ("Om oss", 1),
        ("Hvem vi er og hva vi skal gjøre i år", 2),
        ("Kontakt", 1),
    ):
        document.add_heading(words, level)
        document.add_paragraph("Kommunen har ansvaret for tjenestene, og den samarbeider med sykehuset om dem.")
    document.save(str(path))
    source = read_file(path)
    assert [(c.title, c.level) for c in structure(source.text, source.layout).clauses if c.title] == [
        ("Samhandling", 0),
        ("Om oss", 1),
        ("Hvem vi er og hva vi skal gjøre i år", 2),
        ("Kontakt", 1),
    ]


def test_a_numbered_list_is_no_outline_where_headings_are_set_as_headings(tmp_path: Path) -> None:
    path = tmp_path / "avtale.docx"
    document = docx.Document()
    document.add_heading("Samarbeidsavtale", 0)
    for words in ("Formål", "Oppgaver"):
        document.add_heading(words, 1)
        for item in ("Beredskap", "Utskriving", "Opplæring"):
            document.add_paragraph(item, style="List Number")
    document.save(str(path))
    source = read_file(path)
    kinds = [clause.kind for clause in structure(source.text, source.layout).clauses]
    assert kinds == ["title", "section", "item", "item", "item", "section", "item", "item", "item"]


def test_lists_inside_lists_are_told_by_their_bullets(tmp_path: Path) -> None:
    path = tmp_path / "avtale.docx"
    document = docx.Document()
    document.add_paragraph("Partene skal:")
    for words, style_name in (("møtes", ""), ("årlig", " 2"), ("og ellers", " 2"), ("rapportere", "")):
        document.add_paragraph(words, style=f"List Bullet{style_name}")
    document.save(str(path))
    source = read_file(path)
    assert source.text == "Partene skal:\n\n• møtes\n◦ årlig\n◦ og ellers\n• rapportere"
    found = structure(source.text, source.layout).clauses
    assert [clause.parent for clause in found if clause.kind == "item"] == [None, 1, 1, None]


def test_a_document_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "avtale.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(ReadError, match=r"avtale\.docx: this Word file is encrypted; save a copy without a password\."):
        read_file(path)


@pytest.mark.parametrize(
    ("part", "kind"), [("xl/workbook.xml", "an Excel file"), ("content.xml", "an OpenDocument"), ("a", "a ZIP archive")]
)
def test_another_archive_is_called_what_it_is(tmp_path: Path, part: str, kind: str) -> None:
    path = tmp_path / "avtale.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "a")
    with pytest.raises(ReadError, match=f"this is {kind}"):
        read_file(path)
