"""Live sources: a stream of what is being said, as segments, each word once.

A source is standard input, a growing file, or a WebSocket; a vendor's messages are read by the parser of its name.
Segments that are posted in requests go through `Payloads`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from ..turns import LiveSegment
from .payloads import Payloads
from .revisions import Revisions, once

__all__ = ["Payloads", "Revisions", "Source", "once", "open_source"]


class Source(Protocol):
    """A live stream of segments.

    `name` and `status` are for people; `lost` says that nothing can be heard for now; `unread` counts the lines or messages that could not
    be read.
    """

    @property
    def name(self) -> str:
        """Its name; never contains a key or a token."""

    @property
    def status(self) -> str:
        """Its current state, in a few words."""

    @property
    def lost(self) -> bool:
        """Whether what was connected is gone, and is tried again."""

    @property
    def unread(self) -> int:
        """How many lines or messages could not be read."""

    def segments(self) -> Iterator[LiveSegment]:
        """Yield the segments as they come, until the stream ends or the source is closed. This blocks, so it belongs in a thread.

        A report under an id is valid until the next one under it. A final one without text withdraws a draft.
        Raises InputError if there is nothing to listen to.
        """

    def close(self) -> None:
        """End the stream soon; may be called from another thread."""


def open_source(
    place: str,
    *,
    headers: Mapping[str, str] | None = None,
    greetings: Sequence[str] = (),
    began: float | None = None,
    people: Iterable[str] = (),
) -> Source:
    """Return the source at a place: `-` for standard input, a ws:// or wss:// address, else a file to follow.

    `headers` are for a WebSocket's handshake, `greetings` are messages sent after it.
    `began` is when the call began, in seconds since 1970; it converts a vendor's dates to seconds of the call, also after a restart.
    `people` are expected to speak.
    Raises InputError for an impossible place.
    """
    if place == "-":
        from .standard_input import StandardInput

        return StandardInput(began=began, people=people)
    if place.startswith(("ws://", "wss://")):
        from .web_socket import WebSocket

        return WebSocket(place, headers=headers, greetings=greetings, began=began)
    from .followed_file import FollowedFile

    return FollowedFile(place, began=began, people=people)
