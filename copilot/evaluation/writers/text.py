"""A report as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ...text import counted
from ..comparison import Comparison
from ..report import Report
from .shown import headline, left_out, show_bound, show_change, show_interval, show_number

__all__ = ["write"]

_VERDICTS = ("worse", "better", "changed", "noise", "same")


def write(report: Report, comparison: Comparison | None = None) -> str:
    """Return every figure with its interval, what changed, what failed, and the verdict as the last line."""
    lines = [*_figures(report), *(_comparison(comparison) if comparison else ()), *_failures(report), "", headline(report)]
    return "\n".join(lines) + "\n"


def _figures(report: Report) -> Iterator[str]:
    width = max(len(name) for pool in report.pools for name in pool.figures)
    for pool in report.pools:
        yield f"{pool.name} ({counted(pool.interviews, 'interview')})"
        yield from (f"  {name:<{width}} {show_number(e.value):>7}  {show_interval(e)}".rstrip() for name, e in pool.figures.items())


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield from ("", comparison.heading)
    yield from (f"  {said}" for said in left_out(comparison))
    # Two engines are compared in every figure, two runs of one engine only where something changed.
    shown = comparison.changes if len(set(comparison.engines)) > 1 else comparison.moved
    for change in sorted(shown, key=lambda c: _VERDICTS.index(c.verdict)):
        yield f"  {change.verdict:<8} {change.figure}: {show_change(change)}"
    yield f"  {len(comparison.of('noise'))} figures moved within what chance explains"
    yield from (f"  {flip.name} now {flip.now} {flip.why}".rstrip() for flip in (*comparison.gates, *comparison.cases))
    for gap in comparison.gaps:
        yield f"  now {gap.now:<6} {gap.interview} turn {gap.turn}: “{gap.text}”"


def _failures(report: Report) -> Iterator[str]:
    if report.failed_cases:
        yield from ("", "Failed cases")
        yield from (f"  {case.name}: {'; '.join(case.failures)}" for case in report.failed_cases)
    if report.failed_gates:
        yield from ("", "Failed gates")
        yield from (
            f"  {g.figure} is {show_number(g.value)}, asked {show_bound(g)}; guards against {g.guards}" for g in report.failed_gates
        )
