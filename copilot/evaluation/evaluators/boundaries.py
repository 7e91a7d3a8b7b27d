"""Boundaries and consent: what must not be used is known, and leaks nowhere."""

from __future__ import annotations

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
    n["barred.ok"] += len(interview.barred & seen)
    n["overbarred"] += len(seen - interview.barred)
    n["seen"] += len(seen)
    n["leaked.quotes"] += sum(row.turn in interview.barred for row in findings.quotes)
    n["leaked.probes"] += len(_asked_at_the_end(hearing) & interview.barred)
    n["own.leaks"] += sum(row.turn in seen for row in findings.quotes)
    n["consent.n"] += 1
    n["consent.ok"] += findings.consent == interview.gold.consent
    return n


def _asked_at_the_end(hearing: Hearing) -> set[int | None]:
    """Return the turns that the probes on offer at the end of the call are about: by then every bar is known, late ones too."""
    last = next((step for step in reversed(hearing.steps) if step.turn.role == "customer"), None)
    return {probe.turn for probe in last.offers} if last else set()


FIGURES = (
    *prf("boundary"),
    ratio("barred_turns_known", "barred.ok", "barred.n"),
    ratio("barred_without_need", "overbarred", "seen", "lower"),
    total("leaked_quotes", "leaked.quotes"),
    ratio("leaked_probes", "leaked.probes", "barred.n", "lower"),
    total("leaked_knowingly", "own.leaks"),
    ratio("consent_right", "consent.ok", "consent.n"),
)
