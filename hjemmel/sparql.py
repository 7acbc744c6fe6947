"""What a SPARQL query asks for beyond the store, told from its words before it is run; and the prefixes it may use."""

import re
from functools import cache, lru_cache
from importlib.resources import files

import pyoxigraph as ox

# What may hold any word without meaning it: comments, addresses, strings, variables, a name's local part, languages.
# A name's prefix is left standing: the engine reads "1.SERVICE:x{…}" as a call of the service :x.
MEANINGLESS = re.compile(
    r"""
      \#[^\n\r]*
    | <[^<>"{}|^`\\\x00-\x20]*>
    | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3} | "{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}
    | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*"
    | [?$]\w+
    | :(?:[\w:%-]|\\[_~.\-!$&'()*+,;=/?\#@%]|\.+(?=[\w:%\\-]))*
    | @[A-Za-z]+(?:-[A-Za-z0-9]+)*
    """,
    re.VERBOSE | re.DOTALL,
)
FROM = re.compile(r"\bfrom\b", re.IGNORECASE)
GRAPH = re.compile(r"from\s*(?:named\s*)?<([^<>]*)>", re.IGNORECASE)
SCHEME = re.compile(r"[A-Za-z][\w+.-]*:")
WEB = ("http:", "https:", "urn:")
SERVICE = re.compile("service", re.IGNORECASE)
BRACKET = re.compile(r"[{}()\[\]]")
PATTERN = re.compile(r"[{;]|\.(?!\d)")


def calls_service(query: str) -> bool:
    """Whether the query would have another service asked. When in doubt, yes: nothing here may leave the machine.

    >>> calls_service("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> calls_service('SELECT * { ?service ?p "the SERVICE" } # SERVICE')
    False
    """
    return SERVICE.search(_meaning(query)) is not None


def reaches_out(query: str, base: str) -> bool:
    """Whether the query has words by which some engines read files, load code or fetch from the web.

    Those are addresses of other kinds than http, https and urn (such as java:), and FROM anything but a graph of ours,
    written out in full. When in doubt, yes.

    >>> reaches_out("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "https://w3id.org/hjemmel/id/")
    True
    >>> reaches_out("ASK { FILTER(<java:java.lang.Runtime>(1)) }", "https://w3id.org/hjemmel/id/")
    True
    >>> reaches_out("ASK FROM <https://w3id.org/hjemmel/id/graph/law> { ?s a <urn:x> }", "https://w3id.org/hjemmel/id/")
    False
    """
    plain = blanked(query)
    addresses = (found[0][1:-1] for found in MEANINGLESS.finditer(query) if found[0][0] == "<")
    graphs = (GRAPH.match(query, found.start()) for found in FROM.finditer(plain))
    return (
        "\\" in plain  # an address may be spelt by the numbers of its letters
        or any(SCHEME.match(address) and not address.lower().startswith(WEB) for address in addresses)
        or not all(graph and graph[1].startswith(base) for graph in graphs)
    )


def names_dataset(query: str) -> bool:
    """Whether the query says itself, by FROM, which graphs it is about.

    >>> names_dataset("SELECT * FROM <http://example.org/g> { ?s ?p ?o }")
    True
    >>> names_dataset("SELECT ?from { ?from ?p ?o }")
    False
    """
    return FROM.search(_meaning(query)) is not None


def nesting(query: str) -> int:
    """How deep the brackets of a query go.

    >>> nesting("SELECT * { ?s ?p '{{{' FILTER((1 + 2) = 3) }")
    3
    """
    deepest = depth = 0
    for sign in BRACKET.findall(_meaning(query)):
        depth += 1 if sign in "{([" else -1
        deepest = max(deepest, depth)
    return deepest


def patterns(query: str) -> int:
    """How many patterns a query may have at most: groups, and what ends in a full stop or a semicolon.

    >>> patterns("SELECT * { ?s a hj:Clause ; hj:number '1.2' . ?s ?p ?o }")
    3
    """
    return len(PATTERN.findall(_meaning(query)))


def blanked(query: str) -> str:
    """The query with blanks for all that may hold any sign without meaning it, every other sign in its place.

    >>> blanked('ASK { ?s ?p "}" } # {')
    'ASK {           }    '
    """
    return MEANINGLESS.sub(lambda found: " " * len(found[0]), query)


@cache
def prefixes() -> dict[str, str]:
    """The prefixes of our files, by name.

    >>> prefixes()["hj"]
    'https://w3id.org/hjemmel/ns#'
    """
    parser = ox.parse(files("ontology").joinpath("prefixes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    list(parser)
    return parser.prefixes


@lru_cache(maxsize=512)  # the catalogue's questions are asked again and again
def _meaning(query: str) -> str:
    """The query without all that may hold any word without meaning it."""
    return MEANINGLESS.sub(" ", query)
