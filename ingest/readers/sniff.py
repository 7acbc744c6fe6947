"""What a file is, by its first bytes and never by its name."""

import codecs
import re
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from ingest.readers.text import LARGEST, SIGNATURES, ReadError

Format = Literal["text", "pdf", "docx", "html"]

HEAD = 1 << 16
MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|\?xml|html|head|body|main|article|section|div|h[1-6]|p|table|ul|ol)\b",
    re.IGNORECASE | re.DOTALL,
)
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|main|article|section|div|h[1-6]|p|table)\b", re.IGNORECASE)
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def sniffed(path: Path) -> Format:
    """The format of a file that can be read; ReadError with what it is, if it cannot."""
    name = path.name
    if not path.is_file():
        raise ReadError(f"{name}: there is no such file; check the name and the folder.")
    size = path.stat().st_size
    if size > LARGEST:
        raise ReadError(f"{name}: {size // 1_000_000} MB is too large, the limit is {LARGEST // 1_000_000} MB.")
    with path.open("rb") as file:
        head = file.read(HEAD)
    # Mail systems put a line or two before the mark of a PDF, and viewers forgive it.
    if b"%PDF-" in head[:1024] and not MARKUP.match(_text(head)):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0") and ENCRYPTED in path.read_bytes():
        raise ReadError(f"{name}: this Word file is encrypted; save a copy without a password.")
    if head.startswith(tuple(signature for signature, _ in SIGNATURES)):
        return "text"  # whose reader says what it is instead
    text = _text(head)
    if MARKUP.match(text):
        if PAGE.search(text):
            return "html"
        raise ReadError(f"{name}: this is XML of a kind that is not known here; give the document as HTML or text.")
    return "text"


def _archive(path: Path) -> Format:
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        raise ReadError(f"{path.name}: the file is damaged or cut off: its table of contents is missing.") from None
    if "word/document.xml" in names:
        return "docx"
    kind = "an Excel file" if "xl/workbook.xml" in names else "a ZIP archive without a Word document in it"
    kind = "an OpenDocument file" if "content.xml" in names else kind
    raise ReadError(f"{path.name}: this is {kind}; give the document as DOCX, PDF, HTML or text.")


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
