"""Which finding is which label: rows are paired one to one, inside one turn, the best pair first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from ..findings import Findings, Gap, GapKind, Metric, Number
from .gold import GoldGap, GoldMetric, Interview

__all__ = ["FAMILY", "Cited", "Place", "close", "numbers", "overlap", "pair", "pair_gaps", "pair_metrics", "pair_spans", "place"]

FAMILY: Mapping[GapKind, str] = {
    "missing_metric": "number",
    "missing_baseline": "number",
    "missing_timeframe": "number",
    "missing_scope": "number",
    "undefined_metric": "number",
    "unsourced": "number",
    "inconsistent": "number",
    "vague": "substance",
    "no_example": "substance",
    "unexplained": "substance",
    "missing_stakes": "substance",
    "missing_actor": "substance",
    "unclear_term": "substance",
    "short_answer": "conversation",
    "dodged": "conversation",
    "dropped_thread": "conversation",
}
SAME_QUANTITY, SAME_WORDS = 0.3, 0.5
"""Overlap from which two spans are about one quantity, or are one quote."""
AGREES = 1e-3
"""Relative difference up to which two numbers are the same."""


class Cited(Protocol):
    """Anything that cites words of a turn."""

    @property
    def turn(self) -> int:
        """The turn's number."""
        ...

    @property
    def text(self) -> str:
        """The words."""
        ...


class Place(NamedTuple):
    """Where words stand in their turn."""

    start: int
    end: int


G = TypeVar("G", bound=Cited)
F = TypeVar("F", bound=Cited)


def place(row: Cited, texts: Mapping[int, str]) -> Place | None:
    """Return where a row's words first stand in its turn, None if they do not."""
    start = texts.get(row.turn, "").find(row.text) if row.text else -1
    return None if start < 0 else Place(start, start + len(row.text))


def overlap(a: Place | None, b: Place | None) -> float:
    """Return what two spans share, as a share of the shorter one; 0 where one of them is nowhere."""
    if a is None or b is None:
        return 0.0
    return max(0, min(a.end, b.end) - max(a.start, b.start)) / max(1, min(a.end - a.start, b.end - b.start))


def pair(gold: Sequence[G], found: Sequence[F], texts: Mapping[int, str], worth: Callable[[G, F, float], float]) -> list[tuple[int, int]]:
    """Pair each label with at most one finding of its turn, the pair worth most first; return their places in `gold` and `found`.

    `worth` gets a label, a finding and their overlap, and returns 0 where they are no pair. Among equals the earlier rows are paired.
    """
    by_turn: dict[int, list[int]] = defaultdict(list)
    for j, row in enumerate(found):
        by_turn[row.turn].append(j)
    worths = [
        (worth(g, found[j], overlap(place(g, texts), place(found[j], texts))), -i, -j) for i, g in enumerate(gold) for j in by_turn[g.turn]
    ]
    left, right, pairs = set[int](), set[int](), []
    for value, i, j in sorted(worths, reverse=True):
        if value > 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((-i, -j))
    return pairs


def numbers(value: Number | Sequence[Number] | None) -> tuple[float, ...]:
    """Return a number or a range as a sorted tuple, () for None."""
    if value is None:
        return ()
    return tuple(sorted(float(v) for v in value)) if isinstance(value, Sequence) else (float(value),)


def close(a: Sequence[float], b: Sequence[float]) -> bool:
    """Return whether two values or ranges are the same; an empty one is the same as nothing."""
    return len(a) == len(b) > 0 and all(abs(x - y) <= AGREES * max(1.0, abs(x)) for x, y in zip(a, b, strict=True))


def pair_gaps(interview: Interview, findings: Findings) -> tuple[list[Gap], list[tuple[int, int]]]:
    """Return the gaps found on customers' turns, and which of them is which label: by their words, their family, their kind."""

    def worth(gold: GoldGap, found: Gap, shared: float) -> float:
        family = FAMILY.get(found.kind) == FAMILY[gold.kind]
        return shared + 0.5 * family + 0.25 * (found.kind == gold.kind) if shared > 0 or family else 0.0

    rows = [gap for gap in findings.gaps if gap.turn in interview.customer]
    return rows, pair(interview.gold.gaps, rows, interview.texts, worth)


def pair_metrics(interview: Interview, findings: Findings) -> list[tuple[int, int]]:
    """Return which metric is which label: by their words, and better where the value is the same."""

    def worth(gold: GoldMetric, found: Metric, shared: float) -> float:
        return shared + close(numbers(gold.value), numbers(found.value)) if shared >= SAME_QUANTITY else 0.0

    return pair(interview.gold.metrics, findings.metrics, interview.texts, worth)


def pair_spans(gold: Sequence[G], found: Sequence[F], interview: Interview) -> list[tuple[int, int]]:
    """Return which span is which label: those that share at least half of the shorter one's words."""
    return pair(gold, found, interview.texts, lambda g, f, shared: shared if shared >= SAME_WORDS else 0.0)
