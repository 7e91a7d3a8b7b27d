"""Standard input as a live source."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BufferedIOBase
from queue import SimpleQueue
from typing import cast

from ..turns import LiveSegment
from .lines import Lines
from .revisions import once

__all__ = ["StandardInput"]

_CHUNK = 1 << 16


class StandardInput:
    """Reads the output of another program, line by line: `Name: text`, JSON Lines of segments or messages, or captions."""

    name = "standard input"
    lost = False

    def __init__(self, stream: BufferedIOBase | None = None, *, began: float | None = None, people: Iterable[str] = ()) -> None:
        """Take another stream than standard input, when the call began, in seconds since 1970, and the people who are expected to speak."""
        self._stream = stream
        self._lines = Lines(began, people)
        self._chunks: SimpleQueue[bytes] = SimpleQueue()
        self._closed = False

    @property
    def status(self) -> str:
        """Its current state."""
        return "; ".join(filter(None, ("the input has ended" if self._closed else "reading standard input", self._lines.note)))

    @property
    def unread(self) -> int:
        """How many lines could not be read."""
        return self._lines.unread

    def segments(self) -> Iterator[LiveSegment]:
        """Yield the segments until the input ends."""
        return once(self._read())

    def close(self) -> None:
        """End with what has come by then, also of a line that nothing has ended."""
        self._chunks.put(b"")

    def _read(self) -> Iterator[LiveSegment]:
        # A read that waits for more cannot be ended, so it waits in a thread of its own.
        threading.Thread(target=self._receive, name="copilot-stdin", daemon=True).start()
        while data := self._chunks.get():
            yield from self._lines.feed(data)
        yield from self._lines.end()
        self._closed = True

    def _receive(self) -> None:
        stream = self._stream or cast(BufferedIOBase, sys.stdin.buffer)
        # A terminal that has gone is the end of what is typed there.
        with suppress(OSError):
            while data := stream.read1(_CHUNK):
                self._chunks.put(data)
        self.close()
