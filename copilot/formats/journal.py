"""The journal of a live call, as written by `copilot live`: what was heard, each word once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pydantic import ValidationError

from ..errors import TranscriptError
from ..stream import Stream
from ..turns import LiveSegment, Segment
from .export import Export

__all__ = ["fits", "read"]


_EVENT = re.compile(r'^\{"event":"\w+",(?:"version":\d+,)?"at":', re.MULTILINE)


def fits(export: Export) -> bool:
    """Recognise a journal by an event on any of its first lines, since others may be damaged."""
    return '{"event":"' in export.head and _EVENT.search(export.head) is not None


def read(export: Export) -> Iterator[Segment]:
    """Yield the final words, in the order of the call; a line cut short by a crash is left out. Raises TranscriptError."""
    stream = Stream()
    for number, line in enumerate(export.text.split("\n")[:-1], 1):
        segment = _segment(line, number)
        if segment is not None:
            stream.put(segment)
    for said in stream.finals:
        yield Segment(said.text.strip(), said.speaker, said.start, said.end)


def _segment(line: str, number: int) -> LiveSegment | None:
    """Return the segment in a line, None if it is about something else."""
    try:
        row = json.loads(line)
        return LiveSegment.model_validate(row["segment"]) if row["event"] == "heard" else None
    except (ValueError, ValidationError, KeyError, TypeError):
        damaged, hint = f"line {number} of the journal is damaged", "`copilot live --repair` keeps every other line"
        raise TranscriptError(damaged, hint=hint) from None
