"""Answers questions about the current source: in turn, under limits, whole or not at all."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO

from hjemmel.endpoint import data
from hjemmel.endpoint.elsewhere import Elsewhere, Errand
from hjemmel.endpoint.engine import About, Child, Engine, Question, RefusedError
from hjemmel.endpoint.lanes import BusyError, Lanes, TooManyError, Turn
from hjemmel.remote import Remote, state_name
from hjemmel.snapshot import StoreError

IN_MEMORY = 1 << 20
MOST_PATIENT = 3
LOG = logging.getLogger("hjemmel.endpoint")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole result, ready to be sent."""

    media: str
    body: IO[bytes]
    length: int


class NotAcceptableError(ValueError):
    """The result cannot be written in any media type that was asked for."""


class DeadlineError(TimeoutError):
    """The query took too long and was stopped."""


class Pool:
    """Answers questions about `source()`, which is asked anew each time so that a new snapshot is picked up."""

    def __init__(self, source: Callable[[], Path | Remote], *, deadline: float) -> None:
        self.deadline = deadline
        self.lanes = Lanes()
        self.source = source
        self.started = 0
        self._engine: Engine | Elsewhere | None = None
        self._starting = asyncio.Lock()

    async def answer(self, question: Question | About, client: str) -> Answer:
        """The answer, whole; everything that can go wrong has an error of its own."""
        try:
            async with self.lanes.turn(
                client, question.query if isinstance(question, Question) else question.thing
            ) as turn:
                return await self._answered(question, turn)
        except (TooManyError, BusyError):
            await self.lanes.pause(client)
            raise

    async def state(self) -> str:
        """What changes when the data do."""
        source = self.source()
        if isinstance(source, Remote):
            return await asyncio.to_thread(state_name, source)
        return source.name if source.is_dir() else f"{source} {source.stat().st_mtime_ns}"

    async def start(self) -> Engine | Elsewhere:
        """The process over the current source, started when there is none yet."""
        source = self.source()
        if self._engine and self._engine.alive and self._engine.source == source:
            return self._engine
        async with self._starting:
            if self._engine and self._engine.alive and self._engine.source == source:
                return self._engine
            try:
                started = Elsewhere.start if isinstance(source, Remote) else Engine.start
                engine = await started(source, data.base(), self.deadline)  # type: ignore[arg-type]
            except StoreError as error:
                if self._engine and self._engine.alive:
                    LOG.warning("The new snapshot is not served, the old one still is: %s", error)
                    return self._engine
                raise
            old, self._engine = self._engine, engine
            self.started += 1
        if old:
            await old.retire()
        return engine

    async def close(self) -> None:
        """Stop everything."""
        if self._engine:
            await self._engine.close()

    async def _answered(self, question: Question | About, turn: Turn) -> Answer:
        try:
            child = await (await self.start()).child(question)
        except (OSError, EOFError):
            # It ended between two questions; once more, with a new one.
            child = await (await self.start()).child(question)
        body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer is closed when it has been sent
        try:
            outcome = await self._outcome(child, turn, body)
        except BaseException:
            body.close()
            await asyncio.shield(child.end())
            raise
        died = await child.end()
        if outcome and "media" in outcome:
            length = body.tell()
            body.seek(0)
            return Answer(outcome["media"], body, length)
        body.close()
        if outcome is None:
            raise RefusedError(*died)
        if "not_acceptable" in outcome:
            raise NotAcceptableError(outcome["not_acceptable"])
        raise RefusedError(outcome["refused"], outcome.get("limit", ""))

    async def _outcome(self, child: Child | Errand, turn: Turn, body: IO[bytes]) -> dict[str, str] | None:
        answering = asyncio.ensure_future(child.outcome(body))
        try:
            first = min(turn.seconds, self.deadline)
            began = monotonic()
            await asyncio.wait({answering}, timeout=first)
            while not answering.done() and turn.slow_since is None:
                # On a busy machine a short query takes long by the clock: what it has used itself counts.
                if child.used() >= first or monotonic() - began > MOST_PATIENT * first:
                    turn.move()
                else:
                    await asyncio.wait({answering}, timeout=first / 3)
            if not answering.done():
                child.yield_to_others()
                await asyncio.wait({answering}, timeout=self.deadline - (monotonic() - began))
            if not answering.done():
                raise DeadlineError
            return answering.result()
        finally:
            if not answering.done():
                answering.cancel()
                with suppress(asyncio.CancelledError):
                    await answering
