"""Logistic scorers over named facts: weights in a readable file, one sum per decision, no array library."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from functools import cache
from math import exp, expm1, log, log1p
from typing import Any, NamedTuple, TypeVar

from .lexicon import DATA

__all__ = ["Choice", "Logistic", "any_of", "choice", "logistic", "threshold"]

W = TypeVar("W")


class Logistic(NamedTuple):
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

    def judge(self, facts: Mapping[str, float]) -> float:
        """Return the chance, between 0 and 1, for facts."""
        return self.chance(self.sum(facts))


class Choice(NamedTuple):
    """Several logistic models over the same facts, one per name; each fact has a row of weights in the order of the names."""

    names: Sequence[str]
    bias: Sequence[float]
    weights: Mapping[str, Sequence[float]]

    def sums(self, facts: Mapping[str, float], start: Sequence[float] | None = None) -> list[float]:
        """Return the weighted sum of the facts for each name, added to `start` (default: the biases)."""
        out = list(self.bias if start is None else start)
        places = range(len(out))
        get = self.weights.get
        for name, value in facts.items():
            row = get(name)
            if row is not None:
                for n in places:
                    out[n] += row[n] * value
        return out

    def share(self, sums: Sequence[float], *names: str) -> float:
        """Return the chance of the given names together among all of them."""
        shares = self.shares(sums)
        return sum(shares[name] for name in set(names))

    def shares(self, sums: Sequence[float]) -> dict[str, float]:
        """Return the chance of each name among all of them."""
        top = max(sums)
        odds = {name: exp(sum_ - top) for name, sum_ in zip(self.names, sums, strict=True)}
        total = sum(odds.values())
        return {name: value / total for name, value in odds.items()}

    def best(self, sums: Sequence[float], without: Container[str] = ()) -> str:
        """Return the name with the greatest sum, ignoring those in `without`."""
        return max((sum_, name) for sum_, name in zip(sums, self.names, strict=True) if name not in without)[1]


def any_of(sums: Sequence[float]) -> float:
    """Return the log-odds that at least one of several things holds, each by itself and with the log-odds given for it; one at least."""
    return log(expm1(sum(log1p(exp(max(-30.0, min(30.0, sum_)))) for sum_ in sums)))


@cache
def logistic(path: str) -> Logistic:
    """Return the logistic model at a path such as `claims.claim`: the model "claim" of `copilot/data/claims.json`."""
    return _weights(path, Logistic)


@cache
def choice(path: str) -> Choice:
    """Return the models at a path such as `metrics.kinds`, one for each name."""
    return _weights(path, Choice)


@cache
def threshold(path: str) -> float:
    """Return the number at a path such as `pairs.threshold`."""
    return _weights(path, float)


def _weights(path: str, kind: type[W]) -> W:
    """Return what is at a path. Raises KeyError where nothing is, and TypeError for another kind of thing."""
    name, _, key = path.partition(".")
    found = _load(name)[key]
    if not isinstance(found, kind):
        raise TypeError(f"{path} is a {type(found).__name__}")
    return found


@cache
def _load(name: str) -> Mapping[str, object]:
    """Return `copilot/data/<name>.json`, in which a mapping with a bias and weights is a Logistic, or a Choice if it has names."""
    text = (DATA / f"{name}.json").read_text("utf-8")
    found: Mapping[str, object] = json.loads(text, object_hook=_as_model, parse_int=float)
    return found


def _as_model(found: dict[str, Any]) -> Any:
    if found.keys() == {"names", "bias", "weights"}:
        return Choice(found["names"], found["bias"], found["weights"])
    return Logistic(found["bias"], found["weights"]) if found.keys() == {"bias", "weights"} else found
