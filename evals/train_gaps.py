"""Train the scorers of gaps and of their closing on labelled interviews: `python evals/train_gaps.py [FOLDER...] [--write]`.

Reads the build split of `evals/split.yaml` (or the FOLDERs named), fits L2-regularised logistic regressions over the
evidence that `copilot.detectors` computes, and prints figures for interviews left out of the fit. `--write` puts the weights of a fit
on all of them into `copilot/data/gaps.json` and `copilot/data/closings.json`. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from copilot.background import Background
from copilot.detectors.closings import closing_evidence, content_stems, may_close, open_gap, read_answer
from copilot.detectors.evidence import sentence_evidence, turn_evidence
from copilot.engines.rules import detect, marks_of
from copilot.guide import Guide
from copilot.ledger import Ledger
from copilot.reading import WINDOW, Reading, read
from copilot.turns import Turn

HERE = Path(__file__).parent
DATA = HERE.parent / "copilot" / "data"
FOLDS = 6
WORDY = 15
STRONG = ("has ", "marked ", "new ", "number with", "lone number", "enumeration without")
STRONG_ENDS = (" without number", " without support", "not explained", "no explanation")
TRUST = 3.0
"""How much less a strong fact is shrunk: cues chosen by hand are rarer than facts about length, and mean more."""


@dataclass
class Examples:
    """Rows of facts with their labels and the interview that each comes from."""

    facts: list[dict[str, float]] = field(default_factory=list)
    label: list[object] = field(default_factory=list)
    interview: list[int] = field(default_factory=list)
    place: list[tuple[int, int]] = field(default_factory=list)

    def add(self, facts: dict[str, float], label: object, interview: int, place: tuple[int, int]) -> None:
        """Append one row."""
        self.facts.append(facts)
        self.label.append(label)
        self.interview.append(interview)
        self.place.append(place)


@dataclass
class Corpus:
    """What is trained on: sentences for gaps, gap sentences for kinds, later turns for closings."""

    sentences: Examples = field(default_factory=Examples)
    kinds: Examples = field(default_factory=Examples)
    closings: Examples = field(default_factory=Examples)
    turns: dict[tuple[int, int], tuple[bool, bool, int]] = field(default_factory=dict)
    gaps: list[tuple[int, dict[str, object]]] = field(default_factory=list)


def split(name: str) -> list[Path]:
    """Return the folders of one side of the split."""
    names = yaml.safe_load((HERE / "split.yaml").read_text("utf-8"))[name]
    return [HERE / "interviews" / n for n in names]


def heard(folder: Path) -> tuple[list[tuple[Reading, list, frozenset[str]]], dict[str, object]]:
    """Return the readings of an interview with their marks, and its labels."""
    background, guide = Background.load(folder / "background.yaml"), Guide.default()
    ledger, past, out = Ledger(background, guide), [], []
    for line in (folder / "turns.jsonl").read_text("utf-8").splitlines():
        reading = read(Turn.model_validate_json(line), past, background, guide)
        found = detect(reading, ledger)
        out.append((reading, marks_of(reading, found), frozenset(ledger.seen)))
        ledger.add(reading, found)
        past = [*past, replace(reading, before=())][-WINDOW:]
    return out, yaml.load((folder / "gold.yaml").read_text("utf-8"), yaml.CSafeLoader)


def add_interview(corpus: Corpus, number: int, folder: Path) -> None:
    """Add the rows of one interview."""
    rows, gold = heard(folder)
    gaps: dict[int, list[dict]] = {}
    for gap in gold["gaps"]:
        gaps.setdefault(gap["turn"], []).append(gap)
    for reading, marks, seen in rows:
        if reading.is_customer:
            add_turn(corpus, number, reading, marks, seen, gaps.get(reading.turn.turn, []))
    add_closings(corpus, number, [r for r, _, _ in rows], gold["gaps"])


def add_turn(corpus: Corpus, number: int, reading: Reading, marks: list, seen: frozenset[str], gaps: list[dict]) -> None:
    """Add the rows of one turn: each sentence, with whether a labelled gap lies on it, and that gap's kind."""
    turn = reading.turn
    corpus.turns[number, turn.turn] = (bool(gaps), any(g["severity"] == "must" for g in gaps), reading.words)
    whole = turn_evidence(reading, marks)
    for sentence, facts in zip(reading.sentences, sentence_evidence(reading, marks, seen), strict=True):
        on = [g for g in gaps if _overlaps(turn.text, g["text"], sentence.start, sentence.end)]
        corpus.sentences.add(whole | facts, bool(on), number, (number, turn.turn))
        for gap in on[:1]:
            corpus.kinds.add(whole | facts, (gap["kind"], gap["severity"]), number, (number, turn.turn))


def _overlaps(text: str, words: str, start: int, end: int) -> bool:
    at = text.find(words)
    return min(at + len(words), end) > max(at, start)


def add_closings(corpus: Corpus, number: int, readings: list[Reading], gaps: list[dict]) -> None:
    """Add a row for each later customer's turn, until the gap is closed."""
    seen: dict[str, int] = {}
    opened: list[tuple[int, dict, object]] = []
    for reading in readings:
        for stem in content_stems(t.norm for t in reading.tokens):
            seen[stem] = seen.get(stem, 0) + 1
        turn = reading.turn.turn
        if reading.is_customer:
            answer = read_answer(reading)
            for index, gap, watched in opened:
                closed = gap["closed_by"]
                if (closed is None or turn <= closed) and may_close(watched, answer):
                    corpus.closings.add(closing_evidence(watched, answer, seen), turn == closed, number, (index, turn))
        for gap in gaps:
            if gap["turn"] == turn:
                start = reading.turn.text.find(gap["text"])
                corpus.gaps.append((number, gap))
                opened.append((len(corpus.gaps) - 1, gap, open_gap(reading, start, start + len(gap["text"]), gap["kind"], gap["topic"])))


def trust(name: str) -> float:
    """Return how much a fact is trusted before any data is seen."""
    return TRUST if name.startswith(STRONG) or name.endswith(STRONG_ENDS) else 1.0


def weighed(facts: list[dict[str, float]]) -> list[dict[str, float]]:
    """Return facts scaled by the trust in them; the scale goes back into the weights when they are written."""
    return [{name: value * trust(name) for name, value in row.items()} for row in facts]


def fit(facts: list[dict[str, float]], label: np.ndarray, strength: float) -> tuple[DictVectorizer, LogisticRegression]:
    """Return a fitted logistic regression and the names of its facts."""
    names = DictVectorizer()
    return names, LogisticRegression(C=strength, max_iter=5000).fit(names.fit_transform(weighed(facts)), label)


def left_out(examples: Examples, label: np.ndarray, strength: float) -> np.ndarray:
    """Return the chance of each row from fits that have not seen its interview."""
    names = DictVectorizer()
    table, fold = names.fit_transform(weighed(examples.facts)).tocsr(), np.array(examples.interview) % FOLDS
    chance = np.zeros(len(label))
    for k in range(FOLDS):
        model = LogisticRegression(C=strength, max_iter=5000).fit(table[fold != k], label[fold != k])
        chance[fold == k] = model.predict_proba(table[fold == k])[:, 1]
    return chance


def as_weights(names: DictVectorizer, model: LogisticRegression, row: int = 0) -> dict[str, object]:
    """Return a model as it is written to a file; weights too small to matter are left out."""
    pairs = zip(names.get_feature_names_out(), model.coef_[row], strict=True)
    return {
        "bias": round(float(model.intercept_[row]), 3),
        "weights": {n: round(float(w) * trust(n), 3) for n, w in pairs if abs(w) >= 0.01},
    }


def tact(best: dict, corpus: Corpus, threshold: float, short: float) -> tuple[float, float, float, float]:
    """Return tact, the recall of turns with a gap, the nag rate and the precision, for two thresholds."""
    hit = gold = nag = quiet = wrong = 0
    for place, (has, _, words) in corpus.turns.items():
        speaks = best.get(place, 0.0) >= (threshold if words >= WORDY else short)
        gold, hit = gold + has, hit + (has and speaks)
        wrong += speaks and not has
        if not has and words >= WORDY:
            quiet, nag = quiet + 1, nag + speaks
    recall, rate = hit / max(1, gold), nag / max(1, quiet)
    return (recall + 1 - rate) / 2, recall, rate, hit / max(1, hit + wrong)


def gap_figures(corpus: Corpus, strength: float) -> tuple[dict, np.ndarray]:
    """Print figures of the gap scorer over interviews left out; return the best chance of each turn, and all chances."""
    label = np.array(corpus.sentences.label, dtype=bool)
    chance = left_out(corpus.sentences, label, strength)
    best: dict[tuple[int, int], float] = {}
    for place, p in zip(corpus.sentences.place, chance, strict=True):
        best[place] = max(best.get(place, 0.0), float(p))
    print(
        f"gaps: {len(label)} sentences, {label.sum()} with a gap, {len(corpus.turns)} turns; C={strength}; "
        f"Brier {np.mean((chance - label) ** 2):.4f}"
    )
    for short in (0.15, 0.2, 0.25):
        for threshold in (0.14, 0.16, 0.18, 0.2, 0.22, 0.25):
            t, recall, rate, precision = tact(best, corpus, threshold, short)
            print(
                f"  full >= {threshold:.2f}, short >= {short:.2f}: "
                f"tact {t:.3f} recall {recall:.3f} nag {rate:.3f} turn precision {precision:.3f}"
            )
    return best, chance


def reliability(label: np.ndarray, chance: np.ndarray) -> None:
    """Print a reliability table: what was said against what was so."""
    edges = np.array([0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0])
    for low, high in pairwise(edges):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            print(
                f"  said {low:.2f} to {high:.2f}: {inside.sum():5} rows, mean {chance[inside].mean():.3f}, so in {label[inside].mean():.3f}"
            )


def kind_figures(corpus: Corpus, strength: float) -> None:
    """Print how often the kind and the severity are right on sentences that hold a gap, interviews left out."""
    kinds = np.array([k for k, _ in corpus.kinds.label])
    must = np.array([s == "must" for _, s in corpus.kinds.label])
    fold = np.array(corpus.kinds.interview) % FOLDS
    table = DictVectorizer().fit_transform(weighed(corpus.kinds.facts)).tocsr()
    right = 0
    for k in range(FOLDS):
        model = LogisticRegression(C=strength, max_iter=5000).fit(table[fold != k], kinds[fold != k])
        right += (model.predict(table[fold == k]) == kinds[fold == k]).sum()
    severe = left_out(corpus.kinds, must, strength) >= 0.5
    print(f"kinds: right in {right / len(kinds):.3f} of {len(kinds)}; severity right in {np.mean(severe == must):.3f}")


def closing_figures(corpus: Corpus, strength: float) -> None:
    """Print how often gaps are closed where they are answered, and left open where they stay open."""
    label = np.array(corpus.closings.label, dtype=bool)
    chance = left_out(corpus.closings, label, strength)
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        first: dict[int, int] = {}
        for (gap, turn), p in zip(corpus.closings.place, chance, strict=True):
            if p >= threshold:
                first.setdefault(gap, turn)
        answered = [i in first and abs(first[i] - g["closed_by"]) <= 2 for i, (_, g) in enumerate(corpus.gaps) if g["closed_by"]]
        still = [i not in first for i, (_, g) in enumerate(corpus.gaps) if g["outcome"] == "open"]
        print(f"closings >= {threshold:.2f}: closed when answered {np.mean(answered):.3f}, open when open {np.mean(still):.3f}")


def write(corpus: Corpus, options: argparse.Namespace) -> None:
    """Write the weights of fits on every interview."""
    gap = as_weights(*fit(corpus.sentences.facts, np.array(corpus.sentences.label, dtype=bool), options.gap))
    must = as_weights(*fit(corpus.kinds.facts, np.array([s == "must" for _, s in corpus.kinds.label]), options.kind))
    names, model = fit(corpus.kinds.facts, np.array([k for k, _ in corpus.kinds.label]), options.kind)
    kinds = {str(kind): as_weights(names, model, row) for row, kind in enumerate(model.classes_)}
    settings = {"threshold": options.threshold, "short_threshold": options.short, "second_threshold": options.second, "short_words": WORDY}
    _dump("gaps", {**settings, "gap": gap, "must": must, "kinds": kinds})
    closes = as_weights(*fit(corpus.closings.facts, np.array(corpus.closings.label, dtype=bool), options.closing))
    _dump("closings", {"threshold": options.close_at, "touches": options.touch_at, "closes": closes})


def _dump(name: str, weights: dict[str, object]) -> None:
    (DATA / f"{name}.json").write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", "utf-8")


def main() -> int:
    """Fit, print the figures, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    for name, default in (
        ("gap", 0.1),
        ("kind", 0.03),
        ("closing", 0.1),
        ("threshold", 0.2),
        ("short", 0.18),
        ("second", 0.3),
        ("close-at", 0.3),
        ("touch-at", 0.12),
    ):
        parser.add_argument(f"--{name}", type=float, default=default)
    options = parser.parse_args()
    corpus = Corpus()
    for number, folder in enumerate(options.folders or split("build")):
        add_interview(corpus, number, folder)
    _, chance = gap_figures(corpus, options.gap)
    reliability(np.array(corpus.sentences.label, dtype=bool), chance)
    kind_figures(corpus, options.kind)
    closing_figures(corpus, options.closing)
    if options.write:
        write(corpus, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
