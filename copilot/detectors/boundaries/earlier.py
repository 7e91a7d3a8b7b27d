"""Earlier turns: the words by which a boundary can point at one, and the turns that its words point at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal

from ...reading import Reading
from ...text import tokenize
from .names import marks
from .phrases import phrases_of
from .words import ANSWER, Said, akin, lists, stems_of

__all__ = [
    "ASKED",
    "COUNTS",
    "SCALES",
    "VALUE",
    "continues",
    "is_set_aside",
    "latest",
    "numbers_only",
    "pointers_to",
    "points_at",
    "recall",
    "said_in",
    "thread",
    "value_of",
    "values_of",
]

GOES_ON = "..."  # stands among a turn's words when it goes on about what the turn before it named
COUNTS = "#"  # stands among them when it holds a number
VALUE = "="  # stands before each of its numbers
ASIDE = "~"  # stands before each subject of which a turn asks that nothing be said
ASKED = 40  # words of a question that tell what its answer is about
STEP = 3  # most turns from one answer to the next, allowing for an aside between them
ALIKE = 0.5  # share of the best score from which another turn is meant as well
CLEAR = 0.1  # least score of a turn that is meant

SCALES = (Decimal(1), Decimal(1000), Decimal(1000000))
"""How many times larger the number may be that a bare one stands for: "the eighty" of eighty thousand."""


def pointers_to(reading: Reading) -> frozenset[str]:
    """Return the stems by which a later boundary can point at a customer's turn, including its question's; none for other turns."""
    if not reading.is_customer:
        return frozenset()
    aside = _aside(reading)
    if reading.words < ANSWER and not reading.quantities:
        return aside
    asked = tokenize(f"{_asked_before(reading)} {reading.question}")[-ASKED:]
    held = ({GOES_ON} if continues(reading) else set()) | ({COUNTS} if reading.quantities else set())
    return aside.union(stems_of(reading.tokens), stems_of(asked), held, marks(reading), values_of(reading))


def _aside(reading: Reading) -> frozenset[str]:
    """Return what stands among the words of a turn for the subjects of which it asks that nothing be said, and that there are any.

    "Nothing about the price." may only answer a question about the price.
    """
    asked = stems_of(tokenize(reading.question)[-ASKED:])
    rows = [(p, stems_of(reading.tokens[p.first : p.last])) for p in phrases_of(reading) if p.reach == "topic"]
    names = {name for p, row in rows for name in row if p.degree == "clear" or name not in asked}
    return frozenset(f"{ASIDE}{near}" for name in names for near in akin(name)).union([ASIDE] if names else ())


def is_set_aside(reading: Reading, said: Said) -> bool:
    """Return whether a turn comes to a subject of which an earlier one asked that nothing be said."""
    return ASIDE in said and any(f"{ASIDE}{name}" in said for name in pointers_to(reading))


def values_of(reading: Reading) -> set[str]:
    """Return what stands among the words of a turn for the values of its numbers, and of what they are compared with."""
    return {value_of(n) for q in reading.quantities for part in (q, q.baseline) if part for n in (part.low, part.high)}


def value_of(number: Decimal) -> str:
    """Return what stands among the words of a turn for a number."""
    return f"{VALUE}{number.normalize():f}"


def _asked_before(reading: Reading) -> str:
    """Return the question before the last one, if its answer was too short to say anything."""
    *_, first, answer, _ = (None, None, None, *reading.before)
    short = first is not None and answer is not None and answer.is_customer and not first.is_customer and answer.words < ANSWER
    return first.turn.text if short and first is not None else ""


def continues(reading: Reading) -> bool:
    """Return whether a turn starts with a pronoun for somebody or something that the turn before it named."""
    first = next((norm for norm in reading.norms if norm not in lists().filler), "")
    return first.partition("'")[0] in lists().person


def said_in(before: Sequence[Reading]) -> Said:
    """Return the turns in which each word was said."""
    said: dict[str, list[int]] = {}
    for reading in before:
        for word in pointers_to(reading):
            said.setdefault(word, []).append(reading.turn.turn)
    return said


def numbers_only(said: Said) -> Said:
    """Return `said` restricted to turns with a number, for words that occur in such turns; other words are unchanged."""
    counts = set(said.get(COUNTS, ()))
    return {word: [t for t in turns if t in counts] or turns for word, turns in said.items()}


def latest(names: set[str], said: Said, turn: int) -> tuple[int, ...]:
    """Return the latest run of turns, each two apart, that contain at least half of the names."""
    counts = Counter(t for name in names for t in said.get(name, ()) if t < turn)
    held = sorted((t for t, n in counts.items() if n * 2 >= len(names)), reverse=True)
    run = held[:1]
    for t in held[1:]:
        if run[-1] - t > STEP:
            break
        run.append(t)
    return tuple(reversed(run))


def points_at(names: Collection[str], turns: Collection[int], said: Said) -> float:
    """Return how much some names point at the turns: the sum for the best of them, where a word counts for less the more turns hold it."""
    return max((sum(1 / max(2, len(said[n])) for n in names if turn in said.get(n, ())) for turn in turns), default=0.0)


def recall(names: set[str], said: Said, turn: int) -> tuple[int, ...]:
    """Return the turns that a description points at: the one with most of its words, weighted by rarity, and its continuations."""
    scores: defaultdict[int, float] = defaultdict(float)
    for name in names:
        turns = [t for t in said.get(name, ()) if t < turn]
        for t in turns:
            scores[t] += 1 / max(2, len(turns))
    if not scores or max(scores.values()) < CLEAR:
        return ()
    best = max(scores, key=lambda t: (scores[t], t))
    going_on = {t for t in said.get(GOES_ON, ()) if best < t <= best + STEP and t < turn}
    return (best, *sorted(going_on | {t for t in scores if best < t <= best + STEP and scores[t] >= scores[best] * ALIKE}))


def thread(reading: Reading) -> tuple[int, ...]:
    """Return the customer's turn before this one, and earlier ones as long as each continues about a person or thing."""
    found: list[int] = []
    for past in reversed([r for r in reading.before if r.is_customer and r.words >= ANSWER]):
        found.append(past.turn.turn)
        if not continues(past):
            break
    return tuple(reversed(found[:3]))
