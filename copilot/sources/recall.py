"""Recall.ai's real-time events. Times are seconds from the start of the recording.

Nothing in an event identifies an utterance, so its id is made of its participant and its first word's time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from ..formats.fields import record_at, records, relative, string
from ..turns import LiveSegment
from .fields import Message, digest, name, segment

__all__ = ["Recall"]

_NAMELESS = 50  # most reports of a participant that are kept until the name is known


class Recall:
    """Reads Recall.ai's events.

    A participant's name may be missing at first. Once it is known, what was said before is reported again under the same ids.
    """

    def __init__(self) -> None:
        """Start without names."""
        self._names: dict[str, str] = {}
        self._nameless: dict[str, deque[LiveSegment]] = {}

    def fits(self, message: Message) -> bool:
        """Recognise a transcript, and the other events of a recording."""
        return string(message, "event").startswith(("transcript.", "participant_events.", "bot.", "recording."))

    def read(self, message: Message) -> Iterator[LiveSegment]:
        """Yield the speech in an event, if any, after repeating what a newly named participant said."""
        data = record_at(message, "data", "data")
        person = record_at(data, "participant")
        yield from self._learn(person)
        kind, words = string(message, "event"), records(data, "words")
        text = " ".join(filter(None, (string(word, "text") for word in words)))
        if text and kind in {"transcript.data", "transcript.partial_data"}:
            start, end = relative(words[0], "start_timestamp"), relative(words[-1], "end_timestamp")
            place = digest(text) if start is None else f"{start:.3f}"
            recording = string(record_at(message, "data", "recording"), "id")
            key = ":".join(filter(None, (recording, string(person, "id"), place)))
            yield self._told(person, segment(key, text, self._speaker(person), start, end, final=kind == "transcript.data"))

    def _learn(self, person: Message) -> Iterator[LiveSegment]:
        """Remember a participant's name, and yield again what was reported without it."""
        number, called = string(person, "id"), name(person, "name")
        if called and number:
            self._names[number] = called
            for nameless in self._nameless.pop(number, ()):
                yield nameless.model_copy(update={"speaker": called})

    def _speaker(self, person: Message) -> str | None:
        number = string(person, "id")
        return self._names.get(number) or name(person, "name") or (f"Participant {number}" if number else None)

    def _told(self, person: Message, told: LiveSegment) -> LiveSegment:
        number = string(person, "id")
        if number and number not in self._names:
            self._nameless.setdefault(number, deque(maxlen=_NAMELESS)).append(told)
        return told
