"""Counts of an interview, which add up over interviews, and the figures computed from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Better", "Counts", "Figure", "pool", "prf", "ratio", "total"]

Better = Literal["higher", "lower", "neither"]
"""Which way a figure gets better."""


class Counts(dict[str, float]):
    """Named counts; a name that was never counted is 0."""

    def __missing__(self, key: str) -> float:
        return 0

    def add_pairs(self, name: str, hits: int, found: int, gold: int) -> None:
        """Count `hits` pairs among `found` and `gold` rows as `name.tp`, `name.fp` and `name.fn`."""
        self[f"{name}.tp"] += hits
        self[f"{name}.fp"] += found - hits
        self[f"{name}.fn"] += gold - hits


def pool(rows: Iterable[Mapping[str, float]]) -> Counts:
    """Return the sum of counts."""
    out = Counts()
    for row in rows:
        for name, count in row.items():
            out[name] += count
    return out


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: how it is computed from counts (None if there is nothing to count), and which direction is better."""

    name: str
    of: Callable[[Counts], float | None]
    better: Better = "higher"


def ratio(name: str, part: str, whole: str, better: Better = "higher") -> Figure:
    """Return the figure `part / whole`."""
    return Figure(name, lambda n: n[part] / n[whole] if n[whole] else None, better)


def total(name: str, key: str, better: Better = "lower") -> Figure:
    """Return the figure that is a count itself."""
    return Figure(name, lambda n: n[key], better)


def prf(key: str, prefix: str = "") -> tuple[Figure, Figure, Figure]:
    """Return precision, recall and F1 of `key.tp`, `key.fp` and `key.fn`; 0 if nothing is found or nothing is labelled."""
    tp, fp, fn = f"{key}.tp", f"{key}.fp", f"{key}.fn"

    def share(n: Counts, other: str) -> float:
        return n[tp] / (n[tp] + n[other]) if n[tp] + n[other] else 0.0

    def f1(n: Counts) -> float:
        return 2 * n[tp] / (2 * n[tp] + n[fp] + n[fn]) if n[tp] else 0.0

    return (
        Figure(f"{prefix}precision", lambda n: share(n, fp)),
        Figure(f"{prefix}recall", lambda n: share(n, fn)),
        Figure(f"{prefix}f1", f1),
    )
