"""Counts that do not fit the background, and values of one measure that do not fit each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...findings import Metric, Number
from ...lexicon import words_of
from ...metrics import measure_key, measure_words, same_metric
from ...quantities import Quantity
from ...quantities.arithmetic import convert
from ...quantities.units import DURATIONS
from ...reading import Reading
from ...text import norms as norms_of
from .clash import Clash, Scene, apart
from .known import known_numbers

__all__ = ["of_counts"]

_LIKE = (Decimal("0.55"), Decimal("1.8"))
_WORDS = 2  # fewest words that two names of one measure share
_STEM = 5  # letters by which a noun is recognised in another form: "family", "families"
_SHORT = 3  # most words of a sentence that only answers
_MANY = 8  # smaller counts occur in too many senses
_LEAD = 16  # characters before a count, and half as many after it, in which words can make it a count of a part


def of_counts(scene: Scene, metrics: Sequence[Metric], earlier: Sequence[Metric]) -> Iterator[Clash]:
    """Yield a turn's metrics that conflict with the background's facts or with an earlier metric of the same measure.

    `earlier` are metrics of earlier turns; the caller keeps it short (see `copilot.metrics.measure_key`). Values that can be true
    together, such as one before and one after, do not contradict each other.
    """
    yield from _with_facts(scene, metrics)
    yield from _with_earlier(scene, metrics, earlier)


def _ends(value: Number | tuple[Number, Number]) -> tuple[Decimal, Decimal]:
    low, high = value if isinstance(value, tuple) else (value, value)
    return Decimal(str(low)), Decimal(str(high))


def _with_facts(scene: Scene, metrics: Sequence[Metric]) -> Iterator[Clash]:
    """Yield counts that differ from the background's: "86 vehicles" there, ninety-one said."""
    reading = scene.reading
    counts = [(fact, q) for fact, q in known_numbers(reading.background) if q.unit and q.unit not in DURATIONS and not q.change]
    for metric in metrics:
        if metric.baseline is not None or metric.kind in {"plan", "timeline"} or metric.agreed:
            continue
        for fact, quantity in counts:
            if _is_of_fact(reading, metric, fact, quantity) and not _fits_fact(metric, quantity):
                yield scene.clash_with_background(quantity.text, metric.start, metric.end)
                break


def _fits_fact(metric: Metric, quantity: Quantity) -> bool:
    """Return whether a value and a fact can both be true: "more than 200 practices", and two hundred and twelve."""
    said, fact = _ends(metric.value), (quantity.low, quantity.high)
    if (quantity.bound == "at least" and said[0] >= fact[0]) or (quantity.bound == "at most" and said[1] <= fact[1]):
        return True
    return not apart(said, fact, quantity.approximate or _is_rough(metric))


def _is_of_fact(reading: Reading, metric: Metric, fact: str, quantity: Quantity) -> bool:
    """Return whether a metric counts what a fact counts, and has the same order of magnitude."""
    high = _ends(metric.value)[1]
    if quantity.high == 0 or not _LIKE[0] <= high / quantity.high <= _LIKE[1]:
        return False
    if quantity.unit != metric.unit or metric.scope or metric.kind != "scale" or _told_as_fact(reading, metric):
        return False
    if not _names(reading, metric, quantity.unit or ""):
        return False
    if quantity.unit == "person" and not measure_words(metric.measures) & measure_words(fact) - {"people", "person", "staff"}:
        return False
    return quantity.high >= _MANY and not _is_part(reading, metric)


def _names(reading: Reading, metric: Metric, unit: str) -> bool:
    """Return whether a metric's words or the question say what it counts, and the sentence speaks of all there is now."""
    sentence = reading.sentence_at(metric.start)
    norms = frozenset(reading.norms[sentence.first : sentence.last]) if sentence else frozenset()
    own = not words_of("contradictions.lists.own_alone").isdisjoint(norms) and words_of("contradictions.lists.all_of_us").isdisjoint(norms)
    if own or not words_of("contradictions.lists.parted").isdisjoint(norms) or {"used", "second"} & norms:
        return False
    at = reading.sentences.index(sentence) if sentence else 0
    counted = any(q.unit == unit for q in reading.quantities_in(reading.sentences[at - 1])) if at else len(norms) <= _SHORT
    said = norms_of(f"{reading.question} {metric.text}")
    return unit == "person" or counted or any(norm.startswith(unit[:_STEM]) for norm in said)


def _told_as_fact(reading: Reading, metric: Metric) -> bool:
    """Return whether another fact has exactly this value, as in "nine hotels, five in Spain"."""
    facts = known_numbers(reading.background)
    return any(q.unit in {metric.unit, None} and (q.low, q.high) == _ends(metric.value) for _, q in facts)


def _is_part(reading: Reading, metric: Metric) -> bool:
    """Return whether a count is about a part: "two more shops", "six of the shops"."""
    around = {t.norm for t in reading.tokens if metric.start - _LEAD <= t.start < metric.end + _LEAD // 2}
    return bool(around & words_of("mentions.partial"))


def _is_rough(metric: Metric) -> bool:
    return bool(set(metric.text.lower().replace("-", " ").split()) & words_of("mentions.rough"))


def _with_earlier(scene: Scene, metrics: Sequence[Metric], earlier: Sequence[Metric]) -> Iterator[Clash]:
    """Yield metrics that an earlier statement of the same measure contradicts."""
    for metric in metrics:
        for other in earlier:
            if other.turn < metric.turn and _comparable(metric, other) and same_metric(metric, other) and not _reconciled(metric, other):
                yield scene.clash(other.turn, other.text, metric.start, metric.end)
                break


def _comparable(a: Metric, b: Metric) -> bool:
    """Return whether two metrics are about one time and similar in size: a value before and one after can both be true."""
    if a.kind != b.kind or a.kind == "plan" or a.agreed or b.agreed:
        return False
    if a.unit == "person" and max(_ends(a.value)[1], _ends(b.value)[1]) < _MANY:
        return False
    if not _LIKE[0] <= _ends(a.value)[1] / max(_ends(b.value)[1], Decimal("0.001")) <= _LIKE[1] and measure_key(a) != "duration":
        return False
    if len(measure_words(a.measures) & measure_words(b.measures)) < _WORDS:
        return False
    return a.period == b.period or not (a.period and b.period)


def _reconciled(a: Metric, b: Metric) -> bool:
    """Return whether two values can both be true: equal within rounding, or one is the value before the other."""
    ends_a, ends_b = _in_unit(a.value, a.unit, a.unit), _in_unit(b.value, b.unit, a.unit)
    if ends_a is None or ends_b is None or not apart(ends_a, ends_b, _is_rough(a) or _is_rough(b)):
        return True
    for one, other in ((a, ends_b), (b, ends_a)):
        base = _in_unit(one.baseline.value, one.baseline.unit, a.unit) if one.baseline else None
        if base is not None and not apart(base, other, rough=True):
            return True
    return False


def _in_unit(value: Number | tuple[Number, Number], unit: str, to: str) -> tuple[Decimal, Decimal] | None:
    low, high = (convert(end, unit, to) for end in _ends(value))
    return None if low is None or high is None else (low, high)
