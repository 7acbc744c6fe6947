"""What decisions do to the graph: the claims of each document as people left them, and the graph of reviews."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from hjemmel.review.decision import Decision, Held
from hjemmel.review.place import span
from hjemmel.review.record import REVIEWS, STATES, answering, concept, notations, review_quads, reviewer
from ingest.graph import implementing
from ingest.iri import evidence_path, iri, slug
from ingest.page import evidence_quads
from ingest.quads import node, statements, word

HELD_STATES = tuple(word(f"hj:{state}") for state in ("Candidate", "Confirmed"))
IN_FORCE, OVERTAKEN, LOST = "hj:InForce", "hj:Overtaken", "hj:Lost"

Quads = list[ox.Quad]


def reviewed(quads: Iterable[ox.Quad], decisions: Iterable[Decision]) -> Iterator[ox.Quad]:
    """The same quads as people's decisions leave them, with the graph of reviews; done again, it changes nothing.

    What a decision was about is found again by its words. The quads hold each document whole.
    """
    by_document: dict[str, list[Decision]] = defaultdict(list)
    for each in decisions:
        by_document[each.document].append(each)
    watched = {iri(path): id_ for id_ in by_document for path in (f"graph/doc/{id_}", claims_graph(id_))}
    kept: dict[str, Quads] = defaultdict(list)
    for quad in quads:
        graph = getattr(quad.graph_name, "value", "")
        if graph in watched:
            kept[watched[graph]].append(quad)
        elif graph != iri(REVIEWS):
            yield quad
    for id_, taken in by_document.items():
        yield from _Page(id_, kept[id_]).reviewed(taken)


def claims_graph(document: str) -> str:
    """The path of the graph with what is claimed of a document."""
    return f"graph/claims/{document}"


@dataclass(slots=True, eq=False)
class _Claim:
    """A claim of the machine, and its state after the decisions so far."""

    node: ox.NamedNode
    requirement: str
    place: tuple[int, int]
    state: str = "hj:Candidate"


class _Page:
    """One document's text, clauses and claims, and what people decided on them."""

    def __init__(self, document: str, quads: Quads) -> None:
        self.document = document
        self.path = f"doc/{document}"
        self.graph = node(claims_graph(document))
        self.facts: dict[object, dict[str, ox.NamedNode | ox.Literal]] = defaultdict(dict)
        for quad in quads:
            self.facts[quad.subject][quad.predicate.value] = quad.object  # type: ignore[assignment]
        self.text_quads = [quad for quad in quads if quad.graph_name != self.graph]
        self.stated = {quad.subject for quad in self.text_quads}
        self.text = self._value(node(self.path), "hj:storedText")
        by_people = self._by_people()
        told_again = word("hj:implements"), word("hj:reviewState")
        self.claim_quads = [
            quad
            for quad in quads
            if quad.graph_name == self.graph and quad.subject not in by_people and quad.predicate not in told_again
        ]
        self.claims = [
            claim for subject in list(self.facts) if subject not in by_people and (claim := self._claim(subject))
        ]
        self.clauses = sorted(
            (int(self._value(subject, "hj:start")), -int(self._value(subject, "hj:end")), subject.value)
            for subject in self.facts
            if isinstance(subject, ox.NamedNode) and self._is_clause(subject)
        )

    def reviewed(self, decisions: list[Decision]) -> Iterator[ox.Quad]:
        """All that is known of the document, after these decisions."""
        latest: dict[object, Decision] = {}
        about: dict[int, object] = {}
        withdrawn = _withdrawn(decisions)
        for each in decisions:
            if each.verdict != "withdrawn" and each.number not in withdrawn:
                about[each.number] = subject = self._subject(each)
                if subject is not None:
                    latest[subject] = each
        added: Quads = []
        reviews: Quads = []
        for each in decisions:
            subject = about.get(each.number)
            if each.number in withdrawn or (subject is not None and latest[subject] is not each):
                standing = OVERTAKEN
            elif each.verdict == "withdrawn":
                standing = IN_FORCE
            else:
                standing = LOST if subject is None else IN_FORCE
            target = subject.node if isinstance(subject, _Claim) else ox.NamedNode(each.target)
            effect = list(self._effect(each, subject)) if standing == IN_FORCE and subject is not None else []
            made = next((quad.subject for quad in effect if quad.object == word("hj:Claim")), None)
            added += effect
            reviews += review_quads(each, node(self.path), target, standing, made)
        for each in decisions:
            if each.result and each.verdict == "confirmed" and latest.get(about.get(each.number)) is each:
                added += self._confirmed_with(each)
        yield from self.text_quads
        yield from self._claims(added)
        yield from reviews

    def _subject(self, decision: Decision) -> object:
        """What a decision is about, as it stands now: a claim, a finding, words that the machine no longer claims."""
        if not self.text or (decision.correction and not span(self.text, decision.correction.words)):
            return None
        places = [place for words in decision.words if (place := span(self.text, words))]
        if len(places) < len(decision.words):
            return ("corrected", decision.number) if decision.correction else None
        if decision.result is not None:
            return decision.target
        same = (claim for claim in self.claims if (claim.requirement, claim.place) == (decision.requirement, places[0]))
        return next(same, (decision.requirement, places[0]))

    def _effect(self, decision: Decision, subject: object) -> Iterator[ox.Quad]:
        found = isinstance(subject, _Claim)
        if isinstance(subject, _Claim):
            subject.state = STATES[decision.verdict]
        held = decision.held
        if held and not (found and decision.verdict == "confirmed"):
            yield from self._by_person(decision, held, subject.node if isinstance(subject, _Claim) else None)

    def _confirmed_with(self, finding: Decision) -> Iterator[ox.Quad]:
        """Who confirms a finding confirms what it rests on, unless that has a decision of its own."""
        places = {span(self.text, words) for words in finding.words}
        requirements = answering(finding.requirement)
        for claim in self.claims:
            if claim.state == "hj:Candidate" and claim.requirement in requirements and claim.place in places:
                claim.state = "hj:Confirmed"
        for subject in list(self.facts):
            if isinstance(subject, ox.NamedNode) and self._is(subject, "hj:Term") and self._place(subject) in places:
                yield from statements(self.graph, subject, ("hj:reviewState", word("hj:Confirmed")))

    def _by_person(self, decision: Decision, held: Held, before: ox.NamedNode | None) -> Iterator[ox.Quad]:
        place = span(self.text, held.words)
        clause = self._clause_at(place) if place else None
        if place is None or clause is None:
            return
        yield from self._evidence(place, clause)
        requirement = slug(held.requirement)
        yield from statements(
            self.graph,
            node(f"{self.path}/claim/{clause.value.partition('/clause/')[2]}/{requirement}/review-{decision.number}"),
            ("rdf:type", word("hj:Claim")),
            ("hj:document", node(self.path)),
            ("hj:clause", clause),
            ("hj:requirement", node(f"requirement/{requirement}")),
            ("hj:coverage", concept("Coverage", held.coverage)),
            ("hj:evidenceStrength", concept("EvidenceStrength", held.strength)),
            ("hj:reviewState", word("hj:Confirmed")),
            ("hj:evidence", self._evidence_node(place)),
            ("prov:wasAttributedTo", reviewer(decision.role)),
            ("prov:wasRevisionOf", before),
        )

    def _evidence(self, place: tuple[int, int], clause: ox.NamedNode) -> Iterator[ox.Quad]:
        """Words that the reader itself gave no evidence of stand with the claim that rests on them."""
        if self._evidence_node(place) not in self.stated:
            yield from evidence_quads(self.graph, self.document, self.text, place, clause)

    def _claims(self, added: Quads) -> Iterator[ox.Quad]:
        """Every claim with its state, and what the clauses implement by those that are held."""
        states = [ox.Quad(claim.node, word("hj:reviewState"), word(claim.state), self.graph) for claim in self.claims]
        whole = [*self.claim_quads, *states, *added]
        yield from whole
        yield from implemented(whole)

    def _claim(self, subject: object) -> _Claim | None:
        if not isinstance(subject, ox.NamedNode) or not self._is(subject, "hj:Claim"):
            return None
        return _Claim(subject, notations()[self._value(subject, "hj:requirement")], self._place(subject))

    def _place(self, subject: ox.NamedNode) -> tuple[int, int]:
        """Where the words stand that a statement rests on."""
        selector = self.facts[self.facts[subject][word("hj:evidence").value]][word("oa:hasSelector").value]
        return int(self._value(selector, "oa:start")), int(self._value(selector, "oa:end"))

    def _clause_at(self, place: tuple[int, int]) -> ox.NamedNode | None:
        around = [found for start, end, found in self.clauses if start <= place[0] < -end]
        return ox.NamedNode(around[-1]) if around else None

    def _evidence_node(self, place: tuple[int, int]) -> ox.NamedNode:
        return node(evidence_path(self.document, *place))

    def _by_people(self) -> set[object]:
        """What people claimed, with the evidence that is theirs alone: it is told again from their decisions."""
        found: set[object] = set()
        for subject in list(self.facts):
            if self._value(subject, "prov:wasAttributedTo").startswith(iri("reviewer/")):
                evidence = self.facts[subject][word("hj:evidence").value]
                found |= {subject, evidence, self.facts[evidence][word("oa:hasSelector").value]}
        return found - self.stated

    def _is_clause(self, subject: object) -> bool:
        return word("hj:level").value in self.facts[subject]

    def _is(self, subject: object, kind: str) -> bool:
        return self._value(subject, "rdf:type") == word(kind).value

    def _value(self, subject: object, name: str) -> str:
        found = self.facts[subject].get(word(name).value)
        return found.value if found else ""


def implemented(claims: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Which requirements the clauses implement, by the claims that are held."""
    facts: dict[object, dict[str, ox.Quad]] = defaultdict(dict)
    for quad in claims:
        facts[quad.subject][quad.predicate.value] = quad
    found = set()
    for claim in facts.values():
        state, kind = (claim.get(word(name).value) for name in ("hj:reviewState", "rdf:type"))
        if state is None or kind is None or kind.object != word("hj:Claim") or state.object not in HELD_STATES:
            continue
        strength, coverage, clause, requirement = (
            claim[word(f"hj:{name}").value].object for name in ("evidenceStrength", "coverage", "clause", "requirement")
        )
        if implementing(_notation(strength), _notation(coverage)):
            found.add(ox.Quad(clause, word("hj:implements"), requirement, state.graph_name))  # type: ignore[arg-type]
    yield from sorted(found, key=str)


def _notation(concept: object) -> str:
    return notations()[getattr(concept, "value", "")]


def _withdrawn(decisions: list[Decision]) -> set[int]:
    """Which decisions are withdrawn by later ones that are not withdrawn themselves."""
    found: set[int] = set()
    for each in reversed(decisions):
        if each.withdraws is not None and each.number not in found:
            found.add(each.withdraws)
    return found
