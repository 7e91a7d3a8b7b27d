"""Gong's call transcripts, best with the call's parties in the same file. Times are milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import TranscriptError
from ..turns import Role, Segment
from .export import Export
from .fields import at, first_record, objects, records, seconds, speaker, string

__all__ = ["fits", "read"]

_ROLES: dict[str, Role] = {"external": "customer"}


def _calls(export: Export) -> list[dict[str, Any]]:
    return records(export.value, "callTranscripts") or objects(export.value)


def fits(export: Export) -> bool:
    """Recognise monologues with a speaker's id and sentences."""
    return any("speakerId" in first_record(call, "transcript") for call in _calls(export)[:1])


def read(export: Export) -> Iterator[Segment]:
    """Yield the sentences of a call. Raises TranscriptError if there are several.

    Names come from the `parties` of the call if they were added to the transcript; an external party is a customer.
    """
    calls = _calls(export)
    ids = list(dict.fromkeys(string(call, "callId") for call in calls))
    if len(ids) > 1:
        raise TranscriptError(f"{len(ids)} calls in one file ({', '.join(ids[:3])}{', …' * (len(ids) > 3)}); save each separately")
    for call in calls:
        yield from _read_call(export, call)


def _read_call(export: Export, call: dict[str, Any]) -> Iterator[Segment]:
    parties = {string(party, "speakerId", "id"): party for party in _parties(export, call)}
    for row in records(call, "transcript"):
        party = parties.get(string(row, "speakerId"), {})
        name = string(party, "name", "emailAddress") or speaker(row, "speakerId")
        role = _ROLES.get(string(party, "affiliation").casefold())
        for sentence in records(row, "sentences"):
            yield Segment(string(sentence, "text"), name, seconds(sentence, "start", 1000.0), seconds(sentence, "end", 1000.0), role)


def _parties(export: Export, call: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the people of a call from wherever they are: next to the call, in it, or in the list of calls."""
    known = records(call, "parties") or records(export.value, "parties")
    wanted = string(call, "callId")
    for row in [] if known else records(export.value, "calls"):
        if string(at(row, "metaData") or row, "id") == wanted or not wanted:
            return records(row, "parties")
    return known
