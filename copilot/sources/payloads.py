"""What is posted to the panel: one whole payload to segments, or an error that says what is wrong with it."""

from __future__ import annotations

from pydantic import ValidationError

from ..errors import InputError
from ..files import describe
from ..turns import LiveSegment
from .fields import Message, string
from .fireflies import Fireflies
from .messages import Numbering, Parser, decode
from .own import Own
from .recall import Recall

__all__ = ["parse_payload"]

_SHAPES = 'a segment such as {"speaker": "Dana Ruiz", "text": "Six weeks."}, a list of them, or an event of Recall.ai or Fireflies'
_OURS = set(LiveSegment.model_fields)


def parse_payload(data: object) -> tuple[LiveSegment, ...]:
    """Return the segments in the body of a request, given as bytes, text, or parsed JSON; none for an event in which nobody speaks.

    A segment of our own needs only its text: without an id it gets one from its words and its place, so that a request sent twice counts
    once. Raises InputError, one line that says which segment, what is wrong, and what to send.
    """
    value = _value(data)
    if isinstance(value, dict) and (parser := _vendor(value)) is not None:
        return tuple(parser.read(value))
    if isinstance(value, dict) and string(value, "meetingId", "meeting_id") and string(value, "eventType", "event"):
        raise InputError("the payload only says that a transcript is ready; fetch it from Fireflies' GraphQL API and post its sentences")
    rows = value.get("segments", [value]) if isinstance(value, dict) else value
    if not isinstance(rows, list) or not rows:
        raise InputError(f"the payload holds no segments; send {_SHAPES}")
    numbering = Numbering()
    return tuple(numbering.number(_own(row, number)) for number, row in enumerate(rows, 1))


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
    """Return a segment of our own, checked."""
    if not isinstance(row, dict) or not _OURS & set(row):
        raise InputError(f"segment {number}: is none; send {_SHAPES}")
    try:
        checked = LiveSegment.model_validate({"id": "", **row})
    except ValidationError as problem:
        raise InputError(f"segment {number}: {describe(problem, LiveSegment)}") from None
    return next(Own().read(checked.model_dump()))
