"""Standard input as a live source."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO

from ..turns import LiveSegment
from .lines import Lines
from .revisions import once

__all__ = ["StandardInput"]


class StandardInput:
    """Reads what another program writes, line by line: `Name: text`, JSON Lines of segments or of messages, or captions."""

    name = "standard input"
    lost = False

    def __init__(self, stream: BinaryIO | None = None, *, began: float | None = None) -> None:
        """Take another stream than standard input, and when the call began, in seconds since 1970."""
        self._stream = stream
        self._lines = Lines(began)
        self._closed = False

    @property
    def status(self) -> str:
        """How it goes."""
        return "the input has ended" if self._closed else "reading standard input"

    @property
    def unread(self) -> int:
        """How many lines could not be read."""
        return self._lines.unread

    def segments(self) -> Iterator[LiveSegment]:
        """Yield the segments until the input ends."""
        return once(self._read())

    def close(self) -> None:
        """End after the line that is awaited."""
        self._closed = True

    def _read(self) -> Iterator[LiveSegment]:
        stream = self._stream or sys.stdin.buffer
        for line in iter(stream.readline, b""):
            yield from self._lines.feed(line)
            if self._closed:
                break
        yield from self._lines.end()
        self._closed = True
