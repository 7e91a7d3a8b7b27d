"""Transcript formats: recognise an export by its content and read its speech.

A format is an entry in FORMATS and the module of the same name, which has a Reader's two functions and is imported when it is tried.
Formats are tried in this order, so the more specific ones come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from ..errors import TranscriptError
from ..text import counted
from ..turns import Segment
from .documents import refuse_document, refuse_values
from .export import Export
from .render import render

__all__ = ["FORMATS", "Export", "Format", "Reader", "Speech", "describe", "names", "read", "render"]


class Reader(Protocol):
    """The interface of a format's module."""

    def fits(self, export: Export) -> bool:
        """Recognise an export of this format by its content."""

    def read(self, export: Export) -> Iterable[Segment]:
        """Return the speech in it, in order; empty segments are ignored. Raises TranscriptError."""


class Format(NamedTuple):
    """A transcript format: its name and what a user calls it.

    `json` formats are tried on JSON only, the others on everything else, one for which it is None on both.
    `titled` formats can have a title or a list above the first speaker, which is not speech.
    `timed` formats give everything that is said its times, so that where there are none, they could not be read.
    `interleaved` formats list speakers or channels one after the other, so that their segments must be sorted by time.
    `whole` formats hold turns that are complete, as this program writes them.
    `by_day` is the first time, in seconds, from which the times are those of the day: 0 if they always are, None if never.
    `silent` is the notice for a file in which nothing is said, if no better export exists.
    """

    name: str
    title: str
    json: bool | None = False
    titled: bool = False
    timed: bool = False
    interleaved: bool = False
    whole: bool = False
    by_day: float | None = None
    silent: str = ""

    @property
    def reader(self) -> Reader:
        """The module that recognises and reads this format."""
        return cast(Reader, import_module(f".{self.name.replace('-', '_')}", __name__))


class Speech(NamedTuple):
    """What was read: the format, the segments with words in order, and notices for the user."""

    form: Format
    segments: list[Segment]
    notices: tuple[str, ...] = ()


_DAY = 24 * 3600.0
_DAWN = _DAY / 4  # a recording is never so long before its first word

FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("journal", "the journal of a live call", json=None, silent="nothing was heard in this call, so there is nothing to go by"),
        Format("jsonl", "turns as JSON Lines or JSON, as this program writes them", json=True, whole=True),
        Format("teams-json", "Microsoft Teams or Stream JSON", json=True, interleaved=True),
        Format("deepgram", "Deepgram JSON", json=True, interleaved=True),
        Format("assemblyai", "AssemblyAI JSON", json=True),
        Format("aws", "AWS Transcribe JSON", json=True, interleaved=True),
        Format("aws-calls", "AWS Call Analytics JSON", json=True, interleaved=True),
        Format("watson", "IBM Watson Speech to Text JSON", json=True),
        Format("google", "Google Speech-to-Text JSON", json=True, interleaved=True),
        Format("azure", "Azure Speech JSON, batch or fast", json=True, interleaved=True),
        Format("fireflies", "Fireflies JSON", json=True),
        Format("gong", "Gong JSON, with the call's parties if they are in it", json=True, interleaved=True),
        Format("grain", "Grain JSON", json=True),
        Format("recall", "Recall.ai JSON", json=True, interleaved=True),
        Format("rev", "Rev or Temi JSON", json=True),
        Format("podcast", "podcast-namespace JSON", json=True),
        Format("whisper", "Whisper, faster-whisper, whisper-timestamped or WhisperX JSON", json=True),
        Format("teams-docx", "Microsoft Teams .docx", titled=True),
        Format("webvtt", "WebVTT: Zoom, Teams, YouTube, podcasts", timed=True),
        Format("srt", "SubRip (.srt)", timed=True),
        Format("sbv", "YouTube SBV", timed=True),
        Format("zoom-captions", "Zoom saved captions or chat", titled=True, by_day=0.0),
        Format("meet", "Google Meet document: Markdown, text or .docx", titled=True),
        Format("otter", "Otter text", titled=True),
        Format("markdown", "Markdown with **Name:** before what is said", titled=True),
        Format("plain", "text with Name: before what is said, with or without times", titled=True, by_day=_DAWN),
    )
}
"""The formats by name, in the order in which a file is tried."""


def names() -> tuple[str, ...]:
    """Return the formats' names, in the order in which they are tried."""
    return tuple(FORMATS)


def describe() -> Mapping[str, str]:
    """Return what each format is, by its name."""
    return {name: form.title for name, form in FORMATS.items()}


def _sniff(export: Export) -> Format:
    """Return the format of an export. Raises TranscriptError, which says what was found."""
    if not export.is_json:
        refuse_document(export.head)
    if form := _recognised(export):
        return form
    if export.is_json:
        refuse_values(export.value)
    raise TranscriptError(
        f'no known transcript format: {export.describe()}; a line such as "Dana Ruiz: How did it start?" for each turn always works',
        hint="`copilot formats` lists what is read" + (", and `copilot live --stdin` reads a service's messages" if export.is_json else ""),
    )


def _recognised(export: Export) -> Format | None:
    """Return the first format that fits an export, None if none does."""
    return next((form for form in FORMATS.values() if form.json in {None, export.is_json} and form.reader.fits(export)), None)


def read(export: Export, name: str | None = None) -> Speech:
    """Return the speech in an export, read as the format that it has, or as the one named. Raises TranscriptError."""
    if name is not None and name not in FORMATS:
        raise TranscriptError.among("format", name, FORMATS)
    form = FORMATS[name] if name else _sniff(export)
    found = [segment for segment in form.reader.read(export) if segment.text and not segment.text.isspace()]
    segments = [segment for segment in found if not segment.private]
    if found and not segments:
        raise TranscriptError("it holds only private messages, which are left out; export the transcript or the chat with everyone")
    notices = tuple(_tell_private(len(found) - len(segments)))
    if not segments:
        likely = _recognised(export) if name else None
        if likely and likely is not form:
            raise TranscriptError(f"nothing in it is {form.title}; it looks like {likely.name} ({likely.title}): leave out the format")
        nothing = f"nothing is said in it: read as {form.name} ({form.title}), found {export.describe()}; export the transcript again"
        raise TranscriptError(form.silent or nothing)
    if form.by_day is not None and next((s.start for s in segments if s.start is not None), -1.0) >= form.by_day:
        return Speech(form, list(_from_first(segments)), (*notices, "times of day in the file are counted from its first one"))
    return Speech(form, list(_by_time(segments)) if form.interleaved else segments, notices)


def _tell_private(count: int) -> Iterator[str]:
    if count:
        yield f"left out, as not written to everyone: {counted(count, 'private message')}"


def _from_first(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield segments whose times of day count from the first one, also past midnight."""
    first = before = None
    for segment in segments:
        if segment.start is not None:
            first = segment.start if first is None else first
            days = 0.0 if before is None else max(0.0, (before - segment.start + _DAY / 2) // _DAY)
            before = segment.start + days * _DAY
            late = days * _DAY - first
            segment = segment._replace(start=before - first, end=None if segment.end is None else segment.end + late)
        yield segment


def _by_time(segments: list[Segment]) -> Iterator[Segment]:
    """Yield segments in order of their starts; one without a time stays after the one before it."""
    starts: list[float] = []
    for segment in segments:
        starts.append(segment.start if segment.start is not None else starts[-1] if starts else 0.0)
    return (segments[n] for n in sorted(range(len(segments)), key=starts.__getitem__))
