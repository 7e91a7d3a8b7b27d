"""AssemblyAI's transcript. Times of words and utterances are milliseconds."""

from __future__ import annotations

from collections.abc import Iterator

from ..turns import Segment
from .export import Export
from .fields import at, first_record, objects, records, seconds, speaker, string
from .words import Word, join_words

__all__ = ["fits", "read"]

_PER_SECOND = 1000.0  # milliseconds


def fits(export: Export) -> bool:
    """Recognise words with the model's name or the audio's duration, or utterances alone if their words have integer times."""
    keys = {"audio_duration", "acoustic_model", "speech_model", "audio_url", "utterances"}
    if isinstance(at(export.value, "words"), list) and len(keys & set(export.value)) > 1:
        return True
    first = next(iter(objects(export.value, "utterances")), {})
    word = first_record(first, "words")
    return {"speaker", "text", "confidence"} <= set(first) and "text" in word and isinstance(word.get("start"), int)


def read(export: Export) -> Iterator[Segment]:
    """Yield utterances; without speaker labels there are none, and the words are joined."""
    utterances = objects(export.value, "utterances")
    for row in utterances:
        yield Segment(string(row, "text"), speaker(row, "speaker"), seconds(row, "start", _PER_SECOND), seconds(row, "end", _PER_SECOND))
    if not utterances:
        yield from join_words(
            Word(string(row, "text"), speaker(row, "speaker"), seconds(row, "start", _PER_SECOND), seconds(row, "end", _PER_SECOND))
            for row in records(export.value, "words")
        )
