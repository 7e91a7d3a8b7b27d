"""Put segments from live sources into the order of the call, so that each word counts once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .text import norms
from .turns import LiveSegment

__all__ = ["Stream"]

SAME_START = 1.0  # most seconds between the starts of two reports of the same segment
LONG = 5  # fewest words by which a segment without times is recognised under another kind of id
LOOK_BACK = 64  # latest segments that a new one is compared with
_DIGITS = "0123456789"


class Stream:
    """What was said so far: `finals` in call order, and `partials` that may still change, by id, with the time of their report.

    A final replaces the partials of its id, even if it is shorter; a later final under the same id replaces the first. The same words
    at the same time under another id are dropped. A late segment is sorted in by its start, as far back as `finals` reach:
    what is settled no longer changes unless it is reopened because of a correction.
    """

    def __init__(self) -> None:
        """Start with nothing said."""
        self.finals: list[LiveSegment] = []
        self.partials: dict[str, tuple[LiveSegment, float]] = {}
        self._settled: dict[str, LiveSegment] = {}
        self._order: list[str] = []
        self._late: dict[str, LiveSegment] = {}

    def put(self, segment: LiveSegment, at: float = 0.0) -> None:
        """Add a report that arrived at a time (in seconds, from any start)."""
        if segment.id in self._settled:
            self._correct(segment)
            return
        old = next((n for n, s in enumerate(self.finals) if s.id == segment.id), None)
        if not segment.final:
            if old is None:
                self.partials[segment.id] = segment, at
            return
        self.partials.pop(segment.id, None)
        before = self.finals.pop(old) if old is not None else None
        if before is not None:
            self._order.remove(before.id)
        if not segment.text.strip() or any(_is_same(segment, other) for other in self.finals[-LOOK_BACK:]):
            return
        stays = before is not None and segment.start in {None, before.start}
        place = old if stays and old is not None else self._place(segment)
        # What is settled keeps its place in the call as well: somebody's word within a turn settles after it.
        self._order.insert(self._order.index(self.finals[place].id) if place < len(self.finals) else len(self._order), segment.id)
        self.finals.insert(place, segment)

    def expire(self, before: float) -> None:
        """Drop the partials whose last report came before a time; their words arrive under another id, or not at all."""
        self.partials = {name: row for name, row in self.partials.items() if row[1] >= before}

    def settle(self, places: Sequence[int]) -> list[LiveSegment]:
        """Remove and return the finals at some places; they no longer change."""
        settled = [self.finals[place] for place in places]
        self._settled.update((s.id, s) for s in settled)
        self.finals = [s for s in self.finals if s.id not in self._settled]
        return settled

    def reopen(self) -> bool:
        """Let settled segments change again, and apply their corrections; return False, and change nothing, if there are none."""
        late, self._late = self._late, {}
        if not late:
            return False
        said = {s.id: s for s in (*self._settled.values(), *self.finals)}
        self.finals, self._settled = [said[name] for name in self._order], {}
        for segment in late.values():
            self.put(segment)
        return True

    def _correct(self, segment: LiveSegment) -> None:
        """Keep a correction of settled words until they are reopened; the last one counts."""
        before = self._settled[segment.id]
        if segment.final:
            self._late[segment.id] = segment
            if (segment.text.strip(), segment.speaker) == (before.text.strip(), before.speaker):
                del self._late[segment.id]

    def _place(self, segment: LiveSegment) -> int:
        """Return where a final belongs: after all that start no later; without a time, at the end."""
        place = len(self.finals)
        if segment.start is None:
            return place
        while place and (start := self.finals[place - 1].start) is not None and start > segment.start:
            place -= 1
        return place


def _is_same(one: LiveSegment, other: LiveSegment) -> bool:
    """Return whether two finals are the same: equal words of one speaker, at the same time if times are known."""
    if None not in {one.speaker, other.speaker} and one.speaker != other.speaker:
        return False
    words = _words(one.text)
    if one.start is not None and other.start is not None:
        return abs(one.start - other.start) <= SAME_START and words == _words(other.text)
    return len(words) >= LONG and not _are_counted(one.id, other.id) and words == _words(other.text)


def _are_counted(one: str, other: str) -> bool:
    """Return whether two ids differ only in their final number: two positions in one stream, which never repeats a segment."""
    stem = one.rstrip(_DIGITS)
    return stem != "" and one != other and stem == other.rstrip(_DIGITS) and one[-1] in _DIGITS and other[-1] in _DIGITS


@lru_cache(maxsize=1024)  # every final is compared with the ones before it
def _words(text: str) -> tuple[str, ...]:
    return norms(text)
