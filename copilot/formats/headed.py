"""Transcripts with a line for the speaker and the time above what is said: Otter, Teams documents, Zoom's saved captions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from ..turns import Segment
from .captions import cues
from .clock import CLOCK, SHORT_CLOCK, seconds
from .export import Export

__all__ = ["fits_otter", "fits_teams_docx", "fits_zoom_captions", "read_otter", "read_teams_docx", "read_zoom_captions"]

_OTTER = rf"^[ \t]*(\S[^\n]{{0,79}}?)(?:  |\t)[ \t]*({SHORT_CLOCK})[ \t]*$"
_OTTER_FOOTER = "\n\nTranscribed by https://otter.ai"
_ZOOM = r"^\[([^\]\n]{1,80})\] ([0-9]{1,2}:[0-9]{2}:[0-9]{2})[ \t]*$"
_TEAMS_TIMING = rf"^[ \t]*{CLOCK}[ \t]*-->"
_TEAMS_EVENT = r"^[^\n]{1,80} (?:started|stopped) (?:the )?transcription[ \t]*$"
_DAY = 24 * 3600.0


def fits_otter(export: Export) -> bool:
    """Recognise Otter's text by its headers: a name, two spaces, a time."""
    return re.search(_OTTER, export.head, re.MULTILINE) is not None


def read_otter(export: Export) -> Iterator[Segment]:
    """Yield what is said under each header; the time is that of its beginning."""
    return _read_headed(export.text.rstrip().removesuffix(_OTTER_FOOTER), _OTTER)


def fits_teams_docx(export: Export) -> bool:
    """Recognise Teams' Word documents: Otter's headers, or timing lines with the name below."""
    return export.container == "docx" and (fits_otter(export) or re.search(_TEAMS_TIMING, export.head, re.MULTILINE) is not None)


def read_teams_docx(export: Export) -> Iterator[Segment]:
    """Yield the speech of a Teams document in either of its two forms."""
    if re.search(_TEAMS_TIMING, export.head, re.MULTILINE):
        return _read_named_cues(export.text)
    return _read_headed(re.sub(_TEAMS_EVENT, "", export.text, flags=re.MULTILINE), _OTTER)


def fits_zoom_captions(export: Export) -> bool:
    """Recognise Zoom's saved captions by their headers: a name in brackets and the time of day."""
    return re.search(_ZOOM, export.head, re.MULTILINE) is not None


def read_zoom_captions(export: Export) -> Iterator[Segment]:
    """Yield Zoom's saved captions; their times of day count from the first one, also past midnight."""
    title, *segments = _read_headed(export.text, _ZOOM)
    yield title
    clocks = _unroll(segment.start or 0.0 for segment in segments)
    for segment, clock in zip(segments, clocks, strict=True):
        yield replace(segment, start=clock - clocks[0])


def _unroll(clocks: Iterable[float]) -> list[float]:
    """Return times of day, with a day added at each midnight."""
    out: list[float] = []
    for clock in clocks:
        days = (out[-1] - clock + _DAY / 2) // _DAY if out else 0
        out.append(clock + max(0, days) * _DAY)
    return out


def _read_headed(text: str, header: str) -> Iterator[Segment]:
    found = list(re.finditer(header, text, re.MULTILINE))
    yield Segment(" ".join(text[: found[0].start() if found else 0].split()))
    ends = [after.start() for _, after in pairwise(found)] + [len(text)]
    for match, end in zip(found, ends, strict=False):
        yield Segment(" ".join(text[match.end() : end].split()), match[1].strip(), seconds(match[2]))


def _read_named_cues(text: str) -> Iterator[Segment]:
    for cue in cues(text):
        name, _, speech = cue.text.strip().partition("\n")
        yield Segment(" ".join(speech.split()), " ".join(name.split()) or None, cue.start, cue.end)
