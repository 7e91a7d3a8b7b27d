"""Recall.ai's transcripts, downloaded or as recorded events. Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import objects, record_at, records, relative, string
from .words import Word, join_words

__all__ = ["fits", "read"]


def _heard(export: Export) -> list[dict[str, Any]]:
    """Return what each participant said, from a downloaded transcript or from recorded events; partial ones are left out."""
    rows = objects(export.value, "transcript") or ([export.value] if isinstance(export.value, dict) else [])
    told = (row for row in rows if string(row, "event") in {"", "transcript.data"})
    return [record_at(row, "data", "data") if "event" in row else row for row in told]


def fits(export: Export) -> bool:
    """Recognise words with a participant, or Recall's events."""
    rows = objects(export.value, "transcript")[:1] or [export.value]
    return any(
        string(row, "event").startswith("transcript.") or {"participant", "words"} <= set(row) for row in rows if isinstance(row, dict)
    )


def read(export: Export) -> Iterator[Segment]:
    """Yield what each participant said.

    A participant whose name is missing at first gets the name that comes later, or a number. An event that was sent again counts once.
    """
    rows = _heard(export)
    people = [(string(person, "id"), string(person, "name")) for row in rows if (person := record_at(row, "participant"))]
    names = {number: name for number, name in people if name and name != "None"}
    heard: set[tuple[Word, ...]] = set()
    for row in rows:
        number = string(record_at(row, "participant"), "id")
        name = names.get(number) or (f"Participant {number}" if number else None)
        words = tuple(_word(word, name) for word in records(row, "words"))
        if words not in heard or words[0].start is None:
            yield from join_words(words)
        heard.add(words)


def _word(row: dict[str, Any], name: str | None) -> Word:
    return Word(string(row, "text"), name, relative(row, "start_timestamp"), relative(row, "end_timestamp"))
