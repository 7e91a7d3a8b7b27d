"""What a call remembers to hold new statements against."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

__all__ = ["Change", "Claim", "Extent", "Figure", "Past", "Told"]

Extent = Literal["everything", "nothing"]

_FIGURES = 240
_SENTENCES = 400
_FEW = 40


class Told(NamedTuple):
    """A sentence of a customer, with the stems of its content words."""

    turn: int
    text: str
    stems: frozenset[str]


class Figure(NamedTuple):
    """A number that a customer said, or that was put to one (`customer` is False); `of` names the part of a project whose length it is."""

    turn: int
    customer: bool
    text: str
    low: Decimal
    high: Decimal
    unit: str | None
    of: str = ""


class Change(NamedTuple):
    """A change that a customer claims: `value` in `unit` ("percent" or "times"), "up", "down" or "either", or more than that."""

    turn: int
    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    direction: str
    at_least: bool


class Claim(NamedTuple):
    """A customer's sentence that claims something of all or of none; `focus` are the stems of the words that it claims it of."""

    turn: int
    text: str
    extent: Extent
    focus: frozenset[str]


@dataclass(slots=True)
class Past:
    """The figures, sentences and claims of the turns before: bounded, so that a turn's cost does not grow with the call."""

    figures: deque[Figure] = field(default_factory=lambda: deque(maxlen=_FIGURES))
    sentences: deque[Told] = field(default_factory=lambda: deque(maxlen=_SENTENCES))
    claims: deque[Claim] = field(default_factory=lambda: deque(maxlen=_FEW))
    lengths: deque[Figure] = field(default_factory=lambda: deque(maxlen=_FEW))
    changes: deque[Change] = field(default_factory=lambda: deque(maxlen=_FEW))

    def __copy__(self) -> Past:
        # A copy holds the same and grows on its own.
        return Past(self.figures.copy(), self.sentences.copy(), self.claims.copy(), self.lengths.copy(), self.changes.copy())
