"""SubRip."""

from __future__ import annotations

from .captions import has_timing
from .captions import read_captions as read
from .export import Export

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise SubRip by its timing lines, which have a comma before the milliseconds."""
    return has_timing(export, ",")
