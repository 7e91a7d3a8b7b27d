"""Probe wording: one open question, anchored in the customer's words, not asked before, without invented premises."""

from __future__ import annotations

from collections.abc import Sequence

from ...findings import Gap
from ...probes.lint import Rule, lint_question
from ..context import EvaluatorContext
from ..counting import Counts, ratio
from ..gold import Interview
from ..matching import close
from ..words import content_words, numbers_said

__all__ = ["FIGURES", "count"]

NEARBY = 6  # turns before a probe's own whose words it may use
SAME = 0.8  # overlap of content words from which two questions ask the same
RULES: dict[Rule, str] = {
    "closed": "open",
    "leading": "not_leading",
    "assumes": "not_assuming",
    "double-barrelled": "single",
    "hypothetical": "not_hypothetical",
    "too long": "short",
    "pitch": "no_pitch",
}
"""The lint rules, each with the figure for the share of probes that obey it."""


def count(context: EvaluatorContext) -> Counts:
    """Count the probes of all gaps that obey each rule."""
    hearing, n = context.hearing, Counts()
    gaps = hearing.findings.gaps
    for at, gap in enumerate(gaps):
        broken = {fault.rule for fault in lint_question(gap.probe)}
        n["probes"] += 1
        n["clean"] += not broken
        for rule in RULES:
            n[rule] += rule not in broken
        n["anchored"] += _is_anchored(gap, hearing.interview)
        n["fresh"] += _is_fresh(gap, gaps[:at], hearing.interview)
        n["true"] += _states_only_said_numbers(gap, hearing.interview)
    return n


def _is_anchored(gap: Gap, interview: Interview) -> bool:
    """Return whether a probe uses a word of what was said just before it."""
    near = " ".join(interview.texts.get(turn, "") for turn in range(gap.turn - NEARBY, gap.turn + 1))
    return bool(content_words(gap.probe) & content_words(near))


def _is_fresh(gap: Gap, before: Sequence[Gap], interview: Interview) -> bool:
    """Return whether a probe asks what neither the interviewer nor an earlier probe has asked in nearly the same words."""
    if any(gap.probe == other.probe for other in before):
        return False
    asked = [t.text for t in interview.turns if t.turn < gap.turn and t.role != "customer" and "?" in t.text]
    words = content_words(gap.probe)
    return not any(_alike(words, content_words(question)) for text in asked for question in text.split("?"))


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a) > 1 and len(a & b) >= SAME * max(len(a), len(b))


def _states_only_said_numbers(gap: Gap, interview: Interview) -> bool:
    """Return whether each number in a probe was said up to its turn, or was known before the call."""
    asked = numbers_said([gap.probe])
    if not asked:
        return True
    said = numbers_said([*(t.text for t in interview.turns if t.turn <= gap.turn), *interview.background.customer.facts])
    return all(any(close((value,), (other,)) for other in said) for value in asked)


FIGURES = (
    ratio("clean", "clean", "probes"),
    *(ratio(figure, rule, "probes") for rule, figure in RULES.items()),
    ratio("anchored", "anchored", "probes"),
    ratio("fresh", "fresh", "probes"),
    ratio("numbers_said", "true", "probes"),
)
