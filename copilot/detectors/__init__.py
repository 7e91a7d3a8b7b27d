"""The detectors: pure functions from a turn in context to findings with spans.

A detector takes a `Reading`, and what it needs to know about the call so far as plain values; it keeps no state. To add one, add
its file, its field in `Found`, and its line in `copilot.engines.rules`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from ..findings import Boundary, Closing, Commitment, Contradiction, Deferral, Finding, Gap, Leave, Metric, Quote, Touch, Verify
from ..reading import Reading
from ..turns import Span
from .consent import ConsentEvent
from .contradictions import Clash

__all__ = ["Found"]

F = TypeVar("F", bound=Finding)


@dataclass(frozen=True, slots=True)
class Found:
    """The findings of all detectors in one turn.

    `judged` means that an engine has read the turn in context: its findings say what completes a metric, and which of the open gaps that
    it was shown the turn settles; `shown` are their ids. There the ledger does not guess.
    """

    touches: tuple[Touch, ...] = ()
    sections: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()
    gaps: tuple[Gap, ...] = ()
    quotes: tuple[Quote, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    leave: tuple[Leave, ...] = ()
    refusals: tuple[Span, ...] = ()
    deferrals: tuple[Span, ...] = ()
    consent: tuple[ConsentEvent, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    deferred: tuple[Deferral, ...] = ()
    verify: tuple[Verify, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    clashes: tuple[Clash, ...] = ()
    conceded: tuple[Contradiction, ...] = ()
    closings: tuple[Closing, ...] = ()
    judged: bool = False
    shown: tuple[str, ...] = ()

    def claimed(self, reading: Reading) -> Found:
        """Return what is certainly the speaker's where the export does not name everybody: no quote is of a speaker who is not certain.

        A question of such a speaker gives no metric, gap or claim either, and what is found in their other words is marked. What bars
        something counts whoever says it.
        """
        near = {r.turn.turn: r for r in (*reading.before, reading) if r.turn.unsure}
        if not near:
            return self

        def is_theirs(span: Span) -> bool:
            return span.turn not in near or not near[span.turn].is_unclaimed(span.start)

        def marked(found: Iterable[F]) -> tuple[F, ...]:
            return tuple(f.model_copy(update={"unsure": is_unsure(f)}) if is_unsure(f) else f for f in found if is_theirs(f))

        def is_unsure(span: Span) -> bool:
            return span.turn in near and near[span.turn].turn.is_unsure(span.start, span.end)

        return replace(
            self,
            quotes=tuple(q for q in self.quotes if not is_unsure(q)),
            metrics=marked(self.metrics),
            gaps=marked(self.gaps),
            verify=marked(self.verify),
        )

    def puts_off(self, turn: int) -> bool:
        """Return whether a customer puts an answer off in a turn: defers it, or promises something."""
        return bool(self.deferred) or any(c.who == "customer" and c.turn == turn for c in self.commitments)
