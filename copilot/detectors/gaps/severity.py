"""How much a story needs what a gap lacks: the chance that an expert would say that a case study is clearly weaker without it.

It depends on how surely an expert would ask, by all gaps and by each family of kinds, on the kind as far as it is known, and on the topic.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...findings import Severity
from ...scoring import logistic
from .facts import Facts

__all__ = ["NEEDED", "need_facts", "need_of", "severity_of", "topic_facts"]

NEEDED = 0.5
"""Chance from which a gap is a must."""
ODDS = 3.0
"""Log-odds vary so much more than shares do."""


def need_facts(gap: float, families: Mapping[str, float], kinds: Mapping[str, float]) -> Facts:
    """Return the facts of a sentence: the log-odds of a gap and of each family of kinds, and the share of each kind."""
    odds = {"gap": gap, **{f"family {name}": odds for name, odds in families.items()}}
    return {name: value / ODDS for name, value in odds.items()} | {f"kind {name}": share for name, share in kinds.items()}


def topic_facts(facts: Facts, topic: str) -> Facts:
    """Return the facts of a sentence together with those of its topic: a number is needed of a result more than of a plan."""
    section = topic.split(".")[0]
    of_kinds = {f"{name} in {section}": share for name, share in facts.items() if name.startswith("kind ")}
    return {**facts, **of_kinds, f"topic {topic}": 1.0, f"section {section}": 1.0}


def need_of(facts: Facts, topic: str) -> float:
    """Return the chance that a case study is clearly weaker without what a sentence on a topic lacks."""
    return round(logistic("severity.must").judge(topic_facts(facts, topic)), 3)


def severity_of(need: float) -> Severity:
    """Return the severity of a gap with a chance of being needed."""
    return "must" if need >= NEEDED else "nice"
