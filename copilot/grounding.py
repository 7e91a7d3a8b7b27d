"""Check output against what was said: quotes word for word, numbers by value and unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from .errors import InputError
from .quantities import Quantity, find_quantities, singular
from .quantities.units import DURATIONS
from .quantities.unread import find_unread
from .quantities.words import lists
from .text import Token, tokenize
from .turns import Turn

__all__ = ["MARKUP", "Absent", "Exact", "Normalised", "ground", "quotations", "ungrounded_numbers"]

MARKUP = re.compile(r"://|www\.|</?\w+|\*\*|`|\]\(|[\r\n]")
"""What prose and questions must not contain: links, tags, emphasis, code, a second paragraph."""
_ELIDED = r"(?!(?:em|til|cause|n|\d0s)\b)"
"""What may not follow a single quotation mark: a word with its beginning elided, as in 'em and the '90s."""
_QUOTATION = re.compile(
    r"„([^“”]*)[“”]?|“([^”]*)”?|\"([^\"]*)\"?|«([^»]*)»?"
    rf"|‘{_ELIDED}((?:[^’]|’(?=\w))*)’|(?<!\w)'{_ELIDED}((?:[^']|'(?=\w))*)'"
)


@dataclass(frozen=True, slots=True)
class Exact:
    """The quote occurs verbatim in the turn, at `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Normalised:
    """The quote's words occur in the turn in this order, at `text[start:end]`.

    Only case, punctuation, white space, apostrophes, fillers and stutters differ.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Absent:
    """The quote does not occur in the turn."""


_PUNCTUATION = re.compile(r"^[\W_]+|[\W_]+$")
_STUTTER = 3  # most words that a stutter repeats: "it was, it was"


def ground(quote: str, turn: Turn) -> Exact | Normalised | Absent:
    """Return where a quote first occurs in a turn. An empty quote is Absent. Raises InputError for what is no text or no Turn."""
    InputError.expect(quote, str, "the text of a quote")
    InputError.expect(turn, Turn, "a Turn", "a quote is looked for in one turn at a time")
    quote = quote.strip()
    start = _whole_words(turn.text, quote)
    if start >= 0:
        return Exact(start, start + len(quote))
    wanted = _plain(quote)
    said = _plain(turn.text)
    norms = [t.norm for t in said]
    looked = [t.norm for t in wanted]
    if not looked:
        return Absent()
    for i in range(len(norms) - len(looked) + 1):
        if norms[i] == looked[0] and norms[i : i + len(looked)] == looked:
            return Normalised(said[i].start, said[i + len(looked) - 1].end)
    return Absent()


def _whole_words(text: str, quote: str) -> int:
    """Return where a quote occurs in a text without cutting a word at either end, or -1."""
    if not quote:
        return -1
    start = text.find(quote)
    while start >= 0:
        end = start + len(quote)
        cut_before = start > 0 and text[start - 1].isalnum() and quote[0].isalnum()
        cut_after = end < len(text) and text[end].isalnum() and quote[-1].isalnum()
        if not (cut_before or cut_after):
            return start
        start = text.find(quote, start + 1)
    return -1


@lru_cache(maxsize=512)  # every quotation is searched for in the same turns
def _plain(text: str) -> tuple[Token, ...]:
    """Return the words of a text without fillers, stutters and thousands separators."""
    out: list[Token] = []
    tokens = [t for t in tokenize(text) if t.norm not in lists().fillers]
    for n, token in enumerate(tokens):
        following = tokens[n + 1] if n + 1 < len(tokens) else None
        if (
            following
            and text[token.end : following.start] in {"-", "- ", "— "}
            and len(token.norm) <= 2
            and following.norm.startswith(token.norm)
        ):
            continue
        out.append(Token(token.start, token.end, token.norm.replace(",", "") if token.norm[0].isdigit() else token.norm))
        _drop_stutter(out)
    return tuple(out)


def _drop_stutter(tokens: list[Token]) -> None:
    """Drop the last words if they only repeat the ones before ("I, I", "it was, it was"). Words repeated for emphasis stay."""
    for size in range(1, _STUTTER + 1):
        tail = [t.norm for t in tokens[-size:]]
        again = len(tokens) >= 2 * size and tail == [t.norm for t in tokens[-2 * size : -size]]
        if (
            again
            and not any(norm in lists().weighty or norm[0].isdigit() for norm in tail)
            and not (size == 1 and find_quantities(tail[0]))
        ):
            del tokens[-2 * size : -size]
            return


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each text in quotation marks of any kind, without the marks.

    An unclosed quotation runs to the end of the text, except after a single mark, which is an apostrophe.
    """
    yield from (found.span(found.lastindex) for found in _QUOTATION.finditer(text) if found.lastindex)


class _Held(NamedTuple):
    """A number in a source: its value in base units, its unit, the value as said, and the words around it."""

    value: Decimal
    unit: str | None
    told: Decimal
    around: frozenset[str]


def ungrounded_numbers(text: str, source: str | Iterable[Turn]) -> tuple[Quantity, ...]:
    """Return the quantities of a text that its source does not support, in order.

    If the source is turns, only the customers' count. Words equal digits, durations compare across units, and a share of 0.4 equals
    40 percent. Both ends of a range, and both values of a before and after, must be supported. Units must agree if both sides have one.
    Digits in a form that is not known must occur in the source as they are; those that do not are returned as `broken`, with the value 0.
    Raises InputError for what is no text, and for a source that is neither a text nor turns.
    """
    InputError.expect(text, str, "a text")
    parts = _parts(source)
    quantities, unread = find_quantities(text), find_unread(text)
    if not quantities and not unread:
        return ()
    by_value, around = _by_value(parts), _around(text)
    loose = [q for q in quantities if q.broken or not all(_is_held(n, by_value, around) for n in _numbers(q))]
    loose += [q for q in unread if not any(q.text in _chunks(part) for part in parts)]
    return tuple(sorted(loose, key=lambda q: q.start))


def _parts(source: str | Iterable[Turn]) -> tuple[str, ...]:
    """Return the texts of a source that count. Raises InputError."""
    if isinstance(source, str):
        return (source,)
    # A turn is iterable too, as every value is.
    wrong = source if isinstance(source, Turn) or not isinstance(source, Iterable) else None
    turns = tuple(source) if wrong is None else ()
    wrong = next((row for row in turns if not isinstance(row, Turn)), wrong)
    if wrong is not None:
        raise InputError(f"a text, a Transcript or Turns are expected as the source, not {type(wrong).__name__}; of one turn, give [turn]")
    return tuple(turn.text for turn in turns if turn.role == "customer")


@lru_cache(maxsize=64)
def _by_value(parts: tuple[str, ...]) -> Mapping[Decimal, Sequence[_Held]]:
    """Return the numbers of a source's parts by value. Cached, since a source is checked many times."""
    by_value: dict[Decimal, list[_Held]] = {}
    for number in (n for part in parts for n in _held(part)):
        for value in {number.value, number.told}:
            by_value.setdefault(value, []).append(number)
    return by_value


@lru_cache(maxsize=512)
def _held(text: str) -> tuple[_Held, ...]:
    """Return the numbers of a text, without broken ones."""
    around = _around(text)
    return tuple(_Held(*number, around) for q in find_quantities(text) if not q.broken for number in _numbers(q))


@lru_cache(maxsize=512)
def _chunks(text: str) -> frozenset[str]:
    """Return what stands between the white space of a text, without punctuation around it."""
    return frozenset(_PUNCTUATION.sub("", chunk) for chunk in text.split())


def _around(text: str) -> frozenset[str]:
    return frozenset(singular(t.norm) for t in tokenize(text))


def _numbers(quantity: Quantity) -> Iterator[tuple[Decimal, str | None, Decimal]]:
    """Yield each number of a quantity, in base units and as said: the ends of a range and the value before."""
    for value in {quantity.low, quantity.high}:
        yield *_base(value, quantity.unit), value.normalize()
    if quantity.baseline is not None:
        yield from _numbers(quantity.baseline)


def _base(value: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    if unit in DURATIONS:
        return (value * DURATIONS[unit]).normalize(), "duration"
    return value.normalize(), "point" if unit == "percentage point" else unit


def _is_held(number: tuple[Decimal, str | None, Decimal], by_value: Mapping[Decimal, Sequence[_Held]], around: frozenset[str]) -> bool:
    value, unit, told = number
    if any(_agree(unit, other, around) for other in by_value.get(value, ()) if other.value == value or unit is None):
        return True
    if any(other.unit is None for other in by_value.get(told, ())):
        return True
    if unit == "percent":
        return any(other.unit is None for other in by_value.get((value / 100).normalize(), ()))
    return unit is None and any(other.unit == "percent" for other in by_value.get((value * 100).normalize(), ()))


def _agree(unit: str | None, other: _Held, around: frozenset[str]) -> bool:
    """Return whether two units can be the same. A counted noun also agrees with one that occurs near the number."""
    if unit is None or other.unit is None or unit == other.unit:
        return True
    if unit in _measured() or other.unit in _measured():
        return False
    return unit in other.around or other.unit in around


@cache
def _measured() -> frozenset[str]:
    """Return the units that match only themselves: measures and currencies, but not counted nouns."""
    known = lists()
    return frozenset({*known.units.values(), *known.currencies.values(), "point", "duration"} - {"person"})
