"""Acts out of an archive as Lovdata packs them (tar, compressed or not), or out of one file."""

import re
import tarfile
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath
from typing import IO, Any, cast

from ingest.readers.lovdata import Act, act_of
from ingest.readers.text import ReadError

LARGEST_FILE = 30_000_000
MOST_FILES = 30_000
LARGEST = 1_500_000_000
LAW = re.compile(r"(?:lti-)?(?:nl|sf)-\d{8}-[\w-]{1,12}\.xml", re.IGNORECASE)
COMPRESSED = (b"BZh", b"\x1f\x8b", b"\xfd7zXZ")
NOT_WHOLE = "the archive is damaged or cut off; fetch it again."


def laws(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    """What is known of each act (its names and dates, under "xml" its file); at the end {"done": how many}.

    A file that cannot be read is told of as "skipped" with a "reason"; {"error": …} means that nothing can be.
    """
    head = file.read(512)
    if head.startswith(COMPRESSED) or head[257:262] == b"ustar":
        try:
            yield from _unpacked(head, file)
        except ReadError as error:
            yield {"error": str(error)}
        except (tarfile.TarError, OSError, EOFError, ValueError):
            yield {"error": NOT_WHOLE}
        except MemoryError:
            yield {"error": "unpacking it takes more memory than any archive of laws needs; fetch it again."}
        return
    content = head + file.read(LARGEST_FILE)
    if len(content) > LARGEST_FILE:
        yield {"error": f"the file is larger than {LARGEST_FILE // 1_000_000} MB, the limit for one act."}
        return
    try:
        yield _facts(act_of(content), content)
        yield {"done": 1}
    except ReadError as error:
        yield {"error": str(error)}


def _unpacked(head: bytes, file: IO[bytes]) -> Iterator[dict[str, Any]]:
    count = size = done = 0
    # Nothing is ever written under a name from the archive: what it calls its files is only asked whether it is a law.
    with tarfile.open(fileobj=cast("IO[bytes]", _Rest(head, file)), mode="r|*") as archive:
        for member in archive:
            count, size = count + 1, size + member.size
            if count > MOST_FILES or size > LARGEST:
                raise ReadError(
                    f"the archive unpacks to more than {MOST_FILES:,} files or {LARGEST // 1_000_000} MB, "
                    "which is the limit; fetch it again."
                )
            name = PurePosixPath(member.name).name
            if not member.isreg() or not LAW.fullmatch(name):
                continue
            if member.size > LARGEST_FILE:
                yield {"skipped": name, "reason": f"it is larger than {LARGEST_FILE // 1_000_000} MB."}
                continue
            unpacked = archive.extractfile(member)
            content = unpacked.read(LARGEST_FILE) if unpacked else b""
            try:
                yield _facts(act_of(content), content)
                done += 1
            except ReadError as error:
                yield {"skipped": name, "reason": str(error)}
    yield {"done": done}


def _facts(act: Act, content: bytes) -> dict[str, Any]:
    known = ("law", "title", "short_title", "abbreviation", "language", "consolidated", "in_force", "changed")
    return {name: getattr(act, name) for name in known} | {"xml": content.decode("utf-8", "surrogateescape")}


class _Rest:
    """A stream whose first bytes have been looked at."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self.head = BytesIO(head)
        self.file = file

    def read(self, size: int) -> bytes:
        """Up to so many bytes, fewer only at the end."""
        first = self.head.read(size)
        return b"".join(chain((first,), (self.file.read(size - len(first)),))) if len(first) < size else first
