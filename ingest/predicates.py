"""The finite verbs of a sentence, and the clauses they make: main, or under which word.

Norwegian is a verb-second language: a main clause has one finite verb, in second place, and a finite verb without a
subordinating word before it needs a coordinator, a comma or a colon to begin a new main clause.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ingest.bearers import is_actor
from ingest.verbs import may_be_noun, passive, present

WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*-?|[,;:()?!«»\"–]")
Kind = Literal["modal", "present", "passive", "subordinator", "coordinator", "stop", "comma", "open", "close", "word"]

MODALS = frozenset(("skal", "må", "bør", "kan", "vil"))
SUBORDINATORS = frozenset(
    [
        "som",
        "at",
        "når",
        "dersom",
        "hvis",
        "viss",
        "hvor",
        "kor",
        "der",
        "hvordan",
        "korleis",
        "hva",
        "kva",
        "hvem",
        "kven",
        "hvilke",
        "hvilken",
        "hvilket",
        "mens",
        "medan",
        "fordi",
        "hvorav",
        "hvorfor",
        "kvifor",
        "inntil",
        "idet",
        "ettersom",
        "enn",
        "så",
        "dess",
    ]
) - {"så"}
# "i henhold til", "som en likeverdig partner": the "som" of comparison has no verb after it.
COMPARED = frozenset(
    [
        "en",
        "et",
        "ein",
        "ei",
        "eit",
        "minimum",
        "regel",
        "hovedregel",
        "hovudregel",
        "følge",
        "følgje",
        "mulig",
        "mogleg",
        "nevnt",
        "nemnt",
        "er",
    ]
) - {"er"}
COORDINATORS = frozenset(("og", "eller", "men", "samt"))
CONDITION = frozenset(("om", "før", "etter", "så"))
ADVERBS = frozenset(
    [
        "ikke",
        "ikkje",
        "aldri",
        "også",
        "òg",
        "derfor",
        "difor",
        "derved",
        "dermed",
        "da",
        "då",
        "alltid",
        "normalt",
        "vanligvis",
        "vanlegvis",
        "likevel",
        "dessuten",
        "samtidig",
        "i",
        "fellesskap",
        "årlig",
        "årleg",
        "jevnlig",
        "jamleg",
        "gjensidig",
        "bare",
        "berre",
        "særlig",
        "særleg",
        "minst",
        "eventuelt",
        "kun",
        "heller",
        "videre",
        "vidare",
        "elles",
        "ellers",
        "deretter",
        "så",
        "selv",
        "sjølv",
        "fortløpende",
        "fortløpande",
        "straks",
        "snarest",
        "sammen",
        "saman",
    ]
)
PRONOUNS = frozenset(
    ["det", "dette", "den", "de", "dei", "han", "hun", "ho", "man", "ein", "vi", "disse", "desse", "dei", "begge"]
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a sentence, and what it may be."""

    start: int
    end: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Predicate:
    """A finite verb (index into the words), in a clause that runs from word `first` to word `last` (exclusive).

    `under` is the index of the word that makes the clause subordinate, None for a main clause. `shared` tells that the
    subject is that of the predicate before ("… og skal sørge").
    """

    verb: int
    first: int
    last: int
    under: int | None = None
    shared: bool = False
    conditional: bool = False


def words(sentence: str) -> list[Word]:
    """The words and marks of a sentence.

    >>> [(word.text, word.kind) for word in words("Partene skal følges opp, som avtalt")][1:4]
    [('skal', 'modal'), ('følges', 'passive'), ('opp', 'word')]
    """
    return [
        Word(found.start(), found.end(), low := found.group().lower(), _kind(low)) for found in WORD.finditer(sentence)
    ]


def predicates(said: list[Word]) -> list[Predicate]:
    """The finite verbs of a sentence in order.

    >>> said = words("Dersom partene ikke er enige, kan en part som ønsker det, bringe saken inn, og nemnda avgjør den.")
    >>> [(said[found.verb].text, found.under is None) for found in predicates(said)]
    [('er', False), ('kan', True), ('ønsker', False), ('avgjør', True)]
    """
    return _Reader(said).read()


@cache
def _kind(word: str) -> Kind:
    if word in MODALS:
        return "modal"
    if word in SUBORDINATORS:
        return "subordinator"
    if word in COORDINATORS:
        return "coordinator"
    if not word[0].isalnum():
        return {",": "comma", "(": "open", ")": "close", "«": "open", "»": "close"}.get(word, "stop")  # type: ignore[return-value]
    if present(word):
        return "present"
    return "passive" if passive(word) else "word"


class _Reader:
    """One sentence while its clauses are told apart."""

    def __init__(self, said: list[Word]) -> None:
        self.said = said
        self.found: list[Predicate] = []
        self.pending: list[int] = []
        """Subordinating words whose verb has not come yet."""
        self.boundary: int | None = None
        """Where a new main clause may begin: after the last coordinator, comma or stop since the last main verb."""
        self.main: Predicate | None = None

    def read(self) -> list[Predicate]:
        for place, word in enumerate(self.said):
            if word.kind == "subordinator":
                following = self.said[place + 1].text if place + 1 < len(self.said) else ""
                if not (word.text == "som" and following in COMPARED and not self._one_of(place)):
                    self.pending.append(place)
            elif word.kind in ("coordinator", "comma", "stop"):
                self._mark(place, word)
            elif word.text in CONDITION and self._is_condition(place):
                self.pending.append(place)
            elif word.kind in ("modal", "present", "passive") and self._is_finite(place, word):
                self._finite(place)
        return self._ended()

    def _one_of(self, place: int) -> bool:
        return place + 2 < len(self.said) and self.said[place + 2].text == "av"

    def _mark(self, place: int, word: Word) -> None:
        if word.kind == "stop" and word.text in ";:":
            self.pending.clear()
        self.boundary = place + 1
        # "før møtet, og …": a preposition after all.
        self.pending = [under for under in self.pending if self.said[under].text not in CONDITION or under == 0]

    def _is_condition(self, place: int) -> bool:
        """Whether "om", "før" or "etter" begins a clause: at the beginning, when a verb follows the next comma."""
        said = self.said
        if place:
            return said[place].text in ("om", "før") and (
                said[place + 1 : place + 2] != []
                and (
                    said[place + 1].text in PRONOUNS
                    or (said[place].text == "om" and said[place - 1].kind != "comma" and is_actor(said[place + 1].text))
                )
            )
        return any(
            mark.kind == "comma" and verb.kind in ("modal", "present", "passive")
            for mark, verb in zip(said, said[1:], strict=False)
        ) and any(
            word.kind in ("modal", "present", "passive")
            for word in said[: next((i for i, w in enumerate(said) if w.kind == "comma"), 0)]
        )

    def _is_finite(self, place: int, word: Word) -> bool:
        before = self.said[place - 1] if place else None
        if word.kind == "modal":
            return True
        if before and before.text == "å":
            return False
        if word.kind == "passive":
            return not self._after_modal(place)
        if may_be_noun(word.text):
            return before is not None and (
                before.text in PRONOUNS
                or before.kind == "subordinator"
                or (is_actor(before.text) and before.kind == "word")
            )
        return True

    def _after_modal(self, place: int) -> bool:
        """Whether a passive is the infinitive of a modal verb, and not a finite verb with a subject of its own."""
        if not self.found or self.said[self.found[-1].verb].kind != "modal":
            return False
        if self.pending and self.pending[-1] > self.found[-1].verb:
            return False
        between = self.said[self.found[-1].verb + 1 : place]
        joins = [index for index, word in enumerate(between) if word.kind == "coordinator"]
        if not joins or not any(word.kind == "passive" or _looks_infinitive(word) for word in between[: joins[-1]]):
            return True
        # "skal evalueres, og resultatet legges fram": a new subject between "og" and the verb.
        subject = [word for word in between[joins[-1] + 1 :] if word.text not in ADVERBS and word.kind == "word"]
        return not subject

    def _finite(self, place: int) -> None:
        if self.pending:
            under = self.pending.pop()
            self.found.append(Predicate(place, under, len(self.said), under))
            return
        before = [word for word in self.said[:place] if word.text not in ADVERBS]
        last = self.found[-1] if self.found else None
        if last and before[-1].kind == "coordinator":
            self.found.append(replace(last, verb=place, shared=True))
            self.main = self.found[-1] if last.under is None else self.main
        elif self.main is None:
            self._begin(place, 0)
        elif self.boundary is not None and self.boundary > self.main.verb and self._opens(self.boundary, place):
            self._begin(place, self.boundary)
        else:
            # Two finite verbs without anything between: "oppgaver partene har", "vurdere om avtalen bør endres".
            self.found.append(Predicate(place, place, len(self.said), place))

    def _opens(self, boundary: int, place: int) -> bool:
        """Whether a main clause with a subject of its own stands from a boundary to its verb."""
        mark = self.said[boundary - 1]
        if mark.kind != "comma":
            return True
        subject = self.said[boundary:place]
        return (
            not subject
            or subject[0].text in PRONOUNS
            or any(is_actor(word.text) for word in subject[:4] if word.kind == "word")
        )

    def _begin(self, place: int, first: int) -> None:
        self.main = Predicate(place, first, len(self.said))
        self.found.append(self.main)
        self.boundary = None

    def _ended(self) -> list[Predicate]:
        """Each main clause up to the next, and "Oppnås ikke enighet, kan …" seen as a condition."""
        found = self.found
        if len(found) > 1 and found[0].verb == 0 and found[0].under is None:
            comma = next((i for i, word in enumerate(self.said) if word.kind == "comma"), None)
            verbs = {predicate.verb for predicate in found}
            if comma is not None and comma + 1 in verbs:
                found = [
                    replace(predicate, under=0, conditional=True)
                    if predicate.verb < comma and predicate.under is None
                    else replace(predicate, first=0, under=None)
                    if predicate.verb == comma + 1
                    else predicate
                    for predicate in found
                ]
        ended: list[Predicate] = []
        for index, predicate in enumerate(found):
            last = next(
                (later.first for later in found[index + 1 :] if later.under is None and later.first > predicate.verb),
                len(self.said),
            )
            ended.append(replace(predicate, last=last))
        return ended


def _looks_infinitive(word: Word) -> bool:
    return word.kind == "word" and len(word.text) > 1 and word.text[-1] in "eaåi"
