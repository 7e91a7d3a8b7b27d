"""Facts on whether one of two numbers of a turn is the value before the other: place, units, sizes, time and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..lexicon import words_of
from ..quantities.units import DURATIONS
from ..reading import Reading
from .mention import Mention, family_of

__all__ = ["SHORT", "pair_facts"]

STEM = 5  # letters by which words are compared
SHORT = 3  # most letters of a word that is ignored
_RATIOS = (1.2, 1.5, 2, 3, 5, 10, 30, 100, 1000)  # larger number over the smaller: edges of the bins that the weights know
_WORDS_BETWEEN = 40  # most words between the two that become facts
_LEADING = 4  # words before a number that become facts
_TRAILING = 3  # words after a number that become facts


def pair_facts(reading: Reading, mentions: Sequence[Mention], first: int, second: int) -> dict[str, float]:
    """Return the named facts on whether one of two numbers of a turn is the value before the other."""
    a, b = mentions[first], mentions[second]
    facts = [*_of_place(reading, a, b), f"numbers between {min(second - first - 1, 4)}", *_of_units(a, b), *_of_size(a, b)]
    facts += [*_of_time(a, b), *_of_words(reading, a, b)]
    return dict.fromkeys(facts, 1.0)


def _of_place(reading: Reading, a: Mention, b: Mention) -> Iterator[str]:
    common = _stems(reading, a.first, a.last) & _stems(reading, b.first, b.last)
    yield f"common words {min(len(common), 3)}"
    if a.sentence != b.sentence:
        common = _stems(reading, a.sentence.first, a.sentence.last) & _stems(reading, b.sentence.first, b.sentence.last)
        yield f"common words of sentences {min(len(common), 3)}"


def _stems(reading: Reading, first: int, last: int) -> set[str]:
    """Return the beginnings of the content words of tokens[first:last]."""
    return {t.norm[:STEM] for t in reading.tokens[first:last] if len(t.norm) > SHORT and t.norm not in words_of("mentions.light")}


def _of_units(a: Mention, b: Mention) -> Iterator[str]:
    one, other = a.quantity.unit, b.quantity.unit
    if one is None or other is None:
        kind = "both bare" if one == other else "first bare" if one is None else "second bare"
        yield f"{kind} {_family(one or other)}"
    else:
        kind = "same" if one == other else "lengths of time"
    yield f"units {kind}"
    yield "counts alike" if a.unit == b.unit else "counts differ"


def _family(unit: str | None) -> str:
    """Return the family of a unit."""
    return family_of(unit) or (unit if unit in {"percent", "person", "times"} else "count")


def _of_size(a: Mention, b: Mention) -> Iterator[str]:
    low, high = sorted((_size(a, b), _size(b, a)))
    ratio = high / max(low, 0.1)
    yield f"ratio {next((n for n in _RATIOS if ratio <= n), 'more')}"
    yield "falls" if _size(b, a) < _size(a, b) else "rises"


def _size(mention: Mention, other: Mention) -> float:
    """Return a number; durations are in seconds."""
    own = mention.quantity.unit
    return float(mention.quantity.high) * (DURATIONS[own] if own in DURATIONS and other.quantity.unit in DURATIONS else 1)


def _of_time(a: Mention, b: Mention) -> Iterator[str]:
    for name, mention in (("first", a), ("second", b)):
        yield f"{name} {mention.moment or 'whenever'}{' surely' if mention.strong else ''}"
        marks = {"change": mention.quantity.change, "rate": mention.quantity.period}
        yield from (f"{name} {mark}" for mark, holds in marks.items() if holds)
    if a.when is not None and b.when is not None:
        yield "at one time" if a.when == b.when else "in time" if a.when < b.when else "back in time"


def _of_words(reading: Reading, a: Mention, b: Mention) -> Iterator[str]:
    norms = reading.norms
    yield from (f"between: {norm}" for norm in norms[a.after : b.at][:_WORDS_BETWEEN])
    yield from (f"before second: {norm}" for norm in norms[max(0, b.at - _LEADING) : b.at])
    yield from (f"clause of second: {norm}" for norm in norms[b.first : b.last])
    for name, mention in (("first", a), ("second", b)):
        yield from (f"right before {name}: {norm}" for norm in norms[max(0, mention.at - 1) : mention.at])
        yield from (f"after {name}: {norm}" for norm in norms[mention.after : mention.after + _TRAILING])
        if mention.at == mention.sentence.first:
            yield f"{name} starts its sentence"
