"""Google Speech-to-Text, version 1 (`startTime`, `speakerTag`) and 2 (`startOffset`, `speakerLabel`). Times are seconds.

The client libraries write the same keys with underscores, and include zeros that the service omits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import first_record, in_channel, records, seconds, speaker, string
from .words import Word, join_words

__all__ = ["fits", "read"]

_SPEAKER = ("speakerTag", "speakerLabel", "speaker_tag", "speaker_label")
_CHANNEL = ("channelTag", "channel_tag")
_START = ("startTime", "startOffset", "start_time", "start_offset")
_END = ("endTime", "endOffset", "end_time", "end_offset")


def _results(export: Export) -> list[dict[str, Any]]:
    """Return the results, also from a fetched operation."""
    return records(export.value, "results") or records(export.value, "response", "results")


def fits(export: Export) -> bool:
    """Recognise results with alternatives."""
    return "transcript" in first_record(next(iter(_results(export)), {}), "alternatives")


def read(export: Export) -> Iterator[Segment]:
    """Yield the words; if the last result repeats them all with their speakers, only those."""
    results = _results(export)
    told_apart = [any(map(_speaker, _words(result))) for result in results]
    if len(results) > 1 and told_apart[-1] and not any(told_apart[:-1]):
        results = results[-1:]
    many = len({string(result, *_CHANNEL) for result in results}) > 1
    for result in results:
        channel = f"Channel {string(result, *_CHANNEL)}" if many else None
        if words := _words(result):
            yield from join_words(_word(word, channel) for word in words)
        else:
            yield Segment(string(first_record(result, "alternatives"), "transcript"), channel)


def _words(result: dict[str, Any]) -> list[dict[str, Any]]:
    return records(first_record(result, "alternatives"), "words")


def _speaker(word: dict[str, Any]) -> str | None:
    # Tag 0 means that speakers were not distinguished.
    return None if string(word, *_SPEAKER) == "0" else speaker(word, *_SPEAKER)


def _word(row: dict[str, Any], channel: str | None) -> Word:
    return Word(string(row, "word"), in_channel(channel, _speaker(row)), _time(row, *_START), _time(row, *_END))


def _time(row: dict[str, Any], *keys: str) -> float | None:
    """Return a duration in seconds: `{"seconds": "1", "nanos": 300000000}`, in which zeros are omitted, or `"1.300s"`."""
    found = next((row[key] for key in keys if key in row), None)
    if isinstance(found, dict):
        return round((seconds(found, "seconds") or 0.0) + (seconds(found, "nanos", 1e9) or 0.0), 4)
    if isinstance(found, str) and re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?s", found):
        return round(float(found[:-1]), 4)
    return None
