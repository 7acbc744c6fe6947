"""Linked data: every address that we mint answers, with a page for people and statements for programs."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from hjemmel.endpoint import data, paper
from hjemmel.endpoint.engine import About, Question
from hjemmel.endpoint.negotiation import accepted, prefers_page
from hjemmel.endpoint.pool import Pool
from hjemmel.endpoint.problem import ProblemError
from hjemmel.endpoint.protocol import answered, offer, sent
from hjemmel.endpoint.texts import PROPERTIES
from hjemmel.endpoint.vocabulary import HJ, ONTOLOGY, RDF, Word, triples, words
from hjemmel.endpoint.worker import STATEMENTS
from hjemmel.snapshot import StoreError
from hjemmel.sparql import prefixes

ENDINGS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
NAMES = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML"}
TYPE = f"{RDF}type"
JSON = "application/sparql-results+json"
LONGEST = 2000
INDEX = {"documents": "document", "requirements": "requirement", "laws_cited": "law"}


@dataclass(frozen=True, slots=True)
class End:
    """The other end of a statement, as a page shows it."""

    text: str
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """All statements with one property."""

    name: str
    href: str
    count: int
    ends: tuple[End, ...]


async def thing(pool: Pool, request: Request) -> Response:
    """What is said of the thing at this path, or at the top a page with all that has been read."""
    path: str = request.path_params["path"]
    if not path:
        return await _index(pool, request)
    path, media = _form(path, request)
    iri = data.base() + path
    tag = await _tag(pool, iri, media, request)
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept, Accept-Language"})
    try:
        ox.NamedNode(iri)
    except ValueError:
        return missing(request)
    if media is None:
        answer = await answered(pool, About(iri, {"statements": "application/json"}), request)
        with answer.body:
            found = json.load(answer.body)
        if not found["out"] and not found["into"]:
            return missing(request)
        return _page(request, found, tag)
    answer = await answered(pool, About(iri, {"statements": media}), request)
    # Nothing but prefixes: nothing is said of it.
    if answer.length < LONGEST and not _says_anything(answer.body.read(), media):
        answer.body.close()
        raise ProblemError(404, "There is nothing here at this address.")
    answer.body.seek(0)
    return sent(
        answer, Vary="Accept, Accept-Language", ETag=tag, Link=f'<{iri}>; rel="describes"', Cache_Control="no-cache"
    )


async def ontology(request: Request) -> Response:
    """All our words: a page, or the ontology."""
    return _words(request, "ontology", ONTOLOGY, list(triples()), namespace=HJ, words=list(words().values()))


async def word(request: Request) -> Response:
    """One word of ours."""
    name, _, ending = request.path_params["name"].partition(".")
    found = words().get(name)
    if not found or (ending and ending not in ENDINGS):
        return missing(request)
    iri = HJ + name
    own = [triple for triple in triples() if triple.subject == ox.NamedNode(iri)]
    users = [End(other.label(paper.language(request)), paper.href(request, HJ + other.name)) for other in _users(iri)]
    return _words(request, "word", iri, own, ending=ending, word=found, related=_related(request, found), users=users)


def missing(request: Request) -> Response:
    """That there is nothing here, as a page or a problem."""
    if prefers_page(request.headers.get("accept")):
        return paper.paper(request, "missing", 404)
    raise ProblemError(404, "There is nothing here at this address.")


def unchanged(request: Request, tag: str) -> bool:
    """Whether the client has this already."""
    return tag in [given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")]


def _form(path: str, request: Request) -> tuple[str, str | None]:
    """The thing's path and the media type of the answer; None for a page. An ending says more than the headers."""
    stem, _, ending = path.rpartition(".")
    if stem and ending in ENDINGS:
        return stem, ENDINGS[ending]
    header = request.headers.get("accept")
    if prefers_page(header):
        return path, None
    media = accepted(header)["statements"]
    if media is None:
        raise ProblemError(406, offer("statements"))
    return path, media


async def _tag(pool: Pool, iri: str, media: str | None, request: Request) -> str:
    """What changes when the answer may: with the snapshot, our version and the language of a page."""
    try:
        state = await pool.state()
    except (StoreError, OSError):
        state = ""
    from importlib.metadata import version

    language = "" if media else paper.language(request)
    facts = json.dumps([state, version("hjemmel"), iri, media, language, request.scope.get("root_path", "")])
    return f'"{sha256(facts.encode()).hexdigest()[:20]}"'


def _says_anything(body: bytes, media: str) -> bool:
    return next(iter(ox.parse(body, format=STATEMENTS[media])), None) is not None


def _page(request: Request, found: dict[str, Any], tag: str) -> Response:
    lang, iri = paper.language(request), found["iri"]
    address = paper.href(request, iri)
    kinds = [_end(request, kind, lang) for kind in found["out"].get(TYPE, {"first": ()})["first"]]
    quotes = [
        quote | {"places": [_end(request, quote[name], lang) for name in ("document", "clause") if name in quote]}
        for quote in found["quotes"]
        if "exact" in quote
    ]
    response = paper.paper(
        request,
        "thing",
        iri=iri,
        title=_called(found["labels"], lang) or short(iri),
        kinds=kinds,
        forms=[(ENDINGS[ending], f"{address}.{ending}", name) for ending, name in NAMES.items()],
        quotes=quotes,
        out=[_line(request, name, line, lang) for name, line in found["out"].items() if name != TYPE],
        into=[_line(request, name, line, lang) for name, line in found["into"].items()],
    )
    response.headers["ETag"] = tag
    return response


def _line(request: Request, name: str, line: dict[str, Any], lang: str) -> Line:
    known = words().get(name.removeprefix(HJ))
    ends = tuple(_end(request, end, lang) for end in line["first"])
    called = known.label(lang) if known else PROPERTIES[lang].get(short(name), short(name))
    return Line(called, paper.href(request, name), line["count"], ends)


def _end(request: Request, end: dict[str, Any], lang: str) -> End:
    if "iri" not in end:
        text = end["value"]
        return End(text if len(text) <= LONGEST else f"{text[:LONGEST]} …", "", end["language"] or "")
    known = words().get(end["iri"].removeprefix(HJ))
    text = known.label(lang) if known else _called(end["labels"], lang) or short(end["iri"])
    return End(text, paper.href(request, end["iri"]))


def _called(labels: dict[str, str], lang: str) -> str:
    return labels.get(lang) or labels.get("nb") or labels.get("") or next(iter(labels.values()), "")


def short(iri: str) -> str:
    """An address in few letters.

    >>> short("http://purl.org/dc/terms/title"), short("https://w3id.org/hjemmel/id/lov/2011-06-24-30")
    ('dcterms:title', 'id:lov/2011-06-24-30')
    """
    for name, space in (prefixes() | {"id": data.base()}).items():
        if iri.startswith(space):
            return f"{name}:{iri.removeprefix(space)}"
    return iri


async def _index(pool: Pool, request: Request) -> Response:
    from queries import catalogue

    if not prefers_page(request.headers.get("accept")):
        return Response(status_code=303, headers={"Location": str(request.url_for("void")), "Vary": "Accept"})
    found: dict[str, list[dict[str, str]]] = {}
    for name, column in INDEX.items():
        answer = await answered(pool, Question(catalogue()[name].text, {"rows": JSON}), request)
        with answer.body:
            rows = json.load(answer.body)["results"]["bindings"]
        plain = [{key: cell["value"] for key, cell in row.items()} for row in rows]
        found[name] = list({row[column]: row for row in plain}.values())
    return paper.paper(
        request, "things", documents=found["documents"], requirements=found["requirements"], acts=found["laws_cited"]
    )


def _words(
    request: Request, template: str, iri: str, said: list[ox.Triple], ending: str = "", **facts: Any
) -> Response:
    """The ontology or one of its words, as a page or as statements."""
    if not ending and prefers_page(request.headers.get("accept")):
        address = paper.href(request, iri)
        forms = [(ENDINGS[end], f"{address}.{end}", name) for end, name in NAMES.items()]
        return paper.paper(request, template, iri=iri, forms=forms, **facts)
    media = ENDINGS.get(ending) or accepted(request.headers.get("accept"))["statements"]
    if media is None:
        raise ProblemError(406, offer("statements"))
    body = ox.serialize(said, format=STATEMENTS[media], prefixes=prefixes()) or b""
    tag = f'"{sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Vary": "Accept, Accept-Language"}
    if unchanged(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media, headers=headers)


def _related(request: Request, word: Word) -> list[tuple[str, list[End]]]:
    lang = paper.language(request)
    return [
        (short(name), [_end(request, {"iri": iri, "labels": {}}, lang) for iri in found])
        for name, found in word.links.items()
    ]


def _users(iri: str) -> list[Word]:
    """The words that are explained by this one."""
    return [other for other in words().values() if any(iri in found for found in other.links.values())]
