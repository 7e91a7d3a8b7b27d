"""A live call: what is heard and done goes into the journal, then into the state, and onto the board."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType

from ..actions import Action
from ..errors import InputError
from ..journal import Acted, Event, Heard, Journal, Planned, Read, Started
from ..probes.ranking import rank
from ..rulings import Withdrawal
from ..session import Session
from ..turns import LiveSegment, Role, Turn, Value
from .board import Board
from .fold import Fold
from .offering import next_move, replacement
from .pacing import Pacing, is_emotional
from .recorded import day_of
from .second import SecondReader, Start
from .view import View

__all__ = ["LiveCall"]

_LOG = logging.getLogger("copilot")
BREAK = 1800.0
"""Longest gap in seconds between a crash and the resumption for which the call is assumed to have continued."""


class LiveCall:
    """A live call, for any number of sources and viewers, in any threads.

    If the journal contains the beginning of the call, the call resumes from there. `clock` gives seconds from any start, `now` seconds
    since 1970; `minutes` is the planned length of the call; `roles` maps names to roles.

    If the session's engine is not quick, the embedded one reads first, and the other one in parallel, in a thread or as `start`
    runs it. Its findings are journaled, so that it need not be asked again when the call is resumed.

    `is_old` says that the call was resumed so long after its last event that it can hardly be the same call.
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
        roles: Mapping[str, str] | None = None,
        now: Callable[[], float] = time.time,
        start: Start | None = None,
    ) -> None:
        """Begin or resume a call with a session that has heard nothing. Raises InputError for another, and for what is of another kind."""
        InputError.expect(session, Session, "a Session")
        if session.turns:
            raise InputError(f"a live call begins with a session that has heard nothing; this one has heard {len(session.turns)} turns")
        InputError.expect(journal, (Journal, NoneType), "a Journal", "Journal.open opens or creates one")
        InputError.expect(minutes, (int, float, NoneType), "a number of minutes, or None,")
        InputError.expect(roles, (Mapping, NoneType), "a mapping of names to roles", 'such as {"Dana Ruiz": "interviewer"}')
        _warm()
        self._lock = threading.RLock()
        self._journal, self._clock = journal, clock
        self._fold = Fold(session, pacing or Pacing(), roles)
        self._view = View(self._fold, name, minutes)
        self._second = None if session.engine.is_quick else SecondReader(session.engine, start)
        self._watchers: dict[object, Callable[[Board], None]] = {}
        self._source, self._lost = "", False
        self._changed: tuple[str, ...] = ()
        self.is_old = False
        begun = _started(session, name, now())
        self._origin = clock() - self._resume(begun, now())
        if not self.resumed:
            self._record(begun)
        self._board = self._view.board(0, self._warnings(), "", lost=False)
        self._publish()

    @property
    def resumed(self) -> bool:
        """Whether the call was resumed from its journal."""
        return bool(self._journal and self._journal.events)

    @property
    def is_reading(self) -> bool:
        """Whether a slower engine is still reading; `tick` collects its findings."""
        return self._second is not None and self._second.is_busy

    @property
    def began(self) -> float:
        """When the journal began, in seconds since 1970."""
        return self._fold.began

    @property
    def day(self) -> str:
        """The day on which the journal began, in UTC, in words."""
        day = day_of(self.began)
        return f"{day.day} {day:%B %Y}"

    @property
    def session(self) -> Session:
        """The session that has heard every finished turn, for findings and documents. Only the call may feed it."""
        with self._lock:
            return self._fold.session

    @property
    def board(self) -> Board:
        """What is known now; the revision grows with each visible change, except of the time."""
        with self._lock:
            now = self._now()
            passing = {"elapsed": self._view.elapsed(now), "minutes_left": self._view.minutes_left(now)}
            return self._board.model_copy(update=passing)

    def turn(self, number: int) -> Turn | None:
        """Return a turn by its number, also one that is still under way; None if there is none."""
        with self._lock:
            return self._fold.turn(number)

    def hear(self, segment: LiveSegment) -> None:
        """Add a report of a segment; a later one with the same id replaces it.

        When this returns, it is in the journal on disk; where that cannot be written, or is closed, the board warns that it is not saved.
        Raises InputError for what is no LiveSegment.
        """
        InputError.expect(segment, LiveSegment, "a LiveSegment")
        with self._lock:
            at = self._now()
            self._end_pause(at)
            self._record(Heard(at=at, segment=segment))
            self._move()

    def act(self, action: Action) -> None:
        """Apply an action of the interviewer. Raises UnknownNameError for a gap or topic, InputError for words that nobody said."""
        with self._lock:
            at = self._now()
            # An action is checked and applied after what is due at its time.
            self._fold.advance(at)
            self._check(action)
            self._record(Acted(at=at, action=action))
            self._move()

    def tick(self) -> None:
        """Advance the time and take what the second engine has found; call it a few times a second. Raises what that engine raised."""
        with self._lock:
            self._fold.advance(self._now())
            self._ask_second()
            self._take_answers()
            self._move()

    def note(self, source: str, *, lost: bool = False) -> None:
        """Say on the board how the source is connected, and whether it is lost."""
        with self._lock:
            self._source, self._lost = source, lost
            self._publish()

    def watch(self, callback: Callable[[Board], None]) -> Callable[[], None]:
        """Call a function with the board at each change, in order; return a function that stops this. `callback` must not block.

        What it raises goes to the log, and stops neither the call nor other watchers.
        """
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

    def _resume(self, begun: Started, now: float) -> float:
        """Apply the journal's events, and return the seconds since its beginning."""
        for event in self._journal.events if self._journal else ():
            self._fold.apply(event)
        held = self._journal.events[0] if self._journal and self._journal.events else None
        if not isinstance(held, Started):
            return 0.0
        changed = (("background file", held.background in {begun.background, ""}), ("guide", held.guide in {begun.guide, ""}))
        self._changed = tuple(f"the {what} is not the one that this call began with" for what, same in changed if not same)
        since = now - held.began
        self.is_old = since > self._fold.now + BREAK
        if self.is_old:
            stopped = "broke off" if self._fold.ended is None else "had ended"
            self._changed += (f"this goes on with the call of {self.day}, which {stopped}",)
        return since if self._fold.now <= since and not self.is_old else self._fold.now

    def _record(self, event: Event) -> None:
        """Write an event to the journal, then apply it."""
        if self._journal:
            self._journal.append(event)
        self._fold.apply(event)

    def _end_pause(self, at: float) -> None:
        """Do what was due in the pause before a time, if nobody has looked at the clock in it, as in a call that is played fast."""
        was_between = self._fold.is_between
        self._fold.advance(at)
        if self._fold.is_between and not was_between:
            self._move()

    def _move(self) -> None:
        """Do what is due, and show what has changed."""
        self._ask_second()
        while (move := next_move(self._fold)) is not None:
            self._record(move)
        if (listed := self._view.listed) != self._fold.planned:
            self._record(Planned(at=self._fold.now, asks=listed))
        self._publish()

    def _ask_second(self) -> None:
        """Let the second engine read what is new."""
        if self._second is not None:
            for wanted in self._fold.open_turns.unread:
                self._second.want(wanted)
        self._fold.open_turns.unread = []

    def _take_answers(self) -> None:
        """Apply the second engine's findings on turns that have not changed since it read them. Raises what it raised."""
        for reading, found in self._second.answers() if self._second else ():
            turn = reading.turn
            if self._fold.open_turns.place_of(turn.turn, turn.text) is not None:
                self._record(Read(at=self._now(), turn=turn.turn, text=turn.text, found=found))
                better = replacement(self._fold, turn.turn)
                if better is not None:
                    self._record(better)

    def _publish(self) -> None:
        """Give the watchers a new board if anything other than the time has changed."""
        last = self._board
        board = self._view.board(last.revision, self._warnings(), self._source, lost=self._lost)
        if board == last.model_copy(update={"elapsed": board.elapsed, "minutes_left": board.minutes_left}):
            return
        self._board = board.model_copy(update={"revision": last.revision + 1})
        for callback in tuple(self._watchers.values()):
            try:
                callback(self._board)
            except Exception:  # what was said is saved and must not seem to have failed because of one who looks on
                _LOG.warning("a watcher of the live call failed", exc_info=True)

    def _warnings(self) -> tuple[str, ...]:
        problem = self._journal.problem if self._journal else None
        lost = (f"not saved: {problem}; the call goes on in memory, and is lost if the program ends",) if problem else ()
        engine = self._second.notices if self._second else ()
        return (*lost, *self._changed, *self._fold.dropped, *engine, *self._fold.open_turns.assembly.notices)

    def _check(self, action: Action) -> None:
        """Raise UnknownNameError or InputError for an action on something that is not in the call."""
        session, fold = self._fold.session, self._fold
        if action.do == "mark" or action.do == "raised":
            session.guide.topic(action.topic)
        elif action.do == "withdraw":
            Withdrawal.parse(action.span, {t.turn: t for t in fold.said()}, fold.today())
        elif action.do == "release":
            session.releasable(action.span, fold.today(), agreed=action.agreed)
        elif action.do != "end" and action.gap not in fold.pinned and (fold.probe is None or fold.probe.gap != action.gap):
            session.ledger.gap(action.gap)


@cache
def _warm() -> None:
    """Load the word lists and weights once for all calls, so that no answer has to wait for them."""
    session = Session()
    for number, (role, text) in enumerate(_WORDS, 1):
        session.hear(Turn(turn=number, speaker=role, role=role, text=text))
    rank(session.ledger.worth_asking(), session.ledger.topics, session.guide, session.background)
    is_emotional(_WORDS[0][1])


_WORDS: tuple[tuple[Role, str], ...] = (
    ("interviewer", "What has changed?"),
    ("customer", "It got much faster, from six hours to two, and it saved us a fortune. Keep that off the record."),
    ("customer", "About forty thousand a year, I think."),
)


def _started(session: Session, name: str, now: float) -> Started:
    return Started(session=name, began=now, background=_fingerprint(session.background), guide=_fingerprint(session.guide))


def _fingerprint(value: Value) -> str:
    """Return a short hash of what a value says; a field that is added later changes it only where it is used."""
    return hashlib.sha256(value.model_dump_json(exclude_defaults=True).encode()).hexdigest()[:16]
