"""Train the scorers of numbers that contradict each other: `python evals/train_contradictions.py [--write]`.

Reads the build split and the training interviews: a pair of numbers is labelled if its turns are those of a labelled contradiction whose
text has one of the two. Prints figures for writers left out of the fit; `--write` puts the weights of a fit on all of them into
`copilot/data/contradictions.json`. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from corpus import build, labels, readings, writer_of
from fitting import as_weights, fit, frequent, left_out, write

from copilot.detectors.contradictions import Past, remember_turn
from copilot.detectors.contradictions.clash import Scene, ends
from copilot.detectors.contradictions.rival_values import Rivals, rivals_in
from copilot.detectors.metrics import find_metrics
from copilot.quantities import find_quantities

THRESHOLDS = {"background": 0.2, "customer": 0.2}
FIT = {"C": 0.1, "max_iter": 3000}
IN_INTERVIEWS = 4
LEAST = 0.02
HALF = 0.5
"""How much a pair counts of which the label has only one number."""


@dataclass
class Example:
    """Two numbers, and how many of them a label of their turns has."""

    folder: Path
    turn: int
    scorer: str
    facts: dict[str, float]
    labelled: int


def examples(folder: Path) -> Iterator[Example]:
    """Yield the pairs of numbers of an interview that could contradict each other."""
    gold = labels(folder)["contradictions"]
    past = Past()
    for reading in readings(folder):
        for pair in rivals_in(Scene.of(reading, past), find_metrics(reading)) if reading.is_customer else ():
            labelled = max((_labelled(pair, reading.turn.turn, row) for row in gold), default=0)
            yield Example(folder, reading.turn.turn, pair.scorer, pair.facts, labelled)
        remember_turn(reading, past)


def _labelled(pair: Rivals, turn: int, row: Mapping[str, Any]) -> int:
    """Return how many of the two numbers a labelled contradiction has, 0 if it is about other turns."""
    *earlier, last = row["turns"]
    if last != turn or (pair.turn not in earlier if pair.turn else bool(earlier) and "background" not in row["text"]):
        return 0
    told = {ends(q, unit) for q in find_quantities(row["text"]) for unit in (q.unit, None)}
    return (pair.ends in told) + (pair.said in told)


def figures(rows: Sequence[Example], chances: np.ndarray, scorer: str) -> None:
    """Print how many turns with a labelled contradiction are found, and how many found turns have one, by threshold."""
    gold = {(folder, row["turns"][-1]) for folder in build() for row in labels(folder)["contradictions"]}
    best: dict[tuple[Path, int], float] = {}
    for row, chance in zip(rows, chances, strict=True):
        best[row.folder, row.turn] = max(best.get((row.folder, row.turn), 0.0), float(chance))
    print(f"{scorer}: {len(rows)} pairs, {sum(r.labelled > 0 for r in rows)} labelled, in {len(best.keys() & gold)} turns")
    for threshold in (0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        found = {turn for turn, chance in best.items() if chance >= threshold}
        print(f"  >= {threshold}: {len(found & gold)} right of {len(found)} found")


def main() -> None:
    """Print the figures, and write the weights where asked to."""
    every = [row for folder in build() for row in examples(folder)]
    weights: dict[str, Any] = {f"{name} threshold": least for name, least in THRESHOLDS.items()}
    for name in THRESHOLDS:
        rows = [row for row in every if row.scorer == name]
        facts = frequent([row.facts for row in rows], [row.folder for row in rows], IN_INTERVIEWS)
        label, weight = np.array([r.labelled > 0 for r in rows]), np.array([HALF if r.labelled == 1 else 1.0 for r in rows])
        figures(rows, left_out(facts, label, [writer_of(r.folder) for r in rows], **FIT), name)
        weights[name] = as_weights(*fit(facts, label, list(weight), **FIT), LEAST)
    if "--write" in sys.argv:
        write("contradictions", weights, __file__)


if __name__ == "__main__":
    main()
