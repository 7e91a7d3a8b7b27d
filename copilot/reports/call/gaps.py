"""The picture of the gaps: a line for each, from the words that opened it to the answer that closed it."""

from __future__ import annotations

from collections import Counter

from .drawing import TICKS, dot, line, moment, picture, share, ticks
from .values import CallReport, GapLife

__all__ = ["draw_gaps"]

ROW, TOP = 11, 8


def draw_gaps(report: CallReport) -> str:
    """Return the life of every gap, the earliest first; those that stay open run to the end of the call."""
    lives = sorted(report.gaps, key=lambda gap: (gap.opened.at, gap.opened.turn, gap.id))
    below = TOP + ROW * len(lives)
    counts: Counter[str] = Counter(gap.outcome for gap in lives)
    told = f"{len(lives)} gaps: " + ", ".join(f"{counts[kind]} {name}" for kind, name in OUTCOMES.items()) + ". The table below lists them."
    inside = "".join(_life(report, gap, TOP + ROW * n + ROW / 2) for n, gap in enumerate(lives))
    return picture("gaps-picture", below + TICKS, "Gaps from opening to closing", told, inside + ticks(report.axis, below))


OUTCOMES = {"answered": "answered", "deferred": "promised for later", "declined": "declined", "open": "still open"}


def _life(report: CallReport, gap: GapLife, y: float) -> str:
    x = share(report.axis, gap.opened.at)
    title = f"{moment(report.axis, gap.opened.at, gap.opened.turn)}, {OUTCOMES[gap.outcome]}: {gap.said.quoted}"
    weight = "must" if gap.severity == "must" else "nice"
    start = line(x, x, y - 3.5, y + 3.5, f"life {weight} {gap.outcome}")
    if gap.ended is None:
        return start + line(x, 100, y, y, f"life {weight} {gap.outcome}", title)
    end = share(report.axis, gap.ended.at)
    return start + line(x, end, y, y, f"life {weight} {gap.outcome}", title) + _ending(gap, end, y)


def _ending(gap: GapLife, x: float, y: float) -> str:
    if gap.outcome == "declined":
        return line(x, x, y - 4.5, y + 4.5, "life must declined")
    return dot(x, y, 4, f"ending {gap.outcome}")
