"""Forgers of numbers: other values and units, ends the wrong way round, another direction, more or surer than was said."""

from __future__ import annotations

import re

from ...quantities import Quantity, find_quantities, plural
from ...text import norms, tokenize
from .scene import Forge, Said, Scene, about, adding, clip, reported, values_of

__all__ = ["NUMBERS"]

_OTHER_UNIT = {
    "percent": "percentage points", "percentage point": "percent", "second": "minutes", "minute": "hours", "hour": "days", "day": "weeks",
    "week": "months", "month": "years", "year": "months", "eur": "dollars", "usd": "euros", "gbp": "euros",
}  # fmt: skip
_UNITS = {"": "", "percent": " percent", "eur": " euros", "usd": " dollars", "gbp": " pounds"}
_TURNED = {
    "up": "down", "down": "up", "fell": "rose", "dropped": "rose", "rose": "fell", "grew": "shrank", "fewer": "more", "cut": "raised",
    "reduced": "increased", "increased": "reduced", "lower": "higher", "higher": "lower",
}  # fmt: skip
_MORE = frozenset("about around over under more less least most nearly almost up to between roughly like maybe exactly only just".split())


def _plain_quantities(text: str) -> list[Quantity]:
    """Return the quantities that are a single number of some size."""
    return [q for q in find_quantities(text) if q.low == q.high and q.low >= 2 and q.baseline is None and q.whole is None]


def _changes_number(scene: Scene, said: Said) -> str | None:
    for q in _plain_quantities(said.words):
        new = next(n for d in range(1, 10_000) if (n := int(q.low) + d) not in scene.numbers)
        unit = _UNITS.get(q.unit or "", f" {plural(q.unit or '')}")
        return reported(said, _swap(said.words, q, f"{new}{unit}"))
    return None


def _swap(text: str, quantity: Quantity, new: str) -> str:
    """Return the words around a quantity, with another one instead of it."""
    changed = text[: quantity.start] + new + text[quantity.end :]
    return about(changed, quantity.start, quantity.start + len(new))


def _borrows_number(scene: Scene, said: Said) -> str | None:
    here = set(values_of([said.facts]))
    customers = (t.text for t in scene.material.barred.public if t.role == "customer")
    other = next((q for text in customers for q in _plain_quantities(text) if q.low > 20 and q.low not in here), None)
    return f"{reported(said, clip(said.words, 6))} That makes {other.low.normalize():,f} of them." if other else None


def _changes_unit(scene: Scene, said: Said) -> str | None:
    known = {(q.low, q.unit) for t in scene.material.turns.values() for q in find_quantities(t.text)}
    for q in _plain_quantities(said.words):
        new = f"{q.low.normalize():f} {_OTHER_UNIT.get(q.unit or '', '')}"
        (told, *_) = find_quantities(new) or (q,)
        if q.unit in _OTHER_UNIT and (told.low, told.unit) not in known and (told.low, None) not in known:
            return reported(said, _swap(said.words, q, new))
    return None


def _swaps_ends(scene: Scene, said: Said) -> str | None:
    for q in find_quantities(said.words):
        if q.baseline is not None and q.low == q.high and q.baseline.low == q.baseline.high != q.low:
            unit = q.unit if q.unit in {"percent", "minute", "hour", "day", "week", "month"} else ""
            return reported(said, f"it went from {q.low.normalize():f} to {q.baseline.low.normalize():f} {unit}")
    return None


def _tells_ends_swapped(scene: Scene, said: Said) -> str | None:
    for q in find_quantities(said.words):
        if q.baseline is not None and q.low == q.high and q.baseline.low == q.baseline.high != q.low:
            return f"{reported(said, clip(said.words, 4))} It was {q.low.normalize():f} before and is {q.baseline.low.normalize():f} now."
    return None


def _adds_unit(scene: Scene, said: Said) -> str | None:
    if any(q.unit == "percent" for q in find_quantities(said.facts)):
        return None
    found = (q for q in _plain_quantities(said.words) if q.unit is None and q.low < 100)
    return next((reported(said, _swap(said.words, q, f"{q.low.normalize():f} percent")) for q in found), None)


def _turns_direction(scene: Scene, said: Said) -> str | None:
    tokens = tokenize(said.words)
    for q in find_quantities(said.words):
        near = [t for t in tokens if t.norm in _TURNED and q.start - 20 <= t.start <= q.end + 12]
        if near and len({t.norm for t in near}) == 1:
            (word, *_) = near
            changed = f"{said.words[: word.start]}{_TURNED[word.norm]}{said.words[word.end :]}"
            shift = len(changed) - len(said.words)
            start, end = min(word.start, q.start), max(word.end, q.end) + shift
            return reported(said, about(changed, start, end))
    return None


def _exaggerates(scene: Scene, said: Said) -> str | None:
    for q in _plain_quantities(said.words):
        if not q.bound and not q.approximate and _MORE.isdisjoint(norms(said.words[: q.start])[-3:]):
            return reported(said, _swap(said.words, q, f"more than {q.text}")) if "more than" not in said.facts else None
    return None


def _drops_hedge(scene: Scene, said: Said) -> str | None:
    hedge = re.search(r"\b(?:about|around|roughly|approximately) (?=\w+ )", said.words)
    plain = said.words[: hedge.start()] + said.words[hedge.end() :] if hedge else ""
    number = next((q for q in find_quantities(plain) if hedge and q.start == hedge.start()), None)
    others = [q.low for q in find_quantities(said.facts) if not q.approximate]
    if number is None or number.approximate or number.low in others:
        return None
    return reported(said, about(plain, number.start, number.end))


NUMBERS: dict[str, Forge] = {
    "invents_number": adding("That saved them 8,417 hours.", "8,417"),
    "spells_number": adding("That saved them eight thousand four hundred and seventeen hours.", "8,417"),
    "invents_year": adding("It has been so since 1987.", "1987"),
    "changes_number": _changes_number,
    "borrows_number": _borrows_number,
    "changes_unit": _changes_unit,
    "swaps_ends": _swaps_ends,
    "tells_ends_swapped": _tells_ends_swapped,
    "adds_unit": _adds_unit,
    "turns_direction": _turns_direction,
    "exaggerates": _exaggerates,
    "drops_hedge": _drops_hedge,
}
