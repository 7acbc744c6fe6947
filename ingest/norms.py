"""What an agreement binds somebody to, recommends, allows or forbids, sentence by sentence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.actions import PREPOSITIONS, Action, actions, complete
from ingest.bearers import Bearers
from ingest.clause import Structure
from ingest.drafting import is_note
from ingest.duties import FIRST, NEGATION, Modality, duty
from ingest.predicates import ADVERBS, PRONOUNS, Predicate, Word, predicates, words
from ingest.sentences import Sentence, sentences
from ingest.verbs import describes, infinitive, participle, passive, present

STRENGTH: dict[str, Modality] = {"skal": "OBLIGATION", "må": "OBLIGATION", "bør": "RECOMMENDATION", "kan": "PERMISSION"}
# Purpose and condition: what follows these with "at" is no norm. "legge til rette for at" is none of them.
PURPOSE = frozenset(("slik", "så", "uten", "utan", "etter", "forutsatt", "føresett", "dermed"))
ENABLES = frozenset(("rette", "sørge", "sørger", "syte", "ansvar", "ansvaret", "arbeide", "ansvarlig", "ansvarleg"))
AGREED = re.compile(r"\b(?:enige?|einige?|samde?|avtaler|avtalt)\b")
AGREED_ON = re.compile(r"\b(?:enighet|einigheit|semje|enige|einige|samde|følgende prinsipper|følgjande prinsipp)\b.*:$", re.IGNORECASE)
NONE = re.compile(r"\W*(?:ingen|inga|ikke noen|ikkje nokon)\b", re.IGNORECASE)
NOT = frozenset(("ikke", "ikkje", "aldri"))
ADVERBIAL = frozenset(
    "her der samtidig derfor difor dessuten videre vidare likevel deretter årlig årleg vanligvis normalt unntaksvis ellers elles "
    "slik dermed snarest hvert hver kvart kvar to tre fire å om som hovedregel i".split()
) | (PREPOSITIONS - {"over"})
UNIT = frozenset(("år", "måned", "månad", "gang", "gong", "gonger", "ganger", "kvartal", "vår", "høst", "haust", "halvår", "uke", "veke", "møte"))
BODY_AGAIN = re.compile(r"\s*(?:utvalget|utvalet|rådet|organet|møtet|forumet|gruppen|gruppa)\s*$", re.IGNORECASE)
THEY = re.compile(r"\s*(?:de|dei|disse|desse|begge|han|hun|ho|den)\s*$", re.IGNORECASE)
HERE = re.compile(r"\s*(?:her|der)\s*$", re.IGNORECASE)
FOR_THE_PARTIES = re.compile(r"\bfor (?:begge|alle|hver av|kvar av)(?: \w+)? ?(?P<who>part\w*|\w*partner\w*|verksemd\w*|virksomhet\w*)", re.IGNORECASE)
SAME = re.compile(r"\bog (?P<who>[^,.;]{3,40}?) (?:har )?det same\b|\bog (?P<who_nb>[^,.;]{3,40}?) (?:har )?det samme\b", re.IGNORECASE)
# Things and beneficiaries do not act: "samarbeidet skjer", "pasienten får".
PASSIVE_PARTIES = frozenset(("AVTALEN", "SAMARBEIDET", "PASIENTER", "PÅRØRENDE", "BEFOLKNINGEN", "BARN OG UNGE", "HELSETJENESTEN"))
VALIDITY = re.compile(
    r"(?:gjeld(?:er)?(?! for\b| også for\b| òg for\b| alle\b)|trer? i kraft|trår i kraft|løper|varer|varar|opphører|opphøyrer|utløper|"
    r"går ut|er (?:gyldig|gjeldende|gjeldande|bindende|bindande|uoppsigelig))\b",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"(?:har|er)\b(?: \w+){0,3}? (?:\w*(?:ledelsen|leiinga|leiinga|sekretariat(?:et)?|sekretær|sekretar|medlem(?:mer|mar|er)?|leder|leiar|"
    r"nestleder|nestleiar|observatør(?:er|ar)?|oppdragsgiver|kontaktpunkt|vakt|vaktliste|møterett|talerett|forslagsrett|stemmerett|stemme|"
    r"røysterett|myndighet|mynde|taushetsplikt))\b",
    re.IGNORECASE,
)
AUTHORITY = re.compile(r"\W*(?:\w+ )?\w*(?:myndighet\w*|mynde) ligg(?:er)? (?:til|hos)\b", re.IGNORECASE)
RECEIVES = re.compile(r"får (?:\w+ )?(?:delegert|fullmakt|ansvar|mandat|myndighet|i oppgave|i oppgåve)", re.IGNORECASE)
TASKS = re.compile(r"\b(?:oppgaver|oppgåver|mandat|ansvar|arbeidsoppgaver)\b", re.IGNORECASE)
DEADLINE = re.compile(
    r"\b(?:innen|innan|senest|seinast|snarest|umiddelbart|straks|uten ugrunnet opphold|utan grunnlaust opphald|uten opphold)"
    r"(?: (?!og\b|skal\b|har\b|kan\b|må\b)[\w.]+){0,5}?(?= (?:om|på|til|og|skal|har|kan|må|som|kommunen|sykehuset|helse\w+|parte?n\w*)\b|[,;.:)]|$)|"
    r"\bmed (?:\w+|\d+) (?:års|måneders|månaders|ukers|vekers|dagers|dagars)(?: skriftlig| skriftleg)? (?:varsel|frist)",
    re.IGNORECASE,
)
TOWARDS = re.compile(r"\b(?:til|overfor|ovanfor|fra|frå|med|hos|for)\s(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Norm:
    """A deed that a sentence (or clause of one) at start to end of the stored text commands, advises, allows or forbids.

    `trigger` is the word that binds ("skal", "har ansvar for"; "presens" for the present tense used as a norm), `bearers`
    the classes of those it binds ("KOMMUNENE"), `bearer_text` their words, `action` the verb's dictionary form;
    `counterparty` is the class of whom it is done towards, `deadline` the words for when. `inherited` tells that modality
    or bearer come from the lead-in of a list or from a heading.
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
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class _Lead:
    """What the items of a list inherit; `action` is given when they only add its objects ("bør beskrive:")."""

    modality: Modality
    trigger: str
    bearers: tuple[str, ...]
    bearer_text: str
    action: str | None = None


@dataclass(frozen=True, slots=True)
class _Subject:
    """Who a clause is about: classes and words; `given` is False when the clause names nobody at all."""

    bearers: tuple[str, ...] = ()
    text: str = ""
    given: bool = True
    inverted: bool = False


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
    return tuple(_Reader(structure).read())


class _Reader:
    """One document while its norms are found."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.bearers = Bearers(structure.flow.text)
        self.leads: dict[int | None, _Lead] = {}
        self.listed = {clause.parent for clause in structure.clauses if clause.kind == "item"}
        self.last: tuple[str, ...] = ()
        """The actors of the last subject, whom "de" may mean."""

    def read(self) -> Iterator[Norm]:
        for sentence in sentences(self.structure):
            if not is_note(sentence.text):
                yield from _Said(self, sentence).norms()

    def body(self, clause: int | None) -> tuple[str, ...]:
        """The body under whose heading a clause stands."""
        if clause is not None:
            for above in self.structure.ancestors(clause):
                named = self.bearers.named(self.structure.clauses[above].title or "")
                if found := [actor.kind for actor in named if actor.kind not in PASSIVE_PARTIES]:
                    return (found[-1] if len(set(found)) > 1 and found[-1].isupper() and len(found[-1]) < 5 else found[0],)
        return ()

    def lead(self, clause: int | None) -> _Lead | None:
        """What the sentence before a list gives to its items."""
        if clause is not None:
            for above in self.structure.ancestors(clause):
                if above in self.leads and above != clause:
                    return self.leads[above]
        return None


class _Said:
    """One sentence while its norms are found."""

    def __init__(self, reader: _Reader, sentence: Sentence) -> None:
        self.reader = reader
        self.sentence = sentence
        self.text = sentence.text
        self.words = words(self.text)
        self.found = predicates(self.words)
        self.subjects: list[_Subject] = []
        self.opens_list = self.text.endswith(":") or (
            sentence.clause in reader.listed and not self.text.endswith((".", "!", "»"))
        )

    def norms(self) -> Iterator[Norm]:
        reader, clause = self.reader, self.sentence.clause
        if self.opens_list:
            reader.leads.pop(clause, None)
        made: list[Norm] = []
        for predicate in self.found:
            subject = self._subject(predicate)
            self.subjects.append(subject)
            made += self._norms(predicate, subject)
            if subject.bearers and (predicate.under is None or predicate.conditional or self.words[predicate.under].text != "som"):
                reader.last = subject.bearers
        if not any(predicate.under is None for predicate in self.found):
            made += self._inherited()
        yield from made

    # Which predicates make norms.

    def _norms(self, predicate: Predicate, subject: _Subject) -> Iterable[Norm]:
        word = self.words[predicate.verb]
        if predicate.conditional or (predicate.under is not None and not self._counts(predicate, subject)):
            return []
        if word.kind == "modal":
            return self._modal(predicate, subject)
        if predicate.under is not None:
            return []
        if word.text in FIRST and (found := self._duty(predicate, subject)):
            return found
        return self._statement(predicate, subject)

    def _counts(self, predicate: Predicate, subject: _Subject) -> bool:
        """Whether a subordinate clause says a norm: "at … skal", unless it is a purpose; "hvor fastlegene kan …"."""
        under = predicate.under
        if under is None or self.words[predicate.verb].kind != "modal":
            return False
        word, before = self.words[under].text, [one.text for one in self.words[max(0, under - 2) : under]]
        modal = self.words[predicate.verb].text
        if word == "at":
            purpose = before[-1:] == ["for"] and before[0] not in ENABLES
            can = modal == "kan" and not any(one.text in NOT for one in self.words[under : predicate.verb + 3])
            return not purpose and not can and (not before or before[-1] not in PURPOSE)
        if word in ("hvor", "der", "kor") and before[-1:] == [","]:
            return bool(subject.bearers)
        if word == "som" and self.words[0].text == "det" and len(self.words) > 1 and self.words[1].text == "er":
            return bool(subject.bearers)
        return False

    def _modal(self, predicate: Predicate, subject: _Subject) -> list[Norm]:
        modal = self.words[predicate.verb].text
        done = actions(self.words, predicate.verb + 1, predicate.last)
        if modal == "vil":
            return self._will(predicate, subject, done)
        modality, trigger = STRENGTH[modal], modal
        if done and done[0].verb == "kunne":
            done = actions(self.words, done[0].place + 1, predicate.last)
            modality, trigger = ("PERMISSION", f"{modal} kunne") if modality == "OBLIGATION" and modal == "skal" else (modality, modal)
        if self._negated(predicate, done) and modality != "RECOMMENDATION":
            modality, trigger = "PROHIBITION", f"{modal} ikke"
        elif NONE.match(subject.text):
            modality = "PROHIBITION"
        if not done:
            return self._open(predicate, subject, modality, trigger)
        if modality == "RECOMMENDATION" and self.opens_list and self._ends_with(done[-1]):
            self._leads(modality, trigger, subject, done[-1].verb)
            return []
        if self.opens_list:
            self.reader.leads[self.sentence.clause] = _Lead("OBLIGATION", "", subject.bearers, subject.text, "")
        return self._made(predicate, subject, modality, trigger, done)

    def _open(self, predicate: Predicate, subject: _Subject, modality: Modality, trigger: str) -> list[Norm]:
        """A modal verb whose infinitive stands in the items of a list, or nowhere ("resten må til kommunestyret")."""
        if self.opens_list:
            self._leads(modality, trigger, subject, None)
            return []
        rest = [word for word in self.words[predicate.verb + 1 : predicate.last] if word.kind == "word"]
        action = Action(predicate.verb, "-") if rest and subject.given else None
        return self._made(predicate, subject, modality, trigger, [action]) if action else []

    def _will(self, predicate: Predicate, subject: _Subject, done: list[Action]) -> list[Norm]:
        """ "Partene vil samarbeide" is a promise; "dette vil være viktig" is none."""
        promised = [action for action in done if action.verb not in ("være", "vere", "kunne", "bli", "verte", "ha", "få")]
        parties = {"PARTENE", "KOMMUNENE", "SYKEHUSET"} & set(subject.bearers)
        if predicate.under is not None or not parties or promised != done or not done or done[0].passive:
            return []
        return self._made(predicate, subject, "COMMITMENT", "vil", done)

    def _negated(self, predicate: Predicate, done: list[Action]) -> bool:
        until = done[0].place if done else predicate.last
        said = self.words
        after = next((i for i in range(predicate.verb + 1, until) if said[i].text in NOT), None)
        if after is not None and (after + 1 >= len(said) or said[after + 1].text not in ("bare", "berre", "nødvendigvis")):
            return True
        return predicate.under is not None and said[predicate.verb - 1].text in NOT

    def _duty(self, predicate: Predicate, subject: _Subject) -> list[Norm]:
        found = duty(self.text, self.words[predicate.verb].start)
        if found is None:
            return []
        after = next((i for i, word in enumerate(self.words) if word.start >= found.end), len(self.words))
        if found.inside and (subject.inverted or not subject.given):
            bearers = self.reader.bearers.of(found.inside)
            subject = replace(subject, bearers=bearers, text=found.inside.strip(), given=bool(bearers)) if bearers else subject
        direct = self.words[after : after + 1]
        done = actions(self.words, after + 1, predicate.last) if direct and direct[0].text == "å" else []
        if found.named:
            done = [Action(predicate.verb, found.named.lower())]
        if found.trigger == "anbefales":
            done = [replace(action, passive=True) for action in done or self._to_do(after, predicate)]
        if not done and self.opens_list:
            self._leads(found.modality, found.trigger, subject, None)
            return []
        if not done and not found.named and direct and direct[0].kind in ("word", "present", "passive"):
            done = [Action(after, self._noun(after, predicate.last))]
        made = self._made(predicate, subject, found.modality, found.trigger, done)
        if same := SAME.search(self.text, found.end):
            who = same["who"] or same["who_nb"]
            made += [replace(norm, bearers=self.reader.bearers.of(who), bearer_text=who) for norm in made]
        return made

    def _to_do(self, after: int, predicate: Predicate) -> list[Action]:
        place = next((i for i in range(after, predicate.last) if self.words[i].text == "å"), None)
        return actions(self.words, place + 1, predicate.last) if place is not None else []

    def _noun(self, place: int, last: int) -> str:
        """The noun of "har ansvar for god opplæring": the first word that is no adjective or article, or else the first."""
        for word in self.words[place:last]:
            if not word.text[0].isalnum() or word.text in PREPOSITIONS:
                break
            if word.text.endswith(("ing", "inga", "ingen", "ing", "else", "elsen", "sjon", "sjonen", "arbeid", "het")):
                return word.text
        return self.words[place].text

    # The present tense as a norm.

    def _statement(self, predicate: Predicate, subject: _Subject) -> list[Norm]:
        word = self.words[predicate.verb]
        action = self._said(predicate, word)
        if action is None:
            return []
        if self.opens_list and not action.passive and action.verb in ("ha", "være", "vere"):
            if TASKS.search(self.text):
                self._leads("STATEMENT", "presens", subject, None)
            return []
        rest = self.text[word.start :]
        own = tuple(kind for kind in subject.bearers if kind not in PASSIVE_PARTIES)
        if AUTHORITY.match(self.text):
            holders = self.reader.bearers.of(re.split(r"\b(?:til|hos)\b", rest, maxsplit=1)[-1])
            return self._made(predicate, replace(subject, bearers=holders), "STATEMENT", "presens", [action]) if holders else []
        if "AVTALEN" in subject.bearers and VALIDITY.match(rest):
            return self._made(predicate, replace(subject, bearers=("AVTALEN",)), "STATEMENT", "presens", [action])
        if action.passive:
            if describes(action.verb.split()[0]):
                return []
            holders = self.reader.bearers.agents(rest) or own
            return self._made(predicate, replace(subject, bearers=holders), "STATEMENT", "presens", [action], keep=True)
        if action.verb.startswith("forplikte"):
            bound = self.reader.bearers.of(rest.partition(" ")[2])
            return self._made(predicate, replace(subject, bearers=bound), "STATEMENT", "presens", [action]) if bound else []
        if not own:
            return []
        if action.verb in ("ha", "være", "vere", "få"):
            if not (OFFICE.match(rest) or RECEIVES.match(rest)):
                return []
        elif describes(action.verb.split()[0]):
            return []
        return self._made(predicate, replace(subject, bearers=own), "STATEMENT", "presens", [action])

    def _said(self, predicate: Predicate, word: Word) -> Action | None:
        """The verb of a present tense; that of the participle after "blir" and "vert"."""
        if word.kind == "passive":
            verb = passive(word.text) or word.text
            return Action(predicate.verb, complete(self.words, verb, predicate.verb, predicate.last), not verb.endswith("s"))
        if word.text in ("blir", "vert"):
            for later in range(predicate.verb + 1, min(predicate.last, predicate.verb + 5)):
                if (verb := participle(self.words[later].text)) and self.words[later].text not in ADVERBS | {"enige", "samde"}:
                    return Action(later, complete(self.words, verb, later, predicate.last), passive=True)
            return None
        verb = present(word.text)
        if verb == "bli" or verb is None:
            return None
        return Action(predicate.verb, complete(self.words, verb, predicate.verb, predicate.last))

    # Lists.

    def _inherited(self) -> list[Norm]:
        """An item that completes its lead-in, or a lead-in without a finite verb ("Herunder å godkjenne:")."""
        said, reader, clause = self.words, self.reader, self.sentence.clause
        if self.opens_list:
            place = next((i for i, word in enumerate(said[:4]) if word.text == "å"), None)
            done = actions(said, place + 1, len(said)) if place is not None else []
            bearers = reader.body(clause)
            if done and bearers:
                reader.leads[clause] = _Lead("STATEMENT", "presens", bearers, "", done[0].verb)
            return []
        if not (self.sentence.item and self.sentence.opens) or not said:
            return []
        whole = Predicate(0, 0, len(said))
        lead = reader.lead(clause)
        if lead is None:
            titled = TASKS.search(self._title(clause))
            bearers = reader.body(clause) if titled and infinitive(said[0].text) else ()
            lead = _Lead("STATEMENT", "presens", bearers, "") if bearers else None
        if lead is None or lead.action == "":
            return []
        subject = _Subject(lead.bearers, lead.bearer_text, given=False)
        if lead.action:
            done = [Action(0, lead.action)]
        else:
            begin = 1 if said[0].text == "å" else 0
            done = actions(said, begin, len(said))
            if not done or done[0].place > 4:
                return []
        return self._made(whole, subject, lead.modality, lead.trigger, done, inherited=True)

    def _title(self, clause: int | None) -> str:
        clauses = self.reader.structure.clauses
        titles = (clauses[above].title for above in self.reader.structure.ancestors(clause)) if clause is not None else ()
        return next((title for title in titles if title), "")

    def _leads(self, modality: Modality, trigger: str, subject: _Subject, action: str | None) -> None:
        self.reader.leads[self.sentence.clause] = _Lead(modality, trigger, subject.bearers, subject.text, action)

    def _ends_with(self, action: Action) -> bool:
        """Whether nothing but its particle follows a verb: its objects are the items of the list."""
        return len([word for word in self.words[action.place + 1 :] if word.kind != "stop"]) <= action.verb.count(" ")

    # Who.

    def _subject(self, predicate: Predicate) -> _Subject:
        """Before the verb, or after it when something else stands first (inversion)."""
        if predicate.shared and self.subjects:
            return self.subjects[-1]
        said, reader = self.words, self.reader
        first = predicate.first + 1 if predicate.under == predicate.first and not predicate.conditional else predicate.first
        before = said[first : predicate.verb]
        if predicate.under is not None and said[predicate.under].text == "som" and predicate.under:
            return self._resolved(self.text[: said[predicate.under].start].removeprefix("Det er ").removeprefix("det er "))
        begin = before[0].start if before else said[predicate.verb].start
        region = self.text[begin : said[predicate.verb].start]
        if not before or self._inverts(first, predicate):
            after = self._after(predicate)
            if not before and predicate.verb == 0 and not predicate.conditional and not self._has_own(after):
                return self._missing()
            if HERE.match(region) or (before and before[0].text == "i" and not self._has_own(after)):
                place = reader.body(self.sentence.clause) if HERE.match(region) else reader.bearers.of(region.strip()[2:])
                if place and said[predicate.verb].kind == "passive":
                    return _Subject(place, region.strip(), inverted=True)
            return replace(self._resolved(after), inverted=True)
        return self._resolved(region)

    def _missing(self) -> _Subject:
        """Nobody is named: the lead-in of the list tells who, or the heading."""
        lead, clause = self.reader.lead(self.sentence.clause), self.sentence.clause
        if lead and lead.bearers:
            return _Subject(lead.bearers, lead.bearer_text, given=False)
        return _Subject(self.reader.body(clause), "", given=False)

    def _inverts(self, first: int, predicate: Predicate) -> bool:
        said = self.words
        word, following = said[first], said[first + 1] if first + 1 < len(said) else None
        if word.kind == "subordinator" or any(one.under == first and one is not predicate for one in self.found):
            return True
        if word.text in ("hver", "hvert", "kvar", "kvart", "to", "tre", "fire"):
            return following is not None and following.text in UNIT
        if word.text == "som" or word.text not in ADVERBIAL:
            return False
        return True

    def _after(self, predicate: Predicate) -> str:
        """The words after the verb, up to the infinitive: an inverted subject stands there."""
        said = self.words
        last = predicate.last
        if said[predicate.verb].kind == "modal":
            done = actions(said, predicate.verb + 1, predicate.last)
            last = done[0].place if done else last
        end = said[last - 1].end if last > predicate.verb + 1 else said[predicate.verb].end
        after = self.text[said[predicate.verb].end : end].strip()
        return re.sub(r"^(?:(?:ikke|ikkje|da|så|derfor|difor|også|òg) )+", "", after)

    def _has_own(self, after: str) -> bool:
        return bool(self.reader.bearers.of(after)) or after.partition(" ")[0].lower() in PRONOUNS

    def _resolved(self, region: str) -> _Subject:
        """The actors of a subject; pronouns and "utvalget" mean those named before or over it."""
        reader = self.reader
        text = region.strip().strip(",;:").strip()
        if BODY_AGAIN.match(text):
            return _Subject(reader.body(self.sentence.clause), text)
        found = reader.bearers.of(text)
        if not found and THEY.match(text.partition(" ")[0] if text[:4].lower() in ("dei ", "han ") else text):
            found = reader.last
        return _Subject(found, text)

    # The norm itself.

    def _made(
        self,
        predicate: Predicate,
        subject: _Subject,
        modality: Modality,
        trigger: str,
        done: list[Action],
        *,
        inherited: bool = False,
        keep: bool = False,
    ) -> list[Norm]:
        said, flow = self.words, self.reader.structure.flow
        if not done:
            return []
        first = predicate.first + (predicate.under == predicate.first and not predicate.conditional)
        begin = said[min(first, len(said) - 1)].start
        end = said[predicate.last - 1].end if predicate.last < len(said) else len(self.text)
        if predicate.last < len(said):
            end = len(self.text[:end].rstrip(" ,;"))
            cut = said[predicate.last - 1]
            end = cut.start if cut.kind == "coordinator" else end
            end = len(self.text[:end].rstrip(" ,;"))
        start, stop = flow.span(self.sentence.start + begin, self.sentence.start + end)
        clause_text = self.text[begin:end]
        deadline = DEADLINE.search(clause_text)
        made = []
        for action in done:
            bearers, words_of = subject.bearers, subject.text
            if action.passive and not keep:
                rest = self.text[said[action.place].end : end]
                bearers = self.reader.bearers.agents(rest)
                words_of = ""
            elif not bearers and (others := FOR_THE_PARTIES.search(clause_text)):
                bearers = self.reader.bearers.of(others["who"])
            elif not bearers and self._matrix(predicate):
                bearers = self._matrix(predicate)
            made.append(
                Norm(
                    start, stop, self.sentence.clause, modality, trigger, bearers, words_of, action.verb,
                    self._towards(action, end, bearers), deadline.group() if deadline else None,
                    inherited or not subject.given,
                )
            )
        return made

    def _matrix(self, predicate: Predicate) -> tuple[str, ...]:
        """Those who agree: "Partene er enige om at saken skal …"."""
        under = predicate.under
        if under is None or not AGREED.search(self.text[: self.words[under].start]):
            return ()
        return next((subject.bearers for subject in self.subjects if subject.bearers), ())

    def _towards(self, action: Action, end: int, bearers: tuple[str, ...]) -> str | None:
        """Another actor right after the verb, or after the first preposition that leads to one."""
        if not self.words[action.place : action.place + 1]:
            return None
        rest = self.text[self.words[action.place].end : end]
        places = [0, *(found.end() for found in TOWARDS.finditer(rest))]
        for place in places[:3]:
            head = next(iter(self.reader.bearers.heads(rest[place:])), None)
            if head and head.kind not in bearers and head.kind not in PASSIVE_PARTIES and not rest[place : place + head.start].strip():
                return head.kind
        return None
