"""Decisions on single words after the call: a customer withdraws them, or what was held back is released."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Self

from .errors import InputError
from .findings import Boundary
from .turns import Span, Turn

__all__ = ["Release", "Ruling", "Rulings", "Withdrawal"]

_FORM = re.compile(
    r"(?P<turn>\d{1,9})(?::(?:(?P<start>\d{1,9})-(?P<end>\d{1,9})|(?P<words>.+?)))?(?:@(?P<on>\d{4}-\d{2}-\d{2}))?", re.DOTALL
)


class Ruling(Span):
    """Words of a turn on which somebody has decided, and the day of the decision."""

    noun: ClassVar[str]
    on: date

    @classmethod
    def parse(cls, text: str, turns: Mapping[int, Turn], today: date) -> Self:
        """Parse TURN, TURN:START-END or TURN:WORDS, with an optional @YYYY-MM-DD; `today` is the default day. Raises InputError."""
        if not isinstance(text, str) or not isinstance(today, date) or isinstance(today, datetime):
            raise InputError(f"a {cls.noun} is a text and a date, not {type(text).__name__} and {type(today).__name__}")
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise InputError(f"{cls.noun} {text!r}: write TURN, TURN:START-END or TURN:WORDS, then @YYYY-MM-DD if you like")
        turn = turns.get(int(match["turn"]))
        if turn is None:
            last = f"the last is turn {max(turns)}" if turns else "nothing was said yet"
            raise InputError(f"{cls.noun} {text!r}: the call has no turn {match['turn']}; {last}")
        try:
            on = date.fromisoformat(match["on"]) if match["on"] else today
        except ValueError:
            raise InputError(f"{cls.noun} {text!r}: {match['on']} is not a date") from None
        span = _span(match, turn)
        if span is None:
            raise InputError(f"{cls.noun} {text!r}: turn {turn.turn} does not contain that; its text has {len(turn.text)} characters")
        return cls(**span.model_dump(), on=on)


class Withdrawal(Ruling):
    """Words that a customer has withdrawn: they may no longer be used."""

    noun: ClassVar[str] = "withdrawal"


class Release(Ruling):
    """Words that were held back and may be used after all, because a person has checked.

    `agreed` says who agreed and how, as for what was clearly asked to be left out; `heard` is the last turn that had been heard then: no
    agreement lifts a request that is made after it.
    """

    noun: ClassVar[str] = "release"
    agreed: str = ""
    heard: int = 0

    def lifts(self, boundary: Boundary) -> bool:
        """Return whether the release lifts a clear boundary: it was agreed on after the request."""
        return bool(self.agreed) and boundary.turn <= self.heard


@dataclass
class Rulings:
    """All that people have decided on a call: it holds in every copy of what has heard the call, and beats what an engine finds.

    `dismissed` are ids of gaps; `marks` says of topics by full id whether they are covered.
    """

    dismissed: set[str] = field(default_factory=set)
    marks: dict[str, bool] = field(default_factory=dict)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)


def _span(match: re.Match[str], turn: Turn) -> Span | None:
    """Return the words that a ruling names, None if the turn does not contain them."""
    if match["words"]:
        from .grounding import Absent, ground  # most calls have no rulings

        place = ground(match["words"].strip().strip("\"“”'"), turn)
        return None if isinstance(place, Absent) else turn.span(place.start, place.end)
    start, end = int(match["start"] or 0), int(match["end"] or len(turn.text))
    return turn.span(start, end) if start < end <= len(turn.text) else None
