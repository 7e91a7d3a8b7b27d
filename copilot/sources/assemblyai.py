"""AssemblyAI's streaming messages, version 3. Times are milliseconds from the start of a session.

A turn is reported repeatedly under its `turn_order`, and once more with punctuation after its end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from ..formats.fields import records, seconds, speaker, string
from ..turns import LiveSegment
from .clocks import FirstConnection
from .fields import Message, segment, truth

__all__ = ["AssemblyAI"]

_PER_SECOND = 1000.0  # milliseconds
_SILENT = {"Begin", "SpeechStarted", "Termination"}


class AssemblyAI:
    """Reads AssemblyAI's messages."""

    def __init__(self) -> None:
        """Start before the first session."""
        self._session = ""
        self._formatted: deque[str] = deque(maxlen=100)
        self._connection = FirstConnection()

    def fits(self, message: Message) -> bool:
        """Recognise a turn, and the session's own messages."""
        return string(message, "type") in _SILENT or (string(message, "type") == "Turn" and string(message, "turn_order") != "")

    def read(self, message: Message) -> Iterator[LiveSegment]:
        """Yield the turn in its current form, except a plain copy that comes after the formatted one."""
        if string(message, "type") == "Begin":
            self._session = string(message, "id")
        if string(message, "type") != "Turn":
            return
        key = f"{self._session}:{string(message, 'turn_order')}"
        formatted = truth(message.get("turn_is_formatted"))
        if formatted and key not in self._formatted:
            self._formatted.append(key)
        if formatted or key not in self._formatted:
            yield self._turn(key, message)

    def _turn(self, key: str, message: Message) -> LiveSegment:
        words, final = records(message, "words"), truth(message.get("end_of_turn"))
        # An unfinished transcript has only the settled words; the others are in the list.
        spoken = "" if final else " ".join(filter(None, (string(word, "text") for word in words)))
        text = spoken or string(message, "transcript")
        holds = bool(words) and self._connection.holds(self._session)
        start = seconds(words[0], "start", _PER_SECOND) if holds else None
        end = seconds(words[-1], "end", _PER_SECOND) if holds else None
        return segment(key, text, speaker(message, "speaker_label", "speaker"), start, end, final=final)
