"""Read fields of parsed JSON safely: a value of an unexpected shape counts as missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ..turns import verbatim

__all__ = ["at", "first_record", "in_channel", "objects", "record_at", "records", "relative", "seconds", "speaker", "string"]


def at(value: Any, *path: str) -> Any:
    """Return the value at a path of keys, or None."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def record_at(value: Any, *path: str) -> dict[str, Any]:
    """Return the object at a path of keys, or an empty one."""
    found = at(value, *path)
    return found if isinstance(found, dict) else {}


def records(value: Any, *path: str) -> list[dict[str, Any]]:
    """Return the objects in the list at a path of keys, without anything else in it."""
    found = at(value, *path)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def objects(value: Any, *paths: str) -> list[dict[str, Any]]:
    """Return the objects of a list, or of the list at the first of the dotted paths that has one."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]
    return next((rows for path in paths if (rows := records(value, *path.split(".")))), [])


def first_record(value: Any, *path: str) -> dict[str, Any]:
    """Return the first object in the list at a path of keys, or an empty one."""
    found = records(value, *path)
    return found[0] if found else {}


def string(record: Mapping[str, Any], *keys: str) -> str:
    """Return the first field with text or a whole number, as text on one line; '' if there is none."""
    for key in keys:
        found = record.get(key)
        if isinstance(found, str) and found.strip():
            return " ".join(verbatim(found).split())
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found) if abs(found) < 10**40 else ""
    return ""


def seconds(record: Mapping[str, Any], key: str, per_second: float = 1.0) -> float | None:
    """Return the time in a field, as a number or as text, in seconds; None if there is none."""
    found = record.get(key)
    if isinstance(found, bool) or not isinstance(found, (int, float, str)):
        return None
    try:
        time = float(found) / per_second
    except (ValueError, OverflowError):
        return None
    return round(time, 4) if math.isfinite(time) else None


def relative(record: Mapping[str, Any], key: str) -> float | None:
    """Return the time in a field as seconds from the start, where Recall.ai gives it alone or beside the time of day."""
    found = record.get(key)
    return seconds(found, "relative") if isinstance(found, dict) else seconds(record, key)


def speaker(record: Mapping[str, Any], *keys: str) -> str | None:
    """Return the speaker in the first field that names one; a bare number or letter becomes `Speaker 1`."""
    found = string(record, *keys)
    return f"Speaker {found}" if found.isdigit() or len(found) == 1 else found or None


def in_channel(channel: str | None, name: str | None) -> str | None:
    """Return the label of a speaker in one of several channels, which number their speakers separately; None without both."""
    return " ".join(filter(None, (channel, name))) or None
