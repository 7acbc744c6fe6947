"""Whose turn it is: a fast lane that every query starts in, and a slow one for those that take longer.

No client has more than a part of either, so that somebody else's short query always finds room. A client is an address;
whoever sends query after query that is too long gets shorter turns, and waits for being told so.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from time import monotonic

from hjemmel.endpoint.limits import BUDGET, FAST, PATIENCE, SLICE, SLOW, WAITING

REMEMBERED = 2000  # clients, and queries that took long
MEMORY = 60.0  # seconds
PAUSE = 1.0


class BusyError(RuntimeError):
    """Too many queries of all clients at once."""


class TooManyError(RuntimeError):
    """Too many queries of this client; `limit` names which."""

    def __init__(self, sentence: str, limit: str, seconds: float = 5) -> None:
        super().__init__(sentence)
        self.limit = limit
        self.seconds = max(1, round(seconds))


class Account:
    """What one client has going, and has used."""

    def __init__(self) -> None:
        self.running = 0
        self.long = 0
        self.queue: deque[asyncio.Future[None]] = deque()
        self.strikes: deque[float] = deque(maxlen=10)
        self._left = BUDGET
        self._at = monotonic()

    def left(self) -> float:
        """Seconds of the slow lane that it may still use."""
        now = monotonic()
        self._left = min(BUDGET, self._left + (now - self._at) / 2)
        self._at = now
        return self._left

    def spend(self, seconds: float) -> None:
        """Take seconds of the slow lane."""
        self._left = self.left() - seconds

    def recent_strikes(self) -> int:
        """How often, lately, it sent a query that found no room in the slow lane."""
        return sum(1 for strike in self.strikes if strike > monotonic() - MEMORY)

    def slice(self) -> float:
        """Seconds that its next query has in the fast lane."""
        return SLICE if self.recent_strikes() < 3 else SLICE / 2


class Lanes:
    """The turns of all clients."""

    def __init__(self) -> None:
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self._long: OrderedDict[bytes, float] = OrderedDict()
        self._short: OrderedDict[bytes, float] = OrderedDict()
        self._fast = 0
        self._slow = 0

    @property
    def running(self) -> int:
        """Queries running now."""
        return self._fast + self._slow

    @property
    def waiting(self) -> int:
        """Queries waiting for their turn."""
        return sum(len(account.queue) for account in self._accounts.values())

    @asynccontextmanager
    async def turn(self, client: str, query: str) -> "AsyncIterator[Turn]":
        """A turn in the fast lane, when it comes."""
        account = self._account(client)
        key = blake2b(query.encode(), digest_size=16).digest()
        turn = Turn(self, account, key)
        if self._long.get(key, 0) > monotonic() - MEMORY:
            # It took long a moment ago, and would again.
            turn.take_slow()
        else:
            await self._wait(account, short=self._short.get(key, 0) > monotonic() - MEMORY)
        try:
            yield turn
        finally:
            turn.leave()
            self._next()

    def room_for_long(self, account: Account) -> None:
        """Raise what stands in the way of a long query of this client."""
        if account.long:
            raise TooManyError("You have a long query running already: wait for it.", "long-queries")
        if account.left() < 1:
            sentence = f"You have used the {BUDGET:g} s a minute that there are for long queries: wait."
            raise TooManyError(sentence, "budget", 2 * (1 - account.left()))
        if self._slow >= SLOW:
            raise BusyError

    async def pause(self, client: str) -> None:
        """Let a client wait that sends one long query after another, before it is told that there is no room."""
        account = self._account(client)
        account.strikes.append(monotonic())
        await asyncio.sleep(PAUSE * min(account.recent_strikes(), 3))

    def _account(self, client: str) -> Account:
        account = self._accounts.setdefault(client, Account())
        self._accounts.move_to_end(client)
        while len(self._accounts) > REMEMBERED:
            name, oldest = next(iter(self._accounts.items()))
            if oldest.running or oldest.long or oldest.queue:
                self._accounts.move_to_end(name)
                break
            del self._accounts[name]
        return account

    async def _wait(self, account: Account, *, short: bool) -> None:
        if self._may_run(account, short=short) and (short or not account.queue):
            self._enter(account)
            return
        if len(account.queue) >= WAITING:
            raise TooManyError(f"You have {WAITING} queries waiting already: wait for them.", "waiting")
        if self.waiting >= 8 * WAITING:
            raise BusyError
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if short:
            account.queue.appendleft(called)
        else:
            account.queue.append(called)
        try:
            async with asyncio.timeout(PATIENCE):
                await called
        except BaseException as error:
            if called.done() and not called.cancelled():  # called in the same moment
                self._exit(account)
                self._next()
            elif called in account.queue:
                account.queue.remove(called)
            if isinstance(error, TimeoutError):
                raise BusyError from None
            raise

    def _may_run(self, account: Account, *, short: bool = False) -> bool:
        # One place in the fast lane is kept for somebody else, and for queries that are known to be short.
        return self._fast < FAST and (short or account.running < FAST - 1)

    def _enter(self, account: Account) -> None:
        self._fast += 1
        account.running += 1

    def _exit(self, account: Account) -> None:
        self._fast -= 1
        account.running -= 1

    def _next(self) -> None:
        """Call whoever may run now, one client after the other."""
        for client, account in list(self._accounts.items()):
            while account.queue and self._may_run(account):
                called = account.queue.popleft()
                if called.cancelled():
                    continue
                self._enter(account)
                called.set_result(None)
                self._accounts.move_to_end(client)
                break

    def _remember(self, key: bytes) -> None:
        self._short.pop(key, None)
        _keep(self._long, key)

    def _remember_short(self, key: bytes) -> None:
        if key not in self._long:
            _keep(self._short, key)


class Turn:
    """One query's place: first in the fast lane, then, when it takes longer, in the slow one."""

    def __init__(self, lanes: Lanes, account: Account, key: bytes) -> None:
        self.slow_since: float | None = None
        self._lanes = lanes
        self._account = account
        self._key = key

    @property
    def seconds(self) -> float:
        """How long it may stay where it is before it must move to the slow lane."""
        return 0.0 if self.slow_since else self._account.slice()

    def move(self) -> None:
        """Go over to the slow lane; raises when there is no room there."""
        self._lanes._remember(self._key)
        self.take_slow()
        self._lanes._exit(self._account)
        self._lanes._next()

    def take_slow(self) -> None:
        """Take a place in the slow lane."""
        self._lanes.room_for_long(self._account)
        self.slow_since = monotonic()
        self._lanes._slow += 1
        self._account.long += 1

    def leave(self) -> None:
        """Give the place to the next."""
        if self.slow_since is None:
            self._lanes._exit(self._account)
            self._lanes._remember_short(self._key)
            return
        self._account.spend(monotonic() - self.slow_since)
        self._account.long -= 1
        self._lanes._slow -= 1


def _keep(memory: "OrderedDict[bytes, float]", key: bytes) -> None:
    memory[key] = monotonic()
    memory.move_to_end(key)
    while len(memory) > REMEMBERED:
        memory.popitem(last=False)


def client(address: str) -> str:
    """Who is asking, as far as turns go: an address, or of the new kind the network that one household has.

    >>> client("192.0.2.7"), client("2001:db8:1:2:3:4:5:6")
    ('192.0.2.7', '2001:db8:1:2::/64')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return f"{IPv6Address(int(found) >> 64 << 64)}/64"
    return str(found)
