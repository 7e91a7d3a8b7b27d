"""What a turn says that can be barred, and that "that" can mean: a short answer that tells all, but no mere request for discretion."""

from __future__ import annotations

from ...reading import Reading, once_for_all
from ...text import norms, sentences, tokenize
from .names import inside
from .phrases import lexicon, phrases_of
from .words import ANSWER, SUBSTANCE, lists, substance

__all__ = ["answers_in_full", "says_something", "tells_something"]

ASKED = 3  # first words of a question, among which the word stands by which it asks for something


@once_for_all
def tells_something(reading: Reading) -> bool:
    """Return whether a customer's turn tells what a later "that" can mean: it says something, and not only that it be kept out."""
    return reading.is_customer and says_something(reading) and not _only_bars(reading)


@once_for_all
def says_something(reading: Reading) -> bool:
    """Return whether a turn can hold what a boundary bars: it has enough words, a number or a name, or is all of an answer."""
    if reading.words >= ANSWER or reading.quantities:
        return True
    return bool(inside(reading, 0, len(reading.tokens))) or answers_in_full(reading, len(reading.tokens))


def answers_in_full(reading: Reading, last: int) -> bool:
    """Return whether tokens[:last] of a turn only name what its question asks for: "Who complained?" "Kestrel.", but not "you can ask"."""
    empty = lists().filler | lists().agreeing | lists().assent | lists().denial | lists().pausing
    told = reading.norms[:last]
    return not empty.issuperset(told) and lists().subject.isdisjoint(told) and _asks_openly(reading.question)


def _asks_openly(question: str) -> bool:
    """Return whether a text asks who, what, which or how, and not only for a yes."""
    asking = (question[s.start : s.end] for s in sentences(question, tokenize(question)) if question.endswith("?", 0, s.end))
    return any(not lists().which.isdisjoint(norms(text)[:ASKED]) for text in asking)


def _only_bars(reading: Reading) -> bool:
    """Return whether a turn says next to nothing but its requests for discretion and its refusals to tell: "Ben, we can't share that."."""
    asked = [(p.first, p.last) for p in phrases_of(reading) if p.degree == "clear"]
    parts = asked + [(m.first, m.last) for m in reading.find(lexicon("refuse"))]
    if not parts or reading.quantities or inside(reading, 0, len(reading.tokens)):
        return False
    rest = (n for n in range(len(reading.tokens)) if not any(first <= n < last for first, last in parts))
    return sum(substance(reading, n, n + 1) for n in rest) < SUBSTANCE
