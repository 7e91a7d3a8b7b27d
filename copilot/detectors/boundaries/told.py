"""What is remembered of each customer's turn: the words by which a later boundary can point at it, and the subjects that it sets aside."""

from __future__ import annotations

from collections.abc import Sequence

from ...mentions import currencies, in_units
from ...reading import Reading
from ...statements.dimensions import asked_dimension
from ...text import norms, tokenize
from .aside import set_aside_by
from .content import says_something
from .earlier import ASKED, COUNTS, GOES_ON, ONLY_ASKED, continues, kinds_meant, values_of
from .names import marks
from .phrases import phrases_of
from .words import ANSWER, Said, akin, stems_of, told_by

__all__ = ["is_set_aside", "pointers_to", "said_in"]

ASIDE = "~"  # stands among the words of a turn that sets a subject aside, and before each of the words that name it


def pointers_to(reading: Reading) -> frozenset[str]:
    """Return the stems by which a later boundary can point at a customer's turn, including its question's; none for other turns."""
    if not reading.is_customer:
        return frozenset()
    aside = _aside(reading)
    if not says_something(reading):
        return aside
    told, asked = told_by(reading.tokens), stems_of(tokenize(f"{_asked_before(reading)} {reading.question}")[-ASKED:])
    held = {GOES_ON} if continues(reading) else set()
    only_asked = {ONLY_ASKED + stem for stem in asked - told}
    return aside.union(told, asked, only_asked, held, _counts(reading), marks(reading), values_of(reading))


def _counts(reading: Reading) -> set[str]:
    """Return what stands among the words of a turn for the numbers that it holds: that it holds any, and of what kind each seems to be.

    A number without a unit stands for itself as well, since what it counts is a guess; one told for "what did it cost?" is of money.
    """
    if not reading.quantities:
        return set()
    kinds = {_kind(m.unit) for m in in_units(reading)}
    if any(q.unit is None for q in reading.quantities):
        asked = ["money"] if asked_dimension(reading.question) == "money" else []
        kinds.update(["bare", *asked, *kinds_meant(norms(reading.question))])
    return {COUNTS, *(COUNTS + kind for kind in kinds)}


def _kind(unit: str | None) -> str:
    """Return the kind of a number by its unit, as the rows of `amounts` call it; "" for another kind."""
    return "money" if unit in currencies() else "percent" if unit == "percent" else ""


def _asked_before(reading: Reading) -> str:
    """Return the question before the last one, if its answer was too short to say anything."""
    *_, first, answer, _ = (None, None, None, *reading.before)
    short = first is not None and answer is not None and answer.is_customer and not first.is_customer and answer.words < ANSWER
    return first.turn.text if short and first is not None else ""


def said_in(before: Sequence[Reading]) -> Said:
    """Return the turns in which each word was said."""
    said: dict[str, list[int]] = {}
    for reading in before:
        for word in pointers_to(reading):
            said.setdefault(word, []).append(reading.turn.turn)
    return said


def _aside(reading: Reading) -> frozenset[str]:
    """Return what stands among the words of a turn for the subjects that it sets aside, and that there are any."""
    subjects = [names for phrase in phrases_of(reading) for names in set_aside_by(reading, phrase)]
    return frozenset(ASIDE + ASIDE + ASIDE.join(sorted(names)) for names in subjects).union([ASIDE] if subjects else ())


def is_set_aside(reading: Reading, said: Said) -> bool:
    """Return whether a turn comes to a subject that an earlier one set aside."""
    if ASIDE not in said:
        return False
    told = pointers_to(reading)
    return any(_are_told(key.split(ASIDE)[2:], told) for key in said if key.startswith(ASIDE * 2))


def _are_told(names: Sequence[str], told: frozenset[str]) -> bool:
    """Return whether all of some words are told, each in its own stem or that of a word that means much the same."""
    return all(not told.isdisjoint(akin(name)) for name in names)
