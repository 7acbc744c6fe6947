"""The page where one writes a query. It asks no other host for anything, and shows what comes as text, not HTML."""

import json
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hjemmel.endpoint import data, paper
from hjemmel.endpoint.limits import DEADLINE, limits
from hjemmel.endpoint.texts import TEXTS
from hjemmel.endpoint.vocabulary import words
from hjemmel.sparql import prefixes

HEADER = re.compile(r"^#\+.*\n", re.MULTILINE)
FIRST = "documents"
SAID = ("running", "stopped", "rows", "shown", "yes", "no", "no-rows", "no-answer", "sheet")


def page(request: Request, deadline: float) -> Response:
    """The editor, with the query of the address in it."""
    facts = _facts(paper.language(request), request.query_params.get("query", ""), deadline)
    return paper.paper(
        request,
        "editor",
        action=f"{request.scope.get('root_path', '')}/sparql",
        address=str(request.url.replace(query=None)),
        **facts,
    )


def embedded(lang: str, query: str, *, deadline: float = DEADLINE) -> str:
    """The same editor as a part of another page one step below the root; it asks the endpoint from the browser."""
    things = f".{paper.place()}"
    return paper.part(
        "query", lang, action="./sparql", address="./sparql", local_base=things, **_facts(lang, query, deadline)
    )


def _facts(lang: str, query: str, deadline: float) -> dict[str, Any]:
    from queries import catalogue

    examples = [
        (name, query.title[lang], HEADER.sub("", query.text).strip())
        for name, query in catalogue().items()
        if query.asks
    ]
    vocabulary = [{"name": f"hj:{word.name}", "label": word.label(lang)} for word in words().values()]
    known = prefixes() | {"id": data.base()}
    return {
        "query": query or HEADER.sub("", catalogue()[FIRST].text).strip(),
        "examples": examples,
        "limits": limits(deadline),
        "prefixes": known,
        "known": json.dumps(known),
        "vocabulary": json.dumps(vocabulary, ensure_ascii=False),
        "texts": json.dumps({name: TEXTS[lang][name] for name in SAID}, ensure_ascii=False),
    }
