"""AWS Transcribe. Times are seconds, as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import at, first_record, records, seconds, string
from .words import Word, join_words

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise items next to transcripts."""
    return bool(records(export.value, "results", "transcripts")) and isinstance(at(export.value, "results", "items"), list)


def read(export: Export) -> Iterator[Segment]:
    """Yield what each speaker or channel says. A word without a label goes with the word before it."""
    results = at(export.value, "results")
    channels = records(results, "channel_labels", "channels")
    if channels:
        for channel in channels:
            yield from join_words(_words(records(channel, "items"), {}, string(channel, "channel_label")))
        return
    yield from join_words(_words(records(results, "items"), _labels(results)))


def _labels(results: Any) -> dict[str, str]:
    """Return the speaker of each word's start time, from the segments, which are separate from the words."""
    return {
        string(item, "start_time"): string(item, "speaker_label") or string(segment, "speaker_label")
        for segment in records(results, "speaker_labels", "segments")
        for item in records(segment, "items")
    }


def _words(items: list[dict[str, Any]], labels: dict[str, str], channel: str = "") -> Iterator[Word]:
    for item in items:
        glued = item.get("type") == "punctuation"
        label = channel or string(item, "speaker_label") or labels.get(string(item, "start_time"), "")
        text = string(first_record(item, "alternatives"), "content")
        yield Word(text, label or None, seconds(item, "start_time"), seconds(item, "end_time"), glued)
