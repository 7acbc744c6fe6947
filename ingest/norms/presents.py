"""The present tense as a norm: "Avtalen evalueres årlig", "Sykehuset varsler kommunen"."""

import re

from ingest.norms.actions import Action, complete
from ingest.norms.bearers import PATIENTS
from ingest.norms.context import Said, Subject
from ingest.norms.predicates import Predicate
from ingest.norms.verbs import describes, participle, passive, present
from ingest.norms.vocabulary import words_of

VALIDITY = re.compile(
    r"(?:gjeld(?:er)?(?! for\b| også for\b| òg for\b| alle\b)|trer? i kraft|trår i kraft|løper|varer|varar|opphører|"
    r"opphøyrer|utløper|går ut|er (?:gyldig|gjeldende|gjeldande|bindende|bindande|uoppsigelig))\b",
    re.IGNORECASE,
)
# "har" and "er" bind somebody when they give an office, a right or a task.
OFFICE = re.compile(
    r"(?:har|er)\b(?: \w+){0,3}? (?:\w*(?:ledelsen|leiinga|sekretariat(?:et)?|sekretær|sekretar|medlem(?:mer|mar|er)?|"
    r"leder|leiar|observatør(?:er|ar)?|oppdragsgiver|oppdragsgivar|kontaktpunkt|vakt|vaktliste|møterett|talerett|forslagsrett|"
    r"stemmerett|stemme|røysterett|myndighet|mynde))\b",
    re.IGNORECASE,
)
RECEIVES = re.compile(r"får (?:\w+ )?(?:delegert|fullmakt|ansvar|mandat|myndighet|mynde|i oppg[aå]ve)", re.IGNORECASE)
AUTHORITY = re.compile(r"\W*(?:\w+ )?\w*(?:myndighet\w*|mynde) ligg(?:er)? (?P<to>til|hos)\b", re.IGNORECASE)
POINTS = frozenset(("henvise", "vise"))
HAVE = frozenset(("ha", "være", "få"))
BECOMES = frozenset(("blir", "vert"))
AGREED = frozenset(("enige", "einige", "samde"))
NEAR = 5


def statement(said: Said, predicate: Predicate, about: Subject) -> tuple[Subject, Action] | None:
    """Who does what, if a main clause in the present tense lays it down; None if it only describes."""
    action = deed(said, predicate)
    if action is None:
        return None
    rest, verb = said.text[said.words[predicate.verb].start :], action.verb.partition(" ")[0]
    if authority := AUTHORITY.match(said.text):
        return _borne(about, said.context.bearers.of(said.text[authority.end() :]), action)
    if "AVTALEN" in about.bearers and VALIDITY.match(rest):
        return about._replace(bearers=("AVTALEN",)), action
    acting = tuple(kind for kind in about.bearers if kind not in PATIENTS)
    if action.passive:
        pointing = verb in POINTS and about.text.lower().startswith("det")
        if pointing or describes(action.verb):
            return None
        return about._replace(bearers=said.context.bearers.agents(rest) or acting), action
    if verb == "forplikte":
        return _borne(about, said.context.bearers.of(rest.partition(" ")[2]), action)
    if verb in HAVE:
        return _borne(about, acting, action) if OFFICE.match(rest) or RECEIVES.match(rest) else None
    return None if describes(action.verb) else _borne(about, acting, action)


def deed(said: Said, predicate: Predicate) -> Action | None:
    """What is done in the present tense; after "blir" and "vert" the participle tells it."""
    words, place = said.words, predicate.verb
    word = words[place]
    if word.kind == "passive":
        verb = passive(word.text) or word.text
        return Action(place, complete(words, verb, place, predicate.last), passive=not verb.endswith("s"))
    if word.text in BECOMES:
        for later in range(place + 1, min(predicate.last, place + NEAR)):
            done = participle(words[later].text)
            if done and words[later].text not in words_of("adverb") | AGREED:
                return Action(later, complete(words, done, later, predicate.last), passive=True)
        return None
    # A verb that is in no table is known by its place, and regular: "lønner", "lønar".
    verb = present(word.text) or (word.text[:-2] + "e")
    return Action(place, complete(words, verb, place, predicate.last))


def _borne(about: Subject, bearers: tuple[str, ...], action: Action) -> tuple[Subject, Action] | None:
    return (about._replace(bearers=bearers), action) if bearers else None
