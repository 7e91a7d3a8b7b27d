"""Fireflies' sentences. Times are seconds, as text or as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import objects, seconds, speaker, string

__all__ = ["fits", "read"]


def _sentences(export: Export) -> list[dict[str, Any]]:
    return objects(export.value, "sentences", "transcript.sentences", "data.transcript.sentences")


def fits(export: Export) -> bool:
    """Recognise Fireflies' sentences."""
    first = next(iter(_sentences(export)), {})
    return "speaker_name" in first and ("raw_text" in first or "text" in first)


def read(export: Export) -> Iterator[Segment]:
    """Yield the sentences."""
    for row in _sentences(export):
        text = string(row, "text", "raw_text")
        yield Segment(text, speaker(row, "speaker_name", "speaker_id"), seconds(row, "start_time"), seconds(row, "end_time"))
