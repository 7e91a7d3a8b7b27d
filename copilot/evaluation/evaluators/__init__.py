"""The evaluators: each makes, on one interview, the counts for its figures.

An evaluator is an entry in EVALUATORS. Counts are summed over interviews, and figures are computed from the sums, so that every
label has the same weight; counts whose names start with `curve.` are only for charts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..context import EvaluatorContext
from ..counting import Counts, Figure
from . import (
    boundaries,
    checklist,
    closing,
    coverage,
    drafts,
    forgeries,
    gaps,
    injection,
    live,
    metrics,
    nagging,
    quotes,
    robustness,
    wording,
)

__all__ = ["EVALUATORS", "Evaluator", "register"]


@dataclass(frozen=True, slots=True)
class Evaluator:
    """What is counted on one interview, and the figures computed from the pooled counts."""

    name: str
    count: Callable[[EvaluatorContext], Counts]
    figures: tuple[Figure, ...]

    def read(self, counts: Counts) -> dict[str, float | None]:
        """Return the figures by name."""
        return {figure.name: figure.of(counts) for figure in self.figures}


EVALUATORS: dict[str, Evaluator] = {}
"""The evaluators by name."""


def register(evaluator: Evaluator) -> None:
    """Add an evaluator under its name, for suites to use."""
    EVALUATORS[evaluator.name] = evaluator


_MODULES = (
    gaps,
    nagging,
    closing,
    coverage,
    metrics,
    quotes,
    boundaries,
    checklist,
    wording,
    injection,
    robustness,
    live,
    drafts,
    forgeries,
)
for _module in _MODULES:
    register(Evaluator(_module.__name__.rpartition(".")[2], _module.count, _module.FIGURES))
