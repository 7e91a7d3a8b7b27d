"""Whether words state a value: in figures, in words, as a fraction or share, or without any number ("monthly", "none"); or come to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, permutations

from ..grounding import ungrounded_numbers
from ..lexicon import words_of
from ..quantities import Quantity, find_quantities
from ..quantities.arithmetic import convert, results_in
from ..quantities.numerals import SMALL, numeral_at, starts
from ..quantities.words import Words, lists
from ..text import norms, tokenize

__all__ = ["comes_to", "measures", "states"]

_LARGE = {"thousand": 1000, "million": 10**6}
"""Scales that may be said once for two numbers: "twenty-two thousand, against thirteen before"."""
_ONE = frozenset("a an all every each per".split())
_NONE = frozenset("none no nobody nothing never zero".split())
_HALF_DAYS = frozenset({"morning", "afternoon"})
_ENDLESS = frozenset({"third", "thirds", "sixth", "sixths"})
"""Fractions without a round percentage."""


def states(text: str, value: float | tuple[float, float], unit: str) -> bool:
    """Return whether a text states a value of a unit, or both ends of a range; its unit may be told elsewhere."""
    return all(_states_one(text, end, unit) or _is_bare(_exact(end), unit, text) for end in _ends(value))


def measures(text: str, value: float | tuple[float, float], unit: str) -> bool:
    """Return whether a text states a value, or both ends of a range, of its unit or of none: "two reasons" measures no 2 weeks."""
    return all(_states_one(text, end, unit) or _is_alone(_exact(end), text) for end in _ends(value))


def _ends(value: float | tuple[float, float]) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)


def _exact(value: float) -> Decimal:
    return Decimal(f"{value:.10f}".rstrip("0").rstrip("."))


def _is_alone(value: Decimal, text: str) -> bool:
    """Return whether a text has a value as a number that counts nothing: "About ninety"."""
    return any(q.unit is None and value in {q.low, q.high} for q in find_quantities(text))


def comes_to(text: str, stated: Quantity) -> bool:
    """Return whether a quantity is what two numbers of a text that can be of one unit come to, rounded as people round."""
    if stated.broken or stated.baseline is not None:
        return False
    told = [(n, q.unit) for row in find_quantities(text) for q in (row, row.baseline) if q and not q.broken for n in {q.low, q.high}]
    pairs = [*permutations(told, 2)]
    return all(any(_results_in(value, stated.unit, *pair) for pair in pairs) for value in {stated.low, stated.high})


def _results_in(value: Decimal, unit: str | None, a: tuple[Decimal, str | None], b: tuple[Decimal, str | None]) -> bool:
    of = a[1] or b[1] or ""
    other = convert(b[0], b[1] or of, of)
    return other is not None and results_in(value, unit or of, a[0], other, of)


def _states_one(text: str, value: float, unit: str) -> bool:
    plain = format(_exact(value), "f")
    named = f"{plain} {unit}"
    wanted = named if find_quantities(named) else plain
    if find_quantities(wanted) and not ungrounded_numbers(wanted, text):
        return True
    return unit == "percent" and (_is_fraction(value, text) or _is_share(value, text))


def _is_bare(value: Decimal, unit: str, text: str) -> bool:
    """Return whether a text contains a value in passing, without its own unit: 1 complaint for "one toilet complaint a day"."""
    measured = {*lists().units.values(), *lists().currencies.values()} - {unit, "person"}
    if any(q.unit in measured and value in {q.low, q.high} for q in find_quantities(text)):
        return False
    words = Words(text, tokenize(text))
    numerals = (numeral_at(words, n) for n, norm in enumerate(words.norms) if starts(norm))
    bare = {n.value for n in numerals if n is not None and lists().units.get(words.norm(n.last), unit) == unit}
    large = [size for name, size in _LARGE.items() if name in words.norms]
    return value in bare or any(value / size in bare for size in large) or _is_unnumbered(value, unit, words.norms)


def _is_unnumbered(value: Decimal, unit: str, words: Sequence[str]) -> bool:
    """Return whether words express a value without a number: 1 month for "a month", 1 claim for "monthly", 0 for "none"."""
    if value == 0:
        return not _NONE.isdisjoint(words)
    if value == Decimal("0.5"):
        return unit == "day" and not _HALF_DAYS.isdisjoint(words)
    if unit == "month" and value == 1 and "all" in words and not lists().months.isdisjoint(words):
        return True
    by_article = any(a in _ONE and lists().units.get(b) == unit for a, b in pairwise(words))
    return value == 1 and (by_article or not words_of("guard.rhythms").isdisjoint(words))


def _is_fraction(value: float, text: str) -> bool:
    """Return whether a percentage is, rounded, a fraction in the text, such as a third."""
    words = {t.norm for t in tokenize(text)}
    return bool(words & _ENDLESS) and any(q.unit == "percent" and abs(float(q.low) - value) < 1 for q in find_quantities(text))


def _is_share(value: float, text: str) -> bool:
    """Return whether a percentage is, rounded, a share that the text gives as N in M: 8.3 or 8 for one in twelve."""
    words = [t.norm for t in tokenize(text)]
    if value <= 0 or not {"in", "of"} & set(words):
        return False
    shares = (q for q in find_quantities(text) if q.unit == "percent" and {"in", "of"} & set(norms(q.text)))
    if any(round(q.low) == value for q in shares):
        return True
    counts = [n for name, n in SMALL.items() if 0 < n < 10 and {name, str(n)} & set(words)]
    wholes = [(n, round(n * 100 / value)) for n in counts]
    return any(abs(n * 100 / whole - value) <= 0.5 and not ungrounded_numbers(str(whole), text) for n, whole in wholes if whole > n)
