"""Years, however they are told: 2022, '22, "the summer of twenty-two", "twenty twenty-two"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..text import tokenize
from .scan import find_quantities, scan
from .values import Measure
from .words import Words, lists

__all__ = ["Year", "find_years"]

_CENTURY = 50  # from here on two digits are of the last century
_FIRST_PARTS = frozenset({19, 20})
_PARTED = re.compile(r"[ \-\u2011]+")


class Year(NamedTuple):
    """A year at text[start:end]."""

    year: int
    start: int
    end: int


@lru_cache(maxsize=2048)
def find_years(text: str) -> tuple[Year, ...]:
    """Return the years of a text, in order, without decades."""
    words = Words(text, tokenize(text))
    found = ((_year(text, m), m) for m in scan(words) if m.kind == "year" and not _is_decade(words, m))
    return tuple(Year(year, m.start, m.end) for year, m in found if year)


def _is_decade(words: Words, told: Measure) -> bool:
    return told.form == "decade" or words.norm(told.last - 1) in lists().teens


def _year(text: str, told: Measure) -> int | None:
    """Return the year that a number tells; one in two parts keeps only the first as its value: "twenty twenty-two"."""
    number = int(told.low)
    if number > 99:
        return number
    _, *rest = _PARTED.split(text[told.start : told.end], maxsplit=1)
    if rest and number in _FIRST_PARTS:
        second = find_quantities(rest[0])
        return 100 * number + int(second[0].low) if second else None
    return number + (2000 if number < _CENTURY else 1900)
