"""What people decided on the findings of a document's check, and the findings as those decisions leave them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from hjemmel.review.record import notations
from hjemmel.store import Store

if TYPE_CHECKING:
    from shapes import Evidence, Finding, Result

REVIEWS = """
SELECT ?document ?finding ?decision ?reason ?role ?time ?result ?made WHERE {
    ?review a hj:Review ; prov:used ?document ; hj:reviews ?finding ; hj:decision ?decision ; hj:reason ?reason ;
        hj:reviewerRole/skos:prefLabel ?role ; prov:endedAtTime ?time ; hj:result ?result ;
        hj:reviewStanding hj:InForce .
    FILTER(?decision != hj:Candidate)
    OPTIONAL { ?review prov:generated ?made }
}
ORDER BY ?time
"""
MADE = """
SELECT ?claim ?coverage ?clause ?place ?quote ?start ?end WHERE {
    ?claim hj:coverage/skos:notation ?coverage ; hj:clause ?clause ; hj:evidence/oa:hasSelector ?selector .
    ?clause hj:place ?place .
    ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end .
}
"""
STATES = """
SELECT ?document ?requirement ?state ?start ?end WHERE {
    ?claim a hj:Claim ; hj:document ?document ; hj:requirement/skos:notation ?requirement ; hj:reviewState ?state ;
        hj:evidence/oa:hasSelector ?selector .
    ?selector oa:start ?start ; oa:end ?end .
}
"""
# What the check would have come to, had the machine seen what the person did.
RESULTS: "Mapping[str, Result]" = {
    "covers": "fulfilled",
    "partly": "partly",
    "delegates": "partly",
    "contradicts": "conflict",
}


@dataclass(frozen=True, slots=True)
class FindingReview:
    """A decision on a finding that holds; `result` is what was decided on, `coverage` and `words` what is right."""

    state: str
    reason: str
    role: str
    time: datetime
    result: str
    coverage: str | None = None
    words: "Evidence | None" = None


def finding_reviews(store: Store, document: str) -> dict[str, FindingReview]:
    """The decision on each finding of a document, by the address of the finding."""
    return {str(row["finding"]): _review(store, row) for row in store.select(REVIEWS, {"document": document})}


def claim_states(store: Store, document: str) -> dict[tuple[str, int, int], str]:
    """What people came to on each claim of a document, by its requirement and where its words stand."""
    return {
        (str(row["requirement"]), int(str(row["start"])), int(str(row["end"]))): notations()[str(row["state"])]
        for row in store.select(STATES, {"document": document})
    }


def decided(finding: "Finding", review: FindingReview | None) -> "tuple[Finding, FindingReview | None]":
    """A finding with the decision on it, if the decision is on this result; a correction says what the result is."""
    if review is None or (review.state != "corrected" and review.result != finding.result):
        return finding, None
    if review.words is None or finding.result != review.result:
        return finding, review
    result = RESULTS.get(review.coverage or "", finding.result)
    corrected = replace(
        finding,
        result=result,
        severity=None if result == "fulfilled" else finding.severity,
        message=dict.fromkeys(("nb", "nn", "en"), review.reason),
        evidence=(review.words, *(one for one in finding.evidence if one != review.words)),
        searched=(),
        nearest=(),
    )
    return corrected, review


def _review(store: Store, row: Mapping[str, object]) -> FindingReview:
    from shapes import Evidence

    found = FindingReview(
        state=notations()[str(row["decision"])],
        reason=str(row["reason"]),
        role=str(row["role"]),
        time=datetime.fromisoformat(str(row["time"])),
        result=notations()[str(row["result"])],
    )
    for made in store.select(MADE, {"claim": str(row["made"])}) if row["made"] else ():
        words = Evidence(
            start=int(str(made["start"])),
            end=int(str(made["end"])),
            quote=str(made["quote"]),
            place=str(made["place"]),
            clause=str(made["clause"]),
        )
        return replace(found, coverage=str(made["coverage"]), words=words)
    return found
