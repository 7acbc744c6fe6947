"""The log of decisions, HOME/reviews.jsonl: plain text, one decision a line, only ever added to."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from hjemmel.review.decision import Decision, LogError, decision
from hjemmel.snapshot import sync

LOG = "reviews.jsonl"


def decisions(home: Path) -> tuple[Decision, ...]:
    """Every decision ever taken, in order. A last line that a killed writer left unfinished was never taken."""
    path = home / LOG
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    found = []
    for number, line in enumerate(lines, 1):
        try:
            if line:
                found.append(decision(line))
        except (ValueError, KeyError, TypeError) as error:
            if number == len(lines):
                break
            raise LogError(f"{path}, line {number}, is not a decision ({error}): restore it from a copy.") from error
    return tuple(found)


def append(home: Path, new: Callable[[int], Decision]) -> Decision:
    """Add the decision that `new` makes of its number, and have it on the disk. The caller holds `writing(home)`."""
    path = home / LOG
    added = new(len(decisions(home)) + 1)
    is_new = not path.exists()
    with path.open("a+b") as file:
        _mend(file)
        file.write(added.line().encode())
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync(home)
    return added


def _mend(file: BinaryIO) -> None:
    """Take away half a line that a killed writer left, or end a whole one."""
    file.seek(0)
    content = file.read()
    rest = content.rpartition(b"\n")[2]
    if not rest:
        return
    try:
        decision(rest)
        file.write(b"\n")
    except (ValueError, KeyError, TypeError):
        file.truncate(len(content) - len(rest))
