"""Deepgram's streaming results. Times are seconds from the start of a connection to Deepgram.

`is_final` settles a stretch of audio; `speech_final` and UtteranceEnd only report pauses.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..formats.fields import first_record, in_channel, record_at, records, seconds, speaker, string
from ..turns import LiveSegment
from .clocks import FirstConnection
from .fields import Message, segment, truth

__all__ = ["Deepgram"]

_SILENT = {"UtteranceEnd", "SpeechStarted", "Metadata"}
_OPEN = 200  # most unsettled stretches that are remembered


class Deepgram:
    """Reads Deepgram's messages. A stretch of audio with several speakers becomes one segment for each."""

    def __init__(self) -> None:
        """Start without open stretches."""
        self._parts: dict[str, int] = {}
        self._connection = FirstConnection()

    def fits(self, message: Message) -> bool:
        """Recognise results, and messages about pauses."""
        return string(message, "type") in _SILENT or (string(message, "type") == "Results" and isinstance(message.get("channel"), dict))

    def read(self, message: Message) -> Iterator[LiveSegment]:
        """Yield the segments of a stretch, and withdraw those that it no longer has."""
        start = seconds(message, "start")
        if string(message, "type") != "Results" or start is None:
            return
        request, channel = _origin(message)
        key, final, holds = f"{request}:{channel}:{start:.3f}", truth(message.get("is_final")), self._connection.holds(request)
        parts = list(_parts(message, start))
        for number, (who, text, since, until) in enumerate(parts):
            yield segment(_part(key, number), text, who, since if holds else None, until if holds else None, final=final)
        for number in range(len(parts), self._parts.get(key, 0)):
            yield segment(_part(key, number), "", None)
        self._remember(key, len(parts))

    def _remember(self, key: str, count: int) -> None:
        self._parts[key] = max(count, self._parts.get(key, 0))
        if len(self._parts) > _OPEN:
            del self._parts[next(iter(self._parts))]


def _part(key: str, number: int) -> str:
    return f"{key}/{number}" if number else key


def _origin(message: Message) -> tuple[str, str]:
    """Return the ids of the connection and of the channel."""
    request, index = string(record_at(message, "metadata"), "request_id"), message.get("channel_index")
    return request, str(index[0]) if isinstance(index, list) and index and isinstance(index[0], int) else "0"


def _parts(message: Message, start: float) -> Iterator[tuple[str | None, str, float | None, float | None]]:
    """Yield speaker, text, start and end of each person's words in a stretch."""
    best = first_record(message["channel"], "alternatives")
    channel = _channel(message)
    words = records(best, "words")
    if any("speaker" in word for word in words):
        for who, group in groupby(words, key=lambda word: in_channel(channel, speaker(word, "speaker"))):
            said = list(group)
            text = " ".join(filter(None, (string(word, "punctuated_word", "word") for word in said)))
            yield who, text, seconds(said[0], "start"), seconds(said[-1], "end")
    elif text := string(best, "transcript"):
        length = seconds(message, "duration")
        yield channel, text, start, None if length is None else start + length


def _channel(message: Message) -> str | None:
    """Return a channel's name if there are several."""
    index = message.get("channel_index")
    many = isinstance(index, list) and len(index) > 1 and isinstance(index[1], int) and index[1] > 1
    return f"Channel {_origin(message)[1]}" if many else None
