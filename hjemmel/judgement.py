"""What the law's rules say of one document, in the shape of `hjemmel check --json`."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from hjemmel.assessment import assessment, made_on
from hjemmel.store import Store
from hjemmel.subject import Subject

if TYPE_CHECKING:
    from shapes import Evidence, Finding, Point


def judgement(
    about: Subject, *, as_of: date | None, language: str, library: Store | None = None, confirmed_only: bool = False
) -> dict[str, Any]:
    """Every finding about a document, and the remarks beside them, by the law of a day.

    If no day is given, it is the day the agreement was made, or else today; each finding then has today's result, too,
    and `today` tells which duties are new since the agreement was made. `library` is the store whose guidance and
    meeting papers are read beside a document that is not in it; with `confirmed_only`, only what a person has confirmed
    counts.
    """
    assessed = assessment(about, library=library, confirmed_only=confirmed_only)
    today = date.today()
    day = as_of or made_on(assessed) or today
    findings = assessed.findings(day)
    found: dict[str, Any] = {
        "document": about.iri,
        "as_of": day,
        "findings": [_finding(one, language) for one in findings],
        "remarks": [_finding(one, language) for one in assessed.remarks(day)],
        "summary": dict(Counter(one.result for one in findings)),
    }
    if as_of is None:
        results = {one.requirement: one.result for one in assessed.findings(today)}
        for row in found["findings"]:
            row["result_today"] = results.get(row["requirement"])
        new = assessed.new_duties(since=day, today=today)
        found["today"] = {"as_of": today, "new_duties": [_finding(one, language) for one in new]}
    return found


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
