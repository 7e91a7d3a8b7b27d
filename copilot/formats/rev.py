"""Rev's JSON (and Temi's). Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import records, seconds, speaker, string

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
        held: list[dict[str, Any]] = []
        for element in records(row, "elements"):
            held.append(element)
            if string(element, "value").endswith(_ENDS) and element.get("type") == "punct":
                yield _segment(held, name)
                held = []
        yield _segment(held, name)


def _segment(elements: list[dict[str, Any]], name: str | None) -> Segment:
    text = "".join(value for element in elements if isinstance(value := element.get("value"), str))
    starts = [time for element in elements if (time := seconds(element, "ts")) is not None]
    ends = [time for element in elements if (time := seconds(element, "end_ts")) is not None]
    return Segment(" ".join(text.split()), name, starts[0] if starts else None, ends[-1] if ends else None)
