"""Train the scorers of metrics: which quantities are metrics, and of which kind.

    python evals/train_metrics.py [FOLDER...] [--write]

Reads the build split and the training interviews, or the FOLDERs named. Prints figures with writers left out in turn; with --write, trains
on all of them and writes copilot/data/metrics.json. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import build, labels, overlap, readings, writer_of
from fitting import as_weights, fit, usual, without, write

from copilot.detectors.metrics import number_facts, question_facts, word_facts
from copilot.mentions import Mention, amount, find_mentions
from copilot.reading import Reading
from copilot.scoring import Choice, Logistic

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

    folder: Path
    facts: dict[str, float]
    kind: str | None
    weight: float
    again: bool


def examples(folder: Path) -> Iterable[Example]:
    """Yield the mentions of an interview with their labels."""
    gold = labels(folder)["metrics"]
    said = {ends(g["value"]) for g in gold}
    for reading in readings(folder):
        mentions = find_mentions(reading) if reading.is_customer else []
        kinds = _kinds(reading, mentions, [g for g in gold if g["turn"] == reading.turn.turn])
        asked = question_facts(reading) if mentions else {}
        for n, mention in enumerate(mentions):
            again = n not in kinds and ends(amount(mention.quantity, None).value) in said
            yield Example(
                folder,
                {**asked, **number_facts(reading, mention), **word_facts(reading, mention)},
                kinds.get(n),
                0.25 if again else 1.0,
                again,
            )


def _kinds(reading: Reading, mentions: Sequence[Mention], gold: list[dict[str, Any]]) -> dict[int, str]:
    """Return the labelled kinds of mentions, paired with gold metrics by shared words first of all, then by value."""
    scored = []
    for g, row in enumerate(gold):
        start = reading.turn.text.find(row["text"])
        for n, m in enumerate(mentions):
            shared = overlap((start, start + len(row["text"])), (m.start, m.end))
            if shared >= 0.3:
                scored.append((shared + (ends(amount(m.quantity, None).value) == ends(row["value"])), -g, -n))
    kinds: dict[int, str] = {}
    taken: set[int] = set()
    for _, g, n in sorted(scored, reverse=True):
        if g not in taken and -n not in kinds:
            taken.add(g)
            kinds[-n] = gold[-g]["kind"]
    return kinds


def ends(value: Any) -> tuple[float, ...]:
    """Return a value, or the two ends of a range, as numbers that compare."""
    return tuple(round(float(v), 1) for v in (value if isinstance(value, (list, tuple)) else [value]))


def scorer(rows: Sequence[Example], targets: Sequence[bool], strength: float, ignored: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the bias and the weights of a logistic scorer; facts whose names start with one of `ignored` are left out."""
    known = {name for name in usual(((r.folder, r.facts) for r in rows), IN_INTERVIEWS) if not name.startswith(ignored)}
    facts = [{k: v for k, v in r.facts.items() if k in known} for r in rows]
    return as_weights(*fit(facts, targets, [r.weight for r in rows], C=strength, max_iter=400), LEAST)


def train(rows: Sequence[Example], strength: float) -> dict[str, Any]:
    """Return all scorers."""
    metrics = [r for r in rows if r.kind]
    return {
        "is_metric": scorer(rows, [r.kind is not None for r in rows], strength, WORDY),
        "kinds": joined({kind: scorer(metrics, [r.kind == kind for r in metrics], strength) for kind in KINDS}),
    }


def joined(models: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return models of the same facts as one table."""
    facts = sorted({fact for model in models.values() for fact in model["weights"]})
    rows = {fact: [model["weights"].get(fact, 0) for model in models.values()] for fact in facts}
    return {"bias": [model["bias"] for model in models.values()], "names": list(models), "weights": rows}


def figures(rows: Sequence[Example], strength: float) -> None:
    """Print figures on interviews whose writers the scorers were not trained on."""
    scored: list[tuple[float, Example]] = []
    right = total = 0
    for rest, mine in without(writer_of(r.folder) for r in rows):
        model = train([rows[n] for n in rest], strength)
        for row in (rows[n] for n in mine):
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
    print(f"{len(rows)} mentions, {sum(r.kind is not None for r in rows)} metrics")
    if "--write" in sys.argv:
        write("metrics", {**train(rows, STRENGTH), "threshold": THRESHOLD}, __file__)
        return
    for strength in (0.02, 0.05, 0.1, 0.3):
        figures(rows, strength)


if __name__ == "__main__":
    main()
