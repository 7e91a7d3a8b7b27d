"""Boundaries and consent: what must not be used is known, and leaks nowhere."""

from __future__ import annotations

from ...probe import Probe
from ..counting import Counts, prf, ratio, total
from ..hearing import Hearing
from ..matching import pair_spans
from ..trial import Heard

__all__ = ["FIGURES", "count"]


def count(heard: Heard) -> Counts:
    """Count boundaries, the turns that they bar, consent, and whatever of the barred turns is quoted or probed."""
    hearing, n = heard.hearing, Counts()
    interview, findings = hearing.interview, hearing.findings
    pairs = pair_spans(interview.gold.off_record, findings.off_record, interview)
    n.add_pairs("boundary", len(pairs), len(findings.off_record), len(interview.gold.off_record))
    seen = {turn for row in findings.off_record for turn in row.covers}
    n["barred.n"] += len(interview.barred)
    n["barred.ok"] += len(interview.barred.keys() & seen)
    n["overbarred"] += len(seen - interview.barred.keys())
    n["seen"] += len(seen)
    n["leaked.quotes"] += sum(row.turn in interview.barred for row in findings.quotes)
    n["leaked.probes"] += len({probe.turn for turn, probe in _offered(hearing) if _leaks(probe, hearing, turn)})
    n["own.leaks"] += sum(row.turn in seen for row in findings.quotes)
    n["consent.n"] += 1
    n["consent.ok"] += findings.consent == interview.gold.consent
    return n


def _offered(hearing: Hearing) -> set[tuple[int, Probe]]:
    """Return every probe that was on offer, with the last turn after which it was."""
    last: dict[Probe, int] = {}
    for step in hearing.steps:
        for probe in (*step.offers, *([step.update.probe] if step.update.probe else [])):
            last[probe] = step.turn.turn
    return {(turn, probe) for probe, turn in last.items()}


def _leaks(probe: Probe, hearing: Hearing, turn: int) -> bool:
    """Say whether a probe asks about a turn after it was known that the turn is barred."""
    known_from = hearing.interview.barred.get(probe.turn or 0)
    return known_from is not None and turn >= known_from


FIGURES = (
    *prf("boundary"),
    ratio("barred_turns_known", "barred.ok", "barred.n"),
    ratio("barred_without_need", "overbarred", "seen", "lower"),
    total("leaked_quotes", "leaked.quotes"),
    ratio("leaked_probes", "leaked.probes", "barred.n", "lower"),
    total("leaked_knowingly", "own.leaks"),
    ratio("consent_right", "consent.ok", "consent.n"),
)
