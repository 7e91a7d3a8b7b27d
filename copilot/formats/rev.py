"""Rev's JSON (and Temi's). Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator

from ..turns import Segment
from .export import Export
from .fields import records, seconds, speaker, string
from .words import Word, joined

__all__ = ["fits", "read"]

_ENDS = (".", "?", "!")


def fits(export: Export) -> bool:
    """Recognise monologues made of elements."""
    return any("elements" in row for row in records(export.value, "monologues")[:1])


def read(export: Export) -> Iterator[Segment]:
    """Yield the sentences of each monologue. White space is an element of its own; punctuation has no time."""
    names = {string(row, "id"): string(row, "name") for row in records(export.value, "speakers")}
    for row in records(export.value, "monologues"):
        name = names.get(string(row, "speaker")) or speaker(row, "speaker")
        held: list[Word] = []
        for element in records(row, "elements"):
            value = element.get("value")
            text = value if isinstance(value, str) else ""
            held.append(Word(text, name, seconds(element, "ts"), seconds(element, "end_ts"), glued=True))
            if text.strip().endswith(_ENDS) and element.get("type") == "punct":
                yield joined(held)
                held = []
        if held:
            yield joined(held)
