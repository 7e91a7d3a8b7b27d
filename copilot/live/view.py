"""Make the board from a call's state."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from ..probe import Probe
from ..probes.ranking import plan, probe_of
from ..probes.recall import around
from ..session import Session
from ..turns import LiveSegment
from .board import Asked, Board, KeptBack, Line, Plan, SectionView, TopicView, Voice
from .fold import Fold

__all__ = ["View"]

LINES = 6
"""Segments that are shown as the latest words."""
METRICS = 100
PLANNED = 40
"""Gaps from which the plan for the last minutes is made: the surest ones."""
HELD = 2
PLAN_FROM = 10.0
"""Minutes left from which the plan is shown."""
LAST = 3
"""Minutes that the plan counts on at least until the call ends, so that it names a question or two when the time is over too."""


class View:
    """Makes boards from a call's state; what depends only on the session is made once per session."""

    def __init__(self, fold: Fold, name: str, minutes: float | None) -> None:
        """View a call of `minutes` minutes, None if its length is not set."""
        self.fold, self.name, self.minutes = fold, name, minutes
        self._known: tuple[object, dict[str, Any]] | None = None
        self._plan: tuple[object, Plan] | None = None

    def elapsed(self, now: float) -> float:
        """Return the seconds since the first words."""
        first = self.fold.first
        return 0.0 if first is None else (now if self.fold.ended is None else self.fold.ended) - first

    def minutes_left(self, now: float) -> float | None:
        """Return the minutes left of the call."""
        return None if self.minutes is None else max(0.0, self.minutes - self.elapsed(now) / 60)

    def board(self, revision: int, warnings: Sequence[str], source: str, *, lost: bool) -> Board:
        """Return the board as it is now."""
        fold, now = self.fold, self.fold.now
        plan = self._planned(now)
        shown = plan and _without(plan, fold.probe)
        board = Board(
            revision=revision,
            state="waiting" if fold.first is None else "live" if fold.ended is None else "ended",
            session=self.name,
            elapsed=self.elapsed(now),
            minutes_left=self.minutes_left(now),
            probe=fold.probe,
            pinned=tuple(self._pinned()),
            parked=tuple(self._parked(shown)),
            lines=tuple(self._lines()),
            plan=shown,
            last_answer=self._last_answer(),
            warnings=tuple(warnings),
            source=source,
            source_lost=lost,
            **self._of_session(),
        )
        return board.model_copy(update={"voices": dict(self._voices(board))})

    @property
    def listed(self) -> tuple[str, ...]:
        """The gaps and topics that have a place on the list for the minutes left, the one of the large question too."""
        plan = self._planned(self.fold.now)
        return tuple(_name(p) for p in plan.ask_now) if plan else ()

    def _of_session(self) -> dict[str, Any]:
        """Return what depends on the session, made again where something was heard, marked, withdrawn or released."""
        session, ledger = self.fold.session, self.fold.session.ledger
        key = (session, dict(ledger.rulings.marks), len(ledger.rulings.withdrawals), len(ledger.rulings.releases))
        if self._known is None or self._known[0] != key:
            metrics = tuple(m for m in ledger.metrics[-METRICS:] if not ledger.off_record.covers(m))
            kept = tuple(_kept_back(session))
            self._known = key, {"sections": tuple(_sections(session)), "metrics": metrics, "kept_back": kept, "consent": ledger.consent}
        return self._known[1]

    def _last_answer(self) -> int | None:
        """Return the customers' latest turn, which may still be under way; None where it is kept out already."""
        latest = chain(reversed(self.fold.open_turns.assembly.turns()), reversed(self.fold.session.turns))
        last = next((t.turn for t in latest if t.role == "customer"), None)
        kept: tuple[KeptBack, ...] = self._of_session()["kept_back"]
        return None if any(k.turn == last and k.degree == "clear" for k in kept) else last

    def _pinned(self) -> Iterator[Probe]:
        """Yield the pinned probes that nobody has answered, on words that may be used; after the call they are in the plan."""
        fold = self.fold
        known = fold.session.ledger.gaps
        for gap, probe in fold.pinned.items() if fold.ended is None else ():
            if fold.stands(probe) and (gap not in known or fold.is_open(known[gap])):
                yield probe

    def _parked(self, plan: Plan | None) -> Iterator[Probe]:
        """Yield the snoozed probes, and the next ones in waiting that are not planned for now; after the call they are in the plan."""
        fold = self.fold
        if fold.ended is not None:
            return
        snoozed = [g for g in fold.waiting() if fold.snoozed[g.id] > fold.now]
        yield from (probe_of(g) for g in snoozed)
        elsewhere = {p.gap for p in (fold.probe, *(plan.ask_now if plan else ())) if p is not None}
        held = [p for p in fold.candidates() if p.gap not in elsewhere]
        yield from held[:HELD]

    def _voices(self, board: Board) -> Iterator[tuple[str, Voice]]:
        """Yield who said what a board's questions are about, by gap, and the turns that are or can be kept out, by number."""
        for probe in ((board.probe,) if board.probe else ()) + board.listed + board.parked:
            turn = self.fold.turn(probe.turn or 0)
            if probe.gap is not None and turn is not None:
                words = around(probe, turn, self.fold.session.ledger.off_record.covers)
                yield probe.gap, Voice(speaker=turn.speaker, at=turn.time_at(probe.start or 0), words=words)
        for number in (*(k.turn for k in board.kept_back), *(() if board.last_answer is None else (board.last_answer,))):
            if (turn := self.fold.turn(number)) is not None:
                yield str(number), Voice(speaker=turn.speaker, at=turn.time_at(0))

    def _lines(self) -> Iterator[Line]:
        """Yield the latest words heard."""
        stream = self.fold.open_turns.assembly.stream
        partials = sorted((s for s, _ in stream.partials.values()), key=lambda s: s.start or 0.0)
        for segment in [*stream.finals[-LINES:], *partials][-LINES:]:
            yield self._line(segment)

    def _line(self, segment: LiveSegment) -> Line:
        part = self.fold.open_turns.assembly.part(segment.speaker)
        name = part.name if part else segment.speaker or ""
        return Line(speaker=name, role=part.role if part else None, text=segment.text.strip(), at=segment.start, final=segment.final)

    def _planned(self, now: float) -> Plan | None:
        """Return the plan for the last minutes, without what has its place elsewhere, and what is left when the call has ended.

        A question on the list keeps its place while it is open, also while it is the large one.
        """
        fold, ended = self.fold, self.fold.ended is not None
        left = 0.0 if ended else self.minutes_left(now)
        if left is None or left > PLAN_FROM or fold.first is None:
            return None
        large = fold.probe.gap if fold.probe else None
        minutes, gone = (0, set()) if ended else (max(LAST, int(left)), fold.in_hand - ({large} & set(fold.planned)))
        session, rulings = fold.session, fold.session.ledger.rulings
        to_ask = (g for g in session.ledger.worth_asking() if fold.is_open(g) and g.id not in gone)
        wanted = {*fold.planned, *fold.pinned, *fold.snoozed}
        gaps = sorted(to_ask, key=lambda g: (g.id not in wanted, -g.score))[:PLANNED]
        shown = set(fold.showings)
        taken = (dict(rulings.marks), len(rulings.withdrawals), len(rulings.releases))
        key = (session, taken, gaps, minutes, ended, gone, fold.planned, shown)
        if self._plan is None or self._plan[0] != key:
            brushed = session.ledger.brushed | gone
            topics, guide, background = session.ledger.topics, session.guide, session.background
            made = plan(gaps, topics, guide, background, minutes, brushed, listed=fold.planned, shown=shown)
            remaining = Plan(**made._asdict())
            self._plan = key, _with_requests(remaining, session) if ended else remaining
        return self._plan[1]


def _name(probe: Probe) -> str:
    return probe.gap or probe.topic


def _without(plan: Plan, large: Probe | None) -> Plan:
    """Return a plan without the large question, which leaves its place empty."""
    if large is None:
        return plan
    rest = {name: tuple(p for p in getattr(plan, name) if _name(p) != _name(large)) for name in ("ask_now", "email", "someone_else")}
    return plan.model_copy(update=rest)


def _with_requests(left: Plan, session: Session) -> Plan:
    """Return what is left after a call, parted into what the email asks and the rest; no model writes for that."""
    from ..drafts.email import email  # the documents cost nothing before the call has ended

    asked = email(session.material()).requests
    names = {request.gap or request.topic for request in asked}
    rest = {name: tuple(p for p in getattr(left, name) if _name(p) not in names) for name in ("email", "someone_else")}
    return left.model_copy(update={**rest, "requests": tuple(Asked(text=r.text, words=tuple(c.quoted for c in r.spans)) for r in asked)})


def _kept_back(session: Session) -> Iterator[KeptBack]:
    """Yield the turns of which something is kept back, in order: barred or withdrawn for good, or held until it is released."""
    off_record = session.ledger.off_record
    gone = off_record.gone
    for number in sorted(off_record.turns):
        turn = session.turns[bisect_left(session.turns, number, key=lambda t: t.turn)]
        if off_record.covers_turn(turn):
            yield KeptBack(turn=number, degree="clear" if number in gone else "possible")


def _sections(session: Session) -> Iterator[SectionView]:
    topics, marks, coverage = session.ledger.topics, session.ledger.rulings.marks, session.ledger.coverage
    for section in session.guide.sections:
        names = {f"{section.id}.{t.id}": t.title for t in section.topics}
        views = tuple(TopicView(id=n, title=title, state=topics[n].state, marked=n in marks) for n, title in names.items())
        yield SectionView(id=section.id, title=section.title, coverage=coverage[section.id], topics=views)
