"""A sentence answered: the rows, everything that was searched, and what came nearest where nothing was found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from urllib.parse import urlencode

from queries.alike import alike
from queries.names import Choice, Known
from queries.nearest import nearest
from queries.query import Graph, Query, QueryError, Row, catalogue
from queries.question import Reading, understand
from queries.sentences import say

LETTERS = str.maketrans({"æ": "{1", "ä": "{1", "ø": "{2", "ö": "{2", "å": "{3"})


@dataclass(frozen=True, slots=True)
class Searched:
    """One agreement that was searched: found, none, or not_assessable; and its nearest candidates if none was found."""

    region: str | None
    region_iri: str | None
    document: str
    document_iri: str
    result: str
    reason: str
    nearest: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that a question was read with, and what else it could be; no value is one that could be given."""

    name: str
    kind: str
    choice: Choice | None
    alternatives: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question was read as, and what the graph says; or why it is declined, and what can be asked instead.

    `taken` are the values it was read with, `corrected` the misspelt words and what they were read as. `sparql` gives
    the same rows at any endpoint, `link` the same answer here. `answered_by` names what says more of these rows.
    """

    question: str
    language: str
    headline: str
    query: str | None = None
    title: str | None = None
    parameters: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    taken: tuple[Taken, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    searched: tuple[Searched, ...] = ()
    reason: str | None = None
    suggestions: tuple[str, ...] = ()
    asks_back: bool = False
    sparql: str | None = None
    link: str | None = None
    answered_by: str | None = None

    @property
    def answered(self) -> bool:
        """Whether the question was understood; what is not found is an answer, too."""
        return self.query is not None

    def as_json(self) -> dict[str, object]:
        """The answer as plain values, dates as ISO 8601."""
        return {
            "question": self.question,
            "answered": self.answered,
            "query": self.query,
            "parameters": {
                name: [{"iri": choice.value, "label": choice.label} for choice in choices]
                for name, choices in self.parameters.items()
            },
            "rows": [_plain(row) for row in self.rows],
            "searched": [
                {
                    "region": one.region,
                    "region_iri": one.region_iri,
                    "document": one.document,
                    "document_iri": one.document_iri,
                    "result": one.result,
                    "reason": one.reason,
                    "nearest": [_plain(row) for row in one.nearest],
                }
                for one in self.searched
            ],
            "reason": self.reason,
            "suggestions": list(self.suggestions),
            "sparql": self.sparql,
            "asks_back": self.asks_back,
            "understood": {
                "title": self.title,
                "values": [
                    {
                        "name": one.name,
                        "kind": one.kind,
                        "value": one.choice.value if one.choice else None,
                        "label": one.choice.label if one.choice else None,
                        "alternatives": [{"value": other.value, "label": other.label} for other in one.alternatives],
                    }
                    for one in self.taken
                ],
                "corrected": [{"written": written, "read_as": meant} for written, meant in self.corrected],
            },
            "link": self.link,
            "answered_by": self.answered_by,
        }


def answer(
    sentence: str,
    graph: Graph,
    known: Known | None = None,
    *,
    language: str = "nb",
    snapshot: str = "",
    as_of: date | None = None,
) -> Answer:
    """Answer a question in nb, nn or en. Whoever asks many may read what is `known` of the graph once.

    `language` is that of the answer where no word of the question tells which it is in. `snapshot` and `as_of` tell
    which state of the graph was asked, and by the law of which day: they go into the link.
    """
    known = known or Known.of(graph)
    reading = understand(sentence, known, language)
    if reading.query is None:
        reason = reading.reason or ""
        return Answer(
            question=sentence,
            language=reading.language,
            headline=reason,
            corrected=reading.corrected,
            reason=reason,
            suggestions=reading.suggestions,
            asks_back=reading.asks_back,
        )
    return _answered(sentence, reading, graph, known, snapshot=snapshot, as_of=as_of)


def answer_to(
    query: str,
    values: Mapping[str, Sequence[str]],
    graph: Graph,
    known: Known | None = None,
    *,
    language: str = "nb",
    snapshot: str = "",
    as_of: date | None = None,
) -> Answer:
    """Answer a query of the catalogue, by its name and the values of its parameters, as the link of an answer has them.

    QueryError says what does not hold together, in a link that somebody has changed.
    """
    known = known or Known.of(graph)
    if query not in catalogue():
        raise QueryError(f"There is no query {query}.")
    asked = catalogue()[query]
    if not asked.asks:
        raise QueryError(f"{query} only serves others.")
    given = {name: tuple(dict.fromkeys(chosen)) for name, chosen in values.items() if chosen}
    if unknown := sorted(given.keys() - asked.parameters.keys()):
        raise QueryError(f"{query} has no parameter {unknown[0]}.")
    asked.sparql(graph, given)
    parameters = {
        name: tuple(_choice(asked.parameters[name].kind, value, known, language) for value in chosen)
        for name, chosen in given.items()
    }
    return _answered("", Reading(language, query, parameters), graph, known, snapshot=snapshot, as_of=as_of)


def _choice(kind: str, value: str, known: Known, language: str) -> Choice:
    """A value with what people call it."""
    named = {one.value: one for one in known.choices(kind, language)}
    return named.get(value) or Choice(value, known.label(value, language))


def _answered(
    sentence: str, reading: Reading, graph: Graph, known: Known, *, snapshot: str, as_of: date | None
) -> Answer:
    assert reading.query is not None
    query = catalogue()[reading.query]
    found = _rows(query, reading.parameters, graph)
    if query.answered_by == "similar":
        found = _likest(found, reading.parameters, graph)
    searched = _searched(query, reading, found, graph, known) if query.searches else ()
    headline = _headline(query, reading.language, found, searched)
    values = {name: [choice.value for choice in choices] for name, choices in reading.parameters.items()}
    state = {"snapshot": snapshot, "as_of": as_of.isoformat() if as_of else ""}
    asked = {"query": query.name, **values, **{name: given for name, given in state.items() if given}}
    return Answer(
        question=sentence,
        language=reading.language,
        headline=headline,
        query=query.name,
        title=query.title[reading.language],
        parameters=reading.parameters,
        taken=tuple(_taken(query, reading, known)),
        corrected=reading.corrected,
        rows=tuple(_shown(row, reading.language, known) for row in found),
        searched=searched,
        reason=None if found else headline,
        sparql=query.sparql(graph, values),
        link=f"./?{urlencode(asked, doseq=True)}",
        answered_by=query.answered_by,
    )


def _taken(query: Query, reading: Reading, known: Known) -> Iterator[Taken]:
    """Each value that the question was read with; and each that it could have been narrowed by."""
    for name, parameter in query.parameters.items():
        others = known.choices(parameter.kind, reading.language)
        for choice in reading.parameters.get(name, ()) or (None,):
            yield Taken(
                name, parameter.kind, choice, tuple(one for one in others if not choice or one.value != choice.value)
            )


def _likest(rows: list[Row], parameters: Mapping[str, tuple[Choice, ...]], graph: Graph) -> list[Row]:
    """Of the clauses of other agreements those most like the one that the question names, with all that is below it."""
    named = {name.removeprefix("asked_"): choices for name, choices in parameters.items()}
    asked = _rows(catalogue()["clause_text"], named, graph)
    # A number may be of two versions of one agreement: neither is like the other only because it is the same.
    own = {row["document"] for row in asked}
    others = [row for row in rows if row["document"] not in own]
    return alike(others, "\n".join(str(row["quote"]) for row in asked))


def _rows(query: Query, parameters: Mapping[str, tuple[Choice, ...]], graph: Graph) -> list[Row]:
    """The rows for every combination of what the parameters are set to, each once, regions in Norwegian order."""
    rows: dict[tuple[object, ...], Row] = {}
    for values in product(*parameters.values()):
        given = {name: choice.value for name, choice in zip(parameters, values, strict=True)}
        for row in query.run(graph, **given):
            rows.setdefault(tuple(row.values()), row)
    found = list(rows.values())
    return sorted(found, key=_place) if query.searches else found


def _searched(query: Query, reading: Reading, found: Iterable[Row], graph: Graph, known: Known) -> tuple[Searched, ...]:
    language = reading.language
    hits: dict[object, int] = {}
    for row in found:
        hits[row["document"]] = hits.get(row["document"], 0) + 1
    asked = {name: choices for name, choices in reading.parameters.items() if name in ("region", "document")}
    searched = []
    for row in _rows(catalogue()["documents_searched"], asked, graph):
        one, document, missing = query.found[language][1], str(row["document"]), row["missingPart"]
        candidates: list[Row] = []
        if count := hits.get(document):
            result, reason = "found", say("result_found", language, count=_counted(query, language, count))
        elif row["region"] is None:
            result, reason = "not_assessable", say("result_no_region", language)
        elif missing:
            result, reason = "not_assessable", say("result_not_assessable", language, missing=missing).strip()
        else:
            result, reason = "none", say("result_none", language, what=one)
        if not count:
            for requirement in reading.parameters.get("requirement", ()):
                candidates += nearest(graph, known, requirement.value, document)
        shown = _shown(row, language, known)
        searched.append(
            Searched(
                region=str(shown["region"]) if row["region"] else None,
                region_iri=str(row["region"]) if row["region"] else None,
                document=str(row["documentLabel"]),
                document_iri=document,
                result=result,
                reason=reason,
                nearest=tuple(_shown(candidate, language, known) for candidate in candidates),
            )
        )
    return tuple(sorted(searched, key=lambda one: (norwegian(one.region or "~"), norwegian(one.document))))


def _headline(query: Query, language: str, found: list[Row], searched: tuple[Searched, ...]) -> str:
    """The answer in one sentence, such as "Fant 1 bestemmelse i 1 av 3 helsefellesskap"."""
    regions = {one.region_iri: one.region for one in searched if one.region_iri}
    hits = {row["region"] for row in found if row.get("region")}
    names = {
        "count": _counted(query, language, len(found)),
        "what": query.found[language][1],
        "hits": len(hits),
        "total": len(regions),
        "region": next(iter(regions.values()), ""),
    }
    extent = "" if not regions or (found and not hits) else "_in_one" if len(regions) == 1 else "_in_some"
    return say(("found" if found else "none") + extent, language, **names)


def _counted(query: Query, language: str, count: int) -> str:
    return f"{count} {query.found[language][0 if count == 1 else 1]}"


def _shown(row: Row, language: str, known: Known) -> Row:
    """A row as people read it: names in the reader's language, and the address of each thing beside its name."""
    shown: Row = {}
    for column, value in row.items():
        if column.endswith("Label"):
            continue
        if f"{column}Label" in row and value is not None:
            written = row[f"{column}Label"]
            shown[column] = known.label(str(value), language) if str(value) in known.labels else written
            shown[f"{column}_iri"] = value
        elif f"{column}Label" in row:
            shown[column] = row[f"{column}Label"]
        else:
            shown[_snake(column)] = value
    return {"document": None, "region": None, "clause": None, "quote": None, "iri": None} | shown


def norwegian(name: str) -> str:
    """A key that sorts names in Norwegian order: æ, ø, å after z.

    >>> sorted(["Årdal", "Østfold", "Agder"], key=norwegian)
    ['Agder', 'Østfold', 'Årdal']
    """
    return name.casefold().replace("aa", "{3").translate(LETTERS)


def _place(row: Row) -> tuple[str, str]:
    return norwegian(str(row["regionLabel"] or "~")), norwegian(str(row["documentLabel"]))


def _plain(row: Row) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _snake(column: str) -> str:
    """A column's name as JSON writes it: appliesFrom is applies_from."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in column)
