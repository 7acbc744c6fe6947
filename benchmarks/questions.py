"""How long a question takes: to be read, to be asked of the graph, to be answered; and each query by itself."""

import csv
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from hjemmel.build import build, corpus
from hjemmel.store import Store
from queries import catalogue
from queries.answer import answer
from queries.names import Known

GOLD = Path(__file__).parents[1] / "tests/gold/questions.tsv"
RUNS = 5


def table() -> None:
    """Print the medians, and the slowest: of all questions of the gold, and of all queries with their examples."""
    with TemporaryDirectory() as folder:
        build(corpus(), Path(folder), force=True)
        store = Store.load(Path(folder))
        known = Known.of(store)
        with GOLD.open(encoding="utf-8", newline="") as lines:
            asked = [row["question"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
        for question in asked:
            answer(question, store, known)
        _print("ask, warm, over all questions of the gold", {one: _seconds(answer, one, store, known) for one in asked})
        taken = {}
        for query in catalogue().values():
            given = {name: one.example for name, one in query.parameters.items() if not one.optional}
            taken[query.name] = min(_seconds(query.run, store, **given) for _ in range(RUNS))
        _print(
            f"one query of {len(taken)} ({sum(bool(query.asks) for query in catalogue().values())} can be asked)", taken
        )


def _seconds(work: object, *given: object, **named: object) -> float:
    begin = perf_counter()
    work(*given, **named)  # type: ignore[operator]
    return perf_counter() - begin


def _print(name: str, taken: dict[str, float]) -> None:
    slowest = max(taken, key=lambda one: taken[one])
    print(f"{median(taken.values()) * 1000:>10.1f} ms   {name}; at most {taken[slowest] * 1000:.1f} ms ({slowest})")


if __name__ == "__main__":
    table()
