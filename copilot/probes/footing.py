"""Footing: how firmly the words of a gap stand for something that a story needs."""

from __future__ import annotations

from ..lexicon import load_data, words_of
from ..quantities import Quantity
from ..quantities.units import DURATIONS
from ..reading import Reading
from ..statements.measures import find_measure

__all__ = ["footing"]


def footing(reading: Reading, kind: str, start: int, end: int) -> float:
    """Return the factor, at most 1, on how much a story needs what turn.text[start:end] leaves open.

    It is lower for a missing number of what has none, for what is only supposed, and for what holds of anybody.
    """
    factors = load_data("worth")["footing"]
    held = (name for name, holds in _signs(reading, kind, start, end) if holds)
    return min((float(factors[name]) for name in held), default=1.0)


def _signs(reading: Reading, kind: str, start: int, end: int) -> tuple[tuple[str, bool], ...]:
    """Return by name whether each sign of a weak footing holds."""
    said = tuple(t.norm for t in reading.tokens if start <= t.start < end)
    measure = find_measure(reading, start, end) if kind == "missing_metric" else None
    numbers = [q for q in reading.quantities if start <= q.start < end]
    subjects = {word.split("'")[0] for word in said}
    general = not words_of("worth.anybody").isdisjoint(subjects) and words_of("worth.own").isdisjoint(subjects)
    return (
        ("dated", kind == "unsourced" and bool(numbers) and all(_is_past_time(reading, q) for q in numbers)),
        ("uncounted", kind == "missing_metric" and measure is None),
        ("unsized", measure is not None and not measure.labels),
        ("supposed", not words_of("worth.supposing").isdisjoint(said[:1])),
        ("general", general),
        ("in a speech", general and not reading.is_whole),
    )


def _is_past_time(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a quantity only says since when: "over the last five years"."""
    before = [t.norm for t in reading.tokens if t.end <= quantity.start][-2:]
    return quantity.unit in DURATIONS and not {"last", "past"}.isdisjoint(before)
