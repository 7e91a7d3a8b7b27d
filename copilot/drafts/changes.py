"""Stated changes compared with what their two ends give: percent of the value before, percentage points, factors, ranges."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from ..findings import Amount, Metric
from ..lexicon import words_of
from ..metrics import ends_of, is_change, measure_words
from ..quantities import find_quantities
from ..quantities.arithmetic import Change, check_change, convert, factor, percent_change
from ..text import tokenize
from ..turns import Span
from .asserted import usable_metrics
from .digits import amount_text
from .figures import before_said, is_literal
from .material import Material

__all__ = ["Check", "check_changes"]

BREATH = 120  # most characters between a change and two ends that are about the same thing
NEAR = 4  # most words between a number and the word that makes it a change: "down by thirty percent"
EXACT = 1  # percentage points by which a printed change may be rounded
_UNITS = {"percent": "%", "times": "times", "percentage point": "percentage points"}

Verdict = Literal["holds", "is rounded", "is in points", "does not hold"]


class Stated(NamedTuple):
    """A change as somebody put it; `worded` says that a word next to it makes it one, such as "up", "less", "faster"."""

    span: Span
    value: Decimal
    unit: str
    measures: frozenset[str]
    worded: bool


class Check(NamedTuple):
    """A stated change and what its two ends give; `low` and `high` differ if an end is a range.

    `times` is the factor between the ends, if a fall is stated to be of more than 100 percent: "280 % faster" may be meant as one.
    """

    stated: Stated
    ends: Metric
    low: Decimal
    high: Decimal
    verdict: Verdict
    times: Decimal | None = None

    @property
    def computed(self) -> str:
        """What the two ends give, in figures."""
        shown = dict.fromkeys(map(_shown, (self.low, self.high)))
        told = f"{' to '.join(shown)} {_UNITS[self.stated.unit]}"
        return f"{told}, a factor of {_shown(self.times)}" if self.times else told

    @property
    def told(self) -> str:
        """What was stated and between which ends, in figures."""
        before = self.ends.baseline
        value = f"{self.stated.value.normalize():f} {_UNITS[self.stated.unit]}"
        return f"{value} is stated; from {amount_text(before) if before else 'nothing'} to {amount_text(self.ends)} gives {self.computed}"


def _shown(value: Decimal) -> str:
    return f"{round(value, 1).normalize():f}"


def check_changes(material: Material) -> list[Check]:
    """Return each stated change ("down forty percent") once, with the two ends that are about the same thing.

    Ends that are further away and do not agree are left out: they are most likely about something else.
    """
    metrics = usable_metrics(material)
    pairs = [m for m in metrics if before_said(material, m) and is_literal(material, m) and not is_change(m) and m.unit != "times"]
    checks: dict[tuple[int, int], list[Check]] = {}
    for ends in pairs:
        for stated in (*_told(material, metrics), *_nearby(material, ends)):
            check = _check(stated, ends)
            if check is not None and _is_fair(check):
                checks.setdefault((stated.span.turn, stated.span.end), []).append(check)
    return [min(rows, key=_doubt) for _, rows in sorted(checks.items())]


def _doubt(check: Check) -> tuple[bool, int]:
    """Return the sort key of checks: those that agree first, then the nearest."""
    return check.verdict == "does not hold", abs(check.stated.span.start - check.ends.end)


def _told(material: Material, metrics: list[Metric]) -> Iterator[Stated]:
    """Yield the metrics that are changes themselves."""
    for metric in metrics:
        if is_change(metric) and not isinstance(metric.value, tuple):
            worded = _is_worded(material, metric)
            yield Stated(metric, Decimal(str(metric.value)), metric.unit, measure_words(metric.measures), worded)


def _nearby(material: Material, ends: Metric) -> Iterator[Stated]:
    """Yield the changes in the turn of two ends, recognised by the words next to them; what has a value before is no change but an end."""
    turn = material.turns[ends.turn]
    pairs = [m for m in material.findings.metrics if m.turn == ends.turn and m.likely_baseline]
    for quantity in find_quantities(turn.text):
        span = turn.span(quantity.start, quantity.end)
        single = quantity.low == quantity.high and quantity.baseline is None and not any(span.overlaps(m) for m in (ends, *pairs))
        if quantity.unit in _UNITS and single and _is_worded(material, span) and material.is_usable(span):
            yield Stated(span, quantity.low, quantity.unit, frozenset(), worded=True)


def _is_worded(material: Material, number: Span) -> bool:
    """Return whether a word next to a number makes it a change: "up", "less", "faster".

    It stands in the sentence of the number, or right before a sentence that is little more than the number: "It is faster. Six times.".
    """
    tokens = tokenize(material.turns[number.turn].text)
    held = next((s for s in material.sentences(number.turn) if s.start <= number.start < s.end), None)
    first, last = (held.first, held.last) if held else (0, len(tokens))
    before = [t.norm for t in tokens[first if last - first > NEAR else 0 : last] if t.end <= number.start][-NEAR:]
    after = [t.norm for t in tokens[first:last] if t.start >= number.end][:NEAR]
    return not words_of("drafts.changing").isdisjoint({*before, *after})


def _is_fair(check: Check) -> bool:
    """Return whether a change and two ends are about one thing: said close together, or agreeing and with words in common.

    A share or a count close by that is put as no change is only one where it agrees.
    """
    stated, ends = check.stated, check.ends
    if stated.span.turn == ends.turn and abs(stated.span.start - ends.end) < BREATH:
        return stated.worded or check.verdict != "does not hold"
    return check.verdict == "holds" and bool(stated.measures & (measure_words(ends.measures) | {ends.unit}))


def _check(stated: Stated, ends: Metric) -> Check | None:
    """Return the check of a change against two ends, None if they allow no such change."""
    if ends.baseline is None:
        return None
    if isinstance(ends.value, tuple) or isinstance(ends.baseline.value, tuple):
        return _check_range(stated, ends, ends.baseline)
    low, high = convert(Decimal(str(ends.baseline.value)), ends.baseline.unit, ends.unit), Decimal(str(ends.value))
    change = None if low is None else check_change(stated.value, stated.unit, low, high, of=ends.unit)
    if low is None or change is None:
        return None
    times = factor(low, high) if stated.unit == "percent" and stated.value > 100 and 0 < high < low else None
    return Check(stated, ends, change.computed, change.computed, _verdict(change), times)


def _verdict(change: Change) -> Verdict:
    """Return the verdict on a stated change in print, where a point matters that does not in speech."""
    if change.reading == "points" and change.unit == "percent":
        return "is in points"
    if not change.holds:
        return "does not hold"
    close = change.unit != "percent" or abs(change.computed - change.stated) <= EXACT
    return "holds" if close else "is rounded"


def _check_range(stated: Stated, ends: Metric, before: Amount) -> Check | None:
    """Return the check of a change in percent against ends of which one is a range: the least and the most that they allow."""
    lows = [convert(Decimal(str(end)), before.unit, ends.unit) for end in ends_of(before)]
    if stated.unit != "percent" or any(low is None or low == 0 for low in lows):
        return None
    changes = [abs(percent_change(low, Decimal(str(high)))) for low in lows if low is not None for high in ends_of(ends)]
    fits = min(changes) - EXACT <= stated.value <= max(changes) + EXACT
    return Check(stated, ends, min(changes), max(changes), "holds" if fits else "does not hold")
