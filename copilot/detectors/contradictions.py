"""Contradictions in numbers: with an earlier statement, with the background, and in their own arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from ..arithmetic import check_change, convert
from ..findings import Contradiction, Metric, Number
from ..mentions import words_of
from ..metrics import is_change, measure_words, same_metric
from ..quantities import Quantity, find_quantities
from ..quantities.units import DURATIONS
from ..reading import Reading

__all__ = ["contradictions"]

_CLOSE_TURNS = 6
_LIKE = (Decimal("0.55"), Decimal("1.8"))
_ROUNDING = Decimal("0.03")
_LEAD = 4  # words before a number that answers at once
_ROUGH = Decimal("0.15")


def contradictions(reading: Reading, metrics: Sequence[Metric], earlier: Sequence[Metric]) -> tuple[Contradiction, ...]:
    """Return the conflicts of a turn's metrics with the background's facts, with earlier metrics, and in arithmetic.

    `earlier` are metrics of turns before; the caller keeps it short (see `copilot.metrics.measure_key`). Percent, points, factors and
    the values before and after are reconciled first: what can be true together is no contradiction.
    """
    found = [*_with_facts(reading, metrics), *_in_arithmetic(reading, metrics, earlier), *_with_earlier(reading, metrics, earlier)]
    seen: dict[tuple[int, ...], Contradiction] = {}
    for row in found:
        seen.setdefault(row.turns, row)
    return tuple(seen.values())


def _ends(value: Number | tuple[Number, Number]) -> tuple[Decimal, Decimal]:
    low, high = value if isinstance(value, tuple) else (value, value)
    return Decimal(str(low)), Decimal(str(high))


def _middle(value: Number | tuple[Number, Number]) -> Decimal:
    low, high = _ends(value)
    return (low + high) / 2


@lru_cache(maxsize=64)
def _facts(facts: tuple[str, ...]) -> tuple[tuple[str, Quantity], ...]:
    """Return the quantities of the background's facts, each with its fact."""
    return tuple((fact, q) for fact in facts for q in find_quantities(fact))


def _with_facts(reading: Reading, metrics: Sequence[Metric]) -> Iterator[Contradiction]:
    """Yield counts that differ from the background's: "86 vehicles" there, ninety-one said."""
    facts = _facts(reading.background.customer.facts)
    counts = [(fact, q) for fact, q in facts if q.unit and q.unit not in DURATIONS and not q.change]
    for metric in metrics:
        if metric.baseline is not None or metric.kind in {"plan", "timeline"} or metric.agreed:
            continue
        for fact, quantity in counts:
            if _is_of_fact(reading, metric, fact, quantity) and not _fits_fact(metric, quantity):
                yield Contradiction(turns=(metric.turn,), text=f"background: {quantity.text} / {metric.text}")
                break


def _fits_fact(metric: Metric, quantity: Quantity) -> bool:
    """Say whether a value and a fact can both be true: "more than 200 practices", and two hundred and twelve."""
    said, fact = _ends(metric.value), (quantity.low, quantity.high)
    if (quantity.bound == "at least" and said[0] >= fact[0]) or (quantity.bound == "at most" and said[1] <= fact[1]):
        return True
    return not _clash(said, fact, quantity.approximate or _is_rough(metric))


def _is_of_fact(reading: Reading, metric: Metric, fact: str, quantity: Quantity) -> bool:
    """Say whether a metric counts what a fact counts, and is of its order of size."""
    high = _ends(metric.value)[1]
    if quantity.high == 0 or not _LIKE[0] <= high / quantity.high <= _LIKE[1]:
        return False
    bare = all(q.unit is None for q in reading.quantities if metric.start <= q.start < metric.end)
    whole = not _is_part(reading, metric) or "those" in reading.question
    if whole and _answers_first(reading, metric) and (bare or metric.unit == quantity.unit) and _is_proposed(reading, quantity):
        return True
    if quantity.unit != metric.unit or metric.scope or metric.kind != "scale" or _told_as_fact(reading, metric):
        return False
    if quantity.unit == "person" and not measure_words(metric.measures) & measure_words(fact) - {"people", "person", "staff"}:
        return False
    return quantity.high >= _MANY and not _is_part(reading, metric)


def _answers_first(reading: Reading, metric: Metric) -> bool:
    """Say whether a number comes near the start of one of the first two sentences: "Four is right. Beds is 812"."""
    for sentence in reading.sentences[:2]:
        if sentence.start <= metric.start < sentence.end:
            return sum(t.start < metric.start for t in reading.tokens[sentence.first : sentence.last]) <= _LEAD
    return False


def _is_proposed(reading: Reading, quantity: Quantity) -> bool:
    """Say whether the interviewer just put the fact's number to the customer."""
    return any(q.value == quantity.value for before in reading.before[-2:] if not before.is_customer for q in before.quantities)


def _told_as_fact(reading: Reading, metric: Metric) -> bool:
    """Say whether the facts hold the very value elsewhere, as in "nine hotels, five in Spain"."""
    facts = _facts(reading.background.customer.facts)
    return any(q.unit in {metric.unit, None} and (q.low, q.high) == _ends(metric.value) for _, q in facts)


def _is_part(reading: Reading, metric: Metric) -> bool:
    """Say whether a count is of a part: "two more shops", "six of the shops"."""
    return bool({t.norm for t in reading.tokens if metric.start - 16 <= t.start < metric.end + 8} & words_of("partial"))


_MANY = 8


def _is_rough(metric: Metric) -> bool:
    return bool(set(metric.text.lower().replace("-", " ").split()) & words_of("rough"))


def _clash(a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal], rough: bool) -> bool:
    """Say whether two values or ranges are further apart than rounding explains."""
    room = _ROUGH if rough else _ROUNDING
    low, high = (a, b) if a[1] <= b[1] else (b, a)
    return high[0] > low[1] and high[0] - low[1] > room * high[0]


def _in_arithmetic(reading: Reading, metrics: Sequence[Metric], earlier: Sequence[Metric]) -> Iterator[Contradiction]:
    """Yield changes that their two ends do not bear out."""
    near = [m for m in earlier if 0 < metrics[0].turn - m.turn <= _CLOSE_TURNS] if metrics else []
    for n, metric in enumerate(metrics):
        before = [*near, *metrics[:n]]
        if is_change(metric) or _is_sum(reading, metric, metrics[:n]):
            pair = _pair_of(reading, metric, before)
            found = _misfit(metric, pair) if pair else None
        elif metric.baseline is not None:
            changes = [c for c in before if is_change(c) and _answers(reading, c, metric, before)]
            found = _misfit(changes[-1], metric) if changes else None
        else:
            found = None
        if found is not None:
            yield found


def _pair_of(reading: Reading, change: Metric, before: Sequence[Metric]) -> Metric | None:
    """Return the before and after that a change is told of: the one that its words name, or the last where it only sums up."""
    pairs = [m for m in before if m.baseline is not None and not is_change(m)]
    words = measure_words(change.measures)
    named = [p for p in pairs if words & measure_words(p.measures)]
    if named:
        return named[-1]
    sums_up = _opening(reading, change) & words_of("summing") and pairs and pairs[-1].turn == change.turn
    return pairs[-1] if sums_up else None


def _is_sum(reading: Reading, metric: Metric, before: Sequence[Metric]) -> bool:
    """Say whether a percentage sums up the before and after right before it: "from 1,240 to 1,010, so 22.8 percent"."""
    last = before[-1] if before else None
    if (
        metric.unit != "percent"
        or "percent" not in metric.text.replace("per cent", "percent").replace("%", "percent")
        or metric.baseline
        or last is None
        or last.baseline is None
        or last.unit == "percent"
    ):
        return False
    return bool(
        {t.norm for t in reading.tokens if last.end <= t.start < metric.start and metric.start - t.start <= 16} & words_of("summing")
    )


def _opening(reading: Reading, metric: Metric) -> set[str]:
    """Return the first words of a metric's sentence."""
    sentence = reading.sentence_at(metric.start)
    if sentence is None:
        return set()
    return {t.norm for t in reading.tokens[sentence.first : min(sentence.first + 5, sentence.last)]} | {
        t.norm for t in reading.tokens if metric.start - 12 <= t.start < metric.start
    }


def _answers(reading: Reading, change: Metric, pair: Metric, before: Sequence[Metric]) -> bool:
    """Say whether a before and after is told of a change: by its words, or as the answer to a question about it."""
    if measure_words(change.measures) & measure_words(pair.measures):
        return True
    asked = set(reading.question.lower().replace("?", " ").replace(",", " ").split())
    follows = change.turn >= pair.turn - 3 and change is [m for m in before if is_change(m)][-1]
    return follows and bool(asked & {"from", "before", "was"}) and bool(asked & {"what", "to", "now"})


def _misfit(change: Metric, pair: Metric) -> Contradiction | None:
    base = pair.baseline
    if base is None:
        return None
    before = convert(_middle(base.value), base.unit, pair.unit)
    if before is None:
        return None
    after = _middle(pair.value)
    found = check_change(_middle(change.value), change.unit, before, after, pair.unit)
    against = is_change(change) and change.unit == "percent" and (after < before) != change.measures.startswith("fall")
    if found is None or found.holds or against:
        return None
    turns = tuple(sorted({change.turn, pair.turn}))
    return Contradiction(turns=turns, text=f"{change.text} / {pair.text}, which is {found.computed:.3g} {found.unit}")


def _with_earlier(reading: Reading, metrics: Sequence[Metric], earlier: Sequence[Metric]) -> Iterator[Contradiction]:
    """Yield metrics that an earlier statement of the same measure contradicts."""
    for metric in metrics:
        for other in earlier:
            if other.turn < metric.turn and _comparable(metric, other) and same_metric(metric, other) and not _reconciled(metric, other):
                yield Contradiction(turns=(other.turn, metric.turn), text=f"{other.text} / {metric.text}")
                break


def _comparable(a: Metric, b: Metric) -> bool:
    """Say whether two metrics speak of one time: a value before and one after, a plan and an outcome can both be true."""
    if a.kind != b.kind or a.kind == "plan" or a.agreed or b.agreed:
        return False
    if not measure_words(a.measures) or len(measure_words(a.measures) & measure_words(b.measures)) < 2:
        return False
    return a.period == b.period or not (a.period and b.period)


def _reconciled(a: Metric, b: Metric) -> bool:
    """Say whether two values can both be true: equal within rounding, or one the value before the other."""
    ends_a, ends_b = _in_unit(a.value, a.unit, a.unit), _in_unit(b.value, b.unit, a.unit)
    if ends_a is None or ends_b is None or not _clash(ends_a, ends_b, _is_rough(a) or _is_rough(b)):
        return True
    for one, other in ((a, ends_b), (b, ends_a)):
        base = _in_unit(one.baseline.value, one.baseline.unit, a.unit) if one.baseline else None
        if base is not None and not _clash(base, other, rough=True):
            return True
    return False


def _in_unit(value: Number | tuple[Number, Number], unit: str, to: str) -> tuple[Decimal, Decimal] | None:
    low, high = (convert(end, unit, to) for end in _ends(value))
    return None if low is None or high is None else (low, high)
