"""LiveKit's transcriptions, as events with a list of segments or as text streams with attributes.

The unit of their times is undocumented, so times are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..formats.fields import record_at, records, string
from ..turns import LiveSegment
from .fields import Message, name, segment, truth

__all__ = ["LiveKit"]

_FINAL, _SEGMENT, _TRACK = "lk.transcription_final", "lk.segment_id", "lk.transcribed_track_id"
_HOLDERS = ("participant", "participantInfo", "participant_info")
_NAMES = (
    "speaker_name",
    "transcribed_participant_identity",
    "transcribedParticipantIdentity",
    "participant_identity",
    "participantIdentity",
)


class LiveKit:
    """Reads LiveKit's transcription events."""

    def fits(self, message: Message) -> bool:
        """Recognise a text stream by its attributes, segments by their `final`."""
        return _key(message) != "" or any("final" in row and "id" in row for row in records(message, "segments"))

    def read(self, message: Message) -> Iterator[LiveSegment]:
        """Yield the segments of an event."""
        if key := _key(message):
            final = _attributes(message).get(_FINAL, True)
            yield segment(key, string(message, "text"), _speaker(message), final=truth(final))
            return
        for row in records(message, "segments"):
            if key := string(row, "id"):
                yield segment(key, string(row, "text"), _speaker(message), final=truth(row.get("final")))


def _attributes(message: Message) -> Message:
    return record_at(message, "attributes") or record_at(message, "streamInfo", "attributes")


def _key(message: Message) -> str:
    """Return the id of a text stream's segment; '' if this is not such a stream."""
    attributes = _attributes(message)
    if not any(key in attributes for key in (_FINAL, _SEGMENT, _TRACK)):
        return ""
    return string(attributes, _SEGMENT) or string(message, "id") or string(record_at(message, "streamInfo"), "id")


def _speaker(message: Message) -> str | None:
    """Return the name of the participant who speaks, else the identity."""
    known = (name(record_at(message, key), "name", "identity") for key in _HOLDERS)
    return next((who for who in known if who), None) or name(message, *_NAMES) or name(_attributes(message), *_NAMES)
