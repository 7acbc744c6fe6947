"""Plain text is read as it stands; whatever is not plain text is refused with a sentence that says why."""

from pathlib import Path

import pytest

from ingest.readers.text import LARGEST, ReadError, read

CORPUS = Path(__file__).parents[1] / "corpus"


def written(folder: Path, content: bytes, name: str = "avtale.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_corpus_is_read_code_point_by_code_point(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        assert read(path) == file.read()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Ås, Bodø og Sør-Odal".encode(), "Ås, Bodø og Sør-Odal"),
        (b"\xef\xbb\xbfAvtale", "Avtale"),
        (b"en\r\nto\rtre\n", "en\r\nto\rtre\n"),
        ("Bodø – «Ås» § 6-1".encode("cp1252"), "Bodø – «Ås» § 6-1"),
        ("Kárášjohka".encode("utf-16"), "Kárášjohka"),
        (b"side 1\x0c" * 50 + b"\x02", "side 1\x0c" * 50 + "\x02"),
    ],
)
def test_text_is_read_in_the_encodings_norwegian_offices_use(tmp_path: Path, content: bytes, text: str) -> None:
    assert read(written(tmp_path, content)) == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"%PDF-1.7 ...", "this is a PDF"),
        (b"PK\x03\x04....", "Word file"),
        (b"\xd0\xcf\x11\xe0....", "old Word"),
        (b"{\\rtf1 Avtale}", "RTF"),
        (b"\x89PNG\r\n", "picture"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "HTML or XML"),
        (bytes(range(256)) * 20, "binary data"),
        (b"avtale\x00" * 20, "binary data"),
        ("Договор о сотрудничестве".encode("cp1251"), "neither UTF-8 nor Norwegian"),
    ],
)
def test_what_is_not_text_is_refused_by_its_content_whatever_its_name(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(ReadError, match=reason) as error:
        read(written(tmp_path, content, "papir.txt"))
    assert str(error.value).startswith("papir.txt: ")
    assert "\n" not in str(error.value)


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ReadError, match=f"50 MB is too large, the limit is {LARGEST // 1_000_000} MB"):
        read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"avtale\.txt: there is no such file"):
        read(tmp_path / "avtale.txt")
