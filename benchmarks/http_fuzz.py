"""Requests made up by chance at every address of the endpoint: each must get an answer, and none may be a 500.

    python -m benchmarks.http_fuzz [--minutes 10] [--seed 1]

Starts a server of its own on this machine over the current store; prints how many requests got which status, and for a
wrong one the smallest request that shows it; exit code 1 then.
"""

import argparse
import sys
import time
from collections import Counter
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from benchmarks.attack import ATTACKS
from benchmarks.serving import server
from hjemmel import snapshot
from hjemmel.endpoint.negotiation import ALIASES, OFFERED

WORDS = st.sampled_from(
    [
        "SELECT",
        "*",
        "{",
        "}",
        "?s",
        "?p",
        "?o",
        ".",
        "a",
        "hj:Clause",
        "FILTER",
        "(",
        ")",
        "'x'",
        "ASK",
        "1",
        "LIMIT",
        "GRAPH",
        "OPTIONAL",
        "UNION",
        "<a:b>",
        "CONSTRUCT",
        "WHERE",
        "ORDER",
        "FROM",
        "DESCRIBE",
        "id:graph/law",
        "#",
        "BY",
    ]
)
TEXTS = st.text(max_size=60)
SHORT = [
    attack.query for attack in ATTACKS if attack.query and len(attack.query) < 80 and "?a ?b ?c" not in attack.query
]
QUERIES = st.one_of(st.lists(WORDS, max_size=25).map(" ".join), TEXTS, st.sampled_from(SHORT))
NAMES = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "lang", "graph", "format"]
)
PARAMETERS = st.lists(st.tuples(NAMES, st.one_of(QUERIES, TEXTS)), max_size=4)
MEDIAS = sorted({*ALIASES, *(media for medias in OFFERED.values() for media in medias), "text/html", "*/*", "text/*"})
PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
ACCEPTS = st.one_of(
    st.lists(
        st.tuples(st.sampled_from(MEDIAS), st.sampled_from(["", ";q=0.5", ";q=0", ";q=x", ";v=1"])), max_size=4
    ).map(lambda wishes: ",".join(media + quality for media, quality in wishes)),
    PRINTABLE,
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "Accept-Language",
            "If-None-Match",
            "Content-Encoding",
            "Origin",
            "Range",
            "Forwarded",
            "X-Forwarded-For",
            "Cookie",
            "Expect",
            "Upgrade",
            "Access-Control-Request-Method",
            "If-Modified-Since",
            "Content-Language",
        ]
    ),
    PRINTABLE,
    max_size=3,
)
TYPES = st.one_of(
    st.sampled_from(
        (
            "application/sparql-query",
            "application/sparql-query; charset=utf-8",
            "application/sparql-update",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain",
            "",
        )
    ),
    PRINTABLE,
)
PLACES = st.one_of(
    st.just("/sparql"),
    st.just("/sparql"),
    st.sampled_from(
        [
            "/ns",
            "/ns/Claim",
            "/ns/Claim.ttl",
            "/id/",
            "/id/graph/law",
            "/id/requirement/6-2-13",
            "/.well-known/void",
            "/healthz",
            "/metrics",
            "/sparql/assets/page.css",
            "/sparql/",
        ]
    ),
    st.tuples(st.sampled_from(("/id/", "/ns/", "/sparql/assets/", "/")), TEXTS).map("".join),
)
METHODS = st.sampled_from(["GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "FOO"])
REQUESTS = st.fixed_dictionaries(
    {
        "method": METHODS,
        "place": PLACES,
        "params": PARAMETERS,
        "accept": ACCEPTS,
        "type": TYPES,
        "headers": HEADERS,
        "content": st.one_of(st.binary(max_size=200), QUERIES.map(str.encode)),
    }
)


def status(client: httpx.Client, request: dict[str, Any]) -> int:
    """The status of the answer to a request; 0 when it is none that can be sent, or the connection was closed."""
    headers = {**request["headers"], "Accept": request["accept"], "Content-Type": request["type"].strip()}
    content = request["content"] if request["method"] not in ("GET", "HEAD", "OPTIONS") else None
    try:
        address = httpx.URL(str(client.base_url)).copy_with(path=request["place"]).copy_merge_params(request["params"])
        return client.request(request["method"], address, headers=headers, content=content).status_code
    except (httpx.InvalidURL, httpx.LocalProtocolError, httpx.RemoteProtocolError, httpx.WriteError, ValueError):
        return 0


def fuzzed(port: int, *, examples: int, seed: int) -> Counter[int]:
    """So many requests; an AssertionError shows the smallest that was answered wrongly."""
    found: Counter[int] = Counter()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:

        @seeded(seed)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        )
        @given(REQUESTS)
        def answered(request: dict[str, Any]) -> None:
            code = status(client, request)
            found[code] += 1
            assert code != 500, request
            assert status(client, HEALTHY) == 200

        answered()
    return found


HEALTHY = {
    "method": "GET",
    "place": "/sparql",
    "params": [("query", "ASK {}")],
    "accept": "*/*",
    "type": "text/plain",
    "headers": {},
    "content": b"",
}


def main() -> int:
    """Fuzz for as long as was asked."""
    parser = argparse.ArgumentParser(description="Send requests made up by chance and see that none is a 500.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    source = snapshot.current(snapshot.home())
    if source is None:
        sys.exit("There is no store yet: run `hjemmel build`.")
    found: Counter[int] = Counter()
    until, seed = time.monotonic() + told.minutes * 60, told.seed
    with server(source, deadline=2) as (port, _):
        while time.monotonic() < until:
            found += fuzzed(port, examples=300, seed=seed)
            seed += 1
    for code, count in sorted(found.items()):
        print(f"{code or 'not sent':>8} {count:8}")
    print(f"{found.total()} requests, seeds {told.seed} to {seed - 1}: none was answered by 500")
    return 0


if __name__ == "__main__":
    sys.exit(main())
