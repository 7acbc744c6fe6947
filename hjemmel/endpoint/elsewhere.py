"""A SPARQL service that has the data in place of the snapshot: what strangers ask is forwarded, under our own limits.

A confined child reads each query first: what is no query, or asks for more than data, is never sent. What comes back is
written by another child, so that an answer is whole, or an error.
"""

import asyncio
import logging
from tempfile import SpooledTemporaryFile
from typing import IO

import httpx
import pyoxigraph as ox

from hjemmel.binding import bound
from hjemmel.endpoint import data
from hjemmel.endpoint.engine import CRASHED, About, Child, Engine, Question, Reading, Writing
from hjemmel.endpoint.limits import LARGEST_ANSWER
from hjemmel.endpoint.thing import EVIDENCE, LABELS, MOST_POINTING, SELECTOR
from hjemmel.remote import PATIENCE, ROWS, STATEMENTS, Remote
from hjemmel.snapshot import StoreError

LOG = logging.getLogger("hjemmel.endpoint")
TOO_LARGE = f"The answer is larger than {LARGEST_ANSWER >> 20} MB: add a LIMIT."
SILENT = "The service that has the data does not answer as it should: try again in a moment."
AROUND = f"""
SELECT ?s ?p ?o ?g WHERE {{
    {{ GRAPH ?g {{ ?thing ?p ?o }} BIND(?thing AS ?s) }}
    UNION {{ ?thing ({EVIDENCE}|{SELECTOR})+ ?s . GRAPH ?g {{ ?s ?p ?o }} }}
    UNION {{
        {{ SELECT ?s ?p ?g ?thing WHERE {{ GRAPH ?g {{ ?s ?p ?thing }} }} LIMIT {MOST_POINTING} }}
        BIND(?thing AS ?o)
    }}
    UNION {{
        {{
            SELECT DISTINCT ?s ?thing WHERE {{
                {{ ?thing ?out ?s }} UNION {{ ?s ?in ?thing }}
                UNION {{ ?thing ({EVIDENCE}|{SELECTOR})+ ?words . ?words ?of ?s }}
            }}
            LIMIT {2 * MOST_POINTING}
        }}
        GRAPH ?g {{ ?s ?p ?o }}
        VALUES ?p {{ {" ".join(map(str, LABELS))} }}
    }}
}}
"""
"""What is said of a thing, of its evidence, what points at it, and what all these are called."""


class Elsewhere:
    """A service, asked in the name of strangers, and the confined process that reads for it."""

    def __init__(self, engine: Engine, service: Remote) -> None:
        self.source = service
        self.confined = engine.confined
        self.engine = engine
        self.client = httpx.AsyncClient(timeout=PATIENCE, auth=service.auth)

    @classmethod
    async def start(cls, service: Remote, base: str, deadline: float) -> "Elsewhere":
        """The service, when it is known how to ask it about all graphs at once."""
        if base != data.CANONICAL:
            raise StoreError(f"What HJEMMEL_STORE has is served under {data.CANONICAL} only: unset HJEMMEL_BASE.")
        await asyncio.to_thread(lambda: service.union)
        return cls(await Engine.start(data.NOTHING, base, deadline), service)

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self.engine.alive

    async def child(self, question: Question | About) -> "Errand":
        """The question on its way. It must be ended, whatever happens."""
        return Errand(self, question)

    async def retire(self) -> None:
        """Take no more questions."""
        await self.engine.retire()

    async def close(self) -> None:
        """End it all."""
        await self.client.aclose()
        await self.engine.close()


class Errand:
    """One question that the service answers; it looks to the pool as a child does."""

    def __init__(self, elsewhere: Elsewhere, question: Question | About) -> None:
        self._elsewhere = elsewhere
        self._question = question
        self._child: Child | None = None

    async def outcome(self, body: IO[bytes]) -> dict[str, str] | None:
        """How it went, with the answer in `body`; None when a child ended before it was done."""
        if isinstance(self._question, About):
            asked = bound(AROUND, {ox.Variable("thing"): ox.NamedNode(self._question.thing)})
            return await self._answered(asked, "rows", "union", self._question, body)
        with SpooledTemporaryFile() as nothing:
            read = await self._done(Reading(self._question), b"", nothing)
        if read is None or "query" not in read:
            return read
        return await self._answered(
            read["query"], read["kind"], read["dataset"], Writing(read["kind"], read["media"]), body
        )

    def used(self) -> float:
        """What it costs there is not known here: only the clock tells."""
        return 0.0

    def yield_to_others(self) -> None:
        """Let short queries go before it on the processor."""
        if self._child:
            self._child.yield_to_others()

    async def end(self) -> tuple[str, str]:
        """Stop it; the service, too, which sees that nobody listens any more."""
        return await self._child.end() if self._child else (CRASHED, "")

    async def _answered(
        self, query: str, kind: str, dataset: str, then: About | Writing, body: IO[bytes]
    ) -> dict[str, str] | None:
        """The service's answer to a query, as a child writes it."""
        service, parameters = self._elsewhere.source, {"query": [query]}
        if dataset == "union":
            parameters |= {name: [value] for name, value in service.union.items()}
        elif isinstance(self._question, Question):
            parameters |= {"default-graph-uri": [*self._question.default], "named-graph-uri": [*self._question.named]}
        answer = bytearray()
        try:
            async with self._elsewhere.client.stream(
                "POST",
                service.address,
                data=parameters,
                headers={"Accept": STATEMENTS if kind == "statements" else ROWS},
            ) as told:
                if told.status_code == 400:
                    return {"refused": "The service that has the data cannot run the query."}
                told.raise_for_status()
                async for piece in told.aiter_bytes():
                    answer += piece
                    if len(answer) > LARGEST_ANSWER:
                        return {"refused": TOO_LARGE, "limit": "answer-size"}
        except httpx.HTTPError as error:
            LOG.warning("%s does not answer as it should: %s", service.address, error or type(error).__name__)
            raise StoreError(SILENT) from error
        outcome = await self._done(then, bytes(answer), body)
        if outcome and "failed" in outcome:
            LOG.warning("%s gave no whole answer: %s", service.address, outcome["failed"])
            raise StoreError(SILENT)
        return outcome

    async def _done(
        self, question: Reading | Writing | About, enclosed: bytes, body: IO[bytes]
    ) -> dict[str, str] | None:
        """What a child makes of it. One that ended too early is kept, to say why."""
        self._child = await self._elsewhere.engine.child(question, enclosed)
        outcome = await self._child.outcome(body)
        if outcome is not None:
            child, self._child = self._child, None
            await child.end()
        return outcome
