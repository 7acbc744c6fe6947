"""How well a sentence fits each query of the catalogue: the words they share, and the words left over."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from typing import NamedTuple

from queries.names import Choice, Known, Mention
from queries.phrases import Phrase
from queries.query import KINDS, Query, catalogue
from queries.vocabulary import FAMILY, Word, asking, classes, listed, naming, stem

SLOT = re.compile(r"\{(\w+)\}")
# What every document here is about ("avtale", "helsefellesskap") is one token, whatever the word.
NEUTRAL = "~"
# Where the question is asked of changes nothing in what it asks.
PLACES = {NEUTRAL, "{region}", "{document}", "om {region}"}
MARKS = {NEUTRAL, *(f"{about}{{{kind}}}" for kind in KINDS for about in ("", "om "))}
JOINING = {"-og", "-and", "-i", "-in"}
NAME_WEIGHT, NEUTRAL_WEIGHT = 0.4, 0.3
# Found by trying on one half of tests/gold/questions.tsv; the other half measures.
LEAST, LEAST_WEAK, LEAST_BARE = 0.3, 0.6, 0.45
VAGUE, BARE = 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its misspelt words set right (`corrected`), its words, what it names, its fixed phrases."""

    text: str
    language: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    phrases: tuple[Phrase, ...]
    corrected: tuple[tuple[str, str], ...]

    @property
    def family(self) -> tuple[str, ...]:
        """The languages whose ways to ask are compared: Norwegian is read as one."""
        return FAMILY[self.language]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a sentence fits a query (0 to 1), and whether that is `enough`.

    `lacking` are parameters that the query needs, `unexplained` words that it does not account for.
    """

    query: Query
    score: float
    enough: bool
    parameters: Mapping[str, tuple[Choice, ...]]
    lacking: tuple[str, ...]
    unexplained: tuple[str, ...]
    ambiguous: Mention | None


def fits(said: Sentence, known: Known) -> list[Fit]:
    """The sentence held against every query that can be asked, the best first."""
    found = [_fit(query, said, known) for query in catalogue().values() if query.asks]
    return sorted(found, key=lambda fit: -fit.score)


def _fit(query: Query, said: Sentence, known: Known) -> Fit:
    kinds = {parameter.kind: name for name, parameter in query.parameters.items()}
    used = [(mention, kind) for mention in said.mentions for kind in kinds if kind in mention.choices]
    parameters: dict[str, tuple[Choice, ...]] = {}
    for mention, kind in used:
        parameters[kinds[kind]] = tuple(dict.fromkeys((*parameters.get(kinds[kind], ()), *mention.choices[kind])))
    vocabulary, family = _vocabulary(query.name, said.family), said.family
    beside = {stem for one in parameters.get("requirement", ()) for stem in known.subjects.get(one.value, ())}
    beside -= _weak(family)
    tokens: list[str] = []
    unexplained: list[str] = []
    seen: list[tuple[Choice, ...]] = []
    silent, before, inside = True, "", None
    for word in said.words:
        here = next((pair for pair in used if pair[0].start <= word.start < pair[0].end), None)
        if here and here is not inside:
            # "hol." and "§ 6-2 nr. 13" name the same thing, once.
            if (of := here[0].choices[here[1]]) not in seen:
                tokens.append(_slot(here[1], before, said.language))
                seen.append(of)
        elif not here and not ("document" in kinds and classes("status", word.text)):
            token = _token(word.text, said.language)
            silent = silent and (token == NEUTRAL or word.text in listed("glue", said.language))
            if token in ("", NEUTRAL) or token in vocabulary:
                if word.text not in listed("article", said.language):
                    tokens.append(token or f"-{word.text}")
            elif token not in beside:
                # A provision where none is asked for is left over as a whole.
                whole = next((one for one in said.mentions if one.start <= word.start < one.end), word)
                unexplained.append(said.text[whole.start : whole.end])
        before, inside = word.text, here
    score, enough = _score(query, _together(tokens), family, silent=silent)
    return Fit(
        query=query,
        score=score * (VAGUE if any(mention.vague for mention, _ in used) else 1),
        enough=enough,
        parameters=parameters,
        lacking=tuple(name for name, one in query.parameters.items() if not one.optional and name not in parameters),
        unexplained=tuple(dict.fromkeys(unexplained)),
        ambiguous=next((mention for mention, _ in used if mention.ambiguous), None),
    )


def _together(tokens: list[str]) -> list[str]:
    """The tokens with things of one kind in a row as one: "i Ahus og i Vestfold" is in two of them.

    >>> _together(["{region}", "-og", "-i", "{region}"])
    ['{region}']
    """
    kept: list[str] = []
    for token in tokens:
        before = len(kept) - 1
        while before > 0 and kept[before].startswith("-"):
            before -= 1
        if SLOT.fullmatch(token) and kept and kept[before] == token and set(kept[before + 1 :]) <= JOINING:
            del kept[before + 1 :]
        else:
            kept.append(token)
    return kept


def _score(query: Query, said: list[str], family: tuple[str, ...], *, silent: bool) -> tuple[float, bool]:
    """How much the sentence and one way to ask the query have in common (0 to 1), and whether that is enough.

    Word for word the same is always enough. Else there must be a telling word in common; or the same words about the
    same kinds of thing, where none is telling ("hva sier … om"); or names alone ("jordmor i Ahus").
    """
    best = 0.0, False
    weight, weak, ours = _weights(family), _weak(family), _way(tuple(said), family)
    tokens, modals = ours.telling, ours.modals
    for theirs in _ways(query.name, family):
        if theirs.tokens == ours.tokens:
            return 1.0, True
        asked = theirs.telling
        # A denial is another question, and so is what one may do from what one must.
        other = theirs.denied != ours.denied or (modals and theirs.modals and modals.isdisjoint(theirs.modals))
        if other or tokens.isdisjoint(asked):
            continue
        total = sum(weight[token] for token in tokens | asked)
        score = sum(weight[token] for token in tokens & asked) / total if total else 0.0
        shared = (tokens & asked) - MARKS
        if shared - weak:
            enough = score >= LEAST
        elif shared:
            enough = tokens - PLACES == asked - PLACES and score >= LEAST_WEAK
        else:
            enough = silent and asked <= MARKS and score >= LEAST_BARE
            score *= BARE
        if modals and not theirs.modals:
            score *= BARE
        best = max(best, (score, enough), key=lambda found: (found[1], found[0]))
    return best


class _Way(NamedTuple):
    """A way to ask: its tokens, those that tell something, which of what must or may be done, whether it denies."""

    tokens: tuple[str, ...]
    telling: frozenset[str]
    modals: frozenset[str]
    denied: bool


def _way(tokens: tuple[str, ...], family: tuple[str, ...]) -> _Way:
    modals = frozenset(kind for token in tokens for kind in classes("modal", token.lstrip("-")))
    return _Way(tokens, frozenset(_weights(family).keys() & tokens), modals, not _negations(family).isdisjoint(tokens))


@cache
def _ways(name: str, family: tuple[str, ...]) -> tuple[_Way, ...]:
    """Each way to ask a query."""
    return tuple(_way(tokens, family) for tokens in _patterns(name, family))


@cache
def asked_words(spoken: str) -> frozenset[str]:
    """Every word that has a meaning of its own in questions of a language."""
    asked = (word for query in catalogue().values() for ask in _asks(query, FAMILY[spoken]) for word in asking(ask))
    tables = (listed(kind, spoken) for kind in ("function", "neutral", "weak", "glue", "asking", "about"))
    return frozenset(word for word in asked if not SLOT.fullmatch(word)).union(naming("bearer"), *tables)


@cache
def telling_stems(family: tuple[str, ...]) -> frozenset[str]:
    """The stems by which one query is told from another."""
    return frozenset(_weights(family)) - _weak(family) - MARKS


def _asks(query: Query, family: tuple[str, ...]) -> Iterator[str]:
    for member in family:
        yield from query.asks.get(member, ())


def _patterns(name: str, family: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Each way to ask a query, as tokens: stems, {parameters}, ~, and words that say nothing behind a hyphen."""
    query = catalogue()[name]
    for member in family:
        for ask in _asks(query, (member,)):
            tokens, before = [], ""
            for word in asking(ask):
                slot = SLOT.fullmatch(word)
                if word in listed("article", member):
                    continue
                kind = query.parameters[slot.group(1)].kind if slot else ""
                tokens.append(_slot(kind, before, member) if slot else _token(word, member) or f"-{word}")
                before = word
            yield tuple(tokens)
            # Where a question is asked of may be left out: "what may the hospital do (in Vestfold)".
            if tokens[-1] == "{region}" and set(tokens[:-2]) - MARKS and ask.split()[-2] in listed("glue", member):
                yield tuple(tokens[:-2])


@cache
def _vocabulary(name: str, family: tuple[str, ...]) -> frozenset[str]:
    """The stems of the words that a query is asked in."""
    words = (word for ask in _asks(catalogue()[name], family) for word in asking(ask) if not SLOT.fullmatch(word))
    return frozenset(_token(word, family[0]) for word in words) - {"", NEUTRAL}


@cache
def _weights(family: tuple[str, ...]) -> Mapping[str, float]:
    """How much a token tells: a stem the more, the fewer queries are asked with it."""
    vocabularies = [_vocabulary(name, family) for name, query in catalogue().items() if query.asks]
    stems = frozenset[str]().union(*vocabularies)
    telling = {token: log(1 + len(vocabularies) / sum(token in held for held in vocabularies)) for token in stems}
    return telling | dict.fromkeys(MARKS, NAME_WEIGHT) | {NEUTRAL: NEUTRAL_WEIGHT}


@cache
def _weak(family: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(word, family[0]) for word in listed("weak", family[0]))


@cache
def _negations(family: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(word, family[0]) for word in listed("negation", family[0]))


def _token(word: str, spoken: str) -> str:
    """What a word says: its stem, ~ if it is what every document is about, nothing if it says nothing."""
    if word in listed("neutral", spoken):
        return NEUTRAL
    return "" if word in listed("function", spoken) else stem(word, spoken)


def _slot(kind: str, before: str, spoken: str) -> str:
    """A name, and whether the question is about it ("om jordmor") or asks it something ("hva sier § 6-5")."""
    return f"om {{{kind}}}" if before in listed("about", spoken) else f"{{{kind}}}"
