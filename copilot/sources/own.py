"""Segments and turns as this program writes them. Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator

from ..formats.fields import seconds, string
from ..turns import LiveSegment
from .fields import Message, name, segment, truth

__all__ = ["Own"]


class Own:
    """Reads `{"id", "text", "speaker", "start", "end", "final"}`, of which only the text is needed, and turns with their number."""

    def fits(self, message: Message) -> bool:
        """Recognise a text with any other field of a segment, but no other kind of message."""
        return isinstance(message.get("text"), str) and not {"type", "event", "msg_type"} & set(message)

    def read(self, message: Message) -> Iterator[LiveSegment]:
        """Yield the segment; without an id, the id is '' and the segment is final."""
        turn = string(message, "turn")
        key = string(message, "id") or (turn and f"turn-{turn}")
        final = not key or truth(message.get("final", True))
        start, end = seconds(message, "start"), seconds(message, "end")
        yield segment(key, string(message, "text"), name(message, "speaker"), start, end, final=final)
