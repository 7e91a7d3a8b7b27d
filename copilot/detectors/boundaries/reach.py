"""Which turns a request for discretion may bar: its own, the answers before it, and earlier ones that its words point at.

A request shows in its words and in what is said around them: how much a sentence sounds like one, whether the question before it
asked for permission, whether the reply sounds like a promise. A small scorer weighs each turn that it can mean by the facts of
`reach_facts` (`copilot/data/reach.json`, made by `evals/train_reach.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain

from ...findings import Boundary
from ...reading import Reading
from ...scoring import logistic
from ...scoring import threshold as threshold_at
from ...text import Sentence
from .discretion import REPLY, UNLIKELY, asks, diluted, threshold
from .reach_facts import Naming, Request, Target, circumstances, reach_facts, seeks_leave
from .words import ANSWER, Said

__all__ = ["is_surely_asked", "may_ask", "meant", "reached", "requested", "sounds_like_one", "targets"]

Weigh = Callable[[Reading, Sentence], float]

BACK = 3  # answers before a request that are scored whether it names them or not
FAR = 3  # turns further back that are scored: those that its words point at most
OFTEN = 50  # turns with a word from which it points at none of them
CLOSE = 0.5  # share of the likeliest turn's chance from which another turn is meant as well


def requested(reading: Reading, heard: Sequence[Boundary], promised: float | None = None, weigh: Weigh = asks) -> Request | None:
    """Return the possible request of a customer's turn, None if nothing suggests one.

    `heard` are the boundaries from its phrases, `promised` is the score of the reply, `weigh` scores a sentence.
    """
    if not reading.sentences:
        return None
    scores = {s: weigh(reading, s) for s in reading.sentences}
    inside = [s for s in scores if heard and _meets(s, heard[0])]
    best = max(inside or scores, key=scores.__getitem__)
    asked = diluted(scores[best], reading)
    if not heard and not may_ask(reading, asked, promised):
        return None
    covers = frozenset(chain.from_iterable(b.covers for b in heard))
    surely = asked >= threshold("surely")
    return Request(reading, best, asked, promised, ("clear" if surely else heard[0].degree) if heard else "", covers)


def _meets(sentence: Sentence, boundary: Boundary) -> bool:
    return sentence.start < boundary.end and boundary.start < sentence.end


def may_ask(reading: Reading, asked: float, promised: float | None) -> bool:
    """Return whether the words, the reply or the question before them suggest a request."""
    return sounds_like_one(asked, promised) or seeks_leave(reading)


def sounds_like_one(asked: float, promised: float | None) -> bool:
    """Return whether the words or the reply suggest a request, by their scores."""
    if asked >= threshold("faintly"):
        return True
    return promised is not None and (promised >= threshold("promised") or asked + REPLY * promised >= threshold("together"))


def targets(request: Request, naming: Naming, said: Said, weigh: Weigh = asks) -> Iterator[Target]:
    """Yield the turns that a request may bar: its own, the last answers, and those further back that its words point at."""
    reading, own = request.reading, request.reading.turn.turn
    shared = _shared(naming.stems, said, own)
    yield Target("own", own, shared.get(own, 0.0), request.asked, reading)
    answers = [r for r in reversed(reading.before) if r.is_customer and r.words >= ANSWER]
    for n, past in enumerate(answers[:BACK], 1):
        asked = max((weigh(past, s) for s in past.sentences), default=UNLIKELY)
        yield Target(str(n), past.turn.turn, shared.get(past.turn.turn, 0.0), asked, past)
    near = {own, *(r.turn.turn for r in answers[:BACK])}
    pointed = sorted((t for t in shared if t not in near), key=lambda t: (-shared[t], -t))[:FAR]
    yield from (Target("far" if n == 0 else "further", t, shared[t]) for n, t in enumerate(pointed))
    yield from (Target("told", t, shared.get(t, 0.0)) for t in sorted(request.covers - near - set(pointed)))


def _shared(stems: Collection[str], said: Said, turn: int) -> dict[int, float]:
    """Return how much each earlier turn shares with some words; rare words count more, very common ones not at all."""
    out: defaultdict[int, float] = defaultdict(float)
    for stem in stems:
        turns = [t for t in said.get(stem, ()) if t < turn]
        for t in turns if len(turns) <= OFTEN else ():
            out[t] += 1 / max(2, len(turns))
    return {t: min(1.0, share) for t, share in out.items()}


def reached(request: Request, naming: Naming, said: Said) -> frozenset[int]:
    """Return the turns that a request may bar: the likely ones and, if it is almost certainly a request, the likeliest."""
    scorer = logistic("reach.bars")
    around = circumstances(request, naming)
    chances = {t.turn: scorer.judge(reach_facts(request, t, around)) for t in targets(request, naming, said)}
    return meant(chances, threshold_at("reach.threshold"), is_surely_asked(request))


def meant(chances: Mapping[int, float], least: float, asked: bool) -> frozenset[int]:
    """Return the turns with a high enough chance; if something is surely `asked`, also those close to the greatest chance."""
    enough = min(least, CLOSE * max(chances.values())) if asked else least
    return frozenset(turn for turn, chance in chances.items() if chance >= enough)


def is_surely_asked(request: Request) -> bool:
    """Return whether something is almost certainly a request, by its words alone or together with the reply."""
    both = request.asked + REPLY * (UNLIKELY if request.promised is None else request.promised)
    return request.asked >= threshold("alone") or both >= threshold("both")
