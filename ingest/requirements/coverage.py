"""How far clauses answer a requirement: what they settle, leave to other documents, promise, or only name."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from rdflib.namespace import DCTERMS, SKOS

from ingest.requirements.basis import MADE_UNDER
from ingest.requirements.hits import DELEGATES, Hit, Reader
from ingest.requirements.manner import Manner, forbids, is_sentence, manner
from ingest.statements import PRONOUN, Statement
from ingest.terms.lifetime import notice
from ontology import load

Coverage = Literal["covers", "partly", "delegates", "mentions", "contradicts"]
Place = tuple[int, str]  # a clause and a requirement
# What answers to a requirement, in its content and in the rest.
SETTLES: frozenset[Manner] = frozenset(("settles",))
SETTLES_CONDUCT: frozenset[Manner] = frozenset(("settles", "secures", "promises", "holds"))

CONTENT = "6-2"
WHOLE = "6-2:generelt"
# § 6-1 second ledd is itself the aim of the cooperation: to state it is to answer it.
AIM = "6-1:formål"
# § 6-2 second ledd is answered measure by measure: that each shall have its own agreement is what the law asks for.
PER_MEASURE = "6-2(2):"
# "Kommunen skal gi nødvendig helsehjelp etter lov om …" agrees on nothing that the law has not said.
# Nor does "enige om hvem som har ansvaret", which is the law's own wording and names nobody.
RESTATED = {"6-2:1"}
AGREED = re.compile(
    r"\b(?:enige?|einige|samde|enighet|semje) om (?:hvem|hvilke|hva|hvordan|kven|kva|korleis|\w*fordeling)\b",
    re.IGNORECASE,
)
UNDER_LAW = re.compile(
    r"\b(?:etter|i henhold til|iht\.?|i samsvar med|i tråd med|følg\w+ av|jf\.?)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
# "Endringer i oppgavefordelingen skal være avtalt": how a matter is changed, not how it is. Nr. 12 is about changes.
CHANGES = re.compile(r"\s*(?:\w+e\s)?endring\w*\s(?:i|av|til|på)\b", re.IGNORECASE)
CHANGING = "6-2:12"
# What a text can forbid, though the law demands or allows it.
FORBIDDEN = ("6-4:", "6-5:", "V:arkivering")
# § 6-5 second ledd: one year, and no other notice.
NOTICE, ONE_YEAR = "6-5:oppsigelse", ("P1Y", "P12M")
# Verbs that tell how things are do here what is asked for: "Avtalen ligger på nettsidene", "Samarbeidet består av …".
LIES = re.compile(
    r"\b(?:ligger|ligg|finne[sr]|finn|finst|er (?:\w+ ){0,2}(?:tilgjengelig|tilgjengeleg|åpen|open|ope))\b",
    re.IGNORECASE,
)
DONE_BY = {
    "6-4:publisering": LIES,
    "V:arkivering": LIES,
    "V:sekretariat": re.compile(r"\b(?:ligger|ligg|kaller|kallar)\b", re.IGNORECASE),
    "V:tredelt": re.compile(r"\bbestår\b", re.IGNORECASE),
}
# § 6-2 nr. 11 asks for plans, not for a description of what stands in them.
OWN_DOCUMENTS = {"6-2:11": frozenset(("plan", "planer", "planar"))}


class Answer(NamedTuple):
    """How far a clause answers a requirement, and the sentences that settle it."""

    coverage: Coverage
    settling: tuple[Statement, ...]


def answers(reader: Reader, hits: Mapping[Place, Sequence[Hit]]) -> dict[Place, Answer]:
    """How each clause answers each requirement that it speaks of in more than weak words.

    A requirement of several parts is covered when the clauses together settle every part.
    """
    told = {place: list(_told(reader, place, found)) for place, found in hits.items()}
    settled: defaultdict[str, set[str]] = defaultdict(set)
    for (clause, requirement), judged in told.items():
        said = [statement for how, statement in judged if how == "settles"]
        if said and (wanted := parts().get(requirement)):
            beside = (other for other in reader.by_clause[clause] if any(topic.key in wanted for topic in other.topics))
            around = (other for other in beside if _adds(reader, other, requirement))
            settled[requirement].update(topic.key for statement in (*said, *around) for topic in statement.topics)
    whole = {requirement for requirement in settled if parts().get(requirement, set()) <= settled[requirement]}
    return {
        place: Answer(
            _coverage(place[1], {how for how, _ in judged}, hits[place], whole=place[1] in whole),
            tuple(statement for how, statement in judged if how in _settles(place[1])),
        )
        for place, judged in told.items()
    }


def _coverage(requirement: str, said: set[Manner], hits: Sequence[Hit], *, whole: bool) -> Coverage:
    if "denies" in said:
        return "partly" if "settles" in said else "contradicts"
    if requirement in MADE_UNDER or requirement == AIM:
        return "covers"
    settles = not said.isdisjoint(_settles(requirement))
    if requirement.startswith(CONTENT) and (requirement == WHOLE or all(hit.cited for hit in hits)):
        # Naming the provision tells that the clause is about it, not that it says what the provision demands.
        settles, said = False, {"aims" if how == "settles" else how for how in said}
    if settles:
        return "covers" if whole or not parts().get(requirement) else "partly"
    if "refers" in said:
        return "delegates"
    return "mentions" if said <= {"names", "holds"} else "partly"


def _settles(requirement: str) -> frozenset[Manner]:
    return SETTLES if requirement.startswith(CONTENT) else SETTLES_CONDUCT


def _told(reader: Reader, place: Place, hits: Sequence[Hit]) -> Iterator[tuple[Manner, Statement]]:
    """How the statements of a clause, each in its manner, speak of a requirement."""
    clause, requirement = place
    heading = any(hit.statement.heading and hit.strength != "weak" for hit in hits)
    spoken = {hit.statement.start: hit for hit in sorted(hits, key=lambda hit: hit.preference)}
    before = denied = False
    for statement in _body(reader, clause) if heading else reader.by_clause[clause]:
        if statement.heading:
            continue
        if hit := spoken.get(statement.start):
            how = _manner(reader, statement, hit.start, requirement)
            before, denied = True, denied or how == "denies"
            yield how, statement
        # A sentence without the words goes on about the matter under its heading, after a pronoun, or when it sends the
        # reader elsewhere; after "Avtalen omfatter ikke …" nothing that follows settles the matter.
        elif (before or heading) and not denied and not _other(statement, requirement):
            how = _manner(reader, statement, statement.start, requirement)
            if heading or how == "refers" or PRONOUN.match(reader.text, statement.start):
                yield how, statement


def _adds(reader: Reader, statement: Statement, requirement: str) -> bool:
    """Whether a sentence beside one that settles the matter tells more of it; a heading does."""
    if statement.heading:
        return True
    settles = _manner(reader, statement, statement.start, requirement) == "settles"
    return settles and not _other(statement, requirement)


def _body(reader: Reader, clause: int) -> Iterator[Statement]:
    """What stands under a heading: its own sentences, and the paragraphs and items without titles below it."""
    yield from reader.by_clause[clause]
    for child in reader.children[clause]:
        if reader.structure.clauses[child].kind in ("paragraph", "item"):
            yield from reader.by_clause[child]


def _other(statement: Statement, requirement: str) -> bool:
    """Whether a statement speaks of another requirement than this, and not of this."""
    keys = {topic.key for topic in statement.topics if topic.strength != "weak" and "://" not in topic.key}
    return bool(keys) and requirement not in keys


def _manner(reader: Reader, statement: Statement, at: int, requirement: str) -> Manner:
    text = reader.text[statement.start : statement.end]
    names_documents = statement.speaks(DELEGATES)
    if reader.is_title(statement):
        delegated = names_documents or any(around.speaks(DELEGATES) for around in reader.around(statement))
        return "refers" if delegated else "names"
    place = at - statement.start
    if statement.lead_in is not None and not is_sentence(text):
        # The lead-in has the verb: "Partene skal ha: a) beredskapsplaner".
        lead = reader.statements[statement.lead_in]
        opening = reader.text[lead.start : lead.end].rstrip(" :\n")
        text, place = f"{opening} {text}", place + len(opening) + 1
        names_documents = names_documents or lead.speaks(DELEGATES)
    own = OWN_DOCUMENTS.get(requirement, frozenset())
    how = manner(text, place, names_documents=names_documents, own=own)
    if how == "denies" and not requirement.startswith(CONTENT):
        how = "settles"
    if how == "settles" and requirement.startswith(FORBIDDEN) and forbids(text):
        return "denies"
    if requirement == NOTICE and (asked := notice(text)) and asked.value not in ONE_YEAR:
        return "denies"
    if how == "names" and requirement in DONE_BY and DONE_BY[requirement].search(text):
        return "settles"
    if how in ("promises", "names") and requirement.startswith(PER_MEASURE) and text.endswith("."):
        return "settles"
    if how == "settles" and _is_about_changes(text, requirement):
        return "names"
    if how == "settles" and requirement in RESTATED and (AGREED.search(text) or _under_law(reader, statement)):
        return "aims"
    return how


def _is_about_changes(sentence: str, requirement: str) -> bool:
    return requirement.startswith(CONTENT) and requirement != CHANGING and CHANGES.match(sentence) is not None


def _under_law(reader: Reader, statement: Statement) -> bool:
    return any(
        said is statement and UNDER_LAW.search(reader.text, statement.start, start)
        for start, _, _, said in reader.cited[statement.clause]
    )


@cache
def parts() -> dict[str, set[str]]:
    """The parts that a requirement names in the law's own words, by its notation: each part is an IRI."""
    graph = load()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for part, whole in graph.subject_objects(DCTERMS.isPartOf):
        if notation := graph.value(whole, SKOS.notation):
            found[str(notation)].add(str(part))
    return dict(found)
