"""Changes in words compared with the values before and after: "up a third", and three hundred that became 420."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from ...findings import Metric, Number
from ...lexicon import words_of
from ...metrics import is_change
from ...quantities import Quantity
from ...quantities.arithmetic import check_change, convert
from ...reading import Reading, within
from .clash import Clash, Scene
from .memory import Change

__all__ = ["changes", "of_changes"]

_LINKS = frozenset({"by", "up", "down", "with", "in"})
_COMPARED = frozenset({"fewer", "less", "lower", "more", "higher"})
_SUMS = 3  # most words from "so" to a number that sums up
_NEAR = 5  # most words from a number to the word that makes it a change
_SMALL = 20  # smaller whole numbers may be counts of sites or people mentioned in passing
_SCALES = (10**6, 10**3)  # scales that a second number may leave out: "four point two million ... two point six"
_TURNS = 3  # most turns from a change to the figures that answer the question about it
_BESIDE = 2  # most sentences from the figures to the change that sums them up
_OPENING = 3  # first sentences of an answer, in which the figures are those asked for
_ROUGH = Decimal("0.12")  # share by which "nearly half" may be off
_LIKELY = (Decimal("0.4"), Decimal("1.25"))  # range of computed over stated change in which the change is still about these figures
_DETAIL = re.compile(r"\b(?:from|before|what|meaning|mean|actual|actually|figures?|numbers?|measured?|exact|exactly|how)\b", re.IGNORECASE)


class _Pair(NamedTuple):
    """A value before and one after, in one unit."""

    turn: int
    start: int
    end: int
    text: str
    before: Decimal
    after: Decimal
    unit: str


def changes(reading: Reading) -> Iterator[Change]:
    """Yield the changes that a turn claims in percent or as a factor."""
    for q in reading.quantities:
        direction = _direction(reading, q) if q.unit in {"percent", "times"} and q.baseline is None else None
        if direction:
            yield Change(reading.turn.turn, q.start, q.end, q.text, q.low, q.unit or "", direction, q.bound == "at least", q.approximate)


def _direction(reading: Reading, q: Quantity) -> str | None:
    """Return "up" or "down" if a number is a change, else None."""
    if q.change:
        return q.change
    sentence = reading.sentence_at(q.start)
    if sentence is None:
        return None
    norms = reading.norms[sentence.first : sentence.last]
    at = sum(t.start < q.start for t in reading.tokens[sentence.first : sentence.last])
    after = sum(t.start < q.end for t in reading.tokens[sentence.first : sentence.last])
    lead, tail = set(norms[max(0, at - _NEAR) : at]), set(norms[after : after + 1])
    if {"so", "that's"} & set(norms[max(0, at - _SUMS) : at]) and after == len(norms):
        return "either"
    if lead & _LINKS or tail & _COMPARED:
        around = lead | tail
        if around & words_of("contradictions.lists.falls"):
            return "down"
        return "up" if around & words_of("contradictions.lists.rises") else None
    return None


def of_changes(scene: Scene, metrics: Sequence[Metric]) -> Iterator[Clash]:
    """Yield changes that the nearby figures do not support.

    A change belongs to the figures that it sums up in its own turn, or to those in the answer to the question about it.
    """
    reading = scene.reading
    here = [p for p in map(_pair, metrics) if p]
    told = list(changes(reading))
    for change in told:
        before = [p for p in here if p.end <= change.start and _sentences_between(reading, p.end, change.start) <= _BESIDE]
        after = [p for p in here if change.end < p.start and _sentences_between(reading, change.end, p.start) <= 1]
        after = [] if _is_denied(scene, change) else after
        yield from _misfit(scene, change, [*(before[-1:] or after[:1]), *_summed(reading, change)], here)
    asked = bool(_DETAIL.search(reading.question)) or any(b.is_customer for b in reading.before[-1:])
    last = [c for c in scene.past.changes if 0 < reading.turn.turn - c.turn <= _TURNS]
    opening = reading.sentences[: _OPENING if _DETAIL.search(reading.question) else 1]
    answers = [p for p in here if p.start < opening[-1].end]
    if asked and last and not told:
        yield from _misfit(scene, last[-1], answers, here)


def _is_denied(scene: Scene, change: Change) -> bool:
    sentence = scene.reading.sentence_at(change.start)
    return sentence is not None and scene.within("denied", sentence)


def _summed(reading: Reading, change: Change) -> list[_Pair]:
    """Return the only two figures before a change that sums them up: "four point two million ... last year two point six. So ..."."""
    sentence = reading.sentence_at(change.start)
    if sentence is None or reading.tokens[sentence.first].norm != "so":
        return []
    told = [q for q in reading.quantities if q.end <= change.start and q.unit is None and (q.low >= _SMALL or q.low % 1)]
    if len(told) != 2:
        return []
    before, after = (q.low for q in told)
    scale = next((s for s in _SCALES if before >= s and after < _SCALES[-1]), 1)
    first, last = told[0].start, told[1].end
    return [_Pair(reading.turn.turn, first, last, reading.turn.text[first:last], before, after * scale, "item")]


def _sentences_between(reading: Reading, a: int, b: int) -> int:
    return len(within(reading.sentences, a, b + 1, attrgetter("start")))


def _pair(metric: Metric) -> _Pair | None:
    """Return a metric's value before and value after."""
    if metric.baseline is None or is_change(metric):
        return None
    before = convert(_middle(metric.baseline.value), metric.baseline.unit, metric.unit)
    after = _middle(metric.value)
    if before is None or not before or not after:
        return None
    return _Pair(metric.turn, metric.start, metric.end, metric.text, before, after, metric.unit)


def _middle(value: Number | tuple[Number, Number]) -> Decimal:
    low, high = value if isinstance(value, tuple) else (value, value)
    return (Decimal(str(low)) + Decimal(str(high))) / 2


def _misfit(scene: Scene, change: Change, pairs: Sequence[_Pair], others: Sequence[_Pair]) -> Iterator[Clash]:
    """Yield the clash of a change with its figures, if no other figures support it."""
    if any(_holds(change, p) for p in others):
        return
    for pair in pairs:
        checked = check_change(change.value, change.unit, pair.before, pair.after, pair.unit)
        fits = checked is not None and _LIKELY[0] <= checked.computed / max(change.value, Decimal("0.1")) <= _LIKELY[1]
        if checked is None or not fits or change.direction not in {"either", "down" if pair.after < pair.before else "up"}:
            continue
        here = scene.reading.turn.turn
        place = (change.start, change.end) if change.turn == here else (pair.start, pair.end)
        text = f"{change.text} / {pair.text}, which is {float(checked.computed):.3g} {checked.unit}"
        yield Clash(tuple(sorted({change.turn, pair.turn})), text, *place)
        return


def _holds(change: Change, pair: _Pair) -> bool:
    checked = check_change(change.value, change.unit, pair.before, pair.after, pair.unit)
    if checked is None:
        return False
    near = change.approximate and abs(checked.computed - change.value) <= _ROUGH * change.value
    return checked.holds or near or (change.at_least and checked.computed > change.value)
