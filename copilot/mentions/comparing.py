"""Evidence on whether one of two numbers of a turn is the value before the other: place, units, sizes, time and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from ..lexicon import words_of
from ..quantities.units import DURATIONS
from ..quantities.words import lists
from ..reading import Reading, within
from .mention import Mention, family_of, goes_on, is_near

__all__ = ["SHORT", "pair_evidence"]

STEM = 5  # letters by which words are compared
SHORT = 3  # most letters of a word that is ignored
_DISTANCES = (1, 3, 6, 10, 15, 22, 32, 45, 65)  # words between the two: edges of the bins that the weights know
_RATIOS = (1.2, 1.5, 2, 3, 5, 10, 30, 100, 1000)  # larger number over the smaller: edges of the bins that the weights know
_WORDS_BETWEEN = 40  # most words between the two that become facts
_LEADING = 4  # words before a number that become facts
_TRAILING = 3  # words after a number that become facts
_ASKED = 30  # last words of the question that become facts


def pair_evidence(reading: Reading, mentions: Sequence[Mention], first: int, second: int) -> dict[str, float]:
    """Return the named facts on whether one of two numbers of a turn is the value before the other."""
    a, b = mentions[first], mentions[second]
    facts = [*_of_place(reading, a, b), f"numbers between {min(second - first - 1, 4)}", *_of_units(a, b), *_of_size(a, b)]
    facts += [*_of_time(a, b), *_of_words(reading, a, b), *reading.once(_of_question)]
    return dict.fromkeys(facts, 1.0)


def _of_place(reading: Reading, a: Mention, b: Mention) -> Iterator[str]:
    distance = b.at - a.after
    apart = len(within(reading.sentences, a.sentence.start + 1, b.sentence.start + 1, attrgetter("start")))
    yield f"words apart {next((n for n in _DISTANCES if distance <= n), 'more')}"
    yield f"sentences apart {min(apart, 4)}"
    if goes_on(reading, a, b):
        yield "goes on"
    common = _stems(reading, a.first, a.last) & _stems(reading, b.first, b.last)
    yield f"common words {min(len(common), 3)}"
    names = _names(reading, a), _names(reading, b)
    if all(names):
        yield "names in common" if names[0] & names[1] else "names differ"
    if apart:
        common = _stems(reading, a.sentence.first, a.sentence.last) & _stems(reading, b.sentence.first, b.sentence.last)
        yield f"common words of sentences {min(len(common), 3)}"


def _stems(reading: Reading, first: int, last: int) -> set[str]:
    """Return the beginnings of the content words of tokens[first:last]."""
    return {t.norm[:STEM] for t in reading.tokens[first:last] if len(t.norm) > SHORT and t.norm not in words_of("mentions.light")}


def _names(reading: Reading, mention: Mention) -> set[str]:
    """Return the capitalised words of a number's clause, except months and the first word of the sentence."""
    tokens = reading.tokens[max(mention.first, mention.sentence.first + 1) : mention.last]
    named = (t.norm for t in tokens if reading.turn.text[t.start].isupper() and len(t.norm) > 1)
    return {norm for norm in named if not norm.startswith(("i'", "i\u2019")) and norm not in lists().months}


def _of_units(a: Mention, b: Mention) -> Iterator[str]:
    one, other = a.quantity.unit, b.quantity.unit
    if one is None or other is None:
        kind = "both bare" if one == other else "first bare" if one is None else "second bare"
        yield f"{kind} {_family(one or other)}"
    else:
        kind = "same" if one == other else "lengths of time"
    yield f"units {kind}"
    yield "counts alike" if a.unit == b.unit else "counts differ"
    yield f"unit {_family(b.unit)}"
    if a.quantity.period and a.quantity.period == b.quantity.period:
        yield "same rate"


def _family(unit: str | None) -> str:
    """Return the family of a unit."""
    return family_of(unit) or (unit if unit in {"percent", "person", "times"} else "count")


def _of_size(a: Mention, b: Mention) -> Iterator[str]:
    low, high = sorted((_size(a, b), _size(b, a)))
    ratio = high / max(low, 0.1)
    yield f"ratio {next((n for n in _RATIOS if ratio <= n), 'more')}"
    yield "falls" if _size(b, a) < _size(a, b) else "rises"
    if is_near(a, b):
        yield "near in size"


def _size(mention: Mention, other: Mention) -> float:
    """Return a number; durations are in seconds."""
    own = mention.quantity.unit
    return float(mention.quantity.high) * (DURATIONS[own] if own in DURATIONS and other.quantity.unit in DURATIONS else 1)


def _of_time(a: Mention, b: Mention) -> Iterator[str]:
    yield f"told {a.moment or 'whenever'} {b.moment or 'whenever'}"
    for name, mention in (("first", a), ("second", b)):
        yield f"{name} {mention.moment or 'whenever'}{' surely' if mention.strong else ''}"
        quantity = mention.quantity
        marks = {"window": mention.window, "change": quantity.change, "rate": quantity.period, "whole": quantity.whole}
        yield from (f"{name} {mark}" for mark, holds in marks.items() if holds)
    if a.when is not None and b.when is not None:
        yield "at one time" if a.when == b.when else "in time" if a.when < b.when else "back in time"


def _of_words(reading: Reading, a: Mention, b: Mention) -> Iterator[str]:
    norms = reading.norms
    yield from (f"between: {norm}" for norm in norms[a.after : b.at][:_WORDS_BETWEEN])
    for name, mention in (("first", a), ("second", b)):
        lead = norms[max(0, mention.at - _LEADING) : mention.at]
        yield from (f"before {name}: {norm}" for norm in lead)
        yield from (f"right before {name}: {norm}" for norm in lead[-1:])
        yield from (f"after {name}: {norm}" for norm in norms[mention.after : mention.after + _TRAILING])
        yield from (f"clause of {name}: {norm}" for norm in norms[mention.first : mention.last])
        if mention.at == mention.sentence.first:
            yield f"{name} starts its sentence"


def _of_question(reading: Reading) -> Sequence[str]:
    asked = set(reading.question.lower().replace("?", " ").replace(",", " ").split()[-_ASKED:])
    return [f"asked: {word}" for word in sorted(asked & words_of("mentions.asked_of_change"))]
