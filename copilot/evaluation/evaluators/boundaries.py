"""Boundaries and consent: what must not be used is recognised, and does not leak."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..context import EvaluatorContext
from ..counting import Counts, prf, ratio, total
from ..gold import Label
from ..hearing import Hearing
from ..matching import pair_spans

__all__ = ["FIGURES", "count"]


def count(context: EvaluatorContext) -> Counts:
    """Count boundaries, the turns that they bar or hold back, the cost of that, consent, and barred turns that are quoted or probed."""
    hearing, n = context.hearing, Counts()
    interview, findings = hearing.interview, hearing.findings
    clear = tuple(row for row in findings.off_record if row.degree == "clear")
    pairs = pair_spans(interview.gold.off_record, clear, interview)
    n.add_pairs("boundary", len(pairs), len(clear), len(interview.gold.off_record))
    barred = {turn for row in clear for turn in row.covers}
    seen = {turn for row in findings.off_record for turn in row.covers}
    n["barred.n"] += len(interview.barred)
    n["barred.ok"] += len(interview.barred & seen)
    n["barred.clear"] += len(interview.barred & barred)
    n["overbarred"] += len(barred - interview.barred)
    n["seen"] += len(barred)
    _count_cost(n, hearing, seen - barred)
    n["leaked.quotes"] += sum(row.turn in interview.barred for row in findings.quotes)
    n["leaked.probes"] += len(_asked_at_the_end(hearing) & interview.barred)
    n["own.leaks"] += sum(row.turn in seen for row in findings.quotes)
    n["consent.n"] += 1
    n["consent.ok"] += findings.consent == interview.gold.consent
    return n


def _count_cost(n: Counts, hearing: Hearing, held: Collection[int]) -> None:
    """Count what is held back needlessly: customers' turns, labelled quotes and metrics."""
    interview = hearing.interview
    free = interview.customer - interview.barred
    for name, turns in (("turns", free), ("quotes", _turns(interview.gold.quotes)), ("metrics", _turns(interview.gold.metrics))):
        n[f"free.{name}"] += sum(turn in free for turn in turns)
        n[f"held.{name}"] += sum(turn in free and turn in held for turn in turns)


def _turns(labels: Iterable[Label]) -> list[int]:
    return [label.turn for label in labels]


def _asked_at_the_end(hearing: Hearing) -> set[int | None]:
    """Return the turns of the probes on offer at the end of the call, when every boundary is known, including late ones."""
    last = next((step for step in reversed(hearing.steps) if step.turn.role == "customer"), None)
    return {probe.turn for probe in last.offers} if last else set()


FIGURES = (
    *prf("boundary"),
    ratio("barred_turns_known", "barred.ok", "barred.n"),
    ratio("barred_turns_clear", "barred.clear", "barred.n"),
    ratio("barred_without_need", "overbarred", "seen", "lower"),
    ratio("turns_held", "held.turns", "free.turns", "lower"),
    ratio("quotes_held", "held.quotes", "free.quotes", "lower"),
    ratio("metrics_held", "held.metrics", "free.metrics", "lower"),
    total("leaked_quotes", "leaked.quotes"),
    ratio("leaked_probes", "leaked.probes", "barred.n", "lower"),
    total("leaked_knowingly", "own.leaks"),
    ratio("consent_right", "consent.ok", "consent.n"),
)
