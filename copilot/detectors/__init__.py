"""The detectors: pure functions from a turn in context to findings with spans.

A detector takes a `Reading`, and what it needs to know about the call so far as plain values; it keeps no state. To add one, add
its file, its field in `Found`, and its line in `copilot.engines.rules`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..findings import Boundary, Closing, Commitment, Contradiction, Deferral, Gap, Leave, Metric, Quote, Touch, Verify
from ..reading import Reading
from ..turns import Span
from .consent import ConsentEvent
from .contradictions import Clash

__all__ = ["Found"]


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

        A question of such a speaker gives no metric, gap or claim either. What bars something counts whoever says it.
        """
        near = {r.turn.turn: r for r in (*reading.before, reading) if r.turn.unsure}
        if not near:
            return self

        def is_theirs(span: Span) -> bool:
            return span.turn not in near or not near[span.turn].is_unclaimed(span.start)

        return replace(
            self,
            quotes=tuple(q for q in self.quotes if q.turn not in near or not near[q.turn].turn.is_unsure(q.start, q.end)),
            metrics=tuple(filter(is_theirs, self.metrics)),
            gaps=tuple(filter(is_theirs, self.gaps)),
            verify=tuple(filter(is_theirs, self.verify)),
        )

    def puts_off(self, turn: int) -> bool:
        """Return whether a customer puts an answer off in a turn: defers it, or promises something."""
        return bool(self.deferred) or any(c.who == "customer" and c.turn == turn for c in self.commitments)
