"""The numbers and content words of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..lexicon import function_words
from ..quantities import Quantity, find_quantities
from ..text import norms, stem

__all__ = ["content_words", "numbers_said"]

SHORTEST = 3  # fewest letters of a content word


def content_words(text: str) -> frozenset[str]:
    """Return the stems of the words that carry content."""
    return frozenset(stem(norm) for norm in norms(text) if len(norm) >= SHORTEST and norm.split("'")[0] not in function_words())


def numbers_said(texts: Iterable[str]) -> frozenset[float]:
    """Return every number in texts, in digits or in words, including both ends of ranges."""
    return frozenset().union(*(_numbers_in(text) for text in texts))


@lru_cache(maxsize=4096)
def _numbers_in(text: str) -> frozenset[float]:
    return frozenset(value for quantity in find_quantities(text) for value in _values(quantity))


def _values(quantity: Quantity) -> Iterator[float]:
    yield from (float(quantity.low), float(quantity.high))
    if quantity.whole is not None:
        yield float(quantity.whole)
    if quantity.baseline is not None:
        yield from _values(quantity.baseline)
