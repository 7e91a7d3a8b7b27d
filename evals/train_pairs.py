"""Train the scorer of values before and after: `python evals/train_pairs.py [--write]`.

Reads the build split and the training interviews: the labelled metrics with a baseline whose two numbers stand in one turn are the pairs.
Prints figures for writers left out of the fit; `--write` puts the weights of a fit on all of them into `copilot/data/pairs.json`.
Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from corpus import build, labels, readings, writer_of
from fitting import as_weights, fit, frequent, left_out, write
from train_metrics import ends

from copilot.mentions import Mention, amount, in_units
from copilot.mentions.comparing import pair_facts
from copilot.mentions.pairs import neighbours

SCORERS = ("later", "earlier")
THRESHOLD = 0.11
FIT = {"C": 0.1, "max_iter": 3000}
IN_INTERVIEWS = 4
LEAST = 0.025
TRUST = 3.0
"""How much less a fact about place, unit, size or time is shrunk than one about a word."""


@dataclass
class Example:
    """Two numbers of a turn; `truth` is "later" where the second is the value after, "earlier" where the first is, else ""."""

    folder: Path
    turn: int
    places: tuple[int, int]
    facts: dict[str, float]
    truth: str


def examples(folder: Path) -> Iterator[Example]:
    """Yield the pairs of numbers of an interview that could be values of one thing."""
    gold = [g for g in labels(folder)["metrics"] if g["baseline"]]
    for reading in readings(folder):
        if not reading.is_customer:
            continue
        mentions = in_units(reading)
        text = reading.turn.text
        truth = dict(_truth(mentions, text, row) for row in gold if row["turn"] == reading.turn.turn)
        for first, second in neighbours(mentions):
            facts = pair_facts(reading, mentions, first, second)
            yield Example(folder, reading.turn.turn, (first, second), facts, truth.get((first, second), ""))


def _truth(mentions: Sequence[Mention], text: str, row: Mapping[str, Any]) -> tuple[tuple[int, int], str]:
    """Return the places of a labelled metric's two numbers, the closest ones, and which is the value after."""
    start = text.find(row["text"])
    inside = [n for n, m in enumerate(mentions) if m.end > start and m.start < start + len(row["text"])]
    after = [n for n in inside if ends(amount(mentions[n].quantity, None).value) == ends(row["value"])]
    before = [n for n, m in enumerate(mentions) if ends(amount(m.quantity, None).value) == ends(row["baseline"]["value"])]
    pairs = [(abs(mentions[a].at - mentions[b].at), b, a) for a in after for b in before if a != b]
    if not pairs:
        return (-1, -1), ""
    _, b, a = min(pairs)
    return (min(a, b), max(a, b)), "later" if a > b else "earlier"


def trust(name: str) -> float:
    """Return how much a fact is trusted before any data is seen."""
    return 1.0 if ":" in name else TRUST


def table(rows: Sequence[Example]) -> list[dict[str, float]]:
    """Return the facts that hold in several interviews, scaled by the trust in them."""
    kept = frequent([row.facts for row in rows], [row.folder for row in rows], IN_INTERVIEWS)
    return [{n: v * trust(n) for n, v in facts.items()} for facts in kept]


def figures(rows: Sequence[Example], chances: Mapping[str, np.ndarray]) -> None:
    """Print recall and precision by threshold: the surest pair of a turn first, no number in two of them."""
    turns: dict[tuple[Path, int], list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        turns[row.folder, row.turn].append(n)
    total = sum(r.truth != "" for r in rows)
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.4):
        right = found = 0
        for places in turns.values():
            taken: set[int] = set()
            for chance, n, name in sorted(((c[n], n, name) for name, c in chances.items() for n in places), reverse=True):
                if chance >= threshold and taken.isdisjoint(rows[n].places):
                    taken.update(rows[n].places)
                    found, right = found + 1, right + (rows[n].truth == name)
        print(f"  >= {threshold}: recall {right / total:.3f} precision {right / max(1, found):.3f} of {total}")


def main() -> None:
    """Print the figures, and write the weights where asked to."""
    rows = [row for folder in build() for row in examples(folder)]
    print(f"{len(rows)} pairs of numbers, {sum(r.truth != '' for r in rows)} of a value before and after")
    facts, truth = table(rows), {name: np.array([r.truth == name for r in rows]) for name in SCORERS}
    writers = [writer_of(r.folder) for r in rows]
    figures(rows, {name: left_out(facts, label, writers, **FIT) for name, label in truth.items()})
    if "--write" in sys.argv:
        scorers = {name: as_weights(*fit(facts, label, **FIT), LEAST, trust=trust) for name, label in truth.items()}
        write("pairs", {"threshold": THRESHOLD, **scorers}, __file__)


if __name__ == "__main__":
    main()
