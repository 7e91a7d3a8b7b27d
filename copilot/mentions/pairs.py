"""Join a value with the value before it: told side by side, or asked about."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import cast

from ..lexicon import Lexicon, load_data
from ..quantities import Quantity
from ..quantities.units import DURATIONS
from ..reading import Reading
from .mention import ABSTRACT, CURRENCIES, PAIR_REACH, WEAK_REACH, Mention, amount, goes_on, is_near

__all__ = ["against_question", "asks_before", "paired"]

_SINCE_THEN = re.compile(
    r"\b(?:now|today|currently|these days|since|after|down to|where is|where's|what happened|what about|become|and the|changed?)\b",
    re.IGNORECASE,
)


_PARTNERS = 3
_LEAD = 24  # characters
_OVER_TURNS = 500
_TO_CONFIRM = re.compile(r"\b(?:my notes|is that (?:still )?right|correct|i've got|i have|still|website|brief)\b", re.IGNORECASE)


@cache
def _before_asked() -> Lexicon:
    return Lexicon({"before": cast("str", load_data("mentions")["asks_before"])})


def asks_before(reading: Reading) -> bool:
    """Say whether the question's last sentences ask for the value before: "Up to what, from what?", "And what was it?"."""
    asked = reading.before[-1] if reading.before else None
    if asked is None or asked.is_customer:
        return False
    first = asked.sentences[-2 if len(asked.sentences) > 1 else -1].first if asked.sentences else 0
    return bool(_before_asked().find(asked.tokens, first))


def against_question(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Take the number of the question as the value before: "and the rejections, the eleven point four?" "Now two point one"."""
    asked = reading.before[-1] if reading.before else None
    if not mentions or asked is None or asked.is_customer or not asked.quantities or mentions[0].baseline or mentions[0].sentence.first > 0:
        return mentions
    first = mentions[0]
    old = next((q for q in reversed(asked.quantities) if _fits(first, q)), None)
    if old is None or _TO_CONFIRM.search(asked.turn.text):
        return mentions
    question = asked.turn.text[max(0, asked.sentences[-1].start) :]
    was = re.search(r"\b(?:was|were|had|at)\b", asked.turn.text[max(0, old.start - _LEAD) : old.start])
    if not (first.strong and first.when == 0.0) and not _SINCE_THEN.search(question) and not was:
        return mentions
    unit = first.quantity.unit or old.unit or _unit_said(reading, old) or first.unit
    return [replace(first, unit=unit, baseline=amount(old, old.unit or unit)), *mentions[1:]]


def _fits(first: Mention, old: Quantity) -> bool:
    """Say whether the number of a question can be the value before of the first number in the answer."""
    if old.value == first.quantity.value or first.quantity.change or old.high < 3:
        return False
    if old.unit in DURATIONS and first.quantity.unit in DURATIONS:
        low, high = sorted((float(old.high) * DURATIONS[old.unit], float(first.quantity.high) * DURATIONS[first.quantity.unit]))
        return high <= low * _OVER_TURNS
    alike = old.unit is None or first.quantity.unit is None or old.unit == first.quantity.unit
    return alike and is_near(replace(first, quantity=old), first)


def _unit_said(reading: Reading, quantity: Quantity) -> str | None:
    """Return the unit with which customers said a number before."""
    return next((q.unit for before in reversed(reading.before) for q in before.quantities if q.value == quantity.value and q.unit), None)


def paired(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Join a value and the value before it, told side by side, into one mention."""
    out: list[Mention] = []
    for mention in mentions:
        if mention.quantity.baseline is not None:
            base = mention.quantity.baseline
            mention = replace(mention, baseline=amount(base, base.unit or mention.unit))
        partner, joined = _joined(reading, out, mention)
        if joined is None:
            out.append(mention)
        else:
            out[partner] = joined
    return out


def _joined(reading: Reading, told: list[Mention], mention: Mention) -> tuple[int, Mention | None]:
    """Return the place and the union of the number before that a number is paired with; over another only where it resumes it."""
    near = [n for n in range(len(told) - 1, -1, -1) if not told[n].window][:_PARTNERS]
    for n in near:
        if n != near[0] and not _resumed(reading, told[n], mention):
            continue
        joined = _pair(reading, told[n], mention)
        if joined is not None:
            return n, joined
    return -1, None


def _resumed(reading: Reading, a: Mention, b: Mention) -> bool:
    """Say whether b comes back to a over another number: both dated, or "... fourteen pages for a rota of six. Last month it was two"."""
    if not b.strong or a.quantity.unit is None:
        return False
    bare = b.quantity.unit is None
    return (a.strong and (bare or a.quantity.unit == b.quantity.unit)) or (bare and goes_on(reading, a, b))


def _pair(reading: Reading, a: Mention, b: Mention) -> Mention | None:
    distance = b.at - a.after
    if a.baseline or b.baseline or distance > PAIR_REACH or a.quantity.value == b.quantity.value or b.window or a.window:
        return None
    if not _same_unit(a, b, distance):
        return None
    order = _compared(reading, a, b) or _order(reading, a, b, distance)
    if order == 0 or _sums_up(reading, b):
        return None
    a, b = _lifted(a, b), _lifted(b, a)
    before, after = (a, b) if order > 0 else (b, a)
    unit = after.quantity.unit or before.unit or after.unit
    base = amount(before.quantity, before.quantity.unit or unit)
    return replace(
        after, unit=unit, baseline=base, start=a.start, end=b.end, first=a.first, last=b.last, at=a.at, after=b.after, strong=True
    )


def _sums_up(reading: Reading, mention: Mention) -> bool:
    """Say whether a number is reckoned from those before: "so that's thirty-eight hours"."""
    lead = [t.norm for t in reading.tokens[max(mention.sentence.first, mention.at - 4) : mention.at]]
    return "that's" in lead and "so" in lead


def _lifted(a: Mention, b: Mention) -> Mention:
    """Return a with the thousands that it leaves out: "eighty-four thousand ... now it's fifty-one"."""
    scale = next((s for s in (10**6, 10**3) if b.quantity.low >= s), 1)
    if scale == 1 or a.quantity.high >= 1000 or a.quantity.unit or b.quantity.high >= 1000 * scale:
        return a
    low, high = a.quantity.low * scale, a.quantity.high * scale
    return replace(a, quantity=replace(a.quantity, value=low if low == high else (low, high)))


def _compared(reading: Reading, a: Mention, b: Mention) -> int:
    """Return -1 where "instead of", "against" or the like leads up to the second number, 1 for "from ... to ..."."""
    lead = [t.norm for t in reading.tokens[max(0, b.at - 5) : b.at]]
    if (
        "against" in lead
        or "versus" in lead
        or lead[-2:] in (["instead", "of"], ["up", "from"], ["down", "from"], ["compared", "with"], ["compared", "to"])
    ):
        return -1
    if (
        lead[-3:] == ["in", "place", "of"]
        or lead[-2:] == ["rather", "than"]
        or lead[-3:] in (["where", "it", "was"], ["when", "it", "was"])
    ):
        return -1
    if lead[-2:] in (["down", "to"], ["up", "to"]) and a.quantity.unit != "times":
        return 1
    told_from = a.at > 0 and reading.tokens[a.at - 1].norm == "from" and lead[-1:] == ["to"] and b.at - a.after <= WEAK_REACH
    return 1 if told_from and a.sentence == b.sentence else 0


def _order(reading: Reading, a: Mention, b: Mention, distance: int) -> int:
    """Return 1 where b is told as the later value, -1 where a is, 0 where nothing says so."""
    if a.when == b.when or distance > (PAIR_REACH if a.strong and b.strong else 2 * WEAK_REACH):
        return 0
    if not (a.strong and b.strong) and not goes_on(reading, a, b):
        return 0
    if a.when is not None and b.when is not None:
        return 1 if a.when < b.when else -1
    if (b.strong and b.when == 0.0) or (a.strong and a.when is not None and a.when <= -50):
        return 1
    return -1 if b.strong and b.when is not None and b.when < -5 else 0


def _same_unit(a: Mention, b: Mention, distance: int) -> bool:
    """Say whether two numbers can be values of one thing: one unit, or two lengths of time close by."""
    if a.quantity.unit and b.quantity.unit:
        both = a.quantity.unit in DURATIONS and b.quantity.unit in DURATIONS
        return a.quantity.unit == b.quantity.unit or (both and distance <= 2 * WEAK_REACH)
    if b.quantity.unit and b.quantity.unit not in DURATIONS and b.quantity.unit not in CURRENCIES | ABSTRACT:
        return False
    return (a.unit == b.unit or a.inferred or b.inferred) and is_near(a, b)
