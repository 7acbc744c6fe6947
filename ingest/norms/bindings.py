"""What makes a sentence binding: a modal verb, a phrase of duty, the lead-in of a list."""

import re
from dataclasses import dataclass, replace

from ingest.norms.actions import Action, actions
from ingest.norms.context import Said, Subject
from ingest.norms.duties import Modality, duty
from ingest.norms.predicates import Predicate
from ingest.norms.presents import deed
from ingest.norms.subjects import NONE, subject
from ingest.norms.verbs import infinitive
from ingest.norms.vocabulary import words_of

STRENGTH: dict[str, Modality] = {
    "skal": "OBLIGATION",
    "må": "OBLIGATION",
    "bør": "RECOMMENDATION",
    "kan": "PERMISSION",
}
NOT = frozenset(("ikke", "ikkje", "aldri"))
ONLY = frozenset(("bare", "berre", "nødvendigvis"))
# What follows these with "at" is purpose or condition and no norm; "legge til rette for at" is none of them.
PURPOSE = frozenset(("slik", "så", "uten", "utan", "etter", "forutsatt", "føresett", "dermed"))
ENABLES = frozenset(("rette", "sørge", "sørger", "syte", "ansvar", "ansvaret", "arbeide", "ansvarlig", "ansvarleg"))
STATES = frozenset(("være", "vere", "kunne", "bli", "verte", "ha", "få"))
PARTIES = frozenset(("PARTENE", "KOMMUNENE", "SYKEHUSET"))
SAME = re.compile(r"\bog (?P<who>(?:(?!\bog\b)[^,.;]){3,40}?) (?:har )?det (?:samme|same)\b", re.IGNORECASE)
TASKS = re.compile(r"\b(?:arbeids)?(?:oppgaver|oppgåver)\b|\bmandat\b|\bansvar\b", re.IGNORECASE)
NOUN = re.compile(r"\w{3,}(?:ing(?:a|en)?|elsen?|sjon(?:en)?|arbeid(?:et)?|heit|het)")
FIRST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Binding:
    """A predicate that binds, whom, how strongly, by which word, and to which deeds.

    `patient` tells that the subject of a passive is the bearer all the same ("Partnerskapsmøtet arrangeres årlig").
    """

    predicate: Predicate
    subject: Subject
    modality: Modality
    trigger: str
    actions: tuple[Action, ...]
    inherited: bool = False
    patient: bool = False

    def also(self, who: Subject) -> "Binding":
        """The same for somebody else: "… og helseforetaket det samme"."""
        return replace(self, subject=who)


def counts(said: Said, predicate: Predicate, about: Subject) -> bool:
    """Whether a clause can hold a norm: a main clause, "at … skal" unless it is a purpose, "…, hvor fastlegene kan"."""
    under, words = predicate.under, said.words
    if predicate.conditional:
        return False
    if under is None:
        return True
    if words[predicate.verb].kind != "modal":
        return False
    before = [word.text for word in words[max(0, under - 2) : under]]
    match words[under].text:
        case "at":
            purpose = before[-1:] == ["for"] and before[0] not in ENABLES
            free = words[predicate.verb].text == "kan" and not _negated(said, predicate, predicate.verb + 3)
            return not purpose and not free and (not before or before[-1] not in PURPOSE)
        case "hvor" | "der" | "kor":
            return before[-1:] == [","] and bool(about.bearers)
        case "som":
            return [word.text for word in words[:2]] == ["det", "er"] and bool(about.bearers)
    return False


def modal(said: Said, predicate: Predicate, about: Subject) -> list[Binding]:
    """What skal, må, bør, kan and vil bind to; nothing yet when the items of a list say what."""
    verb = said.words[predicate.verb].text
    done = actions(said.words, predicate.verb + 1, predicate.last)
    if verb == "vil":
        return _promise(predicate, about, done)
    modality, trigger = STRENGTH[verb], verb
    if done and done[0].verb == "kunne":
        done = actions(said.words, done[0].place + 1, predicate.last)
        if verb == "skal":
            modality, trigger = "PERMISSION", "skal kunne"
    if modality != "RECOMMENDATION" and _negated(said, predicate, done[0].place if done else predicate.last):
        modality, trigger = "PROHIBITION", f"{verb} ikke"
    elif NONE.match(said.text[said.words[predicate.first].start :]) and about.bearers:
        modality = "PROHIBITION"
    if said.opens_list and (not done or (modality == "RECOMMENDATION" and _ends_with(said, done[-1]))):
        said.leads(modality, trigger, about, done[-1].verb if done else None)
        return []
    if said.opens_list:
        said.leads(modality, trigger, about, "")
    if not done and about.given and predicate.verb + 1 < predicate.last:
        done = [Action(predicate.verb, "-")]  # "resten må til kommunestyret"
    return _bindings(Binding(predicate, about, modality, trigger, tuple(done)))


def phrase(said: Said, predicate: Predicate, about: Subject) -> list[Binding] | None:
    """What a phrase of duty binds to ("har ansvar for å"); None if the verb begins none."""
    found = duty(said.text, said.words[predicate.verb].start)
    if found is None:
        return None
    bearers = said.context.bearers
    if (about.inverted or not about.given) and (inside := bearers.of(found.inside)):
        about = about._replace(bearers=inside, text=found.inside.strip(), given=True)
    if found.owner:
        about = Subject(bearers.of(found.owner), found.owner)
    elif found.others:
        about = Subject(bearers.of(said.text[found.end :]), "")
    after = next((index for index, word in enumerate(said.words) if word.start >= found.end), len(said.words))
    while after < len(said.words) and said.words[after].text in words_of("adverb"):
        after += 1
    following = said.words[after].text if after < len(said.words) else ""
    if found.addresses or following == ",":
        # "… er forpliktet til, innen tre dager, å sende": the deed comes later.
        after = next((index for index in range(after, predicate.last) if said.words[index].text == "å"), after)
        following = said.words[after].text if after < len(said.words) else ""
    done = actions(said.words, after + 1, predicate.last) if following == "å" else []
    if found.named:
        done = [Action(predicate.verb, found.named.lower())]
    if following == "at" and (within := next((one for one in said.predicates if one.under == after), None)):
        inner, what = subject(said, within), deed(said, within)
        done, about = [what] if what else [], about if about.bearers else inner
    if not done and said.opens_list:
        said.leads(found.modality, found.trigger, about)
        return []
    if not done and following[:1].isalnum() and said.words[after].kind != "modal":
        done = [Action(after, _noun(said, after))]
    made = _bindings(Binding(predicate, about, found.modality, found.trigger, tuple(done)))
    if made and (same := SAME.search(said.text, found.end)):
        made.append(made[0].also(Subject(bearers.of(same["who"]), same["who"])))
    return made


def inherited(said: Said) -> list[Binding]:
    """What an item without a main verb inherits from its lead-in; a lead-in such as "Herunder å godkjenne:" is kept."""
    words, context, clause = said.words, said.context, said.clause
    whole = Predicate(0, 0, len(words))
    if said.opens_list:
        place = next((index for index, word in enumerate(words[:FIRST_WORDS]) if word.text == "å"), None)
        done = actions(words, place + 1, len(words)) if place is not None else []
        if done and (body := context.body(clause)):
            said.leads("STATEMENT", "presens", Subject(body), done[0].verb)
        return []
    if not (words and said.sentence.item and said.sentence.opens):
        return []
    lead = context.lead(clause)
    if lead is None:
        body = context.body(clause) if TASKS.search("".join(context.titles(clause)[:1])) else ()
        if not body or infinitive(words[0].text) is None:
            return []
        done = actions(words, 0, len(words))
        return _bindings(
            Binding(whole, Subject(body, given=False), "STATEMENT", "presens", tuple(done), inherited=True)
        )
    if lead.action:
        done = [Action(0, lead.action)]
    else:
        done = actions(words, int(words[0].text == "å"), len(words)) if lead.action is None else []
        done = done if done and done[0].place <= FIRST_WORDS else []
    return _bindings(Binding(whole, lead.subject, lead.modality, lead.trigger, tuple(done), inherited=True))


def _bindings(found: Binding) -> list[Binding]:
    return [found] if found.actions else []


def _promise(predicate: Predicate, about: Subject, done: list[Action]) -> list[Binding]:
    """What the parties say that they will do; "dette vil være viktig" is no promise."""
    promised = all(action.verb not in STATES and not action.passive for action in done)
    if predicate.under is not None or not promised or not PARTIES & set(about.bearers):
        return []
    return _bindings(Binding(predicate, about, "COMMITMENT", "vil", tuple(done)))


def _negated(said: Said, predicate: Predicate, until: int) -> bool:
    """Whether "ikke" stands between the verb and its infinitive, or before the verb of a subordinate clause."""
    words = said.words
    for place in range(predicate.verb + 1, min(until, len(words))):
        if words[place].text in NOT:
            return place + 1 == len(words) or words[place + 1].text not in ONLY
    return predicate.under is not None and words[predicate.verb - 1].text in NOT


def _ends_with(said: Said, action: Action) -> bool:
    """Whether nothing but its particle follows a verb: its objects are the items of the list."""
    after = [word for word in said.words[action.place + 1 :] if word.kind != "stop"]
    return len(after) <= action.verb.count(" ")


def _noun(said: Said, place: int) -> str:
    """What somebody is responsible for: the first noun of action, or else the first word."""
    for word in said.words[place:]:
        if not word.text[0].isalnum() or word.text in words_of("preposition"):
            break
        if NOUN.fullmatch(word.text):
            return word.text
    return said.words[place].text
