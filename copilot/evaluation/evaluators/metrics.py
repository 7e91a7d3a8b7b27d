"""Metrics and their completeness: the quantities that a story could use, each with value, unit, kind, baseline and period."""

from __future__ import annotations

from collections.abc import Sequence

from ...findings import Metric
from ...metrics import measure_words
from ..context import EvaluatorContext
from ..counting import Counts, prf, ratio
from ..gold import GoldMetric, Interview
from ..matching import close, numbers, pair_metrics, verbatim
from ..words import numbers_said

__all__ = ["FIGURES", "count"]

LOOK_BACK = 2  # turns before a metric's own in which its number may have been said, if the customer only agrees to it


def count(context: EvaluatorContext) -> Counts:
    """Count metrics found, missed and invented, and the correct fields of those found."""
    hearing, n = context.hearing, Counts()
    interview, found = hearing.interview, hearing.findings.metrics
    gold, pairs = interview.gold.metrics, pair_metrics(interview, hearing.findings)
    again = _said_again(gold, found, {j for _, j in pairs})
    n.add_pairs("metric", len(pairs), len(found) - again, len(gold))
    for i, j in pairs:
        _count_fields(n, gold[i], found[j])
    n["verbatim.n"] += len(found)
    n["verbatim.ok"] += verbatim(found, interview)
    n["grounded.ok"] += sum(_is_grounded(row, interview) for row in found)
    return n


def _said_again(gold: Sequence[GoldMetric], found: Sequence[Metric], paired: set[int]) -> int:
    """Return how many findings repeat a labelled number in another turn; these are ignored."""
    labels = [(row.turn, numbers(row.value)) for row in gold]
    rest = [(row.turn, numbers(row.value)) for j, row in enumerate(found) if j not in paired]
    return sum(any(turn != other and close(value, again) for turn, value in labels) for other, again in rest)


def _count_fields(n: Counts, gold: GoldMetric, found: Metric) -> None:
    n["value.ok"] += close(numbers(gold.value), numbers(found.value))
    n["unit.ok"] += gold.unit.lower().rstrip("s") == found.unit.lower().rstrip("s")
    n["kind.ok"] += gold.kind == found.kind
    n["measures.n"] += "definition" not in found.missing
    n["measures.ok"] += "definition" not in found.missing and bool(measure_words(gold.measures) & measure_words(found.measures))
    n["period.ok"] += (gold.period is not None) == (found.period is not None)
    right = gold.baseline is not None and found.baseline is not None and close(numbers(gold.baseline.value), numbers(found.baseline.value))
    n["baseline.n"] += gold.baseline is not None
    n["baseline.found"] += found.baseline is not None
    n["baseline.ok"] += right
    if gold.kind == "result" and gold.baseline is None:
        n["lacking.n"] += 1
        n["lacking.ok"] += "baseline" in found.missing


def _is_grounded(metric: Metric, interview: Interview) -> bool:
    """Return whether each number of a metric was said in its turn, or just before by somebody whom the customer agrees with."""
    said = numbers_said(interview.texts.get(turn, "") for turn in range(metric.turn - LOOK_BACK, metric.turn + 1))
    return all(any(close((value,), (other,)) for other in said) for value in numbers(metric.value))


FIGURES = (
    *prf("metric"),
    ratio("value_accuracy", "value.ok", "metric.tp"),
    ratio("unit_accuracy", "unit.ok", "metric.tp"),
    ratio("kind_accuracy", "kind.ok", "metric.tp"),
    ratio("measures_share_word", "measures.ok", "measures.n"),
    ratio("baseline_recall", "baseline.ok", "baseline.n"),
    ratio("baseline_precision", "baseline.ok", "baseline.found"),
    ratio("period_accuracy", "period.ok", "metric.tp"),
    ratio("missing_baseline_seen", "lacking.ok", "lacking.n"),
    ratio("verbatim", "verbatim.ok", "verbatim.n"),
    ratio("grounded", "grounded.ok", "verbatim.n"),
)
