"""Vexa's live messages: segments that are reported repeatedly under their id until they are completed.

Times are seconds, since 1970 or from the start of the recording. A completed segment of zero length is a draft that Vexa replaced
under another id, so it is dropped. `absolute_start_time` has the start added twice if `start` already counts from 1970.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..formats.fields import at, records, seconds, string
from ..turns import LiveSegment
from .clocks import CallClock
from .fields import Message, moment, name, segment, truth

__all__ = ["Vexa"]

_SILENT = {"ping", "pong", "subscribed", "unsubscribed", "meeting.status", "note", "card", "turn-complete"}


class Vexa:
    """Reads Vexa's messages."""

    def __init__(self, clock: CallClock) -> None:
        """Take the clock of the call."""
        self._clock = clock

    def fits(self, message: Message) -> bool:
        """Recognise a transcript, and Vexa's other messages."""
        kind = string(message, "type")
        return kind in _SILENT or kind == "transcript" or kind.startswith("transcript.")

    def read(self, message: Message) -> Iterator[LiveSegment]:
        """Yield the segments of a message."""
        done = string(message, "type") == "transcript.finalized"
        for row, final in _rows(message, done):
            if (told := self._segment(row, final)) is not None:
                yield told

    def _segment(self, row: Message, final: bool) -> LiveSegment | None:
        since, until = _start(row), moment(row, "end", "end_time")
        key = string(row, "segment_id", "id") or ("" if since is None else f"{string(row, 'session_uid')}:{since}")
        if not key or not isinstance(row.get("text"), str):
            return None
        start, end = self._clock.seconds(since), self._clock.seconds(until)
        return segment(key, string(row, "text"), name(row, "speaker"), start, end, final=final and (until is None or until != since))


def _start(row: Message) -> float | None:
    exact = seconds(row, "tsMs", 1000.0)
    return exact if exact is not None else moment(row, "start", "start_time", "t", "absolute_start_time")


def _rows(message: Message, done: bool) -> Iterator[tuple[Message, bool]]:
    """Yield each segment's object and whether it is final."""
    if "text" in message:
        yield message, truth(message.get("completed"))
    for holder in (message, at(message, "payload")):
        for row in records(holder, "segments"):
            yield row, done or truth(row.get("completed"))
        for row in records(holder, "confirmed"):
            yield row, True
        for row in records(holder, "pending"):
            yield row, False
