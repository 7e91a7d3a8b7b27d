"""Convert messages of all known vendors to segments; unknown messages are counted, and nothing is raised."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

from ..formats.fields import record_at, records
from ..turns import LiveSegment
from .assemblyai import AssemblyAI
from .clocks import CallClock
from .deepgram import Deepgram
from .fields import Message, digest
from .fireflies import Fireflies
from .livekit import LiveKit
from .own import Own
from .recall import Recall
from .vexa import Vexa
from .zoom import Zoom

__all__ = ["Messages", "Numbering", "Parser", "decode"]


class Parser(Protocol):
    """Reads the messages of one vendor; it keeps only the state that the messages themselves leave out."""

    def fits(self, message: Message) -> bool:
        """Recognise a message of this vendor."""

    def read(self, message: Message) -> Iterable[LiveSegment]:
        """Return the segments in a fitting message in their current form; the id is '' if the message has none."""


class Numbering:
    """Gives an id to segments that have none: the stream's name, or a digest of its first segment, and a number.

    The number is a digest of all segments so far. A stream that is read again therefore gives the same ids, and another one that begins
    with the same words gives different ids from where it differs.
    """

    def __init__(self, stream: str = "") -> None:
        """Begin with the first segment of a stream, which may have a name."""
        self._stream = self._chain = stream

    def number(self, segment: LiveSegment) -> LiveSegment:
        """Return a segment with an id."""
        if segment.id:
            return segment
        self._chain = digest(self._chain, segment.speaker, segment.start, segment.text)
        self._stream = self._stream or self._chain
        # Ids that end in digits are taken for places in one stream, which never repeats a segment under another id.
        return segment.model_copy(update={"id": f"{self._stream}-{int(self._chain, 16)}"})


class Messages:
    """Reads a stream of JSON messages. `unread` counts those that no parser knows."""

    def __init__(self, began: float | None = None) -> None:
        """Start a stream of a call that began at `began`, in seconds since 1970, else at the first date in the stream."""
        clock = CallClock(began)
        # The most specific come first; this program's own segments have few distinctive fields.
        self._vendors: tuple[Parser, ...] = (Vexa(clock), Recall(), Deepgram(), AssemblyAI(), Zoom(clock), LiveKit(), Fireflies())
        self._own = Own()
        self._numbering = Numbering()
        self.unread = 0

    def read(self, data: str | bytes) -> Iterator[LiveSegment]:
        """Yield the segments in a message, in a list of messages, or in a recording of them."""
        value = decode(data)
        for message in value if isinstance(value, list) else [value]:
            yield from self._read(message)

    def _read(self, message: object) -> Iterator[LiveSegment]:
        parser = self._parser(message, (*self._vendors, self._own))
        if parser is not None and isinstance(message, dict):
            yield from map(self._numbering.number, parser.read(message))
        elif recorded := [one for one in _inside(message) if self._parser(one, self._vendors)]:
            for one in recorded:
                yield from self._read(one)
        else:
            self.unread += 1

    def _parser(self, message: object, among: Iterable[Parser]) -> Parser | None:
        return next((one for one in among if one.fits(message)), None) if isinstance(message, dict) else None


def _inside(recording: object) -> Iterator[Message]:
    """Yield what may be messages in a recording: the objects of its lists, or what each has as its `data`."""
    rows = chain.from_iterable(records(recording, key) for key in recording) if isinstance(recording, dict) else ()
    yield from (record_at(row, "data") or row for row in rows)


def decode(data: str | bytes) -> object:
    """Return the value of JSON text, None if it is not JSON."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None
