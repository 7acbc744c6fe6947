"""What the law's rules say of one document, in the shape of `hjemmel check --json`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from hjemmel.assessment import assessment, made_on
from hjemmel.store import Store
from hjemmel.subject import Subject

if TYPE_CHECKING:
    from hjemmel.review.findings import FindingReview
    from shapes import Engine, Evidence, Finding, Point

Basis = Literal["confirmed", "confirmed and candidates"]
REFUSED = ("rejected", "not_supported")
BASES: tuple[Basis, Basis] = ("confirmed and candidates", "confirmed")


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, what a person decided on it, and how far people have confirmed what it rests on.

    `state` is what a person came to on the finding itself (confirmed, corrected, rejected, not_supported); confirmed,
    too, when everything it rests on is; else candidate.
    """

    finding: "Finding"
    review: "FindingReview | None"
    state: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every finding about a document by the law of a day, and on what basis: confirmed claims alone, or all.

    Where the day is the agreement's own, there are the results by the law of today, and the duties that are new.
    `left_to_pyshacl` are the rules that the faster engine could not run; see `shapes.engine`.
    """

    document: str
    as_of: date
    basis: Basis
    findings: tuple[Judged, ...]
    remarks: tuple["Finding", ...] = ()
    today: date | None = None
    results_today: Mapping[str, str] = field(default_factory=dict)
    new_duties: tuple[Judged, ...] = ()
    left_to_pyshacl: tuple[str, ...] = ()


def judgement(
    about: Subject, *, as_of: date | None, language: str, library: Store | None = None, confirmed_only: bool = False
) -> dict[str, Any]:
    """A judgement as plain values, in one language: the shape of `hjemmel check --json`."""
    return as_plain(judged(about, as_of=as_of, library=library, confirmed_only=confirmed_only), language)


def judged(
    about: Subject,
    *,
    as_of: date | None,
    library: Store | None = None,
    confirmed_only: bool = False,
    engine: "Engine" = "compiled",
) -> Judgement:
    """Every finding about a document and the remarks beside them by the law of a day, as people's decisions leave them.

    If no day is given, it is the day the agreement was made, or else today; each finding then has today's result, too,
    and the duties that are new since the agreement was made are told apart. `library` is the store whose guidance and
    meeting papers are read beside a document that is not in it; with `confirmed_only`, only what a person has confirmed
    counts.
    """
    from hjemmel.review.findings import claim_states, decided, finding_reviews

    every = assessment(about, library=library, engine=engine)
    confirmed = assessment(about, library=library, confirmed_only=True, engine=engine) if confirmed_only else None
    reviews, states = finding_reviews(about.store, about.iri), claim_states(about.store, about.iri)

    def findings(day: date) -> tuple[Judged, ...]:
        found = every.findings(day)
        if confirmed:
            found = _confirmed(found, confirmed.findings(day))
        told = (decided(finding, reviews.get(finding.iri)) for finding in found)
        return tuple(Judged(finding, review, _state(finding, review, states)) for finding, review in told)

    today = date.today()
    day = as_of or made_on(every) or today
    found = Judgement(
        about.iri,
        day,
        BASES[confirmed_only],
        findings(day),
        (confirmed or every).remarks(day),
        left_to_pyshacl=every.left_to_pyshacl,
    )
    if as_of is not None:
        return found
    now = findings(today)
    return replace(
        found,
        today=today,
        results_today={one.finding.requirement: one.finding.result for one in now},
        new_duties=tuple(one for one in now if day < (one.finding.applies_from or day) <= today),
    )


def as_plain(found: Judgement, language: str) -> dict[str, Any]:
    """A judgement as plain values, in one language."""
    told: dict[str, Any] = {
        "document": found.document,
        "as_of": found.as_of,
        "basis": found.basis,
        "findings": [_judged(one, language) for one in found.findings],
        "remarks": [_finding(one, language) for one in found.remarks],
        "summary": dict(Counter(one.finding.result for one in found.findings if one.state not in REFUSED)),
    }
    if found.left_to_pyshacl:
        told["left_to_pyshacl"] = list(found.left_to_pyshacl)
    if found.today is not None:
        for row in told["findings"]:
            row["result_today"] = found.results_today.get(row["requirement"])
        new = [_judged(one, language) for one in found.new_duties]
        told["today"] = {"as_of": found.today, "new_duties": new}
    return told


def _confirmed(every: "tuple[Finding, ...]", confirmed: "tuple[Finding, ...]") -> "tuple[Finding, ...]":
    """The findings on confirmed claims alone; what only the machine has found is not missing, but not assessed."""
    from hjemmel.review.confirmed import unreviewed

    suggested = {finding.iri: finding for finding in every}
    return tuple(
        replace(
            finding,
            result="not_assessable",
            severity="info",
            message=unreviewed(),
            nearest=suggested[finding.iri].evidence,
        )
        if finding.result == "missing" and suggested[finding.iri].result != "missing"
        else finding
        for finding in confirmed
    )


def _state(finding: "Finding", review: "FindingReview | None", states: "dict[tuple[str, int, int], str]") -> str:
    if review:
        return review.state
    found = {states.get((finding.requirement, words.start, words.end), "candidate") for words in finding.evidence}
    return "confirmed" if found == {"confirmed"} else "candidate"


def _judged(judged: Judged, language: str) -> dict[str, Any]:
    review = judged.review
    told = {"reason": review.reason, "role": review.role, "time": review.time.isoformat()} if review else {}
    return {**_finding(judged.finding, language), "review": {"state": judged.state, **told}}


def _finding(found: "Finding", language: str) -> dict[str, Any]:
    return {
        "iri": found.iri,
        "requirement": found.requirement,
        "label": found.label.get(language, found.label.get("nb", found.requirement)),
        "strength": found.strength,
        "severity": found.severity,
        "result": found.result,
        "rule": found.rule or None,
        "legal_basis": found.legal_basis,
        "law": found.law or None,
        "applies_from": found.applies_from,
        "message": found.message.get(language, found.message.get("nb", "")),
        "evidence": [_words(words) for words in found.evidence],
        "searched": list(found.searched),
        "nearest": [_words(words) for words in found.nearest],
        "advice": [_point(point) for point in found.advice],
    }


def _words(words: "Evidence") -> dict[str, Any]:
    row = {
        "quote": words.quote,
        "start": words.start,
        "end": words.end,
        "clause": words.clause,
        "place": words.place,
    }
    return row | {"document": words.document} if words.document else row


def _point(point: "Point") -> dict[str, Any]:
    return {
        "iri": point.iri,
        "strength": point.force,
        **_words(point.words),
        "spoken_of": [_words(words) for words in point.spoken_of],
    }
