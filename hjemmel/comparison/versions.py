"""What became of one text in another: clause by clause, word by word, and in substance."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hjemmel.comparison.alignment import Aligned, alignment, are_versions
from hjemmel.comparison.difference import Difference, Side, differ, in_order, side
from hjemmel.comparison.facets import ALL_FACETS, Facets, facets
from hjemmel.comparison.likeness import likeness, matching, vocabulary
from hjemmel.comparison.matrix import requirement_differences
from hjemmel.comparison.paper import Norm, Paper, Term, Words, papers
from hjemmel.comparison.substance import NAMED, TIMES, amounts, body_differences, left_over, term_differences
from hjemmel.comparison.wording import same_sense
from hjemmel.comparison.words import Texts, label
from hjemmel.subject import Subject

ALIKE = 0.45
SAME_ACTION, SAME_CLAUSE = 0.2, 0.15
LISTED: tuple[str, ...] = (
    *NAMED,
    *("dispute_steps", "costs", "priority_groups", "publication", "archiving", "parties"),
)
# Of these the value is all: another name is another thing.
ENTRIES = ("sub_agreements", "parties")


@dataclass(frozen=True, slots=True)
class Diff:
    """Two texts, what differs in substance, where only the wording does, and every clause with what became of it."""

    one: Paper
    other: Paper
    as_of: date
    substance: tuple[Difference, ...]
    wording: tuple[Difference, ...]
    clauses: tuple[Aligned, ...]

    @property
    def versions(self) -> bool:
        """Whether the texts are versions of one another."""
        return are_versions(self.clauses)

    @property
    def called(self) -> Mapping[str, str]:
        """What each text is called in a sentence."""
        return {self.one.iri: self.one.id, self.other.iri: self.other.id}

    def as_json(self) -> dict[str, Any]:
        """The same as plain values; clauses that did not change are counted, not listed."""
        changes = [pair.change for pair in self.clauses]
        return {
            "one": self.one.as_json(),
            "other": self.other.as_json(),
            "as_of": self.as_of,
            "versions": self.versions,
            "substance": [found.as_json() for found in self.substance],
            "wording": [found.as_json() for found in self.wording],
            "clauses": [pair.as_json() for pair in self.clauses if pair.change != "same" or pair.moved],
            "summary": {change: changes.count(change) for change in dict.fromkeys(changes)}
            | {"moved": sum(pair.moved for pair in self.clauses)},
        }


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence and the norms in it, which stand or fall together: "Kommunene og sykehuset skal …"."""

    words: Words
    norms: tuple[Norm, ...]
    facets: Facets

    @property
    def actions(self) -> set[str]:
        """What is to be done."""
        return {norm.action for norm in self.norms}

    @property
    def modalities(self) -> list[str]:
        """How strongly each norm is put."""
        return [norm.modality for norm in self.norms]

    def side(self, values: Iterable[str]) -> Side:
        """The sentence as what its document says."""
        return Side(self.words.document, "said", tuple(sorted(set(values))), (self.words,))


def diff(one: Subject, other: Subject, *, as_of: date | None = None) -> Diff:
    """What became of one text in another; both are judged by the law of the same day, today's if none is given.

    What one version has and the other lacks was taken out or put in. Two agreements that are no versions of one may
    say the same in other words, so that only their terms, bodies and requirements are compared.
    """
    before, after = papers(one.store)[one.iri], papers(other.store)[other.iri]
    day = as_of or date.today()
    aligned = alignment(before.clauses, after.clauses)
    both = [before, after]
    if are_versions(aligned):
        became = {pair.one.iri: pair.other.iri for pair in aligned if pair.one and pair.other}
        own = [*_of_terms(before, after, became), *_of_norms(before, after, became), *_of_citations(before, after)]
    else:
        own = list(term_differences(both))
    found = in_order([*requirement_differences(both, as_of=day), *own, *body_differences(both)])
    return Diff(
        before,
        after,
        day,
        tuple(one for one in found if one.in_substance),
        tuple(one for one in found if not one.in_substance),
        aligned,
    )


def _of_terms(one: Paper, other: Paper, became: Mapping[str, str]) -> Iterator[Difference]:
    """Terms lost, won or changed: entry by entry where a term is a list."""
    for field in (*TIMES, *LISTED):
        before, after = ([term for term in paper.terms if term.field == field] for paper in (one, other))
        if not before or not after:
            if before or after:
                yield Difference("term", field, label(field), (_said(one, before), _said(other, after)))
        elif field in TIMES:
            sides = (_said(one, before), _said(other, after))
            found = list(amounts([one, other], sides, field, label(field), ("strength", "bearer", "condition")))
            if differ(sides):
                found.append(Difference("deadline", field, label(field), sides))
            yield from found or left_over(sides, field, label(field))
        else:
            yield from _of_list(one, other, before, after, field=field, pairs=_matched(before, after, became))


def _of_list(
    one: Paper, other: Paper, before: Sequence[Term], after: Sequence[Term], *, field: str, pairs: Mapping[int, int]
) -> Iterator[Difference]:
    """Entries lost, won and changed. Several may stand in one sentence, which is compared once."""
    compared = set()
    for index, term in enumerate(before):
        if index not in pairs:
            yield Difference("value", field, label(field), (_said(one, [term]), side(other)))
            continue
        now = after[pairs[index]]
        sides = (_said(one, [term]), _said(other, [now]))
        if field in ENTRIES:
            if not same_sense(term.value, now.value):
                yield Difference("value", field, label(field), sides)
        elif (term.words, now.words) not in compared and not same_sense(term.words.quote, now.words.quote):
            compared.add((term.words, now.words))
            found = list(amounts([one, other], sides, field, label(field)))
            yield from found or left_over(sides, field, label(field))
    for index, term in enumerate(after):
        if index not in pairs.values():
            yield Difference("value", field, label(field), (side(one), _said(other, [term])))


def _of_norms(one: Paper, other: Paper, became: Mapping[str, str]) -> Iterator[Difference]:
    """Duties and rights lost or won, and what changed in the others. Sentences that are terms are told as terms."""
    before, after = _sentences(one), _sentences(other)
    pairs = _sentence_pairs(before, after, became)
    for index, said in enumerate(before):
        if index in pairs:
            yield from _between(said, after[pairs[index]])
        else:
            yield Difference("duty", said.words.clause, _place(said.words), (said.side(said.modalities), side(other)))
    for index, said in enumerate(after):
        if index not in pairs.values():
            yield Difference("duty", said.words.clause, _place(said.words), (side(one), said.side(said.modalities)))


def _sentences(paper: Paper) -> list[_Sentence]:
    """The sentences with norms that are not terms."""
    terms = [term.words for term in paper.terms if term.field != "parties"]
    found: dict[Words, list[Norm]] = {}
    for norm in paper.norms:
        if not any(term.start < norm.words.end and norm.words.start < term.end for term in terms):
            found.setdefault(norm.words, []).append(norm)
    return [_Sentence(words, tuple(norms), facets(paper, words)) for words, norms in found.items()]


def _sentence_pairs(
    before: Sequence[_Sentence], after: Sequence[_Sentence], became: Mapping[str, str]
) -> dict[int, int]:
    scores = {}
    for (index, later), value in _alike(
        [said.words.quote for said in before], [now.words.quote for now in after]
    ).items():
        said, now = before[index], after[later]
        if value >= ALIKE:
            score = value + SAME_ACTION * bool(said.actions & now.actions)
            scores[index, later] = score + SAME_CLAUSE * (became.get(said.words.clause) == now.words.clause)
    return matching(scores)


def _between(said: _Sentence, now: _Sentence) -> Iterator[Difference]:
    """How a sentence differs from what became of it."""
    if same_sense(said.words.quote, now.words.quote):
        return
    before, after = said.facets, now.facets
    changed = [kind for kind in ALL_FACETS if getattr(before, kind) != getattr(after, kind)]
    if "bearer" in changed or "body" in changed:
        # Whoever is bound instead is named instead.
        changed = [kind for kind in changed if kind != "named"]
    for kind in changed:
        sides = (said.side(getattr(before, kind)), now.side(getattr(after, kind)))
        yield Difference(kind, said.words.clause, _place(said.words), sides)
    if not changed:
        yield Difference("wording", said.words.clause, _place(said.words), (said.side(()), now.side(())))


def _of_citations(one: Paper, other: Paper) -> Iterator[Difference]:
    """Provisions and acts that only one of the texts cites."""
    names = {cited.target: cited.name for paper in (other, one) for cited in paper.citations}
    for target, name in names.items():
        sides = tuple(
            side(paper, [target], (cited.words for cited in paper.citations if cited.target == target))
            for paper in (one, other)
        )
        if differ(sides):
            yield Difference("basis", target, {"nb": name}, sides)


def _said(paper: Paper, terms: Sequence[Term]) -> Side:
    return side(paper, (term.value for term in terms), (term.words for term in terms))


def _place(words: Words) -> Texts:
    return {"nb": words.place}


def _matched(before: Sequence[Term], after: Sequence[Term], became: Mapping[str, str]) -> dict[int, int]:
    """Entries of two lists that are the same, or alike, or each all that its clause says where one became the other."""
    scores = _alike([term.value for term in before], [term.value for term in after])
    scores = {pair: value for pair, value in scores.items() if value >= ALIKE}
    clauses = Counter(term.words.clause for term in (*before, *after))
    for index, term in enumerate(before):
        for at, now in enumerate(after):
            if same_sense(term.value, now.value):
                scores[index, at] = 2.0
            elif (
                became.get(term.words.clause) == now.words.clause
                and clauses[term.words.clause] == clauses[now.words.clause] == 1
            ):
                scores[index, at] = 1.0
    return matching(scores)


def _alike(ones: Sequence[str], others: Sequence[str]) -> dict[tuple[int, int], float]:
    known = vocabulary([*ones, *others])
    return likeness([known.vector(text) for text in ones], [known.vector(text) for text in others])
