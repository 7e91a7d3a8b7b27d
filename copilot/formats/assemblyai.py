"""AssemblyAI's transcript. Times of words and utterances are milliseconds."""

from __future__ import annotations

from collections.abc import Iterator

from ..turns import Segment
from .export import Export
from .fields import at, first_record, records, seconds, speaker, string
from .words import Word, join_words

__all__ = ["fits", "read"]

_PER_SECOND = 1000.0


def fits(export: Export) -> bool:
    """Recognise the model's name or the audio's duration beside words."""
    keys = {"audio_duration", "acoustic_model", "speech_model", "audio_url", "utterances"}
    return isinstance(at(export.value, "words"), list) and len(keys & set(export.value)) > 1


def read(export: Export) -> Iterator[Segment]:
    """Yield utterances; where speakers were not asked for there are none, and the words are joined."""
    for row in records(export.value, "utterances"):
        yield Segment(string(row, "text"), speaker(row, "speaker"), seconds(row, "start", _PER_SECOND), seconds(row, "end", _PER_SECOND))
    if not first_record(export.value, "utterances"):
        yield from join_words(
            Word(string(row, "text"), speaker(row, "speaker"), seconds(row, "start", _PER_SECOND), seconds(row, "end", _PER_SECOND))
            for row in records(export.value, "words")
        )
