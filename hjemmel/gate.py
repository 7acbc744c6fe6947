"""The last look before anything is published: no private detail, and no name that is to be erased, may pass."""

from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from hjemmel.erasure import Erasure
from hjemmel.snapshot import StoreError

DCTERMS, HJ = "http://purl.org/dc/terms/", "https://w3id.org/hjemmel/ns#"
TEXT = f"{HJ}storedText"
"""The whole text: what else is drawn from it is shown to be clean by it."""

CATALOGUED = {
    f"{DCTERMS}identifier": "identifier",
    f"{DCTERMS}title": "title",
    f"{DCTERMS}publisher": "publisher",
    f"{DCTERMS}source": "source",
    f"{HJ}missingPart": "missing",
    f"{HJ}partyInCatalogue": "parties",
    f"{HJ}publishingBasis": "publishing_basis",
}
"""What the catalogue says, which nobody has masked."""


class PrivacyError(StoreError):
    """A private detail would be published; the message says where it stands, and not what it is."""


def passed(document: str, quads: Iterable[ox.Quad], listed: Erasure) -> Iterator[ox.Quad]:
    """The quads of a document, if none of them tells what is private."""
    from ingest.privacy.details import certain

    left = iter(quads)
    for quad in left:
        name = quad.predicate.value
        if isinstance(quad.object, ox.Literal) and (name == TEXT or name in CATALOGUED):
            words = quad.object.value
            found = [(detail.start, detail.end, detail.kind) for detail in certain(words)]
            found += [(start, end, "a name or phrase on the list of erasures") for start, end in listed.spans(words)]
            if found:
                start, end, kind = min(found)
                field = CATALOGUED.get(name)
                place = f"{field} in the catalogue" if field else _place(chain([quad], left), start, end)
                raise PrivacyError(
                    f"{document}, {place}: {kind} would be published. Take it out there, or list it in erasure.txt "
                    "if it stands in the text; nothing has been published."
                )
        yield quad


def _place(quads: Iterable[ox.Quad], start: int, end: int) -> str:
    """Where in the text: the characters, and the innermost clause around them."""
    facts: dict[str, dict[str, str]] = {}
    for quad in quads:
        name = quad.predicate.value.removeprefix(HJ)
        if name in ("start", "end", "place") and isinstance(quad.object, ox.Literal):
            facts.setdefault(str(quad.subject), {})[name] = quad.object.value
    around = [
        (int(fact["end"]) - int(fact["start"]), fact["place"])
        for fact in facts.values()
        if fact.keys() == {"start", "end", "place"} and int(fact["start"]) <= start < int(fact["end"])
    ]
    clause = f" ({min(around)[1]})" if around else ""
    return f"characters {start} to {end}{clause}"
