"""Who a clause is about: before its verb, after it when something else stands first, or in what stands over it."""

import re

from ingest.norms.actions import actions
from ingest.norms.context import Said, Subject
from ingest.norms.predicates import Predicate
from ingest.norms.vocabulary import words_of

NONE = re.compile(r"\W*(?:verken|korkje|ingen|inga|ikke noen|ikkje nokon)\b", re.IGNORECASE)
"""A subject that turns a duty or permission into a prohibition: "Ingen av partene kan …"."""

BODY_AGAIN = re.compile(r"(?:utvalget|utvalet|rådet|organet|møtet|forumet|gruppen|gruppa)", re.IGNORECASE)
THEY = re.compile(r"(?:(?:de|disse|desse|begge|hun|ho|den)$|(?:dei|han)\b)", re.IGNORECASE)
HERE = re.compile(r"\s*(?:her|der)\s*", re.IGNORECASE)
CLEFT = re.compile(r"Det er (?P<who>.{1,80}) som\b", re.IGNORECASE)
"""Only this relative clause says more than what it is about."""

LIGHT = re.compile(r"(?:(?:ikke|ikkje|da|så|derfor|difor|også|òg) )+", re.IGNORECASE)


def subject(said: Said, predicate: Predicate) -> Subject:
    """The subject of a predicate; the subjects of those before it must be known."""
    if predicate.shared is not None:
        return said.subjects[predicate.shared]
    if is_relative(said, predicate):
        cleft = CLEFT.match(said.text)
        return _resolved(said, cleft["who"]) if cleft else Subject()
    first, verb = first_word(predicate), said.words[predicate.verb]
    before = said.words[first : predicate.verb]
    region = said.text[before[0].start : verb.start] if before else ""
    if before and not _inverts(said, first, predicate):
        return _resolved(said, region)
    after = _after(said, predicate)
    listed = said.sentence.item and said.sentence.opens
    if predicate.verb == 0 and not predicate.conditional and (listed or not _names(said, after)):
        return _missing(said)
    if verb.kind == "passive" and (place := _place(said, region, after)):
        return Subject(place, region.strip(), inverted=True)
    return _resolved(said, after)._replace(inverted=True)


def first_word(predicate: Predicate) -> int:
    """Where the clause of a predicate begins, its subordinating word left out."""
    return predicate.first + (predicate.under == predicate.first and not predicate.conditional)


def is_relative(said: Said, predicate: Predicate) -> bool:
    """Whether a clause tells more of what stands before it ("oppgaver som skal løses")."""
    return bool(predicate.under) and said.words[predicate.under or 0].text == "som"


def _inverts(said: Said, first: int, predicate: Predicate) -> bool:
    word = said.words[first]
    if word.kind == "subordinator" or any(other.under == first and other is not predicate for other in said.predicates):
        return True
    if word.text in words_of("count"):
        return said.words[first + 1].text in words_of("time")
    return word.text in words_of("opening") or (word.text in words_of("preposition") and word.text != "over")


def _after(said: Said, predicate: Predicate) -> str:
    """The words between the verb and its infinitive, or all after it."""
    last = predicate.last
    if said.words[predicate.verb].kind == "modal":
        done = actions(said.words, predicate.verb + 1, predicate.last)
        last = done[0].place if done else last
    start, end = said.words[predicate.verb].end, said.words[last - 1].end
    return LIGHT.sub("", said.text[start:end].strip(), count=1)


def _names(said: Said, words: str) -> bool:
    return bool(said.context.bearers.of(words)) or words.partition(" ")[0].lower() in words_of("pronoun")


def _missing(said: Said) -> Subject:
    """Nobody is named: the lead-in of the list tells who, or the heading."""
    lead = said.context.lead(said.clause)
    if lead and lead.subject.bearers:
        return lead.subject._replace(given=False)
    return Subject(said.context.body(said.clause), "", given=False)


def _place(said: Said, region: str, after: str) -> tuple[str, ...]:
    """The body in which something is done: "I utvalget vurderes …", "Her fastsettes …"."""
    if HERE.fullmatch(region):
        return said.context.body(said.clause)
    inside = region.lower().startswith("i ") and not _names(said, after)
    return said.context.bearers.of(region[2:]) if inside else ()


def _resolved(said: Said, region: str) -> Subject:
    """The actors of a subject; pronouns and "utvalget" mean those named before or over it."""
    text = region.strip(" ,;:")
    if BODY_AGAIN.fullmatch(text):
        return Subject(said.context.body_again(said.sentence), text)
    heads = list(said.context.bearers.heads(text))
    if not heads:
        return Subject(said.context.last if THEY.match(text) else (), text)
    return Subject(tuple(dict.fromkeys(head.kind for head in heads)), text[: heads[-1].end])
