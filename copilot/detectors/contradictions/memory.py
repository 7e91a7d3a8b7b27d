"""What a call remembers, to compare new statements with it."""

from __future__ import annotations

from collections import deque
from copy import copy
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Literal, NamedTuple

from ...quantities.units import in_percent

__all__ = ["Change", "Claim", "Extent", "Figure", "Past", "Told"]

Extent = Literal["everything", "nothing"]

_FIGURES = 240  # latest figures kept
_SENTENCES = 400  # latest sentences kept
_FEW = 40  # latest claims, durations and changes kept, of each


class Told(NamedTuple):
    """A sentence of a customer, with the stems of its content words."""

    turn: int
    text: str
    stems: frozenset[str]


class Figure(NamedTuple):
    """A number that a customer said, or that was put to one (`customer` is False). `of` names the part of a project that it times."""

    turn: int
    customer: bool
    text: str
    low: Decimal
    high: Decimal
    unit: str | None
    of: str = ""


class Change(NamedTuple):
    """A change that a customer claims: `value` in `unit` ("percent" or "times"), "up", "down" or "either", as a minimum or roughly.

    `put` is the number in the question that it answers: "the one point three, what's that now?" "Halved".
    """

    turn: int
    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    direction: str
    at_least: bool
    approximate: bool = False
    put: Decimal | None = None

    @property
    def exact(self) -> bool:
        """Whether the change is put in percent and without a hedge, unlike "about forty percent", "a third", "halved"."""
        return not self.approximate and in_percent(self.text)


class Claim(NamedTuple):
    """A customer's sentence that claims something about all or none; `focus` are the stems of the words that it is about."""

    turn: int
    text: str
    extent: Extent
    focus: frozenset[str]


@dataclass(slots=True)
class Past:
    """The figures, sentences and claims of earlier turns: bounded, so that the cost of a turn does not grow with the call.

    `speakers` holds who said each customer's turn, `told` the ends of customers' numbers (durations in seconds).
    """

    figures: deque[Figure] = field(default_factory=lambda: deque(maxlen=_FIGURES))
    sentences: deque[Told] = field(default_factory=lambda: deque(maxlen=_SENTENCES))
    claims: deque[Claim] = field(default_factory=lambda: deque(maxlen=_FEW))
    lengths: deque[Figure] = field(default_factory=lambda: deque(maxlen=_FEW))
    changes: deque[Change] = field(default_factory=lambda: deque(maxlen=_FEW))
    speakers: dict[int, str] = field(default_factory=dict)
    told: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=_FIGURES))

    def __copy__(self) -> Past:
        # A copy starts with the same content and grows independently.
        return Past(*(copy(getattr(self, part.name)) for part in fields(self)))
