"""Earlier turns: those that the words of a boundary point at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from ...lexicon import table_of
from ...reading import Reading
from .content import tells_something
from .words import Said, lists

__all__ = [
    "ASKED",
    "COUNTS",
    "FEW",
    "GOES_ON",
    "ONLY_ASKED",
    "POINTED",
    "SCALES",
    "VALUE",
    "continues",
    "kinds_meant",
    "latest",
    "numbers_only",
    "points_at",
    "recall",
    "tells_much",
    "thread",
    "told_amount",
    "turns_with",
    "value_of",
    "values_of",
]

GOES_ON = "..."  # stands among a turn's words when it goes on about what the turn before it named
COUNTS = "#"  # stands among them when it holds a number, and before each kind of number that it holds
ONLY_ASKED = "?"  # stands before the stem of a word that its question says and it does not
VALUE = "="  # stands before each of its numbers
ASKED = 40  # words of a question that tell what its answer is about
STEP = 3  # most turns from one answer to the next, allowing for an aside between them
ALIKE = 0.5  # share of the best score from which another turn is meant as well
CLEAR = 0.1  # least score of a turn that is meant
FEW = 2  # most earlier turns with an amount for it to be theirs
POINTED = 0.5  # how much a turn must hold of what a phrase names for it to be clearly meant: one word of at most two turns
SMALL = 10  # a whole number below it counts anything

SCALES = (Decimal(1), Decimal(1000), Decimal(1000000))
"""How many times larger the number may be that a bare one stands for: "the eighty" of eighty thousand."""


def values_of(reading: Reading) -> set[str]:
    """Return what stands among the words of a turn for the values of its numbers, and of what they are compared with."""
    return {value_of(n) for q in reading.quantities for part in (q, q.baseline) if part for n in (part.low, part.high)}


def tells_much(number: Decimal) -> bool:
    """Return whether a number is not one of the small ones, which many turns tell of many things."""
    return number >= SMALL or bool(number % 1)


def told_amount(word: str, said: Said, turn: int, surely: bool = False) -> int | None:
    """Return the latest turn before a turn with a number that a word such as "price" or "figure" can mean, None if there is none.

    A number told without a unit may be of any kind, but is not `surely` the one that a word means; nor is any that "figure" may mean.
    """
    kinds = [COUNTS + kind for kind in kinds_meant([word])]
    loosely = [*kinds, f"{COUNTS}bare"] if kinds else [COUNTS]
    return max((t for key in (kinds if surely else loosely) for t in said.get(key, ()) if t < turn), default=None)


def kinds_meant(norms: Iterable[str]) -> Sequence[str]:
    """Return the kinds of numbers of which words speak: "money" for "price", "money" and "percent" for "discount", none for "figure"."""
    return [kind for kind, words in table_of("boundaries.amounts").items() if not set(words.split()).isdisjoint(norms)]


def value_of(number: Decimal) -> str:
    """Return what stands among the words of a turn for a number."""
    return f"{VALUE}{number.normalize():f}"


def continues(reading: Reading) -> bool:
    """Return whether a turn starts with a pronoun for somebody or something that the turn before it named."""
    first = next((norm for norm in reading.norms if norm not in lists().filler), "")
    return first.partition("'")[0] in lists().person


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
    """Return the turns that a description points at: the one with most of its words, weighted by rarity, and its continuations.

    A turn goes on about them in its own words: its question may only repeat one before it asks for something else.
    """
    scores, own = defaultdict[int, float](float), defaultdict[int, float](float)
    for name in names:
        turns, asked = [t for t in said.get(name, ()) if t < turn], said.get(ONLY_ASKED + name, ())
        for t in turns:
            scores[t] += 1 / max(2, len(turns))
            own[t] += 0 if t in asked else 1 / max(2, len(turns))
    if not scores or max(scores.values()) < CLEAR:
        return ()
    best = max(scores, key=lambda t: (scores[t], t))
    going_on = {t for t in said.get(GOES_ON, ()) if best < t <= best + STEP and t < turn}
    return (best, *sorted(going_on | {t for t in own if best < t <= best + STEP and own[t] >= scores[best] * ALIKE}))


def thread(reading: Reading) -> tuple[int, ...]:
    """Return the customer's turn before this one, and earlier ones as long as each continues about a person or thing."""
    found: list[int] = []
    for past in reversed([r for r in reading.before if tells_something(r)]):
        found.append(past.turn.turn)
        if not continues(past):
            break
    return tuple(reversed(found[:3]))


def turns_with(amounts: Iterable[str], said: Said) -> Iterator[int]:
    """Yield the earlier turns with an amount that few tell."""
    for turns in (said.get(amount, ()) for amount in amounts):
        yield from turns if len(turns) <= FEW else ()
