"""Microsoft Teams and Stream JSON. Times are clock times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .clock import CLOCK
from .clock import seconds as clock_seconds
from .export import Export
from .fields import records, speaker, string

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise the entries of a Teams or Stream transcript."""
    return any("startOffset" in row and "text" in row for row in records(export.value, "entries")[:1])


def read(export: Export) -> Iterator[Segment]:
    """Yield the entries."""
    for row in records(export.value, "entries"):
        yield Segment(
            string(row, "text"), speaker(row, "speakerDisplayName", "speakerId"), _clock(row, "startOffset"), _clock(row, "endOffset")
        )


def _clock(row: dict[str, Any], key: str) -> float | None:
    found = string(row, key)
    return clock_seconds(found) if re.fullmatch(CLOCK, found) else None
