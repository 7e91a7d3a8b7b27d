"""What the writer must follow up: promises, claims to verify, statements that contradict each other."""

from __future__ import annotations

from ...findings import Commitment
from ..context import EvaluatorContext
from ..counting import Counts, prf, ratio
from ..matching import pair_spans

__all__ = ["FIGURES", "count"]


def count(context: EvaluatorContext) -> Counts:
    """Count promises, technical claims and contradictions."""
    hearing, n = context.hearing, Counts()
    gold, findings = hearing.interview.gold, hearing.findings
    n["promise.n"] += len(gold.commitments)
    n["promise.ok"] += sum(any(_same(row, other) for other in findings.commitments) for row in gold.commitments)
    n["promise.found"] += len(findings.commitments)
    n["promise.true"] += sum(any(_same(other, row) for other in gold.commitments) for row in findings.commitments)
    pairs = pair_spans(gold.verify, findings.verify, hearing.interview)
    n.add_pairs("verify", len(pairs), len(findings.verify), len(gold.verify))
    n["clash.n"] += len(gold.contradictions)
    n["clash.ok"] += sum(any(row.turns[-1] in other.turns for other in findings.contradictions) for row in gold.contradictions)
    n["clash.found"] += len(findings.contradictions)
    n["clash.true"] += sum(any(row.turns[-1] in other.turns for row in gold.contradictions) for other in findings.contradictions)
    return n


def _same(gold: Commitment, found: Commitment) -> bool:
    """Return whether two promises are one: the same side's, at most a turn apart."""
    return gold.who == found.who and abs(gold.turn - found.turn) <= 1


FIGURES = (
    ratio("promise_recall", "promise.ok", "promise.n"),
    ratio("promise_precision", "promise.true", "promise.found"),
    *prf("verify", "verify_"),
    ratio("contradiction_recall", "clash.ok", "clash.n"),
    ratio("contradiction_precision", "clash.true", "clash.found"),
)
