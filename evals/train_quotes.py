"""Train the scorers of quotes and of technical claims on labelled interviews: `python evals/train_quotes.py [--write]`.

Reads the build split and the training interviews, fits an L2-regularised logistic regression over the evidence that
`copilot.detectors.quotes` and `copilot.detectors.verify` compute, and prints figures for interviews left out of the fit. `--write` puts
the weights of a fit on all of them into `copilot/data/quotes.json` and `copilot/data/verify.json`. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from corpus import build
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from copilot.background import Background
from copilot.detectors import quotes, verify
from copilot.guide import Guide
from copilot.reading import WINDOW, Reading, read
from copilot.turns import Turn

HERE = Path(__file__).parent
DATA = HERE.parent / "copilot" / "data"
FOLDS = 7
LONG = 90  # turns; ten sentences at most are labelled as quotes, which is a milder choice in a short call
OVERLAP = 0.5  # of the shorter span, from which two spans are the same finding
STRENGTH = {"quotes": 0.02, "verify": 0.2}
Span = tuple[int, int]


@dataclass
class Interview:
    """The customers' turns of an interview, and its labels."""

    name: str
    readings: list[Reading] = field(default_factory=list)
    replies: dict[int, Reading] = field(default_factory=dict)
    gold: dict[str, Any] = field(default_factory=dict)

    def spans(self, key: str, reading: Reading) -> list[Span]:
        """Return the places in a turn of the labels under a key."""
        rows = [r for r in self.gold[key] if r["turn"] == reading.turn.turn]
        at = [(reading.turn.text.find(r["text"]), len(r["text"])) for r in rows]
        return [(start, start + length) for start, length in at if start >= 0]

    @property
    def barred(self) -> set[int]:
        """The turns that nothing may be quoted from."""
        return {t for row in self.gold["off_record"] for t in row["covers"]}


def load(folder: Path) -> Interview:
    """Read the customers' turns of an interview."""
    background, before = Background.load(folder / "background.yaml"), []
    out = Interview(folder.name, gold=yaml.load((folder / "gold.yaml").read_text("utf-8"), yaml.CSafeLoader))
    for line in (folder / "turns.jsonl").read_text("utf-8").splitlines():
        reading = read(Turn.model_validate_json(line), before, background, Guide.default())
        before = [*before, replace(reading, before=())][-WINDOW:]
        out.replies[reading.turn.turn - 1] = reading
        if reading.is_customer:
            out.readings.append(reading)
    return out


def shared(a: Span, b: Span) -> float:
    """Return the overlap of two spans as a share of the shorter one."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / max(1, min(a[1] - a[0], b[1] - b[0]))


Rows = list[tuple[Span, dict[str, float]]]


def quote_rows(reading: Reading, reply: Reading | None) -> Rows:
    """Return the pieces of a turn with their facts."""
    found = list(quotes.pieces(reading))
    reply = None if reply and reply.is_customer else reply
    return [((p.start, p.end), facts) for p, facts in zip(found, quotes.quote_evidence(reading, found, reply), strict=True)]


def claim_rows(reading: Reading, reply: Reading | None) -> Rows:
    """Return the sentences of a turn with their facts."""
    return [((s.start, s.end), facts) for s, facts in zip(reading.sentences, verify.claim_evidence(reading), strict=True)]


@dataclass
class Examples:
    """Rows of facts with their labels, and the interview and turn of each."""

    facts: list[dict[str, float]] = field(default_factory=list)
    label: list[bool] = field(default_factory=list)
    interview: list[int] = field(default_factory=list)
    place: list[tuple[Reading, Span]] = field(default_factory=list)


def examples(interviews: list[Interview], key: str, rows: Callable[[Reading, Reading | None], Rows]) -> Examples:
    """Return the rows of all interviews; a row is true where it overlaps a label."""
    out = Examples()
    for number, interview in enumerate(interviews):
        for reading in interview.readings:
            gold = interview.spans(key, reading)
            for span, facts in rows(reading, interview.replies.get(reading.turn.turn)):
                out.facts.append(facts)
                out.label.append(any(shared(span, g) >= OVERLAP for g in gold))
                out.interview.append(number)
                out.place.append((reading, span))
    return out


def fit(facts: list[dict[str, float]], label: np.ndarray, strength: float) -> tuple[DictVectorizer, LogisticRegression]:
    """Return a fitted logistic regression and the names of its facts."""
    names = DictVectorizer()
    return names, LogisticRegression(C=strength, max_iter=5000).fit(names.fit_transform(facts), label)


def left_out(rows: Examples, strength: float) -> np.ndarray:
    """Return each row's chance from a fit on the other interviews."""
    label, fold = np.array(rows.label), np.array(rows.interview) % FOLDS
    out = np.zeros(len(label))
    for k in range(FOLDS):
        train, test = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        names, model = fit([rows.facts[i] for i in train], label[train], strength)
        out[test] = model.predict_proba(names.transform([rows.facts[i] for i in test]))[:, 1]
    return out


def f1(hits: int, found: int, gold: int) -> str:
    """Return precision, recall and F1 as text."""
    return f"precision {hits / max(1, found):.3f} recall {hits / max(1, gold):.3f} F1 {2 * hits / max(1, found + gold):.3f}"


def paired(found: list[tuple[int, Span]], gold: list[tuple[int, Span]]) -> int:
    """Return how many labels are found, each by one finding."""
    left, hits = list(gold), 0
    for turn, span in found:
        match = next((g for g in left if g[0] == turn and shared(span, g[1]) >= OVERLAP), None)
        if match:
            left.remove(match)
            hits += 1
    return hits


def judge_quotes(interviews: list[Interview], rows: Examples, chances: np.ndarray) -> str:
    """Return the figures of the ten best quotes of each interview."""
    hits = found = gold = 0
    for number, interview in enumerate(interviews):
        mine = [i for i, n in enumerate(rows.interview) if n == number]
        told = []
        for reading in interview.readings:
            here = [i for i in mine if rows.place[i][0] is reading]
            told += quotes.candidates(reading, list(quotes.pieces(reading)), [float(chances[i]) for i in here])
        best = [(q.turn, (q.start, q.end)) for q in quotes.best_quotes(q for q in told if q.turn not in interview.barred)]
        want = [(r.turn.turn, s) for r in interview.readings for s in interview.spans("quotes", r)]
        hits, found, gold = hits + paired(best, want), found + len(best), gold + len(interview.gold["quotes"])
    return f1(hits, found, gold)


def judge_claims(interviews: list[Interview], rows: Examples, chances: np.ndarray) -> str:
    """Return the figures of the claims of all interviews."""
    hits = found = gold = 0
    for number, interview in enumerate(interviews):
        mine = [i for i, n in enumerate(rows.interview) if n == number]
        told = []
        for reading in interview.readings:
            here = [(float(chances[i]), rows.place[i][1]) for i in mine if rows.place[i][0] is reading]
            told += [(reading.turn.turn, span) for span in verify.choose(here)]
        want = [(r.turn.turn, s) for r in interview.readings for s in interview.spans("verify", r)]
        hits, found, gold = hits + paired(told, want), found + len(told), gold + len(interview.gold["verify"])
    return f1(hits, found, gold)


def weights(rows: Examples, strength: float) -> dict[str, Any]:
    """Return the bias and the weights of a fit on all rows, small ones left out."""
    names, model = fit(rows.facts, np.array(rows.label), strength)
    table = {n: round(float(w), 3) for n, w in zip(names.feature_names_, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 3), "weights": {n: w for n, w in sorted(table.items()) if abs(w) >= 0.01}}


def main() -> None:
    """Fit, print the figures, and write the weights where asked to."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="*", type=Path, help="interviews to read in place of them")
    options.add_argument("--write", action="store_true", help="write the weights of a fit on all interviews")
    given = options.parse_args()
    for name, key, make, judge in (("quotes", "quote", quote_rows, judge_quotes), ("verify", "claim", claim_rows, judge_claims)):
        interviews = [load(f) for f in given.folders or build(LONG if name == "quotes" else 0)]
        rows = examples(interviews, name, make)
        print(f"{name:8} left out: {judge(interviews, rows, left_out(rows, STRENGTH[name]))}")
        if given.write:
            text = json.dumps({key: weights(rows, STRENGTH[name])}, indent=1, ensure_ascii=False)
            (DATA / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
