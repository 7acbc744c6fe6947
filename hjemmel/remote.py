"""A SPARQL 1.1 service that holds the graph in place of the store on this machine.

HJEMMEL_STORE           the address that queries are sent to
HJEMMEL_STORE_UPDATE    the address of its SPARQL Update, or
HJEMMEL_STORE_GRAPHS    that of its Graph Store Protocol: one of them, for whoever builds
HJEMMEL_STORE_USER, HJEMMEL_STORE_PASSWORD
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from hjemmel.binding import Bound, bound
from hjemmel.snapshot import StoreError

if TYPE_CHECKING:
    import httpx

STATE = "https://w3id.org/hjemmel/id/graph/state"
"""The graph that says which state of the snapshot the others are of: only a service has it."""

NAMED, BUILT = "http://www.w3.org/2002/07/owl#versionInfo", "http://purl.org/dc/terms/created"
STATE_OF = f"SELECT ?name ?built WHERE {{ GRAPH ?state {{ ?state <{NAMED}> ?name ; <{BUILT}> ?built }} }}"
NEWS = 3.0  # seconds for which a state is taken to last
PATIENCE = 60.0  # seconds without a single byte
ROWS, STATEMENTS = "application/sparql-results+json", "application/n-triples"
UPDATE = "application/sparql-update"
# How some services are told that a query is about all graphs; the others do it always, or by their configuration.
UNIONS: tuple[dict[str, str], ...] = (
    {},
    {"union-default-graph": "true"},  # Oxigraph
    {"default-graph-uri": "urn:x-arq:UnionGraph"},  # Apache Jena
)
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
DOCUMENT = "https://w3id.org/hjemmel/ns#Document"
A_DOCUMENT = f"SELECT ?d WHERE {{ GRAPH ?g {{ ?d a <{DOCUMENT}> }} }} LIMIT 1"
LARGEST_UPDATE, MOST_INSERTED = 4 << 20, 500


class RemoteError(StoreError):
    """The service cannot be asked or changed; the message says what to look at."""


@dataclass(frozen=True, slots=True)
class State:
    """The snapshot that a service holds: its name, and when it was built."""

    name: str = ""
    built: str = ""


@dataclass(frozen=True)
class Remote:
    """A service by its addresses. It answers as the engine of a snapshot does, so that a `Store` can stand on it."""

    address: str
    update: str | None = None
    graphs: str | None = None
    user: str | None = None
    password: str | None = None

    def query(
        self,
        query: str,
        *,
        prefixes: Mapping[str, str],
        use_default_graph_as_union: bool,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The answer to a query. It is read here first: what is no SPARQL never leaves the machine."""
        kind = ox.Store().query(query, prefixes=dict(prefixes))
        declared = "".join(f"PREFIX {name}: <{address}>\n" for name, address in prefixes.items())
        text = declared + query
        parameters = self.union if use_default_graph_as_union else {}
        if isinstance(kind, ox.QueryTriples):
            store = ox.Store()
            store.bulk_load(self._answer(text, parameters, STATEMENTS), format=ox.RdfFormat.N_TRIPLES)
            statements = store.query(EVERYTHING)
            assert isinstance(statements, ox.QueryTriples)
            return statements
        return self._rows(text, parameters)

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object_: Any, graph_name: Any = None
    ) -> Iterator[ox.Quad]:
        """Every statement that fits, in whichever named graph."""
        given = {"s": subject, "p": predicate, "o": object_, "g": graph_name}
        fixed = {ox.Variable(name): term for name, term in given.items() if term is not None}
        found = self._rows(bound("SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }", _terms(fixed)), {})
        assert isinstance(found, ox.QuerySolutions)
        for row in found:
            if row["g"].value != STATE:
                yield ox.Quad(row["s"], row["p"], row["o"], row["g"])

    def counts(self) -> dict[str, int]:
        """How many statements each named graph holds."""
        found = self._rows("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g", {})
        assert isinstance(found, ox.QuerySolutions)
        return {row["g"].value: int(row["n"].value) for row in found if row["g"] and row["g"].value != STATE}

    @property
    def auth(self) -> "httpx.BasicAuth | None":
        """Who is asking."""
        import httpx

        return httpx.BasicAuth(self.user, self.password or "") if self.user else None

    def state(self) -> State:
        """Which snapshot the service was last given whole; one without a name if nobody says so there."""
        found = self._rows(bound(STATE_OF, {ox.Variable("state"): ox.NamedNode(STATE)}), {})
        assert isinstance(found, ox.QuerySolutions)
        return next((State(row["name"].value, row["built"].value) for row in found), State())

    def put_state(self, state: State) -> None:
        """Say which snapshot the service holds."""
        told = ((NAMED, state.name), (BUILT, state.built))
        self.put(STATE, [f"<{STATE}> <{name}> {ox.Literal(value)} .\n".encode() for name, value in told])

    @property
    def writable(self) -> bool:
        """Whether it is said how to write to it."""
        return bool(self.graphs or self.update)

    def put(self, graph: str, triples: list[bytes]) -> None:
        """Replace a named graph by these lines of N-Triples; without any, it is dropped."""
        if self.graphs and triples:
            self._sent("PUT", self.graphs, b"".join(triples), STATEMENTS, graph=graph)
        elif self.graphs:
            self._sent("DELETE", self.graphs, b"", STATEMENTS, graph=graph)
        elif self.update:
            name = str(ox.NamedNode(graph)).encode()
            first = b"DROP SILENT GRAPH %s;\n" % name
            for lines in _batches(triples):
                self._sent("POST", self.update, b"%sINSERT DATA { GRAPH %s {\n%s} }" % (first, name, lines), UPDATE)
                first = b""
            if first:
                self._sent("POST", self.update, first, UPDATE)

    @cached_property
    def union(self) -> dict[str, str]:
        """What to add to a request so that it is about all graphs."""
        found = self._rows(A_DOCUMENT, {})
        assert isinstance(found, ox.QuerySolutions)
        if not (row := next(found, None)):
            raise RemoteError(
                f"There is no document in {self.address}: run `hjemmel build` with HJEMMEL_STORE_UPDATE or "
                "HJEMMEL_STORE_GRAPHS set."
            )
        for parameters in UNIONS:
            try:
                if self._rows(f"ASK {{ {row['d']} a <{DOCUMENT}> }}", parameters):
                    return parameters
            except RemoteError:
                if not parameters:
                    raise
        raise RemoteError(
            f"{self.address} does not ask all named graphs at once: turn on the union default graph there "
            "(docs/store.md says how)."
        )

    def _rows(self, query: str, parameters: Mapping[str, str]) -> ox.QuerySolutions | ox.QueryBoolean:
        return ox.parse_query_results(self._answer(query, parameters, ROWS), format=ox.QueryResultsFormat.JSON)

    def _answer(self, query: str, parameters: Mapping[str, str], media: str) -> bytes:
        """The whole answer, before any of it is used."""
        import httpx

        try:
            answer = _client(self).post(self.address, data={"query": query, **parameters}, headers={"Accept": media})
        except httpx.HTTPError as error:
            raise _unreachable(self.address, error) from error
        _refuse(answer, self.address)
        return answer.content

    def _sent(self, method: str, address: str, content: bytes, media: str, **parameters: str) -> None:
        import httpx

        headers = {"Content-Type": media}
        try:
            answer = _client(self).request(method, address, content=content, headers=headers, params=parameters or None)
        except httpx.HTTPError as error:
            raise _unreachable(address, error) from error
        if not (method == "DELETE" and answer.status_code == 404):
            _refuse(answer, address)


def remote() -> Remote | None:
    """The service that the environment names, if it does."""
    address = os.environ.get("HJEMMEL_STORE")
    if not address:
        return None
    found = {name: os.environ.get(f"HJEMMEL_STORE_{name.upper()}") for name in ("update", "graphs", "user", "password")}
    for name, value in {"HJEMMEL_STORE": address, "HJEMMEL_STORE_UPDATE": found["update"]}.items():
        if value and (not value.startswith(("http://", "https://")) or "@" in value.split("/")[2]):
            raise RemoteError(
                f"{name} must be an address that begins with http:// or https://, with no password in it: "
                "that is for HJEMMEL_STORE_PASSWORD."
            )
    return Remote(address, **found)


def state_name(service: Remote) -> str:
    """The name of a service's state, asked no more often than every few seconds; as it was while nothing answers."""
    asked, found = _states.get(service, (-NEWS, ""))
    if monotonic() - asked >= NEWS:
        with suppress(RemoteError):  # whoever asks for data is told
            found = service.state().name
        _states[service] = monotonic(), found
    return found


_states: dict[Remote, tuple[float, str]] = {}


@cache
def _client(service: Remote) -> "httpx.Client":
    """One for all that a service is asked: connections are kept open."""
    import httpx

    return httpx.Client(timeout=PATIENCE, auth=service.auth)


def _batches(lines: Iterable[bytes]) -> Iterator[bytes]:
    batch, size = [], 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if size > LARGEST_UPDATE or len(batch) == MOST_INSERTED:
            yield b"".join(batch)
            batch, size = [], 0
    if batch:
        yield b"".join(batch)


def _terms(given: Mapping[ox.Variable, Any]) -> dict[ox.Variable, Bound]:
    for variable, term in given.items():
        if not isinstance(term, ox.NamedNode | ox.Literal):
            raise RuntimeError(f"{variable} can be bound to an address or a literal only, not to {term}")
    return dict(given)


def _refuse(answer: "httpx.Response", address: str) -> None:
    if answer.is_success:
        return
    said = " ".join(answer.text.split())[:200]
    hint = {
        401: "Set HJEMMEL_STORE_USER and HJEMMEL_STORE_PASSWORD.",
        403: "See what this user may do there.",
        404: "See that the address is that of its SPARQL service.",
    }.get(answer.status_code, said)
    raise RemoteError(f"{address} answers {answer.status_code} {answer.reason_phrase}. {hint}")


def _unreachable(address: str, error: Exception) -> RemoteError:
    return RemoteError(
        f"{address} does not answer ({str(error) or type(error).__name__}): see that it runs, and that "
        "HJEMMEL_STORE is right."
    )
