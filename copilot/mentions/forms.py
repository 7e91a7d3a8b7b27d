"""Forms of words that say for certain which of two numbers came first, or that neither did: "from A to B", "A, of which B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ..lexicon import load_data
from ..reading import Reading, once_for_all
from .mention import Mention

__all__ = ["told_form"]

Form = Literal["corrected", "apart", "planned", "later", "earlier"]
_FORMS: tuple[Form, ...] = ("corrected", "apart", "planned", "later", "earlier")
"""In the order in which they apply."""

_LEAD = 10  # most words before the first number that a form may use
_TAIL = 6  # most words after the second one
_STOPS = {".": frozenset(".?!;\u2026"), ",": frozenset(",")}  # and the marks that each stands for


class _Row(NamedTuple):
    """What words of a form match, and the words of which one must be there; a pattern is compiled when it is first tried."""

    form: Form
    needs: frozenset[str]
    pattern: str


@cache
def _rows() -> tuple[_Row, ...]:
    """Return the rows of the forms; a pattern's `{name}` stands for a list of words."""
    data = load_data("pair_forms")
    words = {name: rf"(?:{'|'.join(re.escape(w) for w in row.split())})" for name, row in data["words"].items()}
    return tuple(_Row(form, frozenset(row["needs"].split()), row["form"].format(**words)) for form in _FORMS for row in data[form])


def told_form(reading: Reading, a: Mention, b: Mention) -> Form | None:
    """Return what the words around two numbers of a turn say of them, None if they have no such form.

    "corrected": the second takes the place of the first. "later": the second is the value after. "earlier": the first one is.
    "apart": they are not values of one thing at two times. "planned": the first was only planned.
    """
    return _form(_told(reading, a, b))


@lru_cache(maxsize=64)  # two numbers are looked at for their units, and again as a pair
def _form(told: str) -> Form | None:
    """Return the first form that words around two numbers have."""
    words = set(told.split())
    return next((row.form for row in _rows() if not row.needs.isdisjoint(words) and re.search(row.pattern, told)), None)


def _told(reading: Reading, a: Mention, b: Mention) -> str:
    """Return the words around two numbers, which become "A" and "B", and other numbers "N"; "." ends a sentence, "," a part of one."""
    first, last = max(a.sentence.first, a.at - _LEAD), min(b.sentence.last, b.after + _TAIL)
    letters = {a.quantity.start: "A", b.quantity.start: "B"}
    told: list[str] = []
    for word in _words(reading)[first:last]:
        if not told:
            told = [letters.get(word.number, "N") if word.number is not None else word.norm]
        elif not word.goes_on:
            told += (*word.stops, letters.get(word.number, "N") if word.number is not None else word.norm)
    return " ".join(told)


class _Word(NamedTuple):
    """A token: the stops before it, "." and ",", and the start of the number that it is in, None if in none; `goes_on` inside a number."""

    norm: str
    stops: tuple[str, ...]
    number: int | None
    goes_on: bool


@once_for_all
def _words(reading: Reading) -> Sequence[_Word]:
    """Return the tokens of a turn as forms of words see them."""
    words: list[_Word] = []
    end, number = 0, None
    for token in reading.tokens:
        gap = reading.turn.text[end : token.start]
        stops = tuple(stop for stop, marks in _STOPS.items() if not marks.isdisjoint(gap))
        quantity, before = reading.quantity_at(token.start), number
        end, number = token.end, quantity.start if quantity else None
        words.append(_Word(token.norm, stops, number, goes_on=number is not None and number == before))
    return words
