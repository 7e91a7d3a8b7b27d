"""Zoom's real-time media streams: transcripts are messages of type 17. Times are milliseconds since 1970.

Nothing in a message identifies it, and none is repeated on purpose; its id is made of its speaker, time and words.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..formats.fields import seconds, string
from ..turns import LiveSegment
from .clocks import CallClock
from .fields import Message, digest, name, segment

__all__ = ["Zoom"]

_TRANSCRIPT = 17  # message type
_PER_SECOND = 1000.0  # milliseconds


class Zoom:
    """Reads the messages of a media connection."""

    def __init__(self, clock: CallClock) -> None:
        """Take the clock of the call."""
        self._clock = clock

    def fits(self, message: Message) -> bool:
        """Recognise the messages by their numbered type."""
        kind = message.get("msg_type")
        return isinstance(kind, int) and (kind != _TRANSCRIPT or isinstance(message.get("content"), dict))

    def read(self, message: Message) -> Iterator[LiveSegment]:
        """Yield the speech in a message, if any."""
        content = message.get("content")
        if message["msg_type"] != _TRANSCRIPT or not isinstance(content, dict) or not (text := string(content, "data")):
            return
        began, ended, sent = (seconds(content, key, _PER_SECOND) for key in ("start_time", "end_time", "timestamp"))
        since = began if began else sent
        key = f"{string(content, 'user_id')}:{since}:{digest(text)}"
        yield segment(key, text, name(content, "user_name"), self._clock.seconds(since), self._clock.seconds(ended))
