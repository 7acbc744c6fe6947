"""The log of decisions, HOME/reviews.jsonl: plain text, one decision a line, only ever added to.

What erasure.txt lists is read as blocks, in words, reasons and roles alike. The file is as it was written until it is
`rewritten`.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from hjemmel.erasure import Erasure, erasure
from hjemmel.review.decision import Decision, LogError, Words, decision
from hjemmel.snapshot import sync, writing

LOG = "reviews.jsonl"


def decisions(home: Path) -> tuple[Decision, ...]:
    """Every decision ever taken, in order. A last line that a killed writer left unfinished was never taken."""
    path, listed = home / LOG, erasure(home)
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    found = []
    for number, line in enumerate(lines, 1):
        try:
            if line:
                found.append(_erased(decision(line), listed))
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


def rewritten(home: Path) -> int:
    """Take what erasure.txt lists out of the file itself; how many decisions it stood in."""
    path = home / LOG
    with writing(home):
        kept = decisions(home)
        before = [line for line in path.read_bytes().split(b"\n") if line][: len(kept)] if kept else []
        after = [
            line + b"\n" if decision(line) == each else each.line().encode()
            for line, each in zip(before, kept, strict=True)
        ]
        changed = sum(old + b"\n" != new for old, new in zip(before, after, strict=True))
        if changed:
            beside = home / f"{LOG}.part"
            beside.write_bytes(b"".join(after))
            sync(beside)
            beside.replace(path)
            sync(home)
    return changed


def _erased(taken: Decision, listed: Erasure) -> Decision:
    right = taken.correction
    return replace(
        taken,
        reason=listed.blocked(taken.reason),
        role=listed.blocked(taken.role),
        words=tuple(_words(words, listed) for words in taken.words),
        correction=replace(right, words=_words(right.words, listed)) if right else None,
    )


def _words(words: Words, listed: Erasure) -> Words:
    """The words as they stand in the document now: a name may begin in what stands before them."""
    whole = listed.blocked(words.prefix + words.exact + words.suffix)
    start, end = len(words.prefix), len(words.prefix) + len(words.exact)
    return replace(words, prefix=whole[:start], exact=whole[start:end], suffix=whole[end:])


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
