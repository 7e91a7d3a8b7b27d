"""Logistic scorers over named facts: weights in a readable file, one sum per decision, no array library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Any

from .lexicon import DATA

__all__ = ["Logistic", "load_weights"]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: the chance is the logistic function of the bias and the weighted facts."""

    bias: float
    weights: Mapping[str, float]

    def sum(self, facts: Mapping[str, float]) -> float:
        """Return the weighted sum of the facts, without the bias."""
        weight, total = self.weights.get, 0.0
        for name, value in facts.items():
            total += weight(name, 0.0) * value
        return total

    def chance(self, *sums: float) -> float:
        """Return the chance, between 0 and 1, for partial sums."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.bias + sum(sums)))))

    def strongest(self, facts: Mapping[str, float], most: int = 3) -> list[str]:
        """Return the names of the facts that speak for it most, strongest first."""
        weighed = sorted(((self.weights.get(n, 0.0) * v, n) for n, v in facts.items()), reverse=True)
        return [name for weight, name in weighed[:most] if weight > 0]


@cache
def load_weights(name: str) -> dict[str, Any]:
    """Return `copilot/data/<name>.json`; each mapping with a bias and weights becomes a Logistic."""
    return dict(json.loads((DATA / f"{name}.json").read_text("utf-8"), object_hook=_as_logistic))


def _as_logistic(found: dict[str, Any]) -> Any:
    return Logistic(found["bias"], found["weights"]) if set(found) == {"bias", "weights"} else found
