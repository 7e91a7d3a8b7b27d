"""Gap closing: what was answered later or out of order, declined or deferred is no longer asked for, and what is open still is."""

from __future__ import annotations

from ...findings import Gap
from ..context import EvaluatorContext
from ..counting import Counts, ratio
from ..gold import GoldGap
from ..matching import pair_gaps

__all__ = ["FIGURES", "count"]

NEAR = 2  # turns by which the closing turn may be off
LATER = 4  # turns after which an answer is out of order: the customer came back to the matter


def count(context: EvaluatorContext) -> Counts:
    """Count, on the gaps that were found, the outcomes that were seen."""
    hearing, n = context.hearing, Counts()
    found, pairs = pair_gaps(hearing.interview, hearing.findings)
    for i, j in pairs:
        _count_outcome(n, hearing.interview.gold.gaps[i], found[j])
    return n


def _count_outcome(n: Counts, gold: GoldGap, found: Gap) -> None:
    n["outcome.n"] += 1
    n["outcome.ok"] += gold.outcome == found.outcome
    n[f"{gold.outcome}.n"] += 1
    n[f"{gold.outcome}.ok"] += gold.outcome == found.outcome
    if gold.closed_by is None:
        if gold.outcome == "open":
            n["stays.n"] += 1
            n["stays.ok"] += found.closed_by is None
        return
    closed = found.closed_by is not None and abs(found.closed_by - gold.closed_by) <= NEAR
    when = "later" if gold.closed_by - gold.turn > LATER else "soon"
    for name in ("close", when):
        n[f"{name}.n"] += 1
        n[f"{name}.ok"] += closed


FIGURES = (
    ratio("closed_when_answered", "close.ok", "close.n"),
    ratio("closed_when_answered_soon", "soon.ok", "soon.n"),
    ratio("closed_when_answered_later", "later.ok", "later.n"),
    ratio("open_when_open", "stays.ok", "stays.n"),
    ratio("declined_seen", "declined.ok", "declined.n"),
    ratio("deferred_seen", "deferred.ok", "deferred.n"),
    ratio("outcome_accuracy", "outcome.ok", "outcome.n"),
)
