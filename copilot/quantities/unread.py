"""Digits that no reading accounts for, so that a number in a form unknown here is not taken for none."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from ..text import tokenize
from .numerals import MARKS
from .scan import find_quantities, scan
from .values import Quantity
from .words import Words

__all__ = ["find_unread"]

_ALWAYS = frozenset({"24/7"})
"""What counts nothing however it is read."""


@lru_cache(maxsize=2048)
def find_unread(text: str) -> tuple[Quantity, ...]:
    """Return the digits and fractions of a text that are in no quantity, date, time, label or code, in order.

    Each is `broken` and has the value 0; its text is all that stands between white space, without punctuation around it.
    """
    loose = _outside(text, [(q.start, q.end) for q in find_quantities(text)], range(len(text)))
    if loose:
        measures = scan(Words(text, tokenize(text)))
        loose = _outside(text, [(m.start, m.end) for m in measures if m.kind != "name"], loose)
    places = dict.fromkeys(_around(text, n) for n in loose if not _is_code(text, n))
    numbers = (Quantity(Decimal(0), None, start, end, text[start:end], broken=True) for start, end in places)
    return tuple(n for n in numbers if n.text not in _ALWAYS)


def _outside(text: str, known: list[tuple[int, int]], places: range | list[int]) -> list[int]:
    """Return those of some places that hold a digit, a fraction or the like, and lie in none of the known spans."""
    digits = (n for n in places if text[n].isnumeric() and not text[n].isalpha())
    return [n for n in digits if not _is_readable(text[n]) or not any(start <= n < end for start, end in known)]


def _is_readable(mark: str) -> bool:
    """Return whether a mark can be part of a number that is read, unlike a raised digit."""
    return mark.isdecimal() or mark in MARKS


def _around(text: str, n: int) -> tuple[int, int]:
    """Return what stands between white space around a place, without punctuation."""
    start, end = n, n + 1
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while not text[start].isalnum():
        start += 1
    while not text[end - 1].isalnum():
        end -= 1
    return start, end


def _is_code(text: str, n: int) -> bool:
    """Return whether a digit belongs to a name that a letter begins, such as "PX-10", "CO₂" and "m²"."""
    return text[_around(text, n)[0]].isalpha() and (text[n].isdecimal() or text[n - 1].isalpha())
