"""Match findings with labels: rows are paired one to one, within a turn, best pair first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from ..findings import FAMILY, Findings, Gap, Metric, Number
from .gold import GoldGap, GoldMetric, Interview

__all__ = [
    "SAME_QUANTITY", "Cited", "Place", "close", "numbers", "overlap", "pair", "pair_gaps", "pair_metrics",
    "pair_spans", "place", "verbatim",
]  # fmt: skip

SAME_QUANTITY, SAME_WORDS = 0.3, 0.5  # least overlap of two spans about one quantity, and of one quote
AGREES = 1e-3  # largest relative difference of two equal numbers


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
    """The place of words in their turn."""

    start: int
    end: int


G = TypeVar("G", bound=Cited)
F = TypeVar("F", bound=Cited)


def place(row: Cited, texts: Mapping[int, str]) -> Place | None:
    """Return where a row's words first occur in its turn, None if they do not."""
    start = texts.get(row.turn, "").find(row.text) if row.text else -1
    return None if start < 0 else Place(start, start + len(row.text))


def verbatim(rows: Iterable[Cited], interview: Interview) -> int:
    """Return how many rows cite words that occur in their turn."""
    return sum(place(row, interview.texts) is not None for row in rows)


def overlap(a: Place | None, b: Place | None) -> float:
    """Return the overlap of two spans as a share of the shorter one; 0 if one of them does not occur."""
    if a is None or b is None:
        return 0.0
    return max(0, min(a.end, b.end) - max(a.start, b.start)) / max(1, min(a.end - a.start, b.end - b.start))


def pair(gold: Sequence[G], found: Sequence[F], texts: Mapping[int, str], worth: Callable[[G, F, float], float]) -> list[tuple[int, int]]:
    """Pair each label with at most one finding of its turn, best pair first; return their indexes in `gold` and `found`.

    `worth` takes a label, a finding and their overlap, and returns 0 if they are not a pair. Among equals, earlier rows are paired.
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
    """Return whether two values or ranges are equal; an empty one equals nothing."""
    return len(a) == len(b) > 0 and all(abs(x - y) <= AGREES * max(1.0, abs(x)) for x, y in zip(a, b, strict=True))


def pair_gaps(interview: Interview, findings: Findings) -> tuple[list[Gap], list[tuple[int, int]]]:
    """Return the gaps found on customers' turns, and their pairs with labels, by words, family and kind."""

    def worth(gold: GoldGap, found: Gap, shared: float) -> float:
        family = FAMILY.get(found.kind) == FAMILY[gold.kind]
        return shared + 0.5 * family + 0.25 * (found.kind == gold.kind) if shared > 0 or family else 0.0

    rows = [gap for gap in findings.gaps if gap.turn in interview.customer]
    return rows, pair(interview.gold.gaps, rows, interview.texts, worth)


def pair_metrics(interview: Interview, findings: Findings) -> list[tuple[int, int]]:
    """Return the pairs of metrics and labels, by words, preferring equal values."""

    def worth(gold: GoldMetric, found: Metric, shared: float) -> float:
        return shared + close(numbers(gold.value), numbers(found.value)) if shared >= SAME_QUANTITY else 0.0

    return pair(interview.gold.metrics, findings.metrics, interview.texts, worth)


def pair_spans(gold: Sequence[G], found: Sequence[F], interview: Interview) -> list[tuple[int, int]]:
    """Return the pairs of spans and labels that share at least half of the shorter one."""
    return pair(gold, found, interview.texts, lambda g, f, shared: shared if shared >= SAME_WORDS else 0.0)
