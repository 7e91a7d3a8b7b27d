"""YouTube's SBV."""

from __future__ import annotations

import re

from .captions import SBV_TIMING
from .captions import read_captions as read
from .export import Export

__all__ = ["fits", "read"]


def fits(export: Export) -> bool:
    """Recognise SBV by its timing lines: two times with a comma between them."""
    return re.search(SBV_TIMING, export.head, re.MULTILINE) is not None
