"""The numbers of a paragraph: their values and units, which is before and which after, their direction, bounds and hedges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import cast

from ...grounding import ungrounded_numbers
from ...lexicon import load_data, words_of
from ...mentions import currencies
from ...quantities import Quantity, find_quantities, find_years
from ...quantities.units import DURATIONS
from ...text import tokenize
from ..material import Material
from .rule import Passage, holds, norms_of

__all__ = ["bounds", "directions", "hedges", "numbers", "order", "units"]

# Its hour and minutes are told together: "8:15" is no ground for fifteen of anything.
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
NEAR = 4
"""Most words between a number and the word that makes it a change."""


def numbers(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the numbers that are not in the facts; a version, a time of day and the like must occur there verbatim."""
    told = " . ".join(passage.facts)
    unknown = [q.text for q in ungrounded_numbers(text, told)]
    years, clocks = _unknown_years(text, passage), list(_CLOCK.finditer(text))
    known = {*_CLOCK.findall(told), *norms_of(_CLOCK.sub(" ", told))}
    places = [(q.start, q.end) for q in find_quantities(text)]
    places += [*((year.start, year.end) for year in find_years(text)), *(clock.span() for clock in clocks)]
    bare = (t.norm for t in tokenize(text) if t.norm[0].isdigit() and not any(start <= t.start < end for start, end in places))
    unknown += [*years, *(number for number in (*(clock.group() for clock in clocks), *bare) if number not in known)]
    yield from (f"the number “{number}” is not among the facts" for number in unknown)


def _unknown_years(text: str, passage: Passage) -> Iterator[str]:
    """Yield the years that the facts tell neither as years, in whatever form, nor in the same words."""
    told = {found.year for fact in passage.facts for found in find_years(fact)}
    for found in find_years(text):
        words = text[found.start : found.end]
        if found.year not in told and not holds(passage.words, norms_of(words)):
            yield words


def units(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the numbers in percent, money, points or time that no fact has in that measure."""
    held = {amount for fact in passage.facts for amount in _amounts(fact)}
    for quantity in find_quantities(text):
        if not quantity.is_rate and not held.issuperset(_ends_of(quantity)):
            yield f"“{quantity.text}” has a unit that the facts do not hold"


def _amounts(text: str) -> Iterator[tuple[str, Decimal]]:
    """Yield the measured numbers of a text; a bare number next to a measured one may be so, too: "eight hours, now two"."""
    quantities = find_quantities(text)
    shared = {(unit, size) for q in quantities for unit, size in [_measure(q.unit)] if unit in {"duration", "percent", *currencies()}}
    for quantity in quantities:
        yield from _ends_of(quantity)
        if quantity.unit is None:
            yield from ((unit, value * size) for unit, size in shared for value in (quantity.low, quantity.high))


def _ends_of(quantity: Quantity) -> Iterator[tuple[str, Decimal]]:
    """Yield the measured ends of a quantity, durations in one unit."""
    unit, size = _measure(quantity.unit)
    if unit:
        yield from ((unit, value * size) for value in (quantity.low, quantity.high))
    if quantity.baseline is not None:
        yield from _ends_of(quantity.baseline)


def _measure(unit: str | None) -> tuple[str | None, Decimal]:
    """Return what a unit measures and its size in that measure; None for what is counted."""
    if unit in DURATIONS:
        return "duration", Decimal(DURATIONS[unit])
    return (unit if unit in {"percent", "percentage point", "times", *currencies()} else None), Decimal(1)


def order(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the changes whose value before is the facts' value after, or the other way round."""
    told = {pair for fact in passage.facts for pair in _pairs(fact)}
    for quantity in find_quantities(text):
        pair = (quantity.baseline.value, quantity.value) if quantity.baseline else None
        if pair and pair not in told and pair[::-1] in told:
            yield f"“{quantity.text}” has its ends the wrong way round"
    befores, afters = {before for before, _ in told}, {after for _, after in told}
    wrong = {"before": afters - befores, "after": befores - afters}
    yield from (f"“{value}” is told as the value {side}" for value, side in _sides(text) if value in wrong[side])


def _pairs(text: str) -> Iterator[tuple[object, object]]:
    """Yield the value before and the value after of each change in a text."""
    yield from ((q.baseline.value, q.value) for q in find_quantities(text) if q.baseline is not None)


def _sides(text: str) -> Iterator[tuple[object, str]]:
    """Yield the numbers of a text that a nearby word marks as the value "before" or "after"."""
    for quantity, before, after in _with_words(text, 2):
        sides = [side for side in ("before", "after") if not words_of(f"faults.{side}").isdisjoint((*before, *after))]
        if len(sides) == 1:
            yield quantity.value, sides[0]


def _with_words(text: str, words: int) -> Iterator[tuple[Quantity, list[str], list[str]]]:
    """Yield each quantity of a text with up to `words` words before it and after it."""
    tokens = tokenize(text)
    for quantity in find_quantities(text):
        before = [t.norm for t in tokens if t.end <= quantity.start][-words:]
        yield quantity, before, [t.norm for t in tokens if t.start >= quantity.end][:words]


def directions(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield what goes up in the text and down in the facts, or vice versa: numbers, and the words "up" and "down" themselves."""
    yield from (f"“{word}” stands for “{other}” of the facts" for word, other in _turned(norms_of(text), passage.words))
    told = {pair for fact in passage.facts for pair in _moves(fact)}
    for value, way in _moves(text):
        known = {other for number, other in told if number == value}
        if known and way not in known:
            yield f"“{value}” goes {way}, which is not the way that the facts tell"


def _turned(words: Sequence[str], heard: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the words that stand for their opposite: alone, or after the word that the facts have before it: "came down"."""
    known, pairs = set(heard), set(pairwise(heard))
    for before, word in pairwise(("", *words)):
        other = _opposites().get(word)
        if other in known and (word not in known or ((before, other) in pairs and (before, word) not in pairs)):
            yield word, str(other)


@cache
def _opposites() -> Mapping[str, str]:
    return cast("Mapping[str, str]", load_data("faults")["opposites"])


def _moves(text: str) -> Iterator[tuple[object, str]]:
    """Yield each number of a text that a nearby word makes a change, with its direction: "up", "down"."""
    tokens = tokenize(text)
    ways = [(t, way) for t, after in zip(tokens, (*norms_of(text)[1:], ""), strict=False) if (way := _way(t.norm, after))]
    for quantity in find_quantities(text):
        first = sum(t.end <= quantity.start for t in tokens)
        last = sum(t.start < quantity.end for t in tokens)
        near = tokens[max(0, first - NEAR) : last + NEAR]
        yield from ((quantity.value, way) for token, way in ways if token in near)


def _way(word: str, after: str) -> str | None:
    """Return the direction that a word gives a number; "more than" gives none."""
    return next((way for way in ("up", "down") if word in words_of(f"faults.{way}") and after != "than"), None)


def bounds(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the numbers that the text exaggerates: "more than forty" for forty."""
    told = {pair for fact in passage.facts for pair in _bounded(fact)}
    yield from (f"“{word}” makes more of “{value}” than the facts do" for value, word in _bounded(text) if (value, word) not in told)


def _bounded(text: str) -> Iterator[tuple[object, str]]:
    """Yield each number of a text with the words before it that exaggerate it, or its own bound."""
    for quantity, before, _ in _with_words(text, 2):
        yield from ((quantity.value, word) for word in before if word in words_of("faults.bounding"))
        if quantity.bound:
            yield quantity.value, quantity.bound


def hedges(text: str, passage: Passage, material: Material) -> Iterator[str]:
    """Yield the numbers that the facts always hedge and the text does not."""
    told = [(q.value, q.approximate) for fact in passage.facts for q in find_quantities(fact)]
    sure = {value for value, approximate in told if not approximate}
    hedged = {value for value, _ in told} - sure
    yield from (f"“{q.text}” is surer than in the facts" for q in find_quantities(text) if q.value in hedged and not q.approximate)
