"""Fireflies' sentences and its live chunks. Times are seconds, as text or as numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ..formats.fields import objects, record_at, seconds, string
from ..turns import LiveSegment
from .fields import Message, name, segment

__all__ = ["Fireflies"]

_SENTENCES = ("sentences", "transcript.sentences", "data.transcript.sentences")
_CHUNK = {"chunk_id", "text"}


class Fireflies:
    """Reads Fireflies' live chunks, and its finished transcript."""

    def fits(self, message: Message) -> bool:
        """Recognise a chunk, or sentences."""
        return _chunk(message) is not None or any("speaker_name" in row for row in objects(message, *_SENTENCES)[:1])

    def read(self, message: Message) -> Iterator[LiveSegment]:
        """Yield a chunk, which may come again with more words, or the sentences."""
        chunk = _chunk(message)
        rows = objects(message, *_SENTENCES) if chunk is None else [chunk]
        for number, row in enumerate(rows):
            key = string(row, "chunk_id") or f"sentence-{string(row, 'index') or number}"
            start, end = seconds(row, "start_time"), seconds(row, "end_time")
            yield segment(_transcript(message, row) + key, string(row, "text", "raw_text"), name(row, "speaker_name"), start, end)


def _chunk(message: Message) -> Message | None:
    """Return a live chunk, alone or inside its event."""
    holders = (message, record_at(message, "payload"), record_at(message, "data"))
    return next((holder for holder in holders if set(holder) >= _CHUNK), None)


def _transcript(message: Message, row: Message) -> str:
    holders = (row, message, record_at(message, "transcript"), record_at(message, "data", "transcript"))
    found = (string(holder, "transcript_id", "id") for holder in holders)
    return next((f"{key}:" for key in found if key), "")
