"""People's review of what the machine suggests: decided, kept in a log, told in the graph.

Every decision goes first into the log and then into the graph, so that nothing decided is ever lost: whatever made the
graph fall behind (a kill, a rollback), `bring_up` tells it all again from the log.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hjemmel import erasure, mirror, snapshot
from hjemmel.remote import RemoteError
from hjemmel.review.decision import Decision, ReviewError, Verdict
from hjemmel.review.log import append, decisions
from hjemmel.snapshot import Manifest, StoreError, writing

if TYPE_CHECKING:
    import pyoxigraph as ox

    from hjemmel.review.decision import Held
    from hjemmel.store import Store

STANDINGS = """
SELECT ?review ?standing ?target WHERE {
    ?review a hj:Review ; hj:reviewStanding ?standing ; hj:reviews ?target .
}
"""
COUNT = "SELECT (COUNT(?review) AS ?reviews) WHERE { ?review a hj:Review }"
OPEN = """
SELECT ?target ?document ?requirement ?label ?coverage ?strength ?place ?quote WHERE {
    ?target a hj:Claim ; hj:reviewState hj:Candidate ; hj:document ?about ; hj:requirement ?required ;
        hj:coverage/skos:notation ?coverage ; hj:evidenceStrength/skos:notation ?strength ;
        hj:clause/hj:place ?place ; hj:evidence/oa:hasSelector ?selector .
    ?about dcterms:identifier ?document .
    ?required skos:notation ?requirement ; skos:prefLabel ?label .
    ?selector oa:exact ?quote ; oa:start ?start .
    FILTER(LANG(?label) = "nb")
}
ORDER BY ?document ?start ?requirement
"""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A decision, whether it holds now (in_force, overtaken, lost), and what its target is called now."""

    decision: Decision
    standing: str
    target: str


def decide(
    home: Path,
    about: Mapping[str, Any],
    verdict: Verdict,
    *,
    reason: str,
    role: str,
    correction: "Held | None" = None,
    withdraws: int | None = None,
) -> Decision:
    """Put a decision into the log, then into the graph. `about` is what `target.facts` told of its subject."""
    role, reason = _free_text(home, role, reason)
    if verdict == "confirmed" and about.get("strength") == "weak":
        raise ReviewError(
            "The claim is weak, so it answers nothing even if confirmed: "
            "if the words do answer the requirement, use `hjemmel review correct … --strength explicit`.",
            "weak",
        )

    def numbered(number: int) -> Decision:
        return Decision(
            number=number,
            time=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            verdict=verdict,
            reason=reason,
            role=role,
            software=version("hjemmel"),
            correction=correction,
            withdraws=withdraws,
            **about,
        )

    if snapshot.current(home) is None:
        raise StoreError("There is no store on this machine to keep a decision with: run `hjemmel build`.")
    with writing(home):
        taken = append(home, numbered)
        bring_up(home)
    try:
        mirror.follow(home)
    except RemoteError as error:
        kept = f"Decision {taken.number} is kept here, and is sent by the next `hjemmel build`."
        raise RemoteError(f"{error} {kept}") from error
    return taken


def undo(home: Path, number: int | None, *, reason: str, role: str) -> Decision:
    """Withdraw a decision, by its number or the latest one that is not withdrawn, by a decision of its own."""
    kept = decisions(home)
    gone = {each.withdraws for each in kept}
    left = [each for each in kept if each.number not in gone and each.verdict != "withdrawn"]
    wanted = left if number is None else [each for each in kept if each.number == number]
    if not wanted:
        raise ReviewError("There is no such decision to withdraw: `hjemmel review list` shows them.")
    before = wanted[-1]
    if before.number in gone:
        raise ReviewError(f"Decision {before.number} has been withdrawn already.", "withdrawn")
    about = {name: getattr(before, name) for name in ("target", "document", "requirement", "words", "result")}
    return decide(home, about, "withdrawn", reason=reason, role=role, withdraws=before.number)


def reviews(home: Path, store: "Store") -> list[Reviewed]:
    """Every decision, in order, with its standing in the store's graph."""
    from hjemmel.review.record import notations
    from hjemmel.review.target import results

    found = {str(row["review"]).rpartition("/")[2]: row for row in store.select(STANDINGS)}
    checked = cache(partial(results, store))
    told = []
    for decision in decisions(home):
        row = found.get(str(decision.number))
        if row is None:
            continue  # taken a moment ago: the next snapshot tells of it
        standing = notations()[str(row["standing"])]
        on_result = decision.result and decision.verdict != "withdrawn" and not decision.correction
        document = decision.target.partition("/finding/")[0]
        if standing == "in_force" and on_result and checked(document).get(decision.target) != decision.result:
            # The check has come to something else than what was decided on.
            standing = "lost"
        told.append(Reviewed(decision, standing, str(row["target"])))
    return told


def candidates(store: "Store", document: str | None = None) -> list[dict[str, Any]]:
    """The claims that nobody has decided on."""
    return [dict(row) for row in store.select(OPEN, {"document": document})]


def behind(home: Path, store: "Store") -> bool:
    """Whether the log tells of more decisions, or fewer, than a store's graph."""
    kept = decisions(home)
    return bool(kept) and [row["reviews"] for row in store.select(COUNT)] != [len(kept)]


def bring_up(home: Path) -> Manifest:
    """Publish the graph as the decisions of the log leave it, if it is not so yet. The caller holds `writing(home)`."""
    from hjemmel.revision import revised

    return revised(home, changes(home, decisions(home)), complete=lambda _, written: written)


def reviewed(quads: "Iterable[ox.Quad]", decided: Iterable[Decision]) -> "Iterable[ox.Quad]":
    """A whole graph as these decisions leave it."""
    from hjemmel.review import effects

    return effects.reviewed(quads, decided) if decided else quads


def changes(
    home: Path, decided: Iterable[Decision], changed: "Iterable[tuple[str, Iterable[ox.Quad]]]" = ()
) -> "Iterator[tuple[str, Iterable[ox.Quad]]]":
    """Named graphs that have changed since the current snapshot, and those that the decisions then change."""
    from hjemmel.review import effects
    from hjemmel.review.record import REVIEWS
    from hjemmel.store import ID, Store

    if not decided:
        yield from changed
        return
    documents = sorted({each.document for each in decided})
    told = {ID + path for path in (REVIEWS, *map(effects.claims_graph, documents))}
    read = told | {f"{ID}graph/doc/{id_}" for id_ in documents}
    new: dict[str, list[ox.Quad]] = {}
    for name, quads in changed:
        if name in read:
            new[name] = list(quads)
        else:
            yield name, quads
    yield from ((name, quads) for name, quads in new.items() if name not in told)
    store = Store.open(home)
    graphs: dict[str, list[ox.Quad]] = {name: [] for name in sorted(told)}
    for quad in effects.reviewed(
        (quad for name in sorted(read) for quad in (new[name] if name in new else store.quads(name))), decided
    ):
        name = str(getattr(quad.graph_name, "value", ""))
        if name in graphs:
            graphs[name].append(quad)
    del store
    yield from graphs.items()


def _free_text(home: Path, role: str, reason: str) -> tuple[str, str]:
    """What a person wrote, as it is kept. Whoever is named in a reason is masked, as in every text that is kept."""
    from ingest.privacy import masked
    from ingest.privacy.details import certain

    role, reason = " ".join(role.split()), " ".join(reason.split())
    if not reason or not role:
        raise ReviewError('A decision needs a reason and a role: --reason "…" --role "juridisk rådgiver".')
    if masked(role) != role:
        raise ReviewError(
            "The role looks like a person's name, address or number: write a role, as juridisk rådgiver.", "a person"
        )
    if left := next(certain(reason), None):
        raise ReviewError(f"The reason holds {left.kind}, and it is shown to everybody: write it without.", "private")
    reason = masked(reason)
    if erasure.erasure(home).spans(f"{role}\n\n{reason}"):
        raise ReviewError(
            "The role or the reason holds a name or phrase that erasure.txt lists: write it without.", "erased"
        )
    return role, reason
