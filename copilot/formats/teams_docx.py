"""Microsoft Teams' Word documents, in both of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..turns import Segment
from .captions import cues
from .clock import CLOCK
from .export import Export
from .headers import NAME_AND_TIME, read_headed

__all__ = ["fits", "read"]

_TIMING = rf"^[ \t]*{CLOCK}[ \t]*-->"
_EVENT = r"^[^\n]{1,80} (?:started|stopped) (?:the )?transcription[ \t]*$"


def fits(export: Export) -> bool:
    """Recognise Teams' Word documents: names with a time, or timing lines with the name below."""
    return export.container == "docx" and re.search(f"{NAME_AND_TIME}|{_TIMING}", export.head, re.MULTILINE) is not None


def read(export: Export) -> Iterator[Segment]:
    """Yield the speech of a Teams document in either of its two forms."""
    if re.search(_TIMING, export.head, re.MULTILINE):
        return _read_named_cues(export.text)
    return read_headed(re.sub(_EVENT, "", export.text, flags=re.MULTILINE), NAME_AND_TIME)


def _read_named_cues(text: str) -> Iterator[Segment]:
    for cue in cues(text):
        name, _, speech = cue.text.strip().partition("\n")
        yield Segment(" ".join(speech.split()), " ".join(name.split()) or None, cue.start, cue.end)
