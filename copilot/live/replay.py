"""A recorded call played as a live source: drafts while words are spoken, then the final words, each at its time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator

from ..turns import Cue, LiveSegment, Turn

__all__ = ["Replay", "timeline"]

PACE = 2.5
"""Words per second if a recording has no times."""
BREATH = 3.0
"""Seconds between two turns if a recording has no times: as long as an interviewer takes who looks at the board first."""
DRAFTS = 0.4
"""Seconds between two drafts of a segment, as live services report them."""


class Replay:
    """Plays turns at `speed` times their pace; call it for the time of the call, which never runs ahead of the words played."""

    lost, unread = False, 0

    def __init__(self, turns: Iterable[Turn], name: str, speed: float = 1.0) -> None:
        """Take a call."""
        self.name, self.status = name, f"playing {name}"
        self._turns, self._speed = tuple(turns), speed
        self._skipped = self._at = self._next = 0.0
        self._since = time.monotonic()
        self._closing = threading.Event()

    def __call__(self) -> float:
        """Return the seconds played so far."""
        return max(0.0, min(self._next, self._at + (time.monotonic() - self._since) * self._speed) - self._skipped)

    def skip(self, seconds: float) -> None:
        """Play everything before a time at once: it was heard before a crash."""
        self._skipped = self._at = self._next = seconds

    def segments(self) -> Iterator[LiveSegment]:
        """Yield the segments at their times, until the call ends or the source is closed."""
        self._since = time.monotonic()
        for at, segment in timeline(self._turns):
            self._next = max(at, self._next)
            if self._closing.wait(max(0.0, (at - self._at) / self._speed - (time.monotonic() - self._since))):
                return
            if at > self._at:
                # Counted from the time at which it was due, so that work between two segments does not delay later ones.
                due = self._since + (at - self._at) / self._speed
                self._at, self._since = at, max(due, time.monotonic() - 1 / self._speed)
            yield segment
        self.status = f"{self.name} is over"

    def close(self) -> None:
        """End soon."""
        self._closing.set()


def timeline(turns: Iterable[Turn]) -> Iterator[tuple[float, LiveSegment]]:
    """Yield each report of a call with its second: drafts while a cue is spoken, the final words at its end."""
    now = 0.0
    for turn in turns:
        for number, cue in enumerate(turn.cues or (Cue(0, len(turn.text), turn.start, turn.end),), 1):
            text = turn.text[cue.offset : cue.offset + cue.length]
            breath = BREATH if number == 1 and cue.start is None else 0.0
            start = now + breath if cue.start is None else max(now, cue.start)
            now = start + len(text.split()) / PACE if cue.end is None else max(start, cue.end)
            whole = LiveSegment(id=f"{turn.turn}.{number}", text=text, speaker=turn.speaker, start=cue.start, end=cue.end)
            yield from _drafts(whole, start, now)
            yield now, whole


def _drafts(whole: LiveSegment, start: float, end: float) -> Iterator[tuple[float, LiveSegment]]:
    """Yield the words said so far of a segment at regular intervals."""
    words = whole.text.split()
    for step in range(1, int((end - start) / DRAFTS) + 1):
        at = start + step * DRAFTS
        said = words[: int(len(words) * (at - start) / (end - start))] if end > at else []
        if said:
            yield at, whole.model_copy(update={"text": " ".join(said), "end": None, "final": False})
