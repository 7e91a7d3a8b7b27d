"""AWS Call Analytics. Times are milliseconds."""

from __future__ import annotations

from collections.abc import Iterator

from ..turns import Segment
from .export import Export
from .fields import first_record, records, seconds, speaker, string

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise the participant's role on each line."""
    return "ParticipantRole" in first_record(export.value, "Transcript")


def read(export: Export) -> Iterator[Segment]:
    """Yield the lines of a call; `AGENT` and `CUSTOMER` are the speakers."""
    for row in records(export.value, "Transcript"):
        name = speaker(row, "ParticipantRole", "ParticipantId")
        text = string(row, "Content")
        yield Segment(
            text, name.capitalize() if name else None, seconds(row, "BeginOffsetMillis", 1000.0), seconds(row, "EndOffsetMillis", 1000.0)
        )
