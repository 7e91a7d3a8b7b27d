"""Confidence intervals by bootstrap over interviews, with a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from .counting import Counts, Figure

__all__ = ["Interval", "difference_intervals", "intervals"]

Interval = tuple[float, float]
"""The least and the most that a figure may be."""
Rows = Sequence[Mapping[str, float]]
DRAWS = 1000  # bootstrap samples
LEVEL = 0.95  # of the interval
SEED = 20240611  # arbitrary, fixed so that runs agree
ENOUGH = 0.9  # least share of draws with something to count, for a figure to have an interval
CURVE = "curve."


def intervals(rows: Rows, figures: Sequence[Figure]) -> dict[str, Interval]:
    """Return the 95 % interval of each figure that has one; a single interview gives none."""
    draws = [[figure.of(counts) for figure in figures] for counts in _resampled(rows)]
    return _named(figures, draws)


def difference_intervals(old: Rows, new: Rows, figures: Sequence[Figure]) -> dict[str, Interval]:
    """Return the 95 % interval of each figure's difference; `old` and `new` are of the same interviews, in the same order."""
    draws = []
    for before, after in zip(_resampled(old), _resampled(new), strict=True):
        sides = [(figure.of(before), figure.of(after)) for figure in figures]
        draws.append([None if a is None or b is None else b - a for a, b in sides])
    return _named(figures, draws)


def _resampled(rows: Rows) -> Iterator[Counts]:
    """Yield the summed counts of each draw; none for fewer than two interviews."""
    if len(rows) < 2:
        return
    source = random.Random(SEED)  # noqa: S311 -- the same draws in every run
    keys = sorted({key for row in rows for key in row if not key.startswith(CURVE)})
    table = [[row.get(key, 0) for key in keys] for row in rows]
    for _ in range(DRAWS):
        drawn = source.choices(table, k=len(table))
        yield Counts(zip(keys, map(sum, zip(*drawn, strict=True)), strict=True))


def _named(figures: Sequence[Figure], draws: Sequence[Sequence[float | None]]) -> dict[str, Interval]:
    out = {}
    for at, figure in enumerate(figures):
        values = sorted(v for row in draws if (v := row[at]) is not None)
        if values and len(values) >= ENOUGH * len(draws):
            cut = int(len(values) * (1 - LEVEL) / 2)
            out[figure.name] = values[cut], values[-1 - cut]
    return out
