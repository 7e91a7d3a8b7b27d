"""Read what vendors' messages have in common: names, booleans and times; and make ids for what has none."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ..formats.fields import seconds, string
from ..turns import LiveSegment

__all__ = ["Message", "digest", "moment", "name", "segment", "truth"]

Message = Mapping[str, Any]
"""A message of a provider, parsed from JSON."""

_NOBODY = {"none", "null", "undefined"}
_MILLISECONDS = 3


def name(record: Message, *keys: str) -> str | None:
    """Return the first field that names somebody. Recorders write `None` until they know a name."""
    found = (string(record, key) for key in keys)
    return next((text for text in found if text and text.casefold() not in _NOBODY), None)


def truth(value: object) -> bool:
    """Return a boolean given as a boolean, a number, or either as text."""
    return value.strip().casefold() in {"true", "1", "yes"} if isinstance(value, str) else bool(value)


def moment(record: Message, *keys: str) -> float | None:
    """Return the first field with a time: seconds unchanged, an ISO date (UTC without a zone) as seconds since 1970."""
    for key in keys:
        found = seconds(record, key)
        if found is None:
            found = _date(record.get(key))
        if found is not None:
            return found
    return None


def _date(value: object) -> float | None:
    try:
        date = datetime.fromisoformat(value) if isinstance(value, str) else None
        return None if date is None else (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def digest(*parts: object) -> str:
    """Return a hash of the parts in twelve letters, the same in every process."""
    return hashlib.blake2b("\0".join(map(str, parts)).encode("utf-8", "replace"), digest_size=6).hexdigest()


def segment(
    key: str, text: str, speaker: str | None, start: float | None = None, end: float | None = None, *, final: bool = True
) -> LiveSegment:
    """Return a segment with valid times: none before the call, no end before its start, in whole milliseconds."""
    since = _possible(start)
    until = _possible(end)
    return LiveSegment(
        id=key, text=text, speaker=speaker, start=since, end=None if until is None or until < (since or 0.0) else until, final=final
    )


def _possible(time: float | None) -> float | None:
    return None if time is None or not math.isfinite(time) else round(max(time, 0.0), _MILLISECONDS)
