"""Meeting recorders that give JSON: Fireflies, Gong, Grain, Recall.ai and Teams. Each has its own unit of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..turns import Role, Segment
from .clock import CLOCK
from .clock import seconds as clock_seconds
from .export import Export
from .fields import at, first_record, records, seconds, speaker, string
from .words import Word, join_words

__all__ = [
    "fits_fireflies", "fits_gong", "fits_grain", "fits_recall", "fits_teams_json",
    "read_fireflies", "read_gong", "read_grain", "read_recall", "read_teams_json",
]  # fmt: skip

_ROLES: dict[str, Role] = {"external": "customer"}


def _rows(value: Any, *paths: str) -> list[dict[str, Any]]:
    """Return the objects of a list, or of the list at the first of the dotted paths that holds one."""
    if isinstance(value, list):
        return records({"rows": value}, "rows")
    return next((rows for path in paths if (rows := records(value, *path.split(".")))), [])


def _sentences(export: Export) -> list[dict[str, Any]]:
    return _rows(export.value, "sentences", "transcript.sentences", "data.transcript.sentences")


def fits_fireflies(export: Export) -> bool:
    """Recognise Fireflies' sentences."""
    first = next(iter(_sentences(export)), {})
    return "speaker_name" in first and ("raw_text" in first or "text" in first)


def read_fireflies(export: Export) -> Iterator[Segment]:
    """Yield the sentences; times are seconds, as text or numbers."""
    for row in _sentences(export):
        text = string(row, "text", "raw_text")
        yield Segment(text, speaker(row, "speaker_name", "speaker_id"), seconds(row, "start_time"), seconds(row, "end_time"))


def _calls(export: Export) -> list[dict[str, Any]]:
    return records(export.value, "callTranscripts") or _rows(export.value)


def fits_gong(export: Export) -> bool:
    """Recognise monologues with a speaker's id and sentences."""
    return any("speakerId" in first_record(call, "transcript") for call in _calls(export)[:1])


def read_gong(export: Export) -> Iterator[Segment]:
    """Yield the sentences of the first call; times are milliseconds.

    Names come from the `parties` of the call where they were joined to the transcript; an external party is a customer.
    """
    call = _calls(export)[0] if _calls(export) else {}
    parties = {string(party, "speakerId", "id"): party for party in _parties(export, call)}
    for row in records(call, "transcript"):
        party = parties.get(string(row, "speakerId"), {})
        name = string(party, "name", "emailAddress") or speaker(row, "speakerId")
        role = _ROLES.get(string(party, "affiliation").casefold())
        for sentence in records(row, "sentences"):
            yield Segment(string(sentence, "text"), name, seconds(sentence, "start", 1000.0), seconds(sentence, "end", 1000.0), role)


def _parties(export: Export, call: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the people of a call from where they were put: beside the call, in it, or in the list of calls."""
    known = records(call, "parties") or records(export.value, "parties")
    wanted = string(call, "callId")
    for row in [] if known else records(export.value, "calls"):
        if string(at(row, "metaData") or row, "id") == wanted or not wanted:
            return records(row, "parties")
    return known


def _grain_rows(export: Export) -> list[dict[str, Any]]:
    return _rows(export.value, "transcript", "segments", "transcript_json")


def fits_grain(export: Export) -> bool:
    """Recognise segments with a participant's id."""
    return any("participant_id" in row and "text" in row for row in _grain_rows(export)[:1])


def read_grain(export: Export) -> Iterator[Segment]:
    """Yield the segments; times are milliseconds."""
    for row in _grain_rows(export):
        yield Segment(
            string(row, "text"), speaker(row, "speaker", "participant_id"), seconds(row, "start", 1000.0), seconds(row, "end", 1000.0)
        )


def _recall_rows(export: Export) -> list[dict[str, Any]]:
    """Return what each participant said, from a downloaded transcript or from recorded events; partial ones are left out."""
    rows = _rows(export.value, "transcript") or ([export.value] if isinstance(export.value, dict) else [])
    heard = [row if "event" not in row else at(row, "data", "data") for row in rows if string(row, "event") in {"", "transcript.data"}]
    return [row for row in heard if isinstance(row, dict)]


def fits_recall(export: Export) -> bool:
    """Recognise words beside a participant, or Recall's events."""
    rows = _rows(export.value, "transcript")[:1] or [export.value]
    return any(
        string(row, "event").startswith("transcript.") or {"participant", "words"} <= set(row) for row in rows if isinstance(row, dict)
    )


def read_recall(export: Export) -> Iterator[Segment]:
    """Yield what each participant said; times are seconds from the start of the recording.

    A participant whose name is missing at first has the name that comes later, or a number.
    """
    rows = _recall_rows(export)
    people = [(string(person, "id"), string(person, "name")) for row in rows if isinstance(person := row.get("participant"), dict)]
    names = {number: name for number, name in people if name and name != "None"}
    for row in rows:
        number = string(row.get("participant") or {}, "id") if isinstance(row.get("participant"), dict) else ""
        name = names.get(number) or (f"Participant {number}" if number else None)
        yield from join_words(
            Word(string(word, "text"), name, _relative(word, "start_timestamp"), _relative(word, "end_timestamp"))
            for word in records(row, "words")
        )


def _relative(word: dict[str, Any], key: str) -> float | None:
    found = word.get(key)
    return seconds(found, "relative") if isinstance(found, dict) else seconds(word, key)


def fits_teams_json(export: Export) -> bool:
    """Recognise the entries of a Teams or Stream transcript."""
    return any("startOffset" in row and "text" in row for row in records(export.value, "entries")[:1])


def read_teams_json(export: Export) -> Iterator[Segment]:
    """Yield the entries; times are clock times from the start of the recording."""
    for row in records(export.value, "entries"):
        yield Segment(
            string(row, "text"), speaker(row, "speakerDisplayName", "speakerId"), _clock(row, "startOffset"), _clock(row, "endOffset")
        )


def _clock(row: dict[str, Any], key: str) -> float | None:
    found = string(row, key)
    return clock_seconds(found) if re.fullmatch(CLOCK, found) else None
