"""The finite verbs of a sentence, and the clauses they make: main, or under which word.

Norwegian is a verb-second language: a main clause has one finite verb, in second place, and a finite verb without a
subordinating word before it needs a coordinator, a comma or a colon to begin a new main clause.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from ingest.norms.bearers import is_actor
from ingest.norms.verbs import may_be_noun, passive, present
from ingest.norms.vocabulary import words_of

WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*-?|[,;:()?!«»\"–]")
PIECES = re.compile(rf"({WORD.pattern})")
Kind = Literal["modal", "present", "passive", "subordinator", "coordinator", "stop", "comma", "open", "close", "word"]

MODALS = frozenset(("skal", "må", "bør", "kan", "vil"))
COORDINATORS = frozenset(("og", "eller", "men", "samt"))
PRESENT_ENDINGS = ("er", "ar")
UNKNOWN = re.compile(r"[a-zæøå]{3,}(?:er|ar)")
DEFINITE = re.compile(r"\w+(?:en|et|ene|ane|a|erne)")
MOST = 3
"""A subordinate clause has at least so many words, with its comma."""
FINITE = frozenset(("modal", "present", "passive"))
WORDS_KEPT = 1 << 16
SENTENCES_KEPT = 1 << 10
CONDITION = frozenset(("om", "før", "etter"))


class Word(NamedTuple):
    """A word or mark of a sentence, and what it may be."""

    start: int
    end: int
    text: str
    kind: Kind


class Predicate(NamedTuple):
    """A finite verb (index into the words), in a clause that runs from word `first` to word `last` (exclusive).

    `under` is the index of the word that makes the clause subordinate, None for a main clause. `shared` is the index of
    the predicate whose subject is understood ("… og skal sørge"). `conditional` is an "if" said by word order alone
    ("Oppnås ikke enighet, …").
    """

    verb: int
    first: int
    last: int
    under: int | None = None
    shared: int | None = None
    conditional: bool = False


@lru_cache(maxsize=SENTENCES_KEPT)
def clauses(sentence: str) -> tuple[tuple[Word, ...], tuple[Predicate, ...]]:
    """The words of a sentence and its finite verbs, which requirements and norms both ask for.

    >>> said, found = clauses("Partene skal møtes årlig.")
    >>> [said[predicate.verb].text for predicate in found]
    ['skal']
    """
    said = words(sentence)
    return said, predicates(said)


def words(sentence: str) -> tuple[Word, ...]:
    """The words and marks of a sentence.

    >>> [(word.text, word.kind) for word in words("Partene skal følges opp, som avtalt")][1:4]
    [('skal', 'modal'), ('følges', 'passive'), ('opp', 'word')]
    """
    pieces = PIECES.split(sentence)
    ends = list(accumulate(map(len, pieces)))
    return tuple(
        [
            Word(start, end, *_read(written))
            for start, end, written in zip(ends[::2], ends[1::2], pieces[1::2], strict=False)
        ]
    )


def predicates(said: Sequence[Word]) -> tuple[Predicate, ...]:
    """The finite verbs of a sentence in order.

    >>> said = words("Dersom partene ikke er enige, kan en part som ønsker det, klage, og nemnda avgjør saken.")
    >>> [(said[found.verb].text, found.under is None) for found in predicates(said)]
    [('er', False), ('kan', True), ('ønsker', False), ('avgjør', True)]
    """
    return tuple(_Reader(said).read())


@lru_cache(maxsize=WORDS_KEPT)
def _read(written: str) -> tuple[str, Kind]:
    """A word or mark in small letters, and what it may be."""
    word = written.lower()
    return word, _kind(word)


def _kind(word: str) -> Kind:
    if word in MODALS:
        return "modal"
    if word in words_of("subordinator"):
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

    def __init__(self, said: Sequence[Word]) -> None:
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
                compared = word.text == "som" and following in words_of("compared") and not self._one_of(place)
                # "hvilke oppgaver som løses, og hvordan": nothing more is said of how.
                if (
                    word.text == "som"
                    and self.pending
                    and self.said[self.pending[-1]].text in words_of("interrogative")
                ):
                    self.pending.pop()  # "hvem som", "hvilke oppgaver som": one clause
                if not compared and following not in COORDINATORS:
                    self.pending.append(place)
            elif word.kind in ("coordinator", "comma", "stop"):
                self._mark(place, word)
            elif word.text in CONDITION and self._is_condition(place):
                self.pending.append(place)
            elif word.kind in FINITE:
                if self._is_finite(place, word):
                    self._finite(place)
            elif word.text.endswith(PRESENT_ENDINGS) and self._must_be_verb(place, word):
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
        """Whether "om", "før" or "etter" begins a clause, and is no preposition."""
        said = self.said
        following = said[place + 1] if place + 1 < len(said) else None
        if following is None:
            return False
        if place:
            asks = said[place].text == "om" and said[place - 1].kind != "comma" and is_actor(following.text)
            return said[place].text in ("om", "før") and (following.text in words_of("pronoun") or asks)
        # "Før avtalen behandles, skal …": a verb before the comma, and the verb of the main clause right after it.
        comma = next((index for index, word in enumerate(said) if word.kind == "comma"), 0)
        opens = any(word.kind in FINITE for word in said[:comma])
        return opens and any(mark.kind == "comma" and verb.kind in FINITE for mark, verb in pairwise(said))

    def _must_be_verb(self, place: int, word: Word) -> bool:
        """Whether a word that no table has is a finite verb by its place: "som mangler …", "Kommunen lønner …"."""
        if word.kind != "word" or not place:
            return False
        if not UNKNOWN.fullmatch(word.text) or is_actor(word.text):
            return False
        before = self.said[place - 1]
        if before.text == "som":
            return bool(self.pending)
        return not self.found and DEFINITE.fullmatch(before.text) is not None and is_actor(before.text)

    def _is_finite(self, place: int, word: Word) -> bool:
        before = self.said[place - 1] if place else None
        if word.kind == "modal":
            return True
        if before and before.text == "å":
            return False
        if word.kind == "passive":
            return not self._after_modal(place)
        if may_be_noun(word.text) or is_actor(word.text):
            return before is not None and (
                before.text in words_of("pronoun")
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
        subject = [
            word for word in between[joins[-1] + 1 :] if word.text not in words_of("adverb") and word.kind == "word"
        ]
        return not subject

    def _finite(self, place: int) -> None:
        if (
            self.pending
            and self.main is None
            and self.said[place - 1].kind == "comma"
            and place - self.pending[-1] > MOST
        ):
            self.pending.clear()  # The comma closed the clause, whatever its verb was.
        if self.pending:
            under = self.pending.pop()
            self.found.append(Predicate(place, under, len(self.said), under))
            return
        before = [word for word in self.said[:place] if word.text not in words_of("adverb")]
        last = self.found[-1] if self.found else None
        if last and before[-1].kind == "coordinator":
            # After a comma it goes on from the main clause: "møtes for å se hva som skal gjøres, og skriver det ned".
            to_main = self.main is not None and len(before) > 1 and before[-2].kind == "comma"
            whole = self.main if self.main and to_main else last
            index = self.found.index(whole)
            self.found.append(whole._replace(verb=place, shared=index if whole.shared is None else whole.shared))
            self.main = self.found[-1] if whole.under is None else self.main
        elif self.main is None and self._continues_condition(place):
            self.found.append(Predicate(place, place, len(self.said), 0))
        elif self.main is None:
            self._begin(place, 0)
        elif self.boundary is not None and self.boundary > self.main.verb and self._opens(self.boundary, place):
            self._begin(place, self.boundary)
        else:
            # Two finite verbs without anything between: "oppgaver partene har", "vurdere om avtalen bør endres".
            self.found.append(Predicate(place, place, len(self.said), place))

    def _continues_condition(self, place: int) -> bool:
        """Whether a verb belongs to the opening condition: "Dersom en part …, og dette fører til tap, kan …"."""
        said = self.said
        return (
            bool(self.found)
            and self.found[0].under == 0
            and said[place - 1].kind != "comma"
            and any(mark.kind == "comma" and verb.kind in FINITE for mark, verb in pairwise(said[place:]))
        )

    def _opens(self, boundary: int, place: int) -> bool:
        """Whether a main clause with a subject of its own stands from a boundary to its verb."""
        mark = self.said[boundary - 1]
        if mark.kind != "comma":
            return True
        subject = self.said[boundary:place]
        return (
            not subject
            or subject[0].text in words_of("pronoun")
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
                    predicate._replace(under=0, conditional=True)
                    if predicate.verb < comma and predicate.under is None
                    else predicate._replace(first=0, under=None)
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
            ended.append(predicate if last == predicate.last else predicate._replace(last=last))
        return ended


def _looks_infinitive(word: Word) -> bool:
    return word.kind == "word" and len(word.text) > 1 and word.text[-1] in "eaåi"
