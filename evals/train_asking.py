"""Train the chance that an interviewer would ask a suggested question: `python evals/train_asking.py [--write]`.

Reads `questions.csv`, questions that readers graded where they were suggested, from 0 (wrong) to 3 (they would ask it about as worded),
and fits an L2-regularised logistic regression of a grade of 2 or more. Prints what chances, given by a fit that has not seen the
interview, keep. `--write` puts the weights into `copilot/data/asking.json`. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from fitting import as_weights, fit, left_out, write

from copilot.probes.asking import asking_facts

HERE = Path(__file__).parent
STRENGTH = {"C": 1.0, "max_iter": 1000}
GOOD = 2  # the least grade of a question that is worth asking
CHANCES = (0.2, 0.24, 0.27, 0.3, 0.35, 0.4)


def main() -> None:
    """Print the figures, and write the weights where asked to."""
    with (HERE / "questions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    facts = [asking_facts(row["kind"], float(row["score"]), row["question"], later=row["turn"] != row["after"]) for row in rows]
    grade = np.array([int(row["grade"]) for row in rows])
    chance = left_out(facts, grade >= GOOD, [row["interview"] for row in rows], **STRENGTH)
    for least in (0.0, *CHANCES):
        kept = grade[chance >= least]
        good, wrong = (kept >= GOOD).sum(), (kept == 0).sum()
        print(f"{least:.2f}: {len(kept)} of {len(grade)} kept, {good / len(kept):.3f} of them good, {wrong / len(kept):.3f} wrong;", end="")
        print(f" {good / (grade >= GOOD).sum():.2f} of the good, {wrong / (grade == 0).sum():.2f} of the wrong")
    if "--write" in sys.argv:
        write("asking", {"asking": as_weights(*fit(facts, grade >= GOOD, **STRENGTH), least=0.0)}, __file__)


if __name__ == "__main__":
    main()
