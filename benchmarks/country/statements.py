"""What the sentences of a paper state, gathered while it is written, as the readers would give it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, get_args

from benchmarks.country.sentences import Sentence
from ingest.bodies import Body, Fact
from ingest.citations import Citation
from ingest.norms import Norm
from ingest.requirements import Claim
from ingest.requirements.coverage import Coverage
from ingest.terms import Term
from ontology.topics import RANK, Strength


class Statements:
    """Each sentence is added with the place where it was written."""

    def __init__(self) -> None:
        self._claims: dict[tuple[int, str], Claim] = {}
        self._values: set[tuple[str, str]] = set()
        self._orders: Counter[str] = Counter()
        self._terms: list[Term] = []
        self._norms: list[Norm] = []
        self._citations: list[Citation] = []
        self._bodies: dict[str, Body] = {}

    def add(self, said: Sentence, start: int, clause: int) -> None:
        """What a sentence states that was written at `start`, in a clause."""
        end = start + len(said.text)
        for requirement, how in said.claims.items():
            self._claim(start, end, clause, requirement, how)
        self._norms += (Norm(start, end, clause, **norm) for norm in said.norms)
        for term in said.terms:
            self._term(start, end, **term)
        self._citations += (citation(given, said.text, start, clause) for given in said.citations)
        for given in said.bodies:
            self._body(given, said.text, start, clause)

    def found(self) -> dict[str, Any]:
        """Everything stated, as the fields of a `Reading`."""
        return {
            "claims": tuple(self._claims.values()),
            "norms": tuple(self._norms),
            "terms": tuple(self._terms),
            "citations": tuple(self._citations),
            "bodies": tuple(self._bodies.values()),
        }

    def _claim(self, start: int, end: int, clause: int, requirement: str, how: str) -> None:
        # A clause answers to a requirement once: by the strongest of its sentences, the first among equals.
        coverage, strength = _how(how)
        said = self._claims.get((clause, requirement))
        if said is None or RANK[strength] > RANK[said.strength]:
            self._claims[clause, requirement] = Claim(start, end, clause, requirement, coverage, strength)

    def _term(self, start: int, end: int, field: str, value: str) -> None:
        if (field, value) not in self._values:
            self._values.add((field, value))
            self._orders[field] += 1
            self._terms.append(Term(field, value, self._orders[field], start, end))

    def _body(self, given: Mapping[str, Any], text: str, start: int, clause: int) -> None:
        facts = tuple(Fact(*_span(fact["words"], text, start), fact["field"], fact["value"]) for fact in given["facts"])
        slug, name = given["slug"], given["words"]
        self._bodies.setdefault(slug, Body(*_span(name, text, start), clause, slug, slug, name, facts=facts))


def citation(given: Mapping[str, Any], text: str, start: int, clause: int) -> Citation:
    """A citation that stands in a text, which stands at `start` of a paper."""
    place = _span(given["words"], text, start)
    return Citation(*place, given["law"], given["section"], given.get("ledd"), kind="section", clause=clause)


def _how(words: str) -> tuple[Coverage, Strength]:
    """How a clause covers a requirement, and how sure that is: "covers explicit"."""
    coverage, strength = words.split()
    assert coverage in get_args(Coverage), words
    assert strength in RANK, words
    return coverage, strength  # type: ignore[return-value]


def _span(words: str, text: str, start: int) -> tuple[int, int]:
    place = start + text.index(words)
    return place, place + len(words)
