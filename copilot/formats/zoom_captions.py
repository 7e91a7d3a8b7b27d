"""Zoom's saved captions: a name in brackets and the time of day above what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..turns import Segment
from .export import Export
from .headers import BRACKETED_NAME_AND_TIME, read_headed

__all__ = ["fits", "read"]

_DAY = 24 * 3600.0


def fits(export: Export) -> bool:
    """Recognise Zoom's saved captions by their headers: a name in brackets and the time of day."""
    return re.search(BRACKETED_NAME_AND_TIME, export.head, re.MULTILINE) is not None


def read(export: Export) -> Iterator[Segment]:
    """Yield Zoom's saved captions; their times of day count from the first one, also past midnight."""
    title, *segments = read_headed(export.text, BRACKETED_NAME_AND_TIME)
    yield title
    clocks = _unroll(segment.start or 0.0 for segment in segments)
    for segment, clock in zip(segments, clocks, strict=True):
        yield segment._replace(start=clock - clocks[0])


def _unroll(clocks: Iterable[float]) -> list[float]:
    """Return times of day, with a day added at each midnight."""
    out: list[float] = []
    for clock in clocks:
        days = (out[-1] - clock + _DAY / 2) // _DAY if out else 0
        out.append(clock + max(0, days) * _DAY)
    return out
