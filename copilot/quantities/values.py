"""A quantity as a value, and the measure from which it is made."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from .numerals import Form

__all__ = ["Bound", "Direction", "Kind", "Measure", "Quantity", "coin_beside"]

Bound = Literal["at least", "at most"]
Direction = Literal["up", "down"]
Kind = Literal["quantity", "year", "time", "date", "label", "name", "one", "idiom", "term"]


class Quantity(NamedTuple):
    """A number with its unit and place: `text` is the source's `[start:end]`.

    `value` is a Decimal, or the two ends of a range, low before high. `unit` is singular and lower case (`percent`, `times`, `usd`,
    `minute`, or the counted noun), None if the number has no unit. `period` is the rate said with it ("per week").
    `bound` distinguishes "at least 40" and "under 40" from 40. `change` is the direction of a change that the number itself measures
    ("cut by a third" is 33.3 percent down). `whole` is the M of "N out of M". `baseline` is the value before, if both are said
    together ("from six hours down to twenty minutes"). `broken` marks a number cut off by `[inaudible]` or the like. `replaces` are the
    places of numbers that the speaker took back for this one ("forty, no, fourteen"). `coin` is how much of `unit` one of what was said
    makes, 0.01 for cents and 60 for the hour of "an hour twenty": a number beside it that has no unit is told in the same.
    """

    value: Decimal | tuple[Decimal, Decimal]
    unit: str | None
    start: int
    end: int
    text: str = ""
    approximate: bool = False
    period: str | None = None
    bound: Bound | None = None
    change: Direction | None = None
    whole: Decimal | None = None
    baseline: Quantity | None = None
    broken: bool = False
    replaces: tuple[tuple[int, int], ...] = ()
    coin: Decimal = Decimal(1)

    @property
    def low(self) -> Decimal:
        """The value, or the low end of a range."""
        return self.value[0] if isinstance(self.value, tuple) else self.value

    @property
    def high(self) -> Decimal:
        """The value, or the high end of a range."""
        return self.value[1] if isinstance(self.value, tuple) else self.value

    @property
    def is_rate(self) -> bool:
        """Whether this is only a rate, such as "a year" or "an hour" in a question, rather than a number that anybody stated."""
        return self.value == 1 and self.text.lower().startswith(("a ", "an "))


@dataclass(slots=True)
class Measure:
    """A number under construction, over the words [first, last); `[start:end]` are its offsets."""

    first: int
    last: int
    start: int
    end: int
    low: Decimal
    high: Decimal
    form: Form
    scale: int = 1
    unit: str | None = None
    noun: bool = False
    kind: Kind = "quantity"
    approximate: bool = False
    bound: Bound | None = None
    period: str | None = None
    change: Direction | None = None
    whole: Decimal | None = None
    baseline: Measure | None = None
    broken: bool = False
    share: bool = False
    replaces: tuple[tuple[int, int], ...] = ()
    coin: Decimal = Decimal(1)


def coin_beside(m: Measure | Quantity, other: Measure | Quantity) -> Decimal:
    """Return how much of the unit of a number one of that beside it makes, if that has none itself: "eleven cents, down from nineteen".

    After two units it is that which brings the two nearer: "an hour twenty, down from two", "an hour twenty, down to forty".
    """
    if m.unit is not None:
        return Decimal(1)
    in_two_units = other.low % other.coin != 0
    if not in_two_units or m.low <= 0 or other.low <= 0:
        return other.coin
    return min(other.coin, Decimal(1), key=lambda coin: abs((m.low * coin / other.low).ln()))
