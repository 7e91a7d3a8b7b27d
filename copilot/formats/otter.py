"""Otter's text: a name and a time above what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..turns import Segment
from .export import Export
from .headers import NAME_AND_TIME, read_headed

__all__ = ["fits", "read"]

_FOOTER = "\n\nTranscribed by https://otter.ai"


def fits(export: Export) -> bool:
    """Recognise Otter's text by its headers: a name, two spaces, a time."""
    return re.search(NAME_AND_TIME, export.head, re.MULTILINE) is not None


def read(export: Export) -> Iterator[Segment]:
    """Yield what is said under each header; the time is that of its beginning."""
    return read_headed(export.text.rstrip().removesuffix(_FOOTER), NAME_AND_TIME)
