"""A sentence read as a question of the catalogue, or declined: never a guess.

Every word of the sentence must be accounted for, as a name (of a region, a requirement, a provision …), as a word of
the question it is read as, or as a word that says nothing. What then fits best is chosen; two that fit alike are asked
about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from queries.fit import LEAST, SLOT, Fit, Sentence, asked_words, fits, telling_stems
from queries.names import Choice, Known, Mention
from queries.query import Query, catalogue
from queries.sentences import listing, say
from queries.vocabulary import language, listed, meant, statuses, stem, words

DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b|\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
# Two queries that fit a sentence so nearly alike are a question back.
TIE = 0.05
CONNECTED = re.compile(r"\b(?:og|and)\b|[,;?]\s")
SUGGESTED = ("clauses_implementing", "missing_requirements", "termination_notice")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence asks: a query and its parameters; or why it is declined, and what can be asked instead."""

    language: str
    query: str | None = None
    parameters: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    reason: str | None = None
    suggestions: tuple[str, ...] = ()


def understand(sentence: str, known: Known) -> Reading:
    """Read a sentence in nb, nn or en as one question about what is known."""
    said = _read(sentence, known)
    reading = _understood(said, known)
    if reading.query:
        return reading
    candidates = dict.fromkeys((*reading.suggestions, *_suggestions(SUGGESTED, said, known)))
    working = [one for one in candidates if _understood(_read(one, known), known).query]
    return Reading(reading.language, reason=reading.reason, suggestions=tuple(working[:3]))


def _understood(said: Sentence, known: Known) -> Reading:
    if not said.words:
        return _declined("empty", said)
    for mention in said.mentions:
        if not mention.choices:
            return _declined("unknown_provision", said, words=said.text[mention.start : mention.end])
    regions = [choice for mention in said.mentions for choice in mention.choices.get("region", ())]
    if absent := [known.spoken(one.value, said.language) for one in regions if not known.has_documents(one.value)]:
        return _declined("no_documents", said, names=listing(absent, said.language))
    found = fits(said, known)
    whole = [fit for fit in found if fit.enough and not fit.unexplained and not fit.lacking]
    if not whole:
        return _unfit(found, said, known)
    best = whole[0]
    if len(whole) > 1 and whole[1].score > best.score - TIE:
        options = _suggestions([best.query.name, whole[1].query.name], said, known)
        return _declined("tie", said, options, options=listing([f"«{one}»" for one in options], said.language))
    if best.ambiguous:
        return _which(best, best.ambiguous, said, known)
    parameters = _versions(best, said, known)
    return (
        Reading(said.language, best.query.name, parameters) if parameters is not None else _declined("no_status", said)
    )


def _unfit(found: list[Fit], said: Sentence, known: Known) -> Reading:
    """Why no query fits, told by the one that comes nearest."""
    near = min(found, key=lambda fit: (fit.score == 0, len(fit.unexplained), -fit.score))
    suggestions = _suggestions([fit.query.name for fit in (near, *found[:2]) if fit.score], said, known)
    if near.lacking and not near.unexplained and near.score >= LEAST:
        return _declined(f"needs_{near.lacking[0]}", said, suggestions)
    if not near.unexplained:
        return _declined("no_intent", said, suggestions)
    elsewhere = all(stem(word.casefold(), said.language) in telling_stems(said.family) for word in near.unexplained)
    if near.enough and elsewhere and CONNECTED.search(said.text):
        return _declined("two_questions", said, suggestions)
    # A name it knows is not what stops the question, unless it is all that is left over.
    names = {said.text[mention.start : mention.end] for mention in said.mentions}
    left = [word for word in near.unexplained if word not in names] or near.unexplained
    quoted = listing([f"«{word}»" for word in left], said.language)
    return _declined("unknown_words", said, suggestions, words=quoted)


def _which(fit: Fit, mention: Mention, said: Sentence, known: Known) -> Reading:
    """Ask back which of several things a name means."""
    options = [(kind, choice) for kind, choices in mention.choices.items() for choice in choices]
    instead = [_filled(fit.query, said, known, {**_named(said, known), kind: (one,)}) for kind, one in options]
    # Two acts are called forvaltningsloven: then by date and number.
    labels = [choice.label for _, choice in options]
    labels = [
        f"{one.label} ({one.value.rpartition('/')[2]})" if labels.count(one.label) > 1 else one.label
        for _, one in options
    ]
    names = listing(labels, said.language)
    asked = said.text[mention.start : mention.end]
    return _declined("ambiguous", said, [one for one in instead if one], words=asked, names=names)


def _declined(why: str, said: Sentence, suggestions: Iterable[str] = (), **names: str) -> Reading:
    return Reading(said.language, reason=say(why, said.language, **names), suggestions=tuple(suggestions))


def _read(sentence: str, known: Known) -> Sentence:
    """The words and names of a sentence, misspelt words set right."""
    spoken = language(sentence)
    common = asked_words(spoken)
    names = [one for one in known.mentions(sentence, spoken, common) if not one.vague]
    vocabulary = {word: word for word in (*common, *known.spelling())}
    stems = {stem(word, spoken): word for word in vocabulary}
    asking = {word: word for word in listed("asking", spoken)}
    text, position = "", 0
    for word in words(sentence):
        if word.text in vocabulary or any(one.start < word.end and word.start < one.end for one in names):
            continue
        right = meant(word.text, vocabulary, stems, spoken)
        if not right and not sentence[: word.start].strip():
            right = meant(word.text, asking, {}, spoken, shortest=2)
        if right:
            text += sentence[position : word.start] + right
            position = word.end
    text += sentence[position:]
    mentions = (*known.mentions(text, spoken, common), *_dates(text))
    return Sentence(text, spoken, tuple(words(text)), mentions)


def _dates(text: str) -> Iterator[Mention]:
    """Dates written as 2022-08-01 or 1.8.2022."""
    for found in DATE.finditer(text):
        year, month, day = map(int, found.group(1, 2, 3) if found.group(1) else found.group(6, 5, 4))
        try:
            iso = date(year, month, day).isoformat()
        except ValueError:
            continue
        yield Mention(found.start(), found.end(), {"date": (Choice(iso, iso),)})


def _versions(fit: Fit, said: Sentence, known: Known) -> Mapping[str, tuple[Choice, ...]] | None:
    """The parameters, narrowed to the drafts if the sentence speaks of a draft; None if there is none."""
    wanted = {status for word in said.words for status in statuses(word.text)}
    if not wanted or "document" not in fit.query.parameters or "document" in fit.parameters:
        return fit.parameters
    regions = {choice.value for choice in fit.parameters.get("region", ())}
    drafts = tuple(
        Choice(str(row["document"]), str(row["documentLabel"]))
        for row in known.documents
        if row["status"] in wanted and row["kind"] == "agreement" and (not regions or row["region"] in regions)
    )
    return {**fit.parameters, "document": drafts} if drafts else None


def _suggestions(names: Iterable[str], said: Sentence, known: Known) -> tuple[str, ...]:
    """For each query a sentence that asks it, with the names of the sentence where it has them."""
    given = _named(said, known)
    filled = [_filled(catalogue()[name], said, known, given) for name in dict.fromkeys(names)]
    return tuple(sentence for sentence in filled if sentence)


def _named(said: Sentence, known: Known) -> dict[str, tuple[Choice, ...]]:
    """What the sentence names for certain, by kind."""
    given: dict[str, tuple[Choice, ...]] = {}
    for mention in said.mentions:
        for kind, choices in mention.choices.items():
            if not mention.ambiguous and (kind != "region" or all(known.has_documents(one.value) for one in choices)):
                given.setdefault(kind, choices)
    return given


def _filled(query: Query, said: Sentence, known: Known, given: Mapping[str, tuple[Choice, ...]]) -> str | None:
    """The first way to ask a query whose parameters can all be filled in."""
    regions = [str(row["region"]) for row in known.documents if row["region"] and row["kind"] == "agreement"]
    for pattern in query.asks[said.language]:
        values = {}
        for name in SLOT.findall(pattern):
            kind = query.parameters[name].kind
            example = regions[0] if kind == "region" and regions else query.parameters[name].example
            thing = given[kind][0].value if kind in given else example
            if kind not in ("document", "date") and (thing in known.labels or thing in known.short):
                values[name] = known.spoken(thing, said.language)
        if len(values) == len(SLOT.findall(pattern)):
            sentence = pattern.format(**values)
            return f"{sentence[0].upper()}{sentence[1:]}?"
    return None
