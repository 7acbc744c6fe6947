"""The catalogue says what each document is; a mistake in it is told in one sentence."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.privacy import masked
from ingest.readers.catalogue import CatalogueError, catalogue, documents

CORPUS = Path(__file__).parents[1] / "corpus"
TEXT = "Avtalen er inngått 1. mai 2024.\n"
DIGEST = sha256(TEXT.encode()).hexdigest()
ENTRY = f"""
[[document]]
id = "avtale"
file = "avtale.txt"
title = "Avtale"
kind = "agreement"
sha256 = "{DIGEST}"
"""


def folder_with(folder: Path, toml: str) -> Path:
    (folder / "avtale.txt").write_text(TEXT, encoding="utf-8", newline="")
    (folder / "catalogue.toml").write_text(toml, encoding="utf-8")
    return folder


def test_the_corpus_is_catalogued_whole() -> None:
    entries = catalogue(CORPUS)
    assert {entry.file for entry in entries} == {path.name for path in CORPUS.glob("*.txt")}
    assert all(entry.publisher and entry.publishing_basis for entry in entries)


def test_documents_are_masked_and_carry_what_the_catalogue_says() -> None:
    found = {document.id: document for document in documents(CORPUS)}
    papers = found["vestfold-ssu-2022-11-24"]
    assert (papers.kind, papers.region, papers.made_on) == ("meeting papers", "vestfold", date(2022, 11, 24))
    draft = found["trondelag-samarbeidsavtale-hoering"]
    assert (draft.kind, draft.status) == ("agreement", "hearing")
    assert draft.missing is not None
    for document in found.values():
        assert masked(document.text) == document.text
        raw = (CORPUS / f"{document.id}.txt").read_bytes()
        assert len(document.text) == len(raw.decode())
        assert document.source_digest == sha256(raw).hexdigest()


def test_a_short_entry_is_enough(tmp_path: Path) -> None:
    [entry] = catalogue(folder_with(tmp_path, ENTRY))
    assert (entry.language, entry.status, entry.region, entry.parties) == ("nb", None, None, ())


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("", r"no \[\[document\]\] is listed"),
        ("[[document]\nid = 1", r"this is not TOML: .*line 1"),
        ('title = "Avtale"\n' + ENTRY, "title stands outside every"),
        ("document = [1]", "document 1 is not a table"),
        (ENTRY + 'colour = "red"', "document avtale: there is no field colour"),
        (ENTRY.replace('title = "Avtale"\n', ""), "document avtale: title is missing"),
        (ENTRY.replace('"Avtale"', "7"), "title is 7; write words in quotation marks"),
        (ENTRY.replace('"Avtale"', '" "'), "write words in quotation marks"),
        (ENTRY + 'made_on = "1. mai"', "made_on is '1. mai'; write a date such as"),
        (ENTRY + 'parties = ["Kinn kommune", ""]', "write a list of names"),
        (ENTRY.replace('"agreement"', '"contract"'), "kind 'contract' is unknown; use one of agreement, guidance"),
        (ENTRY + 'status = "final"', "status 'final' is unknown; use one of draft"),
        (ENTRY + 'language = "sv"', "language 'sv' is unknown"),
        (ENTRY + 'region = "atlantis"', "region 'atlantis' is unknown; use one of agder, ahus, bergen"),
        (ENTRY + ENTRY, "document avtale: the id is used twice"),
        (ENTRY.replace("avtale.txt", "borte.txt"), "file 'borte.txt' does not exist"),
        (ENTRY.replace("avtale.txt", "../avtale.txt"), "outside the folder"),
        (
            ENTRY.replace(DIGEST, "0" * 64),
            f"sha256 of 'avtale.txt' is {DIGEST[:12]}…, not 000000000000….*write {DIGEST}",
        ),
    ],
)
def test_a_mistake_is_told_with_file_document_field_and_what_to_do(tmp_path: Path, toml: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says) as error:
        catalogue(folder_with(tmp_path, toml))
    assert str(error.value).startswith("catalogue.toml")
    assert "\n" not in str(error.value)


def test_a_folder_without_a_catalogue_says_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="there is no catalogue"):
        catalogue(tmp_path)


def test_a_catalogue_in_another_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_bytes('title = "Bodø"'.encode("latin-1"))
    with pytest.raises(CatalogueError, match="not UTF-8"):
        catalogue(tmp_path)


def test_a_file_that_cannot_be_read_is_told_of_with_its_document(tmp_path: Path) -> None:
    content = b"%PDF-1.7"
    (tmp_path / "avtale.txt").write_bytes(content)
    (tmp_path / "catalogue.toml").write_text(ENTRY.replace(DIGEST, sha256(content).hexdigest()), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"document avtale: avtale\.txt: this PDF is damaged"):
        documents(tmp_path)
