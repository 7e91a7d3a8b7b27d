"""The state of a call, folded from its events: the same events at the same times give the same state, live or from the journal."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from operator import attrgetter

from ..actions import Action
from ..errors import InputError
from ..findings import Gap
from ..journal import Event
from ..probe import Probe
from ..probes.ranking import probe_of, rank
from ..session import Session
from ..turns import LiveSegment, Span, Turn
from .open_turns import OpenTurns
from .pacing import Pacing
from .recorded import day_of, decide, lose

__all__ = ["Fold"]

RECENT = 12
"""Latest turns whose gaps may still come onto the board; older ones are left to the plan and the email."""
AFTER = 30.0
"""Seconds after the end in which new words still belong to the end; later words mean that the call continues."""
LOOKED_AT = 60
"""Latest gaps among which candidates are looked for."""


class Fold:
    """The state of a call after its events so far: what was heard, how time stands, and what is on the board.

    Times are seconds since the journal began: `now`, the `first` words, the last `voice`, when the call `ended` and when the probe shown
    was `offered`. `spent` are the gaps that were shown or settled by hand, and are not offered again; `asked` those that were asked about.
    """

    def __init__(self, session: Session, pacing: Pacing, roles: Mapping[str, str] | None = None) -> None:
        """Start with a session that has heard nothing."""
        self.pacing = pacing
        self.open_turns = OpenTurns(session, roles)
        self.dropped: tuple[str, ...] = ()
        self.now = self.voice = self.began = 0.0
        self.first: float | None = None
        self.ended: float | None = None
        self.paused = self.drafted = False
        self.probe: Probe | None = None
        self.offered: float | None = None
        self.offered_turn = 0
        self.spent: set[str] = set()
        self.asked: set[str] = set()
        self.pinned: dict[str, Probe] = {}
        self.snoozed: dict[str, float] = {}
        self._ranked: tuple[Session, tuple[Gap, ...], tuple[Probe, ...]] = (self.session, (), ())

    @property
    def in_hand(self) -> set[str]:
        """The gaps that the interviewer has before her, has put off, or has asked about."""
        shown = {self.probe.gap} if self.probe is not None and self.probe.gap is not None else set()
        return self.asked | shown | self.pinned.keys() | self.snoozed.keys()

    @property
    def session(self) -> Session:
        """The session that has heard everything that is finished."""
        return self.open_turns.session

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
            case "lost":
                self.dropped = (*self.dropped, lose(self.session, event))
            case "read":
                self.open_turns.take(event, paused=self.paused)

    def advance(self, now: float) -> None:
        """Advance the time: partials that are no longer reported are dropped, and a turn is finished after a pause."""
        self.now = max(self.now, now)
        self.open_turns.assembly.stream.expire(self.now - self.pacing.orphan)
        pause = self.pacing.pause if self.drafted else self.pacing.silence
        if self.first is not None and not self.paused and self.now - self.voice >= pause:
            self._finish()

    def candidates(self) -> list[Probe]:
        """Return the probes that may come onto the board, best first: for gaps of the latest turns, and snoozed ones."""
        gaps = tuple(g for g in self._recent() if self.is_open(g) and g.id not in self.spent)
        if (self.session, gaps) != self._ranked[:2]:
            last = self.session.turns[-1].turn if self.session.turns else None
            best = rank(gaps, {}, self.session.guide, self.session.background, turn=last, least=self.pacing.least)
            self._ranked = self.session, gaps, best
        due = [g for g in self.waiting() if self.snoozed[g.id] <= self.now]
        return [*self._ranked[2], *(probe_of(g) for g in due)]

    def waiting(self) -> list[Gap]:
        """Return the gaps that were snoozed and are still open."""
        known = self.session.ledger.gaps
        return [known[name] for name in self.snoozed if name in known and self.is_open(known[name])]

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
        return not self.session.ledger.off_record.covers(words)

    def said(self) -> list[Turn]:
        """Return all turns, the one under way too."""
        turns = {t.turn: t for t in (*self.session.turns, *self.open_turns.assembly.turns())}
        return [turns[n] for n in sorted(turns)]

    def turn(self, number: int) -> Turn | None:
        """Return a turn by its number, the one under way too; None if there is none."""
        settled = self.session.turns
        place = bisect_left(settled, number, key=attrgetter("turn"))
        near = (*settled[place : place + 1], *self.open_turns.assembly.turns())
        return next((t for t in near if t.turn == number), None)

    def _recent(self) -> Iterator[Gap]:
        session = self.session
        last = session.turns[-1].turn if session.turns else 0
        latest = islice(reversed(session.ledger.gaps.values()), LOOKED_AT)
        return (g for g in latest if last - g.turn < RECENT)

    def _hear(self, segment: LiveSegment) -> None:
        self.first = self.now if self.first is None else self.first
        if self.ended is not None and self.now - self.ended > AFTER:
            self.ended = None
        # The last words arrive after the end, and are finished at once.
        self.voice, self.paused = self.now, self.ended is not None
        self.drafted = self.drafted or not segment.final
        self.open_turns.assembly.put(segment, self.now)
        if segment.final:
            self.open_turns.refresh(paused=self.paused)

    def _finish(self) -> None:
        """Treat the current turn as finished."""
        self.paused = True
        self.open_turns.refresh(paused=True)

    def _offer(self, probe: Probe) -> None:
        replaces = self.probe is not None and self.probe.gap == probe.gap
        self.probe = probe
        if not replaces:
            heard = self.open_turns.heard
            self.offered, self.offered_turn = self.now, heard[-1].turn.turn if heard else 0
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
            case "withdraw":
                # The words may be of the turn under way.
                self._finish()
                decide(self.session, action, self.today())
            case "mark" | "release":
                decide(self.session, action, self.today())
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
        if do == "asked":
            self.asked.add(gap)
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
        return day_of(self.began + self.now)
