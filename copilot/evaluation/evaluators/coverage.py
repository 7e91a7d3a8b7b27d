"""Coverage: which sections a turn informs, and the state of each topic at the end of the call."""

from __future__ import annotations

from ..context import EvaluatorContext
from ..counting import Counts, prf, ratio

__all__ = ["FIGURES", "count"]

TOUCHED = frozenset({"covered", "partial", "declined", "deferred"})


def count(context: EvaluatorContext) -> Counts:
    """Count the sections of turns and the states of topics."""
    hearing, n = context.hearing, Counts()
    interview, gold = hearing.interview, hearing.interview.gold
    want = {(row.turn, section) for row in gold.sections for section in row.sections}
    have = {(row.turn, section) for row in hearing.findings.sections for section in row.sections if row.turn in interview.customer}
    n.add_pairs("section", len(want & have), len(have), len(want))
    for topic, row in gold.topics.items():
        status = hearing.findings.topics.get(topic)
        _count_topic(n, row.state, status.state if status else "open")
    return n


def _count_topic(n: Counts, gold: str, found: str) -> None:
    n["topic.n"] += 1
    n["topic.exact"] += gold == found
    n.add_pairs("topic", gold in TOUCHED and found in TOUCHED, found in TOUCHED, gold in TOUCHED)
    if gold == "open":
        n["open.n"] += 1
        n["open.claimed"] += found == "covered"
    if gold == "known":
        n["known.n"] += 1
        n["known.ok"] += found != "open"


FIGURES = (
    *prf("section", "section_"),
    *prf("topic", "topic_"),
    ratio("exact_state", "topic.exact", "topic.n"),
    ratio("known_kept", "known.ok", "known.n"),
    ratio("open_called_covered", "open.claimed", "open.n", "lower"),
)
