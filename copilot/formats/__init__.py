"""Transcript formats: recognise an export by its content and read its speech.

A format is an entry in FORMATS; they are tried in that order, so the more particular ones come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..errors import TranscriptError
from ..turns import Segment
from . import assemblyai, aws, azure, captions, deepgram, google, headed, labelled, own, podcast, recorders, rev, whisper
from .export import Export
from .render import render

__all__ = ["FORMATS", "Export", "Format", "describe", "names", "read", "register", "render", "sniff"]


@dataclass(frozen=True, slots=True)
class Format:
    """A transcript format: its name, what a user calls it, how it is recognised and read.

    `titled` formats can have a title or a list above the first speaker, which nobody says.
    `interleaved` formats list speakers or channels one after the other, so that their segments are put in order of time.
    `note` is what a user should know of every file of this kind.
    """

    name: str
    title: str
    fits: Callable[[Export], bool]
    read: Callable[[Export], Iterable[Segment]]
    titled: bool = False
    interleaved: bool = False
    note: str = ""


FORMATS: dict[str, Format] = {}


def register(*formats: Format) -> None:
    """Add formats; they are tried after those that are there."""
    FORMATS.update((form.name, form) for form in formats)


register(
    Format("jsonl", "turns as JSON Lines or JSON, as this program writes them", own.fits, own.read),
    Format("teams-json", "Microsoft Teams or Stream JSON", recorders.fits_teams_json, recorders.read_teams_json, interleaved=True),
    Format("deepgram", "Deepgram JSON", deepgram.fits, deepgram.read, interleaved=True),
    Format("assemblyai", "AssemblyAI JSON", assemblyai.fits, assemblyai.read),
    Format("aws", "AWS Transcribe JSON", aws.fits, aws.read, interleaved=True),
    Format("aws-calls", "AWS Call Analytics JSON", aws.fits_calls, aws.read_calls, interleaved=True),
    Format("google", "Google Speech-to-Text JSON", google.fits, google.read),
    Format("azure", "Azure Speech JSON, batch or fast", azure.fits, azure.read, interleaved=True),
    Format("fireflies", "Fireflies JSON", recorders.fits_fireflies, recorders.read_fireflies),
    Format("gong", "Gong JSON, with the call's parties if they are in it", recorders.fits_gong, recorders.read_gong, interleaved=True),
    Format("grain", "Grain JSON", recorders.fits_grain, recorders.read_grain),
    Format("recall", "Recall.ai JSON", recorders.fits_recall, recorders.read_recall, interleaved=True),
    Format("rev", "Rev or Temi JSON", rev.fits, rev.read),
    Format("podcast", "podcast-namespace JSON", podcast.fits, podcast.read),
    Format("whisper", "Whisper, faster-whisper, whisper-timestamped or WhisperX JSON", whisper.fits, whisper.read),
    Format("teams-docx", "Microsoft Teams .docx", headed.fits_teams_docx, headed.read_teams_docx, titled=True),
    Format("webvtt", "WebVTT: Zoom, Teams, YouTube, podcasts", captions.fits_vtt, captions.read_captions),
    Format("srt", "SubRip (.srt)", captions.fits_srt, captions.read_captions),
    Format("sbv", "YouTube SBV", captions.fits_sbv, captions.read_captions),
    Format(
        "zoom-captions",
        "Zoom saved captions",
        headed.fits_zoom_captions,
        headed.read_zoom_captions,
        titled=True,
        note="the file has times of day; times here count from its first caption",
    ),
    Format("meet", "Google Meet document, Markdown, text or .docx", labelled.fits_meet, labelled.read_meet, titled=True),
    Format("otter", "Otter text", headed.fits_otter, headed.read_otter, titled=True),
    Format("markdown", "Markdown with **Name:** before what is said", labelled.fits_markdown, labelled.read_markdown, titled=True),
    Format(
        "plain", "text with Name: before what is said, with or without times", labelled.fits_labelled, labelled.read_labelled, titled=True
    ),
)


def names() -> tuple[str, ...]:
    """Return the formats' names, in the order in which they are tried."""
    return tuple(FORMATS)


def describe() -> Mapping[str, str]:
    """Return what each format is, by its name."""
    return {name: form.title for name, form in FORMATS.items()}


def sniff(export: Export) -> Format:
    """Return the format of an export. Raises TranscriptError, which says what was found."""
    for form in FORMATS.values():
        if form.fits(export):
            return form
    raise TranscriptError(
        f"no known transcript format: {export.describe()}; `copilot formats` lists those that are read, and a line such as "
        '"Dana Ruiz: How did it start?" for each turn always works'
    )


def read(export: Export, name: str | None = None) -> tuple[Format, list[Segment]]:
    """Return the format of an export, or the one named, and the segments that hold words. Raises TranscriptError."""
    if name is not None and name not in FORMATS:
        raise TranscriptError(f"unknown format '{name}'; known: {', '.join(FORMATS)}")
    form = FORMATS[name] if name else sniff(export)
    segments = [segment for segment in form.read(export) if segment.text and not segment.text.isspace()]
    if form.interleaved:
        segments = _by_time(segments)
    if not segments:
        raise TranscriptError(
            f"nothing is said in it: read as {form.name} ({form.title}), found {export.describe()}; export the transcript again"
        )
    return form, segments


def _by_time(segments: list[Segment]) -> list[Segment]:
    """Return segments in order of their starts; one without a time stays behind the one before it."""
    starts: list[float] = []
    for segment in segments:
        starts.append(segment.start if segment.start is not None else starts[-1] if starts else 0.0)
    order = sorted(range(len(segments)), key=starts.__getitem__)
    return [segments[n] for n in order]
