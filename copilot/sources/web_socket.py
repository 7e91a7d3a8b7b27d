"""A WebSocket that sends a call's transcript, as a live source."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..errors import InputError
from ..turns import LiveSegment
from .messages import Messages
from .revisions import once

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

__all__ = ["WebSocket", "backoff"]

_FIRST_WAIT = 0.5  # seconds before the first new attempt
_LONGEST_WAIT = 30.0  # seconds before any attempt
_LARGEST = 4 << 20
_DONE = 1000  # close code: normal closure


def backoff(attempt: int, chance: float) -> float:
    """Return the seconds to wait before an attempt, counted from 1: doubled each time up to half a minute, minus a random part.

    The random part, up to half for a `chance` from 0 to 1, keeps many clients from reconnecting at the same moment.
    """
    return min(_FIRST_WAIT * 2.0 ** min(attempt - 1, 10), _LONGEST_WAIT) * (1 - chance / 2)


class WebSocket:
    """Listens to a vendor's socket, or to a relay of its messages, and reconnects automatically until the call is over.

    `status` is its state, for people, `lost` whether the connection is; `unread` counts the unknown messages.
    """

    def __init__(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        greetings: Sequence[str] = (),
        began: float | None = None,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        """Take a ws:// or wss:// URL, headers for the handshake, and messages that are sent after each one.

        `began` is when the call began, in seconds since 1970. `wait` waits a number of seconds and returns whether the source was closed.
        Raises InputError for an invalid URL.
        """
        parts = _split(url)
        self.name = f"{parts[0]}://{parts[1]}{parts[2]}"
        self.status, self.lost = f"connecting to {self.name}", False
        self._url = url
        self._headers = dict(headers or {})
        self._greetings = tuple(greetings)
        self._messages = Messages(began)
        self._closing = threading.Event()
        self._wait = wait or self._closing.wait
        self._connection: ClientConnection | None = None
        self._reached = False
        self._attempt = 0

    @property
    def unread(self) -> int:
        """How many messages could not be read."""
        return self._messages.unread

    def segments(self) -> Iterator[LiveSegment]:
        """Yield the segments until the other side ends the call (close code 1000) or the source is closed.

        Raises InputError if the first connection fails, or if the other side refuses.
        """
        return once(self._listen())

    def close(self) -> None:
        """End now. May be called from another thread."""
        self._closing.set()
        if self._connection is not None:
            self._connection.close()

    def _listen(self) -> Iterator[LiveSegment]:
        from websockets.exceptions import ConnectionClosed, WebSocketException
        from websockets.sync.client import connect

        problem: Exception | None = None
        while problem is None or not self._rest(problem):
            try:
                with connect(self._url, additional_headers=self._headers, max_size=_LARGEST, close_timeout=1) as self._connection:
                    yield from self._hear(self._connection)
                break
            except ConnectionClosed as closed:
                if self._closing.is_set() or (closed.rcvd is not None and closed.rcvd.code == _DONE):
                    break
                problem = closed
            except (OSError, WebSocketException) as failed:
                self._refuse(failed)
                problem = failed
        self.status, self.lost = f"{self.name}: the stream has ended", False

    def _hear(self, connection: ClientConnection) -> Iterator[LiveSegment]:
        self._reached = True
        for greeting in self._greetings:
            connection.send(greeting)
        self.status, self.lost = f"connected to {self.name}", False
        while not self._closing.is_set():
            data = connection.recv()
            self._attempt = 0
            yield from self._messages.read(data)

    def _refuse(self, problem: Exception) -> None:
        """Raise InputError if trying again is pointless: nothing was ever there, or the server refused."""
        from websockets.exceptions import InvalidStatus

        status = problem.response.status_code if isinstance(problem, InvalidStatus) else 0
        if status in {401, 403}:
            raise InputError(f"{self.name}: refused with status {status}; check the key or token in the address or the headers") from None
        if not self._reached:
            raise InputError(f"{self.name}: cannot be reached ({_reason(problem)}); check the address, and that the service runs") from None

    def _rest(self, problem: Exception) -> bool:
        """Wait for the next attempt; return whether the source was closed in the meantime."""
        self._attempt += 1
        pause = backoff(self._attempt, random.random())  # noqa: S311 -- no secret
        self.status, self.lost = f"{self.name}: connection lost ({_reason(problem)}); trying again in {pause:.0f} s", True
        return self._wait(pause)


def _split(url: str) -> tuple[str, str, str]:
    """Return scheme, host with port, and path of a URL: what may be shown, since the rest can contain a key."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in {"ws", "wss"}:
        raise InputError(f"{url.partition('?')[0]}: no WebSocket address; it looks like wss://host/path")
    return parts.scheme, f"{host}:{port}" if port else host, parts.path


def _reason(problem: Exception) -> str:
    """Return what went wrong in a few words."""
    if isinstance(problem, TimeoutError):
        return "no answer in time"
    if isinstance(problem, OSError):
        return problem.strerror or str(problem) or "network error"
    return str(problem).partition("\n")[0] or type(problem).__name__
