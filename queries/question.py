"""A sentence read as a question of the catalogue, or declined: never a guess.

Every word of the sentence must be accounted for, as a name (of a region, a requirement, a provision …), as a word of
the question it is read as, or as a word that says nothing. What then fits best is chosen; two that fit alike are asked
about.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from queries.fit import LEAST, SLOT, Fit, Sentence, asked_words, fits, telling_stems
from queries.names import Choice, Known, Mention
from queries.phrases import phrases
from queries.query import WRITTEN, Query, catalogue
from queries.sentences import listing, say
from queries.slots import slots
from queries.vocabulary import class_words, classes, language, listed, meant, stem, words

# Two queries that fit a sentence so nearly alike are a question back.
TIE = 0.05
CONNECTED = re.compile(r"\b(?:og|and)\b|[,;?]\s")
SUGGESTED = ("clauses_implementing", "missing_requirements", "termination_notice")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence asks: a query and its parameters; or why it is declined, and what can be asked instead.

    `corrected` are the misspelt words and what they were read as. A sentence that could be answered if it said more is
    not declined for good: it `asks_back`.
    """

    language: str
    query: str | None = None
    parameters: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    reason: str | None = None
    suggestions: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    asks_back: bool = False


def understand(sentence: str, known: Known, otherwise: str = "nb") -> Reading:
    """Read a sentence in nb, nn or en as one question about what is known; `otherwise` where no word tells which."""
    said = _read(sentence, known, otherwise)
    reading = _understood(said, known)
    if reading.query:
        return reading
    candidates = dict.fromkeys((*reading.suggestions, *_suggestions(SUGGESTED, said, known)))
    working = [one for one in candidates if _understood(_read(one, known), known).query]
    return replace(reading, suggestions=tuple(working[:3]))


def _understood(said: Sentence, known: Known) -> Reading:
    if not said.words:
        return _declined("empty", said)
    if any(phrase.kind == "change" for phrase in said.phrases):
        return _declined("change", said)
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
    near = [fit for fit in whole if fit.score > whole[0].score - TIE]
    # What takes in more of what the sentence names is nearer to it.
    best, *others = [fit for fit in near if not any(fit.parameters.keys() < other.parameters.keys() for other in near)]
    if others:
        options = _suggestions([fit.query.name for fit in (best, *others[:1])], said, known)
        return _declined("tie", said, options, options=listing([f"«{one}»" for one in options], said.language))
    if best.ambiguous:
        return _which(best, best.ambiguous, said, known)
    parameters = _versions(best, said, known)
    if parameters is None:
        return _declined("no_status", said)
    return Reading(said.language, best.query.name, parameters, corrected=said.corrected)


def _unfit(found: list[Fit], said: Sentence, known: Known) -> Reading:
    """Why no query fits, told by the one that comes nearest."""
    near = min(found, key=lambda fit: (fit.score == 0, len(fit.unexplained), -fit.score))
    suggestions = _suggestions([fit.query.name for fit in (near, *found[:2]) if fit.score], said, known)
    if near.lacking and not near.unexplained and near.score >= LEAST:
        return _declined(f"needs_{near.lacking[0]}", said, suggestions)
    if not near.unexplained:
        return _declined("no_intent", said, suggestions)
    if any(phrase.kind == "judgement" for phrase in said.phrases):
        return _declined("judgement", said, suggestions)
    elsewhere = all(stem(word.casefold(), said.language) in telling_stems(said.family) for word in near.unexplained)
    if near.enough and elsewhere and CONNECTED.search(said.text):
        return _declined("two_questions", said, suggestions)
    # A name it knows is not what stops the question, unless it is all that is left over.
    names = {said.text[mention.start : mention.end] for mention in said.mentions}
    left = [word for word in near.unexplained if word not in names] or near.unexplained
    quoted = listing([f"«{word}»" for word in left], said.language)
    # What it has no name for may still stand in a text: "hva sier avtalene om parkering".
    about = [one for one in said.mentions if "subject" in one.choices and said.text[one.start : one.end] in left]
    search = catalogue()["clauses_mentioning"]
    sought = [_filled(search, said, known, {"text": (Choice(one, one),)}) for one in left if about]
    return _declined("unknown_words", said, (*(one for one in sought if one), *suggestions), words=quoted)


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
    return Reading(
        said.language,
        reason=say(why, said.language, **names),
        suggestions=tuple(suggestions),
        corrected=said.corrected,
        asks_back=why in ("tie", "ambiguous") or why.startswith("needs_"),
    )


def _read(sentence: str, known: Known, otherwise: str = "nb") -> Sentence:
    """The words and names of a sentence, misspelt words set right."""
    spoken = language(sentence, otherwise)
    common = asked_words(spoken)
    # Words in quotation marks are to be found as they are; a subject without them may hold a slip.
    held = _mentions(sentence, spoken, known, common)
    names = [one for one in held if not one.vague and set(one.choices) != {"subject"}]
    vocabulary, stems = _spelling(known, spoken)
    asking = {word: word for word in listed("asking", spoken)}
    text, position = "", 0
    corrected = []
    for word in words(sentence):
        if (
            word.text in vocabulary
            or stem(word.text, spoken) in stems
            or any(one.start < word.end and word.start < one.end for one in names)
        ):
            continue
        right = meant(word.text, vocabulary, stems, spoken)
        if not right and not sentence[: word.start].strip():
            right = meant(word.text, asking, {}, spoken, shortest=2)
        if right:
            text += sentence[position : word.start] + right
            position = word.end
            corrected.append((sentence[word.start : word.end], right))
    text += sentence[position:]
    mentions = _mentions(text, spoken, known, common)
    return Sentence(text, spoken, tuple(words(text)), mentions, tuple(phrases(text, spoken)), tuple(corrected))


@lru_cache(maxsize=4)
def _spelling(known: Known, spoken: str) -> tuple[dict[str, str], dict[str, str]]:
    """Every word that a question may have misspelt, and those words by their stems."""
    vocabulary = {word: word for word in (*asked_words(spoken), *known.spelling())}
    return vocabulary, {stem(word, spoken): word for word in vocabulary}


def _mentions(text: str, spoken: str, known: Known, common: Container[str]) -> tuple[Mention, ...]:
    """All that the sentence names; what stands in a quotation, or in "punkt 4.2", is nothing by itself."""
    named = known.mentions(text, spoken, common)
    said = tuple(phrases(text, spoken))
    told = tuple(slots(text, spoken, known, named=named, said=said, common=common))
    whole = [one for one in told if "text" in one.choices or "." in _number(one)]
    outside = [one for one in named if not any(it.start <= one.start < it.end for it in whole)]
    numbered = [one for one in told if "number" in one.choices]
    real = [one for one in outside if one.choices or not any(it.start <= one.start < it.end for it in numbered)]
    return (*real, *told)


def _number(mention: Mention) -> str:
    return mention.choices["number"][0].value if "number" in mention.choices else ""


def _versions(fit: Fit, said: Sentence, known: Known) -> Mapping[str, tuple[Choice, ...]] | None:
    """The parameters, narrowed to the drafts if the sentence speaks of a draft; None if there is none."""
    wanted = {status for word in said.words for status in classes("status", word.text)}
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
            if kind in WRITTEN:
                values[name] = _written(kind, thing, given)
            elif kind not in ("document", "date", "strength") and (thing in known.labels or thing in known.short):
                values[name] = known.spoken(thing, said.language)
        if len(values) == len(SLOT.findall(pattern)):
            sentence = pattern.format(**values)
            return f"{sentence[0].upper()}{sentence[1:]}?"
    return None


def _written(kind: str, value: str, given: Mapping[str, tuple[Choice, ...]]) -> str:
    """A value that has no address, as a sentence says it."""
    if kind == "bearer":
        return given[kind][0].label if kind in given else class_words("bearer")[value]
    if kind == "number":
        return f"punkt {value}"
    return f"«{given[kind][0].value if kind in given else value}»"
