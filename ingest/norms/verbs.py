"""Norwegian verb forms, bokmål and nynorsk, and the verbs they belong to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

ENTRY = re.compile(r"(?P<verb>\w+)(?P<marks>[ =~^]*)(?:: (?P<present>[\w ]+))?(?:> (?P<participle>[\w ]+))?")
# Verbs of foreign stem are made freely: "evaluere", "digitaliseres", "prioriterast".
# Not so the agents of the same ending: "partnere", "ledere", "rådgivere"; nor comparatives: "tidligere".
OPEN = re.compile(
    r"(?P<stem>\w+(?:is|ul|in|ent|end|ekt|or|at|et|os|us|und|ett|ort|ist|ik|om|ol|al|uss|ans|am|im|um|op|ud|ut|it|ot|orm|ers|est|"
    r"ust|an|on)er)(?P<ending>e|es|ast|er|ar|a|t)"
)
PREFIX = re.compile(
    r"(?:sam|med|gjen(?:nom)?|inn|ut|opp|ned|fram|frem|over|under|til|på|av|etter|mot|mis|vidare|videre|kvalitets|for|for?h[åa]nds)(?=\w{3})"
)

# Most words come again and again.
WORDS_KEPT = 1 << 16


@dataclass(frozen=True, slots=True)
class Forms:
    """The infinitive that each form belongs to, by what the form is."""

    infinitives: dict[str, str] = field(default_factory=dict)
    passives: dict[str, str] = field(default_factory=dict)
    presents: dict[str, str] = field(default_factory=dict)
    participles: dict[str, str] = field(default_factory=dict)
    states: set[str] = field(default_factory=set)
    """Infinitives of verbs that describe, and make no norm in the present tense."""
    nouns: set[str] = field(default_factory=set)
    """Forms that may be nouns as well."""


@lru_cache(maxsize=WORDS_KEPT)
def infinitive(word: str) -> str | None:
    """The verb of which a word is the active infinitive.

    >>> infinitive("gjennomføre"), infinitive("digitalisere"), infinitive("kommune")
    ('gjennomføre', 'digitalisere', None)
    """
    return _found(_forms().infinitives, word, ("e", "a"))


@lru_cache(maxsize=WORDS_KEPT)
def passive(word: str) -> str | None:
    """The verb of which a word is the passive in -s or -st, present or infinitive.

    >>> passive("gjennomgås"), passive("sendes"), passive("leggjast"), passive("kommunenes")
    ('gjennomgå', 'sende', 'leggje', None)
    """
    return _found(_forms().passives, word, ("es", "ast"))


def present(word: str) -> str | None:
    """The verb of which a word is the active present tense.

    >>> present("vedtar"), present("tek"), present("rullerer"), present("representanter")
    ('vedta', 'ta', 'rullere', None)
    """
    return _found(_forms().presents, word, ("er", "ar"))


@lru_cache(maxsize=WORDS_KEPT)
def participle(word: str) -> str | None:
    """The verb of which a word is the past participle.

    >>> participle("behandlet"), participle("lagt"), participle("prioriterte"), participle("lagde")
    ('behandle', 'legge', 'prioritere', 'lage')
    """
    return _found(_forms().participles, word.removesuffix("e") if word.endswith("erte") else word, ("t",))


def describes(verb: str) -> bool:
    """Whether a verb tells how things are, so that its present tense is no norm ("avtalen omhandler")."""
    return verb in _forms().states


def may_be_noun(word: str) -> bool:
    """Whether a form of a verb is also a noun: "møter", "støtte"."""
    return word in _forms().nouns


def _found(known: dict[str, str], word: str, endings: tuple[str, ...]) -> str | None:
    if verb := known.get(word):
        return verb
    made = OPEN.fullmatch(word)
    if made and made["ending"] in endings:
        return f"{made['stem']}e"
    # "videreformidle", "samfinansiere": a compound verb is inflected as its last part.
    part = PREFIX.match(word) if word[-1] in "erstd" else None
    verb = known.get(word[part.end() :]) if part else None
    return f"{part.group()}{verb}" if part and verb else None


@cache
def _forms() -> Forms:
    forms = Forms()
    for line in files(__package__).joinpath("verbs.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            marks = ""
            for part in line.split(" / "):
                if entry := ENTRY.fullmatch(part):
                    marks = entry["marks"] or marks
                    _add(forms, entry["verb"], marks, *((entry[of] or "").split() for of in ("present", "participle")))
    return forms


def _add(forms: Forms, verb: str, marks: str, presents: list[str], participles: list[str]) -> None:
    stem = verb.removesuffix("e")
    for table, made in (
        (forms.infinitives, (verb, f"{stem}a") if stem != verb else (verb,)),
        (forms.passives, _passives(verb, stem)),
        (forms.presents, (f"{verb}r", f"{stem}ar") if stem != verb else (f"{verb}r",)),
        (forms.participles, _participles(verb, stem)),
    ):
        for form in made:
            table.setdefault(form, verb)
    if verb.endswith("s"):
        forms.passives[verb] = verb
    forms.presents.update(dict.fromkeys(presents, verb))
    forms.participles.update(dict.fromkeys(participles, verb))
    if "=" in marks:
        forms.states.add(verb)
    if "~" in marks or "^" in marks:
        forms.nouns.update((f"{verb}r", f"{stem}ar", f"{stem}er"))
    if "~" in marks:
        forms.nouns.update((verb, f"{stem}a"))


def _passives(verb: str, stem: str) -> Iterator[str]:
    if verb.endswith("s"):
        yield verb  # "møtes", "enes" have no other form
    else:
        yield f"{verb}s"
        yield f"{stem}es"  # "sees", "sies"
        yield f"{stem}ast"
        if verb.endswith("ta"):
            yield f"{verb}kast"  # nynorsk "takast"


def _participles(verb: str, stem: str) -> Iterator[str]:
    if stem == verb:
        yield f"{verb}tt"
        yield f"{verb}dd"
    else:
        # "-mm-" and other doubled consonants are written single before t: "glemme", "glemt".
        short = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
        yield from (f"{stem}{ending}" for ending in ("et", "a", "t", "te", "ede", "d", "de"))
        if stem[-1] in "dt":
            yield stem  # nynorsk "send", "sett"
        yield from (f"{short}{ending}" for ending in ("t", "te", "d", "de"))
