"""Train the scorer of the sentences that an outline cites for its topics: `python evals/train_claims.py [--write]`.

Reads `claims/`, the sentences that a reader chose for each topic of an interview, and fits an L2-regularised logistic regression to those
of the build split and the training interviews. Prints how often the sentences that it chooses on the others are among a reader's: on
interviews that topics were learnt from, it would look too good. `--write` puts its weights into `copilot/data/claims.json`. Deterministic.
Needs scikit-learn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from corpus import build, overlap
from fitting import as_weights, fit, usual, write

from copilot.background import Background
from copilot.drafts.claim_facts import Telling, tellings
from copilot.drafts.claims import chosen
from copilot.session import Session
from copilot.turns import Turn

HERE = Path(__file__).parent
STRENGTH = {"C": 0.1, "solver": "liblinear", "max_iter": 1000}
FEWEST = 3  # interviews that hold a fact; the rest would be learnt by heart
LEAST = 0.02  # weights below it are left out
HALF = 0.5  # of the shorter of two spans, from which they are the same choice
CHOICES = ("best", "good", "poor")
COUNTS = {"best": 2.0, "poor": 4.0}  # how much a sentence counts in the fit, beside 1


class Row(NamedTuple):
    """A sentence that may tell a topic, and whether a reader chose it: "best", "good" or "poor", or "" where nobody named it."""

    folder: Path
    telling: Telling
    choice: str


class Interview(NamedTuple):
    """The sentences of an interview that may tell its topics, and the topics that a reader found one for."""

    folder: Path
    rows: list[Row]
    topics: set[str]


def load(folder: Path) -> Interview:
    """Hear an interview, and return its sentences with the reader's choices."""
    session = Session(background=Background.load(folder / "background.yaml"))
    turns = [Turn.model_validate_json(line) for line in (folder / "turns.jsonl").read_text("utf-8").splitlines()]
    for turn in turns:
        session.hear(turn)
    said = {turn.turn: turn.text for turn in turns}
    labels = yaml.safe_load((HERE / "claims" / f"{folder.name}.yaml").read_text("utf-8"))
    places = {topic: [(name, *_place(row, said)) for name in CHOICES for row in _rows(choices, name)] for topic, choices in labels.items()}
    rows = [Row(folder, telling, _choice(telling, places.get(telling.topic, ()))) for telling in tellings(session.material())]
    return Interview(folder, rows, {topic for topic, choices in labels.items() if choices["best"]})


def _rows(choices: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = choices.get(name) or []
    return found if isinstance(found, list) else [found]


def _place(row: dict[str, Any], said: dict[int, str]) -> tuple[int, int, int]:
    """Return the turn, start and end of words; raise ValueError where they are not in their turn."""
    start = said[row["turn"]].index(row["text"])
    return row["turn"], start, start + len(row["text"])


def _choice(telling: Telling, places: Iterable[tuple[str, int, int, int]]) -> str:
    said = telling.said
    held = (name for name, turn, start, end in places if turn == said.turn and overlap((said.start, said.end), (start, end)) >= HALF)
    return next(held, "")


def figures(interviews: Sequence[Interview], chances: Sequence[float]) -> str:
    """Return how often the sentences that are chosen for topics by their chances are among a reader's."""
    found = cited = right = poor = best = good = 0
    number = iter(chances)
    for interview in interviews:
        told = chosen((next(number), row.telling) for row in interview.rows)
        choice = {(row.telling.topic, row.telling.shown): row.choice for row in interview.rows}
        for topic in interview.topics:
            named = [choice[topic, span] for span in told.get(topic, ())]
            found, cited = found + bool(named), cited + len(named)
            best, good = best + ("best" in named), good + any(name in {"best", "good"} for name in named)
            right, poor = right + sum(name in {"best", "good"} for name in named), poor + named.count("poor")
    topics = sum(len(interview.topics) for interview in interviews)
    return (
        f"{topics} topics, {found / topics:.3f} with a sentence; the best is cited for {best / topics:.3f}, the best or a good one for "
        f"{good / topics:.3f}; of {cited} sentences {right / cited:.3f} are the best or good, {poor / cited:.3f} poor"
    )


def main() -> None:
    """Print the figures, and write the weights where asked to."""
    labelled = {path.stem for path in (HERE / "claims").glob("*.yaml")}
    learnt = [load(folder) for folder in build() if folder.name in labelled]
    known = {interview.folder.name for interview in learnt}
    measured = [load(HERE / "interviews" / name) for name in sorted(labelled - known)]
    rows = [row for interview in learnt for row in interview.rows]
    kept = usual(((row.folder, row.telling.facts) for row in rows), FEWEST)
    facts = [{name: value for name, value in row.telling.facts.items() if name in kept} for row in rows]
    label = [row.choice in {"best", "good"} for row in rows]
    names, model = fit(facts, label, [COUNTS.get(row.choice, 1.0) for row in rows], **STRENGTH)
    told = [row.telling.facts for interview in measured for row in interview.rows]
    print(figures(measured, model.predict_proba(names.transform(told))[:, 1]))
    if "--write" in sys.argv:
        write("claims", {"claim": as_weights(names, model, LEAST)}, __file__)


if __name__ == "__main__":
    main()
