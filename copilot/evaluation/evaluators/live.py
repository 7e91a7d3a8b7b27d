"""Live replay with a logical clock: how soon a probe is offered, and whether it is stale, repeated, or too soon after another."""

from __future__ import annotations

from itertools import pairwise

from ...probe import Probe
from ..context import EvaluatorContext
from ..counting import Counts, ratio
from ..gold import GoldGap
from ..hearing import Hearing, Step
from ..matching import pair_gaps

__all__ = ["FIGURES", "count"]

SPACING = 20.0  # least seconds between two probes


def count(context: EvaluatorContext) -> Counts:
    """Count the wait for each labelled gap's probe, and stale, repeated and crowded probes."""
    hearing, n = context.hearing, Counts()
    for label in hearing.interview.gold.gaps:
        _count_wait(n, label, hearing)
    _count_stale(n, hearing)
    _count_flow(n, hearing)
    return n


def _count_wait(n: Counts, label: GoldGap, hearing: Hearing) -> None:
    """Count when a probe about the label's turn was first offered, if that was before the matter was settled."""
    until = label.closed_by if label.closed_by is not None else len(hearing.steps) + 1
    useful = [step for step in hearing.steps if label.turn <= step.turn.turn < until]
    first = next((step for step in useful if any(probe.turn == label.turn for probe in _shown(step))), None)
    n["gaps"] += 1
    if first is None:
        return
    n["in_time"] += 1
    n["at_once"] += first.turn.turn == label.turn
    n["wait.turns"] += first.turn.turn - label.turn
    started = hearing.steps[label.turn - 1].seconds if label.turn <= len(hearing.steps) else None
    if started is not None and first.seconds is not None:
        n["timed"] += 1
        n["wait.seconds"] += first.seconds - started


def _shown(step: Step) -> tuple[Probe, ...]:
    return step.offers if step.update.probe is None else (step.update.probe, *step.offers)


def _count_stale(n: Counts, hearing: Hearing) -> None:
    """Count offers about what the customer has already answered."""
    found, pairs = pair_gaps(hearing.interview, hearing.findings)
    settled = {found[j].id: hearing.interview.gold.gaps[i].closed_by for i, j in pairs}
    for step in hearing.steps:
        for probe in step.offers:
            closed = settled.get(probe.gap or "")
            n["offers"] += 1
            n["stale"] += closed is not None and closed <= step.turn.turn


def _count_flow(n: Counts, hearing: Hearing) -> None:
    """Count probes that come too soon after another, and repeated ones."""
    probed = [(step, probe.probe) for step in hearing.steps if (probe := step.update.probe) is not None]
    n["probes"] += len(probed)
    n["repeated"] += len(probed) - len({question for _, question in probed})
    for (before, _), (after, _) in pairwise(probed):
        if before.seconds is not None and after.seconds is not None:
            n["spaced.n"] += 1
            n["crowded"] += after.seconds - before.seconds < SPACING


FIGURES = (
    ratio("offered_in_time", "in_time", "gaps"),
    ratio("offered_at_once", "at_once", "gaps"),
    ratio("turns_to_probe", "wait.turns", "in_time", "lower"),
    ratio("seconds_to_probe", "wait.seconds", "timed", "lower"),
    ratio("stale", "stale", "offers", "lower"),
    ratio("repeated", "repeated", "probes", "lower"),
    ratio("crowded", "crowded", "spaced.n", "lower"),
)
