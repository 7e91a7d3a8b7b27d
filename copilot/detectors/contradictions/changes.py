"""Changes in words compared with the values before and after: "up a third", and three hundred that became 420."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ...findings import Metric, Number
from ...lexicon import words_of
from ...metrics import is_change
from ...quantities import Quantity
from ...quantities.arithmetic import check_change, convert
from ...quantities.units import DURATIONS
from ...reading import Reading, within
from ...text import norms
from .clash import Clash, Scene
from .memory import Change

__all__ = ["changes", "of_changes"]

_LINKS = frozenset({"by", "up", "down", "with", "in"})
_COMPARED = frozenset({"fewer", "less", "lower", "more", "higher"})
_SUMS = 3  # most words from "so" to a number that sums up
_NEAR = 5  # most words from a number to the word that makes it a change
_SMALL = 20  # smaller whole numbers may be counts of sites or people mentioned in passing
_SCALES = (
    Decimal(1),
    Decimal(10**6),
    Decimal(10**3),
    Decimal("0.01"),
)  # "one point three ... 740 thousand", "three ten ... three eighty-five"
_ONE_THING = (Decimal("0.2"), Decimal(5))  # range of the ratio of two values of one thing, by which the scale is told that one leaves out
_TURNS = 3  # most turns from a change to the figures that answer the question about it
_BESIDE = 2  # most sentences from the figures to the change that sums them up
_OPENING = 3  # first sentences of an answer, in which the values before and after are those asked for
_LATER = 4  # first sentences in which numbers that nothing marks as before and after are
_ROUGH = Decimal("0.12")  # share by which "nearly half" may be off
_LIKELY = (Decimal("0.4"), Decimal("1.25"))  # range of computed over stated change in which the change is still about these figures
_DETAIL = re.compile(r"\b(?:from|before|what|meaning|mean|actual|actually|figures?|numbers?|measured?|exact|exactly|how)\b", re.IGNORECASE)


class _Pair(NamedTuple):
    """A value before and one after, in one unit; `bounded` says that a value is only a bound, "under fifty", so that the change is more."""

    turn: int
    start: int
    end: int
    text: str
    before: Decimal
    after: Decimal
    unit: str
    bounded: bool = False


def changes(reading: Reading) -> Iterator[Change]:
    """Yield the changes that a turn claims in percent or as a factor."""
    put = reading.asked.quantities[-1].low if reading.asked and reading.asked.quantities else None
    for q in reading.quantities:
        direction = _direction(reading, q) if q.unit in {"percent", "times"} and q.baseline is None else None
        if direction:
            yield Change(
                reading.turn.turn, q.start, q.end, q.text, q.low, q.unit or "", direction, q.bound == "at least", q.approximate, put
            )


def _direction(reading: Reading, q: Quantity) -> str | None:
    """Return "up" or "down" if a number is a change, else None."""
    if q.change:
        return q.change
    sentence = reading.sentence_at(q.start)
    if sentence is None:
        return None
    norms = reading.words_in(sentence)
    at = sum(t.start < q.start for t in reading.tokens_in(sentence))
    after = sum(t.start < q.end for t in reading.tokens_in(sentence))
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
    here = [p for m in metrics if (p := _pair(reading, m))]
    told = list(changes(reading))
    for change in told:
        before = [p for p in here if p.end <= change.start and _sentences_between(reading, p.end, change.start) <= _BESIDE]
        after = [p for p in here if change.end < p.start and _sentences_between(reading, change.end, p.start) <= 1]
        after = [] if _is_denied(scene, change) else after
        yield from _misfit(scene, change, [*(before[-1:] or after[:1]), *_summed(reading, change)], here)
    last = [c for c in scene.past.changes if 0 < reading.turn.turn - c.turn <= _TURNS]
    if last and not told:
        yield from _misfit(scene, last[-1], _answers(scene, last[-1], here), here)


def _answers(scene: Scene, change: Change, here: Sequence[_Pair]) -> Sequence[_Pair]:
    """Return the figures in a turn that stand for a change claimed in an earlier one, if it is asked about, or by another customer."""
    reading = scene.reading
    asked = bool(_DETAIL.search(reading.question)) or bool(reading.asked and reading.asked.quantities)
    if not reading.sentences or not (asked or scene.past.speakers.get(change.turn) != reading.turn.speaker):
        return ()
    opening, later = (reading.sentences[:_OPENING], reading.sentences[:_LATER]) if reading.asked else (reading.sentences[:1],) * 2
    return [p for p in here if p.start < opening[-1].end] or [*_told(reading, later[-1].end, change.put)]


def _told(reading: Reading, end: int, put: Decimal | None) -> Iterator[_Pair]:
    """Yield the first two numbers before a place as value before and after, or the first one against what was put to the customer."""
    told = [q for q in reading.quantities if q.start < end and q.unit not in {"percent", "times", *DURATIONS} and _is_figure(q.low)]
    if len(told) == 2 and told[1].unit in {None, told[0].unit} and reading.sentence_at(told[0].start) == reading.sentence_at(told[1].start):
        yield from _scaled(reading, told[0].start, told[1].end, told[0].low, told[1].low)
    elif len(told) == 1 and put and _is_figure(put):
        yield from _scaled(reading, told[0].start, told[0].end, put, told[0].low)


def _is_figure(value: Decimal) -> bool:
    """Return whether a number is not one of the small ones that count sites or people mentioned in passing."""
    return value >= _SMALL or bool(value % 1)


def _scaled(reading: Reading, start: int, end: int, before: Decimal, after: Decimal) -> Iterator[_Pair]:
    """Yield two numbers as a pair, in the scale that one of them leaves out."""
    for scale in _SCALES:
        for a, b in ((before * scale, after), (before, after * scale)):
            if _ONE_THING[0] <= b / a <= _ONE_THING[1]:
                yield _Pair(reading.turn.turn, start, end, reading.turn.text[start:end], a, b, "item")
                return


def _is_denied(scene: Scene, change: Change) -> bool:
    sentence = scene.reading.sentence_at(change.start)
    return sentence is not None and scene.within("denied", sentence)


def _summed(reading: Reading, change: Change) -> list[_Pair]:
    """Return the only two figures before a change that sums them up: "four point two million ... last year two point six. So ..."."""
    sentence = reading.sentence_at(change.start)
    if sentence is None or reading.tokens[sentence.first].norm != "so":
        return []
    told = [q for q in reading.quantities if q.end <= change.start and q.unit is None and _is_figure(q.low)]
    if len(told) != 2:
        return []
    return [*_scaled(reading, told[0].start, told[1].end, told[0].low, told[1].low)]


def _sentences_between(reading: Reading, a: int, b: int) -> int:
    return len(within(reading.sentences, a, b + 1, attrgetter("start")))


def _pair(reading: Reading, metric: Metric) -> _Pair | None:
    """Return a metric's value before and value after."""
    if metric.baseline is None or is_change(metric):
        return None
    before = convert(_middle(metric.baseline.value), metric.baseline.unit, metric.unit)
    after = _middle(metric.value)
    if before is None or not before or not after:
        return None
    bound = "at most" if after < before else "at least"
    bounded = any(q.bound == bound for q in within(reading.quantities, metric.start, metric.end, attrgetter("start")))
    return _Pair(metric.turn, metric.start, metric.end, metric.text, before, after, metric.unit, bounded)


def _middle(value: Number | tuple[Number, Number]) -> Decimal:
    low, high = value if isinstance(value, tuple) else (value, value)
    return (Decimal(str(low)) + Decimal(str(high))) / 2


def _misfit(scene: Scene, change: Change, pairs: Sequence[_Pair], others: Sequence[_Pair]) -> Iterator[Clash]:
    """Yield the clash of a change with its figures, if no other figures support it."""
    if any(_holds(change, p) for p in others):
        return
    for pair in pairs:
        checked = check_change(change.value, change.unit, pair.before, pair.after, pair.unit, exact=change.exact)
        if (
            checked is None
            or not (_is_tied(scene.reading, change, pair) or _is_near(change.value, checked.computed))
            or _holds(change, pair)
            or change.direction not in {"either", "down" if pair.after < pair.before else "up"}
        ):
            continue
        here = scene.reading.turn.turn
        place = (change.start, change.end) if change.turn == here else (pair.start, pair.end)
        text = f"{change.text} / {pair.text}, which is {float(checked.computed):.3g} {checked.unit}"
        yield Clash(tuple(sorted({change.turn, pair.turn})), text, *place)
        return


def _is_near(stated: Decimal, computed: Decimal) -> bool:
    """Return whether a computed change is near enough to the stated one for it to be about these figures."""
    return _LIKELY[0] <= computed / max(stated, Decimal("0.1")) <= _LIKELY[1]


def _is_tied(reading: Reading, change: Change, pair: _Pair) -> bool:
    """Return whether the words between a change and the figures before it in its sentence tie them: "from 12 to 4, so that's half"."""
    if change.turn != pair.turn or change.start < pair.end or reading.sentence_at(change.start) != reading.sentence_at(pair.start):
        return False
    between = norms(reading.turn.text[pair.end : change.start])
    said = {*between, *map(" ".join, pairwise(between))}
    return not words_of("given.worked_out").isdisjoint(said)


def _holds(change: Change, pair: _Pair) -> bool:
    checked = check_change(change.value, change.unit, pair.before, pair.after, pair.unit, exact=change.exact)
    if checked is None:
        return False
    near = change.approximate and abs(checked.computed - change.value) <= _ROUGH * change.value
    return (
        checked.holds or near or (change.at_least and checked.computed > change.value) or (pair.bounded and checked.computed < change.value)
    )
