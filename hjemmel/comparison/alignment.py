"""Which clause of one text became which of another: by words, titles and numbers, wherever it was moved to."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hjemmel.comparison.likeness import likeness, matching, vocabulary
from hjemmel.comparison.paper import Clause
from hjemmel.comparison.wording import Run, same_words, wording, words

Change = Literal["same", "changed", "added", "removed"]

# Less alike than this, two clauses are not one clause rewritten, unless they stand in the same place.
ALIKE, ALIKE_IN_PLACE = 0.35, 0.15
# Agreements that share fewer clauses word for word are no versions of one: numbers and places mean nothing.
VERSIONS, ALIKE_APART = 0.2, 0.5
BY_TITLE, BY_NUMBER, BY_PLACE = 0.25, 0.1, 0.05


@dataclass(frozen=True, slots=True)
class Aligned:
    """A clause and what became of it; one of them is None if it was added or removed.

    `moved` tells that it stands in another order or under another clause, `renumbered` that its number is another.
    """

    one: Clause | None
    other: Clause | None
    change: Change
    moved: bool = False

    @property
    def renumbered(self) -> bool:
        """Whether both have a number, and not the same."""
        numbers = {clause.number for clause in (self.one, self.other) if clause and clause.number}
        return len(numbers) == 2

    @property
    def runs(self) -> tuple[Run, ...]:
        """The words kept, removed and added, with their places in the stored texts."""
        one, other = (clause.words if clause else None for clause in (self.one, self.other))
        return wording(
            one.quote if one else "",
            other.quote if other else "",
            one_start=one.start if one else 0,
            other_start=other.start if other else 0,
        )

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, with the runs unless nothing changed."""
        return {
            "one": self.one and self.one.as_json(),
            "other": self.other and self.other.as_json(),
            "change": self.change,
            "moved": self.moved,
            "renumbered": self.renumbered,
            "runs": [run.as_json() for run in self.runs] if self.change == "changed" else [],
        }


def alignment(ones: Sequence[Clause], others: Sequence[Clause]) -> tuple[Aligned, ...]:
    """Every clause of both texts, in the order of the newer, what was removed where it stood."""
    pairs = _pairs(ones, others)
    became = {other: one for one, other in pairs.items()}
    moved = _moved(pairs, ones, others)
    found: list[Aligned] = []
    told = 0
    for index, other in enumerate(others):
        one = became.get(index)
        if one is None:
            found.append(Aligned(None, other, "added"))
            continue
        if one not in moved:
            found.extend(Aligned(ones[at], None, "removed") for at in range(told, one) if at not in pairs)
            told = max(told, one)
        change: Change = "same" if same_words(ones[one].words.quote, other.words.quote) else "changed"
        found.append(Aligned(ones[one], other, change, moved=one in moved))
    found.extend(Aligned(ones[at], None, "removed") for at in range(told, len(ones)) if at not in pairs)
    return tuple(found)


def are_versions(aligned: Sequence[Aligned]) -> bool:
    """Whether two texts share so much word for word that one was made from the other."""
    shorter = min(sum(pair.one is not None for pair in aligned), sum(pair.other is not None for pair in aligned))
    return sum(pair.change == "same" for pair in aligned) >= max(1, VERSIONS * shorter)


def _pairs(ones: Sequence[Clause], others: Sequence[Clause]) -> dict[int, int]:
    """The pairs that are most alike all in all, each clause in one of them."""
    texts = [clause.words.quote for clause in (*ones, *others)]
    known = vocabulary(texts)
    vectors = [known.vector(text) for text in texts]
    alike = likeness(vectors[: len(ones)], vectors[len(ones) :])
    written: dict[tuple[str, ...], list[int]] = {}
    for other, clause in enumerate(others):
        written.setdefault(tuple(words(clause.words.quote)), []).append(other)
    same = {
        (one, other) for one, clause in enumerate(ones) for other in written.get(tuple(words(clause.words.quote)), ())
    }
    alike |= dict.fromkeys(same, 1.0)
    if len({one for one, _ in same}) < VERSIONS * min(len(ones), len(others)):
        return matching({pair: value for pair, value in alike.items() if value >= ALIKE_APART})
    for one, clause in enumerate(ones):
        for other, later in enumerate(others):
            if clause.title and clause.title == later.title:
                alike.setdefault((one, other), 0.0)
    scores = {(one, other): _score(ones[one], others[other], value) for (one, other), value in alike.items()}
    pairs = matching(
        {
            (one, other): score + BY_PLACE * (1 - abs(one / len(ones) - other / len(others)))
            for (one, other), score in scores.items()
            if score >= ALIKE
        }
    )
    _fill(pairs, ones, others, alike)
    return pairs


def _score(one: Clause, other: Clause, alike: float) -> float:
    number = BY_NUMBER * (one.number == other.number)
    if one.title and other.title:
        title = BY_TITLE * (one.title.casefold() == other.title.casefold())
        return (1 - BY_TITLE - BY_NUMBER) * alike + title + number
    return (1 - BY_NUMBER) * alike + number


def _fill(
    pairs: dict[int, int],
    ones: Sequence[Clause],
    others: Sequence[Clause],
    alike: Mapping[tuple[int, int], float],
) -> None:
    """Pair what is left of clauses that stand in the same place: under the same clause, between the same neighbours."""
    same = {ones[one].iri: others[other].iri for one, other in pairs.items()}
    taken = set(pairs.values())
    for one, clause in enumerate(ones):
        if one in pairs or clause.parent not in same:
            continue
        free = [
            other
            for other in _between(one, pairs, len(others))
            if other not in taken and others[other].parent == same[clause.parent]
        ]
        # Alone in its place, one word that both share is enough.
        least = ALIKE_IN_PLACE if len(free) > 1 else 0.0
        best = max(free, key=lambda other: alike.get((one, other), 0.0), default=None)
        if best is not None and alike.get((one, best), 0.0) > least:
            pairs[one] = best
            same[clause.iri] = others[best].iri
            taken.add(best)


def _between(one: int, pairs: Mapping[int, int], count: int) -> range:
    """The clauses of the other text between what the nearest neighbours became."""
    before = max((at for at in pairs if at < one), default=None)
    after = min((at for at in pairs if at > one), default=None)
    return range(pairs[before] + 1 if before is not None else 0, pairs[after] if after is not None else count)


def _moved(pairs: Mapping[int, int], ones: Sequence[Clause], others: Sequence[Clause]) -> set[int]:
    """Those that stand under another clause, and the fewest that keep the rest of their siblings from one order."""
    became = {ones[one].iri: others[other].iri for one, other in pairs.items()}
    present = {clause.iri for clause in others}
    moved, siblings = set(), defaultdict(list)
    for one in sorted(pairs):
        above, now = ones[one].parent, others[pairs[one]].parent
        if above in became and now in present and became[above] != now:
            moved.add(one)
        else:
            siblings[above].append(one)
    for group in siblings.values():
        moved |= set(group) - set(_rising(group, pairs))
    return moved


def _rising(group: Sequence[int], pairs: Mapping[int, int]) -> Iterator[int]:
    """The longest part of a group that stands in the same order in the other text."""
    smallest: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for one in group:
        place = bisect_left(smallest, pairs[one])
        before[one] = ends[place - 1] if place else None
        smallest[place : place + 1] = [pairs[one]]
        ends[place : place + 1] = [one]
    last: int | None = ends[-1] if ends else None
    while last is not None:
        yield last
        last = before[last]
