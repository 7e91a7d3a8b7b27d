"""A live call: what is heard and done goes into the journal, then into the state, and onto the board."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Mapping

from ..actions import Action
from ..drafts import Withdrawal
from ..journal import Acted, Event, Heard, Journal, Started
from ..session import Session
from ..turns import LiveSegment, Role, Value
from .board import Board
from .fold import Fold
from .offering import next_move
from .pacing import Pacing
from .view import View

__all__ = ["LiveCall"]

BREAK = 1800.0
"""Seconds of standstill between a crash and its resumption up to which the call is taken to have gone on."""


class LiveCall:
    """A call as it happens, for any number of sources and viewers, in any threads.

    With a journal that holds the beginning of the call, the call goes on from there. `clock` gives seconds from any start, `now` seconds
    since 1970; `minutes` is how long the call may take; `roles` settles who is who by name.
    """

    def __init__(
        self,
        session: Session,
        journal: Journal | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        pacing: Pacing | None = None,
        minutes: float | None = None,
        name: str = "call",
        roles: Mapping[str, Role] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Begin or resume a call with a session that has heard nothing."""
        self._lock = threading.RLock()
        self._journal, self._clock = journal, clock
        self._fold = Fold(session, pacing or Pacing(), roles)
        self._view = View(self._fold, name, minutes)
        self._watchers: dict[object, Callable[[Board], None]] = {}
        self._source = ""
        self._changed: tuple[str, ...] = ()
        start = _started(session, name, now())
        self._origin = clock() - self._resume(start, now())
        if not self.resumed:
            self._record(start)
        self._board = self._view.board(0, self._warnings(), "")
        self._publish()

    @property
    def resumed(self) -> bool:
        """Whether the call goes on from its journal."""
        return bool(self._journal and self._journal.events)

    @property
    def session(self) -> Session:
        """The session that has heard every finished turn, for findings and documents. It is the call that feeds it."""
        with self._lock:
            return self._fold.session

    @property
    def board(self) -> Board:
        """What is known now; the revision grows with each visible change, other than that of the time."""
        with self._lock:
            now = self._now()
            passing = {"elapsed": self._view.elapsed(now), "minutes_left": self._view.minutes_left(now)}
            return self._board.model_copy(update=passing)

    def hear(self, segment: LiveSegment) -> None:
        """Take in a report of a segment; a later one under its id replaces it. It is in the journal, on the disk, when this returns."""
        with self._lock:
            self._record(Heard(at=self._now(), segment=segment))
            self._move()

    def act(self, action: Action) -> None:
        """Do what the interviewer wants. Raises KeyError for an unknown gap or topic, InputError for words that nobody said."""
        with self._lock:
            self._check(action)
            self._record(Acted(at=self._now(), action=action))
            self._move()

    def tick(self) -> None:
        """Let time pass; call it a few times a second."""
        with self._lock:
            self._fold.advance(self._now())
            self._move()

    def note(self, source: str) -> None:
        """Say on the board how the source is connected."""
        with self._lock:
            self._source = source
            self._publish()

    def watch(self, callback: Callable[[Board], None]) -> Callable[[], None]:
        """Have a function called with the board at each change, in their order; return one that ends this. It must not block."""
        key = object()
        with self._lock:
            self._watchers[key] = callback

        def unwatch() -> None:
            with self._lock:
                self._watchers.pop(key, None)

        return unwatch

    def _now(self) -> float:
        """Return the seconds since the journal began."""
        return max(self._fold.now, self._clock() - self._origin)

    def _resume(self, start: Started, now: float) -> float:
        """Take in the journal's events, and return the seconds since its beginning."""
        for event in self._journal.events if self._journal else ():
            self._fold.apply(event)
        held = self._journal.events[0] if self._journal and self._journal.events else None
        if not isinstance(held, Started):
            return 0.0
        changed = (("background file", held.background == start.background), ("guide", held.guide == start.guide))
        self._changed = tuple(f"the {what} is not the one that this call began with" for what, same in changed if not same)
        since = now - held.began
        return since if self._fold.now <= since <= self._fold.now + BREAK else self._fold.now

    def _record(self, event: Event) -> None:
        """Write an event into the journal, then take it in."""
        if self._journal:
            self._journal.append(event)
        self._fold.apply(event)

    def _move(self) -> None:
        """Do what is due by itself, and show what has changed."""
        while (move := next_move(self._fold)) is not None:
            self._record(move)
        self._publish()

    def _publish(self) -> None:
        """Give the watchers a new board if anything but the time has changed."""
        last = self._board
        board = self._view.board(last.revision, self._warnings(), self._source)
        if board == last.model_copy(update={"elapsed": board.elapsed, "minutes_left": board.minutes_left}):
            return
        self._board = board.model_copy(update={"revision": last.revision + 1})
        for callback in tuple(self._watchers.values()):
            callback(self._board)

    def _warnings(self) -> tuple[str, ...]:
        problem = self._journal.problem if self._journal else None
        lost = (f"not saved: {problem}; the call goes on in memory, and is lost if the program ends",) if problem else ()
        return (*lost, *self._changed, *self._fold.assembly.notices)

    def _check(self, action: Action) -> None:
        """Raise KeyError or InputError for an action on what the call does not hold."""
        session = self._fold.session
        if action.do == "mark":
            session.guide.topics[action.topic]
        elif action.do == "withdraw":
            turns = {t.turn: t for t in session.turns}
            Withdrawal.parse(action.span, turns, self._fold.today())
        elif action.do != "end":
            session.ledger.gaps[action.gap]


def _started(session: Session, name: str, now: float) -> Started:
    return Started(session=name, began=now, background=_fingerprint(session.background), guide=_fingerprint(session.guide))


def _fingerprint(value: Value) -> str:
    """Return a short hash of a value."""
    return hashlib.sha256(value.model_dump_json().encode()).hexdigest()[:16]
