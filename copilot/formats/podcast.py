"""The JSON transcript of the podcast namespace. Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator

from ..turns import Segment
from .export import Export
from .fields import first_record, records, seconds, speaker, string

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise segments with a body."""
    return "body" in first_record(export.value, "segments")


def read(export: Export) -> Iterator[Segment]:
    """Yield the segments, which can be single words; the speaker can be omitted if it does not change."""
    for row in records(export.value, "segments"):
        yield Segment(string(row, "body"), speaker(row, "speaker"), seconds(row, "startTime"), seconds(row, "endTime"))
