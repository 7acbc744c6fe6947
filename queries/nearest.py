"""What comes nearest to a requirement where no clause implements it: a place to begin reading, never an answer."""

from collections import Counter
from math import log

from ontology.lexicon import stems
from queries.names import Known
from queries.query import Graph, Row, catalogue

# A clause that shares one word with the law is near by accident.
LEAST_SHARED = 2
SHOWN = 2
LONGEST_QUOTE = 300


def nearest(graph: Graph, known: Known, requirement: str, document: str) -> list[Row]:
    """The weak claims of a document; if it has none, the clauses that share most words with what the requirement says.

    Rare words of the document count most. Such a clause has no coverage and no strength: nobody claims anything of it.
    """
    claimed = catalogue()["nearest_candidates"].run(graph, requirement=requirement, document=document)
    if claimed:
        return claimed
    wanted = known.subjects.get(requirement, frozenset())
    clauses = catalogue()["clauses_of_document"].run(graph, document=document)
    shared = [wanted & set(stems(str(clause["quote"]))) for clause in clauses]
    common = Counter(word for words in shared for word in words)
    weight = {word: log(1 + len(clauses) / count) for word, count in common.items()}
    ranked = sorted(
        (-sum(map(weight.__getitem__, words)), place)
        for place, words in enumerate(shared)
        if len(words) >= LEAST_SHARED
    )
    label = {"requirement": requirement, "requirementLabel": known.label(requirement, "nb")}
    return [label | {"coverage": None, "strength": None} | _shortened(clauses[place]) for _, place in ranked[:SHOWN]]


def _shortened(clause: Row) -> Row:
    """The beginning of a long clause, still word for word at its place."""
    quote, start = str(clause["quote"]).rstrip(), clause["start"]
    if len(quote) > LONGEST_QUOTE:
        quote = quote[: LONGEST_QUOTE + 1].rpartition(" ")[0].rstrip()
    return clause | {"quote": quote, "end": start + len(quote) if isinstance(start, int) else None}
