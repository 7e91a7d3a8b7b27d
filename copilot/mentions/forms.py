"""Forms of words that say for certain which of two numbers came first, or that neither did: "from A to B", "A, of which B"."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from ..lexicon import load_data
from ..reading import Reading
from .mention import Mention

__all__ = ["told_form"]

Form = Literal["apart", "planned", "later", "earlier"]
_FORMS: tuple[Form, ...] = ("apart", "planned", "later", "earlier")
"""In the order in which they apply."""

_LEAD = 10  # most words before the first number that a form may use
_TAIL = 6  # most words after the second one


class _Row(NamedTuple):
    """What words of a form match, and the words of which one must be there; a pattern is compiled when it is first tried."""

    form: Form
    needs: tuple[str, ...]
    pattern: str

    def fits(self, told: str) -> bool:
        return any(word in told for word in self.needs) and re.search(self.pattern, told) is not None


@cache
def _rows() -> tuple[_Row, ...]:
    """Return the rows of the forms; a pattern's `{name}` stands for a list of words."""
    data = load_data("pair_forms")
    words = {name: rf"(?:{'|'.join(re.escape(w) for w in row.split())})" for name, row in data["words"].items()}
    return tuple(_Row(form, tuple(row["needs"].split()), row["form"].format(**words)) for form in _FORMS for row in data[form])


def told_form(reading: Reading, a: Mention, b: Mention) -> Form | None:
    """Return what the words around two numbers of a turn say of them, None if they have no such form.

    "later": the second is the value after. "earlier": the first one is. "apart": they are not values of one thing at two times.
    "planned": the first was only planned.
    """
    told = _told(reading, a, b)
    return next((row.form for row in _rows() if row.fits(told)), None)


def _told(reading: Reading, a: Mention, b: Mention) -> str:
    """Return the words around two numbers, which become "A" and "B", and other numbers "N"; "." ends a sentence, "," a part of one."""
    first, last = max(a.sentence.first, a.at - _LEAD), min(b.sentence.last, b.after + _TAIL)
    places = {a.quantity.start: "A", b.quantity.start: "B"}
    marks: list[str] = []
    inside = 0
    text = reading.turn.text
    for n in range(first, last):
        token = reading.tokens[n]
        if token.start < inside:
            continue
        gap = text[reading.tokens[n - 1].end if n > first else token.start : token.start]
        marks.extend(mark for mark in (".", ",") if n > first and (mark in gap or (mark == "." and not {*gap}.isdisjoint("?!;\u2026"))))
        quantity = reading.quantity_at(token.start)
        inside = quantity.end if quantity else 0
        marks.append(places.get(quantity.start, "N") if quantity else token.norm)
    return " ".join(marks)
