"""The text layer of a PDF in reading order, with its pages."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import pdf as reader
from ingest.readers.file import read_file
from ingest.readers.text import ReadError

Printed = list[tuple[float, float, float, str]]


def printed(folder: Path, *pages: Printed) -> Path:
    """A PDF with these words at these places (x, y, size)."""
    path = folder / "avtale.pdf"
    canvas = Canvas(str(path), invariant=1)
    for page in pages:
        for x, y, size, words in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (
            [(72, 700, 11, "Partene skal samarbeide om"), (72, 687, 11, "gode forløp."), (72, 660, 11, "De møtes.")],
            "Partene skal samarbeide om\ngode forløp.\n\nDe møtes.",
        ),
        (
            [(72, 700, 16, "1. Mål"), (72, 682, 11, "Et mål"), (72, 669, 11, "om gode forløp.")],
            "1. Mål\n\nEt mål\nom gode forløp.",
        ),
        ([(72, 700, 11, "2.1"), (110, 700, 11, "Ansvar")], "2.1 Ansvar"),
        ([(72, 700, 11, "•"), (90, 700, 11, "beredskap")], "• beredskap"),
        (
            [(72, 700, 11, "Hva"), (250, 700, 11, "Når"), (72, 687, 11, "Varsel"), (250, 687, 11, "24 timer")],
            "Hva   Når\nVarsel   24 timer",
        ),
        (
            # Two columns: what was written first is read first, down the left and then down the right.
            [
                (72, 700, 11, "Venstre spalte"),
                (72, 687, 11, "fortsetter her."),
                (320, 700, 11, "Høyre spalte"),
                (320, 687, 11, "kommer etter."),
            ],
            "Venstre spalte\nfortsetter her.\n\nHøyre spalte\nkommer etter.",
        ),
    ],
)
def test_lines_stand_as_on_the_page(tmp_path: Path, page: Printed, text: str) -> None:
    path = printed(tmp_path, page)
    source = reader.read(path.read_bytes())
    assert source.text == text
    assert source == read_file(path)
    assert source.media_type == "application/pdf"


def test_every_page_begins_where_it_is_said_to(tmp_path: Path) -> None:
    source = read_file(printed(tmp_path, *([(72, 700, 11, f"Side {number} begynner")] for number in range(1, 4))))
    assert [source.text[start : start + 6] for start in source.pages] == ["Side 1", "Side 2", "Side 3"]
    assert source.text.count("\f") == 2


def test_an_empty_page_is_a_page(tmp_path: Path) -> None:
    source = read_file(printed(tmp_path, [(72, 700, 11, "Avtale")], [], [(72, 700, 11, "Slutt")]))
    assert len(source.pages) == 3
    assert source.text[source.pages[2] :] == "Slutt"


def test_a_scanned_paper_gets_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"avtale\.pdf: this PDF holds pictures .* run text recognition \(OCR\)"):
        read_file(printed(tmp_path, [], []))


@pytest.mark.parametrize(("password", "readable"), [("", True), ("hemmelig", False)])
def test_a_password_is_asked_for_only_where_one_is_needed(tmp_path: Path, password: str, *, readable: bool) -> None:
    writer = PdfWriter(PdfReader(printed(tmp_path, [(72, 700, 11, "Avtale")])))
    writer.encrypt(password, "eier", algorithm="RC4-128")
    path = tmp_path / "låst.pdf"
    writer.write(path)
    if readable:
        assert read_file(path).text == "Avtale"
    else:
        with pytest.raises(ReadError, match="this PDF is encrypted; save a copy without a password"):
            read_file(path)
