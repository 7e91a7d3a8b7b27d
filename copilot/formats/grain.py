"""Grain's segments. Times are milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import objects, seconds, speaker, string

__all__ = ["fits", "read"]


def _segments(export: Export) -> list[dict[str, Any]]:
    return objects(export.value, "transcript", "segments", "transcript_json")


def fits(export: Export) -> bool:
    """Recognise segments with a participant's id."""
    return any("participant_id" in row and "text" in row for row in _segments(export)[:1])


def read(export: Export) -> Iterator[Segment]:
    """Yield the segments."""
    for row in _segments(export):
        yield Segment(
            string(row, "text"), speaker(row, "speaker", "participant_id"), seconds(row, "start", 1000.0), seconds(row, "end", 1000.0)
        )
