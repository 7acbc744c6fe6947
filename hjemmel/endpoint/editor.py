"""The page where one writes a query. It asks no other host for anything, and shows what comes as text, not HTML."""

import json
import re

from starlette.requests import Request
from starlette.responses import Response

from hjemmel.endpoint import data, paper
from hjemmel.endpoint.limits import limits
from hjemmel.endpoint.texts import TEXTS
from hjemmel.endpoint.vocabulary import words
from hjemmel.sparql import prefixes

HEADER = re.compile(r"^#\+.*\n", re.MULTILINE)
FIRST = "documents"
SAID = ("running", "stopped", "rows", "shown", "yes", "no", "no-rows", "no-answer", "sheet")


def page(request: Request, deadline: float) -> Response:
    """The editor, with the query of the address in it."""
    from queries import catalogue

    lang = paper.language(request)
    examples = [
        (name, query.title[lang], HEADER.sub("", query.text).strip())
        for name, query in catalogue().items()
        if query.asks
    ]
    first = HEADER.sub("", catalogue()[FIRST].text).strip()
    vocabulary = [{"name": f"hj:{word.name}", "label": word.label(lang)} for word in words().values()]
    known = prefixes() | {"id": data.base()}
    return paper.paper(
        request,
        "editor",
        address=str(request.url.replace(query=None)),
        query=request.query_params.get("query", first),
        examples=examples,
        limits=limits(deadline),
        prefixes=known,
        known=json.dumps(known),
        vocabulary=json.dumps(vocabulary, ensure_ascii=False),
        texts=json.dumps({name: TEXTS[lang][name] for name in SAID}, ensure_ascii=False),
    )
