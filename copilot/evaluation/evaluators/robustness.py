"""Robustness: the same interview from another export, or transcribed less well, gives nearly the same figures."""

from __future__ import annotations

from collections.abc import Callable

from ..context import EvaluatorContext
from ..counting import Counts, Figure, ratio
from . import coverage, gaps, metrics, quotes

__all__ = ["FIGURES", "count"]

MEASURED = (("gaps", gaps), ("coverage", coverage), ("metrics", metrics), ("quotes", quotes))
WATCHED = (("gaps", "tact"), ("gaps", "f1"), ("coverage", "section_f1"), ("metrics", "f1"), ("quotes", "f1"))


def count(context: EvaluatorContext) -> Counts:
    """Count what the evaluators count on the altered interview and on the plain one, and the turns that came through unchanged."""
    n = Counts()
    plain = EvaluatorContext(context.case, None, context.name, context.hearings)
    for name, module in MEASURED:
        for side, each in (("plain", plain), ("altered", context)):
            for key, value in module.count(each).items():
                if not key.startswith("curve."):
                    n[f"{side}.{name}.{key}"] += value
    there = context.hearing.interview.turns
    n["turns"] += len(context.plain.interview.turns)
    n["kept"] += sum((a.turn, a.role) == (b.turn, b.role) for a, b in zip(context.plain.interview.turns, there, strict=False))
    return n


def _side(n: Counts, prefix: str) -> Counts:
    return Counts({key.removeprefix(prefix): value for key, value in n.items() if key.startswith(prefix)})


def _drop(evaluator: str, of: Callable[[Counts], float | None]) -> Callable[[Counts], float | None]:
    """Return how far a figure falls when the interview is altered; negative if it rises."""

    def drop(n: Counts) -> float | None:
        plain, altered = of(_side(n, f"plain.{evaluator}.")), of(_side(n, f"altered.{evaluator}."))
        return None if plain is None or altered is None else plain - altered

    return drop


def _figures() -> tuple[Figure, ...]:
    known = {(name, figure.name): figure for name, module in MEASURED for figure in module.FIGURES}
    return tuple(Figure(f"{name}_{figure}_drop", _drop(name, known[name, figure].of), "lower") for name, figure in WATCHED)


FIGURES = (ratio("turns_kept", "kept", "turns"), *_figures())
