"""Read a plain text file as it stands: its code points, without byte order mark."""

import codecs
import re
from pathlib import Path

LARGEST = 20_000_000  # bytes; an agreement of 200 pages is a hundredth of it

# What the first bytes give away, whatever the file is called.
SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word file or another ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
MARKUP = re.compile(rb"\s*<(?:!doctype|\?xml|html)\b", re.IGNORECASE)
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f]")
FOREIGN_TO_NORWEGIAN = re.compile(r"[^\x00-\x7fæøåÆØÅéèêóòôäöüÄÖÜáÁčŋšžđ«»–—‘’“”„…§°·•´ ¹²³½¼¾×€]")


class ReadError(ValueError):
    """A file that cannot be read as a document."""


def read(path: Path) -> str:
    """The text of a file in UTF-8, or in Windows-1252 if that gives Norwegian; line breaks are kept as they are."""
    if not path.is_file():
        raise ReadError(f"{path.name}: there is no such file; check the name and the folder.")
    size = path.stat().st_size
    if size > LARGEST:
        raise ReadError(f"{path.name}: {size // 1_000_000} MB is too large, the limit is {LARGEST // 1_000_000} MB.")
    return decoded(path.read_bytes(), path.name)


def decoded(content: bytes, name: str) -> str:
    """The text that bytes hold; `name` is how an error tells of them.

    >>> decoded("Bodø".encode("cp1252"), "avtale.txt")
    'Bodø'
    """
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            raise ReadError(f"{name}: this is {kind}, not plain text; save it as text (UTF-8) to read it here.")
    if MARKUP.match(content.removeprefix(codecs.BOM_UTF8)):
        raise ReadError(f"{name}: this is HTML or XML, not plain text; save it as text (UTF-8) to read it here.")
    text = _text(content, name)
    # Text taken from a PDF can hold a stray control character; binary data is full of them.
    if "\0" in text or len(CONTROL.findall(text)) > len(text) // 100:
        raise ReadError(f"{name}: this is not text but binary data; give a text file in UTF-8.")
    if not text.strip():
        raise ReadError(f"{name}: the file is empty; there is nothing to read.")
    return text


def _text(content: bytes, name: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1252" or _looks_norwegian(text):
            return text
    kind = "binary data" if b"\x00" in content else "neither UTF-8 nor Norwegian in Windows-1252"
    raise ReadError(f"{name}: this is {kind}; save the file as text in UTF-8.")


def _looks_norwegian(text: str) -> bool:
    """Any bytes at all decode as Windows-1252, so the letters must be those Norwegian is written with."""
    beyond_ascii = sum(not letter.isascii() for letter in text)
    return len(FOREIGN_TO_NORWEGIAN.findall(text)) <= beyond_ascii // 20
