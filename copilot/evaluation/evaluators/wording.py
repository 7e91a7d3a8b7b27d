"""Probe wording: one open question, anchored in the customer's words, not asked before, without invented premises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...probes.lint import Rule, lint_question
from ..counting import Counts, ratio
from ..gold import Interview
from ..heard import Heard
from ..hearing import Hearing
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


class Worded(NamedTuple):
    """A probe's words and the turn that it is about."""

    turn: int
    text: str


def count(heard: Heard) -> Counts:
    """Count the probes of all gaps that obey each rule."""
    hearing, n = heard.hearing, Counts()
    probes = _probes(hearing)
    for at, probe in enumerate(probes):
        broken = {fault.rule for fault in lint_question(probe.text)}
        n["probes"] += 1
        n["clean"] += not broken
        for rule in RULES:
            n[rule] += rule not in broken
        n["anchored"] += _is_anchored(probe, hearing.interview)
        n["fresh"] += _is_fresh(probe, probes[:at], hearing.interview)
        n["true"] += _states_only_said_numbers(probe, hearing.interview)
    return n


def _probes(hearing: Hearing) -> list[Worded]:
    """Return the probes of the gaps, in the order of the call."""
    return [Worded(gap.turn, gap.probe) for gap in hearing.findings.gaps]


def _is_anchored(probe: Worded, interview: Interview) -> bool:
    """Return whether a probe uses a word of what was said just before it."""
    near = " ".join(interview.texts.get(turn, "") for turn in range(probe.turn - NEARBY, probe.turn + 1))
    return bool(content_words(probe.text) & content_words(near))


def _is_fresh(probe: Worded, before: Sequence[Worded], interview: Interview) -> bool:
    """Return whether a probe asks what neither the interviewer nor an earlier probe has asked in nearly the same words."""
    asked = [t.text for t in interview.turns if t.turn < probe.turn and t.role != "customer" and "?" in t.text]
    if any(probe.text == other.text for other in before):
        return False
    words = content_words(probe.text)
    return not any(_alike(words, content_words(question)) for text in asked for question in text.split("?"))


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a) > 1 and len(a & b) >= SAME * max(len(a), len(b))


def _states_only_said_numbers(probe: Worded, interview: Interview) -> bool:
    """Return whether each number in a probe was said up to its turn, or was known before the call."""
    asked = numbers_said([probe.text])
    if not asked:
        return True
    said = numbers_said([*(t.text for t in interview.turns if t.turn <= probe.turn), *interview.background.customer.facts])
    return all(any(close((value,), (other,)) for other in said) for value in asked)


FIGURES = (
    ratio("clean", "clean", "probes"),
    *(ratio(figure, rule, "probes") for rule, figure in RULES.items()),
    ratio("anchored", "anchored", "probes"),
    ratio("fresh", "fresh", "probes"),
    ratio("numbers_said", "true", "probes"),
)
