"""A foreign file is read in a process of its own, which may be stopped at any moment and can reach nothing.

Run as a program, this module is that process: `python -m ingest.readers.jail FORMAT SECONDS`, the file on standard
input, one JSON object on standard output: the source, or `{"error": …}`. Of an archive, there is a line for each act.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any

from ingest.readers.confinement import confine, memory_taken
from ingest.readers.text import ReadError
from ingest.source import Hint, Source

LONGEST = 15.0  # seconds
MEMORY = 1 << 30
LARGEST_ANSWER = 200 << 20
LONGEST_ARCHIVE = 600.0
LARGEST_ARCHIVE = 2 << 30
NAMES = {"pdf": "PDF", "docx": "Word file", "html": "HTML page", "archive": "archive of laws"}

TOO_LONG = "reading it took longer than {seconds:.0f} seconds, which is the limit; split the file, or give it as text."
TOO_MUCH = f"reading it takes more than {MEMORY >> 30} GiB of memory, which is the limit; split the file."
TOO_DEEP = "it is nested more deeply than any document; give it as text."
NO_READER = "the program that reads it does not start; run `python -m ingest.readers.jail` to see why."
DAMAGED = "this {kind} is damaged, cut off or not made as a {kind} should be; open it and save it anew."


def jailed(path: Path, form: str, *, seconds: float = LONGEST) -> Source:
    """A file of this format ("pdf", "docx", "html") read under limits; ReadError tells which limit, or what is wrong.

    Whatever happens in the child (a loop, a crash, an attack on the parser) ends as one sentence here.
    """
    with TemporaryFile() as answer:
        code = _run(path, form, answer, seconds)
        return _source(answer, code, path.name, form, seconds)


def jailed_laws(
    path: Path, *, seconds: float = LONGEST_ARCHIVE, watch: Callable[[], None] = lambda: None
) -> Iterator[dict[str, Any]]:
    """Every act in a file of Lovdata's or in an archive of such files: its names and dates, and under "xml" the file.

    A file of the archive that cannot be read has "skipped" (its name) and "reason" instead. `watch` is called now and
    then while the child works.
    """
    with TemporaryFile() as answer:
        code = _run(path, "archive", answer, seconds, watch=watch)
        whole = False
        for line in answer if code == 0 else ():
            found = json.loads(line)
            if "error" in found:
                raise ReadError(f"{path.name}: {found['error']}")
            if not (whole := "done" in found):
                yield found
        if not whole:
            raise ReadError(f"{path.name}: {DAMAGED.format(kind=NAMES['archive'])}")


def _run(path: Path, form: str, answer: IO[bytes], seconds: float, *, watch: Callable[[], None] = lambda: None) -> int:
    """How the child ended; `answer` is rewound and holds what it said."""
    command = [sys.executable, "-P", "-m", "ingest.readers.jail", form, str(int(seconds))]
    # The child finds what we find, wherever we were started, and knows nothing else of us.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    if root := os.environ.get("SYSTEMROOT"):
        environment["SYSTEMROOT"] = root  # Windows starts no process without it
    with path.open("rb") as file:
        child = subprocess.Popen(
            command, stdin=file, stdout=answer, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
        )
        try:
            code = _ended(child, seconds, watch)
        except subprocess.TimeoutExpired:
            raise ReadError(f"{path.name}: {TOO_LONG.format(seconds=seconds)}") from None
        finally:
            with suppress(ProcessLookupError):
                child.kill()
            child.wait()
    answer.seek(0)
    return code


def _ended(child: "subprocess.Popen[bytes]", seconds: float, watch: Callable[[], None]) -> int:
    deadline = monotonic() + seconds
    while True:
        try:
            return child.wait(min(1.0, max(deadline - monotonic(), 0.0)))
        except subprocess.TimeoutExpired:
            watch()
            if monotonic() >= deadline:
                raise


def _source(answer: IO[bytes], code: int, name: str, form: str, seconds: float) -> Source:
    try:
        found = json.load(answer) if code == 0 else {}
    except ValueError:
        found = {}
    if "error" in found:
        raise ReadError(f"{name}: {found['error']}")
    if "text" not in found:
        stopped = {-int(getattr(signal, "SIGXCPU", 0)): TOO_LONG.format(seconds=seconds), 1: NO_READER}
        raise ReadError(f"{name}: {stopped.get(code, DAMAGED.format(kind=NAMES[form]))}")
    if not found["text"].strip():
        raise ReadError(f"{name}: there are no words in this {NAMES[form]}; there is nothing to read.")
    return Source(
        found["text"], tuple(found["pages"]), tuple(Hint(**hint) for hint in found["layout"]), found["media_type"]
    )


def _answer(form: str, content: bytes) -> dict[str, Any]:
    """What the child has to say: everything that can go wrong while a file is read has a sentence."""
    try:
        # Only the library that is needed: each takes a tenth of a second to load.
        return asdict(import_module(f"ingest.readers.{form}").read(content))
    except ReadError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_MUCH}
    except RecursionError:
        return {"error": TOO_DEEP}
    except Exception:
        # The libraries raise what they like on a broken file, and when they are refused memory.
        return {"error": TOO_MUCH if memory_taken() > MEMORY // 2 else DAMAGED.format(kind=NAMES[form])}


def _main(form: str, seconds: int) -> None:
    if form == "archive":
        confine(memory=MEMORY, seconds=seconds, written=LARGEST_ARCHIVE)
        from ingest.readers.archive import laws

        for found in laws(sys.stdin.buffer):
            sys.stdout.write(json.dumps(found, default=str) + "\n")
    else:
        confine(memory=MEMORY, seconds=seconds, written=LARGEST_ANSWER)
        answer = _answer(form, sys.stdin.buffer.read())
        try:
            written = json.dumps(answer)
        except MemoryError:
            written = json.dumps({"error": TOO_MUCH})
        sys.stdout.write(written)
    sys.stdout.flush()
    # Nothing is left to do, and tearing down what a hostile file built can take long.
    os._exit(0)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
