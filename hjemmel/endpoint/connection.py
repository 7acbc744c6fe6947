"""A connection that does not wait for ever: a request must arrive in time, and an address has its share and no more."""

import asyncio
from collections import Counter
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from hjemmel.endpoint.limits import CONNECTIONS, READING


class Connection(H11Protocol):
    """Uvicorn's own, which has a time limit only between two requests."""

    open: ClassVar[Counter[str]] = Counter()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._hurry: asyncio.TimerHandle | None = None
        self._from = "" if self.client is None or self._is_proxy() else self.client[0]
        self.open[self._from] += 1
        if self._from and self.open[self._from] > CONNECTIONS:
            transport.abort()
        else:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes, and wait on until the whole head of a request is here."""
        super().data_received(data)
        self._watch()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand the connection over, which is not ours any more."""
        self._forget()
        super().handle_websocket_upgrade(event)

    def _is_proxy(self) -> bool:
        trusted = self.config.forwarded_allow_ips or ""
        return self.config.proxy_headers and self.client is not None and self.client[0] in trusted

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._relax()
        elif self._hurry is None and not self.transport.is_closing():
            self._hurry = self.loop.call_later(READING, self.transport.abort)

    def _relax(self) -> None:
        if self._hurry:
            self._hurry.cancel()
            self._hurry = None

    def _forget(self) -> None:
        self._relax()
        self.open[self._from] -= 1
        if self.open[self._from] <= 0:
            del self.open[self._from]
        self._from = ""
