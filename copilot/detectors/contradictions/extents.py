"""When and where numbers hold: two customers who tell of two different ones complete each other, and neither corrects the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from ...lexicon import denies, words_of
from ...mentions import UNDATED, Mention, are_other, conditions, in_units, when_told
from ...quantities import Quantity
from ...reading import Reading
from ...text import Sentence
from ..refusals import find_deferrals
from .clash import Scene

__all__ = ["completes"]

_TRAILS = ("...", "\u2026", "--", "\u2014", "\u2013", " -")
"""Ends of a turn that stops before it has said what it began."""


class _Extent(NamedTuple):
    """When and where a number holds: `when` orders times (0 is now, less is earlier, None unknown), `strong` if a word tells it.

    `conditions` are words of a recurring time or a state: "winter", "bad".
    """

    when: float | None = None
    strong: bool = False
    places: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()

    @property
    def told(self) -> bool:
        """Whether more than a tense tells it."""
        return self.strong or bool(self.places or self.conditions)


def completes(scene: Scene, other: Reading, earlier: Quantity, number: Quantity) -> bool:
    """Return whether a turn's number stands beside another customer's earlier one: "sixty days before", "twenty-two today".

    One that follows "and" is added, and a denial disputes whatever the two numbers are of.
    """
    if scene.opens("denies") or scene.opens("refuses"):
        return False
    return _is_added(scene.reading, number) or any(
        _are_apart(a, b) for a, b in product(_extents(other, earlier), _told_or_asked(scene.reading, other, number))
    )


def _is_added(reading: Reading, number: Quantity) -> bool:
    """Return whether a number opens a turn after nothing but "and": "And about thirty in the north"."""
    lead = [t.norm for t in reading.tokens if t.start < number.start]
    adding, rough = words_of("contradictions.lists.adding"), words_of("quantities.approximate.before")
    return bool(lead) and not adding.isdisjoint(lead) and (adding | rough).issuperset(lead)


def _told_or_asked(reading: Reading, other: Reading, number: Quantity) -> Sequence[_Extent]:
    """Return the extents of a number: those that its turn tells, else those that the other customer left open and its tense allows."""
    extents = _extents(reading, number)
    if any(extent.told for extent in extents):
        return extents
    left = [a for a in _left_open(other) if not any(_is_of_another_tense(a, b) for b in extents)]
    return left or extents


def _extents(reading: Reading, number: Quantity) -> Sequence[_Extent]:
    """Return the extents of a number in each clause that has it: "Nineteen. It was nineteen the year before"."""
    return [_extent(reading, m.first, m.last, m) for m in in_units(reading) if m.quantity.value == number.value]


def _extent(reading: Reading, first: int, last: int, mention: Mention | None = None) -> _Extent:
    when, strong = (mention.when, mention.strong) if mention else when_told(reading, first, last)
    return _Extent(when, strong, frozenset(_places(reading, first, last)), conditions(reading, first, last))


def _places(reading: Reading, first: int, last: int) -> Iterator[str]:
    """Yield the names that a clause gives to where its number holds: "forty drivers in Easthaven"."""
    leads, never = words_of("contradictions.lists.placing"), words_of("names.never")
    for n in range(first + 1, last):
        token = reading.tokens[n]
        if token.norm not in never and reading.turn.text[token.start].isupper() and not leads.isdisjoint(reading.norms[max(0, n - 2) : n]):
            yield token.norm


def _left_open(other: Reading) -> Iterator[_Extent]:
    """Yield the extents of what a turn leaves to others after its last number: "and the year before, I'd have to look it up"."""
    mentions = in_units(other)
    start = mentions[-1].last if mentions else len(other.tokens)
    for sentence in other.sentences:
        first = max(start, sentence.first)
        if first < sentence.last and (other.asks(sentence) or _trails_off(other, sentence) or _lacks(other, first, sentence.last)):
            extent = _extent(other, first, sentence.last)
            if extent.told:
                yield extent


def _trails_off(other: Reading, sentence: Sentence) -> bool:
    """Return whether a sentence is a turn's last one and breaks off: "in the winter it's, um..."."""
    return sentence is other.sentences[-1] and other.turn.text.rstrip().endswith(_TRAILS)


def _lacks(other: Reading, first: int, last: int) -> bool:
    """Return whether words say that the speaker does not have something, or puts it off."""
    start, end = other.tokens[first].start, other.tokens[last - 1].end
    return any(map(denies, other.norms[first:last])) or any(start <= span.start < end for span in find_deferrals(other))


def _are_apart(a: _Extent, b: _Extent) -> bool:
    """Return whether two extents name different places or conditions, or times that words tell apart.

    A tense tells "now" from "before". It tells no date from a time without one: who corrects a figure often adds when it was measured.
    """
    if (a.places and b.places and a.places.isdisjoint(b.places)) or are_other(a.conditions, b.conditions):
        return True
    if a.strong and b.strong:
        return a.when != b.when
    return any(extent.strong and extent.when in UNDATED for extent in (a, b)) and _is_of_another_tense(a, b)


def _is_of_another_tense(a: _Extent, b: _Extent) -> bool:
    """Return whether one of two extents is past, and the other is not."""
    return a.when is not None and b.when is not None and (a.when < 0) != (b.when < 0)
