"""The call as a stream of server-sent events: each viewer gets the newest picture; older ones are never queued.

A picture's event id is its board's revision and the name of this run, `12-9f3c`: a viewer that reconnects with the id it saw last
neither repeats nor misses anything, even if the server was restarted in between and counts from the beginning. The time is sent in
separate events of the type `time`, without an id, since it passes while the picture stays the same.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cached_property
from secrets import token_hex

from ..live.board import Board
from .picture import Picture

__all__ = ["ALIVE", "Feed"]

ALIVE = 15.0  # seconds of silence after which a viewer is sent a comment, so that no proxy drops the connection
RETRY = b"retry: 1000\n\n"
COMMENT = b": listening\n\n"


@dataclass(frozen=True)
class _Shot:
    """A picture with its event id; its bytes are made once for all viewers, and only if there is one."""

    name: str
    picture: Picture

    @cached_property
    def event(self) -> bytes:
        return f"id: {self.name}\ndata: {self.picture.model_dump_json()}\n\n".encode()


class Feed:
    """The newest picture of a call and its time, for any number of viewers.

    `publish` and `tell_time` may be called from any thread; everything else belongs to the event loop in which `open` was called.
    """

    def __init__(self) -> None:
        """Create a feed without a picture."""
        self._run = token_hex(2)
        self._newest: _Shot | None = None
        self._time = b""
        self._news = asyncio.Event()
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self) -> None:
        """Start notifying viewers, in the running event loop."""
        self._loop = asyncio.get_running_loop()

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self._closed = True
        self._loop = None
        self._wake()

    def publish(self, picture: Picture) -> None:
        """Make a picture the newest one. Returns at once, however slow a viewer is."""
        self._later(_Shot(f"{picture.board.revision}-{self._run}", picture))

    def tell_time(self, board: Board) -> None:
        """Publish the time of a board."""
        left = board.minutes_left
        time = json.dumps({"elapsed": int(board.elapsed), "minutes_left": None if left is None else round(left, 1)})
        self._later(f"event: time\ndata: {time}\n\n".encode())

    def _later(self, news: _Shot | bytes) -> None:
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._show, news)

    def _show(self, news: _Shot | bytes) -> None:
        if isinstance(news, bytes):
            self._time = news
        # Pictures come from several threads, so an older one may arrive last.
        elif self._newest is None or news.picture.board.revision > self._newest.picture.board.revision:
            self._newest = news
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def stream(self, seen: str = "", alive: float = ALIVE) -> AsyncIterator[bytes]:
        """Yield the newest picture whenever it differs from the one `seen`, and the time, until the feed is closed."""
        yield RETRY
        time = b""
        while not self._closed:
            news = self._news
            if self._newest is not None and self._newest.name != seen:
                seen = self._newest.name
                yield self._newest.event
            elif self._time != time:
                time = self._time
                yield time
            elif not await _within(news, alive):
                yield COMMENT


async def _within(news: asyncio.Event, seconds: float) -> bool:
    """Wait for news; return False if there were none within a number of seconds."""
    try:
        await asyncio.wait_for(news.wait(), seconds)
    except TimeoutError:
        return False
    return True
