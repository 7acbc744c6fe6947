"""The words of a sentence: their stems, their language, and what was meant by a misspelt one."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

from ontology import lexicon
from queries.query import LANGUAGES, catalogue

# A word one letter from this many letters is rarely another word ("parter" and "partier" are both Norwegian).
SHORTEST_MISSPELT = 6
SHORTEST_STEM = 5
# A server reads sentences without end.
REMEMBERED = 50_000
QUOTED = re.compile(r"[«“”„\"](?P<words>[^«»“”„\"]*\w[^«»“”„\"]*)[»“”\"]")
SHORTEST_REPLACED = 8
FAMILY = {"nb": ("nb", "nn"), "nn": ("nb", "nn"), "en": ("en",)}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, in lower case, and where it stands."""

    start: int
    end: int
    text: str


def words(sentence: str) -> list[Word]:
    """The words in order; a hyphen parts them.

    >>> [word.text for word in words("Ahus-avtalen, nr. 13")]
    ['ahus', 'avtalen', 'nr', '13']
    """
    return [Word(found.start(), found.end(), found.group().casefold()) for found in lexicon.WORD.finditer(sentence)]


def asking(ask: str) -> list[str]:
    """The words and {parameters} of a way to ask.

    >>> asking("list the sub-agreements in {region}")
    ['list', 'the', 'sub', 'agreements', 'in', '{region}']
    """
    return ask.replace("-", " ").split()


@lru_cache(REMEMBERED)
def stem(word: str, language: str) -> str:
    """What a word has in common with its inflections, in English or in Norwegian of either kind."""
    return str(_english().stemWord(word)) if language == "en" else lexicon.stem(word)


def language(sentence: str, otherwise: str = "nb") -> str:
    """nb, nn or en, by which of them most of the words belong to; `otherwise` where none of them tells.

    >>> language("Kva seier avtalane?"), language("What is missing?"), language("Hva mangler?")
    ('nn', 'en', 'nb')
    >>> language("Fjellvik"), language("Fjellvik", "en")
    ('nb', 'en')
    """
    said = [word.text for word in words(QUOTED.sub(" ", sentence))]
    telling = {spoken: sum(word in _spoken(spoken) for word in said) for spoken in LANGUAGES}
    return max(LANGUAGES, key=telling.__getitem__) if any(telling.values()) else otherwise


@cache
def listed(kind: str, spoken: str) -> frozenset[str]:
    """The words of a kind (see words.toml) in a language; Norwegian is read as one."""
    table = _tables()[kind]
    return frozenset(word for member in FAMILY[spoken] for word in table[member].split())


@cache
def classes(kind: str, word: str) -> frozenset[str]:
    """The things of a kind that a word may name: "utkast" is a draft, also when it is out for hearing.

    >>> sorted(classes("status", "utkast")), sorted(classes("bearer", "sykehuset"))
    (['draft', 'hearing'], ['SYKEHUSET'])
    """
    return frozenset(thing for thing, said in _tables()[kind].items() if word in said.split())


@cache
def class_words(kind: str) -> Mapping[str, str]:
    """Of each thing of a kind, the word it is called by when no sentence has called it something."""
    return {thing: said.split()[0] for thing, said in _tables()[kind].items()}


@cache
def naming(kind: str) -> frozenset[str]:
    """Every word that names a thing of a kind."""
    return frozenset(word for said in _tables()[kind].values() for word in said.split())


@cache
def english_topics() -> Mapping[str, tuple[str, ...]]:
    """What English calls the subject of a requirement, by its notation."""
    return {notation: tuple(one.strip() for one in said.split(";")) for notation, said in _tables()["topic"].items()}


@cache
def months() -> Mapping[str, int]:
    """The number of each month, by its name in any language."""
    said = enumerate(_tables()["month"]["names"].split(), 1)
    return {name: number for number, names in said for name in names.split("/")}


def meant(
    word: str, known: Mapping[str, str], stems: Mapping[str, str], spoken: str, shortest: int = SHORTEST_MISSPELT
) -> str | None:
    """The known word that a misspelt one is one letter away from, if there is just one.

    `known` is the known words by themselves, `stems` a known word by its stem.

    >>> meant("klasuler", {"klausuler": "klausuler"}, {}, "nb")
    'klausuler'
    >>> meant("partier", {"parter": "parter"}, {}, "nb")
    """
    found: dict[str, str] = {}
    if len(word) < shortest or not word.isalpha():
        return None
    for written, forms, least in ((word, known, shortest + 1), (stem(word, spoken), stems, SHORTEST_STEM)):
        for near, form in forms.items():
            # "ugyldig" is no slip for "gyldig".
            if f"u{near}" == written or f"u{written}" == near:
                continue
            if min(len(near), len(written)) >= least and one_letter_off(written, near):
                other = found.get(stem(form, spoken), form)
                found[stem(form, spoken)] = min(form, other, key=lambda one: _distance(word, one))
    return next(iter(found.values())) if len(found) == 1 else None


def _distance(word: str, form: str) -> tuple[bool, int, str]:
    """A key by which the likest of a word's forms comes first: "avtalne" is "avtalen", not "avtalens"."""
    return not one_letter_off(word, form), abs(len(form) - len(word)), form


def one_letter_off(written: str, near: str) -> bool:
    """Whether a letter was dropped, doubled or added, two changed places, or (in long words) one is another.

    >>> one_letter_off("opsigelse", "oppsigelse"), one_letter_off("klasul", "klausul"), one_letter_off("best", "rest")
    (True, True, False)
    """
    if abs(len(written) - len(near)) > 1 or written == near:
        return False
    begin = next(
        (i for i, (a, b) in enumerate(zip(written, near, strict=False)) if a != b), min(len(written), len(near))
    )
    rest, other = written[begin:], near[begin:]
    if len(rest) != len(other):
        return rest[1:] == other or rest == other[1:]
    if rest[2:] == other[2:] and rest[:2] == other[1::-1]:
        return True
    return rest[1:] == other[1:] and len(near) >= SHORTEST_REPLACED


@cache
def _spoken(spoken: str) -> frozenset[str]:
    """Every word form that belongs to one language."""
    asked = (word for query in catalogue().values() for ask in query.asks.get(spoken, ()) for word in asking(ask))
    tables = (word for kind in ("function", "neutral", "weak", "asking") for word in _tables()[kind][spoken].split())
    return frozenset([*asked, *tables])


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("queries").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _english() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")
