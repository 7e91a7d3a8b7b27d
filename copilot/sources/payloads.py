"""Convert what is posted to the panel to segments, or raise an error that says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from secrets import token_hex

from pydantic import ValidationError

from ..errors import InputError
from ..files import describe
from ..formats.fields import string
from ..turns import LiveSegment
from .fields import Message
from .fireflies import Fireflies
from .messages import Numbering, Parser, decode
from .own import Own
from .recall import Recall

__all__ = ["Payloads"]

_SHAPES = 'a segment such as {"speaker": "Dana Ruiz", "text": "Six weeks."}, a list of them, or an event of Recall.ai or Fireflies'
_OURS = set(LiveSegment.model_fields)


class Payloads:
    """Reads the bodies of requests, one after another. A repeated request, such as a retry, gives the same segments again."""

    def __init__(self) -> None:
        """Start without requests."""
        self._numbering = Numbering(token_hex(6))
        self._last: tuple[object, tuple[LiveSegment, ...]] = (None, ())

    def read(self, data: object) -> tuple[LiveSegment, ...]:
        """Return the segments in a body, given as bytes, text, or parsed JSON; none for an event in which nobody speaks.

        This program's own segments need only a text; without an id they get one from their position among all posted ones. Raises
        InputError with one line that says which segment is wrong, why, and what to send.
        """
        value = _value(data)
        if self._last[0] is None or self._last[0] != value:
            self._last = value, tuple(map(self._numbering.number, _segments(value)))
        return self._last[1]


def _segments(value: object) -> Iterator[LiveSegment]:
    """Yield the segments in a body; own ones may have no id. Raises InputError."""
    if isinstance(value, dict) and (parser := _vendor(value)) is not None:
        yield from parser.read(value)
        return
    if isinstance(value, dict) and string(value, "meetingId", "meeting_id") and string(value, "eventType", "event"):
        raise InputError("the payload only says that a transcript is ready; fetch it from Fireflies' GraphQL API and post its sentences")
    rows = value.get("segments", [value]) if isinstance(value, dict) else value
    if not isinstance(rows, list) or not rows:
        raise InputError(f"the payload contains no segments; send {_SHAPES}")
    for number, row in enumerate(rows, 1):
        yield _own(row, number)


def _value(data: object) -> object:
    if not isinstance(data, (bytes, bytearray, str)):
        return data
    value = decode(bytes(data) if isinstance(data, bytearray) else data)
    if value is None:
        raise InputError(f"the payload is not valid JSON; send {_SHAPES}")
    return value


def _vendor(value: Message) -> Parser | None:
    parsers: tuple[Parser, ...] = (Recall(), Fireflies())
    return next((parser for parser in parsers if parser.fits(value)), None)


def _own(row: object, number: int) -> LiveSegment:
    """Return an own segment after validation."""
    if not isinstance(row, dict) or not _OURS & set(row):
        raise InputError(f"segment {number}: is not a segment; send {_SHAPES}")
    try:
        # A relay may count its segments.
        key = string(row, "id") if type(row.get("id")) is int else row.get("id", "")
        checked = LiveSegment.model_validate({**row, "id": key})
    except ValidationError as problem:
        raise InputError(f"segment {number}: {describe(problem, LiveSegment)}") from None
    return next(Own().read(checked.model_dump()))
