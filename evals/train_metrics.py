"""Train the scorers of metrics: which quantities are metrics, and of which kind.

    python evals/train_metrics.py [FOLDER...] [--write]

Reads the build split and the training interviews, or the FOLDERs named. Prints figures with authors left out in turn; with --write, trains
on all of them and writes copilot/data/metrics.json. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from corpus import build
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from copilot.background import Background
from copilot.detectors.metrics import number_evidence, question_evidence, word_evidence
from copilot.guide import Guide
from copilot.mentions import Mention, amount, find_mentions
from copilot.reading import Reading, read
from copilot.scoring import Choice, Logistic
from copilot.turns import Turn

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "copilot" / "data" / "metrics.json"
IN_INTERVIEWS = 5
LEAST = 0.04
THRESHOLD = 0.5
STRENGTH = 0.05
# Too many for so coarse a question as whether a number matters.
WORDY = ("clause ", "led ", "earlier ", "asked ")
KINDS = ("result", "pain", "scale", "timeline", "cost", "plan")


@dataclass
class Example:
    """A mention with its facts; `kind` is None if gold has no metric there, `again` where it was said before."""

    interview: str
    facts: dict[str, float]
    kind: str | None
    weight: float
    again: bool


def examples(folder: Path) -> Iterable[Example]:
    """Yield the mentions of an interview with their labels."""
    gold = yaml.safe_load((folder / "gold.yaml").read_text("utf-8"))["metrics"]
    said = {ends(g["value"]) for g in gold}
    for reading in readings(folder):
        mentions = find_mentions(reading) if reading.is_customer else []
        labels = _labels(reading, mentions, [g for g in gold if g["turn"] == reading.turn.turn])
        asked = question_evidence(reading) if mentions else {}
        for n, mention in enumerate(mentions):
            again = n not in labels and ends(amount(mention.quantity, None).value) in said
            yield Example(
                folder.name,
                {**asked, **number_evidence(reading, mention), **word_evidence(reading, mention)},
                labels.get(n),
                0.25 if again else 1.0,
                again,
            )


def readings(folder: Path) -> Iterable[Reading]:
    """Yield the turns of an interview, each read after those before it."""
    background, guide, before = Background.load(folder / "background.yaml"), Guide.default(), []
    for line in (folder / "turns.jsonl").read_text("utf-8").splitlines():
        if line.strip():
            before.append(read(Turn(**json.loads(line)), before, background, guide))
            yield before[-1]


def _labels(reading: Reading, mentions: Sequence[Mention], gold: list[dict[str, Any]]) -> dict[int, str]:
    """Pair mentions with gold metrics: by shared words first of all, then by value."""
    scored = []
    for g, row in enumerate(gold):
        start = reading.turn.text.find(row["text"])
        end = start + len(row["text"])
        for n, m in enumerate(mentions):
            shared = max(0, min(end, m.end) - max(start, m.start)) / max(1, min(end - start, m.end - m.start))
            if shared >= 0.3:
                scored.append((shared + (ends(amount(m.quantity, None).value) == ends(row["value"])), -g, -n))
    labels: dict[int, str] = {}
    taken: set[int] = set()
    for _, g, n in sorted(scored, reverse=True):
        if g not in taken and -n not in labels:
            taken.add(g)
            labels[-n] = gold[-g]["kind"]
    return labels


def ends(value: Any) -> tuple[float, ...]:
    """Return a value, or the two ends of a range, as numbers that compare."""
    return tuple(round(float(v), 1) for v in (value if isinstance(value, (list, tuple)) else [value]))


def usual(rows: Sequence[Example]) -> set[str]:
    """Return the facts that hold in several interviews; the rest would be learnt by heart."""
    seen: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in row.facts:
            seen[name].add(row.interview)
    return {name for name, where in seen.items() if len(where) >= IN_INTERVIEWS}


def fit(rows: Sequence[Example], targets: Sequence[bool], strength: float, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the bias and the weights of a logistic scorer; facts whose names start with one of `without` are left out."""
    keep = {name for name in usual(rows) if not name.startswith(without)}
    vectors = DictVectorizer()
    x = vectors.fit_transform([{k: v for k, v in r.facts.items() if k in keep} for r in rows])
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(x, targets, sample_weight=[r.weight for r in rows])
    named = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {"bias": round(float(model.intercept_[0]), 3), "weights": {str(n): round(float(c), 2) for n, c in named if abs(c) >= LEAST}}


def train(rows: Sequence[Example], strength: float) -> dict[str, Any]:
    """Return all scorers."""
    metrics = [r for r in rows if r.kind]
    return {
        "is_metric": fit(rows, [r.kind is not None for r in rows], strength, WORDY),
        "kinds": joined({kind: fit(metrics, [r.kind == kind for r in metrics], strength) for kind in KINDS}),
    }


def joined(models: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return models of the same facts as one table."""
    facts = sorted({fact for model in models.values() for fact in model["weights"]})
    rows = {fact: [model["weights"].get(fact, 0) for model in models.values()] for fact in facts}
    return {"names": list(models), "bias": [model["bias"] for model in models.values()], "weights": rows}


def as_text(weights: dict[str, Any]) -> str:
    """Return weights as JSON with one fact a line."""
    text = json.dumps(weights, sort_keys=True, ensure_ascii=False)
    return re.sub(r'(?<=[\]\d}]), (?=")', ",\n", text) + "\n"


def left_out(rows: Sequence[Example], strength: float) -> None:
    """Print figures on interviews whose authors the scorers were not trained on: names share a first letter where one author wrote them."""
    scored: list[tuple[float, Example]] = []
    right = total = 0
    for author in sorted({r.interview[0] for r in rows}):
        model = train([r for r in rows if r.interview[0] != author], strength)
        for row in (r for r in rows if r.interview[0] == author):
            scored.append((model["is_metric"]["bias"] + Logistic(**model["is_metric"]).sum(row.facts), row))
            if row.kind:
                total += 1
                choice = Choice(**model["kinds"])
                right += choice.best(choice.sums(row.facts)) == row.kind
    for t in (-0.2, -0.4, -0.6, -0.8, -1.0):
        print(f"   at a sum of {t}: F1, precision, recall {f_measure(scored, t)}")
    best = max((f_measure(scored, t / 10), t / 10) for t in range(-25, 15))
    print(f"C {strength}: F1 {best[0]} at a sum of {best[1]}; F1 at 0: {f_measure(scored, 0)}; kind {right / total:.3f} of {total}")


def f_measure(scored: Sequence[tuple[float, Example]], threshold: float) -> tuple[float, float, float]:
    """Return F1, precision and recall of the mentions above a threshold."""
    n = Counter((s >= threshold, r.kind is not None) for s, r in scored if r.kind or not r.again)
    precision = n[True, True] / max(1, n[True, True] + n[True, False])
    recall = n[True, True] / max(1, n[True, True] + n[False, True])
    return round(2 * precision * recall / max(1e-9, precision + recall), 3), round(precision, 3), round(recall, 3)


def main() -> None:
    """Train on the folders named, or on the build split."""
    named = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    rows = [row for folder in named or build() for row in examples(folder)]
    print(f"{len(rows)} mentions, {sum(r.kind is not None for r in rows)} metrics, {len(usual(rows))} usual facts")
    if "--write" in sys.argv:
        weights = {"threshold": THRESHOLD, **train(rows, STRENGTH)}
        WEIGHTS.write_text(as_text(weights), "utf-8")
        return
    for strength in (0.02, 0.05, 0.1, 0.3):
        left_out(rows, strength)


if __name__ == "__main__":
    main()
