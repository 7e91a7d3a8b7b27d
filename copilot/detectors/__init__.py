"""The family of detectors: each a pure function from a turn in its context to findings with spans.

A detector takes a `Reading`, and what it needs of the call so far as plain values; it keeps no state. Adding one means adding
its file, its field in `Found`, and its line in `copilot.engines.rules`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..findings import Boundary, Closing, Commitment, Contradiction, Deferral, Gap, Metric, Quote, Touch, Verify
from ..turns import Span
from .consent import ConsentEvent
from .contradictions import Clash

__all__ = ["Found"]


@dataclass(frozen=True, slots=True)
class Found:
    """What one turn gives: the findings of all detectors.

    `judged` says that an engine has read the turn in its context: which open gaps it settles and what completes a metric is in its
    findings, and the ledger does not guess.
    """

    touches: tuple[Touch, ...] = ()
    sections: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()
    gaps: tuple[Gap, ...] = ()
    quotes: tuple[Quote, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
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
