"""Two ways to do the same, timed in turn in the same run, so that whatever else the machine does befalls both."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]
Clock = Callable[[], float]

ENDED = 0
OTHER_FAILURE = 3


@dataclass(frozen=True, slots=True)
class Pairs:
    """The seconds that ours and the peer took, run by run; `least` is how many times as fast ours must be."""

    what: str
    peer: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    least: float | None = None
    only_more_than: bool = False

    @property
    def ratios(self) -> tuple[float, ...]:
        """How many times as fast as the peer ours was, run by run."""
        return tuple(theirs / ours for ours, theirs in zip(self.ours, self.theirs, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios.

        >>> Pairs("asking", "a peer", ours=(1.0, 2.0, 1.0), theirs=(8.0, 8.0, 9.0)).ratio
        8.0
        """
        return median(self.ratios)

    @property
    def held(self) -> bool:
        """Whether ours is as fast as it must be."""
        return self.least is None or self.ratio >= self.least

    def row(self) -> tuple[str, ...]:
        """The line of a table: what, peer, medians, ratio with its spread, and the floor."""
        more = "> " if self.only_more_than else ""
        spread = f"{figure(min(self.ratios))}–{figure(max(self.ratios))}"
        floor = "" if self.least is None else f"≥ {figure(self.least)}{'' if self.held else ' **not held**'}"
        return (
            *(self.what, self.peer, span(median(self.ours)), more + span(median(self.theirs))),
            *(f"{more}{figure(self.ratio)}", spread, floor),
        )


HEAD = ("what", "peer", "ours", "peer's", "times as fast", "spread", "floor")


def paired(
    what: str,
    peer: str,
    ours: Work,
    theirs: Work,
    *,
    runs: int = 5,
    clock: Clock = time.process_time,
    least: float | None = None,
) -> Pairs:
    """Do both in turn, after one round to warm up; what is over at once is done again and again."""
    mine, others = (_times(seconds(work, clock)) for work in (ours, theirs))
    taken = [(seconds(ours, clock, mine), seconds(theirs, clock, others)) for _ in range(runs)]
    return Pairs(what, peer, tuple(one for one, _ in taken), tuple(other for _, other in taken), least)


def paired_with_limit(
    what: str, peer: str, ours: Work, theirs: Work, *, longest: float, runs: int = 3, least: float | None = None
) -> Pairs:
    """The same with a peer that may take for ever: it works in a process of its own, for no longer than `longest`.

    A peer whose work comes to something else than ours is told so.
    """
    known, times = str(ours()), _times(seconds(ours, time.process_time))
    mine: list[float] = []
    others: list[float] = []
    cut = False
    while len(mine) < runs and not cut:
        mine.append(seconds(ours, time.process_time, times))
        answer = _limited(theirs, longest)
        cut = answer is None
        taken, _, result = (answer or f"{longest} {known}").partition(" ")
        others.append(float(taken))
        if result != known:
            peer = f"{peer.partition(',')[0]}, which answers otherwise"
    return Pairs(what, peer, tuple(mine), tuple(others), least, only_more_than=cut)


def seconds(work: Work, clock: Clock, times: int = 1) -> float:
    """How long a piece of work takes by a clock, done once or so many times."""
    begin = clock()
    for _ in range(times):
        work()
    return (clock() - begin) / times


def _times(taken: float) -> int:
    """How often to do what took so long, to be told by a clock that is not very fine."""
    return max(1, min(50, int(0.05 / max(taken, 1e-6))))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown, in columns that a person can read.

    >>> print(table(("a", "b"), [("1", "long")]))
    | a | b    |
    |---|------|
    | 1 | long |
    """
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    written = [
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |" for line in lines
    ]
    return "\n".join([written[0], f"|{'|'.join('-' * (width + 2) for width in widths)}|", *written[1:]])


def figure(value: float) -> str:
    """A number with as many digits as mean something.

    >>> figure(0.351), figure(8.25), figure(1234.5)
    ('0.35', '8.2', '1,234')
    """
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def span(value: float) -> str:
    """A length of time.

    >>> span(0.00123), span(0.25), span(12.34)
    ('1.2 ms', '250 ms', '12.3 s')
    """
    return f"{value:.1f} s" if value >= 10 else f"{value * 1000:,.0f} ms" if value >= 0.1 else f"{value * 1000:.1f} ms"


def _limited(work: Work, longest: float) -> str | None:
    """The seconds of processor time that a piece of work takes in a copy of this process, and what it comes to.

    None if it is too long.
    """
    reading, writing = os.pipe()
    copy = os.fork()
    if copy == 0:
        code = OTHER_FAILURE
        try:
            signal.setitimer(signal.ITIMER_REAL, longest * 20)  # on a busy machine
            signal.setitimer(signal.ITIMER_PROF, longest)
            begin = time.process_time()
            result = work()
            taken = time.process_time() - begin
            if (times := _times(taken)) > 1:
                taken = seconds(work, time.process_time, times)
            os.write(writing, f"{taken:.9f} {result}".encode())
            code = ENDED
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = told.read()
    _, status = os.waitpid(copy, 0)
    if answer:
        return answer
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGPROF):
        return None
    raise RuntimeError("the peer could not do its work: see the error above")
