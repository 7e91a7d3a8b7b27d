"""Train the scorers of gaps and of their closing on labelled interviews: `python evals/train_gaps.py [FOLDER...] [--write]`.

Reads the build split and the training interviews (or the FOLDERs named; see corpus.py), fits L2-regularised logistic regressions over the
evidence that `copilot.detectors` computes, and prints figures for writers left out of the fit: who wrote an interview shows in its words,
so that another interview of the same writer is no fair test. The chance of a gap mixes one fit for all gaps with one for each family of
kinds, as is best for writers left out. Severity is fitted on what these, and the fit of kinds, say of writers they have not seen.
`--write` puts the weights of a fit on all of them into `gaps.json`, `severity.json` and `closings.json` of `copilot/data`. `--test` prints
how well the chances of such a fit hold on the test split.
Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import NamedTuple

import fitting
import numpy as np
from corpus import build, labels, readings, test, writer_of
from fitting import as_weights, fit, usual, without
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from copilot.detectors import Found
from copilot.detectors.gaps.closing_facts import NEAR, closing_facts, may_close
from copilot.detectors.gaps.facts import Mark, sentence_facts, turn_facts, wording_facts
from copilot.detectors.gaps.severity import NEEDED, need_facts, topic_facts
from copilot.detectors.gaps.waiting import content_stems, open_gap, read_answer
from copilot.engines.rules import detect, marks_of, topic_of
from copilot.ledger import SURE, Ledger
from copilot.reading import Reading

LEAST = 0.02
"""A weight below this moves no decision, and is left out of the file."""
WORDY = 15
WORDS = ("word ", "words ", "begins ", "ends ")
IN_INTERVIEWS = 8
"""A word counts where so many interviews hold it."""
STRONG = ("has ", "marked ", "new ", "number with", "lone number", "enumeration without")
STRONG_ENDS = (" without number", " without support", "not explained", "no explanation")
TRUST = 3.0
"""How much less a strong fact is shrunk: cues chosen by hand are rarer than facts about length, and mean more."""
LATE = ("later: ", "later, ")
LATE_TRUST = 2.0
"""How much less facts about answers out of order are shrunk, of which there are few."""
STRONG_FOR_KINDS = (*STRONG, "sign ")
"""What tells kinds apart besides. Signs were chosen on the build split itself, so that whether there is a gap trusts them less."""

FAMILIES = {
    "amount": ("missing_metric", "vague"),
    "figure": ("missing_baseline", "missing_timeframe", "missing_scope", "undefined_metric"),
    "source": ("unsourced",),
    "story": ("unexplained", "missing_stakes", "no_example"),
    "thread": ("dropped_thread",),
    "answer": ("dodged", "short_answer"),
    "unknown": ("missing_actor", "unclear_term"),
}
"""Kinds of gaps that much the same facts tell. Each family has a model of its own beside that of all gaps; contradictions, which no fact
about a sentence tells, have none."""


@dataclass
class Examples:
    """Rows of facts with their labels, and the interview and the place that each comes from."""

    facts: list[dict[str, float]] = field(default_factory=list)
    label: list[object] = field(default_factory=list)
    folder: list[Path] = field(default_factory=list)
    place: list[tuple[int, int]] = field(default_factory=list)

    def add(self, facts: dict[str, float], label: object, folder: Path, place: tuple[int, int]) -> None:
        """Append one row."""
        self.facts.append(facts)
        self.label.append(label)
        self.folder.append(folder)
        self.place.append(place)


@dataclass
class Corpus:
    """What is trained on: sentences for gaps, gap sentences for kinds, later turns for closings.

    `found` holds the kinds of the gaps on each sentence, `topics` the topic of each gap sentence.
    """

    sentences: Examples = field(default_factory=Examples)
    found: list[frozenset[str]] = field(default_factory=list)
    kinds: Examples = field(default_factory=Examples)
    topics: list[str] = field(default_factory=list)
    closings: Examples = field(default_factory=Examples)
    turns: dict[tuple[int, int], tuple[bool, bool, int]] = field(default_factory=dict)
    gaps: list[tuple[int, dict[str, object]]] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)


class Heard(NamedTuple):
    """A turn of an interview: its reading, its marks, the words heard before it, and the topic of a gap at a span of it."""

    reading: Reading
    marks: list[Mark]
    seen: frozenset[str]
    topic: Callable[[int, int], str]


def heard(said: list[Reading]) -> Iterator[Heard]:
    """Yield the turns of an interview as the engine hears them."""
    ledger = Ledger(said[0].background, said[0].guide)
    for reading in said:
        found = detect(reading, ledger)
        yield Heard(reading, marks_of(reading, found), frozenset(ledger.seen), partial(_topic, reading, found, ledger))
        ledger.add(reading, found)


def _topic(reading: Reading, found: Found, ledger: Ledger, start: int, end: int) -> str:
    metric = next((m for m in found.metrics if m.start < end and m.end > start), None)
    return topic_of(reading, metric, found, ledger)


def add_interview(corpus: Corpus, number: int, folder: Path) -> None:
    """Add the rows of one interview."""
    said, gaps = readings(folder), labels(folder)["gaps"]
    corpus.folders.append(folder)
    for turn in heard(said):
        if turn.reading.is_customer:
            add_turn(corpus, number, turn, [g for g in gaps if g["turn"] == turn.reading.turn.turn])
    add_closings(corpus, number, said, gaps)


def add_turn(corpus: Corpus, number: int, heard: Heard, gaps: list[dict]) -> None:
    """Add the rows of one turn: each sentence, with whether a labelled gap lies on it, and that gap's kind and topic."""
    reading, marks, seen, topic = heard
    turn = reading.turn
    corpus.turns[number, turn.turn] = (bool(gaps), any(g["severity"] == "must" for g in gaps), reading.words)
    whole = turn_facts(reading, marks)
    for sentence, facts in zip(reading.sentences, sentence_facts(reading, marks, seen), strict=True):
        on = [g for g in gaps if _overlaps(turn.text, g["text"], sentence.start, sentence.end)]
        facts |= wording_facts(reading, sentence)
        corpus.sentences.add(whole | facts, bool(on), corpus.folders[number], (number, turn.turn))
        corpus.found.append(frozenset(g["kind"] for g in on))
        for gap in on[:1]:
            corpus.kinds.add(whole | facts, (gap["kind"], gap["severity"]), corpus.folders[number], (number, turn.turn))
            corpus.topics.append(topic(sentence.start, sentence.end))


def _overlaps(text: str, words: str, start: int, end: int) -> bool:
    at = text.find(words)
    return min(at + len(words), end) > max(at, start)


def add_closings(corpus: Corpus, number: int, said: list[Reading], gaps: list[dict]) -> None:
    """Add a row for each later customer's turn, until the gap is closed."""
    seen: dict[str, int] = {}
    opened: list[tuple[int, dict, object]] = []
    for reading in said:
        for stem in content_stems(t.norm for t in reading.tokens):
            seen[stem] = seen.get(stem, 0) + 1
        turn = reading.turn.turn
        if reading.is_customer:
            answer = read_answer(reading)
            for index, gap, watched in opened:
                closed = gap["closed_by"]
                if (closed is None or turn <= closed) and may_close(watched, answer):
                    facts = closing_facts(watched, answer, seen)
                    corpus.closings.add(facts, turn == closed, corpus.folders[number], (index, turn))
        for gap in gaps:
            if gap["turn"] == turn:
                start = reading.turn.text.find(gap["text"])
                corpus.gaps.append((number, gap))
                opened.append((len(corpus.gaps) - 1, gap, open_gap(reading, start, start + len(gap["text"]), gap["kind"], gap["topic"])))


def trust(name: str, strong: tuple[str, ...] = STRONG) -> float:
    """Return how much a fact is trusted before any data is seen."""
    if name.startswith(LATE):
        return LATE_TRUST
    return TRUST if name.startswith(strong) or name.endswith(STRONG_ENDS) else 1.0


def table(examples: Examples, strong: tuple[str, ...]) -> list[dict[str, float]]:
    """Return the facts, scaled by the trust in them, without the words that few interviews hold."""
    known = usual(zip(examples.folder, examples.facts, strict=True), IN_INTERVIEWS)
    return weighed([{n: v for n, v in row.items() if not n.startswith(WORDS) or n in known} for row in examples.facts], strong)


def weighed(facts: list[dict[str, float]], strong: tuple[str, ...] = STRONG) -> list[dict[str, float]]:
    """Return facts scaled by the trust in them; the scale goes back into the weights when they are written."""
    return [{name: value * trust(name, strong) for name, value in row.items()} for row in facts]


def fitted(
    examples: Examples, label: np.ndarray, strength: float, strong: tuple[str, ...] = STRONG
) -> tuple[DictVectorizer, LogisticRegression]:
    """Return the names of the facts, and a logistic regression that is fitted on them."""
    return fit(table(examples, strong), label, C=strength, max_iter=5000)


def left_out(examples: Examples, label: np.ndarray, strength: float, strong: tuple[str, ...] = STRONG) -> np.ndarray:
    """Return for each row what a fit predicts that has not seen its writer: the chance of each class."""
    facts, classes = DictVectorizer().fit_transform(table(examples, strong)).tocsr(), np.unique(label)
    chance = np.zeros((len(label), len(classes)))
    for rest, mine in without(map(writer_of, examples.folder)):
        model = LogisticRegression(C=strength, max_iter=5000).fit(facts[rest], label[rest])
        chance[np.ix_(mine, np.searchsorted(classes, model.classes_))] = model.predict_proba(facts[mine])
    return chance


def of_family(corpus: Corpus, family: str) -> np.ndarray:
    """Return for each sentence whether a gap of a family lies on it."""
    return np.array([not found.isdisjoint(FAMILIES[family]) for found in corpus.found])


def any_of(chances: np.ndarray) -> np.ndarray:
    """Return the log-odds that any holds of the columns of chances, each by itself."""
    return logit(1 - np.prod(1 - chances, axis=1))


def logit(chance: np.ndarray) -> np.ndarray:
    """Return the log-odds of chances."""
    return np.log(chance / (1 - chance))


class LeftOut(NamedTuple):
    """What fits that have not seen its writer say of each sentence: the log-odds of a gap, of each family, and both mixed as a chance."""

    odds: np.ndarray
    families: np.ndarray
    chance: np.ndarray
    mixed: LogisticRegression


def gaps_left_out(corpus: Corpus, strength: float, of_families: float) -> LeftOut:
    """Return what is said of each sentence, and the mixture of the two models of gaps."""
    label = np.array(corpus.sentences.label, dtype=bool)
    single = left_out(corpus.sentences, label, strength)[:, 1]
    families = np.stack([left_out(corpus.sentences, of_family(corpus, family), of_families)[:, 1] for family in FAMILIES], axis=1)
    told = np.stack([logit(single), any_of(families)], axis=1)
    mixed = LogisticRegression(C=10.0).fit(told, label)
    return LeftOut(logit(single), logit(families), mixed.predict_proba(told)[:, 1], mixed)


def needs(corpus: Corpus, apart: LeftOut, strength: float) -> list[dict[str, float]]:
    """Return the facts that tell the severity of each labelled gap, from fits that have not seen its writer."""
    kinds = np.array([k for k, _ in corpus.kinds.label])
    shares, names = left_out(corpus.kinds, kinds, strength, STRONG_FOR_KINDS), np.unique(kinds)
    at = np.flatnonzero(corpus.sentences.label)
    return [
        topic_facts(
            need_facts(apart.odds[n], dict(zip(FAMILIES, apart.families[n], strict=True)), dict(zip(names, row, strict=True))), topic
        )
        for n, row, topic in zip(at, shares, corpus.topics, strict=True)
    ]


def as_families(corpus: Corpus, strength: float) -> dict[str, object]:
    """Return the models of the families as they are written to a file: for each fact a weight for each family, in their order."""
    fits = [fitted(corpus.sentences, of_family(corpus, family), strength) for family in FAMILIES]
    rows = np.stack([model.coef_[0] for _, model in fits], axis=1)
    names = fits[0][0].get_feature_names_out()
    scaled = {n: row * trust(n) for n, row in zip(names, rows, strict=True)}
    weights = {n: [round(float(w), 2) for w in row] for n, row in scaled.items() if max(abs(row)) >= 2 * LEAST}
    return {"names": list(FAMILIES), "bias": [round(float(model.intercept_[0]), 3) for _, model in fits], "weights": weights}


def as_choice(names: DictVectorizer, model: LogisticRegression) -> dict[str, object]:
    """Return the model of kinds as it is written to a file: for each fact a weight for each kind, in their order."""
    scaled = {n: model.coef_[:, at] * trust(n, STRONG_FOR_KINDS) for at, n in enumerate(names.get_feature_names_out())}
    weights = {n: [round(float(w), 2) for w in row] for n, row in scaled.items() if max(abs(row)) >= 2 * LEAST}
    return {"names": list(map(str, model.classes_)), "bias": [round(float(b), 3) for b in model.intercept_], "weights": weights}


def tact(length: dict, corpus: Corpus, threshold: float, short: float) -> tuple[float, float, float, float]:
    """Return tact, the recall of turns with a gap, the nag rate and the precision, for two thresholds."""
    hit = gold = nag = quiet = wrong = 0
    for place, (has, _, words) in corpus.turns.items():
        speaks = length.get(place, 0.0) >= (threshold if words >= WORDY else short)
        gold, hit = gold + has, hit + (has and speaks)
        wrong += speaks and not has
        if not has and words >= WORDY:
            quiet, nag = quiet + 1, nag + speaks
    recall, rate = hit / max(1, gold), nag / max(1, quiet)
    return (recall + 1 - rate) / 2, recall, rate, hit / max(1, hit + wrong)


def of_turns(examples: Examples, chance: np.ndarray) -> dict[tuple[int, int], float]:
    """Return the length of the vector of the chances of each turn's sentences, which the thresholds are for."""
    length: dict[tuple[int, int], float] = {}
    for place, p in zip(examples.place, chance, strict=True):
        length[place] = hypot(length.get(place, 0.0), float(p))
    return length


def gap_figures(corpus: Corpus, options: argparse.Namespace, chance: np.ndarray) -> None:
    """Print figures of the gap scorer over writers left out: by threshold, and at the thresholds chosen by writer."""
    label = np.array(corpus.sentences.label, dtype=bool)
    length = of_turns(corpus.sentences, chance)
    print(f"gaps: {len(label)} sentences, {label.sum()} with a gap, {len(corpus.turns)} turns; C={options.gap}")
    for threshold in (0.16, 0.18, 0.2, 0.22, 0.24, 0.26, 0.3):
        t, recall, rate, precision = tact(length, corpus, threshold, options.short)
        print(f"  full >= {threshold:.2f}: tact {t:.3f} recall {recall:.3f} nag {rate:.3f} turn precision {precision:.3f}")
    writers = list(map(writer_of, corpus.folders))
    for writer in sorted(set(writers)):
        one = replace(corpus, turns={place: turn for place, turn in corpus.turns.items() if writers[place[0]] == writer})
        t, recall, rate, precision = tact(length, one, options.threshold, options.short)
        print(f"  writer {writer}: tact {t:.3f} recall {recall:.3f} nag {rate:.3f} turn precision {precision:.3f}")
    reliability(label, chance)


def reliability(label: np.ndarray, chance: np.ndarray) -> None:
    """Print the Brier score and a reliability table: what was said against what was so."""
    print(f"  Brier {np.mean((chance - label) ** 2):.4f}; of the bare share of gaps {label.mean() * (1 - label.mean()):.4f}")
    edges = np.array([0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0])
    for low, high in pairwise(edges):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            print(
                f"  said {low:.2f} to {high:.2f}: {inside.sum():5} rows, mean {chance[inside].mean():.3f}, so in {label[inside].mean():.3f}"
            )


def kind_figures(corpus: Corpus, facts: list[dict[str, float]], strength: float) -> None:
    """Print how often the kind and the severity are right on sentences that hold a gap, writers left out; `facts` tell severity."""
    kinds, must = np.array([k for k, _ in corpus.kinds.label]), musts(corpus)
    shares = [{name: share for name, share in row.items() if name.startswith("kind ") and " in " not in name} for row in facts]
    guess = np.array([max(row, key=row.__getitem__).removeprefix("kind ") for row in shares])
    print(f"kinds: right in {np.mean(guess == kinds):.3f} of {len(kinds)}")
    need = fitting.left_out(facts, must, map(writer_of, corpus.kinds.folder), C=strength, max_iter=5000)
    right = (need >= NEEDED) == must
    print(f"severity: right in {right.mean():.3f}, {max(must.mean(), 1 - must.mean()):.3f} if all were the same")
    reliability(must, need)
    for kind in np.unique(kinds):
        of = kinds == kind
        print(f"  {kind}: {of.sum()}, must {must[of].mean():.2f}, said {np.mean(need[of] >= NEEDED):.2f}, right in {right[of].mean():.2f}")


def musts(corpus: Corpus) -> np.ndarray:
    """Return whether each labelled gap is a must."""
    return np.array([severity == "must" for _, severity in corpus.kinds.label])


def closing_figures(corpus: Corpus, options: argparse.Namespace) -> None:
    """Print how often gaps are closed where they are answered, at once and out of order, and left open where they stay open."""
    chance = left_out(corpus.closings, np.array(corpus.closings.label, dtype=bool), options.closing)[:, 1]
    late = ["later" in facts or "much later" in facts for facts in corpus.closings.facts]
    for at_once in (0.25, 0.3, 0.36, options.close_at):
        best: dict[int, tuple[int, float]] = {}
        for (gap, turn), p, out_of_order in zip(corpus.closings.place, chance, late, strict=True):
            before = best.get(gap, (0, 0.0))[1]
            if p >= (options.later_at if out_of_order else at_once) and before < min(p, SURE):
                best[gap] = turn, p
        answered = [(g, i in best and abs(best[i][0] - g["closed_by"]) <= 2) for i, (_, g) in enumerate(corpus.gaps) if g["closed_by"]]
        later = [closed for g, closed in answered if g["closed_by"] - g["turn"] > NEAR]
        still = [i not in best for i, (_, g) in enumerate(corpus.gaps) if g["outcome"] == "open"]
        print(
            f"closings >= {at_once:.2f}: closed when answered {np.mean([c for _, c in answered]):.3f}, "
            f"out of order {np.mean(later):.3f}, open when open {np.mean(still):.3f}"
        )


def test_figures(corpus: Corpus, options: argparse.Namespace, mixed: LogisticRegression) -> None:
    """Print how well the chances of a fit on the corpus hold on the test split."""
    unseen = Corpus()
    for number, folder in enumerate(test()):
        add_interview(unseen, number, folder)
    facts = weighed(unseen.sentences.facts)

    def chance(wanted: np.ndarray, strength: float) -> np.ndarray:
        names, model = fitted(corpus.sentences, wanted, strength)
        return model.predict_proba(names.transform(facts))[:, 1]

    single = chance(np.array(corpus.sentences.label, dtype=bool), options.gap)
    families = np.stack([chance(of_family(corpus, family), options.family) for family in FAMILIES], axis=1)
    label = np.array(unseen.sentences.label, dtype=bool)
    print(f"test split: {len(label)} sentences, {label.sum()} with a gap")
    reliability(label, mixed.predict_proba(np.stack([logit(single), any_of(families)], axis=1))[:, 1])


def write(corpus: Corpus, options: argparse.Namespace, mixed: LogisticRegression, facts: list[dict[str, float]]) -> None:
    """Write the weights of fits on every interview; `mixed` is the mixture of the models of gaps, `facts` tell severity."""
    gap = as_weights(*fitted(corpus.sentences, np.array(corpus.sentences.label, dtype=bool), options.gap), LEAST, trust=trust)
    kinds = as_choice(*fitted(corpus.kinds, np.array([k for k, _ in corpus.kinds.label]), options.kind, STRONG_FOR_KINDS))
    settings = {"threshold": options.threshold, "short_threshold": options.short, "second_threshold": options.second, "short_words": WORDY}
    mixture = {
        "bias": round(float(mixed.intercept_[0]), 3),
        "weights": dict(zip(("any", "by family"), mixed.coef_[0].round(3).tolist(), strict=True)),
    }
    families = as_families(corpus, options.family)
    fitting.write("gaps", {**settings, "gap": gap, "families": families, "mixed": mixture, "kinds": kinds}, __file__)
    fitting.write("severity", {"must": as_weights(*fit(facts, musts(corpus), C=options.need, max_iter=5000), LEAST)}, __file__)
    closes = as_weights(*fitted(corpus.closings, np.array(corpus.closings.label, dtype=bool), options.closing), LEAST, trust=trust)
    thresholds = {"threshold": options.close_at, "later_threshold": options.later_at, "touches": options.touch_at}
    fitting.write("closings", {**thresholds, "closes": closes}, __file__)


def main() -> int:
    """Fit, print the figures, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--test", action="store_true")
    for name, default in (
        ("gap", 0.08),
        ("family", 0.2),
        ("kind", 0.04),
        ("need", 0.3),
        ("closing", 0.1),
        ("threshold", 0.24),
        ("short", 0.19),
        ("second", 0.28),
        ("close-at", 0.33),
        ("later-at", 0.25),
        ("touch-at", 0.12),
    ):
        parser.add_argument(f"--{name}", type=float, default=default)
    options = parser.parse_args()
    corpus = Corpus()
    for number, folder in enumerate(options.folders or build()):
        add_interview(corpus, number, folder)
    apart = gaps_left_out(corpus, options.gap, options.family)
    facts = needs(corpus, apart, options.kind)
    gap_figures(corpus, options, apart.chance)
    kind_figures(corpus, facts, options.need)
    closing_figures(corpus, options)
    if options.test:
        test_figures(corpus, options, apart.mixed)
    if options.write:
        write(corpus, options, apart.mixed, facts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
