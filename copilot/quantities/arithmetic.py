"""Arithmetic on what people claim: changes, factors and units, and whether a stated change fits its two ends."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from .units import DURATIONS, RELATIVE

__all__ = ["Change", "check_change", "convert", "factor", "percent_change", "results_in", "slack"]

_ROUND_SLACK = Decimal("3.5")  # percentage points, for a stated percentage that is itself round
_EXACT_SLACK = Decimal(1)  # percentage points, for any other whole percentage
_POINTS_SLACK = Decimal("0.5")  # percentage points, for the difference of two percentages
_TENTHS_SLACK = Decimal("0.2")  # percentage points, for a percentage stated to a tenth
_FACTOR_SLACK, _LEAST_FACTOR_SLACK = Decimal("0.15"), Decimal("0.25")  # share of a stated factor, and the least slack, in times


class Change(NamedTuple):
    """A stated change next to the change computed from its two ends.

    `computed` is in the stated unit. `reading` is how the claim holds, None if it does not: "relative" for a percentage of the value
    before, "points" for the difference of two percentages, "factor" for a multiple.
    """

    stated: Decimal
    computed: Decimal
    unit: str
    reading: Literal["relative", "points", "factor"] | None

    @property
    def holds(self) -> bool:
        """Whether the stated change fits its two ends."""
        return self.reading is not None


def percent_change(before: Decimal, after: Decimal) -> Decimal:
    """Return the change from before to after in percent of before, negative for a fall. Raises ZeroDivisionError if before is 0."""
    if before == 0:
        raise ZeroDivisionError("a change from 0 has no percentage")
    return (after - before) / abs(before) * 100


def factor(before: Decimal, after: Decimal) -> Decimal:
    """Return how many times the larger of two values is the smaller. Raises ZeroDivisionError if the smaller is 0."""
    low, high = sorted((abs(before), abs(after)))
    if low == 0:
        raise ZeroDivisionError("a factor from or to 0 is not defined")
    return high / low


def convert(value: Decimal, unit: str, to: str) -> Decimal | None:
    """Return a value in another unit, None if the two units measure different things."""
    if unit == to:
        return value
    if unit in DURATIONS and to in DURATIONS:
        return value * DURATIONS[unit] / DURATIONS[to]
    return None


def slack(stated: Decimal, unit: str, *, exact: bool = False) -> Decimal:
    """Return the rounding allowed in a stated change: 1 point for "43 percent", 3.5 for "40 percent" or a half, 15 % for a factor.

    One that is put as `exact`, "forty percent" and not "about forty percent", has 1 point though it is round.
    The amounts are set by hand, from how people round in speech.
    """
    if unit == "times":
        return max(_LEAST_FACTOR_SLACK, stated * _FACTOR_SLACK)
    if stated % 1 and stated.quantize(Decimal("0.1")) not in _THIRDS:
        return _TENTHS_SLACK
    is_round = stated % 10 == 0 or stated in {25, 75} or stated % 1
    return _ROUND_SLACK if is_round and not exact else _EXACT_SLACK


_THIRDS = {Decimal("33.3"), Decimal("66.7")}


def check_change(stated: Decimal, unit: str, before: Decimal, after: Decimal, of: str = "", *, exact: bool = False) -> Change | None:
    """Compare a stated change with its two ends, which are in one unit (`of`); `unit` is "percent", "percentage point" or "times".

    A percentage holds if it fits the change relative to the value before. If the ends are percentages (`of` is "percent") and it fits
    only their difference, the claim holds as percentage points stated as percent: `reading` is "points", and a writer must say so.
    A percentage that is put as `exact` may be rounded to a point only.
    None if the two ends allow no such change (a change from 0, a unit of another kind).
    """
    if unit == "percentage point" and of == "percent":
        computed = abs(after - before)
        return Change(stated, computed, unit, "points" if abs(computed - stated) <= _POINTS_SLACK else None)
    tolerance = slack(stated, unit, exact=exact)
    if before == 0 or (unit == "times" and after == 0) or unit not in RELATIVE:
        return None
    if unit == "times":
        computed = factor(before, after)
        return Change(stated, computed, unit, "factor" if abs(computed - stated) <= tolerance else None)
    computed = abs(percent_change(before, after))
    if abs(computed - stated) <= tolerance:
        return Change(stated, computed, unit, "relative")
    points = of == "percent" and abs(abs(after - before) - stated) <= _POINTS_SLACK
    return Change(stated, computed, unit, "points" if points else None)


def results_in(value: Decimal, unit: str, a: Decimal, b: Decimal, of: str = "") -> bool:
    """Return whether a value is what two others in one unit (`of`) come to.

    That is their sum or difference, how the first changes into the second, or the share that the first is of the second.
    """
    if unit == of and value in {a + b, abs(a - b)}:
        return True
    change = check_change(value, unit, a, b, of)
    is_share = unit == "percent" and b != 0 and abs(a / b * 100 - value) <= slack(value, unit)
    return is_share or (change is not None and change.holds)
