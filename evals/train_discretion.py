"""Train the scorers of requests for discretion and of promises: `python evals/train_discretion.py [--write]`.

Learns from the sentences of `evals/discretion.yaml`, from the build split, the training interviews and the exchanges: the words that ask,
the turns that neither ask for anything nor are barred, and the replies that follow. Prints figures for calls whose writer is left out of
the fit; `--write` puts the weights of a fit on everything into `copilot/data/discretion.json`, with the thresholds that the figures for
left-out calls give. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from discretion import Call, authored, calls
from fitting import Facts, fit, write

from copilot.background import Background
from copilot.detectors.boundaries.discretion import (
    REPLY,
    UNLIKELY,
    diluted,
    discretion_facts,
    pieces,
    promise_facts,
    score_of,
    sounds,
)
from copilot.guide import Guide
from copilot.reading import Reading, read
from copilot.scoring import Logistic
from copilot.text import sentences, tokenize
from copilot.turns import Turn

FIT = {"C": 0.3, "solver": "liblinear", "random_state": 0}
COMMON = 3  # requests that hold a word, or two neighbours, from which they count
LEAST = 0.04  # weights below it are left out
SHARES = {"surely": 0.005, "alone": 0.01, "both": 0.02, "together": 0.1, "faintly": 0.1, "granted": 0.03, "promised": 0.03}
"""Of the turns that ask for nothing, the share that may pass each threshold."""


class Scorers(NamedTuple):
    """How much words sound like a request, and a reply like a promise."""

    asks: Logistic
    promises: Logistic

    def asked(self, reading: Reading) -> float:
        """Return the score of the sentence of a turn that sounds most like a request."""
        scores = (sounds(reading.turn.text, s, lambda piece: score_of(self.asks, piece)) for s in reading.sentences)
        return diluted(max(scores, default=UNLIKELY), reading)

    def promised(self, reply: Reading | None) -> float:
        """Return how much a reply sounds like a promise."""
        return UNLIKELY if reply is None else self.promises.bias + self.promises.sum(_reply_facts(reply))


def _reply_facts(reply: Reading) -> Facts:
    return promise_facts(reply, reply.last)


def facts_of(text: str, whole: bool = False) -> list[Facts]:
    """Return the facts of each piece of a text, or of its sentences as wholes."""
    tokens = tokenize(text)
    rows = [list(pieces(text, tokens, s)) for s in sentences(text, tokens)]
    return [discretion_facts(piece) for row in rows for piece in (row[:1] if whole else row)]


@dataclass(frozen=True, slots=True)
class Said:
    """A customer's turn: whether it asks, the facts of the words that do, or of all its pieces where it does not, and of the reply."""

    writer: str
    asks: bool
    facts: list[Facts]
    reply: Facts | None


def said_in(call: Call) -> Iterator[Said]:
    """Yield the customers' turns of a call that ask, and those that have nothing to do with it."""
    for n, reading in enumerate(call.readings):
        turn = reading.turn.turn
        asking = call.asks.get(turn, ())
        if reading.is_customer and (asking or turn not in call.touched):
            words = [f for text in asking for f in facts_of(text, whole=True)] or facts_of(reading.turn.text)
            reply = call.reply(n)
            yield Said(call.writer, bool(asking), words, reply and _reply_facts(reply))


class Lessons:
    """What there is to learn from: hand-written requests, other talk and promises, and the turns of calls."""

    def __init__(self, known: Sequence[Call]) -> None:
        """Read it all."""
        written = authored()
        self.keep = [f for text in written["keep"] for f in facts_of(text, whole=True)]
        self.use = [f for text in written["use"] for f in facts_of(text)]
        self.promise = [promise_facts(_alone(text), None) for text in written["promise"]]
        self.turns = [said for call in known for said in said_in(call)]

    def scorers(self, without: str = "") -> Scorers:
        """Return scorers fitted without the calls of one writer."""
        known = [t for t in self.turns if t.writer != without]
        asking = self.keep + [f for t in known if t.asks for f in t.facts]
        talk = self.use + [f for t in known if not t.asks for f in t.facts]
        granted = self.promise + [t.reply for t in known if t.asks and t.reply]
        other = [t.reply for t in known if not t.asks and t.reply]
        return Scorers(scorer(asking, talk), scorer(granted, other))


def _alone(text: str) -> Reading:
    return read(Turn(turn=1, speaker="Interviewer", role="interviewer", text=text), (), Background(), Guide.default())


def scorer(asking: Sequence[Facts], not_asking: Sequence[Facts]) -> Logistic:
    """Fit a scorer; a word is a fact where several of those who ask use it."""
    common = Counter(name for facts in asking for name in facts if name.startswith("w:"))
    rows = [{n: v for n, v in f.items() if not n.startswith("w:") or common[n] >= COMMON} for f in (*asking, *not_asking)]
    names, model = fit(rows, [1] * len(asking) + [0] * len(not_asking), **FIT)
    return Logistic(float(model.intercept_[0]), dict(zip(map(str, names.feature_names_), map(float, model.coef_[0]), strict=True)))


@dataclass(frozen=True, slots=True)
class Scored:
    """A customer's turn of a whole interview, scored by scorers that do not know its writer."""

    asks: bool
    asked: float
    promised: float


def left_out(known: Sequence[Call], lessons: Lessons) -> Iterator[Scored]:
    """Yield the turns of the interviews that ask, and those that have nothing to do with it, with their scores."""
    for writer in sorted({c.writer for c in known if c.whole}):
        scorers = lessons.scorers(without=writer)
        for call in (c for c in known if c.whole and c.writer == writer):
            for n, reading in enumerate(call.readings):
                asking = bool(call.asks.get(reading.turn.turn))
                if reading.is_customer and (asking or reading.turn.turn not in call.touched):
                    yield Scored(asking, scorers.asked(reading), scorers.promised(call.reply(n)))


SCORES: dict[str, Callable[[Scored], float]] = {
    **dict.fromkeys(("both", "together"), lambda r: r.asked + REPLY * r.promised),
    **dict.fromkeys(("granted", "promised"), lambda r: r.promised),
}
"""What a threshold is set on, where it is not on how much the words ask."""


def as_weights(scorer: Logistic) -> dict[str, Any]:
    """Return a scorer as it is written to the file, small weights left out."""
    kept = {n: round(w, 2) for n, w in sorted(scorer.weights.items()) if abs(w) >= LEAST}
    return {"bias": round(scorer.bias, 3), "weights": kept}


def main() -> None:
    """Fit, print the figures, and write the weights where asked to."""
    known = list(calls())
    lessons = Lessons(known)
    rows = list(left_out(known, lessons))
    asking, talk = [r for r in rows if r.asks], [r for r in rows if not r.asks]
    print(f"{len(lessons.keep)} ways to ask, {len(asking)} turns of interviews that ask, {len(talk)} that do not; their writer left out:")
    thresholds = {}
    for name, share in SHARES.items():
        score = SCORES.get(name, lambda r: r.asked)
        thresholds[name] = round(float(np.quantile([score(r) for r in talk], 1 - share)), 3)
        found = np.mean([score(r) >= thresholds[name] for r in asking])
        print(f"{name} {thresholds[name]:.3f}: {found:.3f} of those that ask, {share} of those that do not")
    if "--write" in sys.argv:
        scorers = lessons.scorers()
        write("discretion", {**thresholds, "asks": as_weights(scorers.asks), "promises": as_weights(scorers.promises)}, __file__)


if __name__ == "__main__":
    main()
