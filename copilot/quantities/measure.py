"""A number under construction."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .numerals import Form
from .values import Bound, Direction

__all__ = ["Kind", "Measure"]

Kind = Literal["quantity", "year", "time", "date", "label", "name", "one", "idiom"]


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
