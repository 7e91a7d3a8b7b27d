"""Train the scorer of what a request for discretion bars: `python evals/train_reach.py [--write]`.

Run it after `train_discretion.py`, whose weights it needs. Each turn that may ask for discretion is paired with each turn that it may
mean, once as it stands and once with the reply that follows; the labels say which are barred. The scores of words and replies come from
scorers that do not know the call's writer, as it is with calls that nobody has labelled. Prints, for writers left out of the fit, how many
barred turns are caught and how many others are held back, by threshold; `--write` puts the weights of a fit on everything into
`copilot/data/reach.json`. Deterministic. Needs scikit-learn.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from discretion import ASKING, Call, calls
from fitting import Facts, as_weights, fit, left_out, write
from train_discretion import Lessons, Scorers

from copilot.detectors.boundaries import heard_boundaries, naming_of, pointers_to
from copilot.detectors.boundaries.discretion import score_of, sounds
from copilot.detectors.boundaries.reach import is_surely_asked, meant, requested, targets
from copilot.detectors.boundaries.reach_facts import circumstances, reach_facts
from copilot.reading import Reading
from copilot.text import Sentence

FIT = {"C": 0.015, "solver": "liblinear", "random_state": 0}
COMMON = 5  # pairs that hold a fact, from which it counts
LEAST = 0.005  # weights below it are left out
THRESHOLD = 0.24
"""The chance from which a turn is held back: of the turns of unknown writers that nothing bars, one in ten is then."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and a turn that it may mean, and whether that turn is barred; `asked`: it is a request in all likelihood."""

    call: str
    writer: str
    request: int
    asked: bool
    turn: int
    facts: dict[str, float]
    barred: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A call's pairs, its customers' turns, those barred, and those that phrases bar."""

    call: Call
    pairs: list[Pair]
    customers: frozenset[int]
    clear: frozenset[int]


def hear(call: Call, scorers: Scorers) -> Heard:
    """Return the pairs of a call."""
    said: dict[str, list[int]] = {}
    pairs: list[Pair] = []
    clear: set[int] = set()

    def weigh(reading: Reading, sentence: Sentence) -> float:
        return sounds(reading.turn.text, sentence, lambda piece: score_of(scorers.asks, piece))

    for n, reading in enumerate(call.readings):
        if not reading.is_customer:
            continue
        heard = heard_boundaries(reading, said)
        clear.update(t for b in heard if b.degree == "clear" for t in b.covers)
        reply = call.reply(n)
        for promised in (None, scorers.promised(reply)) if reply else (None,):
            request = requested(reading, heard, promised, weigh)
            if request is not None:
                naming, asked, number = naming_of(reading, request.sentence), is_surely_asked(request), len(pairs)
                around = circumstances(request, naming)
                for target in targets(request, naming, said, weigh):
                    facts = reach_facts(request, target, around)
                    pairs.append(Pair(call.name, call.writer, number, asked, target.turn, facts, target.turn in call.barred))
        for stem in pointers_to(reading):
            said.setdefault(stem, []).append(reading.turn.turn)
    return Heard(call, pairs, frozenset(r.turn.turn for r in call.readings if r.is_customer), frozenset(clear))


def all_heard(known: Sequence[Call]) -> Iterator[Heard]:
    """Yield every call's pairs, scored without its writer."""
    lessons = Lessons(known)
    for writer in sorted({c.writer for c in known}):
        scorers = lessons.scorers(without=writer)
        yield from (hear(call, scorers) for call in known if call.writer == writer)


def table(pairs: Sequence[Pair]) -> list[Facts]:
    """Return the facts that several pairs hold."""
    common = Counter(name for pair in pairs for name in pair.facts)
    return [{n: v for n, v in pair.facts.items() if common[n] >= COMMON} for pair in pairs]


def figures(heard: Sequence[Heard], pairs: Sequence[Pair], chance: np.ndarray) -> None:
    """Print how many barred turns of interviews are caught, and how many others are held back, by threshold."""
    whole = [h for h in heard if h.call.whole]
    requests: defaultdict[tuple[str, int, bool], dict[int, float]] = defaultdict(dict)
    for pair, p in zip(pairs, chance, strict=True):
        requests[pair.call, pair.request, pair.asked][pair.turn] = float(p)
    barred = {(h.call.name, t) for h in whole for t in h.call.barred}
    free = {(h.call.name, t) for h in whole for t in h.customers} - barred
    clear = {(h.call.name, t) for h in whole for t in h.clear}
    print(f"{len(pairs)} pairs; {len(barred)} barred turns; phrases bar {len(barred & clear)} of them, and {len(free & clear)} others")
    for threshold in (0.16, 0.18, 0.2, 0.22, THRESHOLD, 0.28, 0.32, 0.4):
        found = ((call, turn) for (call, _, asked), chances in requests.items() for turn in meant(chances, threshold, asked))
        held = clear | set(found)
        print(f"  >= {threshold}: {len(held & barred) / len(barred):.3f} of those barred, {len(held & free) / len(free):.3f} of the others")


def main() -> None:
    """Print the figures, and write the weights where asked to."""
    heard = list(all_heard(list(calls(without=ASKING))))
    pairs = [pair for h in heard for pair in h.pairs]
    facts, barred = table(pairs), np.array([p.barred for p in pairs])
    figures(heard, pairs, left_out(facts, barred, [p.writer for p in pairs], **FIT))
    if "--write" in sys.argv:
        write("reach", {"threshold": THRESHOLD, "bars": as_weights(*fit(facts, barred, **FIT), LEAST)}, __file__)


if __name__ == "__main__":
    main()
