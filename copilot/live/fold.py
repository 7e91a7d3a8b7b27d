"""The state of a call, folded from its events: the same events at the same times give the same state, live or from the journal."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from operator import attrgetter

from ..actions import Action
from ..errors import InputError
from ..findings import Gap
from ..journal import Event
from ..ledger import Ledger
from ..probe import Probe
from ..probes.ranking import probe_of, rank
from ..probes.recall import brought_back, is_about, takes_up
from ..session import Session
from ..turns import LiveSegment, Span, Turn
from .open_turns import OpenTurns
from .pacing import Pacing, is_full
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
    was `offered`. `spent` are the gaps that were shown often or long enough, or settled by hand, and are not offered again; `asked` those
    that were asked about, and topics by name. `planned` are the gaps and topics that have a place on the list for the minutes left.
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
        self.offered_turn, self.offered_text = 0, ""
        self.spent: set[str] = set()
        self.asked: set[str] = set()
        self.planned: tuple[str, ...] = ()
        self.showings: Counter[str] = Counter()
        self.pinned: dict[str, Probe] = {}
        self.snoozed: dict[str, float] = {}
        self._ranked: tuple[Session, tuple[Gap, ...], tuple[Probe, ...]] = (self.session, (), ())

    @property
    def in_hand(self) -> set[str]:
        """The gaps that the interviewer has before her, has put off, or has asked about, and the topics that she has."""
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
            case "planned":
                self.planned = event.asks
            case "lost":
                self.dropped = (*self.dropped, lose(self.session, event))
            case "read":
                self.open_turns.take(event, paused=self.paused)

    def advance(self, now: float) -> None:
        """Advance the time: partials that are no longer reported are dropped, and a turn is finished after a pause."""
        self.now = max(self.now, now)
        self.open_turns.assembly.stream.expire(self.now - self.pacing.orphan)
        if self.first is not None and not self.paused and self.now - self.voice >= self._pause:
            self._finish()

    @property
    def _pause(self) -> float:
        """The seconds without a word after which a turn is finished."""
        if self.drafted:
            return self.pacing.pause
        return max(self.pacing.silence, self.pacing.pause + self.open_turns.assembly.caption())

    @property
    def is_between(self) -> bool:
        """Whether nobody is in the middle of anything: in a pause, or a breath after the interviewer has merely remarked on an answer."""
        return self.paused or (self.now - self.voice >= self.pacing.breath and self.open_turns.is_remarked_on)

    @property
    def is_late(self) -> bool:
        """Whether the probe shown has been there for as long as it may: so many seconds, or answers."""
        answers = self.open_turns.answers_since(self.offered_turn)
        return self.now - (self.offered or 0.0) >= self.pacing.fresh or answers >= self.pacing.answers

    def candidates(self) -> list[Probe]:
        """Return the probes that may come onto the board, best first: for gaps of the latest turns, and snoozed ones."""
        gaps = tuple(g for g in self._recent() if self.is_open(g) and g.id not in self.spent and not self._is_raised(g))
        if (self.session, gaps) != self._ranked[:2]:
            last = self.session.turns[-1].turn if self.session.turns else None
            best = rank(gaps, {}, self.session.guide, self.session.background, turn=last, least=self.pacing.least)
            self._ranked = self.session, gaps, tuple(p for p in map(self._worded, best) if self._says_enough(p))
        due = [g for g in self.waiting() if self.snoozed[g.id] <= self.now]
        return [*self._ranked[2], *map(self.worded, due)]

    def worded(self, gap: Gap) -> Probe:
        """Return the probe of a gap, which says what it is about once something else has been answered since."""
        return self._worded(probe_of(gap))

    def _worded(self, probe: Probe) -> Probe:
        return brought_back(probe, self._last_answer)

    def _says_enough(self, probe: Probe) -> bool:
        """Return whether a question says what it is about, or is about what was just said."""
        return probe.turn == self._last_answer or is_about(probe.probe, probe.text)

    @property
    def _last_answer(self) -> int | None:
        """The turn of the customers' last full answer."""
        return next((t.turn for t in reversed(self.session.turns) if t.role == "customer" and is_full(t)), None)

    def _is_raised(self, gap: Gap) -> bool:
        """Return whether the interviewer has asked just that: since it came up, or right before the answer that left it open."""
        since = self.open_turns.questions_since(gap.turn)
        return self._is_asked_again(gap) or any(takes_up(q.text, probe_of(gap), at_once=q.turn == gap.turn + 1) for q in since)

    def _is_asked_again(self, gap: Gap) -> bool:
        """Return whether a gap has only the guide's question, which the customers have just not answered."""
        topic = self.session.guide.topics.get(gap.topic)
        is_guide = topic is not None and gap.probe in {topic.short, topic.question}
        return gap.kind == "dodged" and is_guide and gap.turn == self._last_answer

    def waiting(self) -> list[Gap]:
        """Return the gaps that were snoozed and are still open."""
        known = self.session.ledger.gaps
        return [known[name] for name in self.snoozed if name in known and self.is_open(known[name])]

    def is_open(self, gap: Gap, ledger: Ledger | None = None) -> bool:
        """Return whether a gap is open, as a ledger knows it, on words that may be used, and its topic not marked as covered."""
        ledger = ledger or self.session.ledger
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
        turn, answered = self.turn(probe.turn or 0), self.open_turns.answered
        self.offered_text = turn.text if turn else ""
        if not replaces:
            self.offered, self.offered_turn = self.now, answered.turn.turn if answered else 0
        self.snoozed.pop(probe.gap or "", None)

    def _withdraw(self) -> None:
        """Take the probe away; one that leaves early may come again, and one whose words are told anew as if it had not been shown."""
        if self.probe is not None and self.probe.gap is not None:
            self._count_shown(self.probe, self.probe.gap)
        self.probe = None

    def _count_shown(self, probe: Probe, gap: str) -> None:
        """Note that the probe of a gap was shown, unless its words no longer stand: then another need not keep its distance."""
        if not self.stands(probe):
            self.offered = None
            return
        self.showings[gap] += 1
        known = self.session.ledger.gaps.get(gap)
        if known is not None and self._is_raised(known):
            self.asked.add(gap)
        if gap in self.asked or self.is_late or self.showings[gap] >= self.pacing.showings:
            self.spent.add(gap)

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
            case "raised":
                self.asked.add(action.topic)
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
