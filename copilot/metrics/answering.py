"""What a customer answers when one field of the figure just told is asked for: "Over what period was that?"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple, cast

from ..lexicon import Lexicon, denies, load_data, words_of
from ..quantities import find_years
from ..quantities.units import DURATIONS
from ..reading import Reading

__all__ = ["Told", "field_told"]

Field = Literal["period", "source"]

BRIEF = 9  # most words of a question that asks for nothing else
SHORT = 10  # most words of an answer that is nothing but what was asked for


class Told(NamedTuple):
    """A field of the figures of a turn, in the customer's words."""

    turn: int
    field: Field
    words: str


def field_told(reading: Reading) -> Told | None:
    """Return the field that a turn tells of the figures of the customer's turn before the question, None if it tells none.

    The question asks for that field and nothing else, and the answer opens with a few words that can be it.
    """
    asked, before = reading.asked, reading.before[-2:-1]
    if asked is None or asked is not reading.before[-1] or not before or not before[0].is_customer or not reading.is_customer:
        return None
    found = asked.find(_asks()) if len(asked.norms) <= BRIEF else ()
    field = cast("Field | None", next((m.label for m in found), None))
    words = _opening(reading)
    return Told(before[0].turn.turn, field, words) if field and words and _can_be(reading, field, len(words)) else None


@cache
def _asks() -> Lexicon:
    return Lexicon(load_data("mentions")["field_asked"])


def _opening(reading: Reading) -> str:
    """Return the first sentences of a turn that have few words together, without the mark at their end."""
    last = max((s.last for s in reading.sentences if s.last <= SHORT), default=0)
    return reading.turn.text[reading.tokens[0].start : reading.tokens[last - 1].end] if last else ""


def _can_be(reading: Reading, field: Field, end: int) -> bool:
    """Return whether the opening of an answer, up to a character, can be a field: it names a time or a source, and puts nothing off."""
    start = reading.tokens[0].start
    opening = [t.norm for t in reading.tokens if t.end <= start + end]
    if any(map(denies, opening)) or "?" in reading.turn.text[: start + end + 1]:
        return False
    if _waits().find(opening):
        return False
    if field == "source":
        return _names_source(reading, opening)
    timed = any(q.unit in DURATIONS for q in reading.quantities if q.start < start + end)
    return timed or bool(find_years(reading.turn.text[: start + end])) or any(_is_dated(reading, i) for i in range(len(opening)))


@cache
def _waits() -> Lexicon:
    return Lexicon({"waits": load_data("mentions")["field_waits"], "puts_off": load_data("deferred")["puts_off"]})


@cache
def _sources() -> Lexicon:
    return Lexicon({"source": load_data("mentions")["source_phrases"]})


def _names_source(reading: Reading, opening: Sequence[str]) -> bool:
    """Return whether the first words of a turn name who or what a number comes from."""
    named = not words_of("mentions.source").isdisjoint(opening) or bool(_sources().find(opening))
    return named or any(_is_name(reading, i) for i in range(len(opening)))


def _is_name(reading: Reading, i: int) -> bool:
    """Return whether a word has a capital that is not its sentence's."""
    first = any(s.first == i for s in reading.sentences)
    return not first and _is_capital(reading, i) and reading.norms[i].split("'")[0] not in words_of("deferred.lists.never")


def _is_capital(reading: Reading, i: int) -> bool:
    return reading.turn.text[reading.tokens[i].start].isupper()


def _is_dated(reading: Reading, i: int) -> bool:
    """Return whether a word names a time of the year: "may" as "in may", or with a capital that is not that of "May be"."""
    norm = reading.norms[i]
    if norm != "may":
        return norm in words_of("quantities.months.names") | words_of("mentions.seasons")
    sentence = next(s for s in reading.sentences if s.first <= i < s.last)
    led = i > sentence.first and reading.norms[i - 1] in words_of("lint.words.prepositions")
    return led or (_is_capital(reading, i) and (i > sentence.first or sentence.last == i + 1))
