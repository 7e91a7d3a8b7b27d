"""Whisper and its relatives: openai-whisper, faster-whisper, whisper-timestamped, WhisperX. Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import at, first_record, record_at, records, seconds, speaker, string
from .words import Word, join_words

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise segments with `text` and `start`, also where there is none."""
    if at(export.value, "segments") == []:
        return True
    first = first_record(_root(export), "segments")
    return "text" in first and "start" in first and "participant_id" not in first


def read(export: Export) -> Iterator[Segment]:
    """Yield the segments or, if only the words have speakers, the words of each speaker.

    The text is the segment's own, since WhisperX omits the times of words made of digits.
    """
    root = _root(export)
    names = record_at(root, "speakers")
    for row in records(root, "segments"):
        words = records(row, "words")
        if _label(row) is None and any(_label(word) for word in words):
            yield from join_words(_word(word) for word in words)
            continue
        label = _label(row)
        named = string(names, label) if label else ""
        yield Segment(string(row, "text"), named or label, seconds(row, "start"), seconds(row, "end"))


def _root(export: Export) -> Any:
    """Return the object with the segments; some wrappers give only the list."""
    value = export.value
    return {"segments": value} if isinstance(value, list) and "words" in first_record({"rows": value}, "rows") else value


def _label(row: dict[str, Any]) -> str | None:
    return speaker(row, "speaker", "speakerLabel")


def _word(row: dict[str, Any]) -> Word:
    return Word(string(row, "word", "text").strip(), _label(row), seconds(row, "start"), seconds(row, "end"))
