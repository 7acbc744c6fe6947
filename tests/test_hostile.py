"""Bombs, loops, lying counts and random bytes: every one ends in a sentence, in time, and within the memory allowed."""

import io
import random
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ingest.readers.file import read_file
from ingest.readers.jail import LONGEST
from ingest.readers.text import ReadError

ROOT = Path(__file__).parents[1]
DEEP = 100_000


def word(parts: dict[str, bytes]) -> bytes:
    """A Word document with some parts put in or replaced."""
    made, packed = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Avtale")
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return packed.getvalue()


def body(inside: str, before: str = "") -> bytes:
    """The main part of a Word document."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{space}"><w:body>{inside}</w:body></w:document>'.encode()


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(out),
    )
    return bytes(out)


def page(content: bytes, *, filtered: bytes = b"", resources: bytes = b"") -> list[bytes]:
    """The objects of a PDF with one page."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> %s >> >>" % resources,
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filtered, content),
    ]


def zeros(size: int) -> bytes:
    """So many zeros, squeezed."""
    squeeze = zlib.compressobj(9)
    return b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(size >> 20)) + squeeze.flush()


WORDS = b"BT /F 12 Tf 72 700 Td (Avtale mellom partene) Tj ET"
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(12)
)

HOSTILE: dict[str, Callable[[], bytes]] = {
    "a ZIP bomb.docx": lambda: word({"word/document.xml": body(paragraph("a" * 300_000_000))}),
    "a ZIP bomb beside the text.docx": lambda: word({"word/media/x.xml": bytes(500_000_000)}),
    "ten thousand parts.docx": lambda: word({f"word/{number}.xml": b"" for number in range(10_000)}),
    "an XML bomb.docx": lambda: word({"word/document.xml": body(paragraph("&m;"), LAUGHS + "]>")}),
    "a file of this machine.docx": lambda: word(
        {"word/document.xml": body(paragraph("&f;"), '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/hostname">]>')}
    ),
    "more than memory holds.docx": lambda: word(
        {"word/document.xml": body("".join(map(paragraph, map(str, range(200_000)))) * 10)}
    ),
    "tables inside tables.docx": lambda: word(
        {"word/document.xml": body("<w:tbl><w:tr><w:tc>" * 5000 + paragraph("a") + "</w:tc></w:tr></w:tbl>" * 5000)}
    ),
    "styles based on each other.docx": lambda: word(
        {
            "word/styles.xml": body("")
            .replace(b"w:document", b"w:styles")
            .replace(
                b"<w:body></w:body>",
                b'<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
                b'<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>',
            )
        }
    ),
    "only the beginning.docx": lambda: word({})[:2000],
    "only the end.docx": lambda: b"PK\x03\x04" + word({})[-3000:],
    "nothing but the signature.docx": lambda: b"PK\x03\x04",
    "a page tree in a ring.pdf": lambda: pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]
    ),
    "a count that lies.pdf": lambda: pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 999999999 >>"]
    ),
    "a stream of zeros.pdf": lambda: pdf(page(zeros(1 << 30), filtered=b"/Filter /FlateDecode")),
    "zeros in zeros.pdf": lambda: pdf(
        page(zlib.compress(zeros(1 << 30)), filtered=b"/Filter [/FlateDecode /FlateDecode]")
    ),
    "a length that lies.pdf": lambda: pdf(page(WORDS)).replace(b"/Length 51", b"/Length 99999999"),
    "a form that draws itself.pdf": lambda: pdf(
        [
            *page(b"/X Do", resources=b"/XObject << /X 5 0 R >>"),
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>\n"
            b"stream\n/X Do /X Do\nendstream",
        ]
    ),
    "brackets without end.pdf": lambda: pdf(page(b"[" * 1_000_000)),
    "ten million words.pdf": lambda: pdf(
        page(zlib.compress(b"BT (a) Tj ET " * 10_000_000), filtered=b"/Filter /FlateDecode")
    ),
    "an offset into nowhere.pdf": lambda: pdf(page(WORDS)).replace(b"startxref\n", b"startxref\n9"),
    "only the beginning.pdf": lambda: pdf(page(WORDS))[:60],
    "nothing but the signature.pdf": lambda: b"%PDF-1.7",
    "a picture of a page.pdf": lambda: pdf(page(b"0 0 600 800 re f")),
    "deep.html": lambda: b"<!DOCTYPE html>" + b"<div>" * DEEP + b"a" + b"</div>" * DEEP,
    "deep lists.html": lambda: b"<!DOCTYPE html>" + b"<ul><li>a" * DEEP,
    "deep words.html": lambda: b"<!DOCTYPE html><p>" + b"<b><i>" * DEEP + b"a",
    "one endless line.html": lambda: b"<!DOCTYPE html><p>" + b"a" * 19_000_000,
    "a million paragraphs.html": lambda: b"<!DOCTYPE html>" + b"<p>a<p>" * 1_000_000,
    "a million attributes.html": lambda: b"<!DOCTYPE html><p " + b"a=1 " * 1_000_000 + b">a",
    "an XML bomb.html": ('<?xml version="1.0"?>' + LAUGHS + "]><html><body><p>&m;</p></body></html>").encode,
    "random bytes.html": lambda: b"<html>" + random.Random(1).randbytes(1_000_000),
    "random bytes.pdf": lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(1_000_000),
    "random bytes.docx": lambda: b"PK\x03\x04" + random.Random(3).randbytes(1_000_000),
    "random bytes.txt": lambda: random.Random(4).randbytes(1_000_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    began = time.monotonic()
    try:
        source = read_file(path)
    except ReadError as error:
        sentence = str(error)
        assert sentence.startswith(f"{name}: ")
        assert sentence.endswith(".")
        assert "\n" not in sentence
    else:
        # What can be read of it is a text, and nothing else of this machine.
        assert len(source.text) < 20_000_000
        assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in source.text
    assert time.monotonic() - began < LONGEST + 5


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a ZIP bomb.docx", "unpacks to 300 MB, far beyond the limit"),
        ("more than memory holds.docx", "takes more than 1 GiB of memory, which is the limit"),
        ("ten thousand parts.docx", "parts, the limit is 5000"),
        ("only the beginning.docx", "damaged or cut off"),
        ("a stream of zeros.pdf", "limit"),
        ("a picture of a page.pdf", "holds pictures of pages and no text; run text recognition"),
        ("deep.html", "nested"),
    ],
)
def test_the_sentence_names_the_limit_or_the_trouble(tmp_path: Path, name: str, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    with pytest.raises(ReadError, match=reason):
        read_file(path)


SMALL_PARENT = """
import resource, sys
from pathlib import Path
from ingest.readers.file import read_file
from ingest.readers.text import ReadError
ballast = bytearray(int(sys.argv[1]) << 20)
ballast[::4096] = bytes(len(ballast[::4096])).replace(b"\\0", b"x")
for name in sys.argv[2:]:
    try:
        read_file(Path(name))
    except ReadError as error:
        print(error)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)
"""


def read_by_a_process_of(megabytes: int, folder: Path, *names: str) -> list[str]:
    """What is said of these files, and the most memory in MiB that the system counts for the readers.

    The system counts the size of whoever starts a reader as the reader's own, so this one, which has built the bombs,
    cannot be the one that measures.
    """
    for name in names:
        (folder / name).write_bytes(HOSTILE[name]())
    command = [sys.executable, "-c", SMALL_PARENT, str(megabytes), *(str(folder / name) for name in names)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=200).stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces the limit of memory")
def test_no_reader_takes_more_than_a_gigabyte(tmp_path: Path) -> None:
    names = ("more than memory holds.docx", "zeros in zeros.pdf", "ten million words.pdf", "a ZIP bomb.docx")
    *said, most = read_by_a_process_of(0, tmp_path, *names)
    assert len(said) == len(names)
    assert 100 < int(most) < 1024


def test_a_damaged_file_is_called_damaged_by_a_large_server_too(tmp_path: Path) -> None:
    [said, _] = read_by_a_process_of(700, tmp_path, "only the end.docx")
    assert "is damaged, cut off" in said


def test_files_damaged_by_chance_neither_crash_nor_hang() -> None:
    fuzzed = subprocess.run(
        [sys.executable, "-m", "benchmarks.fuzz", "--minutes", "0.2", "--seed", "5"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert fuzzed.returncode == 0, fuzzed.stdout + fuzzed.stderr
    assert " 0 wrong" in fuzzed.stdout
