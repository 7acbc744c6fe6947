"""Any file that can be read, as stored text with what its format knows of the layout."""

from pathlib import Path

from ingest.readers import text
from ingest.readers.jail import jailed
from ingest.readers.sniff import sniffed
from ingest.source import Source


def read_file(path: Path) -> Source:
    """The words of a file: plain text as it stands, PDF, DOCX and HTML (Lovdata's too) by a child process under limits.

    What the file is, its content decides, whatever it is called. ReadError says in one sentence what is wrong.
    """
    form = sniffed(path)
    return Source(text.read(path)) if form == "text" else jailed(path, form)
