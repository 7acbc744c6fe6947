"""The server's side of the process that has the data: start it, have it answer, kill what takes too long."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path
from typing import IO

from hjemmel.endpoint.limits import LARGEST_ANSWER, ROOM
from hjemmel.endpoint.worker import ASK, MESSAGE, REAP
from hjemmel.snapshot import StoreError

STARTING = 120.0
CRASHED = "The query ended the process that ran it."
DEATHS = {
    signal.SIGSEGV: ("The query is nested too deeply.", "nesting"),
    signal.SIGABRT: (f"The query needs more than {ROOM >> 20} MB of memory.", "memory"),
    signal.SIGXCPU: ("The query took too long and was stopped.", "deadline"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the dataset its request names, and the media type to answer in for each kind of result."""

    query: str
    accepted: dict[str, str | None]
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    base: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """An address about which everything is to be told, as statements or (application/json) for a page."""

    thing: str
    accepted: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question to be read and not answered: may it be sent to a service, and what does it give?"""

    reads: Question


@dataclass(frozen=True, slots=True)
class Writing:
    """What a service answered to a query (enclosed), to be written in another media type."""

    writes: str
    media: str


Asked = Question | About | Reading | Writing


class RefusedError(ValueError):
    """The query cannot be run, and why; `limit` names what it ran into."""

    def __init__(self, sentence: str, limit: str = "") -> None:
        super().__init__(sentence)
        self.limit = limit


class Engine:
    """One confined process over one source. It may be closed while children still answer: they end first."""

    def __init__(self, process: asyncio.subprocess.Process, orders: socket.socket, source: Path) -> None:
        self.process = process
        self.source = source
        self.confined = False
        self._orders = orders
        self._turn = asyncio.Lock()
        self._children = 0
        self._closing = False
        self._strays: set[asyncio.Future[None]] = set()

    @classmethod
    async def start(cls, source: Path, base: str, deadline: float) -> "Engine":
        """The process, when it has read the source; `NOTHING` is a source without data."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            # A session of its own: Ctrl-C at the terminal is for the server, which then closes the worker's orders.
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "hjemmel.endpoint.worker",
                str(source),
                base,
                str(int(deadline) + 5),
                stdin=theirs.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
                start_new_session=True,
            )
        engine = cls(process, ours, source)
        try:
            async with asyncio.timeout(STARTING):
                told = json.loads(await engine._line())
        except (OSError, ValueError, TimeoutError) as error:
            await engine.close()
            raise StoreError("The process that answers queries does not start.") from error
        if "error" in told:
            await engine.close()
            raise StoreError(told["error"])
        engine.confined = told["confined"]
        return engine

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self.process.returncode is None and not self._closing

    async def child(self, question: Asked, enclosed: bytes = b"") -> "Child":
        """A child that answers the question from now on. It must be ended, whatever happens."""
        ours, theirs = socket.socketpair()
        self._children += 1
        begun = asyncio.ensure_future(self._begun(theirs))
        try:
            number = await asyncio.shield(begun)
        except asyncio.CancelledError:
            ours.close()
            # It is born all the same, and has nobody to answer.
            self._strays.add(stray := asyncio.ensure_future(self._forgotten(begun)))
            stray.add_done_callback(self._strays.discard)
            raise
        except BaseException:
            self._children -= 1
            ours.close()
            raise
        try:
            reader, writer = await asyncio.open_connection(sock=ours)
        except BaseException:
            ours.close()
            await self.ended(number)
            raise
        writer.write(json.dumps(asdict(question)).encode() + b"\n" + enclosed)
        writer.write_eof()
        return Child(self, number, reader, writer)

    async def _begun(self, theirs: socket.socket) -> int:
        with theirs:
            return await self._ordered(ASK, 0, [theirs.fileno()])

    async def _forgotten(self, begun: "asyncio.Future[int]") -> None:
        with suppress(OSError, EOFError):
            await self.ended(await begun)

    async def retire(self) -> None:
        """Take no more questions; the process ends with its last child."""
        self._closing = True
        if self._children == 0:
            await self.close()

    async def close(self) -> None:
        """End the process, and with it whatever still answers."""
        self._closing = True
        self._orders.close()
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()

    async def ended(self, number: int) -> int:
        """How a child ended, which has been killed or has nothing more to say."""
        try:
            # Until it is reaped its number is not given to anyone else, so nobody else is hit.
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
            return await self._ordered(REAP, number)
        except (OSError, EOFError):
            return signal.SIGKILL
        finally:
            self._children -= 1
            if self._closing and self._children == 0:
                await self.close()

    async def _ordered(self, kind: bytes, number: int, handles: Sequence[int] = ()) -> int:
        # Shielded: an order given and its reply not read would leave every later reply to the wrong question.
        return await asyncio.shield(self._exchange(kind + number.to_bytes(MESSAGE - 1, "big"), handles))

    async def _exchange(self, message: bytes, handles: Sequence[int]) -> int:
        loop = asyncio.get_running_loop()
        async with self._turn:
            try:
                socket.send_fds(self._orders, [message], handles)
                reply = b""
                while len(reply) < 4:
                    piece = await loop.sock_recv(self._orders, 4 - len(reply))
                    if not piece:
                        raise EOFError("the process that has the data has ended")
                    reply += piece
            except (OSError, EOFError):
                self._closing = True
                raise
        return int.from_bytes(reply, "big")

    async def _line(self) -> bytes:
        loop, line = asyncio.get_running_loop(), b""
        while not line.endswith(b"\n"):
            piece = await loop.sock_recv(self._orders, 4096)
            if not piece:
                raise EOFError
            line += piece
        return line


class Child:
    """One question being answered."""

    def __init__(self, engine: Engine, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.number = number
        self._engine = engine
        self._reader = reader
        self._writer = writer

    async def outcome(self, body: IO[bytes]) -> dict[str, str] | None:
        """How it went, with the answer in `body`; None when the child ended before it was done."""
        try:
            while length := int.from_bytes(await self._reader.readexactly(4), "big"):
                body.write(await self._reader.readexactly(length))
                if body.tell() > LARGEST_ANSWER:
                    sentence = f"The answer is larger than {LARGEST_ANSWER >> 20} MB: add a LIMIT."
                    return {"refused": sentence, "limit": "answer-size"}
            outcome: dict[str, str] = json.loads(await self._reader.readline())
        except (ConnectionError, asyncio.IncompleteReadError, ValueError):
            return None
        return outcome

    def used(self) -> float:
        """Seconds of the processor that it has used; without end where the system does not tell."""
        try:
            return int(Path(f"/proc/{self.number}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
        except (OSError, ValueError, IndexError):
            return inf

    def yield_to_others(self) -> None:
        """Let short queries go before it on the processor."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.number, 15)

    async def end(self) -> tuple[str, str]:
        """Stop it if it still runs; what to say if it ended by itself too early, and the limit that it ran into."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()
        status = await self._engine.ended(self.number)
        number = os.waitstatus_to_exitcode(status)
        return DEATHS.get(signal.Signals(-number), (CRASHED, "")) if number < 0 else (CRASHED, "")
