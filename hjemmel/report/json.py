"""The report as JSON: what `hjemmel check --json` prints, with the facts of the check and the law's words."""

from typing import Any, BinaryIO

from hjemmel.render import as_json
from hjemmel.report import Entry, Quote, Report


def write(report: Report, file: BinaryIO) -> None:
    """Write the report; dates are ISO 8601."""
    content = {
        "document": report.judgement.document,
        "title": report.title,
        "language": report.language,
        "as_of": report.judgement.as_of,
        "basis": report.judgement.basis,
        "made": report.made,
        "facts": dict(report.facts),
        "summary": [
            {"strength": strength, "group": group, "findings": number}
            for (strength, group), number in sorted(report.summary.items())
        ],
        "findings": [_entry(entry, report) for entry in report.entries],
        "remarks": [_entry(entry, report) for entry in report.remarks],
        "new_duties": [_entry(entry, report) for entry in report.new],
        "own": None if report.own is None else [one.as_json(report.language) for one in report.own],
    }
    file.write(as_json(content).encode() + b"\n")


def _entry(entry: Entry, report: Report) -> dict[str, Any]:
    finding = entry.finding
    return {
        "number": entry.number,
        "iri": finding.iri,
        "requirement": finding.requirement,
        "label": entry.label,
        "strength": finding.strength,
        "severity": finding.severity,
        "result": finding.result,
        "group": entry.group,
        "legal_basis": finding.legal_basis,
        "provision": finding.provision,
        "law": finding.law or None,
        "applies_from": finding.applies_from,
        "message": entry.message,
        "evidence": [_quote(quote) for quote in entry.quotes],
        "searched": list(finding.searched),
        "nearest": [_quote(quote) for quote in entry.nearest],
        "advice": [
            {**_quote(one.point), "force": one.force, "spoken_of": [_quote(quote) for quote in one.spoken_of]}
            for one in entry.advice
        ],
        "review": {
            "state": entry.state,
            "role": entry.role or None,
            "reason": entry.reason or None,
            "date": entry.reviewed_on,
            "sentence": report.review(entry),
        },
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"quote": quote.words, "place": quote.place, "start": quote.start, "end": quote.end}
