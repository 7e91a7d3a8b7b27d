"""The numbers in the background's facts, with which those of the call are compared."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ...background import Background
from ...mentions import currencies
from ...quantities import Quantity, find_quantities
from ...quantities.units import DURATIONS
from ...text import stem, tokenize
from .clash import SMALLEST

__all__ = ["known_counts", "known_numbers"]

_ABSTRACT = frozenset({"percent", "times", "point", "percentage point"})


@lru_cache(maxsize=64)
def known_numbers(background: Background) -> tuple[tuple[str, Quantity], ...]:
    """Return the quantities of the background's facts, each with its fact."""
    return tuple((fact, q) for fact in background.customer.facts for q in find_quantities(fact))


@lru_cache(maxsize=64)
def known_counts(background: Background) -> tuple[tuple[str, Quantity], ...]:
    """Return the counts of the background, each with the stem of what it counts: "1,850 agents", "newsroom of 14"."""
    return tuple((stem(noun), q) for noun, q in _counted(background) if noun not in DURATIONS and noun not in currencies() | _ABSTRACT)


def _counted(background: Background) -> Iterator[tuple[str, Quantity]]:
    """Yield the numbers that are large enough, with their unit or with the word before "of" that says what they make up."""
    for fact, q in known_numbers(background):
        before = [t.norm for t in tokenize(fact) if t.end <= q.start][-2:]
        noun = q.unit or (before[0] if before[1:] == ["of"] else None)
        if noun and q.high >= SMALLEST:
            yield noun, q
