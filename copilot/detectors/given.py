"""What an answer has just given, so that nobody asks for it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..findings import GapKind
from ..lexicon import words_of
from ..probes.anchors import find_term
from ..probes.dimensions import asked_dimension, holds
from ..quantities import Quantity
from ..quantities.units import DURATIONS
from ..reading import Reading
from ..text import Sentence

__all__ = ["given_kinds"]

LATELY = 4
"""Turns back to which an answer goes on with the one before it."""
BARE = 8
"""Words of a question that asks for nothing but the same thing now."""


def given_kinds(reading: Reading, sentence: Sentence) -> Iterator[GapKind]:
    """Yield the kinds of gap that a sentence can't have, since it, its neighbours or the customer's last answer supply what they lack."""
    numbers = reading.quantities_in(sentence)
    asked = asked_dimension(reading.question)
    if any(holds(q, asked) or _is_difference(reading, q) for q in numbers):
        yield "missing_metric"
    if any(holds(q, asked) for q in numbers):
        yield from ("unexplained", "dropped_thread", "short_answer")
    if asked == "when":
        yield "missing_timeframe"
    if numbers and (_is_asked_for_now(reading, numbers) or all(_is_date(reading, q) for q in numbers)):
        yield "missing_baseline"
    if not find_term(reading, sentence.start, sentence.end):
        yield "unclear_term"


def _is_asked_for_now(reading: Reading, numbers: Sequence[Quantity]) -> bool:
    """Say whether a level of now follows that of before, which the customer's last answer gave: "It was nine." "And now?" "Four."."""
    earlier = [r for r in reading.before[-LATELY:] if r.is_customer and r.quantities]
    asked = reading.before[-1].norms if earlier and not reading.before[-1].is_customer else ()
    bare = len(asked) <= BARE and not words_of("gaps.now").isdisjoint(asked)
    return bare and not any(q.change for q in numbers)


def _is_date(reading: Reading, quantity: Quantity) -> bool:
    """Say whether a duration only tells when something was: "two years back"."""
    return quantity.unit in DURATIONS and _after(reading, quantity) in words_of("gaps.ago")


def _is_difference(reading: Reading, quantity: Quantity) -> bool:
    """Say whether a number tells by how much something differs: "eighty grand more"."""
    return _after(reading, quantity) in words_of("gaps.differs")


def _after(reading: Reading, quantity: Quantity) -> str:
    """Return the word right after a quantity, "" at the end of the turn."""
    return next((t.norm for t in reading.tokens if t.start >= quantity.end), "")
