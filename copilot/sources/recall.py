"""Recall.ai's real-time events. Times are seconds from the start of the recording.

Nothing in an event identifies an utterance, so it is called by its participant and its first word's time.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..turns import LiveSegment
from .fields import Message, at, digest, name, records, seconds, segment, string

__all__ = ["Recall"]


class Recall:
    """Reads Recall.ai's events, and remembers the participants' names, which are missing at the start of a call."""

    def __init__(self) -> None:
        """Begin with no names."""
        self._names: dict[str, str] = {}

    def fits(self, message: Message) -> bool:
        """Recognise a transcript, and the other events of a recording."""
        kind = string(message, "event")
        return kind.startswith(("transcript.", "participant_events.", "bot.", "recording."))

    def read(self, message: Message) -> Iterator[LiveSegment]:
        """Yield what was said, where the event says so."""
        data, kind = at(message, "data", "data"), string(message, "event")
        person = at(data, "participant")
        who = self._who(person) if isinstance(person, dict) else None
        if kind not in {"transcript.data", "transcript.partial_data"}:
            return
        words = records(data, "words")
        text = " ".join(filter(None, (string(word, "text") for word in words)))
        if text:
            start, end = _time(words[0], "start_timestamp"), _time(words[-1], "end_timestamp")
            place = digest(text) if start is None else f"{start:.3f}"
            call = string(at(message, "data", "recording") or {}, "id") if isinstance(at(message, "data", "recording"), dict) else ""
            key = ":".join(filter(None, (call, string(person, "id") if isinstance(person, dict) else "", place)))
            yield segment(key, text, who, start, end, final=kind == "transcript.data")

    def _who(self, person: Message) -> str | None:
        number, called = string(person, "id"), name(person, "name")
        if called and number:
            self._names[number] = called
        return called or self._names.get(number) or (f"Participant {number}" if number else None)


def _time(word: Message, key: str) -> float | None:
    found = word.get(key)
    return seconds(found, "relative") if isinstance(found, dict) else seconds(word, key)
