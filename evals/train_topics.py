#!/usr/bin/env python3
"""Train the weights by which the default guide's topics are recognised: `train_topics.py INTERVIEW...` writes copilot/data/topics.json.

    train_topics.py --measure INTERVIEW...    leave each interview out in turn, and print how well it is told by the others

An INTERVIEW is a folder with turns.jsonl and gold.yaml. Needs scikit-learn; the result is the same for the same interviews.
Only facts that occur in several interviews count, so that no customer's words are learnt by heart.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from copilot.background import Background
from copilot.detectors.topics import ASIDE, Weights, chances, evidence, prepare
from copilot.guide import Guide
from copilot.lexicon import Lexicon
from copilot.reading import Reading, read
from copilot.turns import Turn

OUT = Path(__file__).parent.parent / "copilot" / "data" / "topics.json"
DENSE = {"C": 0.3, "l1_ratio": 0.0}  # for sections and asides, of which every turn has one
SPARSE = {"C": 0.5, "l1_ratio": 1.0}  # for topics, of which most turns have none
SPREAD = {"told": 4, "word": 3}  # interviews that must hold a fact; 2 for the others
FEWEST = 30  # turns that must have a label; a topic with fewer is recognised by its own words, as a guide's new topic is
SMALLEST = 0.08  # weights below it are left out

Row = tuple[dict[str, float], set[str], set[str], str]  # facts, sections, topics, interview


def load(folder: Path, guide: Guide) -> tuple[list[Reading], dict[str, Any]]:
    """Return the readings of an interview, each without its past's past, and its labels."""
    readings: list[Reading] = []
    for line in (folder / "turns.jsonl").read_text("utf-8").splitlines():
        before = [replace(r, before=()) for r in readings[-12:]]
        readings.append(read(Turn(**json.loads(line)), before, Background(), guide))
    return readings, yaml.safe_load((folder / "gold.yaml").read_text("utf-8"))


def rows(folder: Path, guide: Guide) -> list[Row]:
    """Return the facts and labels of every customer turn."""
    asks, cues = Lexicon.load("topic_asks"), Lexicon.load("topic_cues")
    readings, gold = load(folder, guide)
    sections = {r["turn"]: set(r["sections"]) for r in gold["sections"]}
    topics: dict[int, set[str]] = {}
    for topic, status in gold["topics"].items():
        for turn in status["turns"]:
            topics.setdefault(turn, set()).add(topic)
    return [
        (evidence(r.question, r.norms, asks, cues), sections[r.turn.turn], topics.get(r.turn.turn, set()), folder.name)
        for r in readings
        if r.is_customer
    ]


def vocabulary(data: list[Row]) -> dict[str, int]:
    """Return the facts that occur in enough interviews, numbered."""
    where: dict[str, set[str]] = {}
    for facts, _, _, name in data:
        for fact in facts:
            where.setdefault(fact, set()).add(name)
    return {f: i for i, f in enumerate(sorted(f for f, names in where.items() if len(names) >= SPREAD.get(f.partition(":")[0], 2)))}


def has(row: Row, label: str) -> bool:
    """Return whether a turn has a label."""
    _, sections, topics, _ = row
    return label in sections or label in topics or (label == ASIDE and not sections)


def train(data: list[Row], guide: Guide) -> Weights:
    """Return the weights for the guide's labels."""
    number = vocabulary(data)
    cells = [(i, number[f], v) for i, (facts, *_) in enumerate(data) for f, v in facts.items() if f in number]
    at, fact, value = zip(*cells, strict=True)
    x = csr_matrix((value, (at, fact)), shape=(len(data), len(number)))
    labels = [label for label in (*(s.id for s in guide.sections), ASIDE, *guide.topics) if sum(has(row, label) for row in data) >= FEWEST]
    bias: list[float] = []
    weights: dict[str, list[float]] = {f: [] for f in number}
    for n, label in enumerate(labels):
        y = np.array([has(row, label) for row in data])
        penalty = SPARSE if label in guide.topics else DENSE
        model = LogisticRegression(**penalty, solver="liblinear", random_state=0, max_iter=500).fit(x, y)
        # Sections and asides are weighed against their share, which following the conversation puts back.
        base = 0.0 if label in guide.topics else float(np.log(y.mean() / (1 - y.mean())))
        bias.append(round(float(model.intercept_[0]) - base, 3))
        for f, i in number.items():
            if abs(model.coef_[0][i]) >= SMALLEST:
                weights[f] += [n, round(float(model.coef_[0][i]), 2)]
    return Weights(tuple(labels), tuple(bias), {f: row for f, row in weights.items() if row})


def as_json(weights: Weights) -> str:
    """Return weights as JSON, one fact a line."""
    note = "Written by evals/train_topics.py: log odds by label, and what each fact adds to which labels (number, weight, number, ...)."
    bias = json.dumps(dict(zip(weights.labels, weights.bias, strict=True)))
    lines = ",\n".join(f"{json.dumps(f)}: {json.dumps(row)}" for f, row in weights.facts.items())
    return f'{{"note": {json.dumps(note)},\n"bias": {bias},\n"facts": {{\n{lines}\n}}}}\n'


def f1(want: set[Any], have: set[Any]) -> str:
    """Return precision, recall and F1 as text."""
    hit = len(want & have)
    p, r = hit / max(1, len(have)), hit / max(1, len(want))
    return f"{p:.3f} {r:.3f} {2 * p * r / max(1e-9, p + r):.3f}"


def measure(folders: list[Path], guide: Guide) -> None:
    """Print how well each interview is told by the others, for a few thresholds."""
    data = {folder: rows(folder, guide) for folder in folders}
    seen = []
    for folder in folders:
        scorer = prepare(guide, train([row for other in folders if other != folder for row in data[other]], guide))
        readings, _ = load(folder, guide)
        answers = [chances(scorer, r) for r in readings if r.is_customer]
        seen += [(folder.name, i, row, c) for i, (row, c) in enumerate(zip(data[folder], answers, strict=True))]
    sections, topics = [s.id for s in guide.sections], list(guide.topics)
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45):
        want = {(n, i, s) for n, i, row, _ in seen for s in row[1]}
        have = {(n, i, s) for n, i, _, c in seen for s, v in zip(sections, c.sections, strict=True) if v >= least}
        wanted = {(n, i, t) for n, i, row, _ in seen for t in row[2]}
        had = {(n, i, t) for n, i, _, c in seen for t, v in zip(topics, c.topics, strict=True) if v >= least}
        call = f1({(n, t) for n, _, t in wanted}, {(n, t) for n, _, t in had})
        print(f"{least:.2f}  sections {f1(want, have)}  topics of turns {f1(wanted, had)}  topics of calls {call}")


def main() -> None:
    """Train on the interviews named, or measure by leaving each out."""
    guide = Guide.default()
    folders = sorted(Path(a) for a in sys.argv[1:] if a != "--measure")
    if "--measure" in sys.argv:
        measure(folders, guide)
        return
    weights = train([row for folder in folders for row in rows(folder, guide)], guide)
    OUT.write_text(as_json(weights), "utf-8")


if __name__ == "__main__":
    main()
