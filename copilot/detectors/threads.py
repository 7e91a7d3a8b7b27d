"""Threads that a customer opens and leaves: "two reasons", and only one is told."""

from __future__ import annotations

import re

from ..reading import Reading
from ..turns import Span

__all__ = ["find_open_threads"]

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple": 2, "few": 3, "several": 3, "2": 2, "3": 3, "4": 4, "5": 5}
_NOUNS = frozenset(
    "reason reasons thing things part parts kind kinds answer answers way ways problem problems step steps stage stages phase phases point "
    "points lesson lessons side sides issue issues factor factors question questions goals aims criteria surprises worries changes types "
    "halves versions attempts options bits items rules tests pieces strands".split()
)
_TIMES = {"twice": 2}
_FIRST = frozenset("first firstly one".split())
_SECOND = frozenset("second secondly other another two next".split())
_THIRD = frozenset("third thirdly three".split())
_LAST = frozenset("last lastly finally".split())
_LISTED = re.compile(r"[:,;—–-].*\band\b|\band\b")
_SHORT_TAIL = 12


def _announced(reading: Reading, i: int) -> tuple[int, int]:
    """Return how many items tokens[i:] announce, and the index after the announcement; (0, i) where none."""
    tokens = reading.tokens
    norm = tokens[i].norm
    if norm in _TIMES and i < 4:
        return _TIMES[norm], i + 1
    count = _COUNTS.get(norm, 0)
    for skip in (1, 2):
        if count and i + skip < len(tokens) and tokens[i + skip].norm in _NOUNS:
            return count, i + skip + 1
    if count and i < 4 and i + 1 < len(tokens) and tokens[i + 1].norm == "times":
        return count, i + 2
    return 0, i


def _told(reading: Reading, after: int, count: int) -> bool:
    """Say whether what follows an announcement tells all of its items."""
    tokens = reading.tokens[after:]
    words = [t.norm for t in tokens]
    sentence = reading.sentence_at(reading.tokens[after - 1].start)
    rest = reading.turn.text[reading.tokens[after - 1].end : sentence.end] if sentence else ""
    if len(rest.split()) > 3 and _LISTED.search(rest):
        return True
    held = set(words)
    reached = 3 if held & _THIRD else 2 if held & _SECOND else 1 if held & _FIRST else 0
    if held & _LAST or reached >= count:
        return True
    if reached == 0:
        return len(words) > _SHORT_TAIL
    return count > 2 and reached == 2 and len(words) > 60


def find_open_threads(reading: Reading) -> tuple[Span, ...]:
    """Return the announcements ("there were two reasons") of which the turn does not tell every item."""
    out = []
    for i in range(len(reading.tokens)):
        count, after = _announced(reading, i)
        if count and not _told(reading, after, count):
            start, end = reading.cite(i, after)
            out.append(reading.turn.span(start, end))
    return tuple(out)
