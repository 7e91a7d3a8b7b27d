"""Train the choice of what a bare number counts: `python evals/train_units.py [--write]`.

Reads the labelled metrics of the build split and of the training interviews whose numbers stand without a unit, and fits a conditional
logit (one weight a fact, L2-regularised) that tells the labelled unit from the other candidates. Prints how often the choice is right for
writers left out of the fit; `--write` puts the weights of a fit on all of them into `copilot/data/units.json`. Deterministic.
Needs scikit-learn, which brings numpy and scipy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from corpus import build, labels, readings, writer_of
from fitting import usual, without, write
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from train_metrics import ends

from copilot.mentions import amount, in_units
from copilot.mentions.counting import FAMILIES, UnitFacts, family, unit_facts
from copilot.mentions.mention import Mention
from copilot.mentions.placing import placed
from copilot.reading import Reading

SHRINK = 8.0
IN_INTERVIEWS = 4
LEAST = 0.03
OFFERS = frozenset({"vendor", "product", "supplier", "solution", "provider", "tool"})


@dataclass
class Example:
    """A bare number: its candidates with their facts, and which of them the label says."""

    folder: Path
    candidates: list[dict[str, float]]
    right: list[bool]


def examples(folder: Path) -> Iterator[Example]:
    """Yield the bare numbers of an interview that are labelled metrics."""
    gold = labels(folder)["metrics"]
    for reading in readings(folder):
        rows = [g for g in gold if g["turn"] == reading.turn.turn] if reading.is_customer else []
        mentions = in_units(reading) if reading.is_customer else []
        for row in rows:
            n = _labelled(reading, mentions, row)
            if n is not None and mentions[n].inferred:
                bare = [*mentions[:n], *placed(reading)[n:]]
                evidence = unit_facts(reading, bare, n)
                yield Example(folder, [*_facts(evidence)], _right(list(evidence.units), row["unit"]))


def _facts(evidence: UnitFacts) -> Iterator[dict[str, float]]:
    """Yield the facts for or against each unit, those on its family under the family's name."""
    for unit, facts in evidence.units.items():
        around = {f"{family(unit)}: {name}": value for name, value in evidence.around.items()}
        yield {**facts, f"is {family(unit)}": 1.0, **around}


def as_weights(fitted: Mapping[str, float]) -> dict[str, Any]:
    """Return fitted weights as they are written to a file: those of the units, and a row of weights a fact for the families."""
    rest = {name: round(weight, 2) for name, weight in sorted(fitted.items()) if abs(weight) >= LEAST}
    bias = [rest.pop(f"is {one}", 0.0) for one in FAMILIES]
    around = sorted({name.partition(": ")[2] for name in rest if name.startswith(tuple(f"{one}: " for one in FAMILIES))})
    rows = {name: [rest.pop(f"{one}: {name}", 0.0) for one in FAMILIES] for name in around}
    return {"units": {"bias": 0.0, "weights": rest}, "families": {"names": FAMILIES, "bias": bias, "weights": rows}}


def _labelled(reading: Reading, mentions: Sequence[Mention], row: dict[str, Any]) -> int | None:
    """Return the place of the number that a labelled metric is about."""
    start = reading.turn.text.find(row["text"])
    inside = (n for n, m in enumerate(mentions) if start <= m.start and m.end <= start + len(row["text"]) + 1)
    return next((n for n in inside if ends(amount(mentions[n].quantity, None).value) == ends(row["value"])), None)


def _right(units: Sequence[str], label: str) -> list[bool]:
    """Return which candidates the label means; what is chosen among is a vendor by whatever name, where nobody says the name."""
    right = [_plain(unit) == _plain(label) for unit in units]
    return right if any(right) or _plain(label) not in OFFERS else [unit == "vendor" for unit in units]


def _plain(unit: str) -> str:
    """Return a unit without its rate, in the singular."""
    return str(unit).lower().split("/")[0].rstrip("s")


def fit(rows: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each usual fact."""
    known = usual(((r.folder, facts) for r in rows for facts in r.candidates), IN_INTERVIEWS)
    rows = [r for r in rows if any(r.right)]
    names = DictVectorizer()
    table = names.fit_transform([{n: v for n, v in facts.items() if n in known} for r in rows for facts in r.candidates])
    number = np.repeat(np.arange(len(rows)), [len(r.candidates) for r in rows])
    right = np.array([one for r in rows for one in r.right], dtype=float)
    start = np.zeros(table.shape[1])
    found = minimize(loss, start, (table, number, right), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return dict(zip(map(str, names.feature_names_), map(float, found.x), strict=True))


def loss(weight: np.ndarray, table: csr_matrix, number: np.ndarray, right: np.ndarray) -> tuple[float, np.ndarray]:
    """Return how unlikely the labelled candidates are under the weights, and the gradient of that."""
    sums = table @ weight
    top = np.full(number.max() + 1, -np.inf)
    np.maximum.at(top, number, sums)
    odds = np.exp(sums - top[number])
    every, good = np.bincount(number, odds), np.bincount(number, odds * right)
    slope = odds / every[number] - odds * right / good[number]
    return float(np.sum(np.log(every) - np.log(good)) + SHRINK / 2 * weight @ weight), table.T @ slope + SHRINK * weight


def share_right(rows: Sequence[Example], weights: dict[str, float]) -> float:
    """Return how often the best candidate is the labelled one."""
    best = (max(range(len(r.right)), key=lambda n, r=r: sum(weights.get(f, 0) for f in r.candidates[n])) for r in rows)
    return float(np.mean([r.right[n] for r, n in zip(rows, best, strict=True)]))


def figures(rows: Sequence[Example]) -> None:
    """Print how often the choice is right, each writer left out in turn."""
    right = 0.0
    for rest, mine in without(writer_of(r.folder) for r in rows):
        share = share_right([rows[n] for n in mine], fit([rows[n] for n in rest]))
        print(f"  writer {writer_of(rows[mine[0]].folder)}: {share:.3f} of {len(mine)}")
        right += share * len(mine)
    possible = np.mean([any(r.right) for r in rows])
    print(f"  all: {right / len(rows):.3f} of {len(rows)}; the labelled unit is a candidate in {possible:.3f}")


def main() -> None:
    """Print the figures, and write the weights where asked to."""
    rows = [row for folder in build() for row in examples(folder)]
    figures(rows)
    if "--write" in sys.argv:
        write("units", as_weights(fit(rows)), __file__)


if __name__ == "__main__":
    main()
