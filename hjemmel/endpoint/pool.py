"""A few worker processes that stand ready, and are killed when a query takes too long."""

import asyncio
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

WORKERS = 2
WAITING = 8  # more than this many in the queue and nobody would wait long enough
LARGEST_ANSWER = 256 << 20
IN_MEMORY = 1 << 20


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the dataset its request names, and the media type to answer in for each kind of result."""

    query: str
    accepted: dict[str, str | None]
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole result, ready to be sent."""

    media: str
    body: IO[bytes]
    length: int


class RefusedError(ValueError):
    """The query cannot be run, and why."""


class NotAcceptableError(ValueError):
    """The result cannot be written in any media type that was asked for."""


class BusyError(RuntimeError):
    """Too many queries at once."""


class DeadlineError(TimeoutError):
    """The query took too long and was stopped."""


class Pool:
    """Answers questions about `source()`, which is asked anew each time so that a new snapshot is picked up."""

    def __init__(self, source: Callable[[], Path], *, workers: int = WORKERS, deadline: float) -> None:
        self.deadline = deadline
        self._source = source
        self._free = asyncio.Semaphore(workers)
        self._workers = workers
        self._waiting = 0
        self._idle: list[_Worker] = []
        self._starting: set[asyncio.Task[None]] = set()

    async def answer(self, question: Question) -> Answer:
        """The answer, whole; everything that can go wrong has an error of its own."""
        if self._waiting >= WAITING:
            raise BusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(self.deadline):
                await self._free.acquire()
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1
        try:
            return await self._answer(question)
        finally:
            self._free.release()

    async def start(self) -> None:
        """Have every worker ready before the first question comes."""
        source = self._source()
        while len(self._idle) < self._workers:
            self._idle.append(await _Worker.start(source))

    async def close(self) -> None:
        """Stop every worker."""
        for task in self._starting:
            task.cancel()
        while self._idle:
            await self._idle.pop().kill()

    async def _answer(self, question: Question) -> Answer:
        worker = await self._worker(self._source())
        body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer is closed when it has been sent
        try:
            async with asyncio.timeout(self.deadline):
                outcome = await worker.ask(question, body)
        except BaseException as error:
            body.close()
            await worker.kill()
            self._replace()
            if isinstance(error, TimeoutError):
                raise DeadlineError from None
            raise
        self._idle.append(worker)
        if "media" in outcome:
            length = body.tell()
            body.seek(0)
            return Answer(outcome["media"], body, length)
        body.close()
        if "not_acceptable" in outcome:
            raise NotAcceptableError(outcome["not_acceptable"])
        raise RefusedError(outcome["refused"])

    async def _worker(self, source: Path) -> "_Worker":
        while self._idle:
            worker = self._idle.pop()
            if worker.source == source and worker.process.returncode is None:
                return worker
            await worker.kill()
        return await _Worker.start(source)

    def _replace(self) -> None:
        """Start another worker in the place of a killed one, while nobody waits for it."""

        async def begin() -> None:
            self._idle.append(await _Worker.start(self._source()))

        task = asyncio.create_task(begin())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)


class _Worker:
    """One process, and what it was opened on."""

    def __init__(self, process: asyncio.subprocess.Process, source: Path) -> None:
        self.process = process
        self.source = source

    @classmethod
    async def start(cls, source: Path) -> "_Worker":
        # A session of its own: Ctrl-C at the terminal is for the server, which then closes the worker's standard input.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "hjemmel.endpoint.worker",
            str(source),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        return cls(process, source)

    async def ask(self, question: Question, body: IO[bytes]) -> dict[str, str]:
        """Have the question answered into `body`; what is returned tells how it went."""
        questions, answers = self.process.stdin, self.process.stdout
        assert questions is not None
        assert answers is not None
        try:
            questions.write(json.dumps(asdict(question)).encode() + b"\n")
            await questions.drain()
            while length := int.from_bytes(await answers.readexactly(4), "big"):
                body.write(await answers.readexactly(length))
                if body.tell() > LARGEST_ANSWER:
                    raise RefusedError(f"The answer is larger than {LARGEST_ANSWER >> 20} MB: add a LIMIT.")
            outcome: dict[str, str] = json.loads(await answers.readline())
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise RefusedError(
                "The query ended the process that ran it: it is nested too deeply, or needs too much memory."
            ) from error
        return outcome

    async def kill(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()
