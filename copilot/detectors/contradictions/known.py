"""The numbers in the background's facts, with which those of the call are compared."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ...background import Background
from ...lexicon import words_of
from ...mentions import currencies
from ...quantities import Quantity, find_quantities
from ...quantities.units import DURATIONS
from ...reading import Reading
from ...text import stem, tokenize
from .clash import SMALLEST, Scene

__all__ = ["fits_known", "known_counts", "known_numbers"]

_LED = 2  # most words from an "all" or "same" to the number that it belongs to
_POINTED = 5  # most words from what points to a statement: "is that for all nine"
_ABSTRACT = frozenset({"percent", "times", "point", "percentage point"})


@lru_cache(maxsize=64)
def known_numbers(background: Background) -> tuple[tuple[str, Quantity], ...]:
    """Return the quantities of the background's facts, each with its fact."""
    return tuple((fact, q) for fact in background.customer.facts for q in find_quantities(fact))


@lru_cache(maxsize=64)
def known_counts(background: Background) -> tuple[tuple[str, Quantity], ...]:
    """Return the counts of the background, each with the stem of what it counts: "1,850 agents", "newsroom of 14"."""
    return tuple((stem(noun), q) for noun, q in _counted(background) if noun not in DURATIONS and noun not in currencies() | _ABSTRACT)


def _counted(background: Background) -> Iterator[tuple[str, Quantity]]:
    """Yield the numbers that are large enough, with their unit or with the word before "of" that says what they make up."""
    for fact, q in known_numbers(background):
        before = [t.norm for t in tokenize(fact) if t.end <= q.start][-2:]
        noun = q.unit or (before[0] if before[1:] == ["of"] else None)
        if noun and q.high >= SMALLEST:
            yield noun, q


def fits_known(scene: Scene, known: Quantity, told: Quantity) -> bool:
    """Return whether a count that differs from a known one leaves it as it is.

    So does a part, which answers whether something holds of all ("Is that all nine stations?" "Seven") or goes back to one ("the same
    seven"). Where the known count itself is put to be confirmed, another one disputes it.
    """
    if known.unit is None or known.unit in DURATIONS:
        return False
    return (_asks_of_all(scene, known) and told.high < known.low) or _is_led(scene.reading, told, "again")


def _asks_of_all(scene: Scene, known: Quantity) -> bool:
    """Return whether the question is whether what was told holds for all of a known count, and does not put that to be confirmed."""
    asked = scene.reading.asked
    if asked is None or "confirms" in Scene.of(asked, scene.past).cues:
        return False
    return any(q.value == known.value and _is_led(asked, q, "whole") and _is_led(asked, q, "told", _POINTED) for q in asked.quantities)


def _is_led(reading: Reading, number: Quantity, by: str, words: int = _LED) -> bool:
    """Return whether a word of a list stands in the few before a number: "all nine", "the same seven"."""
    lead = [t.norm for t in reading.tokens if t.start < number.start][-words:]
    return not words_of(f"contradictions.lists.{by}").isdisjoint(lead)
