"""How a sentence speaks of its matter: whether it settles something, or only promises, refers, aims or names."""

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from ingest.norms.predicates import SENTENCES_KEPT, Predicate, Word, clauses
from ingest.norms.verbs import describes, infinitive, participle, passive, present

Manner = Literal["settles", "refers", "promises", "secures", "aims", "holds", "names", "denies"]

# "Avtalen omfatter ikke …", "… er unntatt": what is kept out of the agreement is not in it. A condition keeps nothing
# out.
NOT = r"(?:ikke|ikkje)\b"
EXCLUDES = re.compile(
    r"\b(?:omfatter|omfattar|gjelder|gjeld|regulerer|dekker|dekkjer|inkluderer|samarbeider|samarbeidar)\s+"
    rf"(?:\w+\s+)?{NOT}|\b(?:er|blir|vert)\s+{NOT}\s+(?:\w+\s)?(?:omfatt|regulert|dekk?e?t|en del av|ein del av|"
    rf"(?:tatt|teke) (?:inn|med)|avtalt)|\b(?:inngår|tas)\s+{NOT}\s+(?:i|inn|med)\b|"
    rf"\bhar\s+{NOT}\s+(?:\w+\s)?(?:tilbud|tilbod|samarbeid|avtale|avtalt)|\b{NOT}\s+(?:omfatt|regulert)|"
    r"\b(?:er|blir|vert) (?:unntatt|unnateke?n?|unntekne)|"
    r"\b(?:holdes utenfor|haldast utanfor|faller utenfor|fell utanfor|holdes utenom)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\s*(?:dersom|hvis|om|når|i den grad|så langt)\b", re.IGNORECASE)
# "Avtalen kan ikke sies opp"; but "ikke sies opp før", "uten at" sets a condition.
FORBIDS = re.compile(rf"\b(?:kan|skal|må)\s+{NOT}(?!.*\b(?:uten|utan|før|med mindre|bare|berre|kun)\b)", re.IGNORECASE)
LATER = re.compile(r"\b(?:senere|seinare|på sikt|under (?:arbeid|utarbeid\w+))\b", re.IGNORECASE)
HEDGED = re.compile(
    r"\bså langt (?:det |som )?(?:er |lar seg |let seg )?(?:mulig|mogleg|råd|gjøre|gjere|praktisk)|"
    r"\bi (?:størst|best) (?:mulig|mogleg)",
    re.IGNORECASE,
)
# "enige om oppgavefordelingen i vedlegg 1": the content stands there.
ELSEWHERE = re.compile(
    r"\bi\s+(?:\w+\s+){0,2}?(?:vedlegg|(?:del|tjeneste|teneste|sær|under)avtal\w+|retningslinj\w+|retningslin\w+|"
    r"rutine\w*|prosedyre\w*)",
    re.IGNORECASE,
)
AIMS = re.compile(
    r"\b(?:ta[rs]?|tek|tas) sikte på|\blegg\w* (?:\w+ )?(?:vekt på|til rette)|"
    r"\bhar? (?:som (?:formål|føremål|mål)|til hensikt|fokus)|\ber ment å|"
    r"\b(?:ha|være|vere) (?:fokus|oppmerksom|merksam)|\barbeide?r? for at|"
    r"\b(?:streb|tilstreb|etterstreb|forsøk|freist|søk|prøv)\w* (?:etter )?å\b|"
    r"\b(?:er|blir|vert) opp?tatt av|\ber oppteken av|\ber opptekne av",
    re.IGNORECASE,
)
# "Tilbudet gjelder så langt oppgavefordelingen rekker": a limit, named and not drawn.
LIMIT = re.compile(
    r"\b(?:så langt(?!\s(?:det|som|er|lar|let|mulig|mogleg)\b)|i den (?:grad|utstrekning|utstrekking))\s[^,;]*$",
    re.IGNORECASE,
)
# "Vi ser på forebygging som avgjørende": what the parties think of a matter.
ESTEEMS = re.compile(
    r"\b(?:se|ser|sjå|sett)\s(?:[^,;]{0,80}\s)?som\s(?:(?:en|ein|et|eit|ei|svært|særs)\s){0,2}(?P<value>\w+)",
    re.IGNORECASE,
)
# What patients receive is no tale of who does what: "Barn får tjenester fra begge nivåer".
RECEIVES = re.compile(
    r"\bfår\s(?:\w+\s){0,2}?(?:tjenester?|tenester?|tilbud|tilbod|hjelp|helsehjelp|oppfølging|oppfølgjing)\b",
    re.IGNORECASE,
)
# To set up a body for a matter says nothing of the matter.
BODY = re.compile(r"(?:utvalg|utval|gruppe|komité|komite)(?:et|a|en|r|er)?\b", re.IGNORECASE)
# What the agreement says of itself settles nothing: "Avtalen gir overordnede bestemmelser om …".
ITSELF = re.compile(
    r"(?:(?:denne|den|dei?|overordn\w+|samarbeids\w+)\s)*\w*avtal(?:en?|a)\s(?:skal\s)?(?:gir?|gjev|gje|sikre[r]?|sikrar|bygge?r?|"
    r"byggjer|legge?r?|tar|tek|rommer|beskriver?|skildr\w+|omhandler|regulerer?|klargjør\w*|klargjer\w*|bidra[r]?|dekke?r?|"
    r"dekkjer?|omfatter?|omfattar)\b",
    re.IGNORECASE,
)
AUXILIARY = frozenset(("er", "har", "blir", "vert", "var", "ble", "vart"))
BE, HAVE = frozenset(("være", "vere", "bli", "verte")), frozenset(("ha", "få"))
BINDING = frozenset(("skal", "må"))
WEAK_MODALS = frozenset(("bør", "vil"))
HAPPENS = frozenset(("skje",))
BINDS = frozenset(("forplikte", "plikte", "pålegge", "påleggje", "påta"))
# "Avtalen gjelder når kommunestyret har vedtatt den": a rule about the agreement, none about a matter of § 6-2.
VALID = frozenset(("gjelde",))
POINTS = re.compile(r"\b(?:følg(?:er|jer) av|fr[ae]mgår av|går fram av|vises? til|viser til)\b", re.IGNORECASE)
# Verbs whose subject is no actor, even after "skal": "innbyggerne skal oppleve".
LIVED = frozenset(("oppleve", "prege", "kjenne", "merke"))
MODAL_VERBS = frozenset(("kunne", "måtte", "ville", "få"))
# "enige om", "felles", "lik": adjectives that look like participles.
NO_PARTICIPLES = frozenset(("enige", "einige", "samde", "like", "felles", "egen", "eigen", "faste", "fast", "rett"))
FAR = 8


class _Deed(NamedTuple):
    """What a clause says is done: its finite verb, the verb that carries the meaning, and whether it has been done."""

    finite: str
    verb: str
    done: bool = False


class _Said:
    """A sentence, and what is told of it whatever it speaks of: each is found out once, when it is first asked for."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        self.words, self.finite = clauses(sentence)

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(word.text for word in self.words)

    @cached_property
    def excludes(self) -> bool:
        return bool(EXCLUDES.search(self.sentence)) and not CONDITION.match(self.sentence)

    @cached_property
    def elsewhere(self) -> bool:
        return bool(ELSEWHERE.search(self.sentence))

    @cached_property
    def itself(self) -> bool:
        return bool(ITSELF.match(self.sentence))

    @cached_property
    def points(self) -> bool:
        return bool(POINTS.search(self.sentence))

    @cached_property
    def esteems(self) -> bool:
        esteemed = ESTEEMS.search(self.sentence)
        return esteemed is not None and esteemed["value"].lower() in words_for("value")

    @cached_property
    def later(self) -> bool:
        return bool(LATER.search(self.sentence))

    @cached_property
    def aims(self) -> bool:
        return bool(AIMS.search(self.sentence) or HEDGED.search(self.sentence))


def manner(sentence: str, place: int, *, names_documents: bool, own: frozenset[str] = frozenset()) -> Manner:
    """How a sentence speaks of the words at a place in it.

    `names_documents` tells that it names another document; `own` is a document that is itself the matter.

    >>> manner("Kommunen har jordmor på vakt.", 13, names_documents=False)
    'settles'
    >>> manner("Partene skal bidra til forebygging.", 23, names_documents=False)
    'aims'
    >>> manner("Partene skal utarbeide rutiner for innleggelse.", 35, names_documents=True)
    'promises'
    >>> manner("Innleggelse er regulert i egen rutine.", 0, names_documents=True)
    'refers'
    """
    if LIMIT.search(sentence[:place]):
        return "names"
    said = _read(sentence)
    if said.excludes:
        return "denies"
    predicate = _governing(said.words, said.finite, place, ended=sentence.rstrip().endswith("."))
    if predicate is None:
        return "names"
    return _treated(said, predicate, names_documents=names_documents, own=own)


def forbids(sentence: str) -> bool:
    """Whether a sentence says that something shall or can not be done, without a condition.

    >>> forbids("Avtalen kan ikke sies opp."), forbids("Avtalen kan ikke sies opp før 2027.")
    (True, False)
    """
    return FORBIDS.search(sentence) is not None and not CONDITION.match(sentence)


def is_sentence(text: str) -> bool:
    """Whether words have a main verb of their own."""
    said = _read(text)
    return _governing(said.words, said.finite, 0) is not None


@lru_cache(maxsize=SENTENCES_KEPT)
def _treated(said: _Said, predicate: Predicate, *, names_documents: bool, own: frozenset[str]) -> Manner:
    """How a main clause speaks of the matters in it: of all of them alike."""
    sentence, here, deed = said.sentence, said.forms, _deed(said.words, predicate)
    documents = here & words_for("document") - own
    points = deed.verb in words_for("refer") or (deed.done and deed.verb in words_for("given"))
    if names_documents and (points or said.elsewhere):
        return "refers"
    if said.itself:
        return "aims" if deed.finite in BINDING else "names"
    if said.points or said.esteems:
        return "names"
    if said.later:
        return "promises"
    if deed.verb in words_for("make") and (
        deed.finite in BINDING | WEAK_MODALS or documents or BODY.search(sentence) is not None
    ):
        return "refers" if deed.done and names_documents else "promises"
    if deed.verb in words_for("adopt") and documents:
        return "promises"
    if (deed.verb in BE | HAVE or deed.finite in AUXILIARY) and here & words_for("value"):
        return "names"
    if deed.verb in words_for("secure"):
        return "secures"
    if deed.verb in words_for("aim") or deed.finite in WEAK_MODALS or said.aims:
        return "aims"
    if deed.finite == "får" and RECEIVES.search(sentence):
        return "names"
    if deed.verb in VALID:
        return "holds"
    tells = describes(deed.verb) and deed.verb not in BE | HAVE | HAPPENS and deed.finite not in BINDING
    return "names" if tells or deed.verb in LIVED else "settles"


@lru_cache(maxsize=SENTENCES_KEPT)
def _read(sentence: str) -> _Said:
    """A sentence, which may speak of several requirements."""
    return _Said(sentence)


def _governing(
    said: Sequence[Word], finite: Sequence[Predicate], place: int, *, ended: bool = False
) -> Predicate | None:
    """The main clause that the word at a place stands in: that of the last finite verb before it, or the first."""
    # "Der blir partene enige": what looks subordinate throughout, and ends as a sentence, is one all the same.
    mains = [found for found in finite if found.under is None] or (finite[:1] if ended else [])
    before = [found for found in mains if said[found.verb].start <= place]
    return before[-1] if before else mains[0] if mains else None


def _deed(said: Sequence[Word], predicate: Predicate) -> _Deed:
    """What a clause says is done; who is bound to something, does that: "har ansvar for å sikre", "er enige om å"."""
    deed = _said(said[predicate.verb], after := [word.text for word in said[predicate.verb + 1 : predicate.last]][:FAR])
    if deed.verb in BE | HAVE | BINDS and "å" in after[:-1] and (bound := infinitive(after[after.index("å") + 1])):
        return deed._replace(verb=bound)
    return deed


def _said(finite: Word, after: list[str]) -> _Deed:
    if finite.kind == "modal":
        found = ((index, infinitive(word) or passive(word)) for index, word in enumerate(after))
        index, verb = next(((i, verb) for i, verb in found if verb and verb not in MODAL_VERBS), (0, "være"))
        if verb in BE | HAVE and (done := _participle(after[index + 1 :])):
            return _Deed(finite.text, done)
        return _Deed(finite.text, verb)
    if finite.text in AUXILIARY:
        if done := _participle(after):
            return _Deed(finite.text, done, done=True)
        return _Deed(finite.text, "ha" if finite.text == "har" else "være")
    return _Deed(finite.text, present(finite.text) or passive(finite.text) or f"{finite.text[:-2]}e")


def _participle(following: list[str]) -> str | None:
    """The participle that follows "er", "har" or "blir", past the subject and adverbs."""
    return next((verb for word in following[:5] if word not in NO_PARTICIPLES and (verb := participle(word))), None)


@cache
def words_for(name: str) -> frozenset[str]:
    """The words of a class in wording.txt.

    >>> "bidra" in words_for("aim"), "bidra" in words_for("secure")
    (True, False)
    """
    lines = files(__package__).joinpath("wording.txt").read_text(encoding="utf-8").splitlines()
    read = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return next(frozenset(told.split()) for known, _, told in read if known == name)
