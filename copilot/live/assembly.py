"""Assemble segments into turns during a call: who speaks in which role, and where one turn ends and the next begins."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from ..background import Background, Participant
from ..errors import SpeakerError
from ..formats.labels import expected, is_pseudo
from ..speakers import Part, assign_roles, in_full, is_role, meant_by
from ..stream import Stream
from ..transcript import Line, groups, inherit, turns_from, voices
from ..turns import Cue, LiveSegment, Role, Segment, Turn

__all__ = ["Assembly"]

TOLD_FROM = 6
"""Segments after which a guess of the roles is announced."""
PACE = 2.5
"""Words per second of a caption without times."""
LONGEST = 10.0
"""Most seconds that a caption is taken to last, whatever its times say."""


class Assembly:
    """The last turns of a call, which can still change, from the segments heard; all of them where something earlier is corrected.

    Roles come from `roles`, the background, or a guess, which is repeated until a speaker's first turn is settled.
    """

    def __init__(self, background: Background, roles: Mapping[str, str] | None = None) -> None:
        """Start with the expected people; those named in `roles` need not have spoken yet. Raises SpeakerError for what is no role."""
        self.stream = Stream()
        self.notices: tuple[str, ...] = ()
        self._people = _with_roles(background, {name: role for name, role in (roles or {}).items() if is_role(role)})
        self._meant = {label: meant_by(name, background).name for label, name in (roles or {}).items() if not is_role(name)}
        self._names = expected(self._people.names)
        self._parts: dict[str, Part] = {}
        self._settled: dict[str, Part] = {}
        self._turns: list[Turn] | None = None
        self._order: list[str] = []
        self._first = 1
        self._before: float | None = None
        self._last_speaker: str | None = None

    def put(self, segment: LiveSegment, at: float) -> None:
        """Add a report of a segment, unless it is not a participant's speech."""
        if segment.speaker is not None and is_pseudo(segment.speaker, self._names):
            return
        self.stream.put(segment, at)
        self._turns = None if segment.final else self._turns
        if not segment.final and segment.speaker is not None and segment.speaker not in self._parts:
            self._cast([*self._lines(), Line(segment.speaker, Segment(segment.text), False)])

    def turns(self) -> list[Turn]:
        """Return the turns that are not settled yet, in order; the last one may still grow."""
        if self._turns is None:
            lines = self._lines()
            order = [speaker for speaker, _ in groupby(lines, key=lambda line: line.speaker)]
            # More words of a known speaker do not change the roles.
            if order != self._order:
                self._order = order
                self._cast(lines)
            self._turns = list(turns_from(lines, self._parts, self._first, self._before))
        return list(self._turns)

    def under_way(self) -> int:
        """Return the place among the turns of the one that the last words belong to; what others put in while it goes on comes after it."""
        lines = self._lines()
        return next((n for n, places in enumerate(groups(lines, self._parts)) if len(lines) - 1 in places), 0)

    def caption(self) -> float:
        """Return the seconds that the longest caption takes, of the latest turns that came in several; 0 where each came whole."""
        turns = [turn for turn in self.turns() if len(turn.cues) > 1]
        return min(LONGEST, max((_seconds(turn, cue) for turn in turns for cue in turn.cues), default=0.0))

    def settle(self, turn: Turn) -> None:
        """Let the first turn stand as it is; nothing changes it any more."""
        lines = self._lines()
        places = next(groups(lines, self._parts))[: len(turn.cues)]
        self._settled |= {lines[place].speaker: self._parts[lines[place].speaker] for place in places}
        self._last_speaker = lines[places[-1]].speaker
        self._first, self._before = turn.turn + 1, turn.cues[-1].start
        self.stream.settle(places)
        self._turns = self._turns[1:] if self._turns else None

    def reopen(self) -> bool:
        """Let all turns change again where something settled has been corrected; say whether it has."""
        if not self.stream.reopen():
            return False
        self._turns, self._first, self._before, self._last_speaker = None, 1, None, None
        return True

    def part(self, speaker: str | None) -> Part | None:
        """Return the current name and role of a speaker, None if they are not known."""
        return self._parts.get(speaker or self._last_speaker or "")

    def _lines(self) -> list[Line]:
        """Return the lines that can still change."""
        spoken = [Segment(s.text.strip(), s.speaker, s.start, s.end) for s in self.stream.finals]
        return list(inherit(spoken, self._last_speaker))

    def _cast(self, lines: list[Line]) -> None:
        """Settle the parts of those who speak, unless all of them are settled."""
        labels = {line.speaker for line in lines}
        if labels <= self._settled.keys():
            return
        settled = {label: part.role for label, part in self._settled.items()}
        known = {label: role for label, role in (self._meant | settled).items() if label in labels}
        heard = voices(lines)
        try:
            casting = assign_roles(heard, self._people, known)
            # A guess holds until the next one.
            self.notices = tuple(f"so far, {in_full(notice)}" for notice in casting.notices) if len(lines) >= TOLD_FROM else ()
        except SpeakerError as problem:
            # Where a recording would raise an error, a live call goes on: the name is kept, and the role is guessed.
            casting = assign_roles(heard, None, {label: role for label, role in known.items() if is_role(role)})
            self.notices = (str(problem), *casting.notices)
        self._parts = {**self._parts, **casting.parts, **self._settled}


def _seconds(turn: Turn, cue: Cue) -> float:
    """Return how long a cue of a turn takes to say."""
    if cue.start is not None and cue.end is not None:
        return cue.end - cue.start
    return len(turn.text[cue.offset : cue.offset + cue.length].split()) / PACE


def _with_roles(background: Background, roles: Mapping[str, Role]) -> Background:
    """Return the background with the given roles for the people named."""
    known = {p.name: p for p in background.participants}
    for name, role in roles.items():
        known[name] = known[name].model_copy(update={"role": role}) if name in known else Participant(name=name, role=role)
    return background.model_copy(update={"participants": tuple(known.values())})
