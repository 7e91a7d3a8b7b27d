"""Train the weights by which the default guide's topics are recognised: `python evals/train_topics.py [--write]`.

Reads the build split and the training interviews. Prints how well the interviews of each writer are told by those of the others; with
--write, trains on all of them and writes copilot/data/topics.json. Only facts that occur in several interviews count, so that no
customer's words are learnt by heart. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from corpus import build, labels, readings, writer_of
from fitting import DATA, origin, without
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from copilot.detectors.topic_weights import ASIDE, Weights, prepare
from copilot.detectors.topics import chances, exchange_facts, question_of
from copilot.guide import Guide
from copilot.lexicon import Lexicon
from copilot.reading import Reading

DENSE = {"C": 0.3, "l1_ratio": 0.0}  # for sections and asides, of which every turn has one
SPARSE = {"C": 0.5, "l1_ratio": 1.0}  # for topics, of which most turns have none
SPREAD = {"told": 4, "word": 3}  # interviews that must hold a fact; 2 for the others
FEWEST = 30  # turns that must have a label; a topic with fewer is recognised by its own words, as a guide's new topic is
SMALLEST = 0.08  # weights below it are left out


class Row(NamedTuple):
    """A customer's turn: its facts and its labels."""

    folder: Path
    reading: Reading
    facts: dict[str, float]
    sections: set[str]
    topics: set[str]

    def has(self, label: str) -> bool:
        """Return whether the turn has a label."""
        return label in self.sections or label in self.topics or (label == ASIDE and not self.sections)


def rows(folder: Path) -> list[Row]:
    """Return the customers' turns of an interview."""
    asks, cues = Lexicon.load("topic_asks"), Lexicon.load("topic_cues")
    gold = labels(folder)
    sections = {r["turn"]: set(r["sections"]) for r in gold["sections"]}
    topics: dict[int, set[str]] = {}
    for topic, status in gold["topics"].items():
        for turn in status["turns"]:
            topics.setdefault(turn, set()).add(topic)
    return [
        Row(folder, r, exchange_facts(question_of(r), r.norms, asks, cues), sections[r.turn.turn], topics.get(r.turn.turn, set()))
        for r in readings(folder)
        if r.is_customer
    ]


def vocabulary(data: list[Row]) -> dict[str, int]:
    """Return the facts that occur in enough interviews, numbered."""
    where: dict[str, set[Path]] = {}
    for row in data:
        for fact in row.facts:
            where.setdefault(fact, set()).add(row.folder)
    return {f: i for i, f in enumerate(sorted(f for f, names in where.items() if len(names) >= SPREAD.get(f.partition(":")[0], 2)))}


def train(data: list[Row], guide: Guide) -> Weights:
    """Return the weights for the guide's labels."""
    number = vocabulary(data)
    cells = [(i, number[f], v) for i, row in enumerate(data) for f, v in row.facts.items() if f in number]
    at, fact, value = zip(*cells, strict=True)
    x = csr_matrix((value, (at, fact)), shape=(len(data), len(number)))
    known = [label for label in (*(s.id for s in guide.sections), ASIDE, *guide.topics) if sum(row.has(label) for row in data) >= FEWEST]
    bias: list[float] = []
    weights: dict[str, list[float]] = {f: [] for f in number}
    for n, label in enumerate(known):
        y = np.array([row.has(label) for row in data])
        penalty = SPARSE if label in guide.topics else DENSE
        model = LogisticRegression(**penalty, solver="liblinear", random_state=0, max_iter=500).fit(x, y)
        # Sections and asides are weighed against their share, which following the conversation puts back.
        base = 0.0 if label in guide.topics else float(np.log(y.mean() / (1 - y.mean())))
        bias.append(round(float(model.intercept_[0]) - base, 3))
        for f, i in number.items():
            if abs(model.coef_[0][i]) >= SMALLEST:
                weights[f] += [n, round(float(model.coef_[0][i]), 2)]
    return Weights(tuple(known), tuple(bias), {f: row for f, row in weights.items() if row})


def as_json(weights: Weights) -> str:
    """Return weights as JSON, one fact a line."""
    note = f"{origin(__file__)} Log odds by label, and what each fact adds to which labels (number, weight, number, ...)."
    bias = json.dumps(dict(zip(weights.labels, weights.bias, strict=True)))
    lines = ",\n".join(f"{json.dumps(f)}: {json.dumps(row)}" for f, row in weights.facts.items())
    return f'{{"note": {json.dumps(note)},\n"bias": {bias},\n"facts": {{\n{lines}\n}}}}\n'


def f1(want: set[Any], have: set[Any]) -> str:
    """Return precision, recall and F1 as text."""
    hit = len(want & have)
    p, r = hit / max(1, len(have)), hit / max(1, len(want))
    return f"{p:.3f} {r:.3f} {2 * p * r / max(1e-9, p + r):.3f}"


def figures(data: list[Row], guide: Guide) -> None:
    """Print how well the interviews of each writer are told by those of the others, for a few thresholds."""
    seen = []
    for rest, mine in without(writer_of(row.folder) for row in data):
        scorer = prepare(guide, train([data[n] for n in rest], guide))
        seen += [(data[n].folder, n, data[n], chances(scorer, data[n].reading)) for n in mine]
    sections, topics = [s.id for s in guide.sections], list(guide.topics)
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45):
        want = {(n, i, s) for n, i, row, _ in seen for s in row.sections}
        have = {(n, i, s) for n, i, _, c in seen for s, v in zip(sections, c.sections, strict=True) if v >= least}
        wanted = {(n, i, t) for n, i, row, _ in seen for t in row.topics}
        had = {(n, i, t) for n, i, _, c in seen for t, v in zip(topics, c.topics, strict=True) if v >= least}
        call = f1({(n, t) for n, _, t in wanted}, {(n, t) for n, _, t in had})
        print(f"{least:.2f}  sections {f1(want, have)}  topics of turns {f1(wanted, had)}  topics of calls {call}")


def main() -> None:
    """Print the figures, or write the weights where asked to."""
    guide, data = Guide.default(), [row for folder in sorted(build()) for row in rows(folder)]
    if "--write" in sys.argv:
        (DATA / "topics.json").write_text(as_json(train(data, guide)), "utf-8")
    else:
        figures(data, guide)


if __name__ == "__main__":
    main()
