"""WebVTT: Zoom, Teams, YouTube, podcasts."""

from __future__ import annotations

from .captions import has_timing
from .captions import read_captions as read
from .export import Export

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise WebVTT by its first word, or by its timing lines if that is missing."""
    return export.head.lstrip().startswith("WEBVTT") or has_timing(export, ".")
