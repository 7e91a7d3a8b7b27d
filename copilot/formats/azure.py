"""Azure Speech: batch transcription (times are ticks of 100 ns) and the fast API (times are milliseconds)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import at, first_record, records, seconds, speaker, string

__all__ = ["fits", "read"]

_TICKS = 10_000_000.0  # per second


def fits(export: Export) -> bool:
    """Recognise recognised phrases, or phrases with an offset in milliseconds."""
    return isinstance(at(export.value, "recognizedPhrases"), list) or "offsetMilliseconds" in first_record(export.value, "phrases")


def read(export: Export) -> Iterator[Segment]:
    """Yield the phrases. Speakers have numbers; without diarisation there are only channels."""
    batch = records(export.value, "recognizedPhrases")
    rows = batch or records(export.value, "phrases")
    many = len({string(row, "channel") for row in rows}) > 1
    for row in rows:
        name = speaker(row, "speaker") or (f"Channel {string(row, 'channel')}" if many else None)
        text = string(first_record(row, "nBest"), "display", "lexical") if batch else string(row, "text")
        unit, per_second = ("InTicks", _TICKS) if batch else ("Milliseconds", 1000.0)
        start = seconds(row, f"offset{unit}", per_second)
        yield Segment(text, name, start, _end(row, start, f"duration{unit}", per_second))


def _end(row: dict[str, Any], start: float | None, key: str, per_second: float) -> float | None:
    duration = seconds(row, key, per_second)
    return None if start is None or duration is None else round(start + duration, 4)
