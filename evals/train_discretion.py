"""Train the scorer of requests for discretion: `python evals/train_discretion.py [--write]`.

Learns from the sentences of `evals/discretion.yaml`, and from the customers' sentences of the build split of `evals/split.yaml`: those of
turns that nothing bars are the ones that ask for nothing. Prints figures for sentences left out of the fit; `--write` puts the
weights of a fit on all of them into `copilot/data/discretion.json`. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from corpus import build
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from copilot.detectors.discretion import discretion_evidence
from copilot.text import sentences, tokenize

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "copilot" / "data" / "discretion.json"
FOLDS = 8
STRENGTH = 0.3
FALSE = 0.003  # of the sentences that ask for nothing, the share that may pass the threshold
Sentence = tuple[str, ...]


def norms(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text as their tokens' norms."""
    tokens = tokenize(text)
    for s in sentences(text, tokens):
        yield tuple(t.norm for t in tokens[s.first : s.last])


def asking_nothing(folder: Path) -> Iterator[Sentence]:
    """Yield the sentences of a customer's turns that neither bar anything nor are barred."""
    gold = yaml.safe_load((folder / "gold.yaml").read_text("utf-8"))["off_record"]
    barred = {t for row in gold for t in (row["turn"], *row["covers"])}
    for line in (folder / "turns.jsonl").read_text("utf-8").splitlines():
        turn = json.loads(line)
        if turn["role"] == "customer" and turn["turn"] not in barred:
            yield from norms(turn["text"])


def fit(rows: list[Sentence], labels: np.ndarray) -> tuple[DictVectorizer, LogisticRegression]:
    """Fit the scorer."""
    names = DictVectorizer()
    table = names.fit_transform([discretion_evidence(row) for row in rows])
    return names, LogisticRegression(C=STRENGTH, max_iter=1000).fit(table, labels)


def left_out(rows: list[Sentence], labels: np.ndarray) -> np.ndarray:
    """Return the chance of each sentence, from a fit without it."""
    chances = np.zeros(len(rows))
    for fold in range(FOLDS):
        out = np.arange(len(rows)) % FOLDS == fold
        names, model = fit([r for r, o in zip(rows, out, strict=True) if not o], labels[~out])
        held = names.transform([discretion_evidence(r) for r, o in zip(rows, out, strict=True) if o])
        chances[out] = model.predict_proba(held)[:, 1]
    return chances


def weights(rows: list[Sentence], labels: np.ndarray) -> dict[str, Any]:
    """Return the bias and the weights of a fit on all sentences, small ones left out."""
    names, model = fit(rows, labels)
    table = {n: round(float(w), 2) for n, w in zip(names.feature_names_, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": {n: w for n, w in sorted(table.items()) if abs(w) >= 0.04}}


def main() -> None:
    """Fit, print the figures, and write the weights where asked to."""
    authored = yaml.safe_load((HERE / "discretion.yaml").read_text("utf-8"))
    keep = [s for text in authored["keep"] for s in list(norms(text))[-1:]]
    use = [s for text in authored["use"] for s in norms(text)]
    use += [s for folder in build() for s in asking_nothing(folder)]
    rows, labels = [*keep, *use], np.array([1] * len(keep) + [0] * len(use))
    chances = left_out(rows, labels)
    threshold = float(np.quantile(chances[labels == 0], 1 - FALSE))
    print(f"{len(keep)} ask, {len(use)} do not; left out, {np.mean(chances[labels == 1] >= threshold):.3f} found at {threshold:.3f}")
    if "--write" in sys.argv:
        text = json.dumps({"threshold": round(threshold, 3), "asks": weights(rows, labels)}, indent=0, ensure_ascii=False)
        WEIGHTS.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
