"""Google Speech-to-Text, version 1 (`startTime`, `speakerTag`) and 2 (`startOffset`, `speakerLabel`). Times are seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import first_record, records, seconds, speaker, string
from .words import Word, join_words

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise results with alternatives."""
    return "transcript" in first_record(first_record(export.value, "results"), "alternatives")


def read(export: Export) -> Iterator[Segment]:
    """Yield the words; where the last result repeats them all with their speakers, that one alone."""
    results = [first_record(row, "alternatives") for row in records(export.value, "results")]
    words = [records(best, "words") for best in results]
    if words and len(words) > 1 and any("speakerTag" in word for word in words[-1]) and not any("speakerTag" in w for w in words[0]):
        results, words = results[-1:], words[-1:]
    for best, spoken in zip(results, words, strict=True):
        if spoken:
            yield from join_words(_word(word) for word in spoken)
        else:
            yield Segment(string(best, "transcript"))


def _word(row: dict[str, Any]) -> Word:
    # Tag 0 means that no speaker was told apart.
    name = None if row.get("speakerTag") == 0 else speaker(row, "speakerTag", "speakerLabel")
    return Word(string(row, "word"), name, _time(row, "startTime", "startOffset"), _time(row, "endTime", "endOffset"))


def _time(row: dict[str, Any], *keys: str) -> float | None:
    """Return a duration in seconds: `{"seconds": "1", "nanos": 300000000}`, in which a zero is left out, or `"1.300s"`."""
    found = next((row[key] for key in keys if key in row), None)
    if isinstance(found, dict):
        return round((seconds(found, "seconds") or 0.0) + (seconds(found, "nanos", 1e9) or 0.0), 4)
    if isinstance(found, str) and re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?s", found):
        return round(float(found[:-1]), 4)
    return None
