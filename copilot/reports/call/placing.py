"""Placing: the position of turns on the axis of a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from ...turns import Turn
from .values import Axis, Place, Stretch

__all__ = ["Placing"]

_TIMED = 0.9  # least share of turns with a time for the axis to be time
_LATE = 600  # seconds; a first turn that starts later is taken to be on another clock, such as the time of day


class Placing:
    """The axis of a call, and every turn's range on it."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        """Lay out turns by their times, or one after the other if too few have times."""
        timed = sum(t.start is not None for t in turns) >= max(1, _TIMED * len(turns))
        self.stretches: Mapping[int, Stretch] = _by_time(turns) if timed else _by_turn(turns)
        first = min((s.at for s in self.stretches.values()), default=0.0)
        begin = first if first > _LATE else 0.0
        length = max((s.until for s in self.stretches.values()), default=0.0) - begin
        self.axis = Axis(unit="seconds" if timed else "turns", begin=begin, length=round(max(length, 1.0), 3))

    def place(self, turn: int, seconds: float | None = None) -> Place:
        """Return where a turn begins, or its position at a time within it. Raises KeyError for a turn that is not on the call."""
        stretch = self.stretches[turn]
        inside = self.axis.unit == "seconds" and seconds is not None and stretch.at <= seconds <= stretch.until
        return Place(turn=turn, at=seconds if inside and seconds is not None else stretch.at)

    def of(self, turns: Iterable[int]) -> tuple[Stretch, ...]:
        """Return the ranges of turns, without turns that do not exist."""
        return tuple(self.stretches[turn] for turn in turns if turn in self.stretches)


def _by_time(turns: Sequence[Turn]) -> dict[int, Stretch]:
    """Lay out turns in seconds; one without a time begins with the one before, and none goes back in time."""
    starts = list(accumulate((t.start or 0.0 for t in turns), max))
    following = [*starts[1:], starts[-1] if starts else 0.0]
    ends = [max(start, t.end if t.end is not None else after) for t, start, after in zip(turns, starts, following, strict=True)]
    return {t.turn: Stretch(turn=t.turn, at=round(s, 3), until=round(e, 3)) for t, s, e in zip(turns, starts, ends, strict=True)}


def _by_turn(turns: Sequence[Turn]) -> dict[int, Stretch]:
    return {t.turn: Stretch(turn=t.turn, at=float(n), until=n + 1.0) for n, t in enumerate(turns)}
