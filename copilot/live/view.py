"""Make the board from a call's state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..probe import Probe
from ..probes.ranking import plan, probe_of
from ..session import Session
from ..turns import LiveSegment
from .board import Board, Line, Plan, SectionView, TopicView
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
        return Board(
            revision=revision,
            state="waiting" if fold.first is None else "live" if fold.ended is None else "ended",
            session=self.name,
            elapsed=self.elapsed(now),
            minutes_left=self.minutes_left(now),
            probe=fold.probe,
            pinned=tuple(p for p in fold.pinned.values() if fold.stands(p)),
            parked=tuple(self._parked()),
            lines=tuple(self._lines()),
            plan=self._planned(now),
            warnings=tuple(warnings),
            source=source,
            source_lost=lost,
            **self._of_session(),
        )

    def _of_session(self) -> dict[str, Any]:
        """Return the sections and metrics, made again where something was heard, marked, withdrawn or released."""
        session, ledger = self.fold.session, self.fold.session.ledger
        key = (session, dict(ledger.rulings.marks), len(ledger.rulings.withdrawals), len(ledger.rulings.releases))
        if self._known is None or self._known[0] != key:
            metrics = tuple(m for m in ledger.metrics[-METRICS:] if not ledger.is_kept_back(m))
            self._known = key, {"sections": tuple(_sections(session)), "metrics": metrics}
        return self._known[1]

    def _parked(self) -> Iterator[Probe]:
        """Yield the snoozed probes, and the next ones in waiting."""
        fold = self.fold
        snoozed = [g for g in fold.waiting() if fold.snoozed[g.id] > fold.now]
        yield from (probe_of(g) for g in snoozed)
        if fold.ended is None:
            held = [p for p in fold.candidates() if fold.probe is None or p.gap != fold.probe.gap]
            yield from held[:HELD]

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
        """Return the plan for the last minutes, and what is left when the call has ended."""
        left = 0.0 if self.fold.ended is not None else self.minutes_left(now)
        if left is None or left > PLAN_FROM or self.fold.first is None:
            return None
        session, marks = self.fold.session, dict(self.fold.session.ledger.rulings.marks)
        gaps = sorted((g for g in session.ledger.worth_asking() if self.fold.is_open(g)), key=lambda g: -g.score)[:PLANNED]
        key = (session, marks, gaps, int(left))
        if self._plan is None or self._plan[0] != key:
            made = plan(gaps, session.ledger.topics, session.guide, session.background, int(left), session.ledger.brushed)
            email = made.email if self.fold.ended is None else _as_written(made.email, session)
            self._plan = key, Plan(ask_now=made.ask_now, email=email, someone_else=made.someone_else)
        return self._plan[1]


def _as_written(probes: tuple[Probe, ...], session: Session) -> tuple[Probe, ...]:
    """Return probes with those first that the email asks, in its order; no model writes for that."""
    from ..drafts.requests import requests  # the documents cost nothing before the call has ended

    order = {request.gap or request.topic: place for place, request in enumerate(requests(session.material()))}
    return tuple(sorted(probes, key=lambda p: order.get(p.gap or p.topic, len(order))))


def _sections(session: Session) -> Iterator[SectionView]:
    topics, marks, coverage = session.ledger.topics, session.ledger.rulings.marks, session.ledger.coverage
    for section in session.guide.sections:
        names = {f"{section.id}.{t.id}": t.title for t in section.topics}
        views = tuple(TopicView(id=n, title=title, state=topics[n].state, marked=n in marks) for n, title in names.items())
        yield SectionView(id=section.id, title=section.title, coverage=coverage[section.id], topics=views)
