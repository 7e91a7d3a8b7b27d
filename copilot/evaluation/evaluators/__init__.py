"""The family of evaluators: each counts, on one interview, what its figures are made of.

An evaluator is an entry in EVALUATORS. Counts are added up over interviews, and figures are read off the sums, so that every
label weighs the same; names of counts that start with `curve.` are for pictures only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..counting import Counts, Figure
from ..trial import Heard
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
    """What is counted on one interview, and the figures that are read off the pooled counts."""

    name: str
    count: Callable[[Heard], Counts]
    figures: tuple[Figure, ...]

    def read(self, counts: Counts) -> dict[str, float | None]:
        """Return the figures by name."""
        return {figure.name: figure.of(counts) for figure in self.figures}


EVALUATORS: dict[str, Evaluator] = {}


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
