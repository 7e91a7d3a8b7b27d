"""A quantity in context, and functions that several modules on context share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from ..findings import Amount, Number
from ..lexicon import table_of, words_of
from ..quantities import Quantity
from ..quantities.units import DURATIONS, UNITLESS, measure_named
from ..quantities.words import lists
from ..reading import Reading
from ..text import Sentence

__all__ = [
    "Mention",
    "amount",
    "currencies",
    "family_of",
    "goes_on",
    "is_near",
    "kinds_of_word",
    "number",
    "unit_of",
]


PAST = -5.0  # time from which on what is told is not long past


@cache
def currencies() -> frozenset[str]:
    """Return the codes of the currencies."""
    return frozenset(lists().currencies.values())


def family_of(unit: str | None) -> str | None:
    """Return "money" or "time" for units of these families, None for others."""
    return "money" if unit in currencies() else "time" if unit in DURATIONS else None


def unit_of(quantity: Quantity) -> str | None:
    """Return a number's own unit, with its rate where the two name one measure: "pick/minute", "kilocalorie/kilogram", "tonne/hour"."""
    unit, rate = quantity.unit, (quantity.period or "").removeprefix("per ")
    if unit is None or not rate or unit in DURATIONS or unit in currencies() or unit in UNITLESS:
        return unit
    over = rate if rate in {"second", "minute"} or (rate == "hour" and measure_named(unit)) else measure_named(rate)
    return f"{unit}/{over}" if over else unit


class Mention(NamedTuple):
    """A quantity in its turn.

    `at` and `after` bound its own tokens, `first` and `last` those of its clause. `when` orders mentions in time: 0 is now, less is
    earlier, None unknown; `strong` says that this rests on more than a verb's tense. `chance` is the chance that `baseline` is the
    earlier value of the same thing. `inferred` says that the unit comes from the context, `window` that a duration only says when
    another number holds.
    """

    quantity: Quantity
    unit: str | None
    start: int
    end: int
    sentence: Sentence
    first: int
    last: int
    at: int
    after: int
    when: float | None = None
    strong: bool = False
    baseline: Amount | None = None
    chance: float = 1.0
    inferred: bool = False
    window: bool = False

    @property
    def moment(self) -> Literal["past", "recent", "now"] | None:
        """The time that the number refers to, as far as its clause says."""
        if self.when is None:
            return None
        return "past" if self.when < PAST else "recent" if self.when < 0 else "now"


@cache
def kind_words() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the kinds of metric that whole words suggest, and those that word beginnings do."""
    whole: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for kind, words in table_of("mentions.kinds").items():
        for word in words.split():
            where, key = (stems, word[:-1]) if word.endswith("*") else (whole, word)
            where[key] = (*where.get(key, ()), kind)
    return whole, stems


@cache
def kinds_of_word(norm: str) -> tuple[str, ...]:
    """Return the kinds of metric that a word suggests."""
    whole, stems = kind_words()
    if norm in whole:
        return whole[norm]
    return next((stems[norm[:n]] for n in range(len(norm), 2, -1) if norm[:n] in stems), ())


def number(value: Decimal) -> Number:
    """Return a Decimal as an int if it is whole, else as a float."""
    as_float = float(value)
    return int(as_float) if as_float.is_integer() else as_float


def amount(quantity: Quantity, unit: str | None) -> Amount:
    """Return a quantity's value with a unit."""
    low, high = number(quantity.low), number(quantity.high)
    return Amount(value=low if low == high else (low, high), unit=unit or "item")


def is_near(a: Mention, b: Mention) -> bool:
    """Return whether two numbers are close enough in size to be one thing at two times."""
    low, high = sorted((float(a.quantity.high), float(b.quantity.high)))
    return high <= max(low, 0.5) * (20 if a.unit in DURATIONS or a.unit == "percent" else 100) or (high >= 1000 and 10 <= low < 1000)


def goes_on(reading: Reading, a: Mention, b: Mention) -> bool:
    """Return whether the second number is about the same thing: "... and now it's", ", it was", "one thirty-one now"."""
    tokens, first = reading.tokens, b.at
    while first > max(b.sentence.first, a.after) and "," not in reading.turn.text[tokens[first - 1].end : tokens[first].start]:
        first -= 1
        if tokens[first].norm in {"and", "but"}:
            break
    lead = [norm for norm in reading.norms[first : b.at] if norm not in words_of("mentions.light")]
    return all(norm in words_of("mentions.copulas") or norm in words_of("mentions.going_on") for norm in lead)
