"""Turns as this library writes them: JSON Lines, a JSON list, or the findings of an interview. Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast, get_args

from ..errors import TranscriptError
from ..turns import Role, Segment, verbatim
from .export import Export
from .fields import records, seconds, string

__all__ = ["fits", "read"]


def _rows(export: Export) -> list[dict[str, Any]]:
    value = export.value
    if isinstance(value, dict) and "speaker" in value:
        return [value]
    return records(value, "turns") if isinstance(value, dict) else records({"rows": value}, "rows")


def fits(export: Export) -> bool:
    """Recognise turns by `speaker` and `text`; without `turn` there must be no times, since their unit would be unknown."""
    first = next(iter(_rows(export)), {})
    return {"speaker", "text"} <= set(first) and ("turn" in first or "start" not in first) and "participant_id" not in first


def read(export: Export) -> Iterator[Segment]:
    """Yield the turns, their texts unchanged. Raises TranscriptError for an unknown role."""
    for number, row in enumerate(_rows(export), 1):
        role = row.get("role")
        if role is not None and role not in get_args(Role):
            raise TranscriptError(f"turn {number}: the role {role!r} is not one of {', '.join(get_args(Role))}")
        text, name = row.get("text"), string(row, "speaker") or None
        if isinstance(text, str):
            yield Segment(verbatim(text), name, seconds(row, "start"), seconds(row, "end"), cast("Role | None", role))
