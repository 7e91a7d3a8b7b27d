"""Zoom's saved captions, with a name in brackets and the time of day above what is said, and its chat. Times are those of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..turns import Segment
from .export import Export
from .headers import BRACKETED_NAME_AND_TIME, TIME_AND_SENDER, read_headed

__all__ = ["fits", "read"]

_HEADERS = (BRACKETED_NAME_AND_TIME, TIME_AND_SENDER)


def fits(export: Export) -> bool:
    """Recognise Zoom's saved captions and chat by their headers: a name and the time of day."""
    return _header(export) is not None


def read(export: Export) -> Iterator[Segment]:
    """Yield what stands under or behind each header."""
    return read_headed(export.text, _header(export) or _HEADERS[0])


def _header(export: Export) -> str | None:
    """Return the pattern of the headers in an export, if it has any."""
    return next((header for header in _HEADERS if re.search(header, export.head, re.MULTILINE)), None)
