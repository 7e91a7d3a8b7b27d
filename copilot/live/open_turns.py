"""The turns of a live call as they are heard, and heard again where they go on or are corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from ..detectors.boundaries import find_boundaries
from ..journal import Read
from ..ledger import Ledger
from ..listening import only_listens
from ..reading import BACK_CHANNEL_WORDS, read
from ..session import Session, Update
from ..text import count_words
from ..turns import Turn
from .assembly import Assembly
from .noted import NotedEngine
from .pacing import asks, is_full, leads_on
from .second import Wanted

__all__ = ["Heard", "OpenTurns"]

OPEN = 12
"""Turns that a late segment can still change at once."""
LONGEST = 300
"""Segments after which a turn ends at a pause even if its speaker continues: if a source names nobody, no turn would ever end."""


class Heard(NamedTuple):
    """A turn, what it added, and the session that has heard it and all before it."""

    turn: Turn
    update: Update
    session: Session


class OpenTurns:
    """The turns that can still change, each with the session after it.

    A turn is heard when another speaker begins, or after a pause. If it then goes on, or a late segment changes it, it is heard again on
    the session before it. Where words of a turn before these are corrected, the whole call is heard again at the next pause.
    """

    def __init__(self, session: Session, roles: Mapping[str, str] | None = None) -> None:
        """Start with a session that has heard nothing. `unread` are the turns that a slower engine has not read yet."""
        self.assembly = Assembly(session.background, roles)
        self.heard: list[Heard] = []
        self.unread: list[Wanted] = []
        self._engine = NotedEngine(session.engine)
        self._blank = session.copy()
        self._blank.engine = self._engine
        self._settled = self._blank
        self._so_far: tuple[Session, list[Turn], Session] = self._blank, [], self._blank

    @property
    def session(self) -> Session:
        """The session that has heard everything that is finished."""
        return self.heard[-1].session if self.heard else self._settled

    @property
    def so_far(self) -> Session:
        """The session as it would be if everybody stopped now: the turn under way is heard as far as it goes."""
        turns, heard = self.assembly.turns(), self.session
        if self._so_far[:2] != (heard, turns):
            same = self._same(turns)
            session = (self.heard[same - 1].session if same else self._settled).copy()
            for turn in turns[same:]:
                session.hear(turn)
            self._so_far = heard, turns, session
        return self._so_far[2]

    @property
    def answered(self) -> Heard | None:
        """The customers' last answer, if it is the last that was heard, but for a remark of the interviewer; else None."""
        last = next((h for h in reversed(self.heard) if not _is_remark(h.turn)), None)
        return last if last is not None and last.turn.role == "customer" else None

    @property
    def is_remarked_on(self) -> bool:
        """Whether the interviewer's side has taken the word after what was heard, for a remark that is more than a listener's noise."""
        turns = self.assembly.turns()
        rest = turns[self._same(turns) :]
        return bool(rest) and all(map(_is_remark, rest)) and not only_listens(rest[-1].text)

    @property
    def is_speaking_on(self) -> bool:
        """Whether words that are not final continue in a pause: of a customer any word counts, of others more than a remark."""
        drafts = ((self.assembly.part(s.speaker), s.text) for s, _ in self.assembly.stream.partials.values())
        return any(p.role == "customer" or count_words(text) > BACK_CHANNEL_WORDS or leads_on(text) for p, text in drafts if p is not None)

    def answers_since(self, turn: int) -> int:
        """Return how many full answers the customers have given after a turn, of those that can still change."""
        return sum(h.turn.role == "customer" and is_full(h.turn) for h in self.heard if h.turn.turn > turn)

    def questions_since(self, turn: int) -> list[Turn]:
        """Return the turns after a turn, of those that can still change, in which others than customers have asked something."""
        return [t for t in self.assembly.turns() if t.turn > turn and t.role != "customer" and asks(t.text)]

    def is_to_be_read(self, turn: int) -> bool:
        """Return whether a slower engine has yet to read the words that a turn has now."""
        return any(t.turn == turn and self._engine.has_read_otherwise(t) for t in self.assembly.turns())

    def place_of(self, turn: int, text: str) -> int | None:
        """Return the place in `heard` of a turn with just these words, None if it has others by now, or can no longer change."""
        return next((n for n, h in enumerate(self.heard) if h.turn.turn == turn and h.turn.text == text), None)

    def refresh(self, *, paused: bool) -> None:
        """Hear the finished turns that have not been heard yet, or have been heard otherwise; at a pause the one under way too."""
        # The call is heard again from its beginning for that, so a pause has to come first.
        if paused and self.assembly.reopen():
            self._settled = self._blank
        wanted = self.assembly.turns()
        if wanted and not paused:
            place = self.assembly.under_way()
            wanted[place:] = self._before_pause(wanted[place], place)
        same = self._same(wanted)
        self._hear_from(same, wanted[same:], paused=paused)

    def take(self, event: Read, *, paused: bool) -> None:
        """Apply a slower engine's findings on a turn, if the turn has not changed since it was read."""
        place = self.place_of(event.turn, event.text)
        self._engine.note(event.turn, event.text, event.found)
        self.unread = [w for w in self.unread if (w.reading.turn.turn, w.reading.turn.text) != (event.turn, event.text)]
        if place is not None:
            self._hear_from(place, [h.turn for h in self.heard[place:]], paused=paused)

    def _same(self, turns: Sequence[Turn]) -> int:
        """Return how many turns, from the first that can still change, have been heard just as they are."""
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1].turn, zip(turns, self.heard, strict=False)))

    def _before_pause(self, turn: Turn, place: int) -> list[Turn]:
        """Return the turn under way as it was heard at a pause, if it was: its findings stay until the turn is finished again.

        If its last words keep something back, or words that were heard are corrected, it is returned as it is now: that holds at once.
        """
        earlier = self.heard[place].turn if place < len(self.heard) else None
        if earlier is None:
            return [turn] if self._keeps_back(turn) else []
        goes_on = earlier.speaker == turn.speaker and turn.text.startswith(earlier.text)
        return [earlier] if goes_on and not self._keeps_back(turn) else [turn]

    def _keeps_back(self, turn: Turn) -> bool:
        """Return whether the last segment of a turn that is under way puts something off the record, by itself."""
        last = turn.model_copy(update={"text": turn.text[turn.cues[-1].offset :], "cues": (), "unsure": ()})
        return turn.role == "customer" and bool(find_boundaries(read(last, (), self.session.background, self.session.guide)))

    def _hear_from(self, place: int, turns: list[Turn], *, paused: bool) -> None:
        """Hear turns on the session before them, replacing what was heard there; turns that are too many no longer change."""
        was = {h.turn.turn: h.turn.text for h in self.heard[place:]}
        del self.heard[place:]
        for turn in turns:
            before, session = self.session.ledger, self.session.copy()
            self.heard.append(Heard(turn, session.hear(turn), session))
            changed = was.get(turn.turn, turn.text) != turn.text or self._engine.has_read_otherwise(turn)
            self._leave_unread(before, is_corrected=changed and turn != turns[-1])
        while len(self.heard) > OPEN or (paused and any(len(h.turn.cues) > LONGEST for h in self.heard)):
            self.assembly.settle(self.heard[0].turn)
            self._settled = self.heard.pop(0).session
        open_turns = [h.turn for h in self.heard]
        self.unread = [w for w in self.unread if w.reading.turn in open_turns]

    def _leave_unread(self, before: Ledger, *, is_corrected: bool) -> None:
        """Leave the turn just heard to a slower engine, unless that has read it; of the turns before it only what was corrected."""
        reading, waiting = self._engine.reading, [w for w in self.unread if w.is_corrected]
        if reading is not None:
            is_corrected = is_corrected or any(w.reading.turn == reading.turn for w in waiting)
            waiting = [w for w in waiting if w.reading.turn.turn != reading.turn.turn]
            waiting.append(Wanted(reading, before, is_corrected and reading.is_customer))
        self.unread = waiting


def _is_remark(turn: Turn) -> bool:
    """Return whether a turn is one remark of the interviewer's side, such as "Lovely.", which leads to nothing."""
    return turn.role != "customer" and len(turn.cues) <= 1 and not leads_on(turn.text)
