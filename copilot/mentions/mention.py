"""A quantity in its context, and what several readers of context need."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ..findings import Amount, Number
from ..lexicon import load_data, words_of
from ..quantities import Quantity
from ..quantities.units import DURATIONS
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
]


@cache
def currencies() -> frozenset[str]:
    """Return the codes of the currencies."""
    return frozenset(lists().currencies.values())


def family_of(unit: str | None) -> str | None:
    """Return "money" or "time" for the units of these families, None for any other."""
    return "money" if unit in currencies() else "time" if unit in DURATIONS else None


class Mention(NamedTuple):
    """A quantity in its turn. `first` and `last` bound the words of its own clause; `when` orders mentions in time (None: unknown).

    `chance` is how likely the baseline is the value before of the same thing.
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


@cache
def kind_words() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the kinds of metric that a word speaks for, and those that a stem of four letters or more does."""
    rows: Mapping[str, str] = load_data("mentions")["kinds"]
    whole: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for kind, words in rows.items():
        for word in words.split():
            where, key = (stems, word[:-1]) if word.endswith("*") else (whole, word)
            where[key] = (*where.get(key, ()), kind)
    return whole, stems


@cache
def kinds_of_word(norm: str) -> tuple[str, ...]:
    """Return the kinds of metric that a word speaks for."""
    whole, stems = kind_words()
    if norm in whole:
        return whole[norm]
    return next((stems[norm[:n]] for n in range(len(norm), 2, -1) if norm[:n] in stems), ())


def number(value: Decimal) -> Number:
    """Return a Decimal as an int where it is whole, else as a float."""
    as_float = float(value)
    return int(as_float) if as_float.is_integer() else as_float


def amount(quantity: Quantity, unit: str | None) -> Amount:
    """Return a quantity's value with a unit."""
    low, high = number(quantity.low), number(quantity.high)
    return Amount(value=low if low == high else (low, high), unit=unit or "item")


def is_near(a: Mention, b: Mention) -> bool:
    """Return whether two numbers are of a size that one thing could have at two times."""
    low, high = sorted((float(a.quantity.high), float(b.quantity.high)))
    return high <= max(low, 0.5) * (20 if a.unit in DURATIONS or a.unit == "percent" else 100) or (high >= 1000 and 10 <= low < 1000)


def goes_on(reading: Reading, a: Mention, b: Mention) -> bool:
    """Return whether the second number is told of the same thing: "... and now it's", ", it was", "one thirty-one now"."""
    tokens, first = reading.tokens, b.at
    while first > max(b.sentence.first, a.after) and "," not in reading.turn.text[tokens[first - 1].end : tokens[first].start]:
        first -= 1
        if tokens[first].norm in {"and", "but"}:
            break
    lead = [norm for norm in reading.norms[first : b.at] if norm not in words_of("mentions.light")]
    return all(norm in words_of("mentions.copulas") or norm in words_of("mentions.going_on") for norm in lead)
