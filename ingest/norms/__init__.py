"""What an agreement binds somebody to, recommends, allows or forbids, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.clause import Structure
from ingest.norms.actions import Action
from ingest.norms.bindings import TASKS, Binding, counts, inherited, modal, phrase
from ingest.norms.circumstances import counterparty, deadline, time_allowed
from ingest.norms.context import Context, Said, Subject
from ingest.norms.drafting import Note, notes, remarks
from ingest.norms.duties import Modality
from ingest.norms.predicates import Predicate
from ingest.norms.presents import HAVE, statement
from ingest.norms.sentences import sentences
from ingest.norms.subjects import first_word, is_relative, subject
from ingest.norms.verbs import present
from ingest.norms.vocabulary import words_of

__all__ = ["Modality", "Norm", "Note", "norms", "notes"]

AGREED = re.compile(r"\b(?:enige?|einige?|samde?|avtaler|avtalt)\b")
FOR_THE_PARTIES = re.compile(
    r"\bfor (?:begge|alle|hver av|kvar av)(?: \w+)? ?(?P<who>part\w*|\w*partner\w*|verksemd\w*|virksomhet\w*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Norm:
    """A deed that a sentence, or a clause of one, commands, advises, allows or forbids; it stands at start to end.

    `trigger` is the word that binds ("skal", "har ansvar for"; "presens" for the present tense used as a norm),
    `bearers` the classes of those it binds ("KOMMUNENE"), `bearer_text` their words, `action` the verb's dictionary
    form; `counterparty` is the class of whom it is done towards, `deadline` the words for when, `deadline_value` that
    time in ISO 8601, if it is one. `inherited` tells that modality or bearer come from the lead-in of a list or from a
    heading.
    """

    start: int
    end: int
    clause: int | None
    modality: Modality
    trigger: str
    bearers: tuple[str, ...]
    bearer_text: str
    action: str
    counterparty: str | None = None
    deadline: str | None = None
    deadline_value: str | None = None
    inherited: bool = False


def norms(structure: Structure) -> tuple[Norm, ...]:
    """The norms of a text in order, one for each coordinated verb.

    >>> from ingest.flow import Flow
    >>> text = "Kommunen skal varsle sykehuset innen 24 timer og følge opp pasienten. Avtalen kan sies opp."
    >>> for norm in norms(Structure(text, (), Flow.plain(text))):
    ...     print(norm.modality, norm.bearers, norm.action, norm.deadline)
    OBLIGATION ('KOMMUNENE',) varsle innen 24 timer
    OBLIGATION ('KOMMUNENE',) følge opp innen 24 timer
    PERMISSION () si opp None
    """
    context, remarked = Context(structure), remarks(structure)
    return tuple(
        norm
        for sentence in sentences(structure)
        if sentence.start not in remarked
        for said in (Said(context, sentence),)
        for binding in _bindings(said)
        for norm in _norms(said, binding)
    )


def _bindings(said: Said) -> Iterator[Binding]:
    """What the clauses of a sentence bind to."""
    if not said.sentence.item:
        said.context.forget_leads()
    for predicate in said.predicates:
        about = subject(said, predicate)
        said.subjects.append(about)
        if counts(said, predicate, about):
            yield from _binding(said, predicate, about)
        if about.bearers and not is_relative(said, predicate):
            said.context.last = about.bearers
    if not any(predicate.under is None for predicate in said.predicates):
        yield from inherited(said)


def _binding(said: Said, predicate: Predicate, about: Subject) -> list[Binding]:
    verb = said.words[predicate.verb]
    if verb.kind == "modal":
        return modal(said, predicate, about)
    if verb.text in words_of("duty") and (found := phrase(said, predicate, about)) is not None:
        return found
    if said.opens_list and present(verb.text) in HAVE:
        if TASKS.search(said.text):
            said.leads("STATEMENT", "presens", about)  # "Utvalget har følgende oppgaver:"
        return []
    laid_down = statement(said, predicate, about)
    if laid_down is None:
        return []
    bearer, action = laid_down
    return [Binding(predicate, bearer, "STATEMENT", "presens", (action,), patient=True)]


def _norms(said: Said, found: Binding) -> Iterator[Norm]:
    """The norms of a binding: one for each deed, with the words of its clause."""
    begin, end = _clause(said, found.predicate)
    start, stop = said.context.structure.flow.span(said.sentence.start + begin, said.sentence.start + end)
    until = deadline(said.text[begin:end])
    for action in found.actions:
        rest = said.text[said.words[action.place].end : end]
        bearers, words = _bearers(said, found, action, rest)
        yield Norm(
            start=start,
            end=stop,
            clause=said.clause,
            modality=found.modality,
            trigger=found.trigger,
            bearers=bearers,
            bearer_text=words,
            action=action.verb,
            counterparty=counterparty(action.verb, rest, said.context.bearers, bearers),
            deadline=until,
            deadline_value=time_allowed(until) if until else None,
            inherited=found.inherited or not found.subject.given,
        )


def _clause(said: Said, predicate: Predicate) -> tuple[int, int]:
    """Where the clause of a predicate stands in its sentence, without the "og" or comma that leads on to the next."""
    first = 0 if is_relative(said, predicate) else first_word(predicate)
    begin = said.words[first].start
    if predicate.last == len(said.words):
        return begin, len(said.text)
    last = said.words[predicate.last - 1]
    end = last.start if last.kind == "coordinator" else last.end
    return begin, len(said.text[:end].rstrip(" ,;"))


def _bearers(said: Said, found: Binding, action: Action, rest: str) -> tuple[tuple[str, ...], str]:
    """Who bears a deed: of a passive only those by whom it is done; of what "is agreed", the parties."""
    actors = said.context.bearers
    if action.passive and not found.patient:
        return actors.agents(rest), ""
    if found.subject.bearers:
        return found.subject.bearers, found.subject.text
    if others := FOR_THE_PARTIES.search(rest):
        return actors.of(others["who"]), others["who"]
    if found.modality == "COMMITMENT":
        return ("PARTENE",), found.subject.text
    under = found.predicate.under
    if under is not None and AGREED.search(said.text[: said.words[under].start]):
        return next((one.bearers for one in said.subjects if one.bearers), ()), found.subject.text
    return (), found.subject.text
