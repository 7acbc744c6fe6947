"""Clauses like a given clause, with the words they share: suggestions for a reader, no statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from weakref import WeakKeyDictionary

from hjemmel.comparison.likeness import Vector, Vocabulary, alike, vocabulary
from hjemmel.comparison.paper import Clause, papers
from hjemmel.store import Store
from ontology.lexicon import WORD, stem

CLOSE, LEAST = 0.4, 0.1
SHOWN = 8
SHORTEST = 3  # words: a heading of one word is like too much


class UnknownClauseError(LookupError):
    """There is no such clause; the message says where they are listed."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A clause that is like another. A "suggestion" shares some rare words only and may be about something else."""

    clause: Clause
    score: float
    strength: Literal["close", "suggestion"]
    shared_terms: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "clause": self.clause.as_json(),
            "score": round(self.score, 3),
            "strength": self.strength,
            "shared_terms": self.shared_terms,
        }


@dataclass(frozen=True, slots=True)
class _Index:
    """Every clause of a store with the weights of its words."""

    clauses: Mapping[str, Clause]
    vectors: Mapping[str, Vector]
    vocabulary: Vocabulary


def similar(store: Store, clause_iri: str, n: int = 5, *, everywhere: bool = False) -> tuple[Similar, ...]:
    """The clauses most like this one, the likest first: of other documents, or of its own too if `everywhere`."""
    index = _index(store)
    if clause_iri not in index.clauses:
        raise UnknownClauseError(
            f"There is no clause <{clause_iri}> in the store: `hjemmel show DOC --json` lists them."
        )
    given = index.clauses[clause_iri]
    vector = index.vectors[clause_iri]
    scores = [
        (alike(vector, index.vectors[iri]), iri)
        for iri, clause in index.clauses.items()
        if iri != clause_iri
        and (everywhere or clause.words.document != given.words.document)
        and len(WORD.findall(clause.words.quote)) >= SHORTEST
    ]
    best = sorted((found for found in scores if found[0] >= LEAST), key=lambda found: (-found[0], found[1]))[:n]
    return tuple(
        Similar(
            index.clauses[iri],
            score,
            "close" if score >= CLOSE else "suggestion",
            _shared(index, given, index.clauses[iri]),
        )
        for score, iri in best
    )


_indexes: "WeakKeyDictionary[Store, _Index]" = WeakKeyDictionary()


def _index(store: Store) -> _Index:
    """The index of a snapshot, made once: a store never changes."""
    if store not in _indexes:
        clauses = {clause.iri: clause for paper in papers(store).values() for clause in paper.clauses}
        known = vocabulary(clause.words.quote for clause in clauses.values())
        vectors = {iri: known.vector(clause.words.quote) for iri, clause in clauses.items()}
        _indexes[store] = _Index(clauses, vectors, known)
    return _indexes[store]


def _shared(index: _Index, given: Clause, found: Clause) -> tuple[str, ...]:
    """The words that make two clauses alike, the weightiest first, in their dictionary form."""
    from simplemma import lemmatize

    one, other = index.vectors[given.iri], index.vectors[found.iri]
    weights = {word: one[word] * other[word] for word in one.keys() & other.keys()}
    forms: dict[str, str] = {}
    within: set[str] = set()
    for form in WORD.findall(given.words.quote):
        parts = index.vocabulary.parts(form.lower())
        for part in (form, *parts):
            forms.setdefault(stem(part), part.lower())
        if stem(form) in weights:
            within.update(map(stem, parts))
    # Whoever reads "pasientforløp" need not be told "pasient" and "forløp".
    best = sorted(weights.keys() - within, key=lambda word: (-weights[word], word))[:SHOWN]
    return tuple(dict.fromkeys(lemmatize(forms.get(word, word), lang=("nb", "nn")).lower() for word in best))
