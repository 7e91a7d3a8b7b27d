"""Deepgram's transcription response. Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..turns import Segment
from .export import Export
from .fields import at, first_record, in_channel, records, seconds, speaker, string
from .words import Word, join_words

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise channels of results."""
    return bool(records(export.value, "results", "channels"))


def read(export: Export) -> Iterator[Segment]:
    """Yield utterances, or the paragraphs of each channel, or its words; speakers of words override that of the utterance."""
    results = at(export.value, "results")
    utterances = records(results, "utterances")
    if utterances:
        return _read_utterances(utterances)
    channels = records(results, "channels")
    return (segment for number, channel in enumerate(channels) for segment in _read_channel(channel, number, len(channels)))


def _read_utterances(rows: list[dict[str, Any]]) -> Iterator[Segment]:
    many = len({string(row, "channel") for row in rows}) > 1
    for row in rows:
        words = records(row, "words")
        channel = f"Channel {string(row, 'channel')}" if many else None
        if any("speaker" in word for word in words):
            yield from join_words(_word(word, channel) for word in words)
        else:
            name = in_channel(channel, speaker(row, "speaker"))
            yield Segment(string(row, "transcript"), name, seconds(row, "start"), seconds(row, "end"))


def _read_channel(channel: dict[str, Any], number: int, of: int) -> Iterator[Segment]:
    best = first_record(channel, "alternatives")
    name = f"Channel {number}" if of > 1 else None
    paragraphs = records(best, "paragraphs", "paragraphs")
    words = records(best, "words")
    for paragraph in paragraphs:
        for sentence in records(paragraph, "sentences"):
            label = in_channel(name, speaker(paragraph, "speaker"))
            yield Segment(string(sentence, "text"), label, seconds(sentence, "start"), seconds(sentence, "end"))
    if words and not paragraphs:
        yield from join_words(_word(word, name) for word in words)
    if not words and not paragraphs:
        yield Segment(string(best, "transcript"), name)


def _word(row: dict[str, Any], channel: str | None) -> Word:
    return Word(
        string(row, "punctuated_word", "word"), in_channel(channel, speaker(row, "speaker")), seconds(row, "start"), seconds(row, "end")
    )
