"""IBM Watson Speech to Text. Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import first_record, objects, records, seconds, speaker
from .words import Word, join_words

__all__ = ["fits", "read"]

_HESITATION = "%HESITATION"


def fits(export: Export) -> bool:
    """Recognise results whose words are lists of the word, its start and its end."""
    first = next((row for answer in _answers(export) for row in records(answer, "results")), {})
    return isinstance(first_record(first, "alternatives").get("timestamps"), list)


def read(export: Export) -> Iterator[Segment]:
    """Yield the words of each final result. Speakers have numbers, in a list of their own, by the start of each word."""
    for answer in _answers(export):
        names = {seconds(row, "from"): speaker(row, "speaker") for row in records(answer, "speaker_labels")}
        for result in records(answer, "results"):
            if result.get("final") is not False:
                yield from join_words(_words(first_record(result, "alternatives"), names))


def _answers(export: Export) -> list[dict[str, Any]]:
    """Return what the service answered: once for a file, several times for a stream."""
    return objects([export.value] if isinstance(export.value, dict) else export.value)


def _words(alternative: Mapping[str, Any], names: Mapping[float | None, str | None]) -> Iterator[Word]:
    rows = alternative.get("timestamps")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, list) and len(row) == 3 and isinstance(row[0], str) and row[0] != _HESITATION:
            times = dict(zip(("from", "to"), row[1:], strict=True))
            start = seconds(times, "from")
            yield Word(row[0].strip(), names.get(start), start, seconds(times, "to"))
