"""Recognise and merge mentions of the same metric."""

from __future__ import annotations

import re
from functools import lru_cache

from ..findings import Amount, Metric, Number
from ..lexicon import words_of
from ..mentions import currencies
from ..quantities.units import DURATIONS, singular
from .naming import of_phrase
from .periods import at_rate, rate_of

__all__ = [
    "CONFIRMED",
    "ends_of",
    "is_change",
    "is_said_again",
    "measure_key",
    "measure_words",
    "merge",
    "same_metric",
    "same_value",
    "with_answer",
    "with_confirmed",
    "with_field",
]

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 0.5  # share of naming words in common from which two mentions are of one metric
_NEAR = 4  # most turns between a metric and the answer that completes it
_NEXT = 2  # most turns between a metric and a follow-up that completes it, though the value is another
_FIELDS = ("baseline", "period", "scope", "source")
_LARGEST_RATIO = 500  # of a value to the one before
FROM_PAIN, FROM_ANSWER, CONFIRMED = 0.15, 0.5, 0.95
"""Chance that an earlier pain, the answer to "from what?", or what a customer confirmed is the value before.

The first is a share among labelled metrics.
"""


def measure_key(metric: Metric) -> str:
    """Return a cheap key shared by all mentions that could be of one metric: the unit, with all durations as one."""
    return "duration" if metric.unit in DURATIONS else metric.unit


@lru_cache(maxsize=2048)
def measure_words(measures: str) -> frozenset[str]:
    """Return the words that name what is measured, in the singular, without small words."""
    return frozenset(singular(w) for w in _WORD.findall(measures.lower()) if w not in words_of("mentions.naming_nothing") and len(w) > 2)


def is_change(metric: Metric) -> bool:
    """Return whether a metric is itself a change: "fall in calls: 40 percent"."""
    return metric.unit in {"percent", "times", "percentage point"} and metric.measures.partition(" ")[0] in {"fall", "rise"}


def ends_of(amount: Metric | Amount) -> tuple[Number, ...]:
    """Return the two ends of a range, or a value alone."""
    return amount.value if isinstance(amount.value, tuple) else (amount.value,)


def same_value(a: Metric, b: Metric) -> bool:
    """Return whether two metrics have the same value, after converting units of time."""
    return _seconds(a) == _seconds(b)


def _seconds(amount: Metric | Amount) -> tuple[float, ...]:
    return tuple(round(float(end) * DURATIONS.get(amount.unit, 1), 3) for end in ends_of(amount))


def same_metric(a: Metric, b: Metric) -> bool:
    """Return whether two mentions are of one metric: the same unit, and words that name the same thing in the same scope.

    A relative change and its two ends are different metrics; so are values for different places or people.
    """
    if measure_key(a) != measure_key(b) or is_change(a) != is_change(b) or _apart(a.scope, b.scope):
        return False
    words_a, words_b = measure_words(a.measures), measure_words(b.measures)
    if a.unit not in DURATIONS and a.unit not in currencies() | {"percent", "times", "point", "person", "item"}:
        words_a, words_b = words_a | {a.unit}, words_b | {b.unit}
    shared = len(words_a & words_b)
    if not shared:
        return False
    if same_value(a, b) or (b.baseline is None and (a.kind, b.kind) == ("pain", "result")):
        return True
    return shared / min(len(words_a), len(words_b)) > _ENOUGH and shared / max(len(words_a), len(words_b)) >= _ENOUGH


def is_said_again(a: Metric, b: Metric) -> bool:
    """Return whether a number with the value of an earlier metric, a, is that one again: said soon after, and named no differently."""
    words_a, words_b = measure_words(a.measures), measure_words(b.measures)
    named = "definition" not in {*a.missing, *b.missing} and bool(words_a and words_b)
    alike = measure_key(a) == measure_key(b) and same_value(a, b) and not _apart(a.scope, b.scope)
    return alike and 0 < b.turn - a.turn <= _NEAR and not (named and words_a.isdisjoint(words_b))


def _apart(a: str | None, b: str | None) -> bool:
    """Return whether both scopes are given and share no word."""
    return bool(a and b) and not set(_WORD.findall((a or "").lower())) & set(_WORD.findall((b or "").lower()))


def merge(a: Metric, b: Metric) -> Metric:
    """Return the earlier mention, a, completed by the later one, b, whose baseline, period, scope and source fill what a lacks.

    If the values differ, a pain of an earlier turn becomes the baseline of a later result; a baseline never completes another value.
    """
    if {a.kind, b.kind} == {"pain", "result"} and a.turn != b.turn and a.baseline is None and b.baseline is None:
        before, after = (a, b) if a.kind == "pain" else (b, a)
        if not same_value(a, b) and not _is_far(a, b):
            return _completed(_against(after, before, FROM_PAIN), before)
    return _completed(a, b)


def with_answer(a: Metric, b: Metric) -> tuple[Metric, Metric]:
    """Return the earlier metric, a, with the answer to "from what?", b, as its baseline, and b with a's `measures` if it has none.

    Both are returned unchanged if b cannot be that answer: another unit, a change, the same value, or said much later. A change, "up by a
    third", has no baseline, and lacks none once b tells its two ends.
    """
    if _are_ends(a, b):
        return _without(a, {"baseline"}), _named(b, a, a.measures.partition(" in ")[2])
    fits = measure_key(a) == measure_key(b) and a.baseline is None and b.baseline is None and not is_change(a) and not is_change(b)
    if not fits or same_value(a, b) or not 0 < b.turn - a.turn <= _NEAR or _is_far(a, b):
        return a, b
    return _without(_against(a, b, FROM_ANSWER), {"baseline"}), _named(b, a, a.measures)


def _named(metric: Metric, other: Metric, measures: str) -> Metric:
    """Return a metric with what another measures if it lacks that."""
    lacks = "definition" in metric.missing and "definition" not in other.missing
    return _without(metric.model_copy(update={"measures": measures}), {"definition"}) if lacks else metric


def _are_ends(change: Metric, b: Metric) -> bool:
    """Return whether a metric with a value before, told soon after a change, went the way that the change says."""
    if not is_change(change) or b.baseline is None or not 0 < b.turn - change.turn <= _NEXT:
        return False
    before, after = max(_seconds(b.baseline)), max(_seconds(b))
    return after > before if change.measures.startswith("rise") else after < before


def with_confirmed(metric: Metric, baseline: Amount, unit: str | None) -> Metric:
    """Return a metric with the value before that the customer confirmed, and with the unit that was said for either, if one was."""
    named = metric.model_copy(update={"unit": unit}) if unit else metric
    before = baseline if unit else baseline.model_copy(update={"unit": named.unit})
    return _without(named.model_copy(update={"baseline": before, "baseline_chance": CONFIRMED}), {"baseline"})


def with_field(metric: Metric, field: str, words: str) -> Metric:
    """Return a metric with the words that were told when a field of it was asked for; its definition is what it measures.

    A period keeps the rate that the metric is told at.
    """
    told = {field: words}
    if field == "definition":
        told = {"measures": of_phrase(metric.unit, words)}
    elif field == "period":
        told = {"period": at_rate(metric.period, words)}
    return _without(metric.model_copy(update=told), {field})


def _is_far(a: Metric, b: Metric) -> bool:
    """Return whether two values are too far apart in size to be of one thing."""
    low, *_, high = sorted((*_seconds(a), *_seconds(b)))
    return low > 0 and high > low * _LARGEST_RATIO


def _against(after: Metric, before: Metric, chance: float) -> Metric:
    """Return a metric with another metric's value as its baseline."""
    return after.model_copy(update={"baseline": Amount(value=before.value, unit=before.unit), "baseline_chance": chance})


def _completed(metric: Metric, other: Metric) -> Metric:
    """Return a metric with what it lacks of another mention.

    Of another value's only what a follow-up adds, and never the baseline; nor the place that another number of its turn holds for. Two
    values share how often they are told, not when.
    """
    same, away = same_value(metric, other), abs(metric.turn - other.turn)
    added = {"baseline": False, "scope": 0 < away <= _NEXT}
    known = {name: getattr(other, name) for name in _FIELDS}
    if not same:
        known["period"] = rate_of(other.period)
    filled = {
        name: words
        for name, words in known.items()
        if words is not None and getattr(metric, name) is None and (same or added.get(name, away <= _NEXT))
    }
    if "baseline" in filled:
        filled["baseline_chance"] = other.baseline_chance
    if "definition" in metric.missing and "definition" not in other.missing:
        filled["measures"] = other.measures
    completed = metric.model_copy(update=filled) if filled else metric
    given = {name for name in _FIELDS if getattr(completed, name) is not None}
    return _without(completed, given | {"definition"} if "measures" in filled else given)


def _without(metric: Metric, names: set[str]) -> Metric:
    missing = tuple(name for name in metric.missing if name not in names)
    return metric if missing == metric.missing else metric.model_copy(update={"missing": missing})
