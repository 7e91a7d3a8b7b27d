"""Train the scorer of requests for leave to record: `python evals/train_consent.py [--write]`.

Learns from the first turns of the build split, of the training interviews and of the openings which words a turn of the interviewer's side
asks for leave with. Prints, for openings of a file and interviews of a writer left out of the fit, in how many calls the first turn that
asks is found by phrases alone, by the scorer alone, and by either; `--write` puts the weights of a fit on everything into
`copilot/data/consent.json`. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from corpus import build, labels, read_call, readings, writer_of
from fitting import Facts, as_weights, fit, left_out, usual, write

from copilot.background import Background, Participant
from copilot.detectors.consent.asking import EARLY, asking_facts, asks_in_phrases
from copilot.reading import Reading
from copilot.turns import Turn

HERE = Path(__file__).parent
FIT = {"C": 1.0, "solver": "liblinear", "random_state": 0}
COMMON = 2  # calls that hold a fact, from which it counts
LEAST = 0.02  # weights below it are left out
THRESHOLD = 0.6
"""The chance from which a turn asks: the least at which no file of openings that is left out has more calls wrong than by phrases alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """An early turn of the interviewer's side: the call, what it is left out with, and whether it asks, by the label and by phrases."""

    call: str
    group: str
    facts: Facts
    asks: bool
    phrased: bool


def rows_of(call: str, group: str, heard: Sequence[Reading], consent: dict[str, Any]) -> Iterator[Row]:
    """Yield the early turns of a call up to the one that asks, and those after the answer."""
    asked, granted = consent["asked"], consent["granted"]
    for last, reading in zip([None, *heard], heard, strict=False):
        turn = reading.turn.turn
        waiting = asked is not None and asked < turn <= (granted or EARLY)  # an interviewer may put the question again
        if not reading.is_customer and turn <= EARLY and not waiting:
            yield Row(call, group, asking_facts(reading), turn == asked, asks_in_phrases(reading, last))


def opening(row: dict[str, Any]) -> list[Reading]:
    """Return the turns of an opening."""
    roles = dict.fromkeys(row["customers"], "customer") | {row["interviewer"]: "interviewer"}
    people = tuple(Participant(name=name, role=role) for name, role in roles.items())
    turns = [Turn(turn=n, role=roles.get(t["speaker"], "colleague"), **t) for n, t in enumerate(row["turns"], 1)]
    return read_call(turns, Background(participants=people))


def rows() -> Iterator[Row]:
    """Yield all that there is to learn from."""
    for path in sorted((HERE / "openings").glob("*.yaml")):
        for row in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader):
            yield from rows_of(f"{path.stem} {row['id']}", path.stem, opening(row), row)
    for folder in build():
        yield from rows_of(folder.name, f"writer {writer_of(folder)}", readings(folder)[:EARLY], labels(folder)["consent"])


def right(known: Sequence[Row], found: Sequence[bool]) -> float:
    """Return the share of calls in which the first turn that is found is the first that asks, or neither is there."""
    calls: dict[str, list[tuple[bool, bool]]] = {}
    for row, one in zip(known, found, strict=True):
        calls.setdefault(row.call, []).append((row.asks, bool(one)))
    return float(np.mean([next((a for a, f in turns if f), not any(a for a, _ in turns)) for turns in calls.values()]))


def figures(known: Sequence[Row]) -> None:
    """Print the share of calls that are right, each file and each writer left out in turn."""
    chance = left_out([r.facts for r in known], np.array([r.asks for r in known]), [r.group for r in known], **FIT)
    phrased, likely = np.array([r.phrased for r in known]), chance >= THRESHOLD
    kinds = [r.group.split()[0] for r in known]
    for kind in sorted(set(kinds)):
        mine = [n for n, k in enumerate(kinds) if k == kind]
        shares = (right([known[n] for n in mine], found[mine]) for found in (phrased, likely, phrased | likely))
        print(f"{kind}: by phrases {{:.3f}}, by the scorer {{:.3f}}, by either {{:.3f}}".format(*shares))


def main() -> None:
    """Print the figures, and write the weights where asked to."""
    known = list(rows())
    common = usual(((r.call, r.facts) for r in known), COMMON)
    known = [Row(r.call, r.group, {n: v for n, v in r.facts.items() if n in common}, r.asks, r.phrased) for r in known]
    figures(known)
    if "--write" in sys.argv:
        weights = as_weights(*fit([r.facts for r in known], np.array([r.asks for r in known]), **FIT), LEAST)
        write("consent", {"asks": weights, "threshold": THRESHOLD}, __file__)


if __name__ == "__main__":
    main()
