"""The formats of a report, by the name that the command line has for them."""

from importlib import import_module
from io import BytesIO
from pathlib import Path

from hjemmel.report import Report, Writer


def write(report: Report, form: str, path: Path) -> None:
    """Write a report into a file, which is there whole or as it was."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            _writer(form)(report, file)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def content(report: Report, form: str) -> bytes:
    """A report as the bytes of a file."""
    held = BytesIO()
    _writer(form)(report, held)
    return held.getvalue()


def _writer(form: str) -> Writer:
    # Only the library that is needed: each takes a tenth of a second to load.
    writer: Writer = import_module(f"hjemmel.report.{form}").write
    return writer
