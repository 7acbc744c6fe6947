"""The pages for people: templates with everything escaped, in Norwegian or English."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from hjemmel.endpoint import data
from hjemmel.endpoint.texts import TEXTS
from hjemmel.endpoint.vocabulary import HJ, ONTOLOGY

if TYPE_CHECKING:
    from jinja2 import Environment


def paper(request: Request, template: str, status: int = 200, **facts: Any) -> Response:
    """A page from a template."""
    lang = language(request)

    def local(iri: str) -> str:
        return href(request, iri)

    body = part(
        template,
        lang,
        **facts,
        local=local,
        local_base=local(data.base()),
        root=request.scope.get("root_path", ""),
        other=OTHER[lang],
        other_address=f"?{request.url.include_query_params(lang=OTHER[lang]).query}",
    )
    headers = {"Content-Language": lang, "Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
    return Response(body, status, headers, "text/html")


def part(template: str, lang: str, **facts: Any) -> str:
    """What a template makes of these facts, in a language."""
    return _environment().get_template(f"{template}.html").render(facts, lang=lang, say=TEXTS[lang].__getitem__)


def language(request: Request) -> str:
    """Norwegian, unless English is asked for in the address, or preferred by the browser."""
    given = request.query_params.get("lang")
    if given in TEXTS:
        return given
    for wish in request.headers.get("accept-language", "").lower().split(","):
        for prefix, meant in (("nb", "nb"), ("no", "nb"), ("nn", "nb"), ("da", "nb"), ("sv", "nb"), ("en", "en")):
            if wish.strip().startswith(prefix):
                return meant
    return "nb"


def href(request: Request, iri: str) -> str:
    """Where a page links to for an address: to ourselves for what is ours, and nowhere for what is no web address."""
    root = request.scope.get("root_path", "")
    if iri.startswith(data.base()):
        return f"{root}{place()}{iri.removeprefix(data.base())}"
    if iri.startswith(HJ):
        return f"{root}/ns/{iri.removeprefix(HJ)}"
    if iri.startswith(ONTOLOGY):
        return f"{root}/ns"
    return iri if urlsplit(iri).scheme in ("http", "https") else ""


def place() -> str:
    """The path below which this server answers for its things."""
    base = data.base()
    return "/id/" if base == data.CANONICAL else urlsplit(base).path


def asset(name: str) -> bytes | None:
    """A file that the pages use."""
    if name not in ASSETS:
        return None
    return files("hjemmel.endpoint").joinpath("assets", name).read_bytes()


OTHER = {"nb": "en", "en": "nb"}
ASSETS = {"page.css": "text/css", "editor.js": "text/javascript"}


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("hjemmel.endpoint"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
