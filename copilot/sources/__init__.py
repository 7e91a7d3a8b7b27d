"""Live sources: a stream of what is being said, as segments, each word once.

A source is standard input, a file that grows, or a WebSocket; the messages of a vendor are read by the parser of its name.
What comes in one request at a time goes through `Payloads`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ..turns import LiveSegment
from .payloads import Payloads
from .revisions import Revisions, once

__all__ = ["Payloads", "Revisions", "Source", "once", "open_source"]


class Source(Protocol):
    """A live stream of segments.

    `name` is what it is called, `status` how it goes, both for a person; `lost` says that nothing can be heard for now; `unread` counts the
    lines or messages that could not be read.
    """

    @property
    def name(self) -> str:
        """What it is called; never a key or a token."""

    @property
    def status(self) -> str:
        """How it goes just now, in a few words."""

    @property
    def lost(self) -> bool:
        """Whether what was connected is gone, and is tried again."""

    @property
    def unread(self) -> int:
        """How many lines or messages could not be read."""

    def segments(self) -> Iterator[LiveSegment]:
        """Yield the segments as they come, until the stream ends or the source is closed. It blocks, so it belongs in a thread.

        A report under an id holds until the next one under it. One that is final and without text takes a draft back.
        Raises InputError where there is nothing to listen to.
        """

    def close(self) -> None:
        """End the stream soon; may be called from another thread."""


def open_source(
    place: str,
    *,
    from_end: bool = False,
    headers: Mapping[str, str] | None = None,
    greetings: Sequence[str] = (),
    began: float | None = None,
) -> Source:
    """Return the source at a place: `-` for standard input, a ws:// or wss:// address, or else a file to follow.

    `from_end` skips what a file holds already. `headers` go with a WebSocket's handshake, `greetings` are messages sent after it.
    `began` is when the call began, in seconds since 1970: it makes seconds of the call of a vendor's dates, also after a restart.
    Raises InputError for a place that cannot be one.
    """
    if place == "-":
        from .standard_input import StandardInput

        return StandardInput(began=began)
    if place.startswith(("ws://", "wss://")):
        from .web_socket import WebSocket

        return WebSocket(place, headers=headers, greetings=greetings, began=began)
    from .followed_file import FollowedFile

    return FollowedFile(place, from_end=from_end, began=began)
