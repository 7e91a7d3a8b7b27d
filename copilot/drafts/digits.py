"""Numbers in digits: values with and without their unit, and the change between two of them with its derivation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from ..findings import Amount, Metric, Number
from ..lexicon import load_data, number_words
from ..mentions import currencies
from ..metrics import ends_of, is_change
from ..quantities import plural
from ..quantities.arithmetic import convert, percent_change
from ..quantities.numerals import MAGNITUDES, SEVERAL
from ..quantities.words import lists
from ..text import norms
from ..turns import Value

__all__ = ["Derived", "amount_text", "change_of", "is_magnitude", "number_text", "unit_text"]

_POINTS = 2  # decimal places of a computed number
_LARGEST = 1000  # percent: a larger change says that the two ends are hardly of one thing


class Derived(Value):
    """A number that nobody said, computed from numbers that were said, as `derivation` shows."""

    text: str
    derivation: str


def amount_text(amount: Metric | Amount) -> str:
    """Return a value with its unit in digits: "96 %", "$150,000", "4 to 6 weeks"."""
    symbols: Mapping[str, str] = load_data("drafts")["symbols"]
    symbol = symbols.get(amount.unit)
    if symbol:
        return " to ".join(symbol + _figure(end) for end in ends_of(amount))
    return f"{number_text(amount)} {unit_text(amount.unit, ends_of(amount))}"


def number_text(amount: Metric | Amount) -> str:
    """Return a value without its unit in digits: "96", "4 to 6"."""
    return " to ".join(_figure(end) for end in ends_of(amount))


def is_magnitude(words: str) -> bool:
    """Return whether the words of a number tell only how large it is: "hundreds of services", "several hundred", but not "seven lakhs"."""
    counted = pairwise(("", *norms(words)))
    return any(
        (word in MAGNITUDES and before not in number_words() and not before[:1].isdigit())
        or (word in SEVERAL and before in lists().several)
        for before, word in counted
    )


def _figure(value: Number) -> str:
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.0f}"


def unit_text(unit: str, ends: tuple[Number, ...]) -> str:
    """Return a unit as it follows its number."""
    if unit == "percent":
        return "%"
    if unit in currencies():
        return unit.upper()
    return unit if ends == (1,) or unit.isupper() or "/" in unit else plural(unit)


def change_of(after: Metric, before: Amount, said: bool, points: bool = False) -> Derived | None:
    """Return the change from before to after, None if the two cannot be compared, are hardly of one thing, or one of them is a range.

    A score changes by points. `said`: whether the unit was said, and is therefore named. Without it, points and percent cannot be told
    apart, unless the customer speaks of so many `points`.
    """
    ends = _comparable(after, before)
    by_points = after.unit == "point" or (points and not said)
    if ends is None or ends[0] == ends[1] or is_change(after) or (after.unit == "percent" and not (said or by_points)):
        return None
    low, high = ends
    if by_points:
        apart = _signed_points(high - low)
        less = f"({_decimal(low)})" if low < 0 else _decimal(low)
        return Derived(text=f"{apart} {'point' if abs(high - low) == 1 else 'points'}", derivation=f"{_decimal(high)} - {less} = {apart}")
    if _decimal(low) == "0" or (high and _decimal(high) == "0") or abs(change := percent_change(low, high)) > _LARGEST:
        return None
    shown = f"({_decimal(high)} - {_decimal(low)}) / {_decimal(low)} = {_signed(change)} %"
    if after.unit == "percent":
        return Derived(
            text=f"{_signed(high - low)} percentage points, or {_signed(change)} % of what it was",
            derivation=f"{_decimal(high)} - {_decimal(low)} = {_signed(high - low)}; {shown}",
        )
    return Derived(text=f"{_signed(change)} %", derivation=f"in {unit_text(after.unit, (2,))}: {shown}" if said else shown)


def _comparable(after: Metric, before: Amount) -> tuple[Decimal, Decimal] | None:
    """Return before and after in the unit of after."""
    if isinstance(after.value, tuple) or isinstance(before.value, tuple):
        return None
    low = convert(Decimal(str(before.value)), before.unit, after.unit)
    return None if low is None else (low, Decimal(str(after.value)))


def _decimal(value: Decimal) -> str:
    return f"{round(value, _POINTS).normalize():f}"


def _signed_points(value: Decimal) -> str:
    return f"{round(value, _POINTS).normalize():+f}"


def _signed(value: Decimal) -> str:
    places = 0 if abs(value) >= 1 else 1
    return f"{round(value, places):+f}".replace("+0", "0") if round(value, places) == 0 else f"{round(value, places):+,f}"
