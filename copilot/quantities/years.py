"""Years, however they are told: 2022, '22, "the summer of twenty-two", "twenty twenty-two"."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..text import tokenize
from .scan import find_quantities, scan
from .values import Measure
from .words import Words

__all__ = ["Year", "find_years"]

_CENTURY = 50  # from here on two digits are of the last century


class Year(NamedTuple):
    """A year at text[start:end]."""

    year: int
    start: int
    end: int


@lru_cache(maxsize=2048)
def find_years(text: str) -> tuple[Year, ...]:
    """Return the years of a text, in order, without decades."""
    words = Words(text, tokenize(text))
    found = ((_year(text, m), m) for m in scan(words) if m.kind == "year" and m.form != "decade")
    return tuple(Year(year, m.start, m.end) for year, m in found if year)


def _year(text: str, told: Measure) -> int | None:
    """Return the year that a number tells; one in two parts keeps only the first as its value: "twenty twenty-two"."""
    number = int(told.low)
    if number > 99:
        return number
    _, _, rest = text[told.start : told.end].partition(" ")
    if rest:
        second = find_quantities(rest)
        return 100 * number + int(second[0].low) if second else None
    return number + (2000 if number < _CENTURY else 1900)
