"""The state of a call, folded from its events: the same events at the same times give the same state, live or from the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice

from ..actions import Action
from ..detectors.boundaries import find_boundaries
from ..errors import InputError
from ..findings import Gap
from ..journal import Event, Read
from ..ledger import Ledger
from ..probe import Probe
from ..probes.ranking import probe_of, rank
from ..reading import BACK_CHANNEL_WORDS, read
from ..session import Session, Update
from ..text import count_words
from ..turns import LiveSegment, Role, Span, Turn
from .assembly import Assembly
from .noted import NotedEngine
from .pacing import Pacing
from .second import Wanted

__all__ = ["Fold"]

OPEN = 12
"""Turns that a late segment can still change at once."""
RECENT = 12
"""Latest turns whose gaps may still come onto the board; older ones are left to the plan and the email."""
LONGEST = 300
"""Segments after which a turn ends at a pause even if its speaker continues: if a source names nobody, no turn would ever end."""
AFTER = 30.0
"""Seconds after the end in which new words still belong to the end; later words mean that the call continues."""
LOOKED_AT = 60
"""Latest gaps among which candidates are looked for."""


class Fold:
    """The state of a call after its events so far.

    `sessions[n]` has heard the first n of the turns in `heard`; the last one has heard all. A turn is heard when another speaker begins
    or after a pause; if it then continues, or changes by a late segment, it is heard again on the session before it. If words
    of a turn before those are corrected, the call is heard again at the next pause.
    """

    def __init__(self, session: Session, pacing: Pacing, roles: Mapping[str, Role] | None = None) -> None:
        """Start with a session that has heard nothing."""
        self.pacing = pacing
        self.engine = NotedEngine(session.engine)
        first = session.copy()
        first.engine = self.engine
        self.assembly = Assembly(session.background, roles)
        self._blank = first
        self.sessions: list[Session] = [first]
        self.heard: list[Turn] = []
        self.updates: list[Update] = []
        self.unread: list[Wanted] = []
        self.dropped: tuple[str, ...] = ()
        self.now = self.voice = self.began = 0.0
        self.first: float | None = None
        self.ended: float | None = None
        self.paused = self.drafted = False
        self.probe: Probe | None = None
        self.offered: float | None = None
        self.offered_turn = 0
        self.spent: set[str] = set()
        self.pinned: dict[str, Probe] = {}
        self.snoozed: dict[str, float] = {}
        self._ranked: tuple[Session, tuple[Gap, ...], tuple[Probe, ...]] = (first, (), ())

    @property
    def session(self) -> Session:
        """The session that has heard everything that is finished."""
        return self.sessions[-1]

    @property
    def is_speaking_on(self) -> bool:
        """Whether somebody continues after the last finished turn: for a customer any word counts, for others more than a beginning."""
        turns = self.assembly.turns()
        rest = turns[len(self.heard) :] or [t for t in turns[-1:] if t != self.heard[-1]]
        if any(t.role == "customer" or len(t.cues) > 1 for t in rest):
            return True
        parts = (self.assembly.part(s.speaker) for s, _ in self.assembly.stream.partials.values())
        return any(p is not None and p.role == "customer" for p in parts)

    def apply(self, event: Event) -> None:
        """Apply an event, at its time."""
        self.advance(event.at)
        match event.event:
            case "started":
                self.began = event.began
            case "heard":
                self._hear(event.segment)
            case "acted":
                self._apply_action(event.action)
            case "offered":
                self._offer(event.probe)
            case "withdrawn":
                self._withdraw()
            case "read":
                self._read(event)

    def advance(self, now: float) -> None:
        """Advance the time: partials that are no longer reported are dropped, and a turn is finished after a pause."""
        self.now = max(self.now, now)
        self.assembly.stream.expire(self.now - self.pacing.orphan)
        pause = self.pacing.pause if self.drafted else self.pacing.silence
        if self.first is not None and not self.paused and self.now - self.voice >= pause:
            self._finish()

    def candidates(self) -> list[Probe]:
        """Return the probes that may come onto the board, best first: for gaps of the latest turns, and snoozed ones."""
        gaps = tuple(g for g in self._recent() if self.is_open(g) and g.id not in self.spent)
        if (self.session, gaps) != self._ranked[:2]:
            last = self.session.turns[-1].turn if self.session.turns else None
            best = rank(gaps, {}, self.session.guide, self.session.background, turn=last)
            self._ranked = self.session, gaps, best
        due = [g for g in self.waiting() if self.snoozed[g.id] <= self.now]
        return [*self._ranked[2], *(probe_of(g) for g in due)]

    def waiting(self) -> list[Gap]:
        """Return the gaps that were snoozed and are still open."""
        known = self.session.ledger.gaps
        return [known[name] for name in self.snoozed if name in known and self.is_open(known[name])]

    def answers_since(self, turn: int) -> int:
        """Return how many full answers the customers have given after a turn, of those that can still change."""
        later = (t for t in self.heard if t.turn > turn and t.role == "customer")
        return sum(count_words(t.text) > BACK_CHANNEL_WORDS for t in later)

    def is_open(self, gap: Gap) -> bool:
        """Return whether a gap is open, on words that may be used, and its topic not marked as covered."""
        ledger = self.session.ledger
        return ledger.is_worth_asking(gap) and ledger.rulings.marks.get(gap.topic) is not True

    def stands(self, probe: Probe) -> bool:
        """Return whether the words of a probe are still what was said, and may be used."""
        said = next((t.text for t in reversed(self.session.turns) if t.turn == probe.turn), "")
        start = said.find(probe.text)
        if probe.turn is None or start < 0:
            return False
        words = Span(turn=probe.turn, start=start, end=start + len(probe.text), text=probe.text)
        return not self.session.ledger.is_kept_back(words)

    def _recent(self) -> Iterator[Gap]:
        session = self.session
        last = session.turns[-1].turn if session.turns else 0
        latest = islice(reversed(session.ledger.gaps.values()), LOOKED_AT)
        return (g for g in latest if last - g.turn < RECENT and g.score >= self.pacing.least)

    def _hear(self, segment: LiveSegment) -> None:
        self.first = self.now if self.first is None else self.first
        if self.ended is not None and self.now - self.ended > AFTER:
            self.ended = None
        # The last words arrive after the end, and are finished at once.
        self.voice, self.paused = self.now, self.ended is not None
        self.drafted = self.drafted or not segment.final
        self.assembly.put(segment, self.now)
        if segment.final:
            self._refresh()

    def _finish(self) -> None:
        """Treat the current turn as finished."""
        self.paused = True
        self._refresh()

    def _refresh(self) -> None:
        """Hear the finished turns that the sessions have not heard yet, or have heard otherwise."""
        # The call is heard again from its beginning for that, so a pause has to come first.
        if self.paused and self.assembly.reopen():
            self.sessions[0] = self._blank
        wanted = self.assembly.turns()
        if wanted and not self.paused:
            wanted[-1:] = self._before_pause(wanted[-1], len(wanted) - 1)
        same = 0
        while same < min(len(wanted), len(self.heard)) and wanted[same] == self.heard[same]:
            same += 1
        self._hear_from(same, wanted[same:])

    def _before_pause(self, turn: Turn, place: int) -> list[Turn]:
        """Return the turn under way as it was when a pause let it be heard, if it was: what it gave stays until it is finished again.

        Where its last words keep something back, it is returned as it is: that holds at once.
        """
        if self._keeps_back(turn):
            return [turn]
        earlier = self.heard[place] if place < len(self.heard) else None
        goes_on = earlier is not None and earlier.speaker == turn.speaker and turn.text.startswith(earlier.text)
        return [earlier] if earlier is not None and goes_on else []

    def _keeps_back(self, turn: Turn) -> bool:
        """Return whether the last segment of a turn that is under way puts something off the record, by itself."""
        last = turn.model_copy(update={"text": turn.text[turn.cues[-1].offset :], "cues": ()})
        return turn.role == "customer" and bool(find_boundaries(read(last, (), self.session.background, self.session.guide)))

    def _hear_from(self, place: int, turns: list[Turn]) -> None:
        """Hear turns on the session before them, replacing what was heard there."""
        was = {t.turn: t.text for t in self.heard[place:]}
        del self.heard[place:], self.updates[place:], self.sessions[place + 1 :]
        for turn in turns:
            before, session = self.session.ledger, self.session.copy()
            self.updates.append(session.hear(turn))
            changed = was.get(turn.turn, turn.text) != turn.text or self.engine.has_read_otherwise(turn)
            self._leave_unread(before, is_corrected=changed and turn != turns[-1])
            self.sessions.append(session)
            self.heard.append(turn)
        while len(self.heard) > OPEN or (self.paused and self.heard and len(self.heard[-1].cues) > LONGEST):
            self.assembly.settle(self.heard[0])
            del self.heard[0], self.updates[0], self.sessions[0]
        self.unread = [w for w in self.unread if w.reading.turn in self.heard]

    def _leave_unread(self, before: Ledger, *, is_corrected: bool) -> None:
        """Leave the turn just heard to a slower engine, unless that has read it; of the turns before it only what was corrected."""
        reading, waiting = self.engine.reading, [w for w in self.unread if w.is_corrected]
        if reading is not None:
            is_corrected = is_corrected or any(w.reading.turn == reading.turn for w in waiting)
            waiting = [w for w in waiting if w.reading.turn.turn != reading.turn.turn]
            waiting.append(Wanted(reading, before, is_corrected and reading.is_customer))
        self.unread = waiting

    def _offer(self, probe: Probe) -> None:
        replaces = self.probe is not None and self.probe.gap == probe.gap
        self.probe = probe
        if not replaces:
            self.offered, self.offered_turn = self.now, self.heard[-1].turn if self.heard else 0
        if probe.gap is not None:
            self.spent.add(probe.gap)
            self.snoozed.pop(probe.gap, None)

    def _withdraw(self) -> None:
        """Take the probe away; one whose words are told anew may come again with them."""
        if self.probe is not None and not self.stands(self.probe):
            self.spent.discard(self.probe.gap or "")
        self.probe = None

    def _apply_action(self, action: Action) -> None:
        """Apply an action. It was checked when it was made: what it is about may be gone from another guide, or be barred by now."""
        try:
            self._act(action)
        except InputError as problem:
            self.dropped = (*self.dropped, f"not applied again: {action.do}: {problem}")

    def _act(self, action: Action) -> None:
        """Apply an action of the interviewer."""
        match action.do:
            case "asked" | "dismiss" | "unpin" | "snooze" | "pin":
                self._act_on_gap(action.do, action.gap)
            case "mark":
                self.session.mark(action.topic, action.covered)
            case "withdraw":
                self.session.withdraw(action.span, self.today())
            case "release":
                self.session.release(action.span, self.today())
            case "end":
                self._finish()
                self.ended, self.probe = self.now, None

    def _act_on_gap(self, do: str, gap: str) -> None:
        """Move a gap's probe as an action demands."""
        shown = self.pinned.pop(gap, None)
        self.snoozed.pop(gap, None)
        if self.probe is not None and self.probe.gap == gap:
            shown, self.probe = self.probe, None
        self.spent.add(gap)
        # A probe that is shown or pinned may be based on words that have since changed.
        known = self.session.ledger.gaps.get(gap)
        if do == "dismiss" and known is not None:
            self.session.dismiss(gap)
        elif do == "snooze":
            self.snoozed[gap] = self.now + self.pacing.snooze
        elif do == "pin" and (probe := shown or (probe_of(known) if known else None)) is not None:
            self.pinned[gap] = probe

    def today(self) -> date:
        """Return the current day of the call, in UTC."""
        return datetime.fromtimestamp(self.began + self.now, tz=UTC).date()

    def _read(self, event: Read) -> None:
        """Apply a slower engine's findings on a turn, if the turn has not changed since it was read."""
        place = next((n for n, t in enumerate(self.heard) if t.turn == event.turn and t.text == event.text), None)
        self.engine.note(event.turn, event.text, event.found)
        self.unread = [w for w in self.unread if (w.reading.turn.turn, w.reading.turn.text) != (event.turn, event.text)]
        if place is not None:
            self._hear_from(place, self.heard[place:])
