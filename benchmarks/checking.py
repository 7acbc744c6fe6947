"""Many agreements checked at once: by one process and by one on each core, for a country and for its halves.

    python -m benchmarks.checking [--documents 100] [--runs 3]

Nothing is kept of a check from one run to the next. What a document takes is processor time; the gain is that of the
clock on the wall, so other work on the machine lessens it.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.country.store import built
from benchmarks.pairs import figure, span, table
from hjemmel import kept
from hjemmel.checking import How, judgements
from hjemmel.store import Store
from hjemmel.workers import processes

SEED = 1
HEAD = ("agreements", "one process", "processor time of each", f"{processes()} processes", "times as fast")
HOW = How(as_of=date(2025, 1, 1), language="nb")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ["HJEMMEL_HOME"] = folder
        # A fifth of what a country writes are minutes, which are no agreements.
        built(home, SEED, given.documents * 5 // 4 + 25)
        store = Store.load(home)
        names = [name for name in store.documents() if "avtale" in name][: given.documents]
        print(table(HEAD, rows(home, store, names, given.runs)))
    return 0


def rows(home: Path, store: Store, names: Sequence[str], runs: int) -> Iterator[tuple[str, ...]]:
    """The times for a quarter, half and all of the agreements."""
    for count in sorted({max(1, len(names) // part) for part in (4, 2, 1)}):
        asked = names[:count]
        taken = [(*_seconds(home, store, asked, count + 1), _seconds(home, store, asked, 1)[0]) for _ in range(runs)]
        one, used, several = (median(times) for times in zip(*taken, strict=True))
        yield str(count), span(one), span(used / count), span(several), figure(one / several)


def _seconds(home: Path, store: Store, names: Sequence[str], parallel_from: int) -> tuple[float, float]:
    """By the clock on the wall, and of this process."""
    kept.forget(home)
    begin, used = time.perf_counter(), time.process_time()
    told = sum(1 for _ in judgements(names, lambda: store, how=HOW, parallel_from=parallel_from))
    assert told == len(names)
    return time.perf_counter() - begin, time.process_time() - used


if __name__ == "__main__":
    sys.exit(main())
