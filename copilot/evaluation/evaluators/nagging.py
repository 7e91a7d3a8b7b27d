"""Nagging over time: how often, and how many times in a row, full answers are met with a probe during a call."""

from __future__ import annotations

from itertools import groupby

from ..context import EvaluatorContext
from ..counting import Counts, Figure, ratio
from .gaps import WORDY, full_answers

__all__ = ["FIGURES", "count"]

THIRDS = ("first", "middle", "last")
LONG_STREAK = 4  # answers in a row that are met with a probe, from which a customer feels interrogated


def count(context: EvaluatorContext) -> Counts:
    """Count probes on full answers by third of the call, streaks of probes, and probes right after a boundary or a refusal."""
    hearing, n = context.hearing, Counts()
    interview = hearing.interview
    probed = {step.turn.turn for step in hearing.steps if step.update.probe is not None}
    size = max(1, len(interview.turns))
    for turn in full_answers(interview):
        third = THIRDS[min(2, 3 * (turn - 1) // size)]
        n[f"{third}.n"] += 1
        n[f"{third}.nagged"] += turn in probed
    answers = [t.turn for t in interview.turns if t.role == "customer" and len(t.text.split()) >= WORDY]
    streaks = [len(list(run)) for met, run in groupby(answers, key=probed.__contains__) if met]
    n["streak.long"] += sum(length >= LONG_STREAK for length in streaks)
    n["calls"] += 1
    sensitive = {row.turn for row in interview.gold.off_record} - {gap.turn for gap in interview.gold.gaps}
    n["boundary.n"] += len(sensitive)
    n["boundary.probed"] += len(sensitive & probed)
    n["probes"] += len(probed)
    n["ten_minutes"] += (interview.turns[-1].end or 0) / 600 if interview.turns else 0
    return n


def _growth(n: Counts) -> float | None:
    """Return how much more often full answers are nagged at in the last third than in the first."""
    if not n["first.n"] or not n["last.n"]:
        return None
    return n["last.nagged"] / n["last.n"] - n["first.nagged"] / n["first.n"]


FIGURES = (
    *(ratio(f"nag_{third}", f"{third}.nagged", f"{third}.n", "lower") for third in THIRDS),
    Figure("growth", _growth, "lower"),
    ratio("long_streaks_a_call", "streak.long", "calls", "lower"),
    ratio("on_boundary", "boundary.probed", "boundary.n", "lower"),
    ratio("probes_in_ten_minutes", "probes", "ten_minutes", "neither"),
)
