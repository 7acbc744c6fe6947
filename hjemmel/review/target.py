"""What a decision is about: a claim of the store or a finding of its check, by address or by the end of it."""

from typing import Any

from hjemmel.review.decision import Held, ReviewError, Words
from hjemmel.review.place import only_span, words_at
from hjemmel.store import ID, Row, Store

CLAIM = """
SELECT ?claim ?document ?id ?text ?requirement ?coverage ?strength ?start ?end ?by WHERE {
    ?claim a hj:Claim ; hj:document ?document ; hj:requirement/skos:notation ?requirement ;
        hj:coverage/skos:notation ?coverage ; hj:evidenceStrength/skos:notation ?strength ;
        hj:evidence/oa:hasSelector ?selector ; prov:wasAttributedTo ?by .
    ?document dcterms:identifier ?id ; hj:storedText ?text .
    ?selector oa:start ?start ; oa:end ?end .
}
"""
DOCUMENT = """
SELECT ?document ?id ?text WHERE { ?document a hj:AgreementVersion ; dcterms:identifier ?id ; hj:storedText ?text }
"""
CLAUSE = """
SELECT ?clause ?start ?end WHERE { ?clause a hj:Clause ; hj:start ?start ; hj:end ?end }
"""
REQUIREMENT = """
SELECT ?requirement ?notation WHERE { ?requirement a hj:Requirement ; skos:notation ?notation }
"""

Facts = dict[str, Any]


def address(name: str, *, below: str = "") -> str:
    """The full address that a name is the end of.

    >>> address("os-avtale/claim/3/6-2-13")
    'https://w3id.org/hjemmel/id/doc/os-avtale/claim/3/6-2-13'
    """
    if name.startswith(("http://", "https://")):
        return name
    path = name.removeprefix("/")
    return f"{below}{path}" if below else f"{ID}{path if path.startswith('doc/') else f'doc/{path}'}"


def facts(store: Store, name: str) -> Facts:
    """What a decision remembers of the claim or finding that it is about."""
    found = address(name)
    if "/finding/" in found:
        return _finding(store, found)
    rows = store.select(CLAIM, {"claim": found})
    if not rows:
        raise ReviewError(
            f"There is no claim or finding {name!r}: `hjemmel review list --open` shows what can be reviewed."
        )
    claim = rows[0]
    if str(claim["by"]).startswith(f"{ID}reviewer/"):
        raise ReviewError(f"{name} is a person's own claim: withdraw it with `hjemmel review undo`.")
    return {
        "target": found,
        "document": claim["id"],
        "requirement": claim["requirement"],
        "coverage": claim["coverage"],
        "strength": claim["strength"],
        "words": (_words(claim),),
    }


def correction(
    store: Store,
    about: Facts,
    *,
    requirement: str | None,
    clause: str | None,
    coverage: str | None,
    strength: str | None,
    quote: str | None,
) -> Held:
    """What a claim or finding is corrected to: what is not named stays as it was."""
    if not any((requirement, clause, coverage, strength, quote)):
        raise ReviewError(
            "A correction says what is right: --requirement, --clause, --quote, --coverage or --strength."
        )
    if not about["words"] and not (clause or quote):
        raise ReviewError("This finding has no words: name the clause that answers the requirement with --clause.")
    [document] = store.select(DOCUMENT, {"document": f"{ID}doc/{about['document']}"})
    return Held(
        requirement=_notation(store, requirement) if requirement else about["requirement"],
        # A person who names a clause, and says no more, holds that it plainly covers the requirement.
        coverage=coverage or about.get("coverage") or "covers",
        strength=strength or ("explicit" if clause or quote else about.get("strength") or "explicit"),
        words=_corrected_words(store, document, about, clause, quote),
    )


def results(store: Store, document: str) -> dict[str, str]:
    """What the check of a document comes to now, by the address of each finding; nothing if it cannot be checked."""
    if not store.select(DOCUMENT, {"document": document}):
        return {}
    return {one["iri"]: one["result"] for one in _findings(store, document)}


def _finding(store: Store, found: str) -> Facts:
    from ingest.iri import slug

    document, _, asked = found.partition("/finding/")
    rows = store.select(DOCUMENT, {"document": document})
    if not rows:
        raise ReviewError(f"There is no agreement <{document}> in the store: `hjemmel documents` lists what there is.")
    named = [one for one in _findings(store, document) if asked in (one["requirement"], slug(one["requirement"]))]
    if not named:
        raise ReviewError(f"The check of {rows[0]['id']} has no finding {asked!r}: use the notation, such as 6-2:13.")
    one = named[0]
    return {
        "target": one["iri"],
        "document": rows[0]["id"],
        "requirement": one["requirement"],
        "result": one["result"],
        "words": tuple(words_at(str(rows[0]["text"]), each["start"], each["end"]) for each in one["evidence"]),
    }


def _findings(store: Store, document: str) -> list[dict[str, Any]]:
    from hjemmel.judgement import judgement
    from hjemmel.subject import Subject

    found: list[dict[str, Any]] = judgement(Subject(store, document), as_of=None, language="nb")["findings"]
    return found


def _corrected_words(store: Store, document: Row, about: Facts, clause: str | None, quote: str | None) -> Words:
    text = str(document["text"])
    within = (0, len(text))
    if clause:
        asked = address(clause, below=f"{document['document']}/clause/")
        rows = store.select(CLAUSE, {"clause": asked})
        if not rows:
            raise ReviewError(f"There is no clause {clause!r} in {document['id']}: `hjemmel show` lists its clauses.")
        within = int(str(rows[0]["start"])), int(str(rows[0]["end"]))
    if quote:
        return words_at(text, *only_span(text, quote, within))
    if clause:
        words = text[slice(*within)]
        start = within[0] + len(words) - len(words.lstrip())
        return words_at(text, start, start + len(words.strip()))
    kept: Words = about["words"][0]
    return kept


def _notation(store: Store, name: str) -> str:
    for row in store.select(REQUIREMENT):
        if name in (row["notation"], row["requirement"], str(row["requirement"]).rpartition("/")[2]):
            return str(row["notation"])
    raise ReviewError(f"There is no requirement {name!r}: `hjemmel query requirements` lists them.")


def _words(row: Row) -> Words:
    return words_at(str(row["text"]), int(str(row["start"])), int(str(row["end"])))
